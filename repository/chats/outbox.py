"""The outbox: messages in order per shopper, each delivered by the process that has claimed the shopper."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement


class Queued(msgspec.Struct, frozen=True):
    """A message that waits to be sent.

    Attributes:
        id: `outbox.id`, which travels as the message's metadata.
        message: JSON of the message.
        messaging_type: RESPONSE or UPDATE.
        attempts: How often sending it failed.
    """

    id: int
    message: str
    messaging_type: str
    attempts: int


class Sent(msgspec.Struct, frozen=True):
    """A message that Facebook has taken, and the `mid` that it gave it."""

    id: int
    message_id: str


class Claim(msgspec.Struct, frozen=True):
    """Who delivers to a shopper."""

    sender: str | None
    sender_until: datetime | None


class Unclaimed(msgspec.Struct, frozen=True):
    """A shopper with messages that wait and that no living process delivers.

    Attributes:
        psid: The shopper.
        left_behind: Whether a process that is gone had claimed them, and may have sent some.
    """

    psid: str
    left_behind: bool


class _Psid(msgspec.Struct, frozen=True):
    psid: str


async def claim(conn: Connection, *, psid: str, sender: str, now: datetime, until: datetime) -> Claim | None:
    """Claim the delivery to a shopper.

    Args:
        conn: A connection in a transaction.
        psid: The shopper.
        sender: Who claims.
        now: The present.
        until: When the claim ends.

    Returns:
        The claim that was there before, None where another process holds it still.
    """
    before = await conn.one(
        Claim, "SELECT sender, sender_until FROM conversations WHERE psid = %(psid)s FOR UPDATE", psid=psid
    )
    if before is None or held_by_other(before, sender, now):
        return None
    await conn.run(
        "UPDATE conversations SET sender = %(sender)s, sender_until = %(until)s WHERE psid = %(psid)s",
        sender=sender,
        until=until,
        psid=psid,
    )
    return before


def held_by_other(claim: Claim, sender: str, now: datetime) -> bool:
    """Whether another process delivers to this shopper.

    Args:
        claim: The claim as it stands.
        sender: Who asks.
        now: The present.
    """
    if claim.sender is None or claim.sender == sender or claim.sender_until is None:
        return False
    return claim.sender_until > now


async def queued(conn: Connection, *, psid: str) -> list[Queued]:
    """A shopper's messages that wait to be sent, in order."""
    return await conn.all(
        Queued,
        "SELECT id, message, messaging_type, attempts FROM outbox FORCE INDEX (ix_outbox_due)"
        " WHERE status = 'queued' AND psid = %(psid)s ORDER BY id",
        psid=psid,
    )


async def mark_sent(conn: Connection, *, sent: Sequence[Sent]) -> None:
    """Write that Facebook took messages, many at once; one that is marked already stays as it is.

    Args:
        conn: An open connection.
        sent: Which messages, and the `mid` of each.
    """
    values: dict[str, Bound] = {"ids": [message.id for message in sent]}
    cases = []
    for number, message in enumerate(sent):
        values[f"i{number}"] = message.id
        values[f"m{number}"] = message.message_id
        cases.append(f"WHEN %(i{number})s THEN %(m{number})s")
    await conn.run(
        f"UPDATE outbox SET status = 'sent', sent_at = NOW(3), message_id = CASE id {' '.join(cases)} END,"
        " error_code = NULL, error_message = NULL WHERE id IN %(ids)s AND status <> 'sent'",
        **values,
    )


async def mark_failed(conn: Connection, *, message_id: int, code: str, reason: str) -> None:
    """Write that a message will never be sent, and why.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
    """
    await conn.run(
        "UPDATE outbox SET status = 'failed', attempts = attempts + 1, error_code = %(code)s,"
        " error_message = %(reason)s WHERE id = %(id)s AND status = 'queued'",
        code=code[:40],
        reason=reason[:500],
        id=message_id,
    )


async def put_off(conn: Connection, *, message_id: int, due_at: datetime, code: str, reason: str) -> None:
    """Write that sending a message failed for now.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        due_at: When to try again.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
    """
    await conn.run(
        "UPDATE outbox SET attempts = attempts + 1, due_at = %(due_at)s, error_code = %(code)s,"
        " error_message = %(reason)s WHERE id = %(id)s AND status = 'queued'",
        due_at=due_at,
        code=code[:40],
        reason=reason[:500],
        id=message_id,
    )


async def hold(conn: Connection, *, message_id: int, code: str, reason: str) -> None:
    """Write why a message waits that nothing is wrong with: the page cannot send.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
    """
    await conn.run(
        "UPDATE outbox SET error_code = %(code)s, error_message = %(reason)s WHERE id = %(id)s AND status = 'queued'",
        code=code[:40],
        reason=reason[:500],
        id=message_id,
    )


