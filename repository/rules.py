"""The shop's rules: every number is a merchant's to change, with the default of `contract/rules.md`."""

from decimal import Decimal

import msgspec

from repository.database.connection import Connection


class Rules(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shop's rules. Money is in the shop's currency, times are in the unit of their name."""

    shop_name: str = "QuickSell"
    currency: str = "PHP"
    line_quantity_most: int = 99
    cart_lines_most: int = 50
    reservation_minutes: int = 30
    verification_from: Decimal = Decimal(5000)
    verification_orders: int = 3
    verification_id_from: Decimal = Decimal(50000)
    verification_minutes: int = 60
    upfront_percent: int = 10
    payment_methods: tuple[str, ...] = ("cod", "gcash")
    payment_account: str = ""
    open_orders_most: int = 5
    page_size: int = 8
    cancellations_most: int = 5
    bronze_from: int = 3
    silver_from: int = 10
    gold_from: int = 25
    platinum_from: int = 50


class _Setting(msgspec.Struct, frozen=True):
    name: str
    value: str


async def load(conn: Connection, *, shop_name: str, currency: str) -> Rules:
    """The rules in force.

    Args:
        conn: An open connection.
        shop_name: The shop's name where the merchant has set none.
        currency: ISO code of the shop's currency.
    """
    rows = await conn.all(_Setting, "SELECT name, value FROM shop_settings")
    changed = {row.name: msgspec.json.decode(row.value) for row in rows}
    return msgspec.convert({"shop_name": shop_name, "currency": currency, **changed}, Rules, strict=False)


async def change(conn: Connection, *, name: str, value: object, admin_id: int | None) -> None:
    """Set one rule; every process uses it from its next turn on.

    Args:
        conn: An open connection. The caller owns the transaction.
        name: A field of `Rules`.
        value: Its new value.
        admin_id: Who changed it; None for the command line.

    Raises:
        ValueError: There is no such rule, or the value is not of its kind.
    """
    if name not in Rules.__struct_fields__:
        raise ValueError(f"there is no rule named {name!r}")
    try:
        msgspec.convert({name: value}, Rules, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    await conn.run(
        "INSERT INTO shop_settings (name, value, updated_by) VALUES (%(name)s, %(value)s, %(admin_id)s)"
        " ON DUPLICATE KEY UPDATE value = VALUES(value), updated_by = VALUES(updated_by)",
        name=name,
        value=msgspec.json.encode(value).decode(),
        admin_id=admin_id,
    )
    await conn.run("UPDATE shop_versions SET rules = rules + 1 WHERE id = 1")
