"""Every page of the console and the simulator, looked at by axe-core: nothing serious at two widths, light and dark."""

from collections.abc import Sequence
from importlib.resources import files

import pytest
from playwright.async_api import Browser, Page, ViewportSize

from handlers.console.app import SCREENS
from repository.rules import GROUPS
from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account
from tests.support.browser import DESK, PHONE, chromium, logs_in, phone
from tests.support.buying import buys

pytestmark = [pytest.mark.browser, pytest.mark.long]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
NO_PAGE = (".csv", "/export", "/events", "/calls", "/verification/next", "/trials/new")
SERIOUS = ("serious", "critical")
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map((one) =>
    [one.impact, one.id, one.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + node.html.slice(0, 120))])"""


async def serious_on(page: Page) -> list[str]:
    """What axe-core finds serious on a page; it is run by the browser's tools, since our pages let no script in."""
    await page.evaluate(AXE)
    found: list[tuple[str, str, Sequence[str]]] = await page.evaluate(RUN)
    return [f"{name}: {where}" for impact, name, where in found if impact in SERIOUS]


async def pages_of(shop: Shop) -> list[str]:
    """Every page of the console, those of one thing with what there is of it."""
    product, tsinelas, order, shopper, zone, promo = [
        await shop.look(f"SELECT MIN(id) FROM {table}")
        for table in ("products", "products WHERE name = 'Tsinelas'", "orders", "users", "shipping_zones", "promos")
    ]
    plain = [page.path for screen in SCREENS for page in screen.pages if page.method == "GET" and "{" not in page.path]
    some = (
        "", "/address", "/items", "/confirm", "/paid", "/pack", "/ship", "/cancel", "/refund",
    )  # fmt: skip
    return [
        *(path for path in plain if not path.endswith(NO_PAGE)),
        *(f"/orders/{order}{page}" for page in some),
        *(f"/settings/rules/{group.name}" for group in GROUPS),
        *(f"{path}{page}" for path in (f"/products/{product}", f"/shipping/{zone}", f"/promos/{promo}")
          for page in ("", "/history")),
        f"/stock/{tsinelas}/0", f"/inbox/{shopper}", f"/shoppers/{shopper}", "/settings/rules/shop/history",
        "/replies/own/welcome.hello/en",
    ]  # fmt: skip


async def furnish(shop: Shop, ana: Chat) -> None:
    """A shop in which every list has something."""
    await shop.stocks("Blue mug", price="120.00", sizes={"Small": 2, "Large": 1})
    await shop.stocks("Tsinelas", price="99.00", left=3)
    await shop.promo("TEN")
    await buys(ana, "tsinelas")
    await ana.says("are you open on sunday?", "talk to a person")


async def test_nothing_serious_is_found_on_any_page(shop: Shop, ana: Chat) -> None:
    async with shop.database.transaction() as conn:
        await account(conn, username="nena", role="super_admin")
    await furnish(shop, ana)
    wrong: dict[str, list[str]] = {}

    async def look(browser: Browser, name: str, screen: ViewportSize) -> None:
        async with phone(browser, f"{shop.stage.url}/", screen=screen) as page:
            await page.emulate_media(color_scheme="dark" if name == "phone" else "light")
            wrong[f"{name} door"] = await serious_on(page)
            await logs_in(page, "nena")
            for path in await pages_of(shop):
                answer = await page.goto(f"{shop.stage.url}/console{path}")
                assert answer is not None
                assert answer.status == 200, path
                if "text/html" in answer.headers.get("content-type", ""):
                    wrong[f"{name} {path}"] = await serious_on(page)
                    if not await page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                        wrong[f"{name} {path}"].append("scrolls sideways")
            await page.goto(f"{shop.stage.emulator.base_url}/simulator/")
            await page.wait_for_selector(".tabs [role=tab]")
            wrong[f"{name} simulator"] = await serious_on(page)

    async with chromium() as browser:
        await look(browser, "desk", DESK)
        await look(browser, "phone", PHONE)
    assert {where: found for where, found in wrong.items() if found} == {}
