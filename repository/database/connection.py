"""Connections, transactions and rows, bound by name and read into structs."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta, timezone
from types import TracebackType
from typing import TypeVar

import msgspec

from bot.base import clock
from bot.base.sealing import Keys
from bot.base.settings import DatabaseSettings
from repository.database.account import connect_arguments
from repository.database.binding import Bound, Statement, bind
from repository.database.counts import Counts
from repository.database.driver import Pool, Session
from repository.database.errors import DatabaseError, TryAgain, Unavailable
from repository.database.opening import opening
from repository.database.rows import read
from repository.database.wire import Result, Value

__all__ = ["Bound", "Connection", "Counts", "Database", "Result", "Statement", "Value"]

Row = TypeVar("Row", bound=msgspec.Struct)
Answer = TypeVar("Answer")

ATTEMPTS = 8


class Connection:
    """One connection, inside a transaction or not. Values are bound by name: `%(name)s`.

    Attributes:
        session: The driver's.
        offset: The shop's fixed offset from UTC.
        counts: Counts what travels.
        keys: What files are sealed with, None where there are none.
        kept: What was made of rows and is kept for the next who asks, by who made it: see `Database`.
        feeds_queue: Whether something was put into a queue: those of `Database.when_fed` are told after the commit.
    """

    def __init__(
        self,
        session: Session,
        offset: timezone,
        counts: Counts,
        *,
        keys: Keys | None = None,
        in_transaction: bool = False,
        kept: dict[str, object] | None = None,
    ) -> None:
        self.session = session
        self.offset = offset
        self.counts = counts
        self.keys = keys
        self.kept = {} if kept is None else kept
        self.feeds_queue = False
        self._in_transaction = in_transaction
        self._opening = in_transaction  # BEGIN travels with the first statement of a transaction
        self._finished = False  # COMMIT has travelled with the last

    async def run(self, sql: str, /, **values: Bound) -> Result:
        """Run one statement.

        Raises:
            ProcedureRefused: A procedure or trigger refused.
            Duplicate: A unique key is taken.
            Invalid: A value does not fit its column or a check, or a text holds half of a character.
            OutOfStep: It was not one statement.
            TryAgain: A deadlock or a lock timeout; the whole transaction must run again.
            Unavailable: The connection broke.
        """
        return (await self.batch(Statement(sql, values)))[-1]

    async def one(self, row: type[Row], sql: str, /, **values: Bound) -> Row | None:
        """The first row found as a struct, its columns in the order of the struct's fields; None where none is."""
        rows = (await self.run(sql, **values)).rows
        return self.read(row, rows[0]) if rows else None

    async def all(self, row: type[Row], sql: str, /, **values: Bound) -> list[Row]:
        """Every row found, as structs."""
        return [self.read(row, raw) for raw in (await self.run(sql, **values)).rows]

    async def value(self, sql: str, /, **values: Bound) -> Value:
        """The first column of the first row, None where there is no row."""
        rows = (await self.run(sql, **values)).rows
        return rows[0][0] if rows else None

    async def batch(self, *statements: Statement, commit: bool = False) -> list[Result]:
        """Run statements in one round trip and get each one's result; only the last may be a CALL.

        The server stops at the first that fails. Only what is written in this package is sent together, all escaped.

        Args:
            statements: What to run, in order.
            commit: End the transaction after the last one, in the same round trip.

        Raises:
            As `run`.
        """
        parts = [bind(statement, self.offset, self.session.escape) for statement in statements]
        opening, self._opening = self._opening, False
        if opening:
            parts.insert(0, "BEGIN")
        if commit:
            parts.append("COMMIT")
        self.counts.round_trips += 1
        self.counts.statements += len(statements)
        self.counts.commits += self._commits(statements, commit)
        results = await self.session.results(parts)
        self.feeds_queue = self.feeds_queue or any(statement.feeds_queue for statement in statements)
        self._finished = commit
        return results[opening : len(results) - commit]

    async def named(self, statements: Mapping[str, Statement], *, commit: bool = False) -> dict[str, Result]:
        """Run statements in one round trip, as `batch`, and get each one's result under its name; of a CALL its first.

        Args:
            statements: What to run, in order.
            commit: As in `batch`.

        Raises:
            As `run`.
        """
        return dict(zip(statements, await self.batch(*statements.values(), commit=commit), strict=False))

    async def sets(self, sql: str, /, **values: Bound) -> list[Result]:
        """Every result set of one CALL, the trailing status left out."""
        self.counts.round_trips += 1
        self.counts.statements += 1
        parts = [bind(Statement(sql, values), self.offset, self.session.escape)]
        begins, self._opening = self._opening, False
        if begins:
            parts.insert(0, "BEGIN")
        results = await self.session.results(parts)
        return [result for result in results if result.is_query]

    def read(self, row: type[Row], values: Sequence[Value]) -> Row:
        """Turn a raw row into a struct, as `rows.read` does."""
        return read(row, values, self.offset)

    def _commits(self, statements: Sequence[Statement], commit: bool) -> int:
        """How often these make the server commit: once for a transaction, else once for each that writes."""
        if commit or self._in_transaction:
            return int(commit)
        return sum(not statement.sql.startswith(("SELECT", "SHOW", "SET")) for statement in statements)

    async def rollback(self) -> None:
        """Undo the transaction; where even that fails, the session is closed, which undoes it too."""
        begun, self._opening = not self._opening, False
        if begun and not self._finished and not self.session.closed:
            try:
                await self.session.results(["ROLLBACK"])
            except DatabaseError:
                self.session.close()

    async def commit(self) -> None:
        """Commit what was done, if anything was and it is not committed yet."""
        if not self._opening and not self._finished:
            await self.batch(commit=True)


