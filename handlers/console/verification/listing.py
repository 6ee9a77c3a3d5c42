"""The queue of proofs: what waits, oldest first."""

from collections.abc import Mapping
from functools import partial

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.base import tables
from handlers.console.base.visit import Visit
from handlers.console.verification.said import METHODS, Due, due, moment
from replies.environment import money
from repository.verification import queue
from repository.verification.queue import Waiting, Wanted

HOME = "/verification"
SHOWS: Mapping[str, Wanted] = {
    "": Wanted(),
    "payment": Wanted(kind="payment"),
    "identity": Wanted(kind="identity"),
    "flagged": Wanted(flagged=True),
    "refused": Wanted(refused=True),
}
"""The filters, as the address has them."""
_TABS = {"": "All", "payment": "Payments", "identity": "IDs", "flagged": "To look at", "refused": "Refused"}


class Row(msgspec.Struct, frozen=True):
    """A line of the queue.

    Attributes:
        waiting: The proof.
        due: How urgent it is.
        what: What it is, such as "GCash, ₱1,290.00".
        sent: When it came in.
        is_locked: Whether this person may not look at it.
    """

    waiting: Waiting
    due: Due
    what: str
    sent: str
    is_locked: bool


class Tab(msgspec.Struct, frozen=True):
    """A filter above the queue: what it is called in the address and in words, and how many proofs it shows."""

    show: str
    name: str
    count: int


def show_in(query: Mapping[str, str]) -> str:
    """The filter that an address or a form names; that of everything where it names none of ours.

    Args:
        query: What stands behind the "?", or what was sent.
    """
    show = query.get("show", "")
    return show if show in SHOWS else ""


async def show(visit: Visit) -> web.Response:
    """The page with the queue."""
    chosen = show_in(visit.request.query)
    wanted = SHOWS[chosen]
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
        counts = await queue.counts(conn, rules=rules)

        async def fetch(at: int | None, backwards: bool, limit: int) -> list[Waiting]:
            return await queue.page(conn, wanted=wanted, rules=rules, limit=limit, at=at or 0, backwards=backwards)

        tabs = [Tab(name, words, getattr(counts, name or "all")) for name, words in _TABS.items()]
        total = next(tab.count for tab in tabs if tab.show == chosen)
        listed = await tables.listed(
            tables.place_in(visit.request.query, int),
            total=total,
            fetch=fetch,
            key=lambda one: one.id,
            filters={"show": chosen} if chosen else {},
        )
        newest = (await queue.now(conn)).newest
    return await visit.page(
        "verification.html",
        found=listed,
        rows=[_row(one, visit, rules.currency) for one in listed.rows],
        tabs=tabs,
        show=chosen,
        newest=max(newest, default=0),
        refused_days=rules.refused_days,
    )


def _refused(one: Waiting) -> Due:
    """What became of a proof that was refused."""
    who = f" by {one.refused_by}" if one.refused_by else ""
    return Due(f"refused{who}{f': {one.reason}' if one.reason else ''}", "bad")


def _row(one: Waiting, visit: Visit, currency: str) -> Row:
    written = partial(money, currency=currency)
    if one.kind == "identity":
        what = "ID and selfie"
    else:
        what = METHODS.get(one.method, "Payment")
        if one.amount is not None:
            what += f", {written(one.amount)}"
        elif one.asked:
            what += f", no amount said; {written(one.asked)} is due"
        else:
            what += ", no amount said"
    return Row(
        waiting=one,
        due=_refused(one) if one.refused_at else due(sent=one.created_at, expires=one.expires_at, now=clock.now()),
        what=what,
        sent=moment(one.created_at),
        is_locked=one.kind == "identity" and not visit.may("identity.view"),
    )
