"""How many messages of one shopper are answered: a script, or a phone in a pocket, hears one kind word and no more."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import msgspec

from bot.base import clock

AT_ONCE: Final = 20
"""Messages of one shopper that may wait at the same time: they come faster than anybody types."""
MINUTE: Final = 60.0
_KNOWN_MOST: Final = 20_000


class _Shopper(msgspec.Struct):
    left: float
    at: float
    told_at: float = -MINUTE


class Floods:
    """Counts the messages of each shopper in this process.

    Args:
        most: How many of one shopper are answered a minute; 0 for no limit.
    """

    def __init__(self, most: Callable[[], int]) -> None:
        self._most = most
        self._shoppers: OrderedDict[str, _Shopper] = OrderedDict()  # who wrote last stands last

    @property
    def known(self) -> int:
        """How many shoppers it keeps in mind."""
        return len(self._shoppers)

    def came(self, psid: str) -> None:
        """A message of a shopper has come.

        Args:
            psid: Whose.
        """
        most, now = self._most(), clock.monotonic()
        if not most:
            return
        known = self._shoppers.pop(psid, None) or _Shopper(most, now)
        left = min(float(most), known.left + (now - known.at) * most / MINUTE)
        known.left, known.at = max(-1.0, left - 1), now
        self._shoppers[psid] = known
        self._forget(now)

    def _forget(self, now: float) -> None:
        """Forget who has not written for a minute, as if they had never written, and of very many the first."""
        while self._shoppers:
            oldest = next(iter(self._shoppers.values()))
            if now - oldest.at < MINUTE and len(self._shoppers) <= _KNOWN_MOST:
                return
            self._shoppers.popitem(last=False)

    def is_on(self, psid: str, waiting: int) -> bool:
        """Whether a shopper has sent more than is answered.

        Args:
            psid: Who.
            waiting: How many of their messages wait.
        """
        known = self._shoppers.get(psid)
        return known is not None and self._most() > 0 and (known.left < 0 or waiting > AT_ONCE)

    def tells(self, psid: str) -> bool:
        """Whether they should be told now: once a minute.

        Args:
            psid: Who.
        """
        known, now = self._shoppers.get(psid), clock.monotonic()
        if known is None or now - known.told_at < MINUTE:
            return False
        known.told_at = now
        return True