class _Lent:
    """A session of the pool, for as long as the block lasts."""

    def __init__(self, database: "Database", *, in_transaction: bool) -> None:
        self._database = database
        self._in_transaction = in_transaction
        self._connection: Connection | None = None

    async def __aenter__(self) -> Connection:
        self._connection = await self._database.lend(in_transaction=self._in_transaction)
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection = self._connection
        assert connection is not None, "the block was entered"
        try:
            if self._in_transaction:
                if error is None:
                    await connection.commit()
                elif isinstance(error, Exception):
                    await connection.rollback()
        finally:
            self._database.take_back(connection)
        if connection.feeds_queue and (error is None or not self._in_transaction):
            self._database.tell_fed()


class Database:
    """A pool of connections to the shop's database.

    Attributes:
        kept: What was made of rows that seldom change, with the version of them, under the name of the module that did.
        when_fed: Called, each of them, once something was committed that waits in a queue: whoever commits it need not
            know who works on it.
    """

    def __init__(
        self,
        settings: DatabaseSettings,
        offset: timezone,
        *,
        most: int = 16,
        wait: float = 10.0,
        keys: Keys | None = None,
    ) -> None:
        """Make a pool; nothing is opened yet.

        Args:
            settings: Which server and account.
            offset: The shop's fixed offset from UTC, which every session keeps.
            most: Connections at most.
            wait: Seconds to wait for a free connection.
            keys: What files are sealed with, None where the shop has no keys.
        """
        self.settings = settings
        self.offset = offset
        self.keys = keys
        self.counts = Counts()
        self._wait = wait
        self._pool = Pool(connect_arguments(settings), opening(offset), most)
        self.kept: dict[str, object] = {}
        self.when_fed: list[Callable[[], None]] = []

    def connection(self) -> AbstractAsyncContextManager[Connection]:
        """A connection on which every statement commits by itself.

        Raises:
            Unavailable: No connection could be had in time.
        """
        return _Lent(self, in_transaction=False)

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """A connection inside one transaction: committed at the end, undone by an exception.

        Raises:
            Unavailable: No connection could be had, or it broke.
            TryAgain: The server undid the transaction.
        """
        return _Lent(self, in_transaction=True)

    async def lend(self, *, in_transaction: bool) -> Connection:
        """A connection that must be given back with `take_back`; `connection` and `transaction` see to that.

        Args:
            in_transaction: Whether the first statement begins a transaction.

        Raises:
            Unavailable: No connection could be had in time.
        """
        if self._pool.has_free:
            session = await self._pool.take()
        else:
            try:
                async with asyncio.timeout(self._wait):
                    session = await self._pool.take()
            except TimeoutError as error:
                raise Unavailable("no connection in time") from error
        return Connection(
            session, self.offset, self.counts, keys=self.keys, in_transaction=in_transaction, kept=self.kept
        )

    def take_back(self, connection: Connection) -> None:
        """Give a connection back."""
        self._pool.give_back(connection.session)

    def tell_fed(self) -> None:
        """Tell everybody in `when_fed`; a transaction that fed a queue does so by itself when it is committed."""
        for tell in self.when_fed:
            tell()

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
        await self._pool.close(5)
