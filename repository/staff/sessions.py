"""Who is logged in to the console: server-side sessions that can be listed and ended."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from bot.base import clock
from repository.database.connection import Connection
from repository.staff.published import PUBLISHED_HASH

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
_SEEN_EVERY = timedelta(minutes=1)


class SignedIn(msgspec.Struct, frozen=True):
    """A session that is open, and whose it is.

    Attributes:
        session: What the pages keep in it.
        created_at: When they logged in.
        seen_at: When they last opened a page, to the minute.
        id: `admin_users.id`.
        username: What they log in with.
        email: Theirs.
        full_name: Theirs, or empty.
        role: One of the four.
        has_one_time_password: Whether they must choose a new password first.
        words_version: `shop_versions.words`.
        rules_version: `shop_versions.rules`.
    """

    session: Mapping[str, object]
    created_at: datetime
    seen_at: datetime
    id: int
    username: str
    email: str
    full_name: str
    role: str
    has_one_time_password: bool
    words_version: int
    rules_version: int

    @property
    def shown_as(self) -> str:
        """What colleagues call them."""
        return self.full_name or self.username


class ListedSession(msgspec.Struct, frozen=True):
    """A session in the list of one's own.

    Attributes:
        id: What it is called in a form; tells nothing of the cookie.
        ip_address: From where, or empty.
        user_agent: What the browser said it was, or empty.
        created_at: When they logged in.
        seen_at: When they last opened a page.
    """

    id: str
    ip_address: str
    user_agent: str
    created_at: datetime
    seen_at: datetime


async def find(conn: Connection, *, token_hash: bytes) -> SignedIn | None:
    """The open session of a cookie; None where there is none, it has ended, or its account may not log in.

    Args:
        conn: An open connection.
        token_hash: SHA-256 of the cookie.
    """
    now = clock.now()
    session = await conn.one(
        SignedIn,
        """
        SELECT s.session, s.created_at, s.seen_at, a.id, a.username, a.email, COALESCE(a.full_name, ''), a.role,
               COALESCE(c.password_is_one_time, FALSE), v.words, v.rules
        FROM console_sessions s
        JOIN admin_users a ON a.id = s.admin_id AND a.is_active AND a.password_hash <> %(published)s
        JOIN shop_versions v ON v.id = 1
        LEFT JOIN console_accounts c ON c.admin_id = a.id
        WHERE s.token_hash = %(token_hash)s AND s.expires_at > %(now)s
        """,
        token_hash=token_hash,
        published=PUBLISHED_HASH,
        now=now,
    )
    if session is not None and now - session.seen_at > _SEEN_EVERY:
        await conn.run(
            "UPDATE console_sessions SET seen_at = %(now)s, expires_at = %(expires_at)s"
            " WHERE token_hash = %(token_hash)s",
            now=now,
            expires_at=min(now + IDLE, session.created_at + LONGEST),
            token_hash=token_hash,
        )
    return session


async def begin(
    conn: Connection,
    *,
    token_hash: bytes,
    admin_id: int,
    session: Mapping[str, object],
    ip_address: str,
    user_agent: str,
) -> None:
    """Open a session; the ones that have run out are cleared away.

    Args:
        conn: An open connection.
        token_hash: SHA-256 of the cookie.
        admin_id: Whose it is.
        session: What the pages keep in it.
        ip_address: From where.
        user_agent: What the browser says it is.
    """
    now = clock.now()
    await conn.run("DELETE FROM console_sessions WHERE expires_at <= %(now)s", now=now)
    await conn.run(
        "INSERT INTO console_sessions"
        " (token_hash, admin_id, session, ip_address, user_agent, created_at, seen_at, expires_at)"
        " VALUES (%(token_hash)s, %(admin_id)s, %(session)s, %(ip_address)s, %(user_agent)s, %(now)s, %(now)s,"
        " %(expires_at)s)",
        token_hash=token_hash,
        admin_id=admin_id,
        session=msgspec.json.encode(session).decode(),
        ip_address=ip_address[:45],
        user_agent=user_agent[:255],
        now=now,
        expires_at=now + IDLE,
    )


async def keep(conn: Connection, *, token_hash: bytes, session: Mapping[str, object]) -> None:
    """Store what the pages keep in a session.

    Args:
        conn: An open connection.
        token_hash: SHA-256 of its cookie.
        session: All of it.
    """
    await conn.run(
        "UPDATE console_sessions SET session = %(session)s WHERE token_hash = %(token_hash)s",
        session=msgspec.json.encode(session).decode(),
        token_hash=token_hash,
    )


async def end(conn: Connection, *, token_hash: bytes) -> None:
    """End the session of a cookie.

    Args:
        conn: An open connection.
        token_hash: SHA-256 of its cookie.
    """
    await conn.run("DELETE FROM console_sessions WHERE token_hash = %(token_hash)s", token_hash=token_hash)


async def of_admin(conn: Connection, *, admin_id: int) -> list[ListedSession]:
    """Somebody's open sessions, the one used last first.

    Args:
        conn: An open connection.
        admin_id: Whose.
    """
    return await conn.all(
        ListedSession,
        "SELECT LOWER(LEFT(HEX(token_hash), 24)), COALESCE(ip_address, ''), COALESCE(user_agent, ''), created_at,"
        " seen_at FROM console_sessions WHERE admin_id = %(admin_id)s AND expires_at > %(now)s"
        " ORDER BY seen_at DESC, created_at DESC LIMIT 100",
        admin_id=admin_id,
        now=clock.now(),
    )


def listed_id(token_hash: bytes) -> str:
    """What a session is called in a form.

    Args:
        token_hash: SHA-256 of its cookie.
    """
    return token_hash.hex()[:24]


async def end_listed(conn: Connection, *, admin_id: int, listed: str) -> bool:
    """End one of somebody's sessions; whether there was such a one.

    Args:
        conn: An open connection.
        admin_id: Whose.
        listed: Its `ListedSession.id`.
    """
    ended = await conn.run(
        "DELETE FROM console_sessions WHERE admin_id = %(admin_id)s AND LOWER(LEFT(HEX(token_hash), 24)) = %(listed)s",
        admin_id=admin_id,
        listed=listed,
    )
    return ended.rowcount > 0


async def end_all(conn: Connection, *, admin_id: int, but: bytes = b"") -> int:
    """End somebody's sessions; how many there were.

    Args:
        conn: An open connection.
        admin_id: Whose.
        but: SHA-256 of the cookie of one that goes on; none does where it is empty.
    """
    ended = await conn.run(
        "DELETE FROM console_sessions WHERE admin_id = %(admin_id)s AND token_hash <> %(but)s",
        admin_id=admin_id,
        but=but,
    )
    return ended.rowcount
