"""Canned replies as merchants change them; `repository.canned` is how the bot reads them."""

from collections.abc import Sequence

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.errors import Duplicate, NotFound, Taken
from repository.database.scalars import number
from repository.staff.by import By
from repository.staff.drafts import DraftedNoun
from repository.wording.canned_rows import ROW, CannedBody, OpenedCanned, ReplyRow, columns, in_order, write_phrases

CANNED = DraftedNoun(
    "canned", CannedBody, audited="reply", called=lambda reply_id, _: f"canned {reply_id}", many="canned replies"
)


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


async def every(conn: Connection) -> list[OpenedCanned]:
    """Every canned reply with the number of its last save, the oldest first.

    Args:
        conn: An open connection.
    """
    rows = await conn.all(ReplyRow, ROW + "WHERE id > %(none)s ORDER BY id", none=0)
    saves = await conn.run(
        "SELECT subject_id, MAX(id) FROM reply_versions WHERE kind = %(kind)s GROUP BY subject_id", kind=CANNED.kind
    )
    last = {number(subject_id): number(version) for subject_id, version in saves.rows}
    return [OpenedCanned(row.id, row.body, last.get(row.id, 0), row.usage_count) for row in rows]


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
    conn: Connection,
    *,
    reply_id: int,
    body: CannedBody,
    version: int,
    by: By,
    action: str = "changed",
    keeps_draft: bool = True,
) -> bool:
    """Change a canned reply; the next message is answered with it. Whether anything changed.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_id: `chatbot_replies.id`.
        body: What it shall be.
        version: The number of its last save when it was opened.
        by: Who changes it.
        action: "changed" or "restored".
        keeps_draft: Whether a draft stays one, with what changed beside it; else this is what it has become.

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
                " active_from = %(active_from)s, active_until = %(active_until)s, attached = %(attached)s"
                " WHERE id = %(reply_id)s",
                reply_id=reply_id,
                **await columns(conn, body),
            )
            if body.phrases != was.phrases:
                await write_phrases(conn, reply_id, body)
        except Duplicate:
            raise Taken("keyword", await _who_has(conn, body)) from None

    draft = await CANNED.draft(conn, reply_id) if keeps_draft else None
    changed = await CANNED.change(
        conn, reply_id, was=was, body=body, version=version, by=by, action=action, write=write
    )
    if changed and draft:
        await CANNED.keep_draft(conn, reply_id, draft=draft, was=was, body=body, by=by)
    return changed


async def draft(conn: Connection, *, reply_id: int, body: CannedBody, version: int, by: By) -> tuple[int, bool]:
    """Keep what a canned reply shall be later; shoppers go on to hear what is in force.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_id: `chatbot_replies.id`; 0 makes one that is off until it is published.
        body: What it shall be.
        version: The number of its last save when it was opened.
        by: Who drafts it.

    Returns:
        Its id, and whether anything changed.

    Raises:
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
        Taken: Another one has this keyword in this language.
        Unfit: A product or a reply that is named is not there.
    """
    body = in_order(body)
    if not reply_id:
        reply_id = await create(conn, body=msgspec.structs.replace(body, is_active=False), by=by)
        await CANNED.record(conn, reply_id, "drafted", body, by)
        return reply_id, True
    was = (await _row(conn, reply_id, lock=True)).body
    if await _who_has(conn, body) not in (0, reply_id):
        raise Taken("keyword", await _who_has(conn, body))
    await columns(conn, body)
    return reply_id, await CANNED.save_draft(conn, reply_id, was=was, body=body, version=version, by=by)


async def discard(conn: Connection, *, reply_id: int, version: int, by: By) -> bool:
    """Throw the draft of a canned reply away. Whether there was one.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_id: `chatbot_replies.id`.
        version: The number of its last save when it was opened.
        by: Who.

    Raises:
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
    """
    was = (await _row(conn, reply_id, lock=True)).body
    return await CANNED.discard(conn, reply_id, was=was, version=version, by=by)


async def switch(conn: Connection, *, reply_ids: Sequence[int], is_active: bool, by: By) -> tuple[int, ...]:
    """Switch canned replies on or off; which ones were the other way before.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_ids: `chatbot_replies.id` of each.
        is_active: Whether they shall answer.
        by: Who switches.
    """
    rows = await conn.all(
        ReplyRow,
        ROW + "WHERE id IN %(reply_ids)s AND is_active <> %(is_active)s ORDER BY id FOR UPDATE",
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


async def _row(conn: Connection, reply_id: int, *, lock: bool = False) -> ReplyRow:
    row = await conn.one(ReplyRow, ROW + "WHERE id = %(reply_id)s" + (" FOR UPDATE" if lock else ""), reply_id=reply_id)
    if row is None:
        raise NotFound(str(reply_id))
    return row


async def _insert(conn: Connection, body: CannedBody, reply_id: int | None) -> int:
    try:
        made = await conn.run(
            "INSERT INTO chatbot_replies"
            " (id, keyword, language, match_rule, response, category, tags, priority, is_active, active_from,"
            " active_until, attached)"
            " VALUES (%(reply_id)s, %(keyword)s, %(language)s, %(match_rule)s, %(response)s, NULLIF(%(category)s, ''),"
            " %(tags)s, %(priority)s, %(is_active)s, %(active_from)s, %(active_until)s,"
            " %(attached)s)",
            reply_id=reply_id,
            **await columns(conn, body),
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
    return number(holder or 0)
