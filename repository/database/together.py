"""Several reads in one round trip, each written as if it were alone."""

from collections.abc import Awaitable, Callable, Generator, Sequence

from repository.database.connection import Connection, Result, Statement

Read = Callable[[Connection], Awaitable[object]]


class _Held:
    """Statements that wait for those of the other reads."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements

    def __await__(self) -> Generator["_Held", list[Result], list[Result]]:
        return (yield self)


class _Gathering(Connection):
    """A connection that holds every statement until the other reads have come as far."""

    def __init__(self, conn: Connection) -> None:
        super().__init__(conn.session, conn.offset, conn.counts, keys=conn.keys, kept=conn.kept)

    async def batch(self, *statements: Statement, commit: bool = False) -> list[Result]:
        if commit:
            raise ValueError("a read ends no transaction")
        return await _Held(statements)


class Reads:
    """Reads that were begun, each as far as its first statements, which may travel with something else.

    Args:
        conn: An open connection.
        reads: Functions of this package that only read, waiting for nothing but the connection that they are given.

    Raises:
        ShopError: One of them was refused before it asked anything.
    """

    def __init__(self, conn: Connection, reads: Sequence[Read]) -> None:
        self._conn = conn
        gathering = _Gathering(conn)
        self._reads = reads
        self._running = [read(gathering).__await__() for read in reads]
        self._found: list[object] = [None] * len(reads)
        self._waiting: list[tuple[int, _Held]] = []
        try:
            for index in range(len(reads)):
                self._go_on(index, None)
        except BaseException:
            self.close()
            raise

    @property
    def statements(self) -> Sequence[Statement]:
        """What they wait for the answers of."""
        return [statement for _, held in self._waiting for statement in held.statements]

    async def found(self, results: Sequence[Result] | None = None) -> list[object]:
        """What each of them finds, in order.

        Args:
            results: What `statements` have answered, where they have travelled already.

        Raises:
            ShopError: What the first of them that was refused raised.
            DatabaseError: As `Connection.run`.
        """
        try:
            while asked := self._waiting:
                if results is None:
                    results = await self._conn.batch(*self.statements)
                self._waiting = []
                for index, held in asked:
                    own, results = results[: len(held.statements)], results[len(held.statements) :]
                    self._go_on(index, list(own))
                results = None
        finally:
            self.close()
        return self._found

    def close(self) -> None:
        """End them, wherever they are."""
        for read in self._running:
            read.close()

    def _go_on(self, index: int, results: list[Result] | None) -> None:
        try:
            held = self._running[index].send(results)
        except StopIteration as done:
            self._found[index] = done.value
        else:
            if not isinstance(held, _Held):
                raise TypeError(f"{self._reads[index]} waited for something else than the database")
            self._waiting.append((index, held))


async def together(conn: Connection, reads: Sequence[Read]) -> list[object]:
    """What each of several reads finds, in as many round trips as the longest of them takes.

    Args:
        conn: An open connection.
        reads: Functions of this package that only read, waiting for nothing but the connection that they are given.

    Returns:
        What each returned, in order.

    Raises:
        ShopError: What the first of them that was refused raised.
        DatabaseError: As `Connection.run`.
    """
    return await Reads(conn, reads).found()
