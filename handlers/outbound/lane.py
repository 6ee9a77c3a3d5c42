"""One shopper's messages in this process: what a lane holds, and which states it can be in."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

from bot.messenger.graph import MessagingType
from repository.chats.outbox import Queued

Outcome = Literal["", "arrived", "over", "wanted"]


_OURS = "quicksell:"


def id_of(metadata: str) -> int:
    """The `outbox.id` in an echo's metadata, 0 where the message is none of ours.

    Args:
        metadata: As the echo carries it.
    """
    number = metadata.removeprefix(_OURS)
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if metadata.startswith(_OURS) and is_number else 0


class ToSend(msgspec.Struct):
    """A message in this process's hands.

    Attributes:
        id: `outbox.id`, which travels as metadata.
        message: The `message` object.
        attempts: How often sending it failed.
        doubtful_until: It may have been delivered already: an echo may show that until then, by the monotonic clock.
        was_sent: It was sent before, and Facebook has not said what became of it.
        outcome: What became of it while it waits: an echo shows that it was delivered; the table says that it is over,
            whoever ended it; a person wants it tried at once.
        turn: `chat_logs.id` of the turn that says it, 0 for a notice.
        heard: Set when `outcome` is.
    """

    id: int
    message: Mapping[str, object]
    messaging_type: MessagingType = "RESPONSE"
    attempts: int = 0
    doubtful_until: float = 0.0
    was_sent: bool = False
    outcome: Outcome = ""
    turn: int = 0
    heard: asyncio.Event = msgspec.field(default_factory=asyncio.Event)

    @property
    def metadata(self) -> str:
        """What its echo will carry."""
        return f"{_OURS}{self.id}"

    def hears(self, outcome: Outcome) -> None:
        """Let whoever waits over it know what became of it; an echo is the last word."""
        if self.outcome != "arrived":
            self.outcome = outcome
        self.heard.set()


def read(row: Queued, doubtful_until: float) -> ToSend:
    """A message of the table, as a process has it in its hands.

    Args:
        row: As it was read.
        doubtful_until: Until when an echo may show that it was delivered, 0 where nobody can have sent it.
    """
    content = msgspec.json.decode(row.message, type=dict[str, object])
    kind: MessagingType = msgspec.convert(row.messaging_type, MessagingType)
    return ToSend(row.id, content, kind, row.attempts, doubtful_until, turn=row.turn)


class Standing(NamedTuple):
    """What can be seen of a lane from outside.

    Attributes:
        runs: A task works on it.
        must_read: Others may wait in the table.
        reads: The table is being read.
        holds: Messages are in hand.
    """

    runs: bool
    must_read: bool
    reads: bool
    holds: bool


LEGAL: Mapping[Standing, str] = {
    Standing(runs=True, must_read=False, reads=False, holds=False): "gives the claim back, or ends",
    Standing(runs=True, must_read=False, reads=False, holds=True): "sends",
    Standing(runs=True, must_read=False, reads=True, holds=False): "reads",
    Standing(runs=True, must_read=False, reads=True, holds=True): "reads anew: its claim was in doubt",
    Standing(runs=True, must_read=True, reads=False, holds=False): "is about to read",
    Standing(runs=True, must_read=True, reads=False, holds=True): "sends, and reads before the next",
    Standing(runs=True, must_read=True, reads=True, holds=False): "reads, and once more: something came meanwhile",
    Standing(runs=True, must_read=True, reads=True, holds=True): "reads anew, and once more",
    Standing(runs=False, must_read=False, reads=False, holds=True): "was stopped: the table has it",
    Standing(runs=False, must_read=True, reads=False, holds=False): "was stopped before it read",
    Standing(runs=False, must_read=True, reads=False, holds=True): "was stopped, and had to read",
}
"""Every state that a lane can be in, in words. The stopped ones are there only once the outbox closes; a lane that has
nothing to do is no lane any more, and nothing reads without a task."""


class Lane:
    """One shopper's messages that wait, in order.

    Args:
        life: The life of this process in which the shopper was claimed.

    Attributes:
        page_id: The page that the shopper writes to; empty until it is read, and where nobody knows.
    """

    def __init__(self, life: int) -> None:
        self.life = life
        self.page_id = ""
        self.waiting: deque[ToSend] = deque()
        self.task: asyncio.Task[None] | None = None
        self.reload = False  # others may wait in the table
        self.loading = False
        self.dealt_with: set[int] = set()  # the table may not say so of each yet
        self.doubtful_until = 0.0
        self.certain: set[int] = set()  # our own, that nobody else can have sent

    @property
    def standing(self) -> Standing:
        """How it stands: one of `LEGAL`."""
        return Standing(self.task is not None, self.reload, self.loading, bool(self.waiting))

    def trust_echoes(self, until: float) -> None:
        """An echo has come: those of the next messages, which are younger, come soon where they come at all.

        Args:
            until: By then, on the monotonic clock.
        """
        self.doubtful_until = min(self.doubtful_until, until)
        for message in self.waiting:
            message.doubtful_until = min(message.doubtful_until, until)
