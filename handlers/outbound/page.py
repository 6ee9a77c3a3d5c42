"""Whether the page can send at all: what holds everything, what the database says of it, and when it goes on."""

from collections.abc import Awaitable, Callable

from bot.base import logs
from bot.messenger.answers import Usage
from bot.messenger.errors import GraphError, NoPermission, PageRestricted, RateLimited, TokenDead
from bot.messenger.graph import Graph
from handlers.outbound.pace import rest_after
from handlers.outbound.pause import Pause
from repository.chats import troubles
from repository.database.connection import Connection, Database
from repository.database.errors import DatabaseError

_log = logs.get("outbox")
STOPPED_PAUSE = 10.0  # seconds before a page that cannot send is tried again, with one message
_USED_UP = "All calls that Facebook allows the page for now are used up."


class Page:
    """Holds everything while the page cannot send, and lets everybody know why.

    Args:
        database: The shop's database.
        page_id: A further page; `FIRST` for the first.

    Attributes:
        pause: What every message waits for.
        page_id: The same.
        has_trouble: Whether the database may say that the page cannot send.
    """

    def __init__(self, database: Database, page_id: str = troubles.FIRST) -> None:
        self.pause = Pause()
        self.has_trouble = False
        self.page_id = page_id
        self._database = database

    async def stops(self, error: GraphError) -> None:
        """Facebook takes nothing of the page for now.

        Args:
            error: What it said.
        """
        self.pause.begin(error.retry_after or STOPPED_PAUSE)
        await self._begin(_kind(error), code_of(error), str(error.args[0]))

    async def has_sent(self, graph: Graph) -> None:
        """Facebook took something; where it says with that that all calls are used up, everything waits before more.

        Args:
            graph: The way to Facebook.
        """
        if self.has_trouble:
            self.has_trouble = False
            await write(self._database, lambda conn: troubles.end(conn, page_id=self.page_id))
        if (usage := graph.usage).percent >= 100:
            graph.usage = Usage()
            self.pause.begin(rest_after(usage))
            await self._begin("limit", "usage", _USED_UP)

    async def _begin(self, kind: troubles.Kind, code: str, reason: str) -> None:
        self.has_trouble = True
        await write(
            self._database,
            lambda conn: troubles.begin(conn, kind=kind, code=code, reason=reason, page_id=self.page_id),
        )


def code_of(error: GraphError) -> str:
    """Facebook's code with its subcode, as the tables keep it.

    Args:
        error: What it said.
    """
    return f"{error.code}/{error.subcode}"


async def write(database: Database, work: Callable[[Connection], Awaitable[None]]) -> None:
    """Write what became of a message; where that fails, it is found out anew.

    Args:
        database: The shop's database.
        work: What to write.
    """
    try:
        async with database.connection() as conn:
            await work(conn)
    except DatabaseError as error:
        _log.warning("outbox not written", error=type(error).__name__)


def _kind(error: GraphError) -> troubles.Kind:
    match error:
        case RateLimited():
            return "limit"
        case TokenDead():
            return "token"
        case PageRestricted():
            return "restricted"
        case NoPermission():
            return "permission"
        case _:
            return "version"
