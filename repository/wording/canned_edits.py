"""Canned replies as merchants change them; `repository.canned` is how the bot reads them."""

from collections.abc import Sequence

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.errors import Duplicate, ShopError
from repository.staff import audit
from repository.staff.by import By
from repository.wording import versions
from repository.wording.versions import UnknownReply

MATCH_RULES = ("exact", "word", "starts_with", "contains")


class KeywordTaken(ShopError):
    """Another reply has this keyword in this language.

    Attributes:
        reply_id: Which one.
    """

    def __init__(self, reply_id: int) -> None:
        super().__init__(str(reply_id))
        self.reply_id = reply_id


class CannedBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a canned reply that a merchant decides.

    Attributes:
        keyword: What it answers.
        language: "en" or "fil".
        match_rule: How the keyword is looked for: one of `MATCH_RULES`.
        response: What is said.
        category: The merchant's own heading, or empty.
        tags: The merchant's own marks.
        priority: The higher one answers where several fit.
        is_active: Whether it answers at all.
    """

    keyword: str
    language: str = "en"
    match_rule: str = "word"
    response: str
    category: str = ""
    tags: tuple[str, ...] = ()
    priority: int = 0
    is_active: bool = True


class Opened(msgspec.Struct, frozen=True):
    """A canned reply, open to be edited.

    Attributes:
        id: `chatbot_replies.id`.
        body: What the merchant decides.
        version: The number of its last save, 0 where there was none.
        usage_count: How often it has answered.
    """

    id: int
    body: CannedBody
    version: int
    usage_count: int


class _Row(msgspec.Struct, frozen=True):
    id: int
    keyword: str
    language: str
    match_rule: str
    response: str
    category: str
    tags: tuple[str, ...]
    priority: int
    is_active: bool
    usage_count: int

    @property
    def body(self) -> CannedBody:
        kept = {field: getattr(self, field) for field in CannedBody.__struct_fields__}
        return CannedBody(**kept)


_ROW = """
    SELECT id, keyword, language, match_rule, response, COALESCE(category, ''), COALESCE(tags, '[]'), priority,
           is_active, usage_count
    FROM chatbot_replies
