"""The list of what was not answered: groups of questions that ask the same, those that were asked most often first."""

from collections.abc import Mapping

from aiohttp import web

from handlers.console.base import tables
from handlers.console.base.visit import Notice, Visit, whole
from repository.database.connection import Connection
from repository.unanswered import groups, settling
from repository.unanswered.groups import Listed, Place, Status

HOME = "/unanswered"
TABS: Mapping[Status, str] = {"waiting": "Waiting", "answered": "Answered", "ignored": "Ignored"}


async def show(visit: Visit) -> web.Response:
    """A page of the list."""
    status = status_in(visit.request.query)
    async with visit.shop.database.connection() as conn:

        async def fetch(at: Place | None, backwards: bool, limit: int) -> list[Listed]:
            return await groups.page(conn, status=status, limit=limit, place=at, backwards=backwards)

        found = await tables.turned(
            tables.place_in(visit.request.query, Place),
            fetch=fetch,
            key=lambda one: one.group.place,
            filters={"show": status} if status != "waiting" else {},
        )
        counts = await groups.counts(conn)
    return await visit.page("unanswered.html", found=found, tabs=TABS, shows=status, counts=counts)


async def settle(visit: Visit) -> web.Response:
    """Ignore what was picked, or let it wait again."""
    only = whole(visit.form.get("only", ""))
    picked = [only] if only else [number for pick in visit.several.get("pick", ()) if (number := whole(pick))]
    status: Status = "ignored" if visit.form.get("to") == "ignored" else "waiting"

    async def work(conn: Connection) -> list[int]:
        return await settling.settle(conn, group_ids=picked[:_PICKED_MOST], status=status, by=visit.by)

    changed = await visit.write(work)
    back = f"{HOME}?{visit.form.get('back', '')}".removesuffix("?")
    if not changed:
        return visit.to(back, Notice("Nothing was changed: it is so already.", is_bad=True))
    return visit.to(back, _told(changed, status))


_PICKED_MOST = 200


def status_in(query: Mapping[str, str]) -> Status:
    """The tab that an address asks for: what waits where it asks for none.

    Args:
        query: What stands behind the "?".
    """
    return next((status for status in TABS if status == query.get("show")), "waiting")


def _told(changed: list[int], status: Status) -> Notice:
    many = "1 question is" if len(changed) == 1 else f"{len(changed)} questions are"
    other: Status = "waiting" if status == "ignored" else "ignored"
    fields = (("to", other), *(("pick", str(group_id)) for group_id in changed))
    return Notice(
        f"{many} ignored: nobody is reminded of it." if status == "ignored" else f"{many} waiting again.",
        undo=f"{HOME}/settle",
        fields=fields,
    )
