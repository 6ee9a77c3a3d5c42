"""What Facebook sends, stored before it is answered: turns in `chat_logs`, everything else in `webhook_events`."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.inserting import insert_rows

FOREIGN = "foreign"
"""`webhook_events.kind` of what is for a page that the shop does not answer on."""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it is stored.

    Attributes:
        key: 16 bytes that every delivery of it shares.
        kind: Messenger's word for it.
        event: Its JSON.
        event_at: When it happened.
        message_type: `chat_logs.message_type`, for a turn.
        text: What the shopper wrote or what stood on the button, for a turn.
        payload: What the button carried, for a turn.
    """

    key: bytes
    kind: str
    page_id: str
    psid: str
    event: str
    event_at: datetime
    message_type: str = ""
    text: str = ""
    payload: str = ""


class Pending(msgspec.Struct, frozen=True):
    """A shopper whose turns wait to be taken, and how many do."""

    psid: str
    turns: int


async def store(
    conn: Connection, *, turns: Sequence[Arrival], others: Sequence[Arrival], along: Sequence[Statement] = ()
) -> int:
    """Keep events durably, each once however often it is delivered, in one round trip and with one commit.

    Args:
        conn: An open connection, in no transaction: this is one of its own.
        turns: What shoppers did.
        others: Everything else that is worth keeping.
        along: What else is written with them.

    Returns:
        How many of them had not been here before.
    """
    statements = []
    if turns:
        statements.append(storing(turns))
    if others:
        statements.append(
            insert_rows(
                "INSERT IGNORE INTO webhook_events (event_key, kind, page_id, psid, event)",
                [(arrival.key, arrival.kind, arrival.page_id, arrival.psid, arrival.event) for arrival in others],
            )
        )
    if not statements and not along:
        return 0
    results = await conn.whole(*statements, *along)
    return sum(result.rowcount for result in results[: len(statements)])


def storing(turns: Sequence[Arrival]) -> Statement:
    """What keeps what shoppers did; it changes as many rows as had not been here before.

    Args:
        turns: What they did, at least one thing.
    """
    return insert_rows(
        "INSERT IGNORE INTO chat_logs (user_id, page_id, event_key, event, event_at, message_type,"
        " user_message, payload, session_id, turn_status)",
        [
            (
                arrival.psid, arrival.page_id, arrival.key, arrival.event, arrival.event_at,
                arrival.message_type, arrival.text, arrival.payload, session_of(arrival), "received",
            )
            for arrival in turns
        ],
    )  # fmt: skip


def session_of(arrival: Arrival) -> str:
    """The session that a turn belongs to: one per shopper and day of Messenger's clock."""
    return f"{arrival.psid[:80]}-{arrival.event_at:%Y%m%d}"


async def pending(conn: Connection, *, most: int = 500) -> list[Pending]:
    """Shoppers whose turns wait, for the start and for whatever a dead process left.

    Args:
        conn: An open connection.
        most: Shoppers at most.
    """
    return await conn.all(
        Pending,
        "SELECT user_id, COUNT(*) FROM chat_logs FORCE INDEX (ix_chat_logs_pending)"
        " WHERE turn_status = 'received' GROUP BY user_id LIMIT %(most)s",
        most=most,
    )


async def page_of(conn: Connection, *, psid: str) -> str:
    """The page that somebody has written to whose turn waits; empty where it is not known.

    Args:
        conn: An open connection.
        psid: Who.
    """
    page_id = await conn.value(
        "SELECT page_id FROM chat_logs FORCE INDEX (ix_chat_logs_pending)"
        " WHERE turn_status = 'received' AND user_id = %(psid)s ORDER BY event_at, id LIMIT 1",
        psid=psid,
    )
    return str(page_id or "")


async def pass_over(conn: Connection, *, psid: str) -> int:
    """Keep what waits of a shopper without answering it: it came faster than anybody types.

    Args:
        conn: A connection in a transaction, in which the conversation is locked.
        psid: The shopper.

    Returns:
        How many messages that were.
    """
    passed = await conn.run(
        "UPDATE chat_logs SET turn_status = 'done', intent = 'flood'"
        " WHERE turn_status = 'received' AND user_id = %(psid)s",
        psid=psid,
    )
    return passed.rowcount


async def note_pictures(conn: Connection, *, turn_id: int, event: str) -> None:
    """Note what came of the pictures of a turn that waits, so that nobody looks for them again.

    Args:
        conn: An open connection. The caller owns the transaction, in which the pictures are kept.
        turn_id: `chat_logs.id`.
        event: JSON of the event, with that in it.
    """
    await conn.run(
        "UPDATE chat_logs SET event = %(event)s WHERE id = %(turn_id)s AND turn_status = 'received'",
        turn_id=turn_id,
        event=event,
    )


async def forget_message(conn: Connection, *, key: bytes, edits: Sequence[bytes] = ()) -> None:
    """Blank what a shopper took back, wherever it stands (Platform Terms: an unsent message is deleted here too).

    Our answers go where they say the words again; so do complaints and proofs that were noted in these words.

    Args:
        conn: An open connection.
        key: The key of the message's event.
        edits: Keys that changes of it may have come under.
    """
    values: dict[str, Bound] = {"keys": [key, *edits]}
    its = "c.event_key IN %(keys)s AND c.turn_status <> 'received' AND CHAR_LENGTH(c.user_message) > 2"
    theirs = "chat_logs c JOIN users u ON u.messenger_id = c.user_id JOIN orders o ON o.user_id = u.id"
    await conn.batch(
        Statement("BEGIN"),
        Statement(
            f"DELETE m FROM outbox m JOIN chat_logs c ON c.id = m.turn_id WHERE {its} AND m.status = 'sent'"
            " AND LOCATE(LEFT(c.user_message, 60), m.message)",
            values,
        ),
        Statement(
            f"UPDATE {theirs} JOIN order_flags f ON f.order_id = o.id SET f.note = NULL"
            f" WHERE {its} AND f.note = LEFT(c.user_message, 500)",
            values,
        ),
        Statement(
            f"UPDATE {theirs} JOIN order_proofs p ON p.order_id = o.id SET p.words = NULL"
            f" WHERE {its} AND p.words = LEFT(c.user_message, 500)",
            values,
        ),
        Statement("DELETE FROM webhook_events WHERE event_key IN %(keys)s", values),
        Statement(
            "UPDATE chat_logs SET bot_response = IF(LOCATE(LEFT(user_message, 60), bot_response), '', bot_response),"
            " event = '{}', payload = NULL, recording = NULL, error_message = NULL, state_before = NULL,"
            " state_after = NULL, user_message = '' WHERE event_key IN %(keys)s AND turn_status <> 'received'",
            values,
        ),
        commit=True,
    )
