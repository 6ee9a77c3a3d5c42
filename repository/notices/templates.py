"""Utility templates of the shop: one for each kind of notice and language, written anew where its words change."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.errors import NotFound
from repository.staff import audit
from repository.staff.by import By

CHECK_MINUTES = 10
"""Between two looks at what Meta says of a template that it reviews."""
CHECK_HOURS = 6
"""Between two looks at one that it has approved, and may pause."""


class Template(msgspec.Struct, frozen=True):
    """A template.

    Attributes:
        id: `utility_templates.id`.
        name: At Meta.
        language: "en" or "fil".
        notice: The notice that it stands for, such as "notices.shipped".
        words: With `{{name}}` where a fact goes.
        status: "draft", "submitted", "approved", "rejected" or "paused".
        reason: Why Meta refused or paused it; empty where it did not.
        submitted_at: When it was submitted last.
        checked_at: When Meta was asked about it last.
        updated_at: When anything about it changed last.
    """

    id: int
    name: str
    language: str
    notice: str
    words: str
    status: str
    reason: str
    submitted_at: datetime | None
    checked_at: datetime | None
    updated_at: datetime


_COLUMNS = "id, name, language, notice, words, status, COALESCE(reason, ''), submitted_at, checked_at, updated_at"


async def every(conn: Connection) -> list[Template]:
    """All templates, for each notice and language the newest first.

    Args:
        conn: An open connection.
    """
    return await conn.all(Template, f"SELECT {_COLUMNS} FROM utility_templates ORDER BY notice, language, id DESC")


async def approved(conn: Connection, *, notice: str, language: str, page_id: str = "") -> Template | None:
    """The newest template that Meta has approved for a notice; None where there is none.

    Args:
        conn: An open connection.
        notice: The notice's name.
        language: "en" or "fil".
        page_id: The further page that it goes out from; empty for the first.
    """
    standing = (
        "id IN (SELECT template_id FROM utility_template_pages WHERE page_id = %(page_id)s AND status = 'approved')"
        if page_id
        else "status = 'approved'"
    )
    return await conn.one(
        Template,
        f"SELECT {_COLUMNS} FROM utility_templates FORCE INDEX (ix_utility_templates_notice)"
        f" WHERE notice = %(notice)s AND language = %(language)s AND {standing} ORDER BY id DESC LIMIT 1",
        notice=notice,
        language=language,
        page_id=page_id,
    )


async def write(conn: Connection, *, notice: str, language: str, words: str, by: By) -> int:
    """Keep the words of a template as a draft: over the draft that there is, else as a new one beside what Meta has.

    What Meta has seen is not changed, for it stays approved until the new words are; so those get a name of their own.

    Args:
        conn: A connection in a transaction, which the caller owns.
        notice: The notice's name.
        language: "en" or "fil".
        words: With `{{name}}` where a fact goes.
        by: Who writes.

    Returns:
        `utility_templates.id`.
    """
    await conn.run("SELECT id FROM shop_versions WHERE id = 1 FOR UPDATE")  # one writer at a time: names are counted
    rows = await conn.all(
        Template,
        f"SELECT {_COLUMNS} FROM utility_templates WHERE notice = %(notice)s AND language = %(language)s"
        " ORDER BY id DESC",
        notice=notice,
        language=language,
    )
    if rows and rows[0].status == "draft":
        template_id = rows[0].id
        await conn.run("UPDATE utility_templates SET words = %(words)s WHERE id = %(id)s", words=words, id=template_id)
    else:
        short = f"order_{notice.rpartition('.')[2]}"[:90]
        made = await conn.run(
            "INSERT INTO utility_templates (name, language, notice, words)"
            " VALUES (%(name)s, %(language)s, %(notice)s, %(words)s)",
            name=f"{short}_{len(rows) + 1}" if rows else short,
            language=language,
            notice=notice,
            words=words,
        )
        template_id = made.last_id
    await _record(conn, by, "template.written", notice, language)
    return template_id


async def submitting(conn: Connection, *, template_id: int, by: By) -> Template:
    """A draft that is about to be submitted: whoever comes second finds it submitted already.

    Args:
        conn: A connection in a transaction, which the caller owns.
        template_id: Which.
        by: Who submits it.

    Raises:
        NotFound: It is gone, or no draft any more.
    """
    template = await conn.one(
        Template,
        f"SELECT {_COLUMNS} FROM utility_templates WHERE id = %(id)s AND status = 'draft' FOR UPDATE",
        id=template_id,
    )
    if template is None:
        raise NotFound(f"template {template_id}")
    await conn.run(
        "UPDATE utility_templates SET status = 'submitted', submitted_at = NOW(), reason = NULL WHERE id = %(id)s",
        id=template_id,
    )
    await _record(conn, by, "template.submitted", template.notice, template.language)
    return template


async def not_taken(conn: Connection, *, template_id: int, reason: str) -> None:
    """Note that Meta did not even take a template: it is a draft again, with the reason.

    Args:
        conn: An open connection.
        template_id: Which.
        reason: Meta's words.
    """
    await conn.run(
        "UPDATE utility_templates SET status = 'draft', reason = %(reason)s WHERE id = %(id)s AND status = 'submitted'",
        id=template_id,
        reason=reason[:500],
    )


async def reviewed(conn: Connection, *, template_id: int, status: str, meta_id: str = "", reason: str = "") -> None:
    """Note what Meta says of a template; where it is approved now, notices that waited for it are due.

    Args:
        conn: A connection in a transaction, which the caller owns.
        template_id: Which.
        status: "submitted", "approved", "rejected" or "paused".
        meta_id: Meta's id, empty where it said none.
        reason: Why it is refused or paused.
    """
    values: dict[str, str | int] = {"id": template_id, "status": status, "meta_id": meta_id, "reason": reason[:500]}
    await conn.batch(
        Statement(
            "UPDATE notification_queue n JOIN utility_templates t ON t.id = %(id)s AND t.status <> %(status)s"
            " AND n.template_name IN (t.notice, SUBSTRING_INDEX(t.notice, '.', -1))"
            " SET n.scheduled_at = NOW()"
            " WHERE %(status)s = 'approved' AND n.status = 'pending' AND n.waits_for = 'window'",
            values,
            feeds_queue="notices" if status == "approved" else "",
        ),
        Statement(
            "UPDATE utility_templates SET status = %(status)s, checked_at = NOW(),"
            " meta_id = COALESCE(NULLIF(%(meta_id)s, ''), meta_id), reason = NULLIF(%(reason)s, '')"
            " WHERE id = %(id)s AND status <> 'draft'",
            values,
        ),
    )


async def begin_anew(conn: Connection) -> None:
    """Note that the shop answers on another first page, of which Meta has said nothing yet.

    Args:
        conn: A connection in a transaction, which the caller owns.
    """
    await conn.run(
        "UPDATE utility_templates SET status = 'submitted', submitted_at = NOW(), checked_at = NULL, meta_id = NULL,"
        " reason = NULL WHERE status <> 'draft'"
    )


async def moved(conn: Connection, *, name: str, language: str) -> None:
    """Have Meta asked about a template at the next look: it has said that something became of it.

    Args:
        conn: An open connection.
        name: At Meta.
        language: As Meta writes it; "en_US" is our "en".
    """
    values = {"name": name, "language": language}
    known = "t.name = %(name)s AND t.language = SUBSTRING_INDEX(%(language)s, '_', 1)"
    await conn.batch(
        Statement(f"UPDATE utility_templates t SET t.checked_at = NULL WHERE {known} AND t.status <> 'draft'", values),
        Statement(
            "UPDATE utility_template_pages p JOIN utility_templates t ON t.id = p.template_id"
            f" SET p.checked_at = NULL WHERE {known} AND p.status <> 'draft'",
            values,
        ),
    )


async def to_check(conn: Connection, *, at_once: bool = False) -> Sequence[Template]:
    """Templates about which Meta is to be asked, after those that were not asked about for long.

    Args:
        conn: An open connection.
        at_once: All of them, however short ago that was.
    """
    return await conn.all(
        Template,
        f"SELECT {_COLUMNS} FROM utility_templates WHERE status <> 'draft' AND (%(at_once)s OR checked_at IS NULL"
        " OR checked_at < NOW() - INTERVAL IF(status = 'submitted', %(minutes)s, %(hours)s * 60) MINUTE)"
        " ORDER BY checked_at, id LIMIT 50",
        at_once=at_once,
        minutes=CHECK_MINUTES,
        hours=CHECK_HOURS,
    )


async def discard(conn: Connection, *, template_id: int, by: By) -> None:
    """Throw a draft away.

    Args:
        conn: A connection in a transaction, which the caller owns.
        template_id: Which.
        by: Who does it.

    Raises:
        NotFound: It is gone, or Meta has it.
    """
    gone = await conn.run("DELETE FROM utility_templates WHERE id = %(id)s AND status = 'draft'", id=template_id)
    if not gone.rowcount:
        raise NotFound(f"template {template_id}")
    await audit.record(
        conn, action="template.discarded", admin_id=by.admin_id, subject=str(template_id), ip_address=by.ip_address
    )


async def _record(conn: Connection, by: By, action: str, notice: str, language: str) -> None:
    await audit.record(
        conn, action=action, admin_id=by.admin_id, subject=f"{notice} {language}", ip_address=by.ip_address
    )
