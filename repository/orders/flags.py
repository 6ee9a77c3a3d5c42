"""Why an order needs a person: one open flag of each kind, until somebody or something resolves it."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection, Statement


class Flag(msgspec.Struct, frozen=True):
    """An open flag of an order.

    Attributes:
        kind: Such as "risk", "refund", "unpaid", "return", "complaint", "address".
        note: What a person should know; may be empty.
        raised_at: Since when.
    """

    kind: str
    note: str
    raised_at: datetime


def flag_statement(order_id: int, kind: str, note: str = "") -> Statement:
    """What raises a flag, to be sent together with what it is about; an open one of its kind gets the newer note.

    Args:
        order_id: `orders.id`.
        kind: Such as "risk".
        note: What a person should know.
    """
    return Statement(
        "INSERT INTO order_flags (order_id, kind, note) VALUES (%(order_id)s, %(kind)s, NULLIF(%(note)s, ''))"
        " ON DUPLICATE KEY UPDATE note = COALESCE(VALUES(note), note)",
        {"order_id": order_id, "kind": kind, "note": note[:1000]},
    )


def resolving_statement(order_id: int, kind: str, by: str) -> Statement:
    """What resolves the open flag of a kind, where there is one, to be sent together with what resolves it.

    Args:
        order_id: `orders.id`.
        kind: Such as "risk".
        by: Who, or what of the program.
    """
    return Statement(
        "UPDATE order_flags FORCE INDEX (uq_order_flags_open) SET resolved_at = NOW(), resolved_by = %(by)s"
        " WHERE order_id = %(order_id)s AND open_kind = %(kind)s",
        {"order_id": order_id, "kind": kind, "by": by[:100]},
    )


async def raise_flag(conn: Connection, *, order_id: int, kind: str, note: str = "") -> None:
    """Say that an order needs a person; one that is flagged so already gets the newer note.

    Args:
        conn: An open connection. The caller owns the transaction and has locked the order.
        order_id: `orders.id`.
        kind: Such as "risk".
        note: What a person should know.
    """
    await conn.batch(flag_statement(order_id, kind, note))


async def resolve_flag(conn: Connection, *, order_id: int, kind: str, by: str) -> bool:
    """Say that what an order was flagged for is done.

    Args:
        conn: An open connection. The caller owns the transaction and has locked the order.
        order_id: `orders.id`.
        kind: Such as "risk".
        by: Who did it, as colleagues call them, or what of the program.

    Returns:
        Whether there was such a flag.
    """
    (resolved,) = await conn.batch(resolving_statement(order_id, kind, by))
    return resolved.rowcount > 0


async def open_flags(conn: Connection, *, order_id: int) -> tuple[Flag, ...]:
    """The open flags of an order, the oldest first.

    Args:
        conn: An open connection.
        order_id: `orders.id`.
    """
    flags = await conn.all(
        Flag,
        "SELECT kind, COALESCE(note, ''), raised_at FROM order_flags"
        " WHERE order_id = %(order_id)s AND open_kind IS NOT NULL ORDER BY raised_at, id",
        order_id=order_id,
    )
    return tuple(flags)
