"""A broadcast on its way: begun, stopped, handed over shopper by shopper, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from repository.broadcasts.edits import BROADCASTS, BroadcastBody
from repository.broadcasts.people import WANTS, choose
from repository.chats import outbox
from repository.database.connection import Connection, Statement
from repository.database.errors import NotFound
from repository.database.scalars import number
from repository.settings.row import MustStay
from repository.staff import audit
from repository.staff.by import By

EVERY_SECONDS = 1
"""Between two pieces of a broadcast: how many shoppers each holds is its pace."""
UNDISTURBED_MINUTES = 2
"""Who did something so lately is talking with the shop: they are written to afterwards."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """The next shoppers of a broadcast.

    Attributes:
        broadcast_id: `broadcasts.id`.
        body: What is said.
        user_ids: `users.id` of who is next.
    """

    broadcast_id: int
    body: BroadcastBody
    user_ids: tuple[int, ...]


class Person(msgspec.Struct, frozen=True):
    """A shopper who is about to be written to, locked.

    Attributes:
        psid: Their PSID.
        language: As in `users.language`, or empty.
        first_name: Their first name, or empty.
        window_expires_at: Until when Messenger lets us write freely.
        wants: Whether they still want promos.
        is_quiet: Whether a person of the shop is seeing to them, so that nothing else is said.
    """

    psid: str
    language: str
    name: str
    window_expires_at: datetime | None
    wants: bool
    is_quiet: bool


_UNDER_WAY = """SELECT id, per_minute FROM broadcasts WHERE status = 'sending'
    AND NOT EXISTS (SELECT 1 FROM page_troubles WHERE ended_at IS NULL) ORDER BY id"""
"""While the page cannot send nobody is handed over: whoever waited in the outbox would be written to too late."""


class _Row(msgspec.Struct, frozen=True):
    id: int
    per_minute: int


async def begin(conn: Connection, *, broadcast_id: int, version: int, by: By) -> int:
    """Begin to send a broadcast; how many shoppers it is for, chosen now.

    Args:
        conn: A connection in a transaction.
        broadcast_id: `broadcasts.id`.
        version: The number of its last save when it was looked at: what goes out is what was seen.
        by: Who sends it.

    Raises:
        NotFound: There is none.
        MustStay: It was begun before, somebody has saved it meanwhile, or it is for nobody now.
    """
    status = await conn.value("SELECT status FROM broadcasts WHERE id = %(id)s FOR UPDATE", id=broadcast_id)
    if status is None:
        raise NotFound(str(broadcast_id))
    opened = await BROADCASTS.opened(conn, broadcast_id)
    if status != "draft" or opened.version != version:
        raise MustStay("broadcast")
    chosen = await choose(conn, broadcast_id=broadcast_id, body=opened.body)
    if not chosen:
        raise MustStay("nobody")
    await conn.batch(
        Statement(
            "UPDATE broadcasts SET status = 'sending', started_at = NOW(3), started_by = %(by)s WHERE id = %(id)s",
            {"by": by.admin_id, "id": broadcast_id},
            feeds_queue="work",
        )
    )
    await _note(conn, "broadcast.sent", broadcast_id, by)
    return chosen


async def stop(conn: Connection, *, broadcast_id: int, by: By) -> bool:
    """Send a broadcast to nobody else. Whether it was under way.

    Args:
        conn: A connection in a transaction.
        broadcast_id: `broadcasts.id`.
        by: Who stops it.
    """
    stopped = await conn.run(
        "UPDATE broadcasts SET status = 'stopped', ended_at = NOW(3) WHERE id = %(id)s AND status = 'sending'",
        id=broadcast_id,
    )
    if stopped.rowcount:
        await _note(conn, "broadcast.stopped", broadcast_id, by)
    return bool(stopped.rowcount)


async def next_pieces(conn: Connection) -> list[Piece]:
    """The next shoppers of every broadcast that is under way and whose pace allows some now.

    Whoever asks first within a second gets them. One that dies with them loses nobody, for each stays in line until
    they are handed over.

    Args:
        conn: A connection on which each statement commits by itself.
    """
    pieces = []
    for row in await conn.all(_Row, _UNDER_WAY):
        taken = await conn.run(
            "UPDATE broadcasts SET taken_at = NOW(3) WHERE id = %(id)s AND status = 'sending'"
            f" AND (taken_at IS NULL OR taken_at <= NOW(3) - INTERVAL {EVERY_SECONDS} SECOND)",
            id=row.id,
        )
        if not taken.rowcount:
            continue
        most = max(1, row.per_minute * EVERY_SECONDS // 60)
        people = await conn.run(
            "SELECT w.user_id FROM broadcast_people w FORCE INDEX (ix_broadcast_people_status)"
            " JOIN users u ON u.id = w.user_id JOIN conversations c ON c.psid = u.messenger_id"
            " WHERE w.broadcast_id = %(id)s AND w.status = 'waiting' AND (c.heard_at IS NULL"
            f" OR c.heard_at <= NOW(3) - INTERVAL {UNDISTURBED_MINUTES} MINUTE"
            " OR c.window_expires_at <= NOW(3) + INTERVAL 10 MINUTE) ORDER BY w.user_id LIMIT %(most)s",
            id=row.id,
            most=most,
        )
        body = (await BROADCASTS.opened(conn, row.id)).body
        pieces.append(Piece(broadcast_id=row.id, body=body, user_ids=tuple(number(one[0]) for one in people.rows)))
    return pieces


async def lock(conn: Connection, *, broadcast_id: int, user_id: int) -> Person | None:
    """A shopper who is next, with their conversation locked; None where it is no longer their turn.

    Args:
        conn: A connection in a transaction.
        broadcast_id: `broadcasts.id`.
        user_id: `users.id`.
    """
    psid = await conn.value("SELECT messenger_id FROM users WHERE id = %(id)s", id=user_id)
    await conn.run("SELECT psid FROM conversations WHERE psid = %(psid)s FOR UPDATE", psid=str(psid))
    return await conn.one(
        Person,
        f"SELECT c.psid, COALESCE(u.language, ''), COALESCE(u.facebook_name, ''), c.window_expires_at, {WANTS},"
        " c.quiet_since IS NOT NULL AND c.quiet_since > NOW() - INTERVAL 1 DAY"
        " FROM broadcast_people w JOIN broadcasts b ON b.id = w.broadcast_id AND b.status = 'sending'"
        " JOIN users u ON u.id = w.user_id JOIN conversations c ON c.psid = u.messenger_id"
        " WHERE w.broadcast_id = %(id)s AND w.user_id = %(user_id)s AND w.status = 'waiting'"
        " AND c.unreachable_since IS NULL FOR UPDATE",
        id=broadcast_id,
        user_id=user_id,
    )


async def hand_over(
    conn: Connection, *, broadcast_id: int, user_id: int, psid: str, messages: Sequence[Mapping[str, object]]
) -> list[int]:
    """Put a broadcast's messages to a shopper into the outbox, once; their ids.

    Args:
        conn: The connection on which `lock` found them.
        broadcast_id: `broadcasts.id`.
        user_id: `users.id`.
        psid: Their PSID.
        messages: `message` objects of the Send API, in order.
    """
    ids = await outbox.put(conn, psid=psid, messages=messages, messaging_type="UPDATE")
    await conn.run(
        "UPDATE broadcast_people SET status = 'handed', outbox_id = %(outbox_id)s"
        " WHERE broadcast_id = %(id)s AND user_id = %(user_id)s",
        outbox_id=ids[-1],
        id=broadcast_id,
        user_id=user_id,
    )
    return ids


async def skip(conn: Connection, *, broadcast_id: int, user_id: int) -> None:
    """Leave a shopper out.

    Args:
        conn: A connection in a transaction.
        broadcast_id: `broadcasts.id`.
        user_id: `users.id`.
    """
    await conn.run(
        "UPDATE broadcast_people w JOIN broadcasts b ON b.id = w.broadcast_id AND b.status = 'sending'"
        " SET w.status = 'skipped'"
        " WHERE w.broadcast_id = %(id)s AND w.user_id = %(user_id)s AND w.status = 'waiting'",
        id=broadcast_id,
        user_id=user_id,
    )


async def _note(conn: Connection, action: str, broadcast_id: int, by: By) -> None:
    await audit.record(
        conn, action=action, admin_id=by.admin_id, subject=f"broadcast {broadcast_id}", ip_address=by.ip_address
    )
