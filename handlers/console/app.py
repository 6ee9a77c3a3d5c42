"""The console: the screens that it has, put into the server."""

import asyncio
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from aiohttp import web
from aiohttp_session import session_middleware

from handlers.console.analytics import screen as analytics
from handlers.console.audit import screen as trail
from handlers.console.base.events import set_up_events
from handlers.console.base.guard import guarded, in_words
from handlers.console.base.look import LOOK, MENU, Look, MenuGroup, listed
from handlers.console.base.pages import Page, Screen
from handlers.console.base.static_files import static_file
from handlers.console.base.storage import PREFIX, DatabaseStorage
from handlers.console.base.visit import RECONNECT, ROUNDS, SHOP, WAYS, Visit
from handlers.console.broadcasts import screen as broadcasts
from handlers.console.connect import screen as connect
from handlers.console.day import screen as day
from handlers.console.day.live import set_up_day
from handlers.console.doctor import screen as doctor
from handlers.console.entrance import invited, login
from handlers.console.entrance import screen as account
from handlers.console.inbox import screen as inbox
from handlers.console.inbox.acting import OUTBOX
from handlers.console.inbox.calls import set_up_calls
from handlers.console.inbox.stirring import set_up_stirring
from handlers.console.notices import screen as notices
from handlers.console.orders import screen as orders
from handlers.console.posts import screen as posts
from handlers.console.products import screen as products
from handlers.console.promos import screen as promos
from handlers.console.queues import screen as queues
from handlers.console.reviews import screen as reviews
from handlers.console.settings import screen as settings
from handlers.console.sheets import screen as sheets
from handlers.console.sheets.writing import set_up_writings
from handlers.console.shipping import screen as shipping
from handlers.console.shoppers import screen as shoppers
from handlers.console.start import screen as start
from handlers.console.stock import screen as stock
from handlers.console.team import screen as team
from handlers.console.unanswered import screen as unanswered
from handlers.console.verification import screen as verification
from handlers.console.verification.feed import set_up_feed
from handlers.console.wording import screen as wording
from handlers.console.wording.blocks import blocks
from handlers.outbound.outbox import Outbox
from handlers.outbound.ways import Ways
from handlers.turns.in_force import Shop
from repository.catalogue.product_list import are_there
from repository.staff.passwords import ROUNDS as BCRYPT_ROUNDS

GROUPS = (
    ("", (day.SCREEN, orders.SCREEN, verification.SCREEN, inbox.SCREEN, unanswered.SCREEN)),
    ("What you sell", (products.SCREEN, sheets.SCREEN, stock.SCREEN, promos.SCREEN, shipping.SCREEN)),
    ("What you say", (wording.SCREEN, posts.SCREEN, broadcasts.SCREEN, notices.SCREEN)),
    ("Who buys", (shoppers.SCREEN, reviews.SCREEN, analytics.SCREEN)),
    (
        "The shop",
        (
            settings.SCREEN,
            connect.SCREEN,
            team.SCREEN,
            trail.SCREEN,
            queues.SCREEN,
            doctor.SCREEN,
            start.SCREEN,
            account.SCREEN,
        ),
    ),
)
"""Every screen, as the menu shows them, group by group; a person's first page is the first one that they may see."""
SCREENS = tuple(screen for _, screens in GROUPS for screen in screens)
PAGES = tuple(page for screen in SCREENS for page in screen.pages)
"""Every page for people who are logged in."""


def setup_console(
    app: web.Application,
    shop: Shop,
    *,
    ways: Ways | None = None,
    outbox: Outbox | None = None,
    reconnect: Callable[[], Awaitable[None]] | None = None,
    rounds: int = BCRYPT_ROUNDS,
    groups: Sequence[tuple[str, Sequence[Screen]]] = GROUPS,
) -> None:
    """Put the console into the server, below `/console/`.

    Args:
        app: The server.
        shop: The shop that it is about.
        ways: To Facebook, one for each page; None for a console that never asks it.
        outbox: Delivers what people of the shop type; None leaves that to another process.
        reconnect: Lets this process use at once what was connected; None where it does nothing with it.
        rounds: Of bcrypt, for the passwords that are chosen here.
        groups: Its screens, as the menu shows them.
    """
    # aiohttp-session still names its keys with texts, which aiohttp would tell the operator about.
    warnings.filterwarnings("ignore", category=web.NotAppKeyWarning)
    storage = DatabaseStorage(shop)
    console = web.Application(middlewares=[in_words, session_middleware(storage)])
    console[SHOP] = shop
    console[WAYS] = ways or Ways(shop.settings)
    console[RECONNECT] = reconnect or _nothing
    if outbox is not None:
        console[OUTBOX] = outbox
    console[ROUNDS] = rounds
    console[LOOK] = Look(shop.settings.shop_currency)
    console.router.add_get("/login", login.show)
    console.router.add_post("/login", login.enter)
    console.router.add_post("/login/code", login.enter_code)
    console.router.add_get("/invited/{token}", invited.show)
    console.router.add_post("/invited/{token}", invited.accept)
    console.router.add_get("/static/{name}", static_file)
    console[MENU] = tuple(
        MenuGroup(name, tuple(screen.entry for screen in screens if screen.name)) for name, screens in groups
    )
    set_up_events(console)
    set_up_feed(console)
    set_up_day(console)
    set_up_calls(console)
    set_up_writings(console)
    set_up_stirring(console)
    console.cleanup_ctx.append(_get_ready)
    pages = (page for _, screens in groups for screen in screens for page in screen.pages)
    for page in (Page("GET", "/", home, ""), *pages):
        console.router.add_route(page.method, page.path, guarded(page))
    app.add_subapp(f"{PREFIX}/", console)
    app.router.add_get("/", _to_console)
    app.router.add_get(PREFIX, _to_console)


async def home(visit: Visit) -> web.Response:
    """The first page: the first steps while there is nothing to sell, else the first screen that one may see."""
    if visit.may("products.edit"):
        async with visit.shop.database.connection() as conn:
            if not await are_there(conn):
                return visit.to(start.HOME)
    return visit.to(
        next((entry.path for entry in listed(visit.request.app[MENU]) if visit.may(entry.permission)), "/account")
    )


async def _get_ready(_: web.Application) -> AsyncIterator[None]:
    """Look through all replies beside the start, so that the first page need not."""
    looking = asyncio.create_task(asyncio.to_thread(blocks))
    yield
    await looking


async def _nothing() -> None:
    """A console without the rest of a server has nobody who sends."""


async def _to_console(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": f"{PREFIX}/"})
