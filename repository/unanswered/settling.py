"""What becomes of a group of questions: a reply answers it, nobody cares, or it waits again."""

from collections.abc import Sequence

import msgspec

from bot.language.phrases.taught import comparable
from bot.language.phrases.writing import in_lines
from repository.database.connection import Connection
from repository.database.scalars import number
from repository.staff import audit
from repository.staff.by import By
from repository.unanswered.groups import Status
from repository.wording import canned_edits
from repository.wording.canned_rows import CannedBody


class Added(msgspec.Struct, frozen=True):
    """Phrases that a reply has now.

    Attributes:
        keyword: What the reply answers to first.
        phrases: Those that it did not have.
    """

    keyword: str
    phrases: tuple[str, ...]


async def settle(conn: Connection, *, group_ids: Sequence[int], status: Status, by: By) -> list[int]:
    """Ignore groups, or let them wait again; which ones were not so before.

    Args:
        conn: A connection in a transaction, which the caller owns.
        group_ids: `unanswered_groups.id` of each.
        status: What they shall be.
        by: Who says so.
    """
    if not group_ids:
        return []
    rows = await conn.run(
        "SELECT id FROM unanswered_groups WHERE id IN %(ids)s AND status <> %(status)s ORDER BY id FOR UPDATE",
        ids=list(group_ids),
        status=status,
    )
    changed = [number(row[0]) for row in rows.rows]
    if changed:
        await conn.run(
            "UPDATE unanswered_groups SET status = %(status)s, settled_at = NOW(), settled_by = %(by)s,"
            " reply_id = IF(%(status)s = 'answered', reply_id, NULL) WHERE id IN %(ids)s",
            status=status,
            by=by.admin_id,
            ids=changed,
        )
        subject = f"questions {', '.join(map(str, changed))}"
        await audit.record(
            conn, action=f"unanswered.{status}", admin_id=by.admin_id, subject=subject, ip_address=by.ip_address
        )
    return changed


async def answer(
    conn: Connection, *, group_id: int, reply_id: int, caught: int, looked_at: int, by: By | None = None
) -> bool:
    """Say that a reply answers a group from now on. Whether it waited for one.

    Args:
        conn: A connection in a transaction, which the caller owns.
        group_id: `unanswered_groups.id`.
        reply_id: `chatbot_replies.id`.
        caught: How many of the questions looked at it answers.
        looked_at: How many were looked at.
        by: Who says so; None where a worker saw it.
    """
    changed = await conn.run(
        "UPDATE unanswered_groups SET status = 'answered', reply_id = %(reply_id)s, caught = %(caught)s,"
        " looked_at = %(looked_at)s, settled_at = NOW(), settled_by = %(by)s"
        " WHERE id = %(group_id)s AND (status = 'waiting' OR %(by)s IS NOT NULL)",
        group_id=group_id,
        reply_id=reply_id,
        caught=caught,
        looked_at=looked_at,
        by=by.admin_id if by else None,
    )
    return changed.rowcount > 0


def with_phrases(body: CannedBody, phrases: str) -> CannedBody:
    """A reply that also answers to some phrases, each once.

    Args:
        body: The reply.
        phrases: One a line.
    """
    known = {comparable(phrase) for phrase in (body.keyword, *in_lines(body.phrases))}
    more = {comparable(phrase): phrase for phrase in reversed(in_lines(phrases)) if comparable(phrase) not in known}
    return msgspec.structs.replace(body, phrases="\n".join([*in_lines(body.phrases), *reversed(more.values())]))


async def add_phrases(conn: Connection, *, reply_id: int, phrases: str, by: By) -> Added:
    """Let a reply answer to some phrases too, as if they were typed into its form.

    Args:
        conn: A connection in a transaction, which the caller owns.
        reply_id: `chatbot_replies.id`.
        phrases: One a line.
        by: Who adds them.

    Raises:
        NotFound: The reply is gone.
    """
    opened = await canned_edits.opened(conn, reply_id=reply_id)
    body = with_phrases(opened.body, phrases)
    had = set(in_lines(opened.body.phrases))
    await canned_edits.save(conn, reply_id=reply_id, body=body, version=opened.version, by=by)
    return Added(body.keyword, tuple(phrase for phrase in in_lines(body.phrases) if phrase not in had))


async def take_phrases(conn: Connection, *, reply_id: int, phrases: str, by: By) -> str:
    """Let a reply answer to some phrases no more; what it answers to first.

    Args:
        conn: A connection in a transaction, which the caller owns.
        reply_id: `chatbot_replies.id`.
        phrases: One a line.
        by: Who takes them away.

    Raises:
        NotFound: The reply is gone.
    """
    opened = await canned_edits.opened(conn, reply_id=reply_id)
    gone = set(in_lines(phrases))
    kept = "\n".join(phrase for phrase in in_lines(opened.body.phrases) if phrase not in gone)
    body = msgspec.structs.replace(opened.body, phrases=kept)
    await canned_edits.save(conn, reply_id=reply_id, body=body, version=opened.version, by=by)
    return opened.body.keyword
