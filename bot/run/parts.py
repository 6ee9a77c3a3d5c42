"""The parts of a running shop, wired together and taken apart in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bot.base import clock, logs, tracing
from bot.base.sealing import keys_of
from bot.base.settings import Settings
from bot.messenger.graph import Graph
from bot.run.repeating import ended, quietly, repeat
from dialogs.conversation import TABLE
from handlers.doctor.watching import watch_pages
from handlers.inbound.fetching import Fetcher, LinkFetcher
from handlers.inbound.floods import Floods
from handlers.inbound.lanes import FirstThis, Lanes
from handlers.inbound.others import Others
from handlers.inbound.receiving import Receiving
from handlers.jobs.figures import gather_due
from handlers.jobs.mails import Mails
from handlers.jobs.merchants import Telling
from handlers.jobs.notices import say_what_is_due
from handlers.jobs.picturing import Picturing
from handlers.jobs.posts.commenting import Commenting
from handlers.jobs.templates import follow
from handlers.jobs.uses import add_up_uses
from handlers.jobs.workers import Workers
from handlers.outbound.life import BEAT, Life
from handlers.outbound.outbox import Outbox
from handlers.outbound.ways import Ways
from handlers.turns.burying import bury_or_retry
from handlers.turns.calming import calm
from handlers.turns.in_force import Shop
from handlers.turns.meeting import meet
from handlers.turns.sent_pictures import PicturesWait, SentPictures
from handlers.turns.turn import StrangerError, take_turn
from repository.catalogue.finding import standing
from repository.catalogue.finding.standing import CatalogueUnread
from repository.chats import inbox, troubles
from repository.database.connection import Database

_log = logs.get("parts")
ANSWERS_WITHIN = 20.0
"""Seconds that the database may take for an answer. No statement of the shop's own waits longer than five for a lock,
and a cluster that loses a node holds every commit for about as long."""
_LOOK_EVERY = 2.0  # seconds between two looks at what a dead process may have left
_CONNECT_EVERY = 1.0  # seconds between two looks at what the console has connected
_READ_EVERY = 1.5  # seconds between two looks at what has changed of the products
_ADD_UP_EVERY = 0.3  # seconds between two times that uses of replies are added up
_TELL_EVERY = 2.0  # seconds between two looks at what merchants must be told
_GATHER_EVERY = 15.0  # seconds between two looks for days whose figures have changed
_COMMENTS_EVERY = 0.5  # seconds between two looks for comments that are to be read or answered
_PICTURES_EVERY = 3.0  # seconds between two looks for pictures that are to be fetched
_FOLLOW_EVERY = 60.0  # seconds between two looks for templates that Meta must be asked about
_WATCH_EVERY = 600.0  # seconds between two looks whether somebody has asked about the token today


class Parts:
    """Everything of a shop that runs in one process, apart from its web server.

    Args:
        settings: This process's settings.
        most: Database connections at most.
        with_workers: Whether this process also does the shop's background work.
        shared: Whether other processes are sure to take turns and deliver too.
    """

    def __init__(self, settings: Settings, *, most: int = 16, with_workers: bool = True, shared: bool = False) -> None:
        self.settings = settings
        keys = keys_of(settings.files_key)
        self.database = Database(settings.database, settings.offset, most=most, patience=ANSWERS_WITHIN, keys=keys)
        self.ways = Ways(settings)
        self.shop = Shop(settings, self.database, TABLE)
        self.life = Life(self.database, name=clock.token(12), has_company=shared)
        self.outbox = Outbox(self.database, self.ways, self.life, echo_seconds=settings.echo_seconds)
        self._fetcher = Fetcher(settings.graph_api_url)
        self.pictures = SentPictures(self.database, self._fetcher.get)
        self._floods = Floods(lambda: self.shop.rules_known.messages_a_minute)
        self.lanes = Lanes(
            self._take,
            self._give_up,
            most=max(2, most - 4),
            floods=self._floods,
            calm=self._calm,
            tapped=self.shop.foresight.tapped,
        )
        self._others = Others(self.shop, self.ways)
        self.receiving = Receiving(self.database, self.lanes, self.outbox, self._others, is_ours=self.shop.is_ours)
        self.shop.boards = self.receiving.board
        self.workers = Workers(self.shop, on_outbox=self.outbox.wake, name=self.life.name) if with_workers else None
        self.life.when_gone.append(self._take_over)
        self._telling = Telling(self.shop, Mails(self.shop), self.outbox.wake) if with_workers else None
        self._commenting = Commenting(self.shop, self.ways) if with_workers else None
        self._links = LinkFetcher()
        self._picturing = Picturing(self.shop, self._links) if with_workers else None
        self._to_say = asyncio.Event()
        self._says_notices = False
        self.database.when_due.append(self._to_say.set)
        self._to_add_up = asyncio.Event()
        self.database.when_used.append(self._to_add_up.set)
        self._tasks: list[asyncio.Task[None]] = []
        self._living: asyncio.Task[None] | None = None

    @property
    def graph(self) -> Graph | None:
        """The first page's way to Facebook; None while no page is connected."""
        return self.ways.first

    async def idle(self) -> None:
        """Wait until this process has nothing left to do for any shopper."""
        while not (self.has_answered and self.outbox.marks.is_idle):
            await self.answered()
            await self.outbox.drain()

    @property
    def has_answered(self) -> bool:
        """Whether every turn is taken and everything is sent, though the table may not say so yet."""
        return self.lanes.is_idle and self.outbox.has_sent and not self._is_saying

    async def answered(self) -> None:
        """Wait until every turn is taken and everything is sent, though the table may not say so yet."""
        while not self.has_answered:
            await self.lanes.drain()
            await self.outbox.sent()
            if self._is_saying:
                await asyncio.sleep(0.001)

    async def look(self) -> None:
        """Take up what waits in the database, whoever left it there.

        Raises:
            DatabaseError: The database cannot be asked.
        """
        await self.life.ensure()
        async with self.database.connection() as conn:
            waiting = await inbox.pending(conn)
            self.outbox.senders.note_troubles(await troubles.stopped(conn))
        for one in waiting:
            if one.turns > self.lanes.due(one.psid):  # the others are under way in this process
                self.lanes.wake(one.psid)
        await self.outbox.recover()

    async def reconnect(self) -> None:
        """Use what the console has connected, from the next message on.

        Raises:
            DatabaseError: The database cannot be asked.
        """
        if await self.shop.look_at_connection() and self.shop.settings.has_facebook:
            left = self.ways.use(self.shop.settings, self.shop.further_pages)
            self.outbox.senders.connected_anew()
            await self.database.retry(troubles.end_all)  # or it begins anew with the next message
            _log.info("the page is connected anew", pages=1 + len(self.shop.further_pages))
            for graph in left:
                await graph.close()

    async def _take(self, psid: str, received: float | None) -> bool:
        await self.life.ensure()
        try:
            with tracing.span("turn"):
                return await take_turn(self.shop, self.outbox, psid, received)
        except StrangerError:
            await meet(self.shop, self.ways, psid)
            return await self._take(psid, received)
        except PicturesWait as waiting:
            raise FirstThis(partial(self.pictures.fetch, waiting)) from None
        except CatalogueUnread as unread:
            raise FirstThis(partial(_wait, unread.read)) from None

    async def _calm(self, psid: str) -> bool:
        return await calm(self.shop, self.outbox, psid, tells=self._floods.tells(psid))

    async def _give_up(self, psid: str, error: Exception) -> float | None:
        return await bury_or_retry(self.shop, self.outbox, psid, error)

    def _take_over(self) -> None:
        """Another process is gone: look at once for what it has left."""
        if self.workers is not None:
            self.workers.sweep_soon()
            self.shop.queue_fed.set()

    async def _work(self, workers: Workers) -> None:
        """Do what is due now: when a turn has put something into a queue, and every second in any case."""

        async def work() -> None:
            await self.life.ensure()  # or others take what it claims for a dead one's
            await workers.run_due()

        while True:
            self.shop.queue_fed.clear()
            await quietly("jobs", work)
            try:
                async with asyncio.timeout(1.0):
                    await self.shop.queue_fed.wait()
            except TimeoutError:
                continue

    @property
    def _is_saying(self) -> bool:
        """Whether a notice that was committed here may not be in the outbox yet, and somebody sees to it."""
        return bool(self._tasks) and (self._says_notices or self._to_say.is_set())

    async def _say(self) -> None:
        """Say at once what this process itself has committed, a merchant's click, say; the workers do the rest."""
        while True:
            await self._to_say.wait()
            self._says_notices = True
            self._to_say.clear()
            if not await quietly("notices", lambda: say_what_is_due(self.shop, self.outbox.wake)):
                self._to_say.set()
            self._says_notices = False

    async def _add_up(self) -> None:
        """Add up which canned replies this process has used, so that the merchant sees it at once."""
        while True:
            await self._to_add_up.wait()
            self._to_add_up.clear()
            if not await quietly("uses of replies", partial(add_up_uses, self.database)):
                self._to_add_up.set()
            await asyncio.sleep(_ADD_UP_EVERY)

    async def _follow_templates(self) -> None:
        await follow(self.database, self.ways)

    async def _gather(self) -> None:
        await gather_due(self.database)

    async def _watch_token(self) -> None:
        await watch_pages(self.shop, self.ways)

    async def _keep_catalogue(self) -> None:
        await standing.keep(self.database)

    def start(self) -> None:
        """Begin to work in the background."""
        standing.begin(self.database)
        self._living = asyncio.create_task(repeat("life", self.life.beat, BEAT))
        self._tasks = [
            asyncio.create_task(repeat("look", self.look, _LOOK_EVERY)),
            asyncio.create_task(repeat("connection", self.reconnect, _CONNECT_EVERY)),
            asyncio.create_task(repeat("catalogue", self._keep_catalogue, _READ_EVERY)),
            asyncio.create_task(self.shop.warm()),
            asyncio.create_task(self._say()),
            asyncio.create_task(self._add_up()),
        ]
        if self.workers is not None:
            self._tasks.append(asyncio.create_task(self._work(self.workers)))
            self._tasks.append(asyncio.create_task(repeat("figures", self._gather, _GATHER_EVERY)))
        if self._commenting is not None:
            self._tasks.append(asyncio.create_task(repeat("comments", self._commenting.run_due, _COMMENTS_EVERY)))
        if self._picturing is not None:
            self._tasks.append(asyncio.create_task(repeat("pictures", self._picturing.run_due, _PICTURES_EVERY)))
        if self._telling is not None:
            self._tasks += [
                asyncio.create_task(repeat("merchants", self._telling.run_due, _TELL_EVERY)),
                asyncio.create_task(repeat("templates", self._follow_templates, _FOLLOW_EVERY)),
                asyncio.create_task(repeat("token", self._watch_token, _WATCH_EVERY)),
            ]

    async def stop(self) -> None:
        """Finish what is under way; everything else waits in the database."""
        await ended(self._tasks)
        if self._commenting is not None:
            await quietly("comments", self._commenting.stop)
        await self.receiving.close()
        await self.lanes.close()
        await self.outbox.close()
        if self._living is not None:
            await ended([self._living])
        await self.life.end()
        await self._fetcher.close()
        await self._links.close()
        await self.ways.close()
        await self.database.close()


@asynccontextmanager
async def running(
    settings: Settings, *, most: int = 16, with_workers: bool = True, shared: bool = False
) -> AsyncIterator[Parts]:
    """The parts of a shop, at work until the block is left.

    Args:
        settings: This process's settings.
        most: Database connections at most.
        with_workers: Whether this process also does the shop's background work.
        shared: Whether other processes are sure to take turns and deliver too.
    """
    parts = Parts(settings, most=most, with_workers=with_workers, shared=shared)
    parts.start()
    try:
        yield parts
    finally:
        await parts.stop()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
