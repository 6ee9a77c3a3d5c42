"""The order desk in a real browser: one order's life by keyboard alone, and slips that print cleanly."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.conversations.conftest import Shop
from tests.handlers.console.orders.conftest import Clerk, an_order
from tests.handlers.console.orders.test_acting import ordered, status
from tests.support.browser import DESK, PHONE, chromium, fits, logs_in, phone

pytestmark = pytest.mark.browser
_WAIT = 60_000  # milliseconds: other tests use the machine too


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    async with chromium() as opened:
        yield opened


@asynccontextmanager
async def enters(browser: Browser, shop: Shop) -> AsyncIterator[Page]:
    """Log in as the owner; what the browser complains about fails the test."""
    async with phone(browser, f"{shop.stage.url}/", screen=DESK) as page:
        await logs_in(page, "nena")
        await page.goto(f"{shop.stage.url}/console/orders")
        yield page


async def test_the_desk_by_keyboard_and_at_both_widths(browser: Browser, shop: Shop, clerk: Clerk) -> None:
    await clerk("nena")
    order_id = await ordered(shop)
    async with enters(browser, shop) as page:
        await an_order_lives_by_keyboard(page, shop, order_id)
        await no_page_scrolls_sideways(page, shop)


async def an_order_lives_by_keyboard(page: Page, shop: Shop, order_id: int) -> None:
    number = str(await shop.look("SELECT order_number FROM orders"))
    keys = page.keyboard
    await keys.press("/")
    await keys.type(number[-5:])
    await keys.press("Enter")
    await page.wait_for_url("**q=*")
    await page.get_by_role("link", name=number).focus()
    await keys.press("Enter")
    await page.wait_for_url(f"**/orders/{order_id}?**")
    for became, words in (("confirmed", "is confirmed!"), ("processing", "packing your order")):
        await page.wait_for_load_state()
        await keys.press("d")  # what comes next
        await expect(page.locator("[data-bubbles]")).to_contain_text(words, timeout=_WAIT)
        await expect(page.locator("form[data-acting] button[type=submit]")).to_be_focused(timeout=_WAIT)
        await keys.press("Enter")
        await page.wait_for_url(re.compile(rf"/orders/{order_id}$"))
        assert await status(shop, order_id) == became
    await page.wait_for_load_state()
    await keys.press("d")
    await expect(page.get_by_label("Courier")).to_be_focused(timeout=_WAIT)
    await keys.press("Control+A")
    await keys.type("LBC")
    await keys.press("Tab")
    await keys.type("T-4711")
    await expect(page.locator("[data-bubbles]")).to_contain_text("T-4711", timeout=_WAIT)
    await keys.press("Enter")
    await page.wait_for_url(re.compile(rf"/orders/{order_id}$"))
    assert await shop.look("SELECT tracking_number FROM orders") == "T-4711"
    await page.get_by_label("Internal note").focus()
    await keys.type("Left with the guard.")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.get_by_text("The note is kept.")).to_be_visible(timeout=_WAIT)
    await page.wait_for_load_state()
    await keys.press("d")
    await expect(page.locator("form[data-acting] button[type=submit]")).to_be_focused(timeout=_WAIT)
    await keys.press("Enter")
    await page.wait_for_url(re.compile(rf"/orders/{order_id}$"))
    assert await status(shop, order_id) == "delivered"


async def no_page_scrolls_sideways(page: Page, shop: Shop) -> None:
    order_id = await an_order(shop, "Bea Alonzo-Villanueva de los Santos y Pangilinan", status="confirmed")
    for path in ("", f"/{order_id}", f"/{order_id}/pack", f"/{order_id}/cancel", f"/{order_id}/address",
                 f"/{order_id}/items", "/drafts/new", f"/ship?pick={order_id}:0"):  # fmt: skip
        for screen in (DESK, PHONE):
            await page.set_viewport_size(screen)
            await page.goto(f"{shop.stage.url}/console/orders{path}")
            await fits(page, f"{path or 'the desk'} at {screen['width']}")
