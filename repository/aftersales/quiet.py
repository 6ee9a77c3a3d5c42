"""Chats in which the bot says nothing unasked, because a person of the shop is to speak there."""

from datetime import datetime, timedelta

from repository.database.connection import Connection

COMPLAINT, PERSON = "complaint", "person"
"""Why a chat is quiet: the shopper complained, or a person of the shop wrote."""


async def be_quiet(conn: Connection, *, shopper_id: int, reason: str = COMPLAINT) -> None:
    """Leave a shopper's chat to a person from now on.

    Args:
        conn: A connection in the turn's transaction, in which the conversation is locked.
        shopper_id: `users.id`.
        reason: Why.
    """
    psid = await conn.value("SELECT messenger_id FROM users WHERE id = %(id)s", id=shopper_id)
    await conn.run(
        "UPDATE conversations SET quiet_since = NOW(), quiet_reason = %(reason)s WHERE psid = %(psid)s",
        psid=psid,
        reason=reason,
    )


async def person_spoke(conn: Connection, *, psid: str, at: datetime) -> None:
    """Note that a person of the shop wrote to a shopper, so that the bot does not speak in between.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        at: When.
    """
    await conn.run(
        "UPDATE conversations SET quiet_reason = COALESCE(quiet_reason, %(reason)s),"
        " quiet_since = GREATEST(COALESCE(quiet_since, %(at)s), %(at)s) WHERE psid = %(psid)s",
        psid=psid,
        at=at,
        reason=PERSON,
    )


async def give_back(conn: Connection, *, psid: str) -> bool:
    """Give a chat back to the bot: it answers again. Whether it was quiet.

    Args:
        conn: An open connection. The caller owns the transaction.
        psid: The shopper's PSID.
    """
    done = await conn.run(
        "UPDATE conversations SET quiet_since = NULL, quiet_reason = NULL"
        " WHERE psid = %(psid)s AND quiet_since IS NOT NULL",
        psid=psid,
    )
    return done.rowcount > 0


def is_quiet(since: datetime | None, *, now: datetime, hours: int) -> bool:
    """Whether a chat is still left to a person: it comes back to the bot by itself when nobody has spoken for a while.

    Args:
        since: `conversations.quiet_since`: when it was left to a person, or when one last spoke.
        now: The time.
        hours: How long after that the bot speaks again; 0 never leaves a chat to a person.
    """
    return since is not None and now - since < timedelta(hours=hours)
