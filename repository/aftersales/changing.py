"""Changing an order before it is packed: where it goes, whom the rider calls, what is in it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import msgspec

from repository.aftersales.relining import line_of, offers_of, write
from repository.aftersales.unpacked import (
    CHANGEABLE,
    ItemLine,
    Sums,
    check_sums,
    edit_statement,
    lines_statement,
    lock,
    sums_of,
    sums_statement,
)
from repository.database.connection import Connection, Statement
from repository.database.errors import NothingToOrder, UnknownOrder, UnknownZone
from repository.orders.addresses import AddressDraft, fitted
from repository.orders.history import SHOPPER, Actor, acting, done
from repository.orders.shipping import Zone, zone_of, zones
from repository.rules import Rules

__all__ = [
    "CHANGEABLE",
    "Changed",
    "Item",
    "ItemLine",
    "change_delivery",
    "change_items",
    "lines_of",
    "preview_delivery",
    "preview_items",
]
Result = TypeVar("Result")


class Item(msgspec.Struct, frozen=True):
    """So many pieces of a product that an order shall hold."""

    product_id: int
    variant_id: int | None
    quantity: int


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a change.

    Attributes:
        order_id: `orders.id`.
        number: The order's number.
        was: What it came to.
        sums: What it comes to now.
        lines: What it holds now.
    """

    order_id: int
    number: str
    was: Sums
    sums: Sums
    lines: tuple[ItemLine, ...]


async def lines_of(conn: Connection, *, shopper_id: int, order_id: int) -> tuple[ItemLine, ...]:
    """What is in one of the shopper's orders.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        order_id: `orders.id`.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
    """
    owner, lines = await conn.batch(
        Statement("SELECT user_id FROM orders WHERE id = %(order_id)s", {"order_id": order_id}),
        lines_statement(order_id),
    )
    if not owner.rows or owner.rows[0][0] != shopper_id:
        raise UnknownOrder(f"order {order_id}")
    return tuple(conn.read(ItemLine, row) for row in lines.rows)


async def change_delivery(
    conn: Connection,
    *,
    order_id: int,
    delivery: AddressDraft,
    rules: Rules,
    actor: Actor = SHOPPER,
    shopper_id: int | None = None,
    zone_id: int | None = None,
    opened: int | None = None,
) -> Changed:
    """Have an order delivered elsewhere, or another number called; the fee and the total follow.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        delivery: Where it goes from now on.
        rules: The shop's rules.
        actor: Who changes it.
        shopper_id: `users.id` of whose it must be; None for anybody's.
        zone_id: `shipping_zones.id`; None takes the one in which the place lies.
        opened: `orders.version` at which whoever decides saw it.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        Stale: Somebody has changed it since it was opened.
        NotChangeable: It is packed already, or a shopper may not change it so far alone.
        UnknownZone: No zone is known for the place.
    """
    unpacked = await lock(conn, order_id=order_id, shopper_id=shopper_id, opened=opened)
    order, before = unpacked.order, await _delivery(conn, order_id)
    moves = (before.city, before.province) != (delivery.city, delivery.province)
    zone = await _zone(conn, delivery, zone_id or (None if moves else order.zone_id))
    same_fee = zone is None or zone.id == order.zone_id
    if zone is None and moves:
        raise UnknownZone(f"{delivery.city}, {delivery.province}")
    sums = await sums_of(conn, unpacked, lines=unpacked.lines, zone=zone, same_fee=same_fee)
    check_sums(unpacked, sums, actor=actor, rules=rules)
    values = fitted(delivery)
    what = "phone" if msgspec.structs.replace(before, phone=delivery.phone) == delivery else "address"
    await conn.batch(
        acting(actor.name, actor.kind),
        Statement(
            """
            UPDATE orders SET address_id = NULL, shipping_zone_id = COALESCE(%(zone_id)s, shipping_zone_id),
                ship_recipient_name = %(recipient_name)s, ship_phone = %(phone)s,
                ship_address_line1 = %(address_line1)s, ship_address_line2 = NULLIF(%(address_line2)s, ''),
                ship_barangay = NULLIF(%(barangay)s, ''), ship_city = %(city)s, ship_province = %(province)s,
                ship_region = %(region)s, ship_postal_code = NULLIF(%(postal_code)s, ''),
                ship_landmark = NULLIF(%(landmark)s, ''), ship_pin = NULL
            WHERE id = %(order_id)s
            """,
            {**values, "zone_id": zone.id if zone else None, "order_id": order_id},
        ),
        sums_statement(unpacked, sums),
        done(),
        edit_statement(order_id, what, before, delivery, actor),
    )
    return Changed(order_id=order.id, number=order.number, was=order.sums, sums=sums, lines=unpacked.lines)


