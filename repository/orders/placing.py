"""Placing an order: once per confirmation, at today's prices, with its stock held."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from bot.base import clock
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import Duplicate, NothingToOrder, OutOfStock, ProcedureRefused, PromoRefused
from repository.database.scalars import number, text
from repository.orders.addresses import AddressDraft, fitted
from repository.orders.carts import cart
from repository.orders.extras import Extra, notes_of
from repository.orders.history import done
from repository.orders.quotes import (
    PriceChanged,
    Quote,
    Reading,
    first_short,
    quoted,
    read,
    reading_statements,
)
from repository.orders.standing import AHEAD
from repository.orders.writing import statements_of
from repository.posts.claims import Line
from repository.posts.giving import Ours, giving, ours_statement
from repository.rules import Rules

NUMBERS_TRIED = 5


class Placed(msgspec.Struct, frozen=True):
    """An order that stands.

    Attributes:
        order_id: `orders.id`.
        order_number: What people call it.
        total: What is to be paid.
        needs_verification: Whether it waits to be verified before it is confirmed.
        verification_expires_at: Until when it waits for that or for its money, None where it waits for neither.
        already: Whether an earlier confirmation of the same summary had placed it.
        pay_now: What is to be paid before it is confirmed: the whole, a part, or nothing.
    """

    order_id: int
    order_number: str
    total: Decimal
    needs_verification: bool
    verification_expires_at: datetime | None
    already: bool
    pay_now: Decimal = Decimal(0)


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
    extras: tuple[Extra, ...] = (),
    unsure: tuple[str, ...] = (),
    note: str = "",
    pin: str = "",
    referral_id: int | None = None,
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
        extras: What else was asked and answered; kept in `orders.notes`.
        unsure: Parts of the delivery that were given twice and can hardly be right; a flag says so to the merchant.
        note: What the shopper wrote to it; kept in `orders.notes` too.
        pin: The place on the map for the rider, empty for none.
        referral_id: `referrals.id` of what led the shopper here, None for nothing.

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
    locked, earlier, claimed, *results = await conn.batch(
        Statement(
            "SELECT id, sku FROM products FORCE INDEX (PRIMARY) WHERE id IN %(ids)s ORDER BY id FOR UPDATE",
            {"ids": sorted(number(product_id) for (product_id,) in held.rows)},
        ),
        same,
        ours_statement(shopper_id),
        *reading_statements(shopper_id=shopper_id, zone_id=zone_id, promo_code=promo_code),
    )
    if earlier.rows:
        return conn.read(Placed, earlier.rows[0])
    reading = read(conn, results)
    quote = quoted(reading, promo_code=promo_code, payment_method=payment_method, rules=rules)
    if quote.total != expected_total:
        raise PriceChanged(quote=quote)

    pay_now = quote.total if payment_method in AHEAD else quote.down_payment
    waits = quote.needs_verification or bool(pay_now)
    minutes = rules.verification_minutes if waits else rules.reservation_minutes
    values: dict[str, Bound] = {
        **fitted(delivery),
        "shopper_id": shopper_id,
        "nonce": nonce,
        "address_id": address_id,
        "zone_id": zone_id,
        "payment_method": payment_method,
        "language": language,
        "notes": notes_of((*extras, Extra("note", note))) or None,
        "pin": pin or None,
        "referral_id": referral_id,
        "unsure": f"Given twice, though it looks odd: {', '.join(unsure)}" if unsure else None,
        "subtotal": quote.subtotal,
        "shipping_fee": quote.shipping_fee,
        "discount": quote.discount,
        "total": quote.total,
        "promo_code": quote.promo_code or None,
        "promo_id": reading.promo.id if reading.promo else None,
        "verify": quote.needs_verification,
        "verification_status": "pending" if quote.needs_verification else "not_required",
        "verification_type": "id_verification" if quote.verification_reason == "id" else None,
        "expires_at": reading.standing.now + timedelta(minutes=minutes) if waits else None,
        "down_payment": quote.down_payment,
        "why": quote.verification_reason,
        "checked_ms": round((clock.monotonic() - began) * 1000),
    }
    skus = {number(product_id): text(sku) for product_id, sku in locked.rows}
    values["minutes"] = minutes
    try:
        lines = {Line(line.product_id, line.variant_id) for line in quote.lines}
        gives = giving([conn.read(Ours, row) for row in claimed.rows], lines)
        order_id, order_number = await _insert(conn, values, shopper_id, quote, reading, skus, gives)
    except ProcedureRefused as refused:
        await _undo(conn)
        raise await _short(conn, shopper_id, refused) from refused
    except Duplicate as taken:
        await _undo(conn)
        (earlier,) = await conn.batch(same)
        if not taken.key.endswith("uq_orders_nonce") or not earlier.rows:
            raise
        return conn.read(Placed, earlier.rows[0])
    expires_at = _time(values["expires_at"])
    return Placed(
        order_id, order_number, quote.total, quote.needs_verification, expires_at, already=False, pay_now=pay_now
    )


async def _insert(
    conn: Connection,
    values: Mapping[str, Bound],
    shopper_id: int,
    quote: Quote,
    reading: Reading,
    skus: Mapping[int, str],
    gives: Mapping[str, Statement],
) -> tuple[int, str]:
    """Write the order and all that belongs to it behind a savepoint, under a number that nobody has."""
    for attempt in range(1, NUMBERS_TRIED + 1):
        order_number = f"ORD-{reading.standing.now:%Y%m%d}-{clock.suffix(8)}"
        try:
            written = await conn.named(
                statements_of({**values, "number": order_number}, shopper_id, quote, skus, gives)
            )
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


async def _undo(conn: Connection) -> None:
    """Take back what was written of the order, and who wrote it."""
    await conn.batch(Statement("ROLLBACK TO SAVEPOINT place"), done())


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
