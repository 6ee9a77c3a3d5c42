"""Why the page cannot send: known to every process, shown on every page of the console, told to the shop once. So is
what Facebook says of its standing."""

from datetime import datetime
from typing import Literal

import msgspec

from repository.database.connection import Bound, Connection, Statement

Kind = Literal["token", "permission", "restricted", "version", "limit"]
"""Its token is dead; a permission is missing; Facebook has restricted it; the API's version has ended; a limit is
reached, which passes by itself."""
FIRST = ""
"""The first page, whichever it is: `page_troubles.page_id` names the others."""
_STOPPED = "SELECT DISTINCT page_id FROM page_troubles WHERE ended_at IS NULL"
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
        page: The name of the page, where it is not the first; empty else.
    """

    kind: Kind
    code: str
    reason: str
    began_at: datetime
    waiting: int
    page: str = ""


async def begin(conn: Connection, *, kind: Kind, code: str, reason: str, page_id: str = FIRST) -> None:
    """Write that the page cannot send, and let the people of the shop be told, unless it passes by itself.

    Args:
        conn: An open connection.
        kind: What is wrong.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
        page_id: A further page; `FIRST` for the first.
    """
    values: dict[str, Bound] = {
        "kind": kind, "page_id": page_id, "code": code[:40], "reason": reason[:500], "minutes": SAME_MINUTES,
    }  # fmt: skip
    await conn.batch(
        Statement(
            "INSERT INTO page_troubles (kind, page_id, error_code, reason, began_at, last_at)"
            " VALUES (%(kind)s, %(page_id)s, %(code)s, %(reason)s, NOW(3), NOW(3)) ON DUPLICATE KEY UPDATE"
            " began_at = IF(ended_at < NOW(3) - INTERVAL %(minutes)s MINUTE, NOW(3), began_at), ended_at = NULL,"
            " error_code = VALUES(error_code), reason = VALUES(reason), last_at = VALUES(last_at)",
            values,
        ),
        Statement(
            "INSERT IGNORE INTO merchant_notices (kind, subject_key, words, channel)"
            " SELECT 'page', CONCAT(kind, ':', DATE_FORMAT(began_at, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')), '', 'console'"
            " FROM page_troubles WHERE kind = %(kind)s AND page_id = %(page_id)s AND kind <> 'limit'",
            values,
        ),
    )


async def end(conn: Connection, *, page_id: str = FIRST) -> None:
    """Write that a page can send again.

    Args:
        conn: An open connection.
        page_id: A further page; `FIRST` for the first.
    """
    await conn.run(
        "UPDATE page_troubles SET ended_at = NOW(3) WHERE ended_at IS NULL AND page_id = %(page_id)s", page_id=page_id
    )


async def end_all(conn: Connection) -> None:
    """Write that every page can send again, until one of them is found not to.

    Args:
        conn: An open connection.
    """
    await conn.run("UPDATE page_troubles SET ended_at = NOW(3) WHERE ended_at IS NULL")


async def stopped(conn: Connection) -> set[str]:
    """The pages of which it is written that they cannot send, `FIRST` for the first.

    Args:
        conn: An open connection.
    """
    return {str(page_id) for (page_id,) in (await conn.run(_STOPPED)).rows}


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
        "SELECT t.kind, t.error_code, t.reason, t.began_at,"
        " (SELECT COUNT(*) FROM outbox WHERE status = 'queued'), COALESCE(p.name, t.page_id)"
        " FROM page_troubles t LEFT JOIN facebook_pages p ON p.page_id = t.page_id"
        " WHERE t.ended_at IS NULL ORDER BY t.kind, t.page_id LIMIT 1",
    )
