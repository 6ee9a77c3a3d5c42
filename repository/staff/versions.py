"""Every save of what merchants edit: who, when, what; and saving so that nobody overwrites anybody."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from bot.base import clock
from repository.database.connection import Connection, Statement
from repository.database.errors import NotFound
from repository.staff import audit
from repository.staff.by import By
from repository.staff.saves import VERSION, SavedMeanwhile, Version, one

__all__ = ["Noun", "SavedMeanwhile", "Version", "one"]

Body = TypeVar("Body", bound=msgspec.Struct)


class Noun(Generic[Body]):
    """A sort of thing of which every save is kept.

    Whoever saves reads the row first, with a lock, and hands over what it was. The save is refused where somebody else
    came first, kept for the history, and written into the audit log.

    Args:
        kind: `reply_versions.kind`.
        body: What merchants decide of it: a frozen struct, read again for as long as there are saves of it.
        audited: How the audit log calls it: "reply" makes "reply.changed".
        called: What the audit log says it was done to, from its id and body.
        many: What it says of several, after their number.
    """

    def __init__(
        self, kind: str, body: type[Body], *, audited: str, called: Callable[[int, Body], str], many: str
    ) -> None:
        self.kind = kind
        self.body = body
        self._audited = audited
        self._called = called
        self._many = many

    def read(self, version: Version) -> Body | None:
        """It as it was saved; None where that can no longer be read.

        Args:
            version: The save.
        """
        try:
            return msgspec.json.decode(version.body, type=self.body) if version.kind == self.kind else None
        except msgspec.MsgspecError:
            return None  # the save of another release

    async def latest(self, conn: Connection, subject_id: int) -> Version | None:
        """The last save; None where there was none.

        Args:
            conn: An open connection.
            subject_id: Of which.
        """
        last = await self.history(conn, subject_id, limit=1)
        return last[0] if last else None

    async def history(self, conn: Connection, subject_id: int, *, limit: int, before: int = 0) -> list[Version]:
        """The saves, newest first.

        Args:
            conn: An open connection.
            subject_id: Of which.
            limit: How many at most.
            before: Only those before this number; 0 begins with the newest.
        """
        return await conn.all(
            Version,
            VERSION
            + "WHERE v.kind = %(kind)s AND v.subject_id = %(subject_id)s AND (%(before)s = 0 OR v.id < %(before)s)"
            " ORDER BY v.id DESC LIMIT %(limit)s",
            kind=self.kind,
            subject_id=subject_id,
            before=before,
            limit=limit,
        )

    async def saved_by(self, conn: Connection, *, admin_id: int) -> frozenset[int]:
        """The id of every one that somebody has saved at some time.

        Args:
            conn: An open connection.
            admin_id: Who.
        """
        saves = "SELECT DISTINCT subject_id FROM reply_versions WHERE kind = %(kind)s AND saved_by = %(admin_id)s"
        result = await conn.run(saves, kind=self.kind, admin_id=admin_id)
        return frozenset(int(str(row[0])) for row in result.rows)

    async def deleted(self, conn: Connection, version_id: int) -> tuple[int, Body]:
        """What was deleted with a save: its id, and what it was.

        Args:
            conn: An open connection.
            version_id: The number of that save.

        Raises:
            NotFound: Nothing of this sort was.
        """
        version = await one(conn, version_id=version_id)
        body = self.read(version)
        if version.action != "deleted" or body is None:
            raise NotFound(str(version_id))
        return version.subject_id, body

    async def record(self, conn: Connection, subject_id: int, action: str, body: Body, by: By) -> int:
        """Keep a save that is no change of what was there; its number.

        Args:
            conn: An open connection, inside the transaction of the save.
            subject_id: Of which.
            action: What was done.
            body: It as it is now, or was before it was deleted.
            by: Who.
        """
        made = await conn.batch(self._save(subject_id, action, body, by.admin_id))
        await self._audit(conn, action, self._called(subject_id, body), by, version=made[0].last_id)
        return made[0].last_id

    async def change(
        self,
        conn: Connection,
        subject_id: int,
        *,
        was: Body,
        body: Body,
        version: int,
        by: By,
        action: str,
        write: Callable[[], Awaitable[object]],
    ) -> bool:
        """Change it. Whether anything changed.

        Args:
            conn: An open connection. The caller owns the transaction and has locked the row.
            subject_id: Which.
            was: What it is.
            body: What it shall be.
            version: The number of its last save when it was opened, 0 where there was none.
            by: Who.
            action: "changed", "restored", "switched_on" or "switched_off".
            write: Writes the row.

        Raises:
            SavedMeanwhile: Somebody else came first.
        """
        last = await self._fresh(conn, subject_id, version)
        if body == was:
            return False
        last = await self._in_force(conn, subject_id, last)
        if (last and self.read(last)) != was:  # changed by a demo, an import, a person at a SQL prompt
            await conn.batch(self._save(subject_id, "changed" if last else "created", was, None))
        await write()
        await self.record(conn, subject_id, action, body, by)
        return True

    async def delete(
        self,
        conn: Connection,
        subject_id: int,
        *,
        was: Body,
        version: int,
        by: By,
        write: Callable[[], Awaitable[object]],
    ) -> int:
        """Delete it; the number of the save that brings it back.

        Args:
            conn: An open connection. The caller owns the transaction and has locked the row.
            subject_id: Which.
            was: What it is.
            version: The number of its last save when it was opened, 0 where there was none.
            by: Who.
            write: Deletes the row.

        Raises:
            SavedMeanwhile: Somebody else came first.
        """
        await self._fresh(conn, subject_id, version)
        await write()
        return await self.record(conn, subject_id, "deleted", was, by)

    async def change_all(
        self, conn: Connection, changes: Sequence[tuple[int, Body, Body]], *, by: By, action: str, write: Statement
    ) -> None:
        """Change several at once, whoever saved them last.

        Args:
            conn: An open connection. The caller owns the transaction and has locked the rows.
            changes: Of each its id, what it is and what it shall be; one at least.
            by: Who.
            action: "switched_on", "switched_off" or "changed".
            write: Writes all rows.
        """
        ids = [subject_id for subject_id, _, _ in changes]
        saved = await conn.run(
            "SELECT DISTINCT subject_id FROM reply_versions WHERE kind = %(kind)s AND subject_id IN %(ids)s",
            kind=self.kind,
            ids=ids,
        )
        has_saves = {int(str(row[0])) for row in saved.rows}
        firsts = [self._save(one, "created", was, None) for one, was, _ in changes if one not in has_saves]
        await conn.batch(write, *firsts, *(self._save(one, action, body, by.admin_id) for one, _, body in changes))
        alone = self._called(ids[0], changes[0][2])
        called = alone if len(ids) == 1 else f"{len(ids)} {self._many}"
        await self._audit(conn, action, called, by, ids=ids)

    async def _in_force(
        self,
        conn: Connection,  # noqa: ARG002  (what kinds may ask)
        subject_id: int,  # noqa: ARG002
        last: Version | None,
    ) -> Version | None:
        """The save by which it is what it is."""
        return last

    async def _last(self, conn: Connection, subject_id: int, where: str) -> Version | None:
        """The last save that is of some kind."""
        return await conn.one(
            Version,
            VERSION
            + f"WHERE v.kind = %(kind)s AND v.subject_id = %(subject_id)s AND {where} ORDER BY v.id DESC LIMIT 1",
            kind=self.kind,
            subject_id=subject_id,
        )

    async def _fresh(self, conn: Connection, subject_id: int, opened: int) -> Version | None:
        """The last save, which must be the one at which the form was opened."""
        last = await self.latest(conn, subject_id)
        if last is not None and last.id != opened:
            raise SavedMeanwhile(last)
        return last

    def _save(self, subject_id: int, action: str, body: Body, admin_id: int | None) -> Statement:
        return Statement(
            "INSERT INTO reply_versions (kind, subject_id, action, body, saved_by, saved_at)"
            " VALUES (%(kind)s, %(subject_id)s, %(action)s, %(body)s, %(admin_id)s, %(now)s)",
            {
                "kind": self.kind,
                "subject_id": subject_id,
                "action": action,
                "body": msgspec.json.encode(body).decode(),
                "admin_id": admin_id,
                "now": clock.now(),
            },
        )

    async def _audit(self, conn: Connection, action: str, subject: str, by: By, **details: object) -> None:
        await audit.record(
            conn,
            action=f"{self._audited}.{action}",
            admin_id=by.admin_id,
            subject=subject,
            details=details,
            ip_address=by.ip_address,
        )
