"""What stands on packing slips: several orders, with their lines, in three statements."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import number
from repository.orders.addresses import AddressDraft

SLIPS_MOST = 100


class SlipLine(msgspec.Struct, frozen=True):
    """A line of a slip."""

    name: str
    variant: str
    sku: str
    quantity: int
    total: Decimal


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """The packing slip of an order.

    Attributes:
        id: `orders.id`.
        order_number: What people call it.
        created_at: When it was placed.
        status: As in `orders.order_status`.
        to_collect: What the rider takes in cash; nothing where it is paid or not paid to the rider.
        total: What it comes to.
        shipping_fee: What sending it costs.
        discount: What a promo takes off.
        courier: Who brings it, or empty.
        tracking: The parcel's number, or empty.
        notes: What was asked and answered at checkout, such as a gift message; or empty.
        pin: The place on the map for the rider, or empty.
        delivery: Where it goes.
        lines: What is in it, without what came back.
    """

    id: int
    order_number: str
    created_at: datetime
    status: str
    to_collect: Decimal
    total: Decimal
    shipping_fee: Decimal
    discount: Decimal
    courier: str
    tracking: str
    notes: str
    pin: str
    delivery: AddressDraft
    lines: tuple[SlipLine, ...]


class _Head(msgspec.Struct, frozen=True):
    id: int
    order_number: str
    created_at: datetime
    status: str
    to_collect: Decimal
    total: Decimal
    shipping_fee: Decimal
    discount: Decimal
    courier: str
    tracking: str
    notes: str
    pin: str


async def slips(conn: Connection, *, order_ids: Sequence[int]) -> tuple[Slip, ...]:
    """The packing slips of some orders, in the order in which they were asked for; unknown ones are left out.

    Args:
        conn: An open connection.
        order_ids: `orders.id` of each.
    """
    ids = list(dict.fromkeys(order_ids))[:SLIPS_MOST]
    if not ids:
        return ()
    heads, deliveries, lines = await conn.batch(
        Statement(
            """
            SELECT id, order_number, created_at, order_status,
                IF(payment_method = 'cod' AND payment_status <> 'paid',
                   GREATEST(0, COALESCE(remaining_balance, total_amount - upfront_paid)), 0.00),
                total_amount, shipping_fee, discount_amount, COALESCE(courier, ''), COALESCE(tracking_number, ''),
                COALESCE(notes, ''), COALESCE(ship_pin, '')
            FROM orders WHERE id IN %(ids)s
            """,
            {"ids": ids},
        ),
        Statement(
            """
            SELECT id, COALESCE(ship_recipient_name, ''), COALESCE(ship_phone, ''), COALESCE(ship_address_line1, ''),
                COALESCE(ship_city, ''), COALESCE(ship_province, ''), COALESCE(ship_address_line2, ''),
                COALESCE(ship_barangay, ''), COALESCE(ship_region, ''), COALESCE(ship_postal_code, ''),
                COALESCE(ship_landmark, '')
            FROM orders WHERE id IN %(ids)s
            """,
            {"ids": ids},
        ),
        Statement(
            """
            SELECT order_id, product_name, COALESCE(variant_details, ''), COALESCE(sku, ''),
                quantity - returned_quantity, total_price
            FROM order_items WHERE order_id IN %(ids)s AND quantity > returned_quantity ORDER BY order_id, id
            """,
            {"ids": ids},
        ),
    )
    places = {
        number(row[0]): AddressDraft(**dict(zip(AddressDraft.__struct_fields__, map(str, row[1:]), strict=True)))
        for row in deliveries.rows
    }
    bought: dict[int, list[SlipLine]] = {}
    for row in lines.rows:
        bought.setdefault(number(row[0]), []).append(conn.read(SlipLine, row[1:]))
    known = {head.id: head for head in (conn.read(_Head, row) for row in heads.rows)}
    return tuple(
        Slip(**msgspec.structs.asdict(known[one]), delivery=places[one], lines=tuple(bought.get(one, ())))
        for one in ids
        if one in known
    )
