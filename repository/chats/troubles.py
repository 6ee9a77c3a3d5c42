"""Why the page cannot send: known to every process, shown on every page of the console, told to the shop once. So is
what Facebook says of its standing."""

from datetime import datetime
from typing import Literal

import msgspec

from repository.database.connection import Bound, Connection, Statement

Kind = Literal["token", "permission", "restricted", "version", "limit"]
"""Its token is dead; a permission is missing; Facebook has restricted it; the API's version has ended; a limit is
reached, which passes by itself."""
SAME_MINUTES = 10
"""What comes back so soon after its end is the same trouble, of which nobody is told again."""


ENFORCED = ("warning", "block", "unblock")
"""What Facebook's `messaging_policy_enforcement` says of a page (contract/messenger.md, section 2)."""


class Trouble(msgspec.Struct, frozen=True):
    """Why the page cannot send.

    Attributes:
        kind: What is wrong.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
        began_at: Since when.
        waiting: How many messages wait meanwhile.
    """

    kind: Kind
    code: str
    reason: str
    began_at: datetime
    waiting: int


async def begin(conn: Connection, *, kind: Kind, code: str, reason: str) -> None:
    """Write that the page cannot send, and let the people of the shop be told, unless it passes by itself.

    Args:
        conn: An open connection.
        kind: What is wrong.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
    """
    values: dict[str, Bound] = {"kind": kind, "code": code[:40], "reason": reason[:500], "minutes": SAME_MINUTES}
    await conn.batch(
        Statement(
            "INSERT INTO page_troubles (kind, error_code, reason, began_at, last_at)"
            " VALUES (%(kind)s, %(code)s, %(reason)s, NOW(3), NOW(3)) ON DUPLICATE KEY UPDATE"
            " began_at = IF(ended_at < NOW(3) - INTERVAL %(minutes)s MINUTE, NOW(3), began_at), ended_at = NULL,"
            " error_code = VALUES(error_code), reason = VALUES(reason), last_at = VALUES(last_at)",
            values,
        ),
        Statement(
            "INSERT IGNORE INTO merchant_notices (kind, subject_key, words, channel)"
            " SELECT 'page', CONCAT(kind, ':', DATE_FORMAT(began_at, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')), '', 'console'"
            " FROM page_troubles WHERE kind = %(kind)s AND kind <> 'limit'",
            values,
        ),
    )


async def end(conn: Connection) -> None:
    """Write that the page can send again.

    Args:
        conn: An open connection.
    """
    await conn.run("UPDATE page_troubles SET ended_at = NOW(3) WHERE ended_at IS NULL")


async def enforced(conn: Connection, *, action: str, reason: str, at: datetime) -> None:
    """Let the people of the shop be told that Facebook warned the page, blocked it or gave it back. Once of each.

    What cannot be sent meanwhile waits by itself: Facebook refuses the next message, and takes it after the block.

    Args:
        conn: An open connection.
        action: One of `ENFORCED`; others say nothing that people could act on.
        reason: Facebook's words; may be empty.
        at: When Facebook did it.
    """
    if action in ENFORCED:
        await conn.run(
            "INSERT IGNORE INTO merchant_notices (kind, subject_key, words, channel)"
            " VALUES ('policy', CONCAT(%(action)s, ':', DATE_FORMAT(%(at)s, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')),"
            " %(reason)s, 'console')",
            action=action,
            at=at,
            reason=reason[:500],
        )


async def current(conn: Connection) -> Trouble | None:
    """Why the page cannot send, the worst first; None where it can.

    Args:
        conn: An open connection.
    """
    return await conn.one(
        Trouble,
        "SELECT kind, error_code, reason, began_at, (SELECT COUNT(*) FROM outbox WHERE status = 'queued')"
        " FROM page_troubles WHERE ended_at IS NULL ORDER BY kind LIMIT 1",
    )
