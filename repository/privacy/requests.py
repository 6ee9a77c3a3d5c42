"""Who asked to be deleted: from the chat or through Facebook, until it is done or taken back."""

from datetime import datetime

import msgspec

from bot.base import clock
from repository.database.connection import Connection, Statement

_OPEN = "('pending', 'confirmed', 'processing', 'shipped')"
"""Orders that are under way: they are finished first, since somebody has to bring the parcel."""


class Asked(msgspec.Struct, frozen=True):
    """What became of asking.

    Attributes:
        code: What opens the page of its status.
        has_open: Whether an order is under way, after which it is done.
    """

    code: str
    has_open: bool


class Request(msgspec.Struct, frozen=True):
    """A request as its page tells it."""

    status: str
    asked_at: datetime
    done_at: datetime | None
    is_known: bool


class Due(msgspec.Struct, frozen=True):
    """A request that can be carried out now.

    Attributes:
        id: `deletion_requests.id`.
        shopper_id: `users.id`.
        psid: The shopper.
    """

    id: int
    shopper_id: int
    psid: str


async def ask_deletion(conn: Connection, *, shopper_id: int) -> Asked:
    """Note that a shopper wants to be deleted; promos end at once. Asking again changes nothing.

    Args:
        conn: A connection in the turn's transaction.
        shopper_id: `users.id`.
    """
    code = await conn.value(
        "SELECT code FROM deletion_requests WHERE user_id = %(id)s AND status = 'waiting' LIMIT 1 FOR UPDATE",
        id=shopper_id,
    )
    if code is None:
        code = clock.token(18)
        await _note(conn, code=code, shopper_id=shopper_id, source="chat", status="waiting")
    await conn.run(
        "UPDATE users SET deletion_asked_at = COALESCE(deletion_asked_at, NOW()),"
        " promos_stopped_at = COALESCE(promos_stopped_at, NOW()) WHERE id = %(id)s",
        id=shopper_id,
    )
    has_open = await conn.value(
        f"SELECT EXISTS (SELECT 1 FROM orders WHERE user_id = %(id)s AND order_status IN {_OPEN})", id=shopper_id
    )
    return Asked(str(code), bool(has_open))


async def keep_data(conn: Connection, *, shopper_id: int) -> bool:
    """Take back that a shopper wants to be deleted. Whether there was anything to take back.

    Args:
        conn: A connection in the turn's transaction.
        shopper_id: `users.id`.
    """
    *_, withdrawn = await conn.batch(
        Statement("UPDATE users SET deletion_asked_at = NULL WHERE id = %(id)s", {"id": shopper_id}),
        Statement(
            "UPDATE deletion_requests SET status = 'withdrawn', done_at = NOW()"
            " WHERE user_id = %(id)s AND status = 'waiting'",
            {"id": shopper_id},
        ),
    )
    return withdrawn.rowcount > 0


async def ask_by_facebook(conn: Connection, *, user_id: str) -> str:
    """Note what Facebook's deletion callback asks; the code that it is answered with.

    The number that it names is that of somebody who logged in with Facebook. A shopper's PSID is another one, so mostly
    nothing is kept under it, and the request is done at once.

    Args:
        conn: A connection in a transaction.
        user_id: The number that Facebook named.
    """
    shopper = await conn.value("SELECT id FROM users WHERE messenger_id = %(user_id)s", user_id=user_id)
    if isinstance(shopper, int):
        return (await ask_deletion(conn, shopper_id=shopper)).code
    code = clock.token(18)
    await _note(conn, code=code, shopper_id=None, source="facebook", status="done")
    return code


async def request(conn: Connection, *, code: str) -> Request | None:
    """How far a request has come; None where there is none of that code.

    Args:
        conn: An open connection.
        code: As the shopper was told.
    """
    return await conn.one(
        Request,
        "SELECT status, asked_at, done_at, user_id IS NOT NULL FROM deletion_requests WHERE code = %(code)s",
        code=code,
    )


async def due(conn: Connection, *, most: int = 20) -> list[Due]:
    """Requests that can be carried out: none of the shopper's orders is under way, and nothing of theirs waits.

    Args:
        conn: An open connection.
        most: Requests at most.
    """
    return await conn.all(
        Due,
        f"""
        SELECT r.id, u.id, u.messenger_id
        FROM deletion_requests r JOIN users u ON u.id = r.user_id
        WHERE r.status = 'waiting'
          AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.id AND o.order_status IN {_OPEN})
          AND NOT EXISTS (SELECT 1 FROM chat_logs c WHERE c.turn_status = 'received' AND c.user_id = u.messenger_id)
          AND NOT EXISTS (SELECT 1 FROM outbox m WHERE m.status = 'queued' AND m.psid = u.messenger_id)
        ORDER BY r.id LIMIT %(most)s
        """,
        most=most,
    )


async def _note(conn: Connection, *, code: str, shopper_id: int | None, source: str, status: str) -> None:
    await conn.run(
        "INSERT INTO deletion_requests (code, user_id, source, status, done_at)"
        " VALUES (%(code)s, %(shopper_id)s, %(source)s, %(status)s, IF(%(status)s = 'done', NOW(), NULL))",
        code=code,
        shopper_id=shopper_id,
        source=source,
        status=status,
    )
