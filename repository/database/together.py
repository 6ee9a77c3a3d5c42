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
        super().__init__(conn.session, conn.offset, conn.counts, keys=conn.keys)

    async def batch(self, *statements: Statement, commit: bool = False) -> list[Result]:
        if commit:
            raise ValueError("a read ends no transaction")
        return await _Held(statements)


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
    gathering = _Gathering(conn)
    running = [read(gathering).__await__() for read in reads]
    answers: list[object] = [None] * len(reads)
    waiting: list[tuple[int, _Held]] = []

    def go_on(index: int, results: list[Result] | None) -> None:
        try:
            held = running[index].send(results)
        except StopIteration as done:
            answers[index] = done.value
        else:
            if not isinstance(held, _Held):
                raise TypeError(f"{reads[index]} waited for something else than the database")
            waiting.append((index, held))

    try:
        for index in range(len(reads)):
            go_on(index, None)
        while waiting:
            asked, waiting[:] = list(waiting), []
            results = await conn.batch(*(statement for _, held in asked for statement in held.statements))
            for index, held in asked:
                own, results = results[: len(held.statements)], results[len(held.statements) :]
                go_on(index, own)
    finally:
        for read in running:
            read.close()
    return answers
