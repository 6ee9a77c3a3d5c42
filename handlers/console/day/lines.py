"""What waits as the lines of a list: in the order in which it matters, for those who may see to it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from urllib.parse import urlencode

import msgspec

from handlers.console.orders import wordings
from repository.day.waiting import Pile
from repository.work.stuck import QUEUES


class Line(msgspec.Struct, frozen=True):
    """Something that waits for a person.

    Attributes:
        kind: As `repository.day.waiting.piles` names it.
        name: What it is called.
        count: How many.
        since: Since when the oldest waits; None where that is not known.
        words: What is known besides; may be empty.
        path: Where exactly these are shown, below the console.
        icon: One of those in `_icons.html`.
    """

    kind: str
    name: str
    count: int
    since: datetime | None
    words: str
    path: str
    icon: str


class _Kind(msgspec.Struct, frozen=True):
    """How a kind of what waits is shown, and the right that it takes to see to it."""

    name: str
    right: str
    path: str
    icon: str


def _order(why: str, name: str, icon: str = "bag") -> _Kind:
    return _Kind(name, "orders.view", f"/orders?{urlencode({'tab': 'needs', 'why': why})}", icon)


def _flagged(why: str) -> _Kind:
    return _order(why, f"Orders: {wordings.reason(why)}")


def _queue(name: str, called: str) -> _Kind:
    return _Kind(called, "queues", f"/queues?queue={name}&only=new", "stack")


_FIRST: Mapping[str, _Kind] = {
    "payment": _Kind("Payments to check", "orders.approve", "/verification?show=payment", "shield"),
    "identity": _Kind("IDs to look at", "identity.view", "/verification?show=identity", "shield"),
    "people": _Kind("Shoppers wait for a person", "chats.view", "/inbox?view=needs", "inbox"),
    "order.late": _order("late", "Late orders, not shipped yet", "clock"),
    "order.lost": _order("lost", "Parcels that should have come by now", "truck"),
    "order.complaint": _order("complaint", "Orders that shoppers complain about"),
    "order.waits": _order("waits", "Orders that shoppers find late", "clock"),
    "order.refused": _order("refused", "Parcels that shoppers will not take", "truck"),
    "order.payment": _order("payment", "Payments that shoppers say are wrong"),
    "order.received": _order("received", "Parcels that shoppers say they have", "truck"),
    "order.refund": _order("refund", "Orders of which money is to go back"),
    "order.return": _order("return", "Orders of which something comes back"),
    "order.risk": _order("risk", "Orders that look risky"),
    "order.address": _order("address", "Orders with an address to look at"),
    "order.unpaid": _order("unpaid", "Confirmed orders that are not paid"),
    "order.pack": _order("pack", "Orders to pack", "box"),
    "order.unheard": _order("unheard", "Orders whose shopper could not be told"),
}
_LATER: Mapping[str, _Kind] = {
    "queue.messages": _queue("messages", "Messages did not arrive"),
    "queue.notices": _queue("notices", "Notices to shoppers wait or failed"),
    "drafts": _Kind("Drafts that nobody has tapped yet", "orders.approve", "/orders/drafts/new#waiting", "bag"),
    "low": _Kind("Products are nearly sold out", "products.view", "/stock?state=low", "tag"),
    "out": _Kind("Products are sold out", "products.view", "/stock?state=out", "tag"),
    "queue.orders": _queue("orders", "Work on orders was given up"),
    "queue.turns": _queue("turns", "Messages that the program failed on"),
    "queue.merchants": _queue("merchants", "Notices to you did not arrive"),
    "token": _Kind("Your page on Facebook needs you", "connect", "/connect", "plug"),
    "conflicts": _Kind("Phrases of two replies", "replies.view", "/replies/conflicts#same", "chat"),
    "unanswered": _Kind("Questions without an answer", "chats.view", "/unanswered", "question"),
}
_COVERED = frozenset({"order.proof", "order.identity"})  # the queue of proofs has them


def lines(piles: Mapping[str, Pile], may: Callable[[str], bool]) -> tuple[Line, ...]:
    """What waits for whoever looks.

    Args:
        piles: What waits, by its kind.
        may: Whether they have a right.
    """
    return tuple(
        Line(kind, shown.name, piles[kind].count, piles[kind].since, piles[kind].words, shown.path, shown.icon)
        for kind, shown in _shown(piles)
        if kind in piles and may(shown.right)
    )


def _shown(piles: Mapping[str, Pile]) -> Iterator[tuple[str, _Kind]]:
    """Every kind in its order; flags and queues that have no words here stand behind those of their family that do."""
    known = {*_FIRST, *_LATER, *_COVERED}
    yield from _FIRST.items()
    yield from (
        (kind, _flagged(kind.partition(".")[2])) for kind in piles if kind not in known and kind.startswith("order.")
    )
    yield from _LATER.items()
    for name, queue in QUEUES.items():
        if f"queue.{name}" not in known:
            yield f"queue.{name}", _queue(name, f"Stuck: {queue.title}")
