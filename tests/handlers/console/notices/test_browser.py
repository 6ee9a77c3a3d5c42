"""Notices, templates and queues in a real browser, at the width of a phone and of a desk."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.conversations.conftest import Chat, Shop
from tests.conversations.notices.test_waiting import an_order, clicks, closes
from tests.handlers.console.notices.test_bell import flagged, tells
from tests.support.accounts import account
from tests.support.browser import chromium, fits, logs_in, phone

pytestmark = pytest.mark.browser
PAGES = ("/notices", "/account/notices", "/notices/templates", "/queues?queue=notices", "/account")
ONE = "/notices/templates/notices.payment_received/en"


@pytest.fixture
async def page(shop: Shop) -> AsyncIterator[Page]:
    """Nena's browser; what its console complains about fails the test."""
    async with shop.database.transaction() as conn:
        await account(conn, username="nena")
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/") as opened:
        await logs_in(opened, "nena")
        yield opened


async def test_every_page_fits_and_a_template_is_seen_while_it_is_written(page: Page, shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id)
    await flagged(shop, "ORD-20261128-K7M2Q9XA")
    await tells(shop)
    for width in (390, 1280):
        await page.set_viewport_size({"width": width, "height": 844})
        for path in (*PAGES, ONE):
            await page.goto(f"{shop.stage.url}/console{path}")
            await fits(page, f"{path} at {width}")
    words = page.get_by_label("The template says")
    await words.fill("An update on your order {{nummer}}: it is paid, and we thank you for it.")
    await expect(page.locator("[data-problem]")).to_contain_text("Did you mean {{number}}?")
    await words.fill("An update on your order {{number}}: it is paid, and we thank you for it.")
    await expect(page.locator("[data-bubbles] .bubble")).to_contain_text("ORD-20261125-K7M2Q9XA: it is paid")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Submit to Meta").click()
    await expect(page.get_by_text("Meta has approved it")).to_be_visible()
