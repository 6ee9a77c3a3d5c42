"""Runs the scripts of the schema under any database name, one statement at a time, as often as one likes.

Tables that exist are left alone. Procedures, triggers, views and events are made again when their text has changed;
the `DROP` that stands before them for the plain client is not run, so that no moment passes in which a trigger is
missing.
"""

import re
from typing import Literal

import msgspec

from repository.database.errors import DatabaseError
from repository.schema.base import objects
from repository.schema.base.errors import StatementFailed
from repository.schema.base.scripts import Script, checksum
from repository.schema.base.session import Progress, Row, Step, error_number, message, name
from repository.schema.base.splitter import Statement
from repository.schema.base.statements import REPEATABLE, Act, Item, act, code, names_database
from repository.schema.base.worker import Worker

_DENIED = {1044, 1045, 1142, 1143, 1227, 1238, 1290, 1370, 1408, 1577, 3554}
_HAS_ALREADY = {1050, 1061, 1304, 1359, 1537}

_SETS_ZONE = re.compile(r"SET (?:SESSION )?time_zone = '", re.IGNORECASE)

LISTED = (
    "SELECT CASE TABLE_TYPE WHEN 'VIEW' THEN 'view' WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END, TABLE_NAME"
    " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE <> 'TEMPORARY'"
    " UNION ALL SELECT 'trigger', TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
    " UNION ALL SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME FROM information_schema.ROUTINES"
    " WHERE ROUTINE_SCHEMA = DATABASE()"
    " UNION ALL SELECT 'event', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"
)


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one object of the scripts.

    Attributes:
        item: Which object.
        outcome: Created now, there already, made again because its text had changed, or refused by the server.
        script: The file that it stands in.
        why: For a refusal, what the server said.
    """

    item: Item
    outcome: Literal["created", "present", "replaced", "refused"]
    script: str
    why: str = ""


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that the server does not permit and that the program can do without.

    Attributes:
        what: The object, or the first words of the statement.
        why: What the server said.
    """

    what: str
    why: str


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What loading the scripts did."""

    made: tuple[Made, ...]
    refused: tuple[Refusal, ...]


def as_items(rows: tuple[Row, ...]) -> set[Item]:
    """The answer of `LISTED` as items."""
    return {msgspec.convert({"kind": kind, "name": listed}, Item) for kind, listed in rows}


class Loader:
    """Loads scripts into the database that the worker has chosen."""

    def __init__(self, worker: Worker, *, ledger: bool, progress: Progress) -> None:
        """Make a loader; nothing is run yet.

        Args:
            worker: Its session.
            ledger: Whether the database has a ledger to look up and to write.
            progress: Told after every statement.
        """
        self._worker = worker
        self._ledger = ledger
        self._progress = progress
        self._live: set[Item] = set()
        self._there: frozenset[Item] = frozenset()
        self._known: dict[str, str] = {}
        self._made: dict[Item, Made] = {}
        self._refused: list[Refusal] = []
        self._triggers: dict[str, list[tuple[Script, Statement, Item]]] = {}

    async def load(self, scripts: tuple[Script, ...]) -> Loaded:
        """Run the scripts.

        Args:
            scripts: In the order in which they are run.

        Raises:
            StatementFailed: A statement failed that the program cannot do without.
        """
        self._live = as_items(await self._worker.all(LISTED))
        self._there = frozenset(self._live)
        if self._ledger:
            rows = await self._worker.all("SELECT name, checksum FROM schema_ledger WHERE kind = 'object'")
            self._known = {str(known): str(digest) for known, digest in rows}
        for script in scripts:
            for statement in script.statements:
                deed = act(statement.text)
                if deed is not None and deed.verb == "create" and deed.item.kind == "trigger":
                    self._triggers.setdefault(objects.table_of(statement.text), []).append(
                        (script, statement, deed.item)
                    )
        total = sum(len(script.statements) for script in scripts)
        done = 0
        for script in scripts:
            for statement in script.statements:
                await self._take(script, statement)
                done += 1
                self._progress(Step(what=script.name, done=done, total=total))
            if self._ledger:
                await self.record("script", script.name, script.checksum)
        return Loaded(made=tuple(self._made.values()), refused=tuple(self._refused))

    async def record(self, kind: str, known: str, digest: str) -> None:
        """Write a finished thing into the ledger."""
        await self._worker.run(
            "INSERT INTO schema_ledger (kind, name, checksum, finished_at)"
            " VALUES (%(kind)s, %(name)s, %(checksum)s, NOW(6)) ON DUPLICATE KEY UPDATE"
            " started_at = IF(checksum = VALUES(checksum), started_at, NOW(6)),"
            " finished_at = IF(checksum = VALUES(checksum), finished_at, NOW(6)), checksum = VALUES(checksum)",
            kind=kind,
            name=known,
            checksum=digest,
        )

    async def _take(self, script: Script, statement: Statement) -> None:
        bare = code(statement.text, self._worker.server)
        # The session has the shop's offset already, which the scripts can only guess.
        if names_database(statement) or not bare or _SETS_ZONE.match(bare):
            return
        deed = act(statement.text)
        if deed is None or (deed.verb != "create" and deed.item.kind not in REPEATABLE):
            await self._plain(script, statement)
        elif deed.verb == "create" and deed.item.kind in REPEATABLE:
            await self._repeatable(script, statement, deed.item)
        elif deed.verb == "create":
            await self._once(script, statement, deed.item)
        elif not (deed.verb == "drop" and self._makes_later(script, deed)):
            await self._plain(script, statement, deed.item)

    def _makes_later(self, script: Script, drop: Act) -> bool:
        return any(
            (deed := act(statement.text)) is not None and deed.verb == "create" and deed.item == drop.item
            for statement in script.statements
        )

    async def _plain(self, script: Script, statement: Statement, item: Item | None = None) -> None:
        words = code(statement.text)
        optional = words.upper().startswith("SET GLOBAL") or (item is not None and item.kind == "event")
        await self._run(script, statement, words[:60], optional=optional)

    async def _once(self, script: Script, statement: Statement, item: Item) -> None:
        if item in self._live:
            self._note(item, "present", script)
            return
        try:
            await self._worker.run(statement.text)
        except DatabaseError as error:
            if error_number(error) not in _HAS_ALREADY:
                raise self._failed(script, statement, error) from error
            self._note(item, "present", script)
        else:
            self._note(item, "created", script)

    async def _repeatable(self, script: Script, statement: Statement, item: Item) -> None:
        digest = checksum(statement.text)
        live = item in self._live
        if item in self._made:
            return
        if live and self._known.get(str(item)) == digest and not self._disturbed(statement, item):
            self._note(item, "present", script)
            return
        if item.kind == "trigger" and self._there & {other for _, _, other in self._siblings(statement)}:
            await self._replace_triggers(self._siblings(statement))
            return
        if await self._run(
            script, statement, str(item), optional=item.kind == "event", replacing=item if live else None
        ):
            self._note(item, "replaced" if live else "created", script)
            if self._ledger:
                await self.record("object", str(item), digest)
        else:
            self._note(item, "refused", script, self._refused[-1].why)

    def _siblings(self, statement: Statement) -> list[tuple[Script, Statement, Item]]:
        return self._triggers[objects.table_of(statement.text)]

    def _disturbed(self, statement: Statement, item: Item) -> bool:
        """Whether another trigger of the same table is not up to date: made again alone, that one would run last."""
        return item.kind == "trigger" and any(
            other not in self._there or self._known.get(str(other)) != checksum(sibling.text)
            for _, sibling, other in self._siblings(statement)
        )

    async def _replace_triggers(self, siblings: list[tuple[Script, Statement, Item]]) -> None:
        """Make all triggers of a table again, in their order, while nobody can write to it."""
        async with objects.still(self._worker, objects.table_of(siblings[0][1].text)):
            for script, statement, item in siblings:
                try:
                    await self._worker.run(f"DROP TRIGGER IF EXISTS {name(item.name)}")
                    await self._worker.run(objects.plainly(statement.text))
                except DatabaseError as error:
                    raise self._failed(script, statement, error) from error
        for script, statement, item in siblings:
            self._note(item, "replaced" if item in self._live else "created", script)
            if self._ledger:
                await self.record("object", str(item), checksum(statement.text))

    async def _run(
        self, script: Script, statement: Statement, what: str, *, optional: bool, replacing: Item | None = None
    ) -> bool:
        try:
            if replacing is None:
                await self._worker.run(objects.plainly(statement.text))
            else:
                await objects.replace(self._worker, statement.text, replacing)
        except DatabaseError as error:
            if optional and error_number(error) in _DENIED:
                self._refused.append(Refusal(what=what, why=message(error)))
                return False
            raise self._failed(script, statement, error) from error
        return True

    def _note(
        self, item: Item, outcome: Literal["created", "present", "replaced", "refused"], script: Script, why: str = ""
    ) -> None:
        # An object that stands in two scripts counts once, by the first.
        self._live.add(item)
        self._made.setdefault(item, Made(item=item, outcome=outcome, script=script.name, why=why))

    def _failed(self, script: Script, statement: Statement, error: DatabaseError) -> StatementFailed:
        code_number = error_number(error)
        return StatementFailed(script.name, statement.line, code_number, message(error), _advice(code_number))


def _advice(code_number: int) -> str:
    if code_number == 1419:
        return (
            "MySQL keeps a binary log: let an administrator run SET GLOBAL log_bin_trust_function_creators = 1, "
            "or use an account with SUPER; then run this again."
        )
    if code_number in _DENIED:
        return "Use an account that may CREATE, ALTER, INDEX, REFERENCES, TRIGGER, CREATE ROUTINE and CREATE VIEW here."
    return "Nothing was lost; mend the cause and run this again."
