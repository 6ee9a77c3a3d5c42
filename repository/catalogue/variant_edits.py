"""Variants as merchants change them: sizes and colours of a product, each with a price and a stock of its own."""

from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection
from repository.database.errors import Duplicate, NotFound, Taken, Unfit
from repository.database.scalars import number
from repository.staff.by import By
from repository.staff.versions import Noun

VARIANTS_MOST = 100
"""Variants of one product; Messenger shows thirteen of them at a time."""


class VariantBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a variant that a merchant decides; its stock moves by itself and is no part of it.

    Attributes:
        name: In what it differs, such as "Size".
        value: Such as "Large".
        sku_suffix: What stands behind the product's SKU, or empty.
        price_adjustment: What it costs more than the product, or less.
        is_available: Whether it can be chosen.
        barcode: As a scanner types it, or empty.
    """

    name: str
    value: str
    sku_suffix: str = ""
    price_adjustment: Decimal = Decimal(0)
    is_available: bool = True
    barcode: str = ""


class KeptVariant(msgspec.Struct, frozen=True):
    """A variant as its product's page shows it.

    Attributes:
        id: `product_variants.id`.
        body: What the merchant decides.
        left: Pieces that can still be sold.
        version: The number of its last save, 0 where there was none.
    """

    id: int
    body: VariantBody
    left: int
    version: int


VARIANTS = Noun(
    "variant", VariantBody, audited="variant", called=lambda variant_id, _: f"variant {variant_id}", many="variants"
)


class _Row(msgspec.Struct, frozen=True):
    id: int
    name: str
    value: str
    sku_suffix: str
    price_adjustment: Decimal
    is_available: bool
    left: int
    version: int
    product_id: int
    barcode: str

    @property
    def body(self) -> VariantBody:
        return VariantBody(**{field: getattr(self, field) for field in VariantBody.__struct_fields__})


_ROW = """
    SELECT v.id, v.variant_name, v.variant_value, COALESCE(v.sku_suffix, ''), v.price_adjustment, v.is_available,
           v.stock_quantity, COALESCE((SELECT MAX(r.id) FROM reply_versions r
                                       WHERE r.kind = 'variant' AND r.subject_id = v.id), 0), v.product_id,
           COALESCE(v.barcode, '')
    FROM product_variants v
"""
_SET = """
    variant_name = %(name)s, variant_value = %(value)s, sku_suffix = NULLIF(%(sku_suffix)s, ''),
    price_adjustment = %(price_adjustment)s, is_available = %(is_available)s, barcode = NULLIF(%(barcode)s, '')
