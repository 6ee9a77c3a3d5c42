"""The console by keyboard alone: everything is reached by Tab and left again, one sees where one is, Escape closes."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_accessible import furnish, pages_of
from tests.support.accounts import account
from tests.support.browser import DESK, chromium, logs_in, phone

pytestmark = pytest.mark.browser
STOPS_MOST = 400
MAIN = (
    "/start",
    "/products",
    "/products/new",
    "/stock",
    "/replies",
    "/settings/rules/shop",
    "/connect",
    "/shipping/new",
)
HERE = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    window.stops ??= new Map();
    if (!window.stops.has(one)) window.stops.set(one, window.stops.size);
    const box = one.getBoundingClientRect(), shown = [one, one.parentElement, one.nextElementSibling].filter(Boolean)
        .some((each) => { const style = getComputedStyle(each); return (style.outlineStyle !== "none"
            && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none"; });
    const name = one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") + " " +
        (one.getAttribute("aria-label") || one.textContent || one.name || "").trim().slice(0, 40);
    return {number: window.stops.get(one), name, shown, tabindex: one.tabIndex,
            seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight};
}"""
MISSED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [contenteditable]")]
    .filter((one) => !one.disabled && one.tabIndex >= 0 && one.type !== "hidden" && one.type !== "radio"
        && one.checkVisibility({visibilityProperty: true}) && !window.stops?.has(one))
    .map((one) => `${one.tagName.toLowerCase()}#${one.id} ${(one.name || one.textContent).trim()}`)"""


@pytest.fixture
async def desk(shop: Shop, ana: Chat) -> AsyncIterator[Page]:
    """A furnished shop's console on a desk, somebody logged in."""
    async with shop.database.transaction() as conn:
        await account(conn, username="nena", role="super_admin")
    await furnish(shop, ana)
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/", screen=DESK) as page:
        await logs_in(page, "nena")
        yield page


async def walked(page: Page) -> list[str]:
    """Tab through a page until it is left; what is wrong with its stops."""
    wrong: list[str] = []
    numbers: list[int] = []
    for _ in range(STOPS_MOST):
        await page.keyboard.press("Tab")
        here = await page.evaluate(HERE)
        if here is None:  # behind the last stop, or before the first
            continue
        if numbers and here["number"] == 0:
            break
        if numbers and here["number"] == numbers[-1]:
            wrong.append(f"no way on from {here['name']}")
            break
        numbers.append(here["number"])
        if not here["shown"]:
            wrong.append(f"one does not see that one is at {here['name']}")
        if not here["seen"]:
            wrong.append(f"{here['name']} is out of sight")
        if here["tabindex"] > 0:
            wrong.append(f"{here['name']} stands out of its order")
    else:
        wrong.append("it never ends")
    return [*wrong, *(f"{one} is not reached" for one in await page.evaluate(MISSED))]


async def wrong_on(page: Page, shop: Shop, paths: list[str]) -> dict[str, list[str]]:
    """What is wrong with the stops of several pages, by page."""
    found = {}
    for path in paths:
        answer = await page.goto(f"{shop.stage.url}/console{path}")
        assert answer is not None
        assert answer.status == 200, path
        if "text/html" in answer.headers.get("content-type", "") and (wrong := await walked(page)):
            found[path] = wrong
    return found


async def test_the_console_is_kept_without_a_mouse(desk: Page, shop: Shop) -> None:
    await a_menu_is_opened_and_closed_and_one_is_where_one_was(desk)
    await a_price_is_changed_in_the_list(desk, shop)
    await a_product_is_made(desk, shop)
    assert await wrong_on(desk, shop, list(MAIN)) == {}


@pytest.mark.long
async def test_every_page_is_gone_through_by_tab(desk: Page, shop: Shop) -> None:
    assert await wrong_on(desk, shop, await pages_of(shop)) == {}


async def a_menu_is_opened_and_closed_and_one_is_where_one_was(desk: Page) -> None:
    menu = desk.locator("details.account > summary")
    await menu.focus()
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_role("link", name="Your account")).to_be_visible()
    await desk.keyboard.press("Tab")
    await desk.keyboard.press("Escape")
    await expect(desk.get_by_role("link", name="Your account")).to_be_hidden()
    await expect(menu).to_be_focused()


async def a_price_is_changed_in_the_list(desk: Page, shop: Shop) -> None:
    keys = desk.keyboard
    await desk.goto(f"{shop.stage.url}/console/products")
    await keys.press("/")
    await keys.type("tsinelas")
    await keys.press("Enter")
    await desk.wait_for_url("**q=tsinelas*")
    price = desk.get_by_label("Price of Tsinelas")
    await price.focus()
    await keys.press("Control+A")
    await keys.type("120")
    await keys.press("Enter")
    await expect(desk.get_by_text("1 change is saved.")).to_be_visible()
    assert await shop.look("SELECT CAST(base_price AS CHAR) FROM products WHERE name = 'Tsinelas'") == "120.00"


async def a_product_is_made(desk: Page, shop: Shop) -> None:
    keys = desk.keyboard
    await desk.goto(f"{shop.stage.url}/console/products/new")
    await expect(desk.get_by_label("Name", exact=True)).to_be_focused()
    for text in ("Walis tambo", "Matibay", "85"):
        await keys.type(text)
        await keys.press("Tab")
    await desk.get_by_label("Or a new category").focus()
    await keys.type("Panlinis")
    await keys.press("Control+Enter")
    await expect(desk.get_by_text("Saved.").first).to_be_visible()
    assert await shop.look("SELECT COUNT(*) FROM products WHERE name = 'Walis tambo' AND base_price = 85") == 1
