"""How fast the page may send: Facebook's limits for a page, shared by the processes that live, and its warnings.

Private replies to comments have a limit of an hour, counted in the table: `repository/posts/answers.py`.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final, Literal

from bot.base import clock
from bot.messenger.answers import Usage
from bot.messenger.error_table import RATE_PAUSE

Kind = Literal["text", "media"]

Limits = Mapping[Kind, tuple[int, float]]

LIMITS: Final[Limits] = {
    "text": (300, 1.0),
    "media": (10, 1.0),
}
"""So many in so many seconds, for a page (contract/messenger.md, section 6); 0 for no limit."""
SLOW_FROM: Final = 80.0
"""Percent of a limit that are used up, from which on the page goes slower, as Meta asks."""
SLOWEST: Final = 1.0
"""Seconds between two messages just below the limit."""
_MEDIA: Final = ("image", "audio", "video", "file")


def kind_of(message: Mapping[str, object]) -> Kind:
    """Which limit a message counts against.

    Args:
        message: The `message` object.
    """
    attachment = message.get("attachment")
    return "media" if isinstance(attachment, Mapping) and attachment.get("type") in _MEDIA else "text"


def rest_after(usage: Usage) -> float:
    """Seconds to let pass before the next call, as Meta asks of whoever comes near a limit; 0 far from it.

    Args:
        usage: How much of Facebook's limits is used up, as it last said.
    """
    if usage.percent >= 100:
        return usage.regain_minutes * 60 or RATE_PAUSE
    return SLOWEST * max(0.0, (usage.percent - SLOW_FROM) / (100 - SLOW_FROM))


class Pace:
    """Lets messages go as fast as Facebook allows, in the order in which they ask.

    Args:
        sharers: How many processes send for the page.
        usage: How much of Facebook's limits is used up, as it last said.
        limits: So many in so many seconds, of each kind.
    """

    def __init__(self, sharers: Callable[[], int], usage: Callable[[], Usage], *, limits: Limits = LIMITS) -> None:
        self._sharers = sharers
        self._usage = usage
        self._limits = limits
        self._gone: dict[Kind, deque[float]] = {kind: deque() for kind in limits}
        self._next = 0.0
        self._in_line = asyncio.Lock()

    async def take(self, kind: Kind) -> None:
        """Wait until one more may go.

        Args:
            kind: Which limit it counts against.
        """
        if not self._in_line.locked() and self._left(kind) <= 0:
            self._goes(kind)
            return
        async with self._in_line:
            while True:
                seconds = self._left(kind)
                if seconds <= 0:
                    break
                await asyncio.sleep(seconds)
            self._goes(kind)

    def _left(self, kind: Kind) -> float:
        """Seconds until one more may go."""
        now = clock.monotonic()
        most, window = self._limits[kind]
        if not most:
            return self._next - now
        gone = self._gone[kind]
        while gone and gone[0] <= now - window:
            gone.popleft()
        share = max(1, most // max(1, self._sharers()))
        is_full = len(gone) >= share
        return max(gone[len(gone) - share] + window - now if is_full else 0.0, self._next - now)

    def _goes(self, kind: Kind) -> None:
        now = clock.monotonic()
        if self._limits[kind][0]:
            self._gone[kind].append(now)
        # What is used up altogether holds the whole page: `handlers/outbound/page.py`.
        if rest := min(SLOWEST, rest_after(self._usage())):
            self._next = now + rest * max(1, self._sharers())
