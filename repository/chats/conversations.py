"""Conversations: whose turn it is, where each stands, and the one write that ends a turn."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from repository.chats.missed import missed
from repository.chats.outbox import CLAIM_COLUMNS, CLAIM_JOIN, Claim
from repository.chats.referrals import Referred, keeping
from repository.database.connection import Connection, Result, Statement


class Conversation(msgspec.Struct, frozen=True):
    """Where a conversation stands, its row locked.

    Attributes:
        state: JSON of the dialog state.
        draft: JSON of the order that is being made, None where none is.
        offered: JSON of what could be tapped last.
        window_expires_at: Until when Messenger let us write freely, before this turn.
        quiet_since: Since when a person is to speak here and not the bot, or last spoke; None while the bot does.
        quiet_reason: Why; `repository/aftersales/quiet.py` knows the reasons.
        heard_at: When the shopper did something last, before this turn.
        given_back_at: When a person gave the chat back to the bot last.
        referral_id: `referrals.id` of where the shopper came from last, None where nothing was told.
        referred_at: When that was.
    """

    state: str
    draft: str | None
    offered: str | None
    window_expires_at: datetime | None
    quiet_since: datetime | None = None
    quiet_reason: str | None = None
    heard_at: datetime | None = None
    given_back_at: datetime | None = None
    referral_id: int | None = None
    referred_at: datetime | None = None


class Waiting(msgspec.Struct, frozen=True):
    """The oldest event of a shopper whose turn has not been taken.

    Attributes:
        turn_id: `chat_logs.id`.
        event: JSON of the event.
        attempts: How often it was tried and failed.
    """

    turn_id: int
    event: str
    attempts: int


class Facts(msgspec.Struct, frozen=True):
    """What a turn must know besides: who the shopper is, and which words and rules are in force.

    Attributes:
        words_version: Counts up whenever a wording changes.
        rules_version: Counts up whenever a rule changes.
        shopper_id: `users.id`, None for somebody new.
        language: In which the shopper is answered, None for nobody's choice or guess yet.
        language_lean: How sure that is, as `bot.language.tongue` has it.
    """

    words_version: int
    rules_version: int
    shopper_id: int | None
    name: str | None
    language: str | None
    language_lean: int


class Opened(msgspec.Struct, frozen=True):
    """A conversation taken up for one turn, and what else was read. `waiting` is None where nothing is left to do."""

    conversation: Conversation
    facts: Facts
    claim: Claim
    waiting: Waiting | None
    ahead: Sequence[Result] = ()


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a turn came to.

    Attributes:
        draft: JSON of the order that is being made, None where none is.
        heard_at: When the shopper did what the turn is about.
        messages: JSON of each message, in order.
        sender: Who delivers from now on; None leaves it as it is.
        window_expires_at: Until when Messenger lets us write freely; None leaves it as it is.
        reopens_for: `users.id` of a shopper whose window was closed before; None where it was open, or still is not.
        referred: Where the shopper came from by this turn; None where it does not say so.
    """

    turn_id: int
    psid: str
    state: str
    state_before: str
    draft: str | None
    offered: str
    bot_response: str
    intent: str
    recording: str
    response_ms: int
    decided_at: datetime
    heard_at: datetime
    messages: Sequence[str]
    sender: str | None
    window_expires_at: datetime | None
    reopens_for: int | None = None
    referred: Referred | None = None


async def open_turn(conn: Connection, *, psid: str, ahead: Sequence[Statement] = ()) -> Opened | None:
    """Lock a conversation and read what its next turn needs, in one round trip.

    Args:
        conn: A connection in a transaction.
        psid: Whose conversation.
        ahead: What is read in the same round trip, once the conversation is locked.

    Returns:
        None for somebody who has never been here: see `begin`.
    """
    locked, known, *read = await conn.batch(
        Statement(
            "SELECT state, draft, offered, window_expires_at, quiet_since, quiet_reason, heard_at, given_back_at,"
            " referral_id, referred_at"
            " FROM conversations WHERE psid = %(psid)s FOR UPDATE",
            {"psid": psid},
        ),
        Statement(
            "SELECT v.words, v.rules, u.id, u.facebook_name, u.language, COALESCE(u.language_lean, 0) AS lean,"
            f" {CLAIM_COLUMNS}, l.id, l.event, l.attempts FROM shop_versions v LEFT JOIN users u"
            f" ON u.messenger_id = %(psid)s LEFT JOIN conversations c ON c.psid = %(psid)s {CLAIM_JOIN}"
            " LEFT JOIN chat_logs l ON l.id = (SELECT id FROM chat_logs FORCE INDEX (ix_chat_logs_pending)"
            " WHERE turn_status = 'received' AND user_id = %(psid)s ORDER BY event_at, id LIMIT 1) WHERE v.id = 1",
            {"psid": psid},
        ),
        *ahead,
    )
    if not locked.rows:
        return None
    facts = known.rows[0]
    return Opened(
        conn.read(Conversation, locked.rows[0]),
        conn.read(Facts, facts[:6]),
        conn.read(Claim, facts[6:10]),
        conn.read(Waiting, facts[10:]) if facts[10] is not None else None,
        read,
    )


