"""One connection of a schema tool, how it is opened, and how things are named in SQL."""

import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timezone
from typing import TypeAlias

import msgspec

from bot.base.settings import DatabaseSettings
from repository.database.connection import Bound, Connection, Database
from repository.database.opening import CharacterSets
from repository.schema.base.statements import Server, read_server

Row: TypeAlias = tuple[object, ...]


class Session:
    """A connection of its own, every statement committed by itself, perhaps with no database chosen."""

    def __init__(
        self, database: Database, held: AbstractAsyncContextManager[Connection], connection: Connection
    ) -> None:
        self._database = database
        self._held = held
        self._connection = connection

    @property
    def began_in(self) -> CharacterSets:
        """The character sets that the server gave the session before the program set its own."""
        return self._connection.session.began_in

    @property
    def settings(self) -> DatabaseSettings:
        """Which server it was opened to, and with which account."""
        return self._database.settings

    async def run(self, sql: str, /, **values: Bound) -> int:
        """Run one statement and read its answer to the end.

        Returns:
            How many rows it changed or found.

        Raises:
            DatabaseError: As `Connection.run`.
        """
        return (await self._connection.run(sql, **values)).rowcount

    async def all(self, sql: str, /, **values: Bound) -> tuple[Row, ...]:
        """Every row that a query answers.

        Raises:
            DatabaseError: As `Connection.run`.
        """
        return (await self._connection.run(sql, **values)).rows

    async def sets(self, sql: str, /, **values: Bound) -> tuple[tuple[Row, ...], ...]:
        """The rows of every result set of one CALL.

        Raises:
            DatabaseError: As `Connection.run`.
        """
        return tuple(result.rows for result in await self._connection.sets(sql, **values))

    async def value(self, sql: str, /, **values: Bound) -> object:
        """The first column of the first row, None where there is none.

        Raises:
            DatabaseError: As `Connection.run`.
        """
        return await self._connection.value(sql, **values)

    async def close(self) -> None:
        """Leave the server."""
        await self._held.__aexit__(None, None, None)
        await self._database.close()


Connect: TypeAlias = Callable[[], Awaitable[Session]]


def opener(settings: DatabaseSettings, offset: timezone, *, database: bool = True) -> Connect:
    """A function that opens a session with an account.

    Args:
        settings: Which server, account and database.
        offset: The shop's fixed offset from UTC, which the session keeps.
        database: Whether to choose the database, which may not exist yet.

    Returns:
        A function that opens one more session each time it is called; the caller closes it.
    """
    chosen = settings if database else msgspec.structs.replace(settings, name="")

    async def connect() -> Session:
        pool = Database(chosen, offset, most=1)
        held = pool.connection()
        try:
            return Session(pool, held, await held.__aenter__())
        except BaseException:
            await pool.close()
            raise

    return connect


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """How far a long job has come.

    Attributes:
        what: What is being done now, for people.
        done: How much of it is done.
        total: How much there is to do, 0 where nobody knows.
    """

    what: str
    done: int
    total: int


Progress: TypeAlias = Callable[[Step], None]


def quiet(step: Step) -> None:
    """Progress that nobody watches."""
    del step


def name(identifier: str) -> str:
    """An identifier in backticks."""
    return "`" + identifier.replace("`", "``") + "`"


def literal(value: str) -> str:
    """A string literal, for statements that take no parameters."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("\0", "\\0") + "'"


UNKNOWN_DATABASE = 1049
_NUMBERED = re.compile(r"(\d{4,5}): ")
_PASSWORD = re.compile(r"(IDENTIFIED\s+BY\s+)'(?:[^'\\]|\\.)*+'?", re.IGNORECASE)


def error_number(error: BaseException) -> int:
    """The server's number of an error, 0 where the server did not say one."""
    facts = error.__cause__.args if error.__cause__ is not None else ()
    if facts and isinstance(facts[0], int):
        return facts[0]
    said = _NUMBERED.match(str(error))
    return int(said.group(1)) if said else 0


def message(error: BaseException) -> str:
    """What the server said, without the passwords that a quoted statement may hold."""
    facts = error.__cause__.args if error.__cause__ is not None else ()
    said = str(facts[1]) if len(facts) > 1 else str(error)
    return _PASSWORD.sub(r"\1'...'", said)


async def server_of(session: Session) -> Server:
    """Which server the session talks to."""
    return read_server(str(await session.value("SELECT VERSION()")))
