"""`bench console`: how long the console's pages take in a shop with a long history, beside what is promised."""

import asyncio
import gzip
import re
import statistics
from collections.abc import Callable

import msgspec

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.clerks.clerk import hire, logged_in, opened
from bot.workshop.bench.figures import Figure, figure
from bot.workshop.bench.folder import on_disk
from bot.workshop.bench.server import Job
from bot.workshop.bench.serving import serving
from bot.workshop.database.private import PrivateServer
from repository.analytics.gathering.gathering import gather_next
from repository.database.connection import Database
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.workshop.mass import chats as mass_chats
from repository.workshop.mass import orders as mass
from repository.workshop.questions import at_ease, hurry

DESK, CATALOGUE, PEOPLE, PLOT = 100.0, 150.0, 200.0, 300.0
"""Milliseconds that a page of each kind may take, promised for 100,000 orders, 20,000 products and a million turns."""
FIRST_PAGE = 60.0
"""Kilobytes of the first page with its styles and scripts, packed."""
ROUNDS = 9
_FILLING, _MEMORY = 1024, 256  # MiB of memory for the server while it is filled, and when it is measured
_NAME, _PASSWORD = "bench", "sampaguita sa umaga"
_PARTS = re.compile(r'(?:href|src)="(/console/static/[^"]+\.(?:css|js))"')


class Asked(msgspec.Struct, frozen=True):
    """A page that is asked for.

    Attributes:
        name: For people.
        path: Below `/console`.
        most: Milliseconds that it may take.
    """

    name: str
    path: str
    most: float


PAGES = (
    Asked("today", "/", PEOPLE),
    Asked("orders, what needs a person", "/orders", DESK),
    Asked("orders, all", "/orders?tab=all", DESK),
    Asked("orders, by name", "/orders?tab=all&q=shopper+777", DESK),
    Asked("orders, by phone", "/orders?tab=all&q=09171234567", DESK),
    Asked("orders, by number", "/orders?tab=all&q=QS-0000001777", DESK),
    Asked("an order", "/orders/1777", DESK),
    Asked("the payments and papers that wait", "/verification", DESK),
    Asked("a shopper", "/shoppers/77", DESK),
    Asked("first steps", "/start", CATALOGUE),
    Asked("products", "/products", CATALOGUE),
    Asked("products, searched", "/products?q=mug", CATALOGUE),
    Asked("a product", "/products/777", CATALOGUE),
    Asked("stock", "/stock", CATALOGUE),
    Asked("stock of one", "/stock/5/2", CATALOGUE),
    Asked("import", "/products/import", CATALOGUE),
    Asked("promos", "/promos", CATALOGUE),
    Asked("shipping", "/shipping", CATALOGUE),
    Asked("canned replies", "/replies", CATALOGUE),
    Asked("team", "/team", CATALOGUE),
    Asked("audit", "/audit", CATALOGUE),
    Asked("inbox", "/inbox", PEOPLE),
    Asked("inbox, by name", "/inbox?q=shopper+77", PEOPLE),
    Asked("a chat", "/inbox/77", PEOPLE),
    Asked("unanswered", "/unanswered", PEOPLE),
    Asked("analytics, 90 days", "/analytics?days=90", PEOPLE),
    Asked("a plot of 90 days", "/analytics/sales.svg?days=90", PLOT),
)


async def console(
    *,
    orders: int = 100_000,
    turns: int = 1_000_000,
    products: int = 20_000,
    rounds: int = ROUNDS,
    tell: Callable[[str], None],
) -> list[Figure]:
    """Fill a shop, log in, and open each page some times.

    Args:
        orders: How many orders it has, with three lines each.
        turns: How many turns its chats have.
        products: How many products, with two variants each.
        rounds: How often each page is opened.
        tell: Told what is being done.
    """
    with on_disk() as place:
        server = await asyncio.to_thread(PrivateServer.start, place / "database")
        try:
            account = DatabaseSettings(
                socket=str(server.socket), user=server.admin_user, password=server.admin_password
            )
            settings = Settings(database=account)
            await _filled(settings, orders, turns, products, tell)
            tell("measuring")
            async with serving(Job(kind="shop", settings=settings, core=None)) as (_, url):
                return await _measured(url, rounds)
        finally:
            await asyncio.to_thread(server.stop)


async def _filled(settings: Settings, orders: int, turns: int, products: int, tell: Callable[[str], None]) -> None:
    await init(opener(settings.database, settings.offset, database=False), settings.database.name)
    database = Database(settings.database, settings.offset, most=2)
    try:
        async with database.connection() as conn:
            await hurry(conn, mib=_FILLING)
        await mass.fill(database, orders=orders, tell=tell)
        tell("products")
        await mass_chats.widen(database, products=products)
        tell("chats")
        await mass_chats.chat(database, turns=turns)
        tell("figures of each day")
        while await gather_next(database):
            pass
        await hire(database)
        async with database.connection() as conn:
            await at_ease(conn, mib=_MEMORY)
    finally:
        await database.close()


async def _measured(url: str, rounds: int) -> list[Figure]:
    figures: list[Figure] = []
    async with logged_in(url) as http:
        first = await opened(http, f"{url}/console/")
        parts = [first, *[await opened(http, url + path) for path in dict.fromkeys(_PARTS.findall(first))]]
        packed = sum(len(gzip.compress(part.encode())) for part in parts) / 1024
        for page in PAGES:
            address = f"{url}/console{page.path}"
            await opened(http, address)
            took: list[float] = []
            for _ in range(rounds):
                began = clock.monotonic()
                await opened(http, address)
                took.append(1000 * (clock.monotonic() - began))
            figures.append(figure(page.name, statistics.median(took), "ms", page.most))
    return [*figures, figure("the first page with all it needs, packed", packed, "KB", FIRST_PAGE)]
