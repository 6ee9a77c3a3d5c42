"""Requests without our signature, counted by the network that they come from."""

from collections import OrderedDict
from typing import Final

from bot.base import clock

MOST: Final = 120
"""Requests without a signature that one network gets an ordinary answer to in a minute."""
MINUTE: Final = 60.0
_KNOWN_MOST: Final = 10_000


class Strangers:
    """Counts who sends what is not signed. What is signed is never counted, and never refused.

    Args:
        most: Requests of one network a minute.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()  # since when, how many; the oldest first

    def is_too_much(self, network: str) -> bool:
        """Count one more.

        Args:
            network: Where it comes from.

        Returns:
            Whether that are too many within a minute.
        """
        now = clock.monotonic()
        since, count = self._counts.pop(network, (now, 0))
        if now - since >= MINUTE:
            since, count = now, 0
        self._counts[network] = (since, count + 1)
        while len(self._counts) > _KNOWN_MOST:
            self._counts.popitem(last=False)
        return count >= self._most