async def renew(conn: Connection, *, sender: str, until: datetime) -> None:
    """Renew every claim of a process."""
    await conn.run(
        "UPDATE conversations SET sender_until = %(until)s WHERE sender = %(sender)s", sender=sender, until=until
    )


async def release(conn: Connection, *, sender: str, psids: Sequence[str]) -> list[str]:
    """Give up claims on shoppers with nothing left to send.

    Args:
        conn: A connection in a transaction.
        sender: Whose claims.
        psids: Which shoppers.

    Returns:
        PSIDs for whom something arrived meanwhile; claim those again.
    """
    names = sorted(psids)
    _, late = await conn.batch(
        Statement(
            "UPDATE conversations SET sender = NULL, sender_until = NULL"
            " WHERE psid IN %(psids)s AND sender = %(sender)s",
            {"psids": names, "sender": sender},
        ),
        Statement(
            "SELECT DISTINCT psid FROM outbox FORCE INDEX (ix_outbox_due)"
            " WHERE status = 'queued' AND psid IN %(psids)s",
            {"psids": names},
        ),
    )
    return [conn.read(_Psid, row).psid for row in late.rows]


async def unclaimed(conn: Connection, *, sender: str, now: datetime, most: int = 500) -> list[Unclaimed]:
    """Shoppers with messages that wait and that no other living process delivers.

    Args:
        conn: An open connection.
        sender: Who asks.
        now: The present.
        most: Shoppers at most.
    """
    return await conn.all(
        Unclaimed,
        "SELECT DISTINCT o.psid, COALESCE(c.sender <> %(sender)s, FALSE) FROM outbox o FORCE INDEX (ix_outbox_due)"
        " JOIN conversations c ON c.psid = o.psid"
        " WHERE o.status = 'queued' AND o.due_at <= %(now)s"
        " AND (c.sender IS NULL OR c.sender = %(sender)s OR c.sender_until <= %(now)s) LIMIT %(most)s",
        sender=sender,
        now=now,
        most=most,
    )


async def senders(conn: Connection) -> list[str]:
    """The processes that hold claims."""
    rows = await conn.all(_Psid, "SELECT DISTINCT sender FROM conversations WHERE sender IS NOT NULL")
    return [row.psid for row in rows]


async def end_claims(conn: Connection, *, sender: str, at: datetime) -> None:
    """End the claims of a process that is known to be gone.

    Args:
        conn: An open connection.
        sender: The process.
        at: When they shall end.
    """
    await conn.run(
        "UPDATE conversations SET sender_until = LEAST(COALESCE(sender_until, %(at)s), %(at)s)"
        " WHERE sender = %(sender)s",
        sender=sender,
        at=at,
    )


async def say_alive(conn: Connection, *, sender: str) -> None:
    """Hold the server's lock that says a process lives; it goes with the connection.

    Args:
        conn: A connection that is kept open as long as the process lives.
        sender: The process.
    """
    await conn.run("SELECT GET_LOCK(%(name)s, 0)", name=_lock_name(sender))


async def is_gone(conn: Connection, *, sender: str) -> bool:
    """Whether a process is known to be gone. In a cluster nothing is known: its claims must end by themselves.

    Args:
        conn: An open connection.
        sender: The process.
    """
    clustered = await conn.run("SHOW VARIABLES LIKE 'wsrep_on'")
    if any(row[1] == "ON" for row in clustered.rows):
        return False
    return bool(await conn.value("SELECT IS_FREE_LOCK(%(name)s)", name=_lock_name(sender)))


def _lock_name(sender: str) -> str:
    return f"quicksell-sender-{sender}"[:64]


async def put(
    conn: Connection,
    *,
    psid: str,
    messages: Sequence[Mapping[str, object]],
    turn_id: int | None = None,
    notice_id: int | None = None,
    messaging_type: str = "RESPONSE",
) -> None:
    """Put messages into the outbox, to be sent after the commit; wake the `Outbox` then.

    Args:
        conn: An open connection. The caller owns the transaction.
        psid: The shopper.
        messages: `message` objects of the Send API, in order.
        turn_id: `chat_logs.id` of the turn that says them.
        notice_id: `notification_queue.id` of the notice that says them.
        messaging_type: RESPONSE to something the shopper did, UPDATE where the shop speaks first.
    """
    await conn.batch(
        *(
            Statement(
                "INSERT INTO outbox (psid, turn_id, notice_id, message, messaging_type)"
                " VALUES (%(psid)s, %(turn_id)s, %(notice_id)s, %(message)s, %(kind)s)",
                {
                    "psid": psid,
                    "turn_id": turn_id,
                    "notice_id": notice_id,
                    "message": msgspec.json.encode(message).decode(),
                    "kind": messaging_type,
                },
            )
            for message in messages
        )
    )
