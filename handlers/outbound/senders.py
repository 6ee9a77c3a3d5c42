"""Who sends for each page: one `Sending` and one `Page` for each way to Facebook."""

import asyncio
from collections.abc import Callable, Collection

from bot.base import logs
from bot.messenger.graph import Graph
from handlers.outbound.lane import ToSend
from handlers.outbound.page import Page
from handlers.outbound.sending import Sending
from handlers.outbound.ways import Ways, is_gone
from repository.chats.troubles import FIRST
from repository.database.connection import Database
from repository.database.errors import DatabaseError

_log = logs.get("outbox")
_LOOK_AGAIN = 1.0  # seconds before a page is looked for again that this process does not know yet


class Senders:
    """Gives what sends to the shoppers of a page.

    Args:
        database: The shop's database.
        ways: To Facebook, one for each page.
        made: Makes a `Sending` of a way and of what holds its page.
    """

    def __init__(self, database: Database, ways: Ways, made: Callable[[Graph, Page], Sending]) -> None:
        self._database = database
        self._ways = ways
        self._made = made
        self._pages: dict[str, Page] = {}
        self._sendings: dict[Graph, Sending] = {}

    @property
    def are_there(self) -> bool:
        """Whether a page is connected."""
        return self._ways.first is not None

    def of(self, page_id: str) -> Sending:
        """What sends to the shoppers of a page, while one is connected.

        Args:
            page_id: Any page; one that is no further page counts as the first.
        """
        graph = self._ways.of(page_id)
        assert graph is not None, "nobody sends while no page is connected"
        if graph not in self._sendings:
            self._sendings[graph] = self._made(graph, self.page(page_id))
        return self._sendings[graph]

    def page(self, page_id: str = FIRST) -> Page:
        """What holds every message of a page while it cannot send.

        Args:
            page_id: Any page; one that is no further page counts as the first.
        """
        name = self._ways.name_of(page_id)
        if name not in self._pages:
            self._pages[name] = Page(self._database, name)
        return self._pages[name]

    async def deal_with(self, page_id: str, psid: str, message: ToSend) -> bool:
        """Try to deliver a message, or give it up where the shop no longer answers on its page.

        Args:
            page_id: The page that the shopper writes to; empty where nobody knows.
            psid: The shopper.
            message: What.

        Returns:
            Whether it is dealt with: sent, or failed for good.
        """
        is_over = await self._is_over(page_id)
        sending = self.of(page_id)
        return await (sending.let_go(message) if is_over else sending.send(psid, message))

    async def _is_over(self, page_id: str) -> bool:
        """Whether the shop no longer answers on a page; while nobody can tell, that is no fault of what waits.

        One that it does answer on is read soon, or its token does not open: no other page's is any use.
        """
        while self._ways.is_strange(page_id):
            try:
                if await is_gone(self._database, self._ways, page_id):
                    return True
            except DatabaseError as error:
                _log.warning("page not looked up", error=type(error).__name__)
            await asyncio.sleep(_LOOK_AGAIN)
        return False

    def connected_anew(self) -> None:
        """The ways are others now: what waited for them goes, and what only old ones needed is forgotten."""
        known = {self._ways.of(name) for name in (*self._pages, FIRST)}
        self._sendings = {graph: sending for graph, sending in self._sendings.items() if graph in known}
        for page in self._pages.values():
            page.pause.end()

    def note_troubles(self, stopped: Collection[str]) -> None:
        """Learn of which pages the database says that they cannot send; whoever can send then says so.

        Args:
            stopped: The pages, `FIRST` for the first.
        """
        for name in {*stopped, *self._pages}:
            self.page(name).has_trouble = name in stopped
