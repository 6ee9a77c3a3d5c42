"""What is around the objects of a database: the ledger, the rights of the bot, and the settings of the server."""

import re
from datetime import timedelta, timezone
from pathlib import Path

from repository.database.errors import DatabaseError, WrongCharacterSet
from repository.schema.base.account import EVERYBODYS, RIGHTS, excess, grants_of, missing, pattern
from repository.schema.base.scripts import read_upgrades
from repository.schema.base.session import Connect, error_number, message
from repository.schema.base.worker import Worker
from repository.schema.check.findings import Finding
from repository.staff.published import PUBLISHED_HASH

OLDEST = {"MariaDB": (10, 6, 0), "MySQL": (8, 0, 16)}
_NAMES_A_SET = re.compile(r"\bNAMES\b|\bCHAR(ACTER)?\s*SET\b|\bCHARSET\b|character_set_|collation_", re.IGNORECASE)
TWINS = "`serve` and `work` do the same jobs meanwhile."


def offset_text(offset: timezone) -> str:
    """An offset as the server writes it, such as `+08:00`."""
    minutes = round((offset.utcoffset(None) or timedelta()).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


async def events_refused(worker: Worker) -> bool:
    """Whether the server did not permit the events when the database was made."""
    try:
        return bool(
            await worker.value("SELECT COUNT(*) FROM schema_ledger WHERE kind = 'note' AND name = 'events refused'")
        )
    except DatabaseError:
        return False


async def whole(worker: Worker, database: str, folder: Path) -> list[Finding]:
    """The server's version, the database's character set, and whether every upgrade has run to its end."""
    oldest = OLDEST[worker.server.family]
    findings = [
        _found(
            "server",
            "version",
            worker.server.version >= oldest,
            worker.server.text,
            f"Use {worker.server.family} {'.'.join(map(str, oldest))} or newer.",
        )
    ]
    charset = await worker.value(
        "SELECT DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = %(name)s", name=database
    )
    findings.append(
        _found(
            "database",
            database,
            charset == "utf8mb4",
            f"its character set is {charset}",
            f"Run ALTER DATABASE `{database}` CHARACTER SET utf8mb4;",
        )
    )
    findings.append(await _upgrades(worker, folder))
    return findings


async def _upgrades(worker: Worker, folder: Path) -> Finding:
    try:
        rows = await worker.all("SELECT name, finished_at FROM schema_ledger WHERE kind = 'upgrade'")
    except DatabaseError as error:
        if error_number(error) != 1146:
            raise
        return _found(
            "database", "upgrades", False, "there is no ledger of upgrades yet", "Run `./quicksell db upgrade`."
        )
    finished = {str(name) for name, at in rows if at is not None}
    wanted = [script.name.removesuffix(".sql") for script in read_upgrades(folder)]
    waiting = [name for name in wanted if name not in finished]
    newer = sorted(finished - set(wanted))
    if newer:
        return _found(
            "database",
            "upgrades",
            False,
            f"a newer program has upgraded this database: {', '.join(newer)}",
            "Use that program, or a newer one.",
        )
    said = f"waiting: {', '.join(waiting)}" if waiting else f"all {len(wanted)} have run"
    return _found("database", "upgrades", not waiting, said, "Run `./quicksell db upgrade`.")


async def rights(bot: Connect, database: str) -> list[Finding]:
    """Whether the bot's account may do what it needs, and nothing more."""
    try:
        session = await bot()
    except WrongCharacterSet:
        return []  # `sessions` says so
    except DatabaseError as error:
        return [
            _found(
                "account",
                "the bot's",
                False,
                f"cannot log in: {message(error)}",
                "Check DB_USER and DB_PASSWORD, or run `./quicksell db init`.",
            )
        ]
    try:
        user, _, host = str(await session.value("SELECT CURRENT_USER()")).rpartition("@")
        grants = await grants_of(session, None)
    finally:
        await session.close()
    account = f"'{user}'@'{host}'"
    lacking, beyond = missing(grants, database), excess(grants, database)
    return [
        _found(
            "account",
            f"{account} may",
            not lacking,
            f"lacks {', '.join(lacking)}" if lacking else ", ".join(RIGHTS),
            f"GRANT {', '.join(lacking)} ON {pattern(database)}.* TO {account};",
        ),
        _found(
            "account",
            f"{account} may no more",
            not beyond,
            f"has {'; '.join(beyond)}" if beyond else "nothing beyond that",
            " ".join(_revoke(right, account) for right in beyond),
        ),
    ]


def _revoke(beyond: str, account: str) -> str:
    if beyond.endswith(EVERYBODYS):
        return f"REVOKE {beyond.removesuffix(EVERYBODYS)} FROM PUBLIC;"
    return (
        f"REVOKE {beyond} FROM {account};"
        if " ON " in beyond
        else f"REVOKE {beyond.removeprefix('ROLE ')} FROM {account};"
    )


async def sessions(connect: Connect) -> list[Finding]:
    """What the server makes of a session that asks for utf8mb4, and whether the program can put it right.

    Args:
        connect: Opens a session of the account that the shop uses: `init_connect` does not run for administrators.
    """
    try:
        session = await connect()
    except WrongCharacterSet as error:
        said = str(error).removesuffix(error.what_to_do).strip()
        return [_found("server", "character set of sessions", False, said, error.what_to_do)]
    except DatabaseError:
        return []  # `rights` says that it cannot log in
    try:
        began = session.began_in
        first = str(await session.value("SELECT @@GLOBAL.init_connect") or "")
    finally:
        await session.close()
    if began.is_utf8mb4:
        said = "utf8mb4, which the server's init_connect leaves alone" if first else "utf8mb4"
        return [_found("server", "character set of sessions", True, said, "")]
    by_first = _NAMES_A_SET.search(first) is not None
    why = "init_connect says so" if by_first else "the server ignores what is asked for"
    mend = (
        "Take the character set out of init_connect in my.cnf, and restart."
        if by_first
        else "Take skip-character-set-client-handshake out of my.cnf, and restart."
    )
    said = f"{began}, since {why}: the program puts its own sessions right, others may write ? for emoji"
    return [_found("server", "character set of sessions", False, said, mend)]


async def settings(worker: Worker, offset: timezone, *, events_refused: bool) -> list[Finding]:
    """The server's time zone, SQL mode and event scheduler."""
    wanted = offset_text(offset)
    seconds = await worker.value(
        "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', @@GLOBAL.time_zone))"
    )
    if seconds is None:  # a named zone without the tables of zones
        seconds = (offset.utcoffset(None) or timedelta()).total_seconds() + 1
    actual = offset_text(timezone(timedelta(seconds=float(str(seconds)))))
    mode = str(await worker.value("SELECT @@GLOBAL.sql_mode"))
    strict = "STRICT_TRANS_TABLES" in mode or "STRICT_ALL_TABLES" in mode
    scheduler = str(await worker.value("SELECT @@GLOBAL.event_scheduler"))
    running = scheduler in ("ON", "1")
    return [
        _found(
            "server",
            "time zone",
            actual == wanted,
            f"{actual}, the shop's"
            if actual == wanted
            else f"{actual}, where the shop's is {wanted}: NOW() typed by a person differs",
            f"Set default_time_zone = '{wanted}' in my.cnf and restart, or run SET GLOBAL time_zone = '{wanted}';",
        ),
        _found(
            "server",
            "SQL mode",
            strict,
            "strict" if strict else f"not strict ({mode or 'empty'}): what a person types may be cut silently",
            "Add STRICT_TRANS_TABLES to sql_mode in my.cnf.",
        ),
        _found(
            "server",
            "event scheduler",
            running or events_refused,
            "on" if running else "not permitted or off; the program does the work of the events",
            f"Run SET GLOBAL event_scheduler = ON; and add event_scheduler = ON to my.cnf. {TWINS}",
        ),
    ]


async def administrators(worker: Worker) -> list[Finding]:
    """Whether somebody made the example administrator of the public text, whose hash is known to all."""
    try:
        rows = await worker.all("SELECT username FROM admin_users WHERE password_hash = %(hash)s", hash=PUBLISHED_HASH)
    except DatabaseError:
        return []
    names = ", ".join(str(row[0]) for row in rows)
    return [
        _found(
            "data",
            "published password hash",
            not rows,
            f"used by the administrator {names}; nobody can log in with it" if rows else "used by no administrator",
            f"Run `./quicksell admin password {names}`, or delete the row.",
        )
    ]


def _found(kind: str, name: str, ok: bool, said: str, what_to_do: str) -> Finding:
    return Finding(kind=kind, name=name, ok=ok, message=said, what_to_do="" if ok else what_to_do)
