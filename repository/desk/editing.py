"""A clerk changes an order before it is packed: what shoppers may change themselves, and the shopper is told."""

from collections.abc import Iterable, Sequence

from repository.aftersales.changing import Changed, Item, change_delivery, change_items
from repository.chats.notices import notice_statement
from repository.database.connection import Connection
from repository.orders.addresses import AddressDraft
from repository.orders.flags import resolving_statement
from repository.orders.history import Actor
from repository.rules import Rules


async def edit_delivery(
    conn: Connection, *, order_id: int, delivery: AddressDraft, actor: Actor, rules: Rules
) -> Changed:
    """Have an order delivered elsewhere, and tell its shopper. Raises what `change_delivery` raises.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        delivery: Where it goes from now on.
        actor: Who changes it.
        rules: The shop's rules.
    """
    changed = await change_delivery(conn, order_id=order_id, delivery=delivery, actor=actor, rules=rules)
    parts = (
        delivery.recipient_name,
        delivery.phone,
        delivery.address_line1,
        delivery.address_line2,
        delivery.barangay,
        delivery.city,
        delivery.province,
    )
    facts: dict[str, str | int] = {
        "order_id": order_id,
        "number": changed.number,
        "address": ", ".join(part for part in parts if part),
        "total": str(changed.sums.total) if changed.sums.total != changed.was.total else "0",
    }
    await conn.batch(
        resolving_statement(order_id, "address", actor.name),
        notice_statement(order_id, "custom", "notices.delivery_changed", facts),
    )
    return changed


async def edit_items(conn: Connection, *, order_id: int, items: Sequence[Item], actor: Actor, rules: Rules) -> Changed:
    """Have other things in an order, and tell its shopper. Raises what `change_items` raises.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        items: All that it shall hold.
        actor: Who changes it.
        rules: The shop's rules.
    """
    changed = await change_items(conn, order_id=order_id, items=items, actor=actor, rules=rules)
    facts: dict[str, str | int] = {
        "order_id": order_id,
        "number": changed.number,
        "lines": listed((line.name, line.variant, line.quantity) for line in changed.lines),
        "total": str(changed.sums.total),
    }
    await conn.batch(notice_statement(order_id, "custom", "notices.items_changed", facts))
    return changed


def listed(lines: Iterable[tuple[str, str, int]]) -> str:
    """Lines as a shopper reads them, pieces, name and variant, an item on each.

    Args:
        lines: Name, variant or empty, and pieces of each.
    """
    return "\n".join(
        f"{quantity} × {name} ({variant})" if variant else f"{quantity} × {name}" for name, variant, quantity in lines
    )
