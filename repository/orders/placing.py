"""Placing an order: once per confirmation, at today's prices, with its stock held."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from bot.base import clock
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import Duplicate, NothingToOrder, OutOfStock, ProcedureRefused, PromoRefused
from repository.database.inserting import insert_rows
from repository.database.scalars import number, text
from repository.orders.addresses import AddressDraft, fitted
from repository.orders.carts import cart, emptying
from repository.orders.history import acting, done
from repository.orders.quotes import (
    PriceChanged,
    Quote,
    Reading,
    first_short,
    quoted,
    read,
    reading_statements,
)
from repository.rules import Rules

NUMBERS_TRIED = 5


class Placed(msgspec.Struct, frozen=True):
    """An order that stands.

    Attributes:
        order_id: `orders.id`.
        order_number: What people call it.
        total: What is to be paid.
        needs_verification: Whether it waits to be verified before it is confirmed.
        verification_expires_at: Until when, None where it does not.
        already: Whether an earlier confirmation of the same summary had placed it.
    """

    order_id: int
    order_number: str
    total: Decimal
    needs_verification: bool
    verification_expires_at: datetime | None
    already: bool


_PLACED = """
    SELECT id, order_number, total_amount, verification_required, verification_expires_at, TRUE FROM orders
    WHERE placement_nonce = %(nonce)s AND user_id = %(shopper_id)s
