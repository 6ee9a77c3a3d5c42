"""Every save of a canned reply or of the bot's own words: who, when, what."""

from datetime import datetime

import msgspec

from bot.base import clock
from repository.database.connection import Connection
from repository.database.errors import ShopError
from repository.staff.by import By

KINDS = ("canned", "words")


class Stale(ShopError):
    """Somebody else saved it since it was opened.

    Attributes:
        version: What they saved.
    """

    def __init__(self, version: "Version") -> None:
        super().__init__(f"version {version.id}")
        self.version = version


class UnknownReply(ShopError):
    """There is no such reply, or it was deleted."""


class Version(msgspec.Struct, frozen=True):
    """A save.

    Attributes:
        id: `reply_versions.id`.
        kind: "canned" or "words".
        subject_id: Of what.
        action: "created", "changed", "restored", "switched_on", "switched_off" or "deleted".
        body: JSON of the whole reply as it was saved.
        saved_by: Whose save it was, as colleagues call them; empty where it came from elsewhere.
        admin_id: Whose; None where it came from elsewhere.
        saved_at: When.
    """

    id: int
    kind: str
    subject_id: int
    action: str
    body: str
    saved_by: str
    admin_id: int | None
    saved_at: datetime


_VERSION = """
    SELECT v.id, v.kind, v.subject_id, v.action, v.body, COALESCE(NULLIF(a.full_name, ''), a.username, ''), v.saved_by,
           v.saved_at
    FROM reply_versions v LEFT JOIN admin_users a ON a.id = v.saved_by
"""


async def record(conn: Connection, *, kind: str, subject_id: int, action: str, body: msgspec.Struct, by: By) -> int:
    """Keep a save; its number.

    Args:
        conn: An open connection, inside the transaction of the save.
        kind: "canned" or "words".
        subject_id: Of what.
        action: What was done.
        body: The whole reply as it is now, or was before it was deleted.
        by: Who.
    """
    made = await conn.run(
        "INSERT INTO reply_versions (kind, subject_id, action, body, saved_by, saved_at)"
        " VALUES (%(kind)s, %(subject_id)s, %(action)s, %(body)s, %(admin_id)s, %(now)s)",
        kind=kind,
        subject_id=subject_id,
        action=action,
        body=msgspec.json.encode(body).decode(),
        admin_id=by.admin_id,
        now=clock.now(),
    )
    return made.last_id


async def latest(conn: Connection, *, kind: str, subject_id: int) -> Version | None:
    """The last save; None where there was none.

    Args:
        conn: An open connection.
        kind: "canned" or "words".
        subject_id: Of what.
    """
    found = await history(conn, kind=kind, subject_id=subject_id, limit=1)
    return found[0] if found else None


async def history(conn: Connection, *, kind: str, subject_id: int, limit: int, before: int = 0) -> list[Version]:
    """The saves, newest first.

    Args:
        conn: An open connection.
        kind: "canned" or "words".
        subject_id: Of what.
        limit: How many at most.
        before: Only those before this number; 0 begins with the newest.
    """
    return await conn.all(
        Version,
        _VERSION + "WHERE v.kind = %(kind)s AND v.subject_id = %(subject_id)s AND (%(before)s = 0 OR v.id < %(before)s)"
        " ORDER BY v.id DESC LIMIT %(limit)s",
        kind=kind,
        subject_id=subject_id,
        before=before,
        limit=limit,
    )


async def one(conn: Connection, *, version_id: int) -> Version:
    """A save by its number.

    Args:
        conn: An open connection.
        version_id: `reply_versions.id`.

    Raises:
        UnknownReply: There is none.
    """
    found = await conn.one(Version, _VERSION + "WHERE v.id = %(version_id)s", version_id=version_id)
    if found is None:
        raise UnknownReply(str(version_id))
    return found


async def keep_what_was(
    conn: Connection, *, kind: str, subject_id: int, was: msgspec.Struct, last: Version | None
) -> None:
    """Keep what stands there before it is changed, where no save of the console says so: a demo, an import, a person
    at a SQL prompt.

    Args:
        conn: An open connection, inside the transaction of the change.
        kind: "canned" or "words".
        subject_id: Of what.
        was: The whole reply as it stands.
        last: The last save.
    """
    try:
        kept = last and msgspec.json.decode(last.body, type=type(was))
    except msgspec.MsgspecError:
        kept = None  # the save of another release
    if kept != was:
        action = "created" if last is None else "changed"
        await record(conn, kind=kind, subject_id=subject_id, action=action, body=was, by=By())


def refuse_stale(last: Version | None, opened: int) -> None:
    """Refuse to save over what somebody else has saved meanwhile.

    Args:
        last: The last save.
        opened: The number of the last save when the form was opened, 0 where there was none.

    Raises:
        Stale: They differ.
    """
    if last is not None and last.id != opened:
        raise Stale(last)
