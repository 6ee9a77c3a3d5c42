"""What is on its way to the bot, and what waits to travel in company."""

import asyncio
from collections.abc import Callable

import msgspec

from bot.workshop.emulator import events
from bot.workshop.emulator.answers import Json

#: What Facebook tells of a message of the bot: nobody waits for it.
TELLING = frozenset(("echo", "delivery", "read"))
#: What is told up to a time: the newest says all that those before it said.
UP_TO = frozenset(("delivery", "read"))
#: Kinds of item that are a shopper's own doing and appear in the chat.
BY_SHOPPER = frozenset(("message", "postback"))


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What the bot answered to one webhook POST; `upto` is the time of the newest thing a shopper did in it."""

    number: int
    psid: str
    kinds: tuple[str, ...]
    at: int
    seconds: float
    attempt: int
    status: int
    answer: str
    upto: int = 0
    fault: str = ""


class Parcel:
    """One item on its way to the bot; `answered` tells how its delivery ended."""

    __slots__ = ("answered", "at", "field", "item", "kind", "psid")

    def __init__(self, psid: str, kind: str, item: Json, field: events.Field) -> None:
        self.field = field
        self.psid = psid
        self.kind = kind
        self.item = item
        at = item.get("timestamp")
        self.at = at if isinstance(at, int) and kind in BY_SHOPPER else 0
        self.answered: asyncio.Future[Delivery] | None = None


class Company:
    """What is told of the bot's messages, and waits to travel in the webhook of what the shopper does next.

    Facebook puts what comes together into one webhook; in an emulated chat nothing comes together by itself. What was
    delivered and read is told up to a time, so only the newest of it waits, and until the patience ends: nobody but a
    replay does so much meanwhile that it could be told.

    Args:
        leave: Sends what waited about one person on its way.

    Attributes:
        patience: Seconds for which it waits; 0 lets everything leave at once.
    """

    def __init__(self, leave: Callable[[str, list[Parcel]], None]) -> None:
        self.patience = 0.0
        self._leave = leave
        self._waiting: dict[str, list[Parcel]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def awaits(self, parcel: Parcel) -> bool:
        """Whether an item waits for company.

        Args:
            parcel: The item.
        """
        return self.patience > 0 and parcel.kind in TELLING and parcel.field == "messaging"

    def keep(self, parcel: Parcel) -> None:
        """Let an item wait.

        Args:
            parcel: The item.
        """
        before = self._waiting.get(parcel.psid, [])
        if parcel.kind in UP_TO:
            before = [other for other in before if other.kind != parcel.kind]
        self._waiting[parcel.psid] = [*before, parcel]
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.patience, self.release)

    def take(self, psid: str) -> list[Parcel]:
        """What waits about somebody, to be taken along.

        Args:
            psid: Who.
        """
        waiting = self._waiting.pop(psid, [])
        if stays := [parcel for parcel in waiting if parcel.kind in UP_TO]:
            self._waiting[psid] = stays
        return [parcel for parcel in waiting if parcel.kind not in UP_TO]

    def release(self) -> None:
        """Let everything leave without company."""
        self._stop()
        while self._waiting:
            psid, parcels = self._waiting.popitem()
            self._leave(psid, parcels)

    def forget(self) -> None:
        """Let nothing that waits ever leave: whom it is about is gone."""
        self._stop()
        self._waiting.clear()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
