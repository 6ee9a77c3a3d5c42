"""Lists that merchants keep in a table of their own, such as couriers: made, changed, switched, deleted, brought back;
every save kept, and in force at the next look of every process."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Generic, cast

import msgspec

from repository.database.binding import Bound
from repository.database.connection import Connection, Statement
from repository.database.errors import Duplicate, NotFound, Taken
from repository.settings.row import ListedRow, OpenedRow
from repository.settings.store import changed
from repository.staff.by import By
from repository.staff.versions import Body, Noun

_LISTED_MOST = 500
_NEVER_EMPTY: Mapping[str, str] = MappingProxyType({})


class Rows(Generic[Body]):
    """The rows of a table, whose columns are the fields of a noun's body; `display_order` and `is_active` among them.

    Args:
        noun: How its saves are kept.
        table: The table.
        unique: The field that only one of them can have; empty where there is none.
        order: How they stand in their list.
        empty: Of each column that may be NULL, what it is in the body then, as SQL: `{"icon_emoji": "''"}`.
    """

    def __init__(
        self,
        noun: Noun[Body],
        table: str,
        *,
        unique: str = "",
        order: str = "display_order, id",
        empty: Mapping[str, str] = _NEVER_EMPTY,
    ) -> None:
        self.noun = noun
        self._table = table
        self._unique = unique
        self._order = order
        self._columns: tuple[str, ...] = noun.body.__struct_fields__
        self._marks = {
            name: f"NULLIF(%({name})s, {empty[name]})" if name in empty else f"%({name})s" for name in self._columns
        }
        self._read = ", ".join(f"COALESCE({name}, {empty[name]})" if name in empty else name for name in self._columns)
        self._row = msgspec.defstruct(
            "Row",
            [("id", int), *((one.name, one.type) for one in msgspec.structs.fields(noun.body))],
            frozen=True,
        )

    async def opened(self, conn: Connection, subject_id: int) -> OpenedRow[Body]:
        """One with the number of its last save.

        Args:
            conn: An open connection.
            subject_id: Which.

        Raises:
            NotFound: There is none.
        """
        body = await self._there(conn, subject_id)
        last = await self.noun.latest(conn, subject_id)
        return OpenedRow(subject_id, body, last.id if last else 0)

    async def listed(self, conn: Connection) -> list[ListedRow[Body]]:
        """All of them in the merchant's order; there are few.

        Args:
            conn: An open connection.
        """
        rows = await conn.all(
            self._row,
            f"SELECT id, {self._read} FROM {self._table} ORDER BY {self._order} LIMIT {_LISTED_MOST}",
        )
        saves = await conn.run(
            "SELECT v.subject_id, v.saved_at, COALESCE(NULLIF(a.full_name, ''), a.username, '')"
            " FROM reply_versions v LEFT JOIN admin_users a ON a.id = v.saved_by"
            " WHERE v.id IN (SELECT MAX(id) FROM reply_versions WHERE kind = %(kind)s GROUP BY subject_id)",
            kind=self.noun.kind,
        )
        known = {int(str(row[0])): conn.read(_Save, row) for row in saves.rows}
        nobody = _Save(0, None, "")
        listed = []
        for row in rows:
            save = known.get(self._id(row), nobody)
            listed.append(ListedRow(self._id(row), self._body(row), save.saved_at, save.saved_by))
        return listed

    async def counts(self, conn: Connection) -> tuple[int, int]:
        """How many are on, and how many there are.

        Args:
            conn: An open connection.
        """
        counted = await conn.run(f"SELECT COALESCE(SUM(is_active), 0), COUNT(*) FROM {self._table}")
        on, all_of_them = counted.rows[0]
        return int(str(on)), int(str(all_of_them))

    async def create(self, conn: Connection, *, body: Body, by: By) -> int:
        """Make one; its id.

        Args:
            conn: An open connection. The caller owns the transaction.
            body: What it is.
            by: Who makes it.

        Raises:
            Taken: Another one has what only one can have.
        """
        made = await self._insert(conn, body, None)
        await self.noun.record(conn, made, "created", body, by)
        return made

    async def save(
        self, conn: Connection, *, subject_id: int, body: Body, version: int, by: By, action: str = "changed"
    ) -> bool:
        """Change one. Whether anything changed.

        Args:
            conn: An open connection. The caller owns the transaction.
            subject_id: Which.
            body: What it shall be.
            version: The number of its last save when it was opened.
            by: Who changes it.
            action: "changed", "restored", "switched_on" or "switched_off".

        Raises:
            NotFound: There is none.
            SavedMeanwhile: Somebody else saved it meanwhile.
            Taken: Another one has what only one can have.
            MustStay: It is the last one that the shop cannot do without.
        """
        was = await self._there(conn, subject_id, lock=True)

        async def write() -> None:
            marks = ", ".join(f"{name} = {mark}" for name, mark in self._marks.items())
            try:
                await conn.run(f"UPDATE {self._table} SET {marks} WHERE id = %(id)s", id=subject_id, **_bound(body))
            except Duplicate:
                raise Taken(self._unique, await self._holder(conn, body)) from None
            await self.write_beside(conn, subject_id, body)
            await self._written(conn)

        return await self.noun.change(
            conn, subject_id, was=was, body=body, version=version, by=by, action=action, write=write
        )

    async def switch(self, conn: Connection, *, ids: Sequence[int], is_active: bool, by: By) -> tuple[int, ...]:
        """Switch some on or off; which ones were the other way before.

        Args:
            conn: An open connection. The caller owns the transaction.
            ids: Which.
            is_active: Whether they shall be on.
            by: Who switches.

        Raises:
            MustStay: The last one that the shop cannot do without would be off.
        """
        await self._lock(conn)
        rows = await conn.all(
            self._row,
            f"SELECT id, {self._read} FROM {self._table}"
            " WHERE id IN %(ids)s AND is_active <> %(is_active)s ORDER BY id FOR UPDATE",
            ids=[*ids, 0],
            is_active=is_active,
        )
        if not rows:
            return ()
        bodies = [(self._id(row), self._body(row)) for row in rows]
        switched = tuple(one for one, _ in bodies)
        await self.noun.change_all(
            conn,
            [(one, was, msgspec.structs.replace(was, is_active=is_active)) for one, was in bodies],
            by=by,
            action="switched_on" if is_active else "switched_off",
            write=Statement(
                f"UPDATE {self._table} SET is_active = %(is_active)s WHERE id IN %(ids)s",
                {"is_active": is_active, "ids": list(switched)},
            ),
        )
        await self._written(conn)
        return switched

    async def delete(self, conn: Connection, *, subject_id: int, version: int, by: By) -> int:
        """Delete one; the number of the save that brings it back.

        Args:
            conn: An open connection. The caller owns the transaction.
            subject_id: Which.
            version: The number of its last save when it was opened.
            by: Who deletes it.

        Raises:
            NotFound: There is none.
            SavedMeanwhile: Somebody else saved it meanwhile.
            MustStay: It is the last one that the shop cannot do without.
        """
        was = await self._there(conn, subject_id, lock=True)

        async def write() -> None:
            await conn.run(f"DELETE FROM {self._table} WHERE id = %(id)s", id=subject_id)
            await self._written(conn)

        return await self.noun.delete(conn, subject_id, was=was, version=version, by=by, write=write)

    async def bring_back(self, conn: Connection, *, version_id: int, by: By) -> int:
        """Undo a deletion; its id, the same as before.

        Args:
            conn: An open connection. The caller owns the transaction.
            version_id: The number of the save that `delete` answered.
            by: Who wants it back.

        Raises:
            NotFound: No such thing was deleted, or it is back already.
            Taken: Another one has what only one can have.
        """
        subject_id, body = await self.noun.deleted(conn, version_id)
        await self._lock(conn)
        if await conn.value(f"SELECT id FROM {self._table} WHERE id = %(id)s", id=subject_id) is not None:
            raise NotFound(str(version_id))
        await self._insert(conn, body, subject_id)
        await self.noun.record(conn, subject_id, "restored", body, by)
        return subject_id

    async def check(self, conn: Connection) -> None:
        """Look at the rows once they are written; a list that the shop cannot do without refuses here.

        Args:
            conn: The connection of the save.

        Raises:
            MustStay: The last one would be gone or off.
        """

    async def write_beside(self, conn: Connection, subject_id: int, body: Body) -> None:
        """Write what a row, that was just written, has in other tables."""

    async def _written(self, conn: Connection) -> None:
        await self.check(conn)
        await conn.batch(changed())

    async def _lock(self, conn: Connection) -> None:
        """Let nobody else save settings until the transaction ends: what is checked of all rows has to stay true."""
        await conn.run("SELECT id FROM shop_versions WHERE id = 1 FOR UPDATE")

    async def _there(self, conn: Connection, subject_id: int, *, lock: bool = False) -> Body:
        if lock:
            await self._lock(conn)
        row = await conn.one(self._row, f"SELECT id, {self._read} FROM {self._table} WHERE id = %(id)s", id=subject_id)
        if row is None:
            raise NotFound(str(subject_id))
        return self._body(row)

    async def _insert(self, conn: Connection, body: Body, subject_id: int | None) -> int:
        names = ("id", *self._marks)
        marks = ", ".join(("%(id)s", *self._marks.values()))
        try:
            made = await conn.run(
                f"INSERT INTO {self._table} ({', '.join(names)}) VALUES ({marks})", id=subject_id, **_bound(body)
            )
        except Duplicate:
            raise Taken(self._unique, await self._holder(conn, body)) from None
        await self.write_beside(conn, subject_id or made.last_id, body)
        await self._written(conn)
        return subject_id or made.last_id

    async def _holder(self, conn: Connection, body: Body) -> int:
        holder = await conn.value(
            f"SELECT id FROM {self._table} WHERE {self._unique} = %(value)s", value=getattr(body, self._unique)
        )
        return int(str(holder or 0))

    def _id(self, row: msgspec.Struct) -> int:
        return cast(int, row.id)  # type: ignore[attr-defined]  # every row's struct is made with one

    def _body(self, row: msgspec.Struct) -> Body:
        return self.noun.body(**{name: getattr(row, name) for name in self._columns})


class _Save(msgspec.Struct, frozen=True):
    subject_id: int
    saved_at: datetime | None
    saved_by: str


def _bound(body: msgspec.Struct) -> dict[str, Bound]:
    values = {name: getattr(body, name) for name in body.__struct_fields__}
    return {name: msgspec.json.encode(one).decode() if isinstance(one, tuple) else one for name, one in values.items()}
