"""How utility templates stand on the pages besides the first: Meta reviews each for each page."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.errors import NotFound
from repository.notices.templates import CHECK_HOURS, CHECK_MINUTES
from repository.staff import audit
from repository.staff.by import By


class OnPage(msgspec.Struct, frozen=True):
    """How a template stands on a page.

    Attributes:
        template_id: `utility_templates.id`.
        page_id: A further page, as Facebook numbers it.
        name: The template's, at Meta.
        language: Its language.
        status: "draft" where Meta did not take it, "submitted", "approved", "rejected" or "paused".
        reason: Why Meta refused or paused it; empty where it did not.
        checked_at: When Meta was asked about it last.
    """

    template_id: int
    page_id: str
    name: str
    language: str
    status: str
    reason: str
    checked_at: datetime | None


_SELECT = (
    "SELECT p.template_id, p.page_id, t.name, t.language, p.status, COALESCE(p.reason, ''), p.checked_at"
    " FROM utility_template_pages p JOIN utility_templates t ON t.id = p.template_id"
)


async def every(conn: Connection) -> list[OnPage]:
    """How all templates stand on all further pages.

    Args:
        conn: An open connection.
    """
    return await conn.all(OnPage, f"{_SELECT} ORDER BY p.template_id, p.page_id")


async def submitting(conn: Connection, *, template_id: int, page_id: str, by: By) -> None:
    """Note that a template is about to be submitted for a page: whoever comes second finds it submitted already.

    Args:
        conn: A connection in a transaction, which the caller owns.
        template_id: Which.
        page_id: A further page.
        by: Who submits it.

    Raises:
        NotFound: It is gone, or Meta has it for this page already.
    """
    template = await conn.run(
        "SELECT notice, language FROM utility_templates WHERE id = %(id)s AND status <> 'draft' FOR UPDATE",
        id=template_id,
    )
    there = await conn.value(
        "SELECT status FROM utility_template_pages WHERE template_id = %(id)s AND page_id = %(page_id)s FOR UPDATE",
        id=template_id,
        page_id=page_id,
    )
    if not template.rows or there not in (None, "draft"):
        raise NotFound(f"template {template_id}")
    await conn.run(
        "INSERT INTO utility_template_pages (template_id, page_id, status, submitted_at)"
        " VALUES (%(id)s, %(page_id)s, 'submitted', NOW())"
        " ON DUPLICATE KEY UPDATE status = 'submitted', submitted_at = NOW(), reason = NULL",
        id=template_id,
        page_id=page_id,
    )
    subject = " ".join(str(part) for part in (*template.rows[0], page_id))
    await audit.record(
        conn, action="template.submitted", admin_id=by.admin_id, subject=subject, ip_address=by.ip_address
    )


async def not_taken(conn: Connection, *, template_id: int, page_id: str, reason: str) -> None:
    """Note that Meta did not even take a template for a page, with the reason.

    Args:
        conn: An open connection.
        template_id: Which.
        page_id: A further page.
        reason: Meta's words.
    """
    await conn.run(
        "UPDATE utility_template_pages SET status = 'draft', reason = %(reason)s"
        " WHERE template_id = %(id)s AND page_id = %(page_id)s AND status = 'submitted'",
        id=template_id,
        page_id=page_id,
        reason=reason[:500],
    )


async def reviewed(
    conn: Connection, *, template_id: int, page_id: str, status: str, meta_id: str = "", reason: str = ""
) -> None:
    """Note what Meta says of a template on a page; where it is approved now, notices that waited for it are due.

    Args:
        conn: A connection in a transaction, which the caller owns.
        template_id: Which.
        page_id: A further page.
        status: "submitted", "approved", "rejected" or "paused".
        meta_id: Meta's id, empty where it said none.
        reason: Why it is refused or paused.
    """
    values: dict[str, str | int] = {
        "id": template_id, "page_id": page_id, "status": status, "meta_id": meta_id, "reason": reason[:500],
    }  # fmt: skip
    await conn.batch(
        Statement(
            "UPDATE notification_queue n JOIN conversations c ON c.psid = n.recipient AND c.page_id = %(page_id)s"
            " JOIN utility_templates t ON t.id = %(id)s"
            " JOIN utility_template_pages p ON p.template_id = t.id AND p.page_id = c.page_id"
            " AND p.status <> %(status)s SET n.scheduled_at = NOW()"
            " WHERE %(status)s = 'approved' AND n.status = 'pending' AND n.waits_for = 'window'"
            " AND n.template_name IN (t.notice, SUBSTRING_INDEX(t.notice, '.', -1))",
            values,
            feeds_queue="notices" if status == "approved" else "",
        ),
        Statement(
            "UPDATE utility_template_pages SET status = %(status)s, checked_at = NOW(),"
            " meta_id = COALESCE(NULLIF(%(meta_id)s, ''), meta_id), reason = NULLIF(%(reason)s, '')"
            " WHERE template_id = %(id)s AND page_id = %(page_id)s AND status <> 'draft'",
            values,
        ),
    )


async def to_check(conn: Connection, *, page_id: str, at_once: bool = False) -> Sequence[OnPage]:
    """Templates about which Meta is to be asked for a page, after those that were not asked about for long.

    Args:
        conn: An open connection.
        page_id: A further page.
        at_once: All of them, however short ago that was.
    """
    return await conn.all(
        OnPage,
        f"{_SELECT} WHERE p.page_id = %(page_id)s AND p.status <> 'draft' AND (%(at_once)s OR p.checked_at IS NULL"
        " OR p.checked_at < NOW() - INTERVAL IF(p.status = 'submitted', %(minutes)s, %(hours)s * 60) MINUTE)"
        " ORDER BY p.checked_at, p.template_id LIMIT 50",
        page_id=page_id,
        at_once=at_once,
        minutes=CHECK_MINUTES,
        hours=CHECK_HOURS,
    )
