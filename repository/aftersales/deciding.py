"""What the shop says to a shopper who asked to send something back, before the parcel comes."""

from repository.chats.notices import notice_statement
from repository.database.connection import Connection, Statement
from repository.database.errors import NotReturnable
from repository.orders.flags import resolving_statement
from repository.orders.history import Actor

WORDS_MOST = 500


async def answer_return(conn: Connection, *, order_id: int, accepted: bool, words: str, actor: Actor) -> None:
    """Accept or refuse what a shopper asked to send back; they are told, with what they are to do or why not.

    Args:
        conn: A connection in a transaction, which the caller owns, in which the order is locked.
        order_id: `orders.id`.
        accepted: Whether it may come back.
        words: How to send it, or why it may not; the shopper reads it.
        actor: Who decides.

    Raises:
        NotReturnable: Nobody waits for an answer about this order.
    """
    decided = await conn.run(
        "UPDATE order_returns SET status = %(status)s, decided_by = %(by)s, decided_at = NOW()"
        " WHERE order_id = %(order_id)s AND status = 'requested'",
        order_id=order_id,
        status="accepted" if accepted else "refused",
        by=actor.admin_id,
    )
    if not decided.rowcount:
        raise NotReturnable("nothing_left")
    number = str(await conn.value("SELECT order_number FROM orders WHERE id = %(order_id)s", order_id=order_id))
    facts: dict[str, str | int] = {
        "order_id": order_id,
        "number": number,
        "accepted": int(accepted),
        "words": words[:WORDS_MOST],
    }
    await conn.batch(
        resolving_statement(order_id, "return", actor.name),
        # So that a form that was opened before is refused: nothing else of the order's own row changes.
        Statement("UPDATE orders SET version = version + 1 WHERE id = %(order_id)s", {"order_id": order_id}),
        notice_statement(order_id, "custom", "notices.return_answered", facts),
    )