"""


async def of_product(conn: Connection, *, product_id: int) -> list[KeptVariant]:
    """The variants of a product, those that cannot be chosen last.

    Args:
        conn: An open connection.
        product_id: `products.id`.
    """
    rows = await conn.all(
        _Row, f"{_ROW} WHERE v.product_id = %(product_id)s ORDER BY v.is_available DESC, v.id", product_id=product_id
    )
    return [KeptVariant(row.id, row.body, row.left, row.version) for row in rows]


async def create(conn: Connection, *, product_id: int, body: VariantBody, by: By, stock: int = 0) -> int:
    """Make a variant; its `product_variants.id`.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: Of which product.
        body: What it is.
        by: Who makes it.
        stock: Pieces that there are of it; they stand in the history of its stock.

    Raises:
        NotFound: There is no such product.
        Taken: The product has a variant of this name already.
        Unfit: Its price would be nothing or less, or there are too many.
    """
    price = await _lock_product(conn, product_id)
    _check_price(body, price)
    known = await conn.value("SELECT COUNT(*) FROM product_variants WHERE product_id = %(id)s", id=product_id)
    if number(known) >= VARIANTS_MOST:
        raise Unfit("value", f"{VARIANTS_MOST} variants are the most that a product can have.")
    await conn.run("SET @qs_performed_by = %(by)s", by=by.admin_id)
    try:
        made = await conn.run(
            f"INSERT INTO product_variants SET product_id = %(product_id)s, stock_quantity = %(stock)s, {_SET}",
            product_id=product_id,
            stock=stock,
            **_columns(body),
        )
    except Duplicate:
        raise Taken("value", product_id) from None
    finally:
        await conn.run("SET @qs_performed_by = NULL")
    await VARIANTS.record(conn, made.last_id, "created", body, by)
    await _touch(conn, product_id)
    return made.last_id


async def save(
    conn: Connection, *, variant_id: int, body: VariantBody, version: int, by: By, action: str = "changed"
) -> bool:
    """Change a variant. Whether anything changed.

    Args:
        conn: An open connection. The caller owns the transaction.
        variant_id: `product_variants.id`.
        body: What it shall be.
        version: The number of its last save when it was opened.
        by: Who changes it.
        action: "changed" or "restored".

    Raises:
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
        Taken: The product has a variant of this name already.
        Unfit: Its price would be nothing or less.
    """
    row = await _row(conn, variant_id)
    price = await _lock_product(conn, row.product_id)
    row = await _row(conn, variant_id)
    if body != row.body:
        _check_price(body, price)

    async def write() -> None:
        try:
            await conn.run(f"UPDATE product_variants SET {_SET} WHERE id = %(id)s", id=variant_id, **_columns(body))
        except Duplicate:
            raise Taken("value", row.product_id) from None
        await _touch(conn, row.product_id)

    return await VARIANTS.change(
        conn, variant_id, was=row.body, body=body, version=version, by=by, action=action, write=write
    )


async def delete(conn: Connection, *, variant_id: int, version: int, by: By) -> bool:
    """Delete a variant; whether it is gone for good.

    One that an order, a cart or the history of its stock names stays and can no longer be chosen: orders stay whole,
    and whoever has it in the cart is told that it is sold out instead of finding a line less.

    Args:
        conn: An open connection. The caller owns the transaction.
        variant_id: `product_variants.id`.
        version: The number of its last save when it was opened.
        by: Who deletes it.

    Raises:
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
    """
    row = await _row(conn, variant_id)
    await _lock_product(conn, row.product_id)
    row = await _row(conn, variant_id)
    named = await conn.value(
        "SELECT EXISTS (SELECT 1 FROM order_items WHERE variant_id = %(id)s)"
        " OR EXISTS (SELECT 1 FROM cart_items WHERE variant_id = %(id)s)"
        " OR EXISTS (SELECT 1 FROM inventory_logs WHERE variant_id = %(id)s)",
        id=variant_id,
    )
    if named:
        body = msgspec.structs.replace(row.body, is_available=False)
        await save(conn, variant_id=variant_id, body=body, version=version, by=by)
        return False

    async def write() -> None:
        await conn.run("DELETE FROM product_variants WHERE id = %(id)s", id=variant_id)
        await _touch(conn, row.product_id)

    await VARIANTS.delete(conn, variant_id, was=row.body, version=version, by=by, write=write)
    return True


async def _row(conn: Connection, variant_id: int) -> _Row:
    row = await conn.one(_Row, f"{_ROW} WHERE v.id = %(variant_id)s", variant_id=variant_id)
    if row is None:
        raise NotFound(str(variant_id))
    return row


async def _lock_product(conn: Connection, product_id: int) -> Decimal:
    """Lock a product, as everything does that locks its variants; what it costs."""
    price = await conn.value("SELECT base_price FROM products WHERE id = %(id)s FOR UPDATE", id=product_id)
    if not isinstance(price, Decimal):
        raise NotFound(str(product_id))
    return price


async def _touch(conn: Connection, product_id: int) -> None:
    """Let those who look for changed products see that this one has."""
    await conn.run("UPDATE products SET updated_at = NOW() WHERE id = %(id)s", id=product_id)


def _check_price(body: VariantBody, price: Decimal) -> None:
    if body.is_available and price and price + body.price_adjustment <= 0:
        raise Unfit("price", "That would cost nothing. Please write what it costs.")


def _columns(body: VariantBody) -> dict[str, Bound]:
    return {name: getattr(body, name) for name in VariantBody.__struct_fields__}
