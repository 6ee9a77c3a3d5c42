"""Restores a database from a backup: this program's, or one that `mariadb-dump` or `mysqldump` made."""

import contextlib
import re
from pathlib import Path
from typing import Literal

import msgspec

from bot.base import clock
from repository.database.errors import DatabaseError
from repository.schema.backup import files
from repository.schema.backup.files import LAST, MARK
from repository.schema.backup.scripted import without_definer
from repository.schema.base.errors import BadBackup, NotEmpty, StatementFailed
from repository.schema.base.loader import LISTED, as_items
from repository.schema.base.scripts import database_options
from repository.schema.base.session import Connect, Progress, Step, error_number, message, name, quiet
from repository.schema.base.splitter import ScriptError, Statement, split_lines
from repository.schema.base.statements import REPEATABLE, act, code, names_database
from repository.schema.base.worker import Worker

_MARKS = (MARK, "-- MariaDB dump", "-- MySQL dump", "-- Dump created by")
_ENDS = (LAST, "-- Dump completed")
_COUNTS = re.compile(re.escape(LAST) + r": (?P<tables>\d+) tables, (?P<rows>\d+) rows, (?P<objects>\d+) objects")
_OPTIONS = re.compile(r"-- options: (CHARACTER SET \w+ COLLATE \w+)\Z")
_ENABLED = re.compile(r"\b(ON\s+COMPLETION\s+(?:NOT\s+)?PRESERVE)\s+ENABLE\b", re.IGNORECASE)
_INSERT = re.compile(r"INSERT\b", re.IGNORECASE)


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was restored.

    Attributes:
        database: Into which database.
        tables: How many tables.
        rows: How many rows.
        objects: How many views, procedures, triggers, events and what else the server stores.
        events_off: The events that were restored switched off, since another database of this server runs the same.
        seconds: How long it took.
    """

    database: str
    tables: int
    rows: int
    objects: int
    events_off: tuple[str, ...]
    seconds: float


async def restore(
    connect: Connect,
    database: str,
    file: Path,
    *,
    replace: bool = False,
    events: Literal["careful", "on", "off"] = "careful",
    progress: Progress = quiet,
) -> Restored:
    """Fill a database from a backup, under any name and any account.

    The whole file is read before anything is changed. An interrupted restore is done again with `replace`.

    Args:
        connect: Opens a session of an account that may create everything, with no database chosen.
        database: Where to; it is made where it is missing.
        file: The backup; `.gz` and `.zst` at the end of its name are understood.
        replace: Whether to drop everything that the database holds now.
        events: Whether the events run afterwards: as they did, or not at all; `careful` keeps them off where another
            database of this server runs events of the same names, as when a copy is restored beside its original.
        progress: Told about bytes of the file.

    Raises:
        NotEmpty: The database holds something and `replace` was not said; nothing is changed.
        BadBackup: The file is no backup, or a part of one; nothing is changed.
        StatementFailed: A statement of the backup failed; what was loaded before it is there.
    """
    began = clock.monotonic()
    size = files.size_of(file)
    seen = files.look_over(
        file,
        marks=_MARKS,
        ends=_ENDS,
        watch=lambda at: progress(Step(what="checking the file", done=at, total=size)),
    )
    worker = await Worker.start(connect, "")
    try:
        await _make_room(worker, database, seen, replace=replace)
        taken = await _taken_elsewhere(worker, database)
        work = _Restoring(worker, file, events, taken)
        with files.reading(file) as (lines, at):
            statements = split_lines(lines)
            try:
                for count, statement in enumerate(statements):
                    await work.take(statement)
                    if count % 20 == 0:
                        progress(Step(what="restoring", done=at(), total=size))
            except ScriptError as error:
                raise BadBackup(f"{file.name}: {error}.", "Use another backup.") from error
    finally:
        await worker.close()
    progress(Step(what="restored", done=size, total=size))
    counts = _COUNTS.match(seen[-1])
    if counts is not None and int(counts["rows"]) != work.rows:
        raise BadBackup(
            f"{file.name} says that it holds {counts['rows']} rows, and {work.rows} were restored.",
            "Use another backup; do not use this database.",
        )
    return Restored(
        database=database,
        tables=work.tables,
        rows=work.rows,
        objects=work.objects,
        events_off=tuple(work.events_off),
        seconds=clock.monotonic() - began,
    )


async def _make_room(worker: Worker, database: str, seen: list[str], *, replace: bool) -> None:
    options = next((match[1] for line in seen if (match := _OPTIONS.match(line))), database_options())
    await worker.run(f"CREATE DATABASE IF NOT EXISTS {name(database)} {options}")
    await worker.use(database)
    items = as_items(await worker.all(LISTED))
    if items and not replace:
        raise NotEmpty(
            f"The database {database} is not empty: it holds {len(items)} objects.",
            "Set DB_NAME to another one, or say --into-existing: everything in this one is dropped then.",
        )
    await worker.run("SET SESSION foreign_key_checks = 0")
    if any(item.kind == "package" for item in items):
        await worker.run("SET SESSION sql_mode = 'ORACLE'")  # which alone knows packages; the backup sets its own
    for item in sorted(items):
        if item.kind != "trigger":  # they go with their tables
            await worker.run(f"DROP {item.kind.upper()} IF EXISTS {name(item.name)}")
    # Tables of a later upgrade compare with those of the backup; an account that may not alter it leaves it as it is.
    with contextlib.suppress(DatabaseError):
        await worker.run(f"ALTER DATABASE {name(database)} {options}")


async def _taken_elsewhere(worker: Worker, database: str) -> set[str]:
    """The names of the events that other databases of this server run."""
    rows = await worker.all(
        "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA <> %(name)s AND STATUS = 'ENABLED'",
        name=database,
    )
    return {str(row[0]) for row in rows}


class _Restoring:
    """Runs the statements of a backup one by one."""

    def __init__(self, worker: Worker, file: Path, events: Literal["careful", "on", "off"], taken: set[str]) -> None:
        self._worker = worker
        self._file = file
        self._events = events
        self._taken = taken
        self._made: set[str] = set()
        self.tables = 0
        self.rows = 0
        self.objects = 0
        self.events_off: list[str] = []

    async def take(self, statement: Statement) -> None:
        text = statement.text
        inserting = _INSERT.match(text) is not None
        if not inserting:
            if names_database(statement) or code(text[:200]).upper().startswith(("DROP DATABASE", "DROP SCHEMA")):
                return
            text = self._owned(text)
        try:
            changed = await self._worker.run(text)
        except DatabaseError as error:
            raise StatementFailed(
                self._file.name,
                statement.line,
                error_number(error),
                message(error),
                "Mend the cause and restore again, replacing what is there.",
            ) from error
        if inserting:
            self.rows += changed

    def _owned(self, text: str) -> str:
        """A CREATE as this account makes it here; anything else as it is."""
        deed = act(text)
        if deed is None or deed.verb != "create":
            return text
        if str(deed.item) not in self._made:  # mysqldump makes every view twice
            self._made.add(str(deed.item))
            self.tables += deed.item.kind == "table"
            self.objects += deed.item.kind in REPEATABLE or deed.item.kind == "sequence"
        if deed.item.kind not in REPEATABLE:
            return text
        text = without_definer(text)
        off = self._events == "off" or (self._events == "careful" and deed.item.name in self._taken)
        if deed.item.kind == "event" and off:
            disabled = _ENABLED.sub(r"\1 DISABLE", text, count=1)
            if disabled != text:
                self.events_off.append(deed.item.name)
            return disabled
        return text
