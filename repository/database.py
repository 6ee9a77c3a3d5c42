"""Connections, transactions and rows: the only file that knows the driver."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import TypeVar, get_type_hints

import aiomysql
import msgspec
import pymysql

from bot import clock
from bot.settings import DatabaseSettings
from repository.errors import DatabaseError, Duplicate, Invalid, Refused, TryAgain, Unavailable

Value = str | int | bytes | bool | float | Decimal | datetime | None
Bound = Value | Sequence[str] | Sequence[int] | Sequence[bytes]
Row = TypeVar("Row", bound=msgspec.Struct)
Answer = TypeVar("Answer")

ATTEMPTS = 8
_UNDONE = {1020, 1205, 1213, 30009}
_LOST = {1053, 1152, 1184, 1927, 2003, 2006, 2013, 2014, 2055, 3024, 4031}
_INVALID = {1048, 1264, 1265, 1366, 1406, 1452, 1690, 3819, 4025, 3140}


class Statement(msgspec.Struct, frozen=True):
    """One SQL statement with its values, not yet sent."""

    sql: str
    values: Mapping[str, Bound] = {}


class Result(msgspec.Struct, frozen=True):
    """What a statement answered.

    Attributes:
        rowcount: Rows changed, or found.
        last_id: The number given to the first inserted row, 0 where none was.
        rows: Raw rows of a query, times still in the shop's offset and not aware.
        is_query: Whether it answered rows at all, be it none.
    """

    rowcount: int
    last_id: int
    rows: tuple[tuple[Value, ...], ...] = ()
    is_query: bool = False


class Counts(msgspec.Struct):
    """How often the database was spoken to, for benchmarks: counts don't lie."""

    round_trips: int = 0
    statements: int = 0
    commits: int = 0


