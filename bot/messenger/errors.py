"""What can go wrong between us and the Graph API, as a tree of errors with what to do about each.

Sources: contract, section 6, where every code and subcode stands with its meaning and action.
"""

from typing import ClassVar, Literal

Retry = Literal["never", "later", "unconfirmed"]


class GraphError(Exception):
    """The Graph API did not do what was asked.

    Attributes:
        code, subcode: Meta's numbers, 0 where there are none.
        status: The HTTP status, 0 where no answer came.
        trace_id: Meta's `fbtrace_id`, for their support.
        retry: Whether to send again: never; later, after `retry_after` or with growing pauses; or, when unconfirmed,
            only if neither an echo nor an answer shows in time that it arrived.
        retry_after: Seconds to wait before that, where Meta says or is known to want it; else 0.
        stops_page: Nothing more can be sent for the page until a person has put it right: keep its queue, tell the
            merchant.
        pauses_page: Nothing may be sent for the page for `retry_after` seconds.

    The message is Meta's, or ours; it holds no token and no text of a person's.
    """

    default_retry: ClassVar[Retry] = "never"
    pauses_page: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        code: int = 0,
        subcode: int = 0,
        status: int = 0,
        trace_id: str = "",
        retry: Retry | None = None,
        retry_after: float = 0.0,
        stops_page: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.subcode = subcode
        self.status = status
        self.trace_id = trace_id
        self.retry: Retry = retry or self.default_retry
        self.retry_after = retry_after
        self.stops_page = stops_page

    def __str__(self) -> str:
        numbers = f"{self.code}/{self.subcode}" if self.subcode else str(self.code)
        return f"{type(self).__name__} {numbers}, HTTP {self.status}: {self.args[0]}"


class TemporaryError(GraphError):
    """Facebook has trouble, or could not be reached and nothing was sent."""

    default_retry = "later"


class RateLimited(GraphError):
    """Too many calls. Every further one lengthens the wait."""

    default_retry = "later"
    pauses_page = True


class Unconfirmed(GraphError):
    """No answer came after the message was on its way: it may have been delivered."""

    default_retry = "unconfirmed"


class OutsideWindow(GraphError):
    """The shopper last wrote too long ago for an ordinary message."""


class Unreachable(GraphError):
    """The person blocked the page, left, or never wrote to it. Nothing reaches them until they write."""


class Declined(GraphError):
    """Facebook won't deliver this one: too many of its kind, a topic the person stopped, a message since deleted."""


class CommentClosed(Declined):
    """A comment cannot be answered privately, or no more: it was answered before, is gone or older than seven days."""


class TokenDead(GraphError):
    """The page's token no longer works: the merchant must connect the page again."""


class PageRestricted(GraphError):
    """Facebook has stopped the page from sending."""


class NoPermission(GraphError):
    """The app lacks a permission, or is not live for this person."""


class NotThreadOwner(GraphError):
    """Another app holds the conversation: the bot is silent."""


class BadRequest(GraphError):
    """We asked for something that Facebook does not do: a mistake in the program or its settings."""


class NotFound(BadRequest):
    """What was asked about does not exist, or may not be seen."""


class ValueRefused(BadRequest):
    """A fact of a template holds what Meta does not take in one."""


class MediaRefused(BadRequest):
    """Facebook could not fetch or does not take the file: send its address as a text instead."""


class AttachmentGone(MediaRefused):
    """The attachment id is not, or no longer, ours: upload the file again."""
