"""The list of chats, which stands beside every chat too."""

from collections.abc import Mapping

import msgspec
from aiohttp import web

from handlers.console.base import tables
from handlers.console.base.tables import Turned
from handlers.console.base.visit import Visit
from repository.database.connection import Connection
from repository.talks import listing
from repository.talks.listing import Key, ListedTalk, View

VIEWS: Mapping[View, str] = {
    "needs": "Needs a person",
    "closing": "Window closing",
    "unread": "Unread",
    "mine": "Mine",
    "snoozed": "Put off",
    "all": "All",
}


_TEXT_MOST = 100


class Pane(msgspec.Struct, frozen=True):
    """The list as it is shown.

    Attributes:
        view: Which chats.
        text: What is looked for in their names; empty where nothing is.
        found: A page of them.
        waiting: How many shoppers wait for a person.
    """

    view: View
    text: str
    found: Turned[ListedTalk]
    waiting: int


async def show(visit: Visit) -> web.Response:
    """The page with the list alone."""
    async with visit.shop.database.connection() as conn:
        shown = await pane(conn, visit)
    return await visit.page("inbox.html", pane=shown, views=VIEWS, chat=None)


async def pane(conn: Connection, visit: Visit) -> Pane:
    """The list that an address asks for.

    Args:
        conn: An open connection.
        visit: Whose address says which view, and from where on.
    """
    view, text = view_of(visit), text_of(visit)

    async def fetch(at: Key | None, backwards: bool, limit: int) -> list[ListedTalk]:
        return await listing.page(
            conn, view=view, admin_id=visit.who.id, limit=limit, text=text, place=at, backwards=backwards
        )

    found = await tables.turned(
        tables.place_in(visit.request.query, Key),
        fetch=fetch,
        key=lambda one: listing.key(view, one.talk),
        filters={"view": view, "q": text} if text else {"view": view},
    )
    return Pane(view, text, found, await listing.waiting(conn))


def view_of(visit: Visit) -> View:
    """The view that an address asks for: those who wait where it asks for none."""
    asked = visit.request.query.get("view", "")
    return next((view for view in VIEWS if view == asked), "needs")


def text_of(visit: Visit) -> str:
    """What an address looks for in names; empty where nothing.

    Args:
        visit: Of the page.
    """
    return " ".join(visit.request.query.get("q", "").replace("\0", "").split())[:_TEXT_MOST]
