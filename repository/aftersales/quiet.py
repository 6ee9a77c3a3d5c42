"""Chats in which the bot says nothing unasked, because a person of the shop speaks there, or is to."""

from datetime import datetime, timedelta
from typing import Final

from repository.database.connection import Connection
from repository.rules import Rules

COMPLAINT: Final = "complaint"
ASKED: Final = "asked"
PERSON: Final = "person"
TAKEN: Final = "taken"
"""Why a chat is quiet: the shopper complained or asked for a person, a person of the shop wrote, another app has it."""


async def be_quiet(conn: Connection, *, shopper_id: int, reason: str = COMPLAINT) -> None:
    """Leave a shopper's chat to a person from now on; the shopper waits for one.

    Args:
        conn: A connection in the turn's transaction, in which the conversation is locked.
        shopper_id: `users.id`.
        reason: Why.
    """
    psid = await conn.value("SELECT messenger_id FROM users WHERE id = %(id)s", id=shopper_id)
    await conn.run(
        "UPDATE conversations SET quiet_since = NOW(), quiet_reason = %(reason)s,"
        " waits_since = COALESCE(waits_since, NOW(3)), snoozed_until = NULL WHERE psid = %(psid)s",
        psid=psid,
        reason=reason,
    )


async def person_spoke(conn: Connection, *, psid: str, at: datetime) -> bool:
    """Note that a person of the shop wrote to a shopper, so that the bot does not speak in between.

    What they wrote before the chat was given back says nothing any more: Facebook tells some things twice.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        at: When.

    Returns:
        Whether there is a conversation with this shopper.
    """
    known = await conn.value("SELECT COUNT(*) FROM conversations WHERE psid = %(psid)s", psid=psid)
    await conn.run(
        "UPDATE conversations SET"
        " quiet_reason = IF(quiet_reason IS NULL OR quiet_reason = 'asked', %(reason)s, quiet_reason),"
        " quiet_since = GREATEST(COALESCE(quiet_since, %(at)s), %(at)s),"
        " waits_since = IF(heard_at > %(at)s, waits_since, NULL)"
        " WHERE psid = %(psid)s AND COALESCE(given_back_at <= %(at)s, TRUE)",
        psid=psid,
        at=at,
        reason=PERSON,
    )
    return bool(known)


async def taken(conn: Connection, *, psid: str, at: datetime) -> None:
    """Note that another app has a chat: whatever it is, it may be a person's inbox.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        at: When it took it.
    """
    await conn.run(
        "UPDATE conversations SET quiet_reason = IF(quiet_reason = 'complaint', quiet_reason, %(reason)s),"
        " quiet_since = GREATEST(COALESCE(quiet_since, %(at)s), %(at)s)"
        " WHERE psid = %(psid)s AND COALESCE(given_back_at <= %(at)s, TRUE)",
        psid=psid,
        at=at,
        reason=TAKEN,
    )


async def given_by_app(conn: Connection, *, psid: str, at: datetime, is_taken: bool = False) -> None:
    """Note that another app gave a chat back; a complaint still waits for a person.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        at: When.
        is_taken: Whether this app took it, which a person may have wanted who writes in the console: then only that the
            other app has it ends.
    """
    await conn.run(
        "UPDATE conversations SET quiet_since = NULL, quiet_reason = NULL, waits_since = NULL, given_back_at = %(at)s"
        " WHERE psid = %(psid)s AND quiet_since <= %(at)s AND quiet_reason <> 'complaint'"
        " AND (NOT %(is_taken)s OR quiet_reason = 'taken')",
        psid=psid,
        at=at,
        is_taken=is_taken,
    )


async def give_back(conn: Connection, *, psid: str) -> bool:
    """Give a chat back to the bot: it answers again. Whether it was quiet.

    Args:
        conn: An open connection. The caller owns the transaction.
        psid: The shopper's PSID.
    """
    done = await conn.run(
        "UPDATE conversations SET quiet_since = NULL, quiet_reason = NULL, waits_since = NULL, snoozed_until = NULL,"
        " given_back_at = NOW(3) WHERE psid = %(psid)s AND quiet_since IS NOT NULL",
        psid=psid,
    )
    return done.rowcount > 0


async def end(conn: Connection, *, psid: str) -> None:
    """Write that a chat's quiet time has ended by itself.

    Args:
        conn: A connection in the turn's transaction, in which the conversation is locked.
        psid: The shopper's PSID.
    """
    await conn.run(
        "UPDATE conversations SET quiet_since = NULL, quiet_reason = NULL, waits_since = NULL WHERE psid = %(psid)s",
        psid=psid,
    )


async def shopper_waits(conn: Connection, *, psid: str, at: datetime) -> None:
    """Note that a shopper wrote in a chat that is left to a person.

    Args:
        conn: A connection in the turn's transaction, in which the conversation is locked.
        psid: The shopper's PSID.
        at: When they wrote.
    """
    await conn.run(
        "UPDATE conversations SET waits_since = COALESCE(waits_since, %(at)s), snoozed_until = NULL"
        " WHERE psid = %(psid)s",
        psid=psid,
        at=at,
    )


def ends_at(since: datetime | None, reason: str | None, rules: Rules) -> datetime | None:
    """When a chat comes back to the bot by itself, if nobody of the shop speaks there before.

    Args:
        since: `conversations.quiet_since`: when it was left to a person, or when one last spoke; None where it is not.
        reason: `conversations.quiet_reason`.
        rules: The rules in force.
    """
    if since is None:
        return None
    if reason == COMPLAINT:
        return since + timedelta(hours=rules.quiet_hours)
    return since + timedelta(minutes=rules.quiet_minutes)


def is_quiet(since: datetime | None, reason: str | None, *, now: datetime, rules: Rules) -> bool:
    """Whether a chat is still left to a person.

    Args:
        since: `conversations.quiet_since`.
        reason: `conversations.quiet_reason`.
        now: The time.
        rules: The rules in force.
    """
    until = ends_at(since, reason, rules)
    return until is not None and now < until