async def begin(
    conn: Connection, *, psid: str, page_id: str, state: str, name: str, beside: Sequence[Statement] = ()
) -> list[Result]:
    """Begin a conversation with somebody new; harmless where another process just did.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        page_id: The page that was written to.
        state: JSON of the state to begin in.
        name: First and last name as Facebook tells it, empty where it does not.
        beside: What else is asked in the same round trip.

    Returns:
        What those answered.
    """
    _, _, *answers = await conn.batch(
        Statement(
            "INSERT IGNORE INTO users (messenger_id, facebook_name, last_interaction_at)"
            " VALUES (%(psid)s, NULLIF(%(name)s, ''), NOW())",
            {"psid": psid, "name": name},
        ),
        Statement(
            "INSERT IGNORE INTO conversations (psid, page_id, state) VALUES (%(psid)s, %(page_id)s, %(state)s)",
            {"psid": psid, "page_id": page_id, "state": state},
        ),
        *beside,
    )
    return answers


async def finish_turn(
    conn: Connection, decided: Decided, *, along: Sequence[Statement] = ()
) -> tuple[list[int], Sequence[Result]]:
    """Write everything that a turn came to and commit, in one round trip.

    Args:
        conn: The connection in the turn's transaction.
        decided: What it came to.
        along: What else is written.

    Returns:
        `outbox.id` of each message, in order, and what `along` has answered.
    """
    came = decided.referred
    results = await conn.batch(
        *((keeping(came),) if came else ()),
        Statement(
            "UPDATE conversations SET"
            f"{' referral_id = LAST_INSERT_ID(), referred_at = %(referred)s,' if came else ''}"
            " state = %(state)s, draft = %(draft)s, offered = %(offered)s,"
            " sender = COALESCE(%(sender)s, sender), heard_at = GREATEST(COALESCE(heard_at, %(heard)s), %(heard)s),"
            " window_expires_at = COALESCE(GREATEST(COALESCE(window_expires_at, %(window)s), %(window)s),"
            " window_expires_at) WHERE psid = %(psid)s",
            {
                "state": decided.state,
                "draft": decided.draft,
                "offered": decided.offered,
                "sender": decided.sender,
                "heard": decided.heard_at,
                "window": decided.window_expires_at,
                "psid": decided.psid,
                "referred": came.at if came else None,
            },
        ),
        Statement(
            "UPDATE chat_logs SET turn_status = 'done', bot_response = %(said)s, intent = %(intent)s,"
            " response_time_ms = %(ms)s, decided_at = %(at)s, state_before = %(before)s, state_after = %(after)s,"
            " recording = %(recording)s WHERE id = %(turn_id)s",
            {
                "said": decided.bot_response,
                "intent": decided.intent,
                "ms": decided.response_ms,
                "at": decided.decided_at,
                "before": decided.state_before,
                "after": decided.state,
                "recording": decided.recording,
                "turn_id": decided.turn_id,
            },
        ),
        *(
            Statement(
                "INSERT INTO outbox (psid, turn_id, message) VALUES (%(psid)s, %(turn_id)s, %(message)s)",
                {"psid": decided.psid, "turn_id": decided.turn_id, "message": message},
            )
            for message in decided.messages
        ),
        *((_reopened(decided.reopens_for),) if decided.reopens_for is not None else ()),
        *missed(decided.intent, turn_id=decided.turn_id, psid=decided.psid, at=decided.decided_at),
        *along,
        commit=True,
    )
    first = 3 if came else 2
    messages = results[first : first + len(decided.messages)]
    return [message.last_id for message in messages], results[len(results) - len(along) :]


def _reopened(shopper_id: int) -> Statement:
    """What makes the notices due that waited for the shopper to write again."""
    return Statement(
        "UPDATE notification_queue FORCE INDEX (ix_notification_queue_user) SET scheduled_at = NOW()"
        " WHERE user_id = %(shopper_id)s AND status = 'pending' AND waits_for = 'window'",
        {"shopper_id": shopper_id},
        feeds_queue="notices",
    )


async def offer(conn: Connection, *, psid: str, offered: str) -> None:
    """Let what a notice offers be typed, as what a turn offers can be.

    Args:
        conn: A connection in a transaction, in which the conversation is locked.
        psid: The shopper's PSID.
        offered: JSON of what can be tapped.
    """
    await conn.run("UPDATE conversations SET offered = %(offered)s WHERE psid = %(psid)s", offered=offered, psid=psid)


async def note_failure(conn: Connection, *, turn_id: int, error: str, most: int) -> bool:
    """Count a failed attempt at a turn, and bury it after the last.

    Args:
        conn: An open connection.
        turn_id: `chat_logs.id`.
        error: The kind of error, without anything that a shopper wrote.
        most: Attempts at most.

    Returns:
        Whether it is buried now.
    """
    result = await conn.run(
        "UPDATE chat_logs SET attempts = attempts + 1, error_message = %(error)s,"
        " turn_status = IF(attempts >= %(most)s, 'buried', turn_status)"
        " WHERE id = %(turn_id)s AND turn_status = 'received'",
        error=error[:500],
        most=most,
        turn_id=turn_id,
    )
    if not result.rowcount:
        return True
    return await conn.value("SELECT turn_status FROM chat_logs WHERE id = %(id)s", id=turn_id) == "buried"
