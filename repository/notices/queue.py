"""Notices to shoppers that are due: claimed shopper by shopper, oldest first, and each handed over once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Connection, Statement

PAUSE_SECONDS = 30
"""How long a notice whose words failed waits for its next attempt, times the attempts so far."""
WAIT_DAYS = 30
"""How long a notice waits at most for its shopper to write again."""
STILL_TRUE: Mapping[str, frozenset[str]] = {
    "order_confirmed": frozenset({"confirmed", "processing"}),
    "order_shipped": frozenset({"shipped"}),
    "order_delivered": frozenset({"delivered"}),
    "order_cancelled": frozenset({"cancelled"}),
    "verification_required": frozenset({"pending"}),
    "verification_approved": frozenset({"pending", "confirmed", "processing"}),
    "verification_rejected": frozenset({"pending"}),
    "payment_received": frozenset({"pending", "confirmed", "processing", "shipped"}),
}
"""By kind of notice, the statuses of its order in which it is no old news; other kinds are always worth saying."""


class _Due(msgspec.Struct, frozen=True):
    recipient: str
    id: int


class Notice(msgspec.Struct, frozen=True):
    """A notice that is due.

    Attributes:
        id: `notification_queue.id`.
        psid: Whom it is for.
        channel: How it is to be said: "messenger"; the shop has no other that comes here.
        kind: `notification_queue.notification_type`.
        language: "en" or "fil".
        template_name: The name of its words, or empty.
        template_data: Their facts as JSON.
        message: What to say where nobody knows the words.
        attempts: How often it was tried in vain.
        attempts_most: How often it is tried.
        waited: Whether it has waited for the shopper to write again.
        is_too_old: Whether it has waited for as long as it may.
        order_status: Where its order stands now; empty where it is about none.
        window_expires_at: Until when Messenger lets us write freely; None where the shopper never wrote.
        wrote_at: When the shopper did something last; None where nobody knows.
        shopper_id: `users.id`.
        quiet_since: Since when a person is to speak there and not the bot; None while the bot does.
        quiet_reason: Why.
        heard_at: When the shopper did something last, as that turn says it; None where they never did.
        is_ordering: Whether the shopper is in the middle of an order.
        page_id: The page that they write to; empty where nobody knows.
    """

    id: int
    psid: str
    channel: str
    kind: str
    language: str
    template_name: str
    template_data: str
    message: str
    attempts: int
    attempts_most: int
    waited: bool
    is_too_old: bool
    order_status: str
    window_expires_at: datetime | None
    wrote_at: datetime | None
    shopper_id: int = 0
    quiet_since: datetime | None = None
    quiet_reason: str | None = None
    heard_at: datetime | None = None
    is_ordering: bool = False
    page_id: str = ""

    @property
    def outdated_by(self) -> str:
        """The status of its order that has made it old news while it waited; empty where it is still true."""
        true_in = STILL_TRUE.get(self.kind)
        is_old = self.waited and self.order_status and true_in is not None and self.order_status not in true_in
        return self.order_status if is_old else ""


async def due(conn: Connection, *, most: int) -> Mapping[str, list[int]]:
    """Notices that are due but for mails, by the shopper's PSID, whoever has waited longest first.

    Args:
        conn: An open connection, in no transaction.
        most: Notices at most.

    Returns:
        `notification_queue.id` of each of a shopper's, oldest first.
    """
    rows = await conn.all(
        _Due,
        "SELECT recipient, id FROM notification_queue FORCE INDEX (ix_notification_queue_due)"
        " WHERE status = 'pending' AND channel <> 'email' AND scheduled_at <= NOW()"
        " ORDER BY scheduled_at, id LIMIT %(most)s",
        most=most,
    )
    shoppers: dict[str, list[int]] = {}
    for row in rows:
        shoppers.setdefault(row.recipient, []).append(row.id)
    return {recipient: sorted(ids) for recipient, ids in shoppers.items()}


async def claim(conn: Connection, *, psid: str, ids: Sequence[int]) -> list[Notice]:
    """Lock a shopper's conversation and those of the notices that are still due, until the caller's transaction ends.

    The conversation comes first, as in a turn: what is put into a shopper's outbox is put there one after the other, so
    that its ids are in the order of the commits, and no later notice overtakes an earlier one in another process.
    Rendering a notice has no effect but rows of this database, so the lock is the lease: who dies under it leaves
    everything as it was.

    Args:
        conn: A connection in a transaction.
        psid: The shopper.
        ids: Which notices.
    """
    _, locked = await conn.batch(
        Statement("SELECT psid FROM conversations WHERE psid = %(psid)s FOR UPDATE", {"psid": psid}),
        Statement(
            "SELECT id FROM notification_queue FORCE INDEX (PRIMARY)"
            " WHERE id IN %(ids)s AND status = 'pending' AND scheduled_at <= NOW() ORDER BY id FOR UPDATE",
            {"ids": ids},
        ),
    )
    if not locked.rows:
        return []
    return await conn.all(
        Notice,
        """
        SELECT n.id, n.recipient, n.channel, n.notification_type, COALESCE(o.language, u.language, 'en'),
            COALESCE(n.template_name, ''), COALESCE(n.template_data, '{}'), n.message, n.attempts, n.max_attempts,
            n.waits_for IS NOT NULL, n.created_at < NOW() - INTERVAL %(days)s DAY, COALESCE(o.order_status, ''),
            c.window_expires_at, u.last_interaction_at, u.id, c.quiet_since, c.quiet_reason,
            c.heard_at, COALESCE(c.state LIKE '%%"checkout.%%', FALSE), COALESCE(c.page_id, '')
        FROM notification_queue n JOIN users u ON u.id = n.user_id LEFT JOIN orders o ON o.id = n.order_id
            LEFT JOIN conversations c ON c.psid = n.recipient
        WHERE n.id IN %(ids)s ORDER BY n.id
        """,
        ids=[row[0] for row in locked.rows if isinstance(row[0], int)],
        days=WAIT_DAYS,
    )


async def hand_over(
    conn: Connection,
    *,
    notice: Notice,
    messages: Sequence[Mapping[str, object]],
    text: str,
    messaging_type: str = "UPDATE",
) -> list[int]:
    """Put what a notice says into the outbox and note it as sent, in one transaction.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        messages: `message` objects of the Send API, in order.
        text: The same in plain words, for the merchant.
        messaging_type: UPDATE, or UTILITY outside the window.

    Returns:
        `outbox.id` of each message.
    """
    said = [
        Statement(
            "INSERT INTO outbox (psid, notice_id, message, messaging_type)"
            " VALUES (%(psid)s, %(notice_id)s, %(message)s, %(kind)s)",
            {
                "psid": notice.psid,
                "notice_id": notice.id,
                "message": msgspec.json.encode(message).decode(),
                "kind": messaging_type,
            },
        )
        for message in messages
    ]
    results = await conn.batch(
        *said,
        Statement(
            "UPDATE notification_queue SET status = 'sent', sent_at = NOW(), attempts = attempts + 1,"
            " message = %(text)s, error_message = NULL, waits_for = NULL WHERE id = %(id)s",
            {"id": notice.id, "text": text[:10_000]},
        ),
    )
    return [result.last_id for result in results[:-1]]


async def wait(conn: Connection, *, notice: Notice, reason: str) -> None:
    """Let a notice wait until its shopper writes again; a turn that opens the window makes it due.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        reason: Why it waits and what may be done about it, for the merchant.
    """
    await conn.run(
        "UPDATE notification_queue SET waits_for = 'window', error_message = %(reason)s,"
        " scheduled_at = NOW() + INTERVAL %(days)s DAY WHERE id = %(id)s",
        id=notice.id,
        reason=reason,
        days=WAIT_DAYS,
    )


async def put_off_until(conn: Connection, *, notice: Notice, at: datetime) -> None:
    """Say a notice later, which counts as no attempt.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        at: When.
    """
    await conn.run(
        "UPDATE notification_queue SET scheduled_at = %(at)s, waits_for = NULL WHERE id = %(id)s", at=at, id=notice.id
    )


async def refuse(conn: Connection, *, notice: Notice, reason: str) -> None:
    """Give a notice up that should have been said; a person may try it again.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        reason: Why, for the merchant.
    """
    await _end(conn, notice, "failed", reason)


async def drop(conn: Connection, *, notice: Notice, reason: str) -> None:
    """Let a notice go that nobody needs any more.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        reason: Why, for the merchant.
    """
    await _end(conn, notice, "bounced", reason)


async def _end(conn: Connection, notice: Notice, status: str, reason: str) -> None:
    await conn.run(
        "UPDATE notification_queue SET status = %(status)s, attempts = attempts + 1, error_message = %(reason)s,"
        " waits_for = NULL WHERE id = %(id)s",
        status=status,
        id=notice.id,
        reason=reason,
    )


async def put_off(conn: Connection, *, notice: Notice, reason: str) -> None:
    """Try a notice again later; give it up where its attempts have run out.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        reason: What went wrong.
    """
    if notice.attempts + 1 >= notice.attempts_most:
        await refuse(conn, notice=notice, reason=reason)
        return
    await conn.run(
        "UPDATE notification_queue SET attempts = attempts + 1, error_message = %(reason)s,"
        " scheduled_at = NOW() + INTERVAL %(pause)s SECOND WHERE id = %(id)s",
        id=notice.id,
        reason=reason,
        pause=PAUSE_SECONDS * (notice.attempts + 1),
    )