async def change_items(
    conn: Connection,
    *,
    order_id: int,
    items: Sequence[Item],
    rules: Rules,
    actor: Actor = SHOPPER,
    shopper_id: int | None = None,
    opened: int | None = None,
) -> Changed:
    """Have other things in an order, or other numbers of them; stock, fee, promo and total follow.

    What was ordered keeps its price; what is new has today's.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        items: All that it shall hold.
        rules: The shop's rules.
        actor: Who changes it.
        shopper_id: `users.id` of whose it must be; None for anybody's.
        opened: `orders.version` at which whoever decides saw it.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        Stale: Somebody has changed it since it was opened.
        NotChangeable: It is packed already, or a shopper may not change it so far alone.
        NothingToOrder: Nothing would be left in it: that is cancelling it.
        UnknownProduct: Something is not sold, or not any more.
        OutOfStock: There is less of something; says of which and how many.
        TooMany: It is more of something than the shop sells at once.
    """
    unpacked = await lock(conn, order_id=order_id, shopper_id=shopper_id, opened=opened)
    order = unpacked.order
    held = {(line.product_id, line.variant_id): line for line in unpacked.lines}
    wanted: dict[tuple[int, int | None], int] = {}
    for item in items:
        key = (item.product_id, item.variant_id)
        wanted[key] = wanted.get(key, 0) + max(item.quantity, 0)
    wanted = {key: quantity for key, quantity in wanted.items() if quantity}
    if not wanted:
        raise NothingToOrder(f"order {order_id}")
    offers = await offers_of(conn, {*held, *wanted})
    lines = [line_of(offers, held.get(key), key, quantity, rules) for key, quantity in wanted.items()]
    zone = await _zone(conn, None, order.zone_id)
    sums = await sums_of(conn, unpacked, lines=lines, zone=zone)
    check_sums(unpacked, sums, actor=actor, rules=rules)
    await write(conn, unpacked, lines, offers)
    await conn.batch(
        acting(actor.name, actor.kind),
        sums_statement(unpacked, sums),
        done(),
        edit_statement(order_id, "items", unpacked.lines, lines, actor),
    )
    await conn.sets("CALL sp_reserve_order_inventory(%(id)s, %(minutes)s)", id=order_id, minutes=order.minutes)
    if order.status == "confirmed":
        await conn.sets("CALL sp_commit_order_inventory(%(id)s)", id=order_id)
    return Changed(order_id=order.id, number=order.number, was=order.sums, sums=sums, lines=tuple(lines))


async def preview_delivery(
    conn: Connection, *, order_id: int, shopper_id: int, delivery: AddressDraft, rules: Rules
) -> Changed:
    """What `change_delivery` would come to: it is done, and taken back. Raises what that raises."""
    return await _tried(
        conn,
        lambda: change_delivery(conn, order_id=order_id, shopper_id=shopper_id, delivery=delivery, rules=rules),
    )


async def preview_items(
    conn: Connection, *, order_id: int, shopper_id: int, items: Sequence[Item], rules: Rules
) -> Changed:
    """What `change_items` would come to: it is done, and taken back. Raises what that raises."""
    return await _tried(
        conn, lambda: change_items(conn, order_id=order_id, shopper_id=shopper_id, items=items, rules=rules)
    )


async def _tried(conn: Connection, work: Callable[[], Awaitable[Result]]) -> Result:
    await conn.run("SAVEPOINT change_trial")
    try:
        return await work()
    finally:
        await conn.batch(Statement("ROLLBACK TO SAVEPOINT change_trial"), done())


async def _delivery(conn: Connection, order_id: int) -> AddressDraft:
    rows = await conn.run(
        "SELECT COALESCE(ship_recipient_name, ''), COALESCE(ship_phone, ''), COALESCE(ship_address_line1, ''),"
        " COALESCE(ship_city, ''), COALESCE(ship_province, ''), COALESCE(ship_address_line2, ''),"
        " COALESCE(ship_barangay, ''), COALESCE(ship_region, ''), COALESCE(ship_postal_code, ''),"
        " COALESCE(ship_landmark, '') FROM orders WHERE id = %(id)s",
        id=order_id,
    )
    return AddressDraft(**dict(zip(AddressDraft.__struct_fields__, map(str, rows.rows[0]), strict=True)))


async def _zone(conn: Connection, delivery: AddressDraft | None, zone_id: int | None) -> Zone | None:
    """The zone with this id; else the one in which a place lies; None where there is none."""
    known = await zones(conn)
    if zone_id is not None:
        return next((zone for zone in known if zone.id == zone_id), None)
    if delivery is None:
        return None
    return zone_of(known, city=delivery.city, province=delivery.province, region=delivery.region)