class Connection:
    """One connection, inside a transaction or not. Values are bound by name: `%(name)s`."""

    def __init__(self, raw: aiomysql.Connection, offset: timezone, counts: Counts) -> None:
        self._raw = raw
        self._offset = offset
        self._counts = counts
        self._in_transaction = False
        self._opening = False  # BEGIN travels with the first statement of a transaction
        self._finished = False  # COMMIT has travelled with the last

    async def run(self, sql: str, /, **values: Bound) -> Result:
        """Run one statement.

        Raises:
            Refused: A procedure or trigger refused.
            Duplicate: A unique key is taken.
            Invalid: A value does not fit its column or a check.
            TryAgain: A deadlock or a lock timeout; the whole transaction must run again.
            Unavailable: The connection broke.
        """
        return (await self.batch(Statement(sql, values)))[-1]

    async def one(self, row: type[Row], sql: str, /, **values: Bound) -> Row | None:
        """The first row found as a struct, its columns in the order of the struct's fields; None where none is."""
        found = (await self.run(sql, **values)).rows
        return self.read(row, found[0]) if found else None

    async def all(self, row: type[Row], sql: str, /, **values: Bound) -> list[Row]:
        """Every row found, as structs."""
        return [self.read(row, found) for found in (await self.run(sql, **values)).rows]

    async def value(self, sql: str, /, **values: Bound) -> Value:
        """The first column of the first row, None where there is no row."""
        found = (await self.run(sql, **values)).rows
        return found[0][0] if found else None

    async def batch(self, *statements: Statement, commit: bool = False) -> list[Result]:
        """Run statements, none of them a CALL, in one round trip and get each one's result.

        The server stops at the first that fails. Only statements written in this package are sent together, with
        every value escaped by the driver.

        Args:
            statements: What to run, in order.
            commit: End the transaction after the last one, in the same round trip.

        Raises:
            As `run`.
        """
        parts = [self._bind(statement) for statement in statements]
        opening, self._opening = self._opening, False
        if opening:
            parts.insert(0, "BEGIN")
        if commit:
            parts.append("COMMIT")
        self._counts.round_trips += 1
        self._counts.statements += len(statements)
        self._counts.commits += self._commits(statements, commit)
        results = await self._send(";\n".join(parts))
        self._finished = commit
        return results[opening : len(results) - commit]

    async def sets(self, sql: str, /, **values: Bound) -> list[Result]:
        """Every result set of one CALL, the trailing status left out."""
        self._counts.round_trips += 1
        self._counts.statements += 1
        begin, self._opening = "BEGIN;\n" if self._opening else "", False
        results = await self._send(begin + self._bind(Statement(sql, values)))
        return [result for result in results if result.is_query]

    def read(self, row: type[Row], values: Sequence[Value]) -> Row:
        """Turn a raw row into a struct: times become aware, numbers become booleans, JSON texts become values."""
        readers = _readers(row)
        if not readers:
            return row(*values)
        made: list[object] = list(values)
        for index, reader in readers:
            value = made[index]
            if value is not None:
                made[index] = value.replace(tzinfo=self._offset) if isinstance(value, datetime) else reader(value)
        return row(*made)

    def _commits(self, statements: Sequence[Statement], commit: bool) -> int:
        """How often these make the server commit: once for a transaction, else once for each that writes."""
        if commit or self._in_transaction:
            return int(commit)
        return sum(not statement.sql.startswith(("SELECT", "SHOW", "SET")) for statement in statements)

    def _bind(self, statement: Statement) -> str:
        if not statement.values:
            return statement.sql
        return statement.sql % {name: self._literal(value) for name, value in statement.values.items()}

    def _literal(self, value: Bound) -> str:
        if isinstance(value, bytes):
            # Hexadecimal needs no escaping; the driver's own way with bytes fails on PyMySQL 1.2.
            return f"x'{value.hex()}'"
        if isinstance(value, list | tuple):
            if not value:
                return "(NULL)"
            return f"({', '.join(self._literal(part) for part in value)})"
        return str(self._raw.escape(self._plain(value)))

    def _plain(self, value: Bound) -> Bound:
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a time without a zone cannot be stored")
            return value.astimezone(self._offset).replace(tzinfo=None)
        if isinstance(value, str):
            # Lone surrogates are no text that a database can hold.
            return value if value.isascii() else value.encode("utf-8", "replace").decode()
        return value

    async def _send(self, text: str) -> list[Result]:
        raw = self._raw
        results: list[Result] = []
        try:
            await raw.query(text)
            while True:
                result = raw._result  # noqa: SLF001  (a cursor would copy each result a second time)
                rows = result.rows
                results.append(Result(result.affected_rows or 0, result.insert_id or 0, rows or (), rows is not None))
                if not result.has_next:
                    break
                await raw.next_result()
        except pymysql.err.Error as error:
            raise _translate(error) from error
        except (OSError, EOFError, RuntimeError, IndexError, ValueError, AttributeError) as error:
            raw.close()
            raise Unavailable(type(error).__name__) from error
        return results


class _Pool(aiomysql.Pool):  # type: ignore[misc]  # the driver has no types
    """aiomysql's pool, which forgets to wake a waiter when a connection comes back closed."""

    def release(self, conn: aiomysql.Connection) -> "asyncio.Future[None]":
        super().release(conn)
        woken: asyncio.Future[None] = asyncio.ensure_future(self._wakeup())
        return woken