"""


async def place(
    conn: Connection,
    *,
    shopper_id: int,
    nonce: str,
    delivery: AddressDraft,
    address_id: int | None,
    zone_id: int,
    payment_method: str,
    promo_code: str,
    expected_total: Decimal,
    language: str,
    rules: Rules,
) -> Placed:
    """Order what is in the cart, all of it or nothing.

    Prices, stock and promo are read again under a lock, the address is copied onto the order, the stock is held by
    `sp_reserve_order_inventory`, the cart is emptied and the order queued for the workers. A refusal leaves the
    caller's transaction as it was. Takes three round trips.

    Args:
        conn: A connection inside a transaction, which the caller owns.
        shopper_id: `users.id`.
        nonce: The summary's nonce: one order per nonce, ever.
        delivery: Where it goes.
        address_id: `user_addresses.id` of that, None where it is not saved.
        zone_id: `shipping_zones.id`.
        payment_method: As in `orders.payment_method`.
        promo_code: What the shopper typed, or empty.
        expected_total: What the summary showed.
        language: In which the shopper is told about the order.
        rules: The shop's rules.

    Returns:
        The order; the earlier one where the nonce has been used.

    Raises:
        NothingToOrder: There is nothing in the cart.
        OutOfStock: More of a product is in the cart than can still be sold; says which and how many are left.
        UnknownZone: The shop does not send there any more.
        PromoRefused: The promo does not apply any more; says why.
        PriceChanged: It comes to something else than was shown; says what.
    """
    began = clock.monotonic()
    same = Statement(_PLACED, {"nonce": nonce, "shopper_id": shopper_id})
    # The cart before the order: whoever empties the one writes the other, so an empty cart's order is seen.
    held, earlier = await conn.batch(
        Statement("SELECT DISTINCT product_id FROM cart_items WHERE user_id = %(id)s", {"id": shopper_id}), same
    )
    if earlier.rows:
        return conn.read(Placed, earlier.rows[0])
    if not held.rows:
        raise NothingToOrder("nothing to order")
    # Whoever inserts order_items locks their products first, by id (contract/database.md). Under READ COMMITTED the
    # reads behind the lock see today's prices and stock.
    locked, earlier, *results = await conn.batch(
        Statement(
            "SELECT id, sku FROM products FORCE INDEX (PRIMARY) WHERE id IN %(ids)s ORDER BY id FOR UPDATE",
            {"ids": sorted(number(product_id) for (product_id,) in held.rows)},
        ),
        same,
        *reading_statements(shopper_id=shopper_id, zone_id=zone_id, promo_code=promo_code),
    )
    if earlier.rows:
        return conn.read(Placed, earlier.rows[0])
    reading = read(conn, results)
    quote = quoted(reading, promo_code=promo_code, payment_method=payment_method, rules=rules)
    if quote.total != expected_total:
        raise PriceChanged(quote=quote)

    minutes = rules.verification_minutes if quote.needs_verification else rules.reservation_minutes
    values: dict[str, Bound] = {
        **fitted(delivery),
        "shopper_id": shopper_id,
        "nonce": nonce,
        "address_id": address_id,
        "zone_id": zone_id,
        "payment_method": payment_method,
        "language": language,
        "subtotal": quote.subtotal,
        "shipping_fee": quote.shipping_fee,
        "discount": quote.discount,
        "total": quote.total,
        "promo_code": quote.promo_code or None,
        "promo_id": reading.promo.id if reading.promo else None,
        "verify": quote.needs_verification,
        "verification_status": "pending" if quote.needs_verification else "not_required",
        "verification_type": "id_verification" if quote.verification_reason == "id" else None,
        "expires_at": reading.standing.now + timedelta(minutes=minutes) if quote.needs_verification else None,
        "why": quote.verification_reason,
        "checked_ms": round((clock.monotonic() - began) * 1000),
    }
    skus = {number(product_id): text(sku) for product_id, sku in locked.rows}
    values["minutes"] = minutes
    try:
        order_id, order_number = await _insert(conn, values, shopper_id, quote, reading, skus)
    except ProcedureRefused as refused:
        await _undo(conn)
        raise await _short(conn, shopper_id, refused) from refused
    except Duplicate as taken:
        await _undo(conn)
        (earlier,) = await conn.batch(same)
        if not taken.key.endswith("uq_orders_nonce") or not earlier.rows:
            raise
        return conn.read(Placed, earlier.rows[0])
    conn.feeds_queue = True
    expires_at = _time(values["expires_at"])
    return Placed(order_id, order_number, quote.total, quote.needs_verification, expires_at, already=False)


async def _insert(
    conn: Connection,
    values: Mapping[str, Bound],
    shopper_id: int,
    quote: Quote,
    reading: Reading,
    skus: Mapping[int, str],
) -> tuple[int, str]:
    """Write the order and all that belongs to it behind a savepoint, under a number that nobody has."""
    for attempt in range(1, NUMBERS_TRIED + 1):
        order_number = f"ORD-{reading.standing.now:%Y%m%d}-{clock.suffix(8)}"
        try:
            written = await conn.named(_statements({**values, "number": order_number}, shopper_id, quote, skus))
        except Duplicate as taken:
            if not taken.key.endswith("uq_orders_number") or attempt == NUMBERS_TRIED:
                raise
            await _undo(conn)
        else:
            if quote.promo_code and not written["promo counted"].rowcount:
                # Somebody used it for the last time between our look and our count.
                await _undo(conn)
                raise PromoRefused("used_up")
            return written["order"].last_id, order_number
    raise AssertionError("unreachable")


def _statements(
    values: Mapping[str, Bound], shopper_id: int, quote: Quote, skus: Mapping[int, str]
) -> dict[str, Statement]:
    """What writes an order and holds its stock, each statement by its name."""
    promo = {
        "promo counted": Statement(
            "UPDATE promos SET usage_count = usage_count + 1 WHERE id = %(promo_id)s AND is_active"
            " AND (usage_limit IS NULL OR usage_count < usage_limit)",
            values,
        ),
        "promo redeemed": Statement(
            "INSERT INTO promo_redemptions (promo_id, order_id, user_id)"
            " VALUES (%(promo_id)s, @qs_order, %(shopper_id)s)",
            values,
        ),
    }
    return {
        "savepoint": Statement("SAVEPOINT place"),
        "actor": acting("shopper", "customer", "Placed in Messenger"),
        "order": Statement(
            """
            INSERT INTO orders (order_number, user_id, address_id, shipping_zone_id, subtotal, shipping_fee,
                discount_amount, total_amount, remaining_balance, promo_code, payment_method, verification_required,
                verification_status, verification_type, verification_expires_at, ship_recipient_name, ship_phone,
                ship_address_line1, ship_address_line2, ship_barangay, ship_city, ship_province, ship_region,
                ship_postal_code, ship_landmark, language, placement_nonce)
            VALUES (%(number)s, %(shopper_id)s,
                (SELECT id FROM user_addresses WHERE id = %(address_id)s AND user_id = %(shopper_id)s), %(zone_id)s,
                %(subtotal)s, %(shipping_fee)s, %(discount)s, %(total)s, %(total)s, %(promo_code)s, %(payment_method)s,
                %(verify)s, %(verification_status)s, %(verification_type)s, %(expires_at)s, %(recipient_name)s,
                %(phone)s, %(address_line1)s, NULLIF(%(address_line2)s, ''), NULLIF(%(barangay)s, ''), %(city)s,
                %(province)s, %(region)s, NULLIF(%(postal_code)s, ''), NULLIF(%(landmark)s, ''), %(language)s,
                %(nonce)s)
            """,
            values,
        ),
        "order's id": Statement("SET @qs_order = LAST_INSERT_ID()"),
        "actor done": done(),
        "items": _items(quote, skus),
        "queue": Statement(
            "INSERT INTO order_processing_queue (order_id, queue_type, payload)"
            " VALUES (@qs_order, 'new_order', JSON_OBJECT('verify', %(why)s))",
            values,
        ),
        "metrics": Statement(
            "INSERT INTO order_metrics (order_id, validation_duration_ms) VALUES (@qs_order, %(checked_ms)s)", values
        ),
        "cart": emptying(shopper_id),
        **(promo if quote.promo_code else {}),
        "reservation": Statement("CALL sp_reserve_order_inventory(@qs_order, %(minutes)s)", values),
    }


async def _undo(conn: Connection) -> None:
    """Take back what was written of the order, and who wrote it."""
    await conn.batch(Statement("ROLLBACK TO SAVEPOINT place"), done())


def _items(quote: Quote, skus: Mapping[int, str]) -> Statement:
    """What writes `order_items`, in the order of locks."""
    lines = sorted(quote.lines, key=lambda line: (line.product_id, line.variant_id or 0))
    return insert_rows(
        "INSERT INTO order_items (order_id, product_id, variant_id, product_name, variant_details, sku, quantity,"
        " unit_price, total_price)",
        [
            (
                line.product_id, line.variant_id, line.name, line.variant or None, skus[line.product_id],
                line.quantity, line.unit_price, line.total,
            )
            for line in lines
        ],
        first="@qs_order",
    )  # fmt: skip


async def _short(conn: Connection, shopper_id: int, refused: ProcedureRefused) -> Exception:
    """The refusal in the shop's words: which product of the cart cannot be had."""
    if refused.code not in {"QS_INSUFFICIENT_STOCK", "QS_NOT_SELLABLE"}:
        return refused
    named = next((int(word) for word in refused.facts.split() if word.isdigit()), 0)
    held = await cart(conn, shopper_id=shopper_id)
    return first_short(held) or first_short(held, product_id=named) or OutOfStock(left=0)


def _time(value: Bound) -> datetime | None:
    return value if isinstance(value, datetime) else None


async def placed_with(conn: Connection, *, shopper_id: int, nonce: str) -> Placed | None:
    """The order that the shopper placed with a summary's nonce, None where it has placed none.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        nonce: The summary's.
    """
    return await conn.one(Placed, _PLACED, nonce=nonce, shopper_id=shopper_id)
