"""Who else speaks for the page: a person in Facebook's inbox, another app, an automation; and who has the thread."""

import asyncio
from collections.abc import Coroutine

from bot.base import clock, logs, metrics
from bot.messenger import window
from bot.messenger.errors import GraphError
from bot.messenger.event import Event
from bot.messenger.events import Echo, ThreadControl
from handlers.outbound.lane import id_of
from handlers.outbound.privately import comment_of
from handlers.outbound.ways import Ways
from handlers.turns.in_force import Shop
from handlers.turns.meeting import begin_unasked, learn_name
from repository.aftersales import quiet
from repository.chats import automations, receipts
from repository.database.connection import Connection
from repository.posts import answers
from repository.work import jobs

_log = logs.get("others")
PAGE_INBOX = "263902037430900"
"""The app id of a page's own inbox (Meta's page "Conversation Routing")."""


class Others:
    """Keeps the bot quiet where somebody else speaks, whichever process hears it.

    Args:
        shop: The shop.
        ways: To Facebook, one for each page.
    """

    def __init__(self, shop: Shop, ways: Ways) -> None:
        self._shop = shop
        self._ways = ways
        self._tasks: set[asyncio.Task[None]] = set()

    async def hear(self, conn: Connection, event: Event) -> None:
        """Note what an event says of who speaks, if it says anything.

        Args:
            conn: An open connection, in no transaction; the event is stored, and so are those that came with it.
            event: Of any kind.
        """
        if not event.psid:
            return
        if isinstance(event, Echo) and (comment := comment_of(event.metadata)):
            await answers.echoed(conn, comment=comment, psid=event.psid, message_id=event.mid)
        elif isinstance(event, Echo) and self._is_of_other(event):
            await self._hear_echo(conn, event)
        elif isinstance(event, ThreadControl):
            await self._hear_control(conn, event)
        elif event.standby and (closes_at := window.closes_at(event)):
            await receipts.heard_elsewhere(conn, psid=event.psid, at=event.sent_at, window_expires_at=closes_at)

    async def close(self) -> None:
        """Wait for what is still asked of Facebook."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def _app_id(self) -> str:
        """Facebook's number for this app, as it is connected now."""
        return self._shop.settings.app_id

    def _is_of_other(self, event: Echo) -> bool:
        """Whether somebody else than this app wrote for the page."""
        ours = event.app_id and event.app_id == self._app_id
        return not ours and not id_of(event.metadata)

    async def _hear_echo(self, conn: Connection, event: Echo) -> None:
        at = min(event.sent_at, clock.now())
        rules = await self._shop.rules(conn, (await jobs.due(conn)).rules_version)
        if await automations.is_automation(
            conn, psid=event.psid, app_id=event.app_id, words=event.text, at=at, rules=rules
        ):
            metrics.voices.labels("automation").inc()
            return
        metrics.voices.labels("person").inc()
        if not await quiet.person_spoke(conn, psid=event.psid, at=at):
            await begin_unasked(self._shop, conn, psid=event.psid, page_id=event.page_id)
            await quiet.person_spoke(conn, psid=event.psid, at=at)
            self._start(learn_name(self._shop, self._ways.of(event.page_id), event.psid))

    async def _hear_control(self, conn: Connection, event: ThreadControl) -> None:
        at = min(event.sent_at, clock.now())
        match event.action:
            case "pass" | "take" if self._is_ours(event):
                await quiet.given_by_app(conn, psid=event.psid, at=at, is_taken=event.action == "take")
            case "pass" | "take":
                await quiet.taken(conn, psid=event.psid, at=at)
            case "request":
                await quiet.taken(conn, psid=event.psid, at=at)
                self._start(self._hand_over(event, event.requested_owner_app_id))

    def _is_ours(self, event: ThreadControl) -> bool:
        """Whether a thread came to this app, or to nobody, who is the page's default app."""
        if not event.new_owner_app_id or not self._app_id:
            return event.new_owner_app_id == "" or event.previous_owner_app_id == PAGE_INBOX
        return event.new_owner_app_id == self._app_id

    async def _hand_over(self, event: Event, app_id: str) -> None:
        """Give a thread to the app that asks for it; where Facebook refuses that, the bot is quiet all the same."""
        graph = self._ways.of(event.page_id)
        if graph is None or not app_id:
            return
        try:
            await graph.thread_control(event.psid, "pass", app_id=app_id)
        except GraphError as error:
            _log.warning("thread not handed over", error=type(error).__name__)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
