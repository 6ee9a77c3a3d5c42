"""The fourteen lines of the public guide's post-installation list, each really checked; nothing stays behind."""

import tempfile
from datetime import timezone
from pathlib import Path

import msgspec

from repository.database.errors import DatabaseError
from repository.schema.backup import files
from repository.schema.backup.backup import backup
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Connect, Progress, Session, message, name, quiet
from repository.schema.base.splitter import split_lines
from repository.schema.check import sample
from repository.schema.check.contract import EVENTS, PROCEDURES, TABLES, TRIGGERS, VIEWS
from repository.schema.check.findings import Finding
from repository.schema.check.verify import Verified, verify

LEAST_INDEXES = 50


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The list, in the guide's words and order."""

    lines: tuple[Finding, ...]

    @property
    def is_right(self) -> bool:
        """Whether every line can be ticked."""
        return all(line.ok for line in self.lines)


async def checklist(
    connect: Connect,
    database: str,
    offset: timezone,
    *,
    bot: Connect | None = None,
    progress: Progress = quiet,
) -> Checked:
    """Walk the list. An order is made and undone in one transaction, and a backup is written and thrown away.

    Args:
        connect: Opens a session of an account that sees everything, with no database chosen.
        database: Which database.
        offset: The shop's fixed offset from UTC.
        bot: Opens a session of the bot's own account, which makes the sample order; None for the first account.
        progress: Told about every step.

    Raises:
        SchemaError: There is no such database.
        Unavailable: The server cannot be reached.
    """
    verified = await verify(connect, database, offset, bot=bot, progress=progress)
    session = await (bot or connect)()
    try:
        await session.run(f"USE {name(database)}")
        indexes = await _indexes(session)
        working = await _working_views(session)
        made = await sample.make(session)
    finally:
        await session.close()
    tables = _of_kind(verified, "table", TABLES, "27 tables present")
    enough = indexes >= LEAST_INDEXES
    lines = [
        _line("Database created successfully", f"{database} on {verified.server}"),
        _line(
            "All 27 tables present",
            f"{tables.message} (the guide counts 27 and lists 29), {indexes} indexes of at least {LEAST_INDEXES}",
            tables.what_to_do or ("" if enough else "Run `./quicksell db upgrade`."),
            ok=tables.ok and enough,
        ),
        _of_kind(verified, "trigger", TRIGGERS, "3 triggers active"),
        _of_kind(verified, "procedure", PROCEDURES, "4 procedures created"),
        working,
        _of_kind(verified, "event", EVENTS, "3 events scheduled"),
        _named(verified, "event scheduler", "Event scheduler enabled"),
        _rights(verified),
        await _backup(connect, database),
        _line("Application connection tested", "the bot's account" if bot else "the account that checks"),
        *_sampled(made),
    ]
    return Checked(lines=tuple(lines))


def _line(words: str, said: str, what_to_do: str = "", *, ok: bool = True) -> Finding:
    return Finding(kind="checklist", name=words, ok=ok, message=said, what_to_do="" if ok else what_to_do)


def _of_kind(verified: Verified, kind: str, names: tuple[str, ...], words: str) -> Finding:
    findings = [finding for finding in verified.findings if finding.kind == kind]
    wrong = [finding for finding in findings if not finding.ok]
    said = f"{len(findings) - len(wrong)} of {len(names)} are right"
    if wrong:
        said += "; " + "; ".join(f"{finding.name} {finding.message}" for finding in wrong)
    mend = " ".join(dict.fromkeys(finding.what_to_do for finding in wrong))
    return _line(words, said, mend, ok=not wrong and len(findings) == len(names))


def _named(verified: Verified, known: str, words: str) -> Finding:
    finding_of = next(finding for finding in verified.findings if finding.name == known)
    return _line(words, finding_of.message, finding_of.what_to_do, ok=finding_of.ok)


def _rights(verified: Verified) -> Finding:
    findings = [finding for finding in verified.findings if finding.kind == "account"]
    if not findings:
        return _line(
            "Permissions configured", "the bot's own account is not set", "Set DB_USER and DB_PASSWORD.", ok=False
        )
    return _line(
        "Permissions configured",
        "; ".join(f"{finding.name}: {finding.message}" for finding in findings),
        " ".join(finding.what_to_do for finding in findings if not finding.ok),
        ok=all(finding.ok for finding in findings),
    )


async def _indexes(session: Session) -> int:
    return int(
        str(
            await session.value(
                "SELECT COUNT(DISTINCT TABLE_NAME, INDEX_NAME) FROM information_schema.STATISTICS"
                " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN %(tables)s",
                tables=TABLES,
            )
        )
    )


async def _working_views(session: Session) -> Finding:
    broken: list[str] = []
    for view in VIEWS:
        try:
            await session.all(f"SELECT COUNT(*) FROM (SELECT * FROM {name(view)} LIMIT 1) one")
        except DatabaseError as error:
            broken.append(f"{view}: {message(error)}")
    said = "; ".join(broken) or f"all {len(VIEWS)} answer"
    return _line("5 views working", said, "Run `./quicksell db upgrade`.", ok=not broken)


async def _backup(connect: Connect, database: str) -> Finding:
    words = "Backup script created"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "structure.sql.gz"
        try:
            written = await backup(connect, database, file, rows=False)
        except (SchemaError, DatabaseError) as error:
            return _line(words, str(error), getattr(error, "what_to_do", ""), ok=False)
        files.look_over(file, marks=(files.MARK,), ends=(files.LAST,), watch=str)
        with files.reading(file) as (lines, _):
            statements = sum(1 for _ in split_lines(lines))
    said = f"`./quicksell db backup` wrote {written.tables} tables and {written.objects} objects"
    return _line(words, f"{said} as {statements} statements, which were read back; let cron run it each night")


def _sampled(made: sample.Sample) -> list[Finding]:
    again = "Run `./quicksell db verify` and mend what it names."
    words = {
        "Sample order created": made.order,
        "Inventory reservation tested": made.reservation,
        "Views returning data": made.views,
        "Triggers firing correctly": made.triggers,
    }
    return [_line(line, outcome.said, again, ok=outcome.ok) for line, outcome in words.items()]
