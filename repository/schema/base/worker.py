"""A session that changes a schema: patient with locks, and ready to be refused by a cluster."""

import asyncio
from datetime import timedelta

from bot.base import clock
from repository.database.connection import Bound
from repository.database.errors import TryAgain
from repository.schema.base.session import Connect, Row, Session, name, server_of
from repository.schema.base.statements import Server

TRIES = 60


class Worker:
    """Runs statements that are safe to repeat, again where the server undid them.

    A change of a table waits for those who use it, and everybody else then waits behind it. So it waits a second at
    most, steps back, and tries again. A cluster refuses statements for some seconds after each change: a new connection
    cures that.
    """

    def __init__(self, connect: Connect, server: Server, session: Session) -> None:
        self.server = server
        self._connect = connect
        self._session = session
        self._settings: list[str] = []

    @classmethod
    async def start(cls, connect: Connect, database: str) -> "Worker":
        """A worker on a session of its own.

        Args:
            connect: Opens a session of an account that may change the schema.
            database: The database it works in; empty for none.
        """

        async def prepared() -> Session:
            session = await connect()
            try:
                await session.run("SET SESSION lock_wait_timeout = 1")
                if database:
                    await session.run(f"USE {name(database)}")
            except BaseException:
                await session.close()
                raise
            return session

        session = await prepared()
        try:
            return cls(prepared, await server_of(session), session)
        except BaseException:
            await session.close()
            raise

    async def run(self, sql: str, /, **values: Bound) -> int:
        """Run a statement; how many rows it changed.

        Raises:
            TryAgain: It was undone every time for more than a minute.
            DatabaseError: As `Session.run`.
        """
        for attempt in range(1, TRIES + 1):
            try:
                changed = await self._session.run(sql, **values)
                if sql[:4].upper() == "SET ":
                    self._settings.append(sql)
                return changed
            except TryAgain:
                if attempt == TRIES:
                    raise
                pause = clock.backoff(attempt, base=timedelta(milliseconds=100), most=timedelta(seconds=1))
                await asyncio.sleep(pause.total_seconds())
                await self._session.close()
                self._session = await self._connect()
                for setting in self._settings:
                    await self._session.run(setting)
        raise AssertionError("unreachable")

    async def use(self, database: str) -> None:
        """Choose another database, also for the sessions that take this one's place."""
        await self.run(f"USE {name(database)}")
        self._settings.append(f"USE {name(database)}")

    async def all(self, sql: str, /, **values: Bound) -> tuple[Row, ...]:
        """Every row that a query answers."""
        return await self._session.all(sql, **values)

    async def value(self, sql: str, /, **values: Bound) -> object:
        """The first column of the first row, None where there is none."""
        return await self._session.value(sql, **values)

    async def close(self) -> None:
        """Leave the server."""
        await self._session.close()
