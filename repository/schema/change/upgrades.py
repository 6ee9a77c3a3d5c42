"""Brings a database up to date: numbered upgrades first, each once, then whatever the scripts have that it lacks.

A server cannot undo a change of a table, so an upgrade is a row of single statements, and the ledger knows which of
them have been sent and which were answered. A run that was interrupted goes on at that statement; where it had been
sent, the server's answer that the thing is there already is believed.
"""

from pathlib import Path

import msgspec

from repository.database.errors import DatabaseError
from repository.schema.base.errors import SchemaError, StatementFailed
from repository.schema.base.loader import Loader, Made, Refusal
from repository.schema.base.scripts import FOLDER, Script, all_scripts, checksum, read_upgrades
from repository.schema.base.session import Connect, Progress, Step, error_number, message, quiet
from repository.schema.base.splitter import Statement
from repository.schema.base.statements import REPEATABLE, code, names_database
from repository.schema.base.worker import Worker
from repository.schema.change.lock import Lock, hold
from repository.schema.check import promise
from repository.schema.check.compare import definitions_of, differences
from repository.schema.check.describe import describe

_DONE_ALREADY = {1050, 1060, 1061, 1068, 1091, 1826, 3821, 3822, 4161}
REPEAT = "repeat until nothing changes"


class BroughtUp(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to bring a database up to date.

    Attributes:
        upgrades: The numbered upgrades that were run now, by name.
        made: Every object of the scripts, with what became of it.
        refused: What the server did not permit; the shop works without it.
        program_runs_jobs: Whether the program has to do the work of the events, because they are refused or off.
        promised: Whether the ledger now holds what `verify` compares with.
    """

    upgrades: tuple[str, ...]
    made: tuple[Made, ...]
    refused: tuple[Refusal, ...]
    program_runs_jobs: bool
    promised: bool


async def upgrade(connect: Connect, database: str, *, progress: Progress = quiet, folder: Path = FOLDER) -> BroughtUp:
    """Bring an existing database up to date; a second run changes nothing.

    Args:
        connect: Opens a session of an account that may change the schema, with no database chosen.
        database: Which one.
        progress: Told about every step.
        folder: Where the scripts are.

    Raises:
        SchemaError: A step failed, an upgrade was edited after it had run, or somebody else is at it.
        Unavailable: The server cannot be reached.
    """
    async with hold(connect, database) as lock:
        worker = await Worker.start(connect, database)
        try:
            return await _bring_up(connect, worker, lock, database, progress, folder)
        finally:
            await worker.close()


async def _bring_up(
    connect: Connect, worker: Worker, lock: Lock, database: str, progress: Progress, folder: Path
) -> BroughtUp:
    scripts = all_scripts(folder)
    tables = await worker.value(
        "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'"
    )
    known = await worker.value("SELECT COUNT(*) FROM schema_ledger WHERE kind IN ('upgrade', 'script', 'note')")
    fresh = tables == 1 and not known
    await Loader(worker, ledger=True, progress=quiet).record("note", "begun", "")
    steps = _Upgrades(worker, lock, progress, believe_all=not fresh and not known)
    ran = await steps.run(read_upgrades(folder), fresh=fresh)
    await _forget_altered(worker, database, scripts)
    if ran:  # a view keeps the columns that its tables had when it was made
        await worker.run("DELETE FROM schema_ledger WHERE kind = 'object' AND name LIKE 'view %%'")
    loaded = await Loader(worker, ledger=True, progress=progress).load(scripts)
    lock.check()
    events = any(refusal.what.upper().startswith("EVENT") for refusal in loaded.refused)
    await worker.run("DELETE FROM schema_ledger WHERE kind = 'note' AND name = 'events refused'")
    if events:
        await Loader(worker, ledger=True, progress=quiet).record("note", "events refused", "")
    scheduler = await worker.value("SELECT @@GLOBAL.event_scheduler")
    return BroughtUp(
        upgrades=ran,
        made=tuple(
            msgspec.structs.replace(made, outcome="created")
            if lock.made_ledger and made.item.name == "schema_ledger"
            else made
            for made in loaded.made
        ),
        refused=loaded.refused,
        program_runs_jobs=events or str(scheduler) not in ("ON", "1"),
        promised=await _promise(connect, worker, database, scripts, whole=fresh and not events),
    )


async def _forget_altered(worker: Worker, database: str, scripts: tuple[Script, ...]) -> None:
    """Let the loader make again what somebody has altered by hand since it was made."""
    promised = await promise.kept(worker, scripts)
    if promised is None:
        return
    live = await describe(worker, database, worker.server)
    definitions = definitions_of(scripts)
    for item in definitions:
        if item.kind in REPEATABLE and differences(item, promised, live, definitions):
            await worker.run(
                "DELETE FROM schema_ledger WHERE kind = 'object' AND name = %(name)s",
                name=str(item),
            )


async def _promise(
    connect: Connect, worker: Worker, database: str, scripts: tuple[Script, ...], *, whole: bool
) -> bool:
    """Keep what the scripts promise: a database made of nothing else says it itself, else a scratch one does."""
    if whole:
        await promise.keep(worker, scripts, await describe(worker, database, worker.server))
        return True
    if await promise.kept(worker, scripts) is not None:
        return True
    try:
        facts = await promise.build(connect, database, scripts)
    except (DatabaseError, StatementFailed):
        return False
    await promise.keep(worker, scripts, facts)
    return True


class _Upgrades:
    """Runs the numbered upgrades that the ledger does not hold as finished."""

    def __init__(self, worker: Worker, lock: Lock, progress: Progress, *, believe_all: bool) -> None:
        self._worker = worker
        self._lock = lock
        self._progress = progress
        # A database that was loaded by hand, by nobody knows which version: each step may have been done.
        self._believe_all = believe_all

    async def run(self, upgrades: tuple[Script, ...], *, fresh: bool) -> tuple[str, ...]:
        rows = await self._worker.all(
            "SELECT name, checksum, steps_begun, steps_done, finished_at FROM schema_ledger WHERE kind = 'upgrade'"
        )
        known = {str(row[0]): row for row in rows}
        ran: list[str] = []
        for script in upgrades:
            named = script.name.removesuffix(".sql")
            digest = checksum("\n".join(statement.text for statement in script.statements))
            row = known.get(named)
            if row is not None and row[4] is not None:
                if row[1] != digest:
                    raise SchemaError(
                        f"The upgrade {named} was changed after it had run on this database.",
                        "Put the file back as it was released; what should change goes into a new upgrade.",
                    )
                continue
            if fresh:
                await self._write(named, digest, len(script.statements), len(script.statements), finished=True)
                continue
            begun, done = (int(str(row[2])), int(str(row[3]))) if row is not None and row[1] == digest else (0, 0)
            await self._one(script, named, digest, begun, done)
            ran.append(named)
        return tuple(ran)

    async def _one(self, script: Script, named: str, digest: str, begun: int, done: int) -> None:
        total = len(script.statements)
        for step, statement in enumerate(script.statements):
            if step < done:
                continue
            self._lock.check()
            await self._write(named, digest, step + 1, step)
            if not names_database(statement) and code(statement.text, self._worker.server):
                await self._step(script, statement, believe=self._believe_all or step < begun)
            await self._write(named, digest, step + 1, step + 1)
            self._progress(Step(what=script.name, done=step + 1, total=total))
        await self._write(named, digest, total, total, finished=True)

    async def _step(self, script: Script, statement: Statement, *, believe: bool) -> None:
        try:
            while await self._worker.run(statement.text) and REPEAT in statement.notes.lower():
                self._lock.check()
        except DatabaseError as error:
            if believe and error_number(error) in _DONE_ALREADY:
                return
            raise StatementFailed(
                script.name,
                statement.line,
                error_number(error),
                message(error),
                "Nothing is lost: mend the cause and run the upgrade again; it goes on at this statement.",
            ) from error

    async def _write(self, named: str, digest: str, begun: int, done: int, *, finished: bool = False) -> None:
        await self._worker.run(
            "INSERT INTO schema_ledger (kind, name, checksum, steps_begun, steps_done, finished_at)"
            " VALUES ('upgrade', %(name)s, %(checksum)s, %(begun)s, %(done)s, IF(%(finished)s, NOW(6), NULL))"
            " ON DUPLICATE KEY UPDATE checksum = VALUES(checksum), steps_begun = VALUES(steps_begun),"
            " steps_done = VALUES(steps_done), finished_at = VALUES(finished_at)",
            name=named,
            checksum=digest,
            begun=begun,
            done=done,
            finished=finished,
        )
