"""How a server starts: what can only be wrong is said at once and ends it, what is only not there yet is waited for."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.base import logs
from bot.base.exits import MISSING, Failure
from bot.base.settings import Settings
from repository.database.connection import Database
from repository.database.errors import DatabaseError, Unavailable, WrongCharacterSet
from repository.schema.base.advice import advised
from repository.schema.base.scripts import read_upgrades

_LOOK_EVERY = 0.5  # seconds between two looks at a database that does not answer yet

_log = logs.get("serve")


def listening(host: str, port: int, *, shared: bool) -> socket.socket:
    """A socket that takes connections, had before anything else runs.

    Args:
        host: On which address.
        port: On which port; 0 takes any.
        shared: Whether other processes listen on it too.

    Raises:
        Failure: It cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        held.bind((host, port))
    except socket.gaierror:
        held.close()
        raise Failure(f"HOST={host} is no address of this machine. Use 127.0.0.1 or 0.0.0.0.", MISSING) from None
    except OSError as error:
        held.close()
        raise Failure(f"Port {port} of {host} cannot be had: {error.strerror}. {_instead(port)}", MISSING) from None
    return held


def _instead(port: int) -> str:
    if port < 1024:
        return "Set PORT above 1023, and let a proxy such as Caddy have the one below."
    return f"Stop what listens there (`ss -ltnp sport = :{port}` names it), or set PORT to another."


@asynccontextmanager
async def waiting_room(held: socket.socket) -> AsyncIterator[None]:
    """Answer on a socket that nothing can be done yet, until the block is left: Facebook sends everything again.

    Args:
        held: The socket; it stays open.
    """

    async def answer(request: web.BaseRequest) -> web.Response:
        if request.path == "/healthz":
            return web.Response(text="ok\n")
        return web.Response(status=503, text="The database does not answer yet.\n", headers={"Retry-After": "5"})

    runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=1)
    await runner.setup()
    try:
        await web.SockSite(runner, held.dup(), backlog=1024).start()
        yield
    finally:
        await runner.cleanup()


async def found(database: Database) -> bool:
    """Look at the shop's database once.

    Args:
        database: Which.

    Returns:
        Whether it answers; one that does not may do so later.

    Raises:
        Failure: It answers, and will never do: the account, the name or the schema is not right.
    """
    try:
        async with database.connection() as conn:
            done = await conn.run("SELECT name FROM schema_ledger WHERE kind = 'upgrade' AND finished_at IS NOT NULL")
    except WrongCharacterSet as error:
        raise Failure(advised(error), MISSING) from error
    except Unavailable:
        return False
    except DatabaseError as error:
        raise Failure(_refused(error), MISSING) from error
    finished = {str(row[0]) for row in done.rows}
    waiting = [name for script in read_upgrades() if (name := script.name.removesuffix(".sql")) not in finished]
    if waiting:
        raise Failure(f"The database waits for {', '.join(waiting)}. Run `./quicksell db upgrade`.", MISSING)
    return True


def _refused(error: DatabaseError) -> str:
    if str(error).startswith("1146"):
        return (
            "The database holds no shop yet. Run `./quicksell db init`, or `./quicksell db upgrade` for one of 0.1.0."
        )
    return advised(error, serving=True)


async def comes(database: Database, settings: Settings, stopped: Callable[[], bool]) -> bool:
    """Wait until the shop's database answers, telling so once.

    Args:
        database: Which.
        settings: This process's settings.
        stopped: Whether somebody has stopped this process meanwhile.

    Returns:
        Whether it does; not where the process was stopped.

    Raises:
        Failure: It answers, and will never do.
    """
    looks = 0
    while not stopped():
        if await found(database):
            if looks:
                _log.info("the database answers", looks=looks)
            return True
        if not looks:
            where = settings.database.socket or f"{settings.database.host}:{settings.database.port}"
            _log.warning(
                "the database does not answer yet",
                where=where,
                what_to_do="start it, or check DB_SOCKET, or DB_HOST and DB_PORT; this server waits and answers 503",
            )
        looks += 1
        await asyncio.sleep(_LOOK_EVERY)
    return False
