"""What was said in a chat: by the shopper, the bot, people in the console or in Facebook's inbox; and notes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, Echo, TextMessage, load
from bot.messenger.parts import Attachment
from repository.database.connection import Bound, Connection, Statement
from repository.talks.about import About, about

TURNS_MOST = 40
OTHERS_MOST = 120
Voice = Literal["shopper", "bot", "person", "other", "note"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was said.

    Attributes:
        key: Names it among all lines of the chat, for ever.
        at: When.
        voice: Whose: the shopper's, the bot's, a person's in the console, somebody's in another app, a note among
            colleagues.
        who: The name of the person of the shop; empty where nobody knows.
        text: The words; empty for what the shop sent.
        attachments: Pictures and the like that came with them.
        tapped: Whether the words stood on a button.
        message: What the shop sent, as the Send API takes it; empty for others.
        state: Of what the shop sent: "queued", "sent", "delivered", "read" or "failed".
        why: Of what failed: why, as the machine says it.
        did: What the bot made of the shopper's words; empty where it made nothing yet.
        outbox_id: Of what the shop sent, its number.
        about: What the shopper did besides words, None for words alone.
    """

    key: str
    at: datetime
    voice: Voice
    who: str = ""
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    tapped: bool = False
    message: Mapping[str, object] = msgspec.field(default_factory=dict)
    state: str = ""
    why: str = ""
    did: str = ""
    outbox_id: int = 0
    about: About | None = None


class Thread(msgspec.Struct, frozen=True):
    """A part of a chat.

    Attributes:
        lines: The newest last.
        earlier: Of which turn on there is more before; 0 where this is the beginning.
        typed: The greatest `outbox.id` that a person typed, 0 for none: who writes shall have seen it.
        typed_by: Who typed that.
    """

    lines: tuple[Line, ...]
    earlier: int
    typed: int
    typed_by: str


class _Turn(msgspec.Struct, frozen=True):
    id: int
    at: datetime
    kind: str
    text: str
    event: str
    did: str


class _Sent(msgspec.Struct, frozen=True):
    id: int
    turn_id: int
    at: datetime
    message: dict[str, object]
    state: str
    why: str
    is_typed: bool
    who: str


class _Other(msgspec.Struct, frozen=True):
    key: bytes
    at: datetime
    event: str


class _Note(msgspec.Struct, frozen=True):
    id: int
    at: datetime
    words: str
    who: str


_TURNS = """
    SELECT id, COALESCE(event_at, created_at), message_type, COALESCE(user_message, ''), COALESCE(event, ''),
        COALESCE(intent, '')
    FROM chat_logs FORCE INDEX (ix_chat_logs_user)
    WHERE user_id = %(psid)s AND (%(before)s = 0 OR id < %(before)s)
    ORDER BY created_at DESC, id DESC LIMIT %(turns)s
"""
_SENT = """
    SELECT b.id, COALESCE(b.turn_id, 0), b.created_at, b.message,
        CASE WHEN b.status <> 'sent' THEN b.status
        WHEN b.sent_at <= c.read_until THEN 'read' WHEN b.sent_at <= c.delivered_until THEN 'delivered'
        ELSE 'sent' END, CONCAT_WS(' ', b.error_code, b.error_message), t.outbox_id IS NOT NULL,
        COALESCE(NULLIF(a.full_name, ''), a.username, '')
    FROM outbox b FORCE INDEX (ix_outbox_shopper) LEFT JOIN conversations c ON c.psid = b.psid
    LEFT JOIN typed_messages t ON t.outbox_id = b.id LEFT JOIN admin_users a ON a.id = t.admin_id
    WHERE b.psid = %(psid)s AND (%(until)s IS NULL OR b.created_at < %(until)s) ORDER BY b.id DESC LIMIT %(others)s
"""
_OTHERS = """
    SELECT event_key, received_at, event FROM webhook_events FORCE INDEX (ix_webhook_events_shopper)
    WHERE psid = %(psid)s AND (kind = 'echo' OR kind LIKE 'standby%%')
        AND (%(until)s IS NULL OR received_at < %(until)s) ORDER BY received_at DESC LIMIT %(others)s
"""
_NOTES = """
    SELECT n.id, n.created_at, n.words, COALESCE(NULLIF(a.full_name, ''), a.username, '')
    FROM conversation_notes n LEFT JOIN admin_users a ON a.id = n.admin_id
    WHERE n.psid = %(psid)s AND (%(until)s IS NULL OR n.created_at < %(until)s) ORDER BY n.id DESC LIMIT %(others)s
"""


