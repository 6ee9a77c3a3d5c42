"""The ways to Facebook: one for each page that the shop answers on, the first page's for everything else."""

from collections.abc import Mapping, Sequence

from bot.base.settings import Settings
from bot.messenger.graph import Graph
from repository.chats.troubles import FIRST
from repository.database.connection import Database
from repository.settings import pages
from repository.settings.pages import FurtherPage


class Ways:
    """Gives each page's way to Facebook.

    Args:
        settings: This process's settings, with the first page.

    Attributes:
        first: The first page's way; None while no page is connected.
    """

    def __init__(self, settings: Settings) -> None:
        self.first: Graph | None = None
        self._first_id = ""
        self._further: dict[str, Graph] = {}
        self.use(settings, ())

    def use(self, settings: Settings, further: Sequence[FurtherPage]) -> list[Graph]:
        """Use these pages from the next message on.

        Args:
            settings: This process's settings, with the first page.
            further: The other pages.

        Returns:
            The ways that nobody uses any more, to be closed.
        """
        self._first_id = settings.page_id
        if settings.has_facebook:
            self.first = _way(self.first, settings, settings.page_access_token)
        if self.first is None:
            return []
        before, self._further = self._further, {}
        for page in further:
            if page.page_id != settings.page_id:
                self._further[page.page_id] = _way(before.get(page.page_id), settings, page.access_token)
        return [graph for page_id, graph in before.items() if page_id not in self._further]

    def name_of(self, page_id: str) -> str:
        """The page whose way is used for a page: itself where it is a further one, else `FIRST`.

        Args:
            page_id: Any page, connected or not.
        """
        return page_id if page_id in self._further else FIRST

    def of(self, page_id: str = FIRST) -> Graph | None:
        """A page's way; the first page's for any that is no further one. None while no page is connected.

        Args:
            page_id: As Facebook numbers it.
        """
        return self._further.get(page_id, self.first)

    def is_strange(self, page_id: str) -> bool:
        """Whether this process knows of no way to a page: it may have been removed, or not be read yet.

        Args:
            page_id: The page that somebody writes to; empty where nobody knows.
        """
        return bool(page_id and self._first_id) and page_id != self._first_id and page_id not in self._further

    @property
    def further(self) -> Mapping[str, Graph]:
        """The ways of the pages besides the first, by page."""
        return self._further

    @property
    def are_several(self) -> bool:
        """Whether it matters which page somebody writes to."""
        return bool(self._further)

    async def close(self) -> None:
        """Close all of them."""
        for graph in (self.first, *self._further.values()):
            if graph is not None:
                await graph.close()


async def is_gone(database: Database, ways: Ways, page_id: str) -> bool:
    """Whether the shop no longer answers on a page; one that this process has not read yet is none.

    Args:
        database: The shop's database.
        ways: To Facebook, one for each page.
        page_id: The page that somebody writes to; empty where nobody knows.
    """
    if not ways.is_strange(page_id):
        return False
    async with database.connection() as conn:
        return not await pages.answers_on(conn, page_id=page_id)


def _way(there: Graph | None, settings: Settings, token: str) -> Graph:
    """A way with this token: the one that is there, so that its connections stay, or a new one."""
    if there is not None:
        there.use_token(token, app_secret=settings.app_secret)
        return there
    return Graph(
        token,
        app_secret=settings.app_secret,
        base_url=settings.graph_api_url,
        version=settings.graph_api_version,
        sends_a_second=settings.sends_a_second,
    )