"""


async def opened(conn: Connection, *, reply_id: int) -> Opened:
    """A canned reply with the number of its last save.

    Args:
        conn: An open connection.
        reply_id: `chatbot_replies.id`.

    Raises:
        UnknownReply: There is none.
    """
    row = await _row(conn, reply_id)
    last = await versions.latest(conn, kind="canned", subject_id=reply_id)
    return Opened(row.id, row.body, last.id if last else 0, row.usage_count)


async def create(conn: Connection, *, body: CannedBody, by: By) -> int:
    """Make a canned reply; its `chatbot_replies.id`.

    Args:
        conn: An open connection. The caller owns the transaction.
        body: What it is.
        by: Who makes it.

    Raises:
        KeywordTaken: Another one has this keyword in this language.
    """
    reply_id = await _insert(conn, body, None)
    await _record(conn, reply_id, "created", body, by)
    return reply_id


async def save(
    conn: Connection, *, reply_id: int, body: CannedBody, version: int, by: By, action: str = "changed"
) -> bool:
    """Change a canned reply; the next message is answered with it. Whether anything changed.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_id: `chatbot_replies.id`.
        body: What it shall be.
        version: The number of its last save when it was opened.
        by: Who changes it.
        action: "changed" or "restored".

    Raises:
        UnknownReply: There is none.
        Stale: Somebody else saved it meanwhile.
        KeywordTaken: Another one has this keyword in this language.
    """
    was = (await _row(conn, reply_id, lock=True)).body
    last = await versions.latest(conn, kind="canned", subject_id=reply_id)
    versions.refuse_stale(last, version)
    if body == was:
        return False
    await versions.keep_what_was(conn, kind="canned", subject_id=reply_id, was=was, last=last)
    try:
        await conn.run(
            "UPDATE chatbot_replies SET keyword = %(keyword)s, language = %(language)s, match_rule = %(match_rule)s,"
            " response = %(response)s, category = NULLIF(%(category)s, ''), tags = %(tags)s, priority = %(priority)s,"
            " is_active = %(is_active)s WHERE id = %(reply_id)s",
            reply_id=reply_id,
            **_columns(body),
        )
    except Duplicate:
        raise KeywordTaken(await _who_has(conn, body)) from None
    await _record(conn, reply_id, action, body, by)
    return True


async def switch(conn: Connection, *, reply_ids: Sequence[int], is_active: bool, by: By) -> tuple[int, ...]:
    """Switch canned replies on or off; which ones were the other way before.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_ids: `chatbot_replies.id` of each.
        is_active: Whether they shall answer.
        by: Who switches.
    """
    rows = await conn.all(
        _Row,
        _ROW + "WHERE id IN %(reply_ids)s AND is_active <> %(is_active)s ORDER BY id FOR UPDATE",
        reply_ids=list(reply_ids),
        is_active=is_active,
    )
    if not rows:
        return ()
    changed = [row.id for row in rows]
    action = "switched_on" if is_active else "switched_off"
    newest = await conn.run(
        "SELECT DISTINCT subject_id FROM reply_versions WHERE kind = 'canned' AND subject_id IN %(ids)s", ids=changed
    )
    has_versions = {int(str(row[0])) for row in newest.rows}
    kept: list[tuple[_Row, str, bool, int | None]] = [
        (row, "created", row.is_active, None) for row in rows if row.id not in has_versions
    ]
    kept += [(row, action, is_active, by.admin_id) for row in rows]
    await conn.batch(
        Statement(
            "UPDATE chatbot_replies SET is_active = %(is_active)s WHERE id IN %(ids)s",
            {"is_active": is_active, "ids": changed},
        ),
        *(
            Statement(
                "INSERT INTO reply_versions (kind, subject_id, action, body, saved_by)"
                " VALUES ('canned', %(id)s, %(action)s, %(body)s, %(admin_id)s)",
                {
                    "id": row.id,
                    "action": done,
                    "body": msgspec.json.encode(msgspec.structs.replace(row.body, is_active=state)).decode(),
                    "admin_id": who,
                },
            )
            for row, done, state, who in kept
        ),
    )
    await audit.record(
        conn,
        action=f"reply.{action}",
        admin_id=by.admin_id,
        subject=f"canned {changed[0]}" if len(changed) == 1 else f"{len(changed)} canned replies",
        details={"ids": changed},
        ip_address=by.ip_address,
    )
    return tuple(changed)


async def delete(conn: Connection, *, reply_id: int, version: int, by: By) -> int:
    """Delete a canned reply; the number of the save that brings it back.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_id: `chatbot_replies.id`.
        version: The number of its last save when it was opened.
        by: Who deletes it.

    Raises:
        UnknownReply: There is none.
        Stale: Somebody else saved it meanwhile.
    """
    was = (await _row(conn, reply_id, lock=True)).body
    last = await versions.latest(conn, kind="canned", subject_id=reply_id)
    versions.refuse_stale(last, version)
    await conn.run("DELETE FROM chatbot_replies WHERE id = %(reply_id)s", reply_id=reply_id)
    return await _record(conn, reply_id, "deleted", was, by)


async def bring_back(conn: Connection, *, version_id: int, by: By) -> int:
    """Undo a deletion; the reply's `chatbot_replies.id`, the same as before.

    Args:
        conn: An open connection. The caller owns the transaction.
        version_id: The number of the save that `delete` answered.
        by: Who wants it back.

    Raises:
        UnknownReply: No such reply was deleted.
        KeywordTaken: Another one, or the same brought back already, has its keyword.
    """
    version = await versions.one(conn, version_id=version_id)
    if version.kind != "canned" or version.action != "deleted":
        raise UnknownReply(str(version_id))
    body = msgspec.json.decode(version.body, type=CannedBody)
    await _insert(conn, body, version.subject_id)
    await _record(conn, version.subject_id, "restored", body, by)
    return version.subject_id


async def categories(conn: Connection) -> list[str]:
    """The merchant's own headings, in order."""
    found = await conn.run(
        "SELECT DISTINCT category FROM chatbot_replies WHERE category > '' ORDER BY category LIMIT 200"
    )
    return [str(row[0]) for row in found.rows]


async def _row(conn: Connection, reply_id: int, *, lock: bool = False) -> _Row:
    row = await conn.one(_Row, _ROW + "WHERE id = %(reply_id)s" + (" FOR UPDATE" if lock else ""), reply_id=reply_id)
    if row is None:
        raise UnknownReply(str(reply_id))
    return row


async def _insert(conn: Connection, body: CannedBody, reply_id: int | None) -> int:
    try:
        made = await conn.run(
            "INSERT INTO chatbot_replies"
            " (id, keyword, language, match_rule, response, category, tags, priority, is_active)"
            " VALUES (%(reply_id)s, %(keyword)s, %(language)s, %(match_rule)s, %(response)s, NULLIF(%(category)s, ''),"
            " %(tags)s, %(priority)s, %(is_active)s)",
            reply_id=reply_id,
            **_columns(body),
        )
    except Duplicate:
        raise KeywordTaken(await _who_has(conn, body)) from None
    return reply_id or made.last_id


async def _who_has(conn: Connection, body: CannedBody) -> int:
    found = await conn.value(
        "SELECT id FROM chatbot_replies WHERE keyword = %(keyword)s AND language = %(language)s",
        keyword=body.keyword,
        language=body.language,
    )
    return int(str(found or 0))


async def _record(conn: Connection, reply_id: int, action: str, body: CannedBody, by: By) -> int:
    version_id = await versions.record(conn, kind="canned", subject_id=reply_id, action=action, body=body, by=by)
    await audit.record(
        conn,
        action=f"reply.{action}",
        admin_id=by.admin_id,
        subject=f"canned {reply_id}",
        details={"version": version_id},
        ip_address=by.ip_address,
    )
    return version_id


def _columns(body: CannedBody) -> dict[str, str | int | bool]:
    return {
        "keyword": body.keyword,
        "language": body.language,
        "match_rule": body.match_rule,
        "response": body.response,
        "category": body.category,
        "tags": msgspec.json.encode(body.tags).decode(),
        "priority": body.priority,
        "is_active": body.is_active,
    }
