"""Letting an order go on without the check that it waits for, because somebody of the shop knows its shopper."""

from repository.database.connection import Bound, Connection, Statement
from repository.orders.flags import resolving_statement
from repository.orders.history import Actor


async def approve(conn: Connection, *, order_id: int, actor: Actor) -> None:
    """Take an order for verified; its timeline says who said so.

    Args:
        conn: A connection in a transaction, which the caller owns. The order is locked.
        order_id: `orders.id`.
        actor: Who knows its shopper.
    """
    values: dict[str, Bound] = {"order_id": order_id, "actor": actor.name[:100], "kind": actor.kind}
    await conn.batch(
        Statement(
            "INSERT INTO order_edits (order_id, what, before_it, after_it, actor, actor_type)"
            " SELECT id, 'check', JSON_OBJECT('verification', verification_status),"
            " JSON_OBJECT('verification', 'not needed'), %(actor)s, %(kind)s FROM orders WHERE id = %(order_id)s",
            values,
        ),
        Statement("UPDATE orders SET verification_status = 'verified' WHERE id = %(order_id)s", values),
        resolving_statement(order_id, "risk", actor.name),
    )
