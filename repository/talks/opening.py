"""One chat: whose it is, who speaks there, and what may be written."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound

TYPING_SECONDS = 8
"""How long it is believed that somebody types; the page says so again every four seconds."""


class Standing(msgspec.Struct, frozen=True):
    """How a chat stands.

    Attributes:
        shopper_id: `users.id`.
        name: The shopper's, as Facebook tells it; empty where it does not.
        heard_at: When the shopper did something last.
        window_expires_at: Until when Messenger lets us write freely.
        quiet_since: Since when the bot is quiet, or a person last spoke.
        quiet_reason: Why.
        waits_since: Since when the shopper waits for a person.
        assigned_to: `admin_users.id` of who sees to it.
        assigned: Their name.
        snoozed_until: Until when nobody is reminded of it.
        typing_by: `admin_users.id` of who types an answer just now.
        typing: Their name.
        page_id: The page that the shopper writes to; empty where nobody knows.
    """

    shopper_id: int
    psid: str
    name: str
    heard_at: datetime | None
    window_expires_at: datetime | None
    quiet_since: datetime | None
    quiet_reason: str | None
    waits_since: datetime | None
    assigned_to: int | None
    assigned: str
    snoozed_until: datetime | None
    typing_by: int | None
    typing: str
    page_id: str


async def standing(conn: Connection, *, shopper_id: int) -> Standing:
    """How a shopper's chat stands.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.

    Raises:
        NotFound: There is no such shopper, or they never had a chat.
    """
    found = await conn.one(
        Standing,
        """
        SELECT u.id, c.psid, COALESCE(u.facebook_name, ''), c.heard_at, c.window_expires_at, c.quiet_since,
            c.quiet_reason, c.waits_since, c.assigned_to, COALESCE(NULLIF(a.full_name, ''), a.username, ''),
            c.snoozed_until, IF(c.typing_until > NOW(3), c.typing_by, NULL),
            COALESCE(NULLIF(t.full_name, ''), t.username, ''), COALESCE(c.page_id, '')
        FROM users u JOIN conversations c ON c.psid = u.messenger_id LEFT JOIN admin_users a ON a.id = c.assigned_to
        LEFT JOIN admin_users t ON t.id = c.typing_by
        WHERE u.id = %(shopper_id)s
        """,
        shopper_id=shopper_id,
    )
    if found is None:
        raise NotFound(f"chat of shopper {shopper_id}")
    return found


async def newest_order(conn: Connection, *, shopper_id: int) -> str:
    """The number of a shopper's newest order; empty where they have none.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    found = await conn.value(
        "SELECT COALESCE((SELECT order_number FROM orders WHERE user_id = %(id)s ORDER BY id DESC LIMIT 1), '')",
        id=shopper_id,
    )
    return str(found)


async def look(conn: Connection, *, psid: str, at: datetime) -> None:
    """Note that a person of the shop has looked at a chat.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        at: When.
    """
    await conn.run(
        "UPDATE conversations SET seen_at = GREATEST(COALESCE(seen_at, %(at)s), %(at)s) WHERE psid = %(psid)s",
        psid=psid,
        at=at,
    )


async def assign(conn: Connection, *, psid: str, admin_id: int | None) -> None:
    """Say who sees to a chat.

    Args:
        conn: An open connection. The caller owns the transaction.
        psid: The shopper's PSID.
        admin_id: `admin_users.id`; None for nobody.

    Raises:
        NotFound: There is no such account, or it is closed.
    """
    if admin_id is not None and not await conn.value(
        "SELECT COUNT(*) FROM admin_users WHERE id = %(id)s AND is_active", id=admin_id
    ):
        raise NotFound(f"account {admin_id}")
    await conn.run(
        "UPDATE conversations SET assigned_to = %(admin_id)s WHERE psid = %(psid)s", psid=psid, admin_id=admin_id
    )


async def types(conn: Connection, *, psid: str, admin_id: int) -> None:
    """Note that somebody types an answer, for some seconds.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        admin_id: Who.
    """
    await conn.run(
        "UPDATE conversations SET typing_by = %(admin_id)s, typing_until = NOW(3) + INTERVAL %(seconds)s SECOND"
        " WHERE psid = %(psid)s",
        psid=psid,
        admin_id=admin_id,
        seconds=TYPING_SECONDS,
    )


async def snooze(conn: Connection, *, psid: str, until: datetime | None) -> None:
    """Be reminded of a chat only later, or when the shopper writes again.

    Args:
        conn: An open connection. The caller owns the transaction.
        psid: The shopper's PSID.
        until: When; None is now.
    """
    await conn.run("UPDATE conversations SET snoozed_until = %(until)s WHERE psid = %(psid)s", psid=psid, until=until)


async def note(conn: Connection, *, psid: str, words: str, admin_id: int | None) -> None:
    """Keep a note among colleagues; the shopper never sees it.

    Args:
        conn: An open connection. The caller owns the transaction.
        psid: The shopper's PSID.
        words: At most 2,000 characters; the rest is cut.
        admin_id: Who writes it.
    """
    await conn.run(
        "INSERT INTO conversation_notes (psid, admin_id, words) VALUES (%(psid)s, %(admin_id)s, %(words)s)",
        psid=psid,
        admin_id=admin_id,
        words=words[:2000],
    )
