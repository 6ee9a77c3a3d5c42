"""What is written of something before it is in force: a draft is its last save, until another one is published or it is
thrown away.
"""

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from repository.database.connection import Connection
from repository.staff.by import By
from repository.staff.versions import Body, Noun, Version


class DraftedNoun(Noun[Body]):
    """A sort of thing that can be drafted and published; see `Noun`."""

    async def draft(self, conn: Connection, subject_id: int) -> Body | None:
        """What was written of it and is not in force yet; None where nothing is. Switching it on or off leaves it.

        Args:
            conn: An open connection.
            subject_id: Of which.
        """
        last = await self._last(conn, subject_id, "v.action NOT IN ('switched_on', 'switched_off')")
        return self.read(last) if last and last.action == "drafted" else None

    async def save_draft(
        self, conn: Connection, subject_id: int, *, was: Body, body: Body, version: int, by: By
    ) -> bool:
        """Keep what shall be in force later. Whether anything changed.

        Args:
            conn: An open connection. The caller owns the transaction and has locked the row.
            subject_id: Of which.
            was: What is in force.
            body: The draft.
            version: The number of its last save when it was opened, 0 where there was none.
            by: Who.

        Raises:
            SavedMeanwhile: Somebody else came first.
        """
        last = await self._fresh(conn, subject_id, version)
        if body == (await self.draft(conn, subject_id) or was):
            return False
        if last is None:
            await conn.batch(self._save(subject_id, "created", was, None))
        await self.record(conn, subject_id, "drafted", body, by)
        return True

    async def keep_draft(
        self, conn: Connection, subject_id: int, *, draft: Body, was: Body, body: Body, by: By
    ) -> None:
        """Let a draft stay one after something else changed what is in force: what it leaves as it was changes with it.

        Args:
            conn: An open connection, inside the transaction of the save.
            subject_id: Of which.
            draft: The draft.
            was: What was in force.
            body: What is in force now.
            by: Who changed it.
        """
        drafted = {
            field: getattr(draft, field)
            for field in draft.__struct_fields__
            if getattr(draft, field) != getattr(was, field)
        }
        kept = replace(body, **drafted)
        if kept != body:
            await self.record(conn, subject_id, "drafted", kept, by)

    async def discard(self, conn: Connection, subject_id: int, *, was: Body, version: int, by: By) -> bool:
        """Throw a draft away; the history keeps it. Whether there was one.

        Args:
            conn: An open connection. The caller owns the transaction and has locked the row.
            subject_id: Of which.
            was: What is in force.
            version: The number of its last save when it was opened.
            by: Who.

        Raises:
            SavedMeanwhile: Somebody else came first.
        """
        await self._fresh(conn, subject_id, version)
        if await self.draft(conn, subject_id) is None:
            return False
        await self.record(conn, subject_id, "discarded", was, by)
        return True

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
        """See `Noun`; publishing what is in force already ends a draft."""
        if body == was:
            return await self.discard(conn, subject_id, was=was, version=version, by=by)
        return await super().change(
            conn, subject_id, was=was, body=body, version=version, by=by, action=action, write=write
        )

    async def _in_force(self, conn: Connection, subject_id: int, last: Version | None) -> Version | None:
        is_draft = last is not None and last.action == "drafted"
        return await self._last(conn, subject_id, "v.action <> 'drafted'") if is_draft else last
