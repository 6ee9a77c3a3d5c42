"""A private reply on its way to Facebook, and what becomes of it; and the line that all read below a comment."""

from collections.abc import Mapping

import msgspec

from bot.base import clock, logs, metrics
from bot.messenger.commenting import reply_privately, reply_publicly
from bot.messenger.errors import CommentClosed, GraphError, NoPermission, Unconfirmed
from handlers.outbound.pace import rest_after
from handlers.outbound.ways import Ways, is_gone
from repository.chats.refused import PAGE_GONE
from repository.database.connection import Database
from repository.posts import answers, public
from repository.posts.answers import ToAnswer
from repository.posts.public import ToSay

_log = logs.get("comments")
METADATA = "quicksell-comment:"
DOUBT = 4.0
"""Seconds in which an echo may still show that a private reply arrived."""
PAGE_PAUSE = 60.0
"""Seconds before a page that cannot send is tried again."""
_GONE = "The shop no longer answers on the page below whose post this stands."
_encode = msgspec.json.Encoder().encode


def comment_of(metadata: str) -> int:
    """The `post_comments.id` in an echo's metadata, 0 where the message is no private reply.

    Args:
        metadata: As Facebook gives it back.
    """
    number = metadata.removeprefix(METADATA)
    return int(number) if metadata.startswith(METADATA) and number.isascii() and number.isdigit() else 0


class Privately:
    """Sends private replies and public ones, and remembers for how long the page cannot.

    Args:
        database: The shop's database, which learns what became of each.
        ways: To Facebook, one for each page.
    """

    def __init__(self, database: Database, ways: Ways) -> None:
        self._database = database
        self._ways = ways
        self._paused_until = 0.0

    @property
    def can_send(self) -> bool:
        """Whether a page is connected that can send now."""
        return self._ways.of() is not None and clock.monotonic() >= self._paused_until

    async def send(self, to: ToAnswer, message: Mapping[str, object], *, publicly: bool) -> str | None:
        """Answer a comment in Messenger.

        Args:
            to: The comment.
            message: The `message` object.
            publicly: Whether everybody is to read below the comment that it was answered.

        Returns:
            The PSID of whom it reached, empty where Facebook does not say; None where it did not arrive.
        """
        if await is_gone(self._database, self._ways, to.page_id):
            await self._let_go(to)
            return None
        graph = self._ways.of(to.page_id)
        if graph is None or self._ways.is_strange(to.page_id) or not self.can_send:
            await self._put_off(to, 1.0, GraphError("the page cannot send for now"), counts=False)
            return None
        try:
            sent = await reply_privately(graph, to.comment_id, message, metadata=f"{METADATA}{to.id}")
        except CommentClosed as error:
            if to.in_doubt:  # it had arrived the time before
                await self._arrived(to, "", "", message, publicly)
                return to.psid
            await self._give_up(to, error)
        except Unconfirmed as error:
            await self._put_off(to, DOUBT, error, counts=True, in_doubt=True)
        except GraphError as error:
            await self._failed(to, error)
        else:
            self._paused_until = clock.monotonic() + rest_after(graph.usage)
            await self._arrived(to, sent.recipient_id, sent.message_id, message, publicly)
            return sent.recipient_id
        return None

    async def stumbled(self, to: ToAnswer, kind: str) -> None:
        """Count what went wrong unforeseen against a private reply; it is tried again a few times.

        Args:
            to: The comment.
            kind: The kind of error.
        """
        await self._put_off(to, 5.0, GraphError(f"could not be said: {kind}"), counts=True)

    async def say_publicly(self, to: ToSay, words: str) -> None:
        """Write a line below a comment, once; one that may have been written is not written again.

        Args:
            to: The comment.
            words: What.
        """
        is_over = await is_gone(self._database, self._ways, to.page_id)
        if is_over or self._ways.is_strange(to.page_id):
            async with self._database.connection() as conn:
                await public.public_failed(conn, comment=to.id, again=not is_over)
            return
        graph = self._ways.of(to.page_id)
        if graph is None:
            return
        try:
            await reply_publicly(graph, to.comment_id, words)
        except Unconfirmed:
            _count("public_in_doubt")
        except GraphError as error:
            again = error.retry == "later"
            if error.pauses_page:
                self._pause(error)
            async with self._database.connection() as conn:
                await public.public_failed(conn, comment=to.id, again=again)
            _log.warning("public reply not written", kind=type(error).__name__)
        else:
            _count("public")

    async def _arrived(
        self, to: ToAnswer, psid: str, message_id: str, message: Mapping[str, object], publicly: bool
    ) -> None:
        await self._database.retry(
            lambda conn: answers.answered(
                conn,
                comment=to.id,
                psid=psid,
                message_id=message_id,
                message=_encode(message).decode(),
                publicly=publicly,
            )
        )
        _count("sent")

    async def _failed(self, to: ToAnswer, error: GraphError) -> None:
        if error.pauses_page or error.stops_page:
            self._pause(error)
            await self._put_off(to, error.retry_after or PAGE_PAUSE, error, counts=False)
        elif error.retry == "later":
            await self._put_off(to, error.retry_after or 2.0 ** min(to.attempts, 6), error, counts=True)
        else:
            await self._give_up(to, error)

    async def _give_up(self, to: ToAnswer, error: GraphError) -> None:
        async with self._database.connection() as conn:
            await answers.give_up(conn, comment=to.id, code=_code(error), reason=_reason(error))
        _count("refused")

    async def _let_go(self, to: ToAnswer) -> None:
        """Give up what would go to a page that the shop no longer answers on: no other page's token is any use."""
        async with self._database.connection() as conn:
            await answers.give_up(conn, comment=to.id, code=PAGE_GONE, reason=_GONE)
        _count("page_gone")

    async def _put_off(
        self, to: ToAnswer, seconds: float, error: GraphError, *, counts: bool, in_doubt: bool = False
    ) -> None:
        async with self._database.connection() as conn:
            await answers.put_off(
                conn,
                comment=to.id,
                seconds=seconds,
                code=_code(error),
                reason=_reason(error),
                in_doubt=in_doubt,
                counts=counts,
            )
        _count("put_off")

    def _pause(self, error: GraphError) -> None:
        self._paused_until = clock.monotonic() + (error.retry_after or PAGE_PAUSE)
        _log.warning("private replies wait", kind=type(error).__name__)


def _code(error: GraphError) -> str:
    return f"{error.code}/{error.subcode}" if error.subcode else str(error.code)


def _reason(error: GraphError) -> str:
    if isinstance(error, CommentClosed):
        return "Facebook takes no private reply to this comment: it was answered before, is gone or older than 7 days."
    if isinstance(error, NoPermission):
        return f"The page's app may not answer comments: {error.args[0]}"
    return str(error.args[0])


def _count(outcome: str) -> None:
    metrics.jobs.labels("comments", outcome).inc()
