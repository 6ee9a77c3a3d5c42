"""One turn with all that was kept of it, for whoever looks into it."""

import msgspec

from repository.database.connection import Connection

_RECENT = 300
"""So many of a shopper's turns are looked through for a message."""


class Kept(msgspec.Struct, frozen=True):
    """A turn.

    Attributes:
        id: `chat_logs.id`.
        event: JSON of what the shopper did.
        before: JSON of the state before.
        recording: JSON of what it depended on.
        after: JSON of the state after.
        milliseconds: From the webhook to its end.
    """

    id: int
    event: str
    before: str
    recording: str
    after: str
    milliseconds: int


async def turn_of(conn: Connection, *, psid: str, mid: str) -> Kept | None:
    """The turn that a shopper's message began, or that said a message; None where there is none.

    Args:
        conn: An open connection.
        psid: Whose chat it stands in.
        mid: The message's.
    """
    return await conn.one(
        Kept,
        "SELECT l.id, COALESCE(l.event, '{}'), COALESCE(l.state_before, '{}'), COALESCE(l.recording, '{}'),"
        " COALESCE(l.state_after, '{}'), COALESCE(l.response_time_ms, 0) FROM chat_logs l"
        " WHERE l.user_id = %(psid)s AND l.turn_status <> 'received' AND (l.id = (SELECT turn_id FROM outbox"
        " WHERE psid = %(psid)s AND message_id = %(mid)s ORDER BY id DESC LIMIT 1)"
        " OR (l.id > (SELECT COALESCE(MAX(id), 0) FROM chat_logs) - %(recent)s * 100"
        " AND JSON_VALUE(l.event, '$.mid') = %(mid)s)) ORDER BY l.id DESC LIMIT 1",
        psid=psid,
        mid=mid,
        recent=_RECENT,
    )


async def messages_of(conn: Connection, turn: int) -> list[str]:
    """What a turn sent, as the Send API takes it.

    Args:
        conn: An open connection.
        turn: `chat_logs.id`.
    """
    found = await conn.run("SELECT message FROM outbox WHERE turn_id = %(turn)s ORDER BY id", turn=turn)
    return [str(message) for (message,) in found.rows]
