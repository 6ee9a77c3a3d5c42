"""What was done in the console, by whom: rows that nothing ever edits."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.base import clock
from repository.database.connection import Connection

ATTEMPTS_WITHIN = timedelta(minutes=15)
ATTEMPTS_ON_NAME = 5
"""Wrong passwords for one name from one address, until the rest must wait."""
ATTEMPTS_FROM = 20
"""Wrong passwords from one address, whatever the names."""
ATTEMPTS_ON_ACCOUNT = 25
"""Wrong passwords for one name from anywhere, until networks from which nobody has logged in with it must wait."""
KNOWN_FOR = timedelta(days=60)
"""For how long a network is known after a login, so that a stranger's guesses keep nobody out who is at home."""


class _Wrong(msgspec.Struct, frozen=True):
    """Passwords that were wrong, or are being looked at."""

    for_name: int
    from_here: int
    for_account: int
    is_known: bool


async def record(
    conn: Connection,
    *,
    action: str,
    admin_id: int | None,
    subject: str = "",
    details: Mapping[str, object] | None = None,
    ip_address: str = "",
) -> None:
    """Write down what somebody did.

    Args:
        conn: An open connection, inside the transaction of what is written down.
        action: Such as "reply.changed".
        admin_id: Who; None for the command line.
        subject: To what, such as "canned 12".
        details: More about it; never a password, a token or a shopper's words.
        ip_address: From where.
    """
    await conn.run(
        "INSERT INTO console_audit (admin_id, action, subject, details, ip_address, created_at)"
        " VALUES (%(admin_id)s, %(action)s, NULLIF(%(subject)s, ''), %(details)s, NULLIF(%(ip_address)s, ''), %(now)s)",
        admin_id=admin_id,
        action=action,
        subject=subject[:100],
        details=None if details is None else msgspec.json.encode(details).decode(),
        ip_address=ip_address[:45],
        now=clock.now(),
    )


async def may_try(conn: Connection, *, username: str, network: str) -> bool:
    """Whether one more password may be tried; the attempt is written down before it is made.

    Attempts that come at the same moment see each other, so that a hundred at once are no way round the count.

    Args:
        conn: An open connection on which every statement commits by itself.
        username: What was typed.
        network: From where.
    """
    subject = subject_of(username)
    if await _too_many(conn, subject, network, 0):
        return False
    await record(conn, action="login_tried", admin_id=None, subject=subject, ip_address=network)
    return not await _too_many(conn, subject, network, 1)


def subject_of(username: str) -> str:
    """A name that somebody logs in with, as attempts are counted.

    Args:
        username: What was typed.
    """
    return username.strip().casefold()[:100]


async def _too_many(conn: Connection, subject: str, network: str, own: int) -> bool:
    """Whether so many passwords were wrong of late that this one must wait; `own` of them is the one asked about."""
    counted = await conn.one(
        _Wrong,
        """
        SELECT CAST(COALESCE(SUM(IF(subject = %(subject)s, IF(action = 'login', -1, 1), 0)), 0) AS SIGNED),
               CAST(COALESCE(SUM(IF(action = 'login', -1, 1)), 0) AS SIGNED),
               (SELECT COUNT(*) FROM console_audit
                WHERE action = 'login_tried' AND created_at > %(since)s AND subject = %(subject)s),
               EXISTS (SELECT 1 FROM console_audit
                       WHERE action = 'login' AND created_at > %(known)s AND subject = %(subject)s
                         AND ip_address = %(network)s)
        FROM console_audit
        WHERE action IN ('login', 'login_tried') AND created_at > %(since)s AND ip_address = %(network)s
        """,
        subject=subject,
        network=network,
        since=clock.now() - ATTEMPTS_WITHIN,
        known=clock.now() - KNOWN_FOR,
    )
    assert counted is not None, "a count is always answered"
    if not counted.is_known and counted.for_account >= ATTEMPTS_ON_ACCOUNT + own:
        return True
    return counted.for_name >= ATTEMPTS_ON_NAME + own or counted.from_here >= ATTEMPTS_FROM + own
