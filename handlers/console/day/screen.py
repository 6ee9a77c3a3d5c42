"""The first page of the console: what waits for whoever looks, and how the day goes."""

from aiohttp import web

from handlers.console.base.pages import Page, Screen
from handlers.console.base.visit import Visit
from handlers.console.day import live

HOME = "/day"


async def show(visit: Visit) -> web.Response:
    """The page."""
    html = live.part(visit, await live.look(visit.shop))
    return await visit.page("day.html", shown=html, version=live.version_of(html))


SCREEN = Screen(
    (
        Page("GET", HOME, show, "orders.view"),
        Page("GET", f"{HOME}/events", live.events, "orders.view"),
    ),
    name="Today",
    icon="sun",
)
