"""What every turn shares: the database, the words and the rules, the last two reloaded when their version changes."""

import asyncio
from collections.abc import Mapping

from bot.base import logs, metrics
from bot.base.settings import Settings
from bot.language.country.gazetteer import is_barangay, towns_by_name
from bot.messenger.limits import has_grids
from dialogs.engine.table import Table
from handlers.turns.asking.company import Boards, nobody
from handlers.turns.asking.foresight import Foresight
from replies.environment import compiled
from replies.words import Wording, Words, own_words
from repository import rules
from repository.database.connection import Connection, Database
from repository.rules import Rules
from repository.settings import connections, pages
from repository.settings.pages import FurtherPage
from repository.settings.secrets import Sealer
from repository.wording import trials, wordings
from repository.wording.trials import Trial

_log = logs.get("shop")


class Shop:
    """The shop as one process sees it.

    Args:
        settings: This process's settings.
        database: The shop's database.
        table: Its dialogs.

    Attributes:
        settings: Those of this process, with the page that the console has connected on top.
        further_pages: The other pages that the shop answers on.
        queue_fed: Set when this process has committed something to a queue, for its workers.
        foresight: Knows what taps ask.
        boards: Gives what is written with a turn that ends.
    """

    def __init__(self, settings: Settings, database: Database, table: Table) -> None:
        self.settings = settings
        self.further_pages: tuple[FurtherPage, ...] = ()
        self._started_with = settings
        self._connected = -1
        self.database = database
        self.table = table
        self.queue_fed = asyncio.Event()
        self.foresight = Foresight()
        self.boards: Boards = nobody
        database.when_fed.append(self.queue_fed.set)
        self._words: tuple[int, Words] = (0, Words(currency=settings.shop_currency))
        self._trials: Mapping[str, Trial] = {}
        self._rules: tuple[int, Rules] = (0, Rules(shop_name=settings.shop_name, currency=settings.shop_currency))

    async def warm(self) -> None:
        """Compile every block and read the country's places, a few at a time, so that no shopper waits for it."""
        made = compiled.cache_info().misses
        for name, language in own_words():
            compiled(self.settings.shop_currency, self._words[1].source(name, language))
            if compiled.cache_info().misses > made:  # else it was there, and took no time
                made = compiled.cache_info().misses
                await asyncio.sleep(0)
        await asyncio.to_thread(towns_by_name)
        await asyncio.to_thread(is_barangay, "")

    async def look_at_connection(self) -> bool:
        """Use what the console has connected since this was last asked.

        Returns:
            Whether the settings are others now.

        Raises:
            DatabaseError: The database cannot be asked.
        """
        async with self.database.connection() as conn:
            version = int(str(await conn.value("SELECT rules FROM shop_versions WHERE id = 1")))
            if version == self._connected:
                return False
            before = (self.settings, self.further_pages)
            self.settings = await connections.in_force(conn, self._started_with)
            self.further_pages = await pages.further(conn, sealer=Sealer(self.settings.secret_key))
            self._connected = version
            self._rules = (0, self._rules[1])  # the public address is part of them: read anew
        return before != (self.settings, self.further_pages)

    def is_ours(self, page_id: str) -> bool:
        """Whether the shop answers on a page. Where it is not known which page it has, any is taken for it.

        Args:
            page_id: As an event names it; empty where it names none.
        """
        ours = self.settings.page_id
        return page_id in ("", ours) or not ours or any(page_id == one.page_id for one in self.further_pages)

    def further_of(self, page_id: str) -> str:
        """A page besides the first that the shop answers on; empty for the first and for any other.

        Args:
            page_id: As Facebook numbers it.
        """
        is_further = page_id != self.settings.page_id and any(page_id == one.page_id for one in self.further_pages)
        return page_id if is_further else ""

    async def words(self, conn: Connection, version: int) -> Words:
        """The words in force.

        Args:
            conn: An open connection.
            version: What `shop_versions.words` says now.
        """
        if self._words[0] != version:
            rows = await wordings.active(conn)
            made = Words(
                [Wording(name=row.name, language=row.language, words=row.words) for row in rows],
                currency=self.settings.shop_currency,
            )
            metrics.wordings_broken.set(len(made.broken))
            for broken in made.broken:
                _log.warning("a wording is left out", block=broken.name, language=broken.language)
            self._trials = {trial.words_a: trial for trial in await trials.running(conn)}
            self._words = (version, made)
        return self._words[1]

    @property
    def rules_known(self) -> Rules:
        """The rules as this process knew them last."""
        return self._rules[1]

    @property
    def trials(self) -> Mapping[str, Trial]:
        """The second wordings that are tried, by the words of the reply; read anew with the words."""
        return self._trials

    async def rules(self, conn: Connection, version: int) -> Rules:
        """The rules in force.

        Args:
            conn: An open connection.
            version: What `shop_versions.rules` says now.
        """
        if self._rules[0] != version:
            made = await rules.load(
                conn,
                shop_name=self.settings.shop_name,
                currency=self.settings.shop_currency,
                public_url=self.settings.public_url,
                page_id=self.settings.page_id,
                has_grids=has_grids(self.settings.graph_api_version),
            )
            self._rules = (version, made)
        return self._rules[1]
