"""The conversation with a shopper as it stands beside an order: what they wrote, and what the shop said."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement

TURNS_MOST = 40
MESSAGES_MOST = 120
_WITHOUT_WORDS = {"attachment": "[picture or file]", "postback": "[tap]", "referral": "[came by a link]"}


class Spoken(msgspec.Struct, frozen=True):
    """Something that was said.

    Attributes:
        at: When.
        by_shopper: Whether the shopper said it.
        text: What they wrote or tapped; empty for the shop's.
        message: What the shop said, as the Send API takes it; empty for the shopper's.
        state: Of the shop's: "queued", "sent", "delivered", "read" or "failed".
        why: Of what failed: why, as the machine says it.
    """

    at: datetime
    by_shopper: bool
    text: str
    message: Mapping[str, object]
    state: str = ""
    why: str = ""


class _Turn(msgspec.Struct, frozen=True):
    id: int
    at: datetime
    kind: str
    text: str


class _Message(msgspec.Struct, frozen=True):
    turn_id: int
    at: datetime
    message: dict[str, object]
    state: str
    why: str


async def talk(conn: Connection, *, psid: str) -> tuple[Spoken, ...]:
    """What was said in a chat last, the newest last.

    Args:
        conn: An open connection.
        psid: The shopper's page-scoped id.
    """
    values: dict[str, Bound] = {"psid": psid, "turns": TURNS_MOST, "messages": MESSAGES_MOST}
    turns, messages = await conn.batch(
        Statement(
            "SELECT id, created_at, message_type, COALESCE(user_message, '') FROM chat_logs"
            " FORCE INDEX (ix_chat_logs_user) WHERE user_id = %(psid)s"
            " ORDER BY created_at DESC, id DESC LIMIT %(turns)s",
            values,
        ),
        Statement(
            """
            SELECT COALESCE(b.turn_id, 0), CAST(b.created_at AS DATETIME), b.message,
                CASE WHEN b.status <> 'sent' THEN b.status
                WHEN b.sent_at <= c.read_until THEN 'read' WHEN b.sent_at <= c.delivered_until THEN 'delivered'
                ELSE 'sent' END, CONCAT_WS(' ', b.error_code, b.error_message)
            FROM outbox b FORCE INDEX (ix_outbox_shopper) LEFT JOIN conversations c ON c.psid = b.psid
            WHERE b.psid = %(psid)s ORDER BY b.id DESC LIMIT %(messages)s
            """,
            values,
        ),
    )
    heard = [conn.read(_Turn, row) for row in turns.rows]
    said = [conn.read(_Message, row) for row in messages.rows]
    begins = heard[-1].at if len(heard) == TURNS_MOST else None
    asked_at = {turn.id: turn.at for turn in heard}
    # What was answered stands behind what it answers, and what the shop said unasked where it was said.
    placed = [
        ((turn.at, turn.id, 0), Spoken(turn.at, True, turn.text or _WITHOUT_WORDS.get(turn.kind, "…"), {}))
        for turn in reversed(heard)
    ]
    placed += [
        (
            (asked_at.get(one.turn_id, one.at), one.turn_id, 1),
            Spoken(one.at, False, "", one.message, one.state, one.why),
        )
        for one in reversed(said)
        if begins is None or one.at >= begins
    ]
    return tuple(spoken for _, spoken in sorted(placed, key=lambda each: each[0]))
