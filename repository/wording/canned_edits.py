"""Canned replies as merchants change them; `repository.canned` is how the bot reads them."""

from collections.abc import Sequence

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.errors import Duplicate, NotFound, Taken
from repository.staff.by import By
from repository.staff.versions import Noun
from repository.wording.canned_rows import CannedBody, columns, in_order, write_phrases

CANNED = Noun(
    "canned", CannedBody, audited="reply", called=lambda reply_id, _: f"canned {reply_id}", many="canned replies"
)


class OpenedCanned(msgspec.Struct, frozen=True):
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
    phrases: str
    language: str
    match_rule: str
    response: str
    category: str
    tags: tuple[str, ...]
    priority: int
    hours: str
    is_active: bool
    usage_count: int

    @property
    def body(self) -> CannedBody:
        kept = {field: getattr(self, field) for field in CannedBody.__struct_fields__}
        return CannedBody(**kept)


_ROW = """
    SELECT id, keyword,
           COALESCE((SELECT GROUP_CONCAT(phrase ORDER BY position SEPARATOR '\n') FROM chatbot_reply_phrases
                     WHERE reply_id = id), ''),
           language, match_rule, response, COALESCE(category, ''), COALESCE(tags, '[]'), priority,
           COALESCE(CONCAT(TIME_FORMAT(active_from, '%%H:%%i'), '-', TIME_FORMAT(active_until, '%%H:%%i')), ''),
           is_active, usage_count
    FROM chatbot_replies
"""


async def opened(conn: Connection, *, reply_id: int) -> OpenedCanned:
    """A canned reply with the number of its last save.

    Args:
        conn: An open connection.
        reply_id: `chatbot_replies.id`.

    Raises:
        NotFound: There is none.
    """
    row = await _row(conn, reply_id)
    last = await CANNED.latest(conn, reply_id)
    return OpenedCanned(row.id, row.body, last.id if last else 0, row.usage_count)


async def create(conn: Connection, *, body: CannedBody, by: By) -> int:
    """Make a canned reply; its `chatbot_replies.id`.

    Args:
        conn: An open connection. The caller owns the transaction.
        body: What it is.
        by: Who makes it.

    Raises:
        Taken: Another one has this keyword in this language.
    """
    body = in_order(body)
    reply_id = await _insert(conn, body, None)
    await CANNED.record(conn, reply_id, "created", body, by)
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
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
        Taken: Another one has this keyword in this language.
    """
    was, body = (await _row(conn, reply_id, lock=True)).body, in_order(body)

    async def write() -> None:
        try:
            await conn.run(
                "UPDATE chatbot_replies SET keyword = %(keyword)s, language = %(language)s,"
                " match_rule = %(match_rule)s, response = %(response)s, category = NULLIF(%(category)s, ''),"
                " tags = %(tags)s, priority = %(priority)s, is_active = %(is_active)s,"
                " active_from = %(active_from)s, active_until = %(active_until)s WHERE id = %(reply_id)s",
                reply_id=reply_id,
                **columns(body),
            )
            if body.phrases != was.phrases:
                await write_phrases(conn, reply_id, body)
        except Duplicate:
            raise Taken("keyword", await _who_has(conn, body)) from None

    return await CANNED.change(conn, reply_id, was=was, body=body, version=version, by=by, action=action, write=write)


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
    await CANNED.change_all(
        conn,
        [(row.id, row.body, msgspec.structs.replace(row.body, is_active=is_active)) for row in rows],
        by=by,
        action="switched_on" if is_active else "switched_off",
        write=Statement(
            "UPDATE chatbot_replies SET is_active = %(is_active)s WHERE id IN %(ids)s",
            {"is_active": is_active, "ids": changed},
        ),
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
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
    """
    was = (await _row(conn, reply_id, lock=True)).body

    async def write() -> None:
        await conn.run("DELETE FROM chatbot_replies WHERE id = %(reply_id)s", reply_id=reply_id)

    return await CANNED.delete(conn, reply_id, was=was, version=version, by=by, write=write)


async def bring_back(conn: Connection, *, version_id: int, by: By) -> int:
    """Undo a deletion; the reply's `chatbot_replies.id`, the same as before.

    Args:
        conn: An open connection. The caller owns the transaction.
        version_id: The number of the save that `delete` answered.
        by: Who wants it back.

    Raises:
        NotFound: No such reply was deleted.
        Taken: Another one, or the same brought back already, has its keyword.
    """
    reply_id, body = await CANNED.deleted(conn, version_id)
    await _insert(conn, body, reply_id)
    await CANNED.record(conn, reply_id, "restored", body, by)
    return reply_id


async def categories(conn: Connection) -> list[str]:
    """The merchant's own headings, in order."""
    result = await conn.run(
        "SELECT DISTINCT category FROM chatbot_replies WHERE category > '' ORDER BY category LIMIT 200"
    )
    return [str(row[0]) for row in result.rows]


async def _row(conn: Connection, reply_id: int, *, lock: bool = False) -> _Row:
    row = await conn.one(_Row, _ROW + "WHERE id = %(reply_id)s" + (" FOR UPDATE" if lock else ""), reply_id=reply_id)
    if row is None:
        raise NotFound(str(reply_id))
    return row


async def _insert(conn: Connection, body: CannedBody, reply_id: int | None) -> int:
    try:
        made = await conn.run(
            "INSERT INTO chatbot_replies"
            " (id, keyword, language, match_rule, response, category, tags, priority, is_active, active_from,"
            " active_until)"
            " VALUES (%(reply_id)s, %(keyword)s, %(language)s, %(match_rule)s, %(response)s, NULLIF(%(category)s, ''),"
            " %(tags)s, %(priority)s, %(is_active)s, %(active_from)s, %(active_until)s)",
            reply_id=reply_id,
            **columns(body),
        )
    except Duplicate:
        raise Taken("keyword", await _who_has(conn, body)) from None
    reply_id = reply_id or made.last_id
    await write_phrases(conn, reply_id, body)
    return reply_id


async def _who_has(conn: Connection, body: CannedBody) -> int:
    holder = await conn.value(
        "SELECT id FROM chatbot_replies WHERE keyword = %(keyword)s AND language = %(language)s",
        keyword=body.keyword,
        language=body.language,
    )
    return int(str(holder or 0))
