"""The shop's database: connections and transactions, lent for as long as a block lasts."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta, timezone
from types import TracebackType
from typing import TypeVar

from bot.base import clock
from bot.base.sealing import Keys
from bot.base.settings import DatabaseSettings
from repository.database.account import connect_arguments
from repository.database.asking import Connection
from repository.database.binding import Bound, Statement
from repository.database.counts import Counts
from repository.database.driver import Pool
from repository.database.errors import TryAgain, Unavailable
from repository.database.opening import opening
from repository.database.wire.packets import Result, Value

__all__ = ["Bound", "Connection", "Counts", "Database", "Result", "Statement", "Value"]

Answer = TypeVar("Answer")

ATTEMPTS = 8


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
                    was_undone = await connection.rollback()
                    if was_undone and not isinstance(error, TryAgain | Unavailable):
                        raise TryAgain("the server undid the transaction and did not say so") from error
        finally:
            self._database.take_back(connection)
        if error is None or not self._in_transaction:
            if connection.feeds_queue:
                self._database.tell_fed(notices=connection.feeds_notices)
            if connection.feeds_uses:
                self._database.tell_used()


class Database:
    """A pool of connections to the shop's database.

    Attributes:
        kept: What was made of rows that seldom change, with the version of them, under the name of the module that did.
        when_fed: Called, each of them, once something was committed that waits in a queue: whoever commits it need not
            know who works on it.
        when_due: Called, each of them, once a notice was committed, or may be said that waited.
        when_used: Called, each of them, once uses of canned replies were committed that are to be added up.
        wait: Seconds to wait for a free connection.
    """

    def __init__(
        self,
        settings: DatabaseSettings,
        offset: timezone,
        *,
        most: int = 16,
        wait: float = 10.0,
        patience: float | None = None,
        keys: Keys | None = None,
    ) -> None:
        """Make a pool; nothing is opened yet.

        Args:
            settings: Which server and account.
            offset: The shop's fixed offset from UTC, which every session keeps.
            most: Connections at most.
            wait: Seconds to wait for a free connection.
            patience: Seconds that the server may take for an answer; None for ever.
            keys: What files are sealed with, None where the shop has no keys.
        """
        self.settings = settings
        self.offset = offset
        self.keys = keys
        self.counts = Counts()
        self.wait = wait
        self._pool = Pool(connect_arguments(settings), opening(offset), most, patience=patience)
        self.kept: dict[str, object] = {}
        self.when_fed: list[Callable[[], None]] = []
        self.when_due: list[Callable[[], None]] = []
        self.when_used: list[Callable[[], None]] = []

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
                async with asyncio.timeout(self.wait):
                    session = await self._pool.take()
            except TimeoutError as error:
                raise Unavailable("no connection in time") from error
        return Connection(
            session, self.offset, self.counts, keys=self.keys, in_transaction=in_transaction, kept=self.kept
        )

    def take_back(self, connection: Connection) -> None:
        """Give a connection back."""
        self._pool.give_back(connection.session)

    def tell_fed(self, *, notices: bool) -> None:
        """Tell everybody in `when_fed`; a transaction that fed a queue does so by itself when it is committed.

        Args:
            notices: Whether those in `when_due` are told too.
        """
        for tell in (*self.when_fed, *(self.when_due if notices else ())):
            tell()

    def tell_used(self) -> None:
        """Tell everybody in `when_used`."""
        for tell in self.when_used:
            tell()

    async def retry(self, work: Callable[[Connection], Awaitable[Answer]], *, in_transaction: bool = True) -> Answer:
        """Run a whole transaction, again where the server undid it through no fault of its own.

        Args:
            work: What to do with the connection; it must be safe to run again.
            in_transaction: Whether all of it is one transaction; else it sees to that itself.

        Raises:
            TryAgain: It was undone eight times.
            Unavailable: The database cannot be reached.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with _Lent(self, in_transaction=in_transaction) as conn:
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
