"""One message on its way to Facebook, and what becomes of it where that fails."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.base import clock, logs, metrics, tracing
from bot.messenger import window
from bot.messenger.answers import Sent
from bot.messenger.errors import (
    AttachmentGone,
    BadRequest,
    GraphError,
    MediaRefused,
    NoPermission,
    NotThreadOwner,
    OutsideWindow,
    Unconfirmed,
    ValueRefused,
)
from bot.messenger.fallback import UNFETCHED, with_plain_facts, without_media
from bot.messenger.graph import Graph
from handlers.outbound.lane import ToSend
from handlers.outbound.life import Life
from handlers.outbound.marks import Marks
from handlers.outbound.pace import LIMITS, Limits, Pace, kind_of
from handlers.outbound.page import Page, code_of, write
from handlers.outbound.reuse import Reuse, is_by_id
from handlers.outbound.watch import Watch
from repository.aftersales import quiet
from repository.chats import doubts, refused
from repository.chats import outbox as stored
from repository.chats.refused import PAGE_GONE, UNREACHABLE
from repository.database.connection import Connection, Database
from repository.database.errors import DatabaseError
from repository.notices.queue import WAIT_DAYS

_log = logs.get("outbox")
_TOO_LATE = "window closed before it could be sent"
_PAGE_GONE = "the page that they wrote to is no longer connected to the shop"
_GONE = "Facebook cannot reach them until they write again"
_NO_TEMPLATE = (BadRequest, NoPermission)  # of a template that Meta paused, or that this app may not send

IN_DOUBT = "in doubt"  # `outbox.error_code` of what may have arrived
ATTEMPTS_MOST = 6
LOOK_AGAIN = 0.5  # seconds before the table is asked again that could not be asked
TYPING_AFTER = 0.7  # seconds of a slow delivery after which the shopper sees that somebody types

_sends_done = metrics.sends.labels("sent")


class Sending:
    """Sends one message after the other; the order is its caller's affair.

    Args:
        database: The shop's database, which learns what failed.
        graph: The way to Facebook.
        page: Holds every message while the page cannot send.
        marks: Learns what was sent.
        watch: Looks into the table for what others learn of messages that are waited over.
        echo_seconds: In which an echo may still show that a message in doubt arrived.
        life: Of this process, which knows how many others there are.
    """

    def __init__(
        self,
        database: Database,
        graph: Graph,
        *,
        page: Page,
        marks: Marks,
        watch: Watch,
        echo_seconds: float,
        life: Life,
    ) -> None:
        self._database = database
        self._graph = graph
        self._page = page
        self._marks = marks
        self._watch = watch
        self._echo_seconds = echo_seconds
        limits: Limits = {**LIMITS, "text": (graph.sends_a_second, 1.0)}
        self._reuse = Reuse(database, page.page_id)
        self._pace = Pace(lambda: life.sharers, lambda: graph.usage, limits=limits)

    async def send(self, psid: str, message: ToSend) -> bool:
        """Try to deliver one message.

        Args:
            psid: To whom.
            message: What.

        Returns:
            Whether it is dealt with: sent, or failed for good.
        """
        if message.doubtful_until and await self._is_over_in_doubt(message, message.doubtful_until, "crash"):
            return True
        must_look = self._page.pause.is_on or message.attempts > 0 or message.doubtful_until > 0
        finds_out = await self._page.pause.wait()
        try:
            if must_look and not await self._still_waits(message):
                return True
            if message.messaging_type in ("UPDATE", "UTILITY") and (why_not := await self._why_not(psid, message)):
                code = UNREACHABLE[0] if why_not == _GONE else ""
                await self._outside(message, code=code, reason=why_not)
                return True
            await self._pace.take(kind_of(message.message))
            with tracing.span("send", turn=message.turn):
                error = await self._posted(psid, message)
            if error is not None and (error.stops_page or error.pauses_page):
                await self._page.stops(error)
                await self._hold(message, error)
                return False
            if finds_out:
                self._page.pause.end()
            if error is None:
                await self._page.has_sent(self._graph)
        finally:
            if finds_out:
                self._page.pause.pass_on()
        return error is None or await self._failed(psid, message, error)

    async def _posted(self, psid: str, message: ToSend, *, by_id: bool = True) -> GraphError | None:
        """Give a message to Facebook, a picture by the id that it has there, and say what it had against it."""
        content = await self._reuse.shape(message.message, by_id=by_id)
        try:
            sent = await self._post(psid, message, content)
        except GraphError as error:
            self._tell(message, error)
            if not isinstance(error, AttachmentGone) or not is_by_id(content):
                return error
            await self._reuse.forget(message.message, content)
            return await self._posted(psid, message, by_id=False)
        _sends_done.inc()
        self._marks.put(message.id, sent.message_id)
        await self._reuse.note(message.message, sent.attachment_id)
        return None

    async def _is_over_in_doubt(self, message: ToSend, until: float, why: doubts.Why) -> bool:
        """Wait for the echo of a message that may have arrived; where none comes in time, it is sent again."""
        seconds = until - clock.monotonic()
        if seconds > 0:
            reason = f"it may have arrived: for {seconds:.0f} seconds Facebook may still say so"
            await self._write(lambda conn: stored.hold(conn, message_id=message.id, code=IN_DOUBT, reason=reason))
            if await self._watch.is_over(message, seconds):
                metrics.doubts.labels("echo").inc()
                return True
        if not await self._still_waits(message):
            return True
        metrics.doubts.labels("again").inc()
        await self._write(lambda conn: doubts.note_again(conn, message_id=message.id, why=why))
        message.doubtful_until, message.was_sent = 0.0, True
        return False

    async def _still_waits(self, message: ToSend) -> bool:
        """Whether a message that was tried before must be tried again: another process may have heard its echo."""
        while True:
            try:
                async with self._database.connection() as conn:
                    return await stored.is_queued(conn, message_id=message.id)
            except DatabaseError as error:
                _log.warning("outbox not read", error=type(error).__name__)
                await asyncio.sleep(LOOK_AGAIN)

    async def _post(self, psid: str, message: ToSend, content: Mapping[str, object]) -> Sent:
        typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._show_typing, psid)
        began = clock.monotonic()
        try:
            return await self._graph.send(
                psid,
                dict(content),
                metadata=message.metadata,
                messaging_type=message.messaging_type,
                tag="HUMAN_AGENT" if message.messaging_type == "MESSAGE_TAG" else None,
                is_checked=True,  # `replies/render.py` made it, or a notice's own text that was cut to fit
            )
        finally:
            typing.cancel()
            metrics.send_seconds.observe(clock.monotonic() - began)

    async def _hold(self, message: ToSend, error: GraphError) -> None:
        """Nothing of this page can be sent now: everything waits, nothing is lost, no attempt is counted."""
        code, reason = code_of(error), str(error.args[0])
        await self._write(lambda conn: stored.hold(conn, message_id=message.id, code=code, reason=reason))

    async def _failed(self, psid: str, message: ToSend, error: GraphError) -> bool:
        if isinstance(error, NotThreadOwner):
            await self._write(lambda conn: quiet.taken(conn, psid=psid, at=clock.now()))
        if isinstance(error, Unconfirmed) and await self._is_over_in_doubt(
            message, clock.monotonic() + self._echo_seconds, "no_answer"
        ):
            return True
        if message.was_sent and type(error) is BadRequest and _is_receipt(message.message):
            # An order has one receipt: Facebook refuses the second since the first has arrived after all.
            self._marks.put(message.id, "")
            return True
        if isinstance(error, MediaRefused | ValueRefused) and await self._says_instead(message, error):
            return False
        reason = "window closed" if isinstance(error, OutsideWindow) else str(error.args[0])
        if isinstance(error, OutsideWindow) or (
            message.messaging_type == "UTILITY" and isinstance(error, _NO_TEMPLATE)
        ):
            await self._outside(message, code=code_of(error), reason=reason)
            return True
        if error.retry == "never":
            await self._give_up(message, code=code_of(error), reason=reason)
            return True
        wait = await self.put_off(message, code=code_of(error), reason=reason, retry_after=error.retry_after)
        return wait is None or await self._watch.is_over(message, wait.total_seconds())

    async def _says_instead(self, message: ToSend, error: MediaRefused | ValueRefused) -> bool:
        """Say the same without what Facebook does not take: a picture once it had its second try, marks in a fact."""
        if isinstance(error, ValueRefused):
            other = with_plain_facts(message.message)
        elif error.subcode not in UNFETCHED or (error.retry == "later" and not message.attempts):
            return False
        else:
            other = without_media(message.message)
        if other is None:
            return False
        message.message = other
        await self._write(lambda conn: stored.replace(conn, message_id=message.id, message=other))
        return True

    async def put_off(self, message: ToSend, *, code: str, reason: str, retry_after: float = 0.0) -> timedelta | None:
        """Count a failure.

        Args:
            message: What could not be sent.
            code: Facebook's code, with its subcode after a slash.
            reason: Why, in words.
            retry_after: Seconds to wait at least before the next try.

        Returns:
            How long to wait before the next try; None where that was the last.
        """
        message.attempts += 1
        if message.attempts >= ATTEMPTS_MOST:
            await self._give_up(message, code=code, reason=reason)
            return None
        wait = clock.backoff(message.attempts, base=timedelta(milliseconds=500), most=timedelta(minutes=1))
        wait = max(wait, timedelta(seconds=retry_after))
        due_at = clock.now() + wait
        await self._write(
            lambda conn: stored.put_off(conn, message_id=message.id, due_at=due_at, code=code, reason=reason)
        )
        return wait

    async def let_go(self, message: ToSend) -> bool:
        """Give a message up whose page is gone; True, since it is done with.

        Args:
            message: Which.
        """
        await self._give_up(message, code=PAGE_GONE, reason=_PAGE_GONE)
        return True

    async def _give_up(self, message: ToSend, *, code: str, reason: str) -> None:
        await self._write(lambda conn: refused.mark_failed(conn, message_id=message.id, code=code, reason=reason))

    async def _why_not(self, psid: str, message: ToSend) -> str:
        """Why what the shop says first may not be said any more: it may have waited for long. Empty where it may."""
        while True:
            try:
                async with self._database.connection() as conn:
                    reach = await refused.reach_of(conn, psid=psid)
                if reach.is_gone:
                    return _GONE
                is_template = message.messaging_type == "UTILITY"
                return "" if is_template or window.is_open(reach.expires_at, clock.now()) else _TOO_LATE
            except DatabaseError as error:
                _log.warning("window not read", error=type(error).__name__)
                await asyncio.sleep(LOOK_AGAIN)

    async def _outside(self, message: ToSend, *, code: str, reason: str) -> None:
        metrics.window_refusals.labels("facebook" if code else "before").inc()
        await self._write(
            lambda conn: refused.mark_outside(conn, message_id=message.id, code=code, reason=reason, days=WAIT_DAYS)
        )

    @staticmethod
    def _tell(message: ToSend, error: GraphError) -> None:
        metrics.sends.labels(error.retry if error.retry != "never" else "failed").inc()
        kind = type(error).__name__
        _log.warning(
            "send failed", outbox_id=message.id, turn=message.turn, code=code_of(error), status=error.status, kind=kind
        )

    def _show_typing(self, psid: str) -> None:
        typing = asyncio.create_task(self._graph.action(psid, "typing_on"))
        typing.add_done_callback(lambda task: task.cancelled() or task.exception())

    async def _write(self, work: Callable[[Connection], Awaitable[None]]) -> None:
        await write(self._database, work)


def _is_receipt(message: Mapping[str, object]) -> bool:
    attachment = message.get("attachment")
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else None
    return isinstance(payload, Mapping) and payload.get("template_type") == "receipt"
