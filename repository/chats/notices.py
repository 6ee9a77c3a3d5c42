"""What the shop says first: rows of `notification_queue`, handed over to the outbox once."""

from collections.abc import Mapping, Sequence

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number

PAUSE_SECONDS = 30
"""How long a notice whose words failed waits for its next attempt, times the attempts so far."""


class Notice(msgspec.Struct, frozen=True):
    """A notice that is due.

    Attributes:
        id: `notification_queue.id`.
        psid: Whom it is for.
        language: "en" or "fil".
        template_name: The name of its words, or empty.
        template_data: Their facts as JSON.
        message: What to say where nobody knows the words.
        attempts: How often it was tried in vain.
        attempts_most: How often it is tried.
        window_open: Whether Messenger lets us write to the shopper now.
    """

    id: int
    psid: str
    language: str
    template_name: str
    template_data: str
    message: str
    attempts: int
    attempts_most: int
    window_open: bool


def notice_statement(order_id: int, kind: str, template_name: str, facts: Mapping[str, str | int]) -> Statement:
    """What queues a notice to the shopper of an order, to be sent together with what it is about.

    Args:
        order_id: `orders.id`.
        kind: As in `notification_queue.notification_type`.
        template_name: The name of its words, such as "notices.order_confirmed".
        facts: What their variables stand for.
    """
    values: dict[str, Bound] = {
        "order_id": order_id,
        "kind": kind,
        "template_name": template_name,
        "facts": msgspec.json.encode(facts).decode(),
    }
    return Statement(
        """
        INSERT INTO notification_queue (order_id, user_id, notification_type, channel, recipient, message,
            template_name, template_data)
        SELECT o.id, o.user_id, %(kind)s, 'messenger', u.messenger_id, '', %(template_name)s, %(facts)s
        FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = %(order_id)s
        """,
        values,
    )


def draft_statement(shopper_id: int, template_name: str, facts: Mapping[str, str | int]) -> Statement:
    """What queues a notice to a shopper that is about none of their orders, to be sent together with what it is about.

    Args:
        shopper_id: `users.id`.
        template_name: The name of its words, such as "notices.draft".
        facts: What their variables stand for.
    """
    values: dict[str, Bound] = {
        "shopper_id": shopper_id,
        "template_name": template_name,
        "facts": msgspec.json.encode(facts).decode(),
    }
    return Statement(
        """
        INSERT INTO notification_queue (user_id, notification_type, channel, recipient, message, template_name,
            template_data)
        SELECT u.id, 'custom', 'messenger', u.messenger_id, '', %(template_name)s, %(facts)s
        FROM users u WHERE u.id = %(shopper_id)s
        """,
        values,
    )


async def claim(conn: Connection, *, most: int) -> list[Notice]:
    """Lock the notices that are due, the oldest first, and their conversations until the caller's transaction ends.

    Rendering a notice has no effect but rows of this database, so the lock is the lease: who dies under it leaves
    everything as it was.

    Args:
        conn: A connection in a transaction.
        most: Notices at most.
    """
    due = await conn.run(
        """
        SELECT n.id, n.recipient, '', COALESCE(n.template_name, ''), COALESCE(n.template_data, '{}'), n.message,
            n.attempts, n.max_attempts, FALSE
        FROM notification_queue n FORCE INDEX (ix_notification_queue_due)
        WHERE n.status = 'pending' AND n.channel = 'messenger' AND n.scheduled_at <= NOW()
        ORDER BY n.scheduled_at, n.id LIMIT %(most)s FOR UPDATE SKIP LOCKED
        """,
        most=most,
    )
    notices = [conn.read(Notice, row) for row in due.rows]
    if not notices:
        return []
    # The conversations are locked, always in the same order: what is put into a shopper's outbox is put there one after
    # the other, so that its ids are in the order of the commits. Nothing else is locked.
    _, known = await conn.batch(
        Statement(
            "SELECT psid FROM conversations WHERE psid IN %(psids)s ORDER BY psid FOR UPDATE",
            {"psids": sorted({notice.psid for notice in notices})},
        ),
        Statement(
            "SELECT n.id, COALESCE(o.language, u.language, 'en'), COALESCE(c.window_expires_at > NOW(3), FALSE)"
            " FROM notification_queue n JOIN users u ON u.id = n.user_id LEFT JOIN orders o ON o.id = n.order_id"
            " LEFT JOIN conversations c ON c.psid = n.recipient WHERE n.id IN %(ids)s",
            {"ids": [notice.id for notice in notices]},
        ),
    )
    facts = {number(row[0]): (str(row[1]), bool(row[2])) for row in known.rows}
    return [
        msgspec.structs.replace(notice, language=facts[notice.id][0], window_open=facts[notice.id][1])
        for notice in notices
    ]


async def hand_over(
    conn: Connection, *, notice: Notice, messages: Sequence[Mapping[str, object]], text: str
) -> list[int]:
    """Put what a notice says into the outbox and note it as sent, in one transaction.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        messages: `message` objects of the Send API, in order.
        text: The same in plain words, for the merchant.

    Returns:
        `outbox.id` of each message.
    """
    said = [
        Statement(
            "INSERT INTO outbox (psid, notice_id, message, messaging_type)"
            " VALUES (%(psid)s, %(notice_id)s, %(message)s, 'UPDATE')",
            {"psid": notice.psid, "notice_id": notice.id, "message": msgspec.json.encode(message).decode()},
        )
        for message in messages
    ]
    results = await conn.batch(
        *said,
        Statement(
            "UPDATE notification_queue SET status = 'sent', sent_at = NOW(), attempts = attempts + 1,"
            " message = %(text)s, error_message = NULL WHERE id = %(id)s",
            {"id": notice.id, "text": text[:10_000]},
        ),
    )
    return [result.last_id for result in results[:-1]]


async def refuse(conn: Connection, *, notice: Notice, reason: str) -> None:
    """Give a notice up.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        reason: Why, such as "window closed".
    """
    await conn.run(
        "UPDATE notification_queue SET status = 'failed', attempts = attempts + 1, error_message = %(reason)s"
        " WHERE id = %(id)s",
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