async def thread(conn: Connection, *, psid: str, before: int = 0) -> Thread:
    """What was said in a chat last, or before a turn.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        before: `chat_logs.id` of the turn before which to read; 0 reads the end.
    """
    until: datetime | None = None
    if before:
        turn = await conn.one(
            _Until,
            "SELECT COALESCE(event_at, created_at) FROM chat_logs WHERE id = %(before)s AND user_id = %(psid)s",
            before=before,
            psid=psid,
        )
        until = turn.at if turn else None
    values: dict[str, Bound] = {
        "psid": psid, "before": before, "until": until, "turns": TURNS_MOST, "others": OTHERS_MOST
    }  # fmt: skip
    turns, sent, others, notes = await conn.batch(*(Statement(sql, values) for sql in (_TURNS, _SENT, _OTHERS, _NOTES)))
    heard = [conn.read(_Turn, row) for row in turns.rows]
    said = [conn.read(_Sent, row) for row in sent.rows]
    is_more = len(heard) == TURNS_MOST
    begins = heard[-1].at if is_more else None
    asked_at = {turn.id: turn.at for turn in heard}
    placed: list[tuple[datetime, int, int, Line]] = [(turn.at, turn.id, 0, _heard(turn)) for turn in heard]
    placed += [
        (asked_at.get(one.turn_id, one.at), one.turn_id if one.turn_id in asked_at else 0, one.id, _said(one))
        for one in said
    ]
    for row in others.rows:
        one = conn.read(_Other, row)
        event = load(one.event)
        if line := _other(one, event):
            placed.append((min(event.sent_at.astimezone(one.at.tzinfo), one.at), 0, 0, line))
    placed += [
        (note.at, 0, note.id, Line(key=f"note-{note.id}", at=note.at, voice="note", who=note.who, text=note.words))
        for note in (conn.read(_Note, row) for row in notes.rows)
    ]
    shown = [each for each in placed if begins is None or each[0] >= begins]
    typed = next((one for one in said if one.is_typed), None)
    return Thread(
        lines=tuple(line for *_, line in sorted(shown, key=lambda each: each[:3])),
        earlier=heard[-1].id if is_more else 0,
        typed=typed.id if typed else 0,
        typed_by=typed.who if typed else "",
    )


class _Until(msgspec.Struct, frozen=True):
    at: datetime


def _heard(turn: _Turn) -> Line:
    event = load(turn.event) if turn.event else None
    attachments = event.attachments if isinstance(event, AttachmentMessage | TextMessage) else ()
    words = event.text if isinstance(event, AttachmentMessage) else turn.text
    return Line(
        key=f"turn-{turn.id}",
        at=turn.at,
        voice="shopper",
        text=words,
        attachments=attachments,
        tapped=turn.kind in ("postback", "quick_reply"),
        did=turn.did,
        about=about(event),
    )


def _said(one: _Sent) -> Line:
    return Line(
        key=f"said-{one.id}",
        at=one.at,
        voice="person" if one.is_typed else "bot",
        who=one.who,
        message=one.message,
        state=one.state,
        why=one.why,
        outbox_id=one.id,
    )


def _other(one: _Other, event: Event) -> Line | None:
    """A line of somebody else: the shopper's, where another app has the thread; None for what nobody said."""
    if not isinstance(event, Echo | TextMessage | AttachmentMessage):
        return None
    return Line(
        key=f"other-{one.key.hex()}",
        at=one.at,
        voice="other" if isinstance(event, Echo) else "shopper",
        text=event.text,
        attachments=event.attachments,
    )


async def pulse(conn: Connection, *, psid: str) -> Sequence[object]:
    """What changes whenever something in a chat does, cheaply.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
    """
    told = await conn.batch(
        *(
            Statement(sql, {"psid": psid})
            for sql in (
                "SELECT heard_at, waits_since, quiet_since, quiet_reason, assigned_to, snoozed_until, delivered_until,"
                " read_until, window_expires_at, IF(typing_until > NOW(3), typing_by, NULL)"
                " FROM conversations WHERE psid = %(psid)s",
                "SELECT id, turn_status, LENGTH(event) FROM chat_logs FORCE INDEX (ix_chat_logs_user)"
                " WHERE user_id = %(psid)s ORDER BY created_at DESC, id DESC LIMIT 5",
                "SELECT id, status, attempts FROM outbox FORCE INDEX (ix_outbox_shopper) WHERE psid = %(psid)s"
                " ORDER BY id DESC LIMIT 20",
                "SELECT MAX(id) FROM conversation_notes WHERE psid = %(psid)s",
                "SELECT MAX(received_at) FROM webhook_events WHERE psid = %(psid)s",
            )
        )
    )
    return [result.rows for result in told]
