"""The audit log as people read it: who changed what, when, and how it was before. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection

_NO_NEWS = ("login_tried", "chat.link_tried")
"""Rows that count attempts, and tell nothing that somebody has done."""


class Deed(msgspec.Struct, frozen=True):
    """Something that somebody did in the console.

    Attributes:
        id: `console_audit.id`.
        at: When.
        admin_id: Who, 0 for the command line or somebody who is gone.
        who: As colleagues call them; empty for the command line.
        action: In the program's own word, such as "reply.changed".
        subject: To what.
        details: JSON: more about it; empty for nothing.
        ip_address: From where; may be empty.
    """

    id: int
    at: datetime
    admin_id: int
    who: str
    action: str
    subject: str
    details: str
    ip_address: str


class Person(msgspec.Struct, frozen=True):
    """Somebody who did something.

    Attributes:
        id: `admin_users.id`.
        name: As colleagues call them.
    """

    id: int
    name: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which deeds are asked for.

    Attributes:
        admin_id: Whose; 0 for everybody's.
        area: The beginning of their action, such as "team"; empty for every one.
        text: What stands in their subject; empty for anything.
        since: Not before.
        until: Before.
    """

    admin_id: int = 0
    area: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def page(
    conn: Connection, *, asked: Asked, limit: int, key: int | None = None, backwards: bool = False
) -> list[Deed]:
    """Deeds, the newest first.

    Args:
        conn: An open connection.
        asked: Which.
        limit: How many at most.
        key: Only those that come after this one, or before it, the nearest first.
        backwards: Whether those before it are wanted.
    """
    where, values = _where(asked)
    if key is not None:
        where.append("l.id > %(key)s" if backwards else "l.id < %(key)s")
        values["key"] = key
    return await conn.all(
        Deed,
        f"""
        SELECT l.id, l.created_at, COALESCE(l.admin_id, 0), COALESCE(NULLIF(a.full_name, ''), a.username, ''),
               l.action, COALESCE(l.subject, ''), COALESCE(l.details, ''), COALESCE(l.ip_address, '')
        FROM console_audit l LEFT JOIN admin_users a ON a.id = l.admin_id
        WHERE {" AND ".join(where)} ORDER BY l.id {"ASC" if backwards else "DESC"} LIMIT %(limit)s
        """,
        **values,
        limit=limit,
    )


async def saved(conn: Connection, *, version_id: int) -> tuple[dict[str, object], dict[str, object]]:
    """What a save wrote and what stood there before it, each part by its name; empty where nothing did.

    Args:
        conn: An open connection.
        version_id: `reply_versions.id`.
    """
    found = await conn.run(
        """
        SELECT v.body, (SELECT b.body FROM reply_versions b
                        WHERE b.kind = v.kind AND b.subject_id = v.subject_id AND b.id < v.id
                        ORDER BY b.id DESC LIMIT 1)
        FROM reply_versions v WHERE v.id = %(version_id)s
        """,
        version_id=version_id,
    )
    after, before = found.rows[0] if found.rows else (None, None)
    read = msgspec.json.Decoder(dict[str, object]).decode
    return read(str(after or "{}")), read(str(before or "{}"))


async def areas(conn: Connection) -> list[str]:
    """What deeds are about: the beginnings of their actions, in order.

    Args:
        conn: An open connection.
    """
    found = await conn.run("SELECT DISTINCT SUBSTRING_INDEX(action, '.', 1) FROM console_audit ORDER BY 1")
    return [str(row[0]) for row in found.rows if str(row[0]) not in _NO_NEWS]


async def people(conn: Connection) -> list[Person]:
    """Everybody who may have done something.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Person, "SELECT id, COALESCE(NULLIF(full_name, ''), username) FROM admin_users ORDER BY username"
    )


def _where(asked: Asked) -> tuple[list[str], dict[str, Bound]]:
    # A login by a code is noted twice: where it came from, and so that the wrong codes before it count no more.
    where: list[str] = ["l.action NOT IN %(no_news)s", "COALESCE(l.ip_address, '') NOT LIKE 'code %%'"]
    no_news: Sequence[str] = list(_NO_NEWS)
    values: dict[str, Bound] = {"no_news": no_news}
    if asked.admin_id:
        where.append("l.admin_id = %(admin_id)s")
        values["admin_id"] = asked.admin_id
    if asked.area:
        where.append("(l.action = %(area)s OR l.action LIKE %(begins)s)")
        values |= {"area": asked.area, "begins": asked.area.replace("%", "").replace("_", "\\_") + ".%"}
    if asked.text:
        where.append("INSTR(l.subject, %(text)s)")
        values["text"] = asked.text
    if asked.since is not None:
        where.append("l.created_at >= %(since)s")
        values["since"] = asked.since
    if asked.until is not None:
        where.append("l.created_at < %(until)s")
        values["until"] = asked.until
    return where, values
