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
        messaging_type: RESPONSE, UPDATE, UTILITY or MESSAGE_TAG.
        attempts: How often sending it failed.
        turn: `chat_logs.id` of the turn that says it, 0 for a notice.
    """

    id: int
    message: str
    messaging_type: str
    attempts: int
    turn: int


class Sent(msgspec.Struct, frozen=True):
    """A message that Facebook has taken, and the `mid` that it gave it."""

    id: int
    message_id: str


class Claim(msgspec.Struct, frozen=True):
    """Who delivers to a shopper, read while the conversation is locked.

    Attributes:
        sender: The process that took the claim last, None where it was given back.
        is_alive: Whether that process lives.
        newest: The greatest `outbox.id` that waits for the shopper, 0 where nothing waits. A claim means nothing then:
            whoever has something to say may take it.
        page_id: The page that the shopper writes to; empty where nobody knows.
    """

    sender: str | None
    is_alive: bool
    newest: int
    page_id: str = ""

    def is_held_from(self, process: str) -> bool:
        """Whether another process is delivering. It finds whatever is committed meanwhile, before it gives back."""
        return self.sender != process and self.is_alive and self.newest != 0

    def is_left_behind(self, process: str) -> bool:
        """Whether another process died over it, and may have sent some of what waits."""
        return self.sender not in (None, process) and not self.is_alive


CLAIM_COLUMNS = """c.sender, p.name IS NOT NULL AS alive, COALESCE((SELECT MAX(id) FROM outbox
        FORCE INDEX (ix_outbox_due) WHERE status = 'queued' AND psid = %(psid)s), 0) AS newest,
        COALESCE(c.page_id, '') AS page"""
CLAIM_JOIN = "LEFT JOIN processes p ON p.name = c.sender"
"""How a `Claim` is read from `conversations c`, for whoever has locked that row in a statement before."""


class Unclaimed(msgspec.Struct, frozen=True):
    """A shopper with messages that wait, and the youngest of those."""

    psid: str
    newest: int


class _Psid(msgspec.Struct, frozen=True):
    psid: str


async def claim(conn: Connection, *, psid: str, sender: str) -> tuple[Claim, list[Queued]]:
    """Claim the delivery to a shopper and commit, unless another process is delivering.

    Args:
        conn: A connection in a transaction.
        psid: The shopper.
        sender: Who claims.

    Returns:
        The claim as it was before, and everything that waits, in order.
    """
    _, claims, waiting = await conn.batch(
        Statement("SELECT psid FROM conversations WHERE psid = %(psid)s FOR UPDATE", {"psid": psid}),
        Statement(
            f"SELECT {CLAIM_COLUMNS} FROM conversations c {CLAIM_JOIN} WHERE c.psid = %(psid)s",
            {"psid": psid},
        ),
        Statement(
            "SELECT id, message, messaging_type, attempts, COALESCE(turn_id, 0) FROM outbox FORCE INDEX (ix_outbox_due)"
            " WHERE status = 'queued' AND psid = %(psid)s ORDER BY id",
            {"psid": psid},
        ),
    )
    before = conn.read(Claim, claims.rows[0]) if claims.rows else Claim(None, False, 0)
    if claims.rows and waiting.rows and not before.is_held_from(sender):
        await conn.batch(
            Statement(
                "UPDATE conversations SET sender = %(sender)s WHERE psid = %(psid)s", {"sender": sender, "psid": psid}
            ),
            commit=True,
        )
    return before, [conn.read(Queued, row) for row in waiting.rows]


async def is_queued(conn: Connection, *, message_id: int) -> bool:
    """Whether a message still waits: an echo may have closed it, whichever process heard it."""
    return await conn.value("SELECT status FROM outbox WHERE id = %(id)s", id=message_id) == "queued"


def marking(sent: Sequence[Sent]) -> Statement:
    """What writes that Facebook took messages, many at once; one that is marked already stays as it is.

    Args:
        sent: Which messages, and the `mid` of each; at least one.
    """
    values: dict[str, Bound] = {"ids": [message.id for message in sent]}
    cases = []
    for number, message in enumerate(sent):
        values[f"i{number}"] = message.id
        values[f"m{number}"] = message.message_id
        cases.append(f"WHEN %(i{number})s THEN %(m{number})s")
    return Statement(
        f"UPDATE outbox SET status = 'sent', sent_at = NOW(3), message_id = CASE id {' '.join(cases)} END,"
        " error_code = NULL, error_message = NULL WHERE id IN %(ids)s AND status <> 'sent'",
        values,
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


async def replace(conn: Connection, *, message_id: int, message: Mapping[str, object]) -> None:
    """Say something else in place of a message that Facebook does not take as it is.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        message: The `message` object.
    """
    await conn.run(
        "UPDATE outbox SET message = %(message)s WHERE id = %(id)s AND status = 'queued'",
        message=msgspec.json.encode(message).decode(),
        id=message_id,
    )


async def give_back(conn: Connection, *, sender: str, psids: Sequence[str]) -> set[str]:
    """Give back claims on shoppers to whom everything is sent, in one round trip.

    A turn of another process that saw the claim has committed by then, and what it left is among the answer; one that
    comes later sees that the claim is free. Each is given back by itself: a slow turn of one shopper must not keep the
    conversations of the others locked.

    Args:
        conn: An open connection, in no transaction.
        sender: Whose claims.
        psids: Which shoppers.

    Returns:
        Those for whom something waits after all; claim them again.
    """
    results = await conn.batch(
        *(
            Statement(
                "UPDATE conversations SET sender = NULL WHERE psid = %(psid)s AND sender = %(sender)s",
                {"psid": psid, "sender": sender},
            )
            for psid in psids
        ),
        Statement(
            "SELECT DISTINCT psid FROM outbox FORCE INDEX (ix_outbox_due)"
            " WHERE status = 'queued' AND psid IN %(psids)s",
            {"psids": psids},
        ),
    )
    return {conn.read(_Psid, row).psid for row in results[-1].rows}


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
        f"SELECT o.psid, MAX(o.id) FROM outbox o FORCE INDEX (ix_outbox_due)"
        f" JOIN conversations c ON c.psid = o.psid {CLAIM_JOIN}"
        " WHERE o.status = 'queued' AND o.due_at <= %(now)s AND (p.name IS NULL OR c.sender = %(sender)s)"
        " GROUP BY o.psid LIMIT %(most)s",
        sender=sender,
        now=now,
        most=most,
    )


async def put(
    conn: Connection,
    *,
    psid: str,
    messages: Sequence[Mapping[str, object]],
    turn_id: int | None = None,
    notice_id: int | None = None,
    messaging_type: str = "RESPONSE",
) -> list[int]:
    """Put messages into the outbox, to be sent after the commit; wake the `Outbox` then.

    Args:
        conn: A connection in a transaction, which its caller owns and in which the conversation is locked.
        psid: The shopper.
        messages: `message` objects of the Send API, in order.
        turn_id: `chat_logs.id` of the turn that says them.
        notice_id: `notification_queue.id` of the notice that says them.
        messaging_type: RESPONSE to something the shopper did, UPDATE where the shop speaks first.

    Returns:
        `outbox.id` of each.
    """
    results = await conn.batch(
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
    return [result.last_id for result in results]


async def message(conn: Connection, *, psid: str, message_id: str) -> str:
    """The message that Facebook has given a `mid`, as JSON; empty where none of the shop's to this shopper has it.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        message_id: The `mid`.
    """
    rows = (
        await conn.run(
            "SELECT message FROM outbox FORCE INDEX (ix_outbox_shopper)"
            " WHERE psid = %(psid)s AND message_id = %(message_id)s ORDER BY id DESC LIMIT 1",
            psid=psid,
            message_id=message_id,
        )
    ).rows
    return str(rows[0][0]) if rows else ""
