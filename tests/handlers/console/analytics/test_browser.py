"""Analytics in a real browser: drawn at both widths, by pointer and by keyboard, in light and in dark."""

from datetime import timedelta

import pytest
from playwright.async_api import Page, ViewportSize, expect

from bot.base import clock
from handlers.jobs.figures import gather_due
from tests.conversations.conftest import Shop
from tests.handlers.console.orders.conftest import an_order
from tests.handlers.console.test_console import Visitor, nena
from tests.support.browser import DESK, PHONE, chromium, fits, is_so, logs_in, phone

pytestmark = pytest.mark.browser
__all__ = ["nena"]
_DRAWN = "[...document.querySelectorAll('[data-plot]')].every((place) => place.dataset.drawn)"


async def test_plots_are_read_by_pointer_and_by_keyboard_at_both_widths(shop: Shop, nena: Visitor) -> None:
    for name, days in (("Bea", 0), ("Carlo", 5), ("Dina", 40)):
        at = clock.now().astimezone(shop.database.offset) - timedelta(days=days)
        await an_order(shop, name, created_at=at, paid_at=at, payment_status="paid")
    await gather_due(shop.database)
    async with chromium() as browser:
        for screen in (PHONE, DESK):
            async with phone(browser, f"{shop.stage.url}/", screen=screen) as page:
                await page.emulate_media(color_scheme="dark" if screen is PHONE else "light")
                await logs_in(page, "nena")
                await _reads(page, shop, screen)


async def _reads(page: Page, shop: Shop, screen: ViewportSize) -> None:
    home = f"{shop.stage.url}/console/analytics"
    for about in ("shoppers", "answers", "running", "sales"):
        await page.goto(f"{home}?about={about}&days=90")
        await is_so(page, _DRAWN, f"every plot of {about} is drawn")
        await fits(page, about)
    money = page.locator("#sales .drawn").first
    await money.focus()
    for key in ("End", "ArrowLeft", "End"):
        await page.keyboard.press(key)
    tip = page.locator("#sales .tip").first
    await expect(tip).to_contain_text("ordered: ₱100.00")
    day = clock.now().astimezone(shop.database.offset)
    await expect(tip).to_contain_text(f"{day.day} {day:%b}")
    width = await money.evaluate("(drawn) => drawn.viewBox.baseVal.width / drawn.clientWidth")
    assert 0.9 < width < 1.1, "it is drawn for this width, so that its letters can be read"
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/console/orders?tab=all&since=*")
    await page.go_back()
    await is_so(page, _DRAWN, "every plot is drawn again")
    await page.locator("#sales summary", has_text="Table").click()
    await expect(page.locator("#sales tbody tr")).to_have_count(90)
    await page.locator("#products .drawn .point").first.hover()
    await expect(page.locator("#products .tip")).to_contain_text("sales: ₱")
    await page.get_by_role("link", name="7 days").click()
    await page.wait_for_url("**days=7")
    await expect(page.locator("#sales .says")).to_contain_text("₱200.00 came in")
    assert screen["width"] == await page.evaluate("innerWidth")