class Database:
    """A pool of connections to the shop's database."""

    def __init__(self, settings: DatabaseSettings, offset: timezone, *, most: int = 16, wait: float = 10.0) -> None:
        """Make a pool; nothing is opened yet.

        Args:
            settings: Which server and account.
            offset: The shop's fixed offset from UTC, which every session keeps.
            most: Connections at most.
            wait: Seconds to wait for a free connection.
        """
        self.settings = settings
        self.offset = offset
        self.counts = Counts()
        self._wait = wait
        self._pool = _Pool(
            minsize=0,
            maxsize=most,
            echo=False,
            pool_recycle=300,
            loop=asyncio.get_running_loop(),
            **connect_arguments(settings, offset),
        )

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection on which every statement commits by itself.

        Raises:
            Unavailable: No connection could be had in time.
        """
        try:
            async with asyncio.timeout(self._wait):
                raw = await self._pool.acquire()
        except (TimeoutError, pymysql.err.Error, OSError) as error:
            raise Unavailable(str(error) or "no connection in time") from error
        try:
            yield Connection(raw, self.offset, self.counts)
        except BaseException:
            # Whatever was under way, the next user must not find it.
            raw.close()
            raise
        finally:
            self._pool.release(raw)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection inside one transaction: committed at the end, undone by an exception.

        Raises:
            Unavailable: No connection could be had, or it broke.
            TryAgain: The server undid the transaction.
        """
        async with self.connection() as conn:
            conn._in_transaction = conn._opening = True  # noqa: SLF001
            try:
                yield conn
                if not conn._opening and not conn._finished:  # noqa: SLF001
                    await conn.batch(commit=True)
            except DatabaseError:
                raise
            except BaseException:
                if not conn._opening and not conn._finished and not conn._raw.closed:  # noqa: SLF001
                    conn._raw.close()  # noqa: SLF001  (the server undoes what the lost session began)
                raise

    async def retry(self, work: Callable[[Connection], Awaitable[Answer]]) -> Answer:
        """Run a whole transaction, again where the server undid it through no fault of its own.

        Args:
            work: What to do with the connection; it must be safe to run again.

        Raises:
            TryAgain: It was undone eight times.
            Unavailable: The database cannot be reached.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self.transaction() as conn:
                    return await work(conn)
            except TryAgain:
                if attempt == ATTEMPTS:
                    raise
                pause = clock.backoff(attempt, base=timedelta(milliseconds=5), most=timedelta(milliseconds=400))
                await asyncio.sleep(pause.total_seconds())
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Close every connection, waiting a moment for those in use."""
        self._pool.close()
        try:
            async with asyncio.timeout(5):
                await self._pool.wait_closed()
        except TimeoutError:
            self._pool.terminate()


def connect_arguments(settings: DatabaseSettings, offset: timezone, *, database: bool = True) -> dict[str, object]:
    """What the driver needs to open a session as this program wants it: READ COMMITTED, the shop's offset, utf8mb4.

    Args:
        settings: Which server and account.
        offset: The shop's fixed offset from UTC.
        database: Whether to select the database, which may not exist yet.
    """
    seconds = int((offset.utcoffset(None) or timedelta()).total_seconds())
    sign = "-" if seconds < 0 else "+"
    zone = f"{sign}{abs(seconds) // 3600:02}:{abs(seconds) // 60 % 60:02}"
    arguments: dict[str, object] = {
        "user": settings.user,
        "password": settings.password,
        "db": settings.name if database else None,
        "charset": "utf8mb4",
        "autocommit": True,
        "connect_timeout": 5,
        "local_infile": False,
        "init_command": (
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; "
            f"SET SESSION time_zone = '{zone}', group_concat_max_len = 1048576, innodb_lock_wait_timeout = 5, "
            "sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
        ),
    }
    if settings.socket:
        arguments["unix_socket"] = settings.socket
    else:
        arguments |= {"host": settings.host, "port": settings.port}
    if settings.ssl_ca:
        arguments["ssl"] = ssl.create_default_context(cafile=settings.ssl_ca)
    return arguments


def _translate(error: pymysql.err.Error) -> DatabaseError:
    code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    text = str(error.args[1]) if len(error.args) > 1 else str(error)
    if text.startswith("QS_"):
        if code in _UNDONE:
            return TryAgain(text)
        word, _, facts = text.partition(":")
        return Refused(word, facts.strip())
    if code in _UNDONE:
        return TryAgain(text)
    if code == 1062:
        return Duplicate(text.rsplit("key ", 1)[-1].strip("'"))
    if code in _LOST or not code:
        return Unavailable(text)
    if code in _INVALID:
        return Invalid(text)
    return DatabaseError(f"{code}: {text}")


@cache
def _readers(row: type[msgspec.Struct]) -> tuple[tuple[int, Callable[[object], object]], ...]:
    hints = get_type_hints(row)
    found: list[tuple[int, Callable[[object], object]]] = []
    for index, field in enumerate(msgspec.structs.fields(row)):
        kind = hints[field.name]
        kinds = {part for part in getattr(kind, "__args__", (kind,)) if part is not type(None)}
        if bool in kinds:
            found.append((index, bool))
        elif datetime in kinds:
            found.append((index, _same))
        elif not kinds <= {str, int, bytes, float, Decimal}:
            found.append((index, _json_reader(kind)))
    return tuple(found)


def _json_reader(kind: object) -> Callable[[object], object]:
    decoder = msgspec.json.Decoder(type=kind)

    def read(text: object) -> object:
        return decoder.decode(str(text))

    return read


def _same(value: object) -> object:
    return value
