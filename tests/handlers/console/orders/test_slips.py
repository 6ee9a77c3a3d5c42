"""Packing slips on paper: printed to PDF by a real browser, and the pages counted."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.conversations.conftest import Shop
from tests.handlers.console.orders.conftest import Clerk, an_order
from tests.handlers.console.orders.test_browser import enters
from tests.support import factory
from tests.support.browser import chromium

pytestmark = pytest.mark.browser
_WIDE = {"a6": 297.6, "a4": 595.3, "a4x4": 595.3}  # points
_LONG = "Handwoven abaca table runner with a scalloped edge, two metres, made in Catanduanes"
_ASKED = "Gift message: Happy birthday, Nanay! With love from all of us in Davao and Cebu.\nDelivery: after 5pm"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    async with chromium() as opened:
        yield opened


async def printed(page: Page, shop: Shop, ids: list[int], size: str) -> int:
    """On how many pages these orders' slips come out, on the paper that was chosen."""
    await page.goto(f"{shop.stage.url}/console/orders/slips?ids={','.join(map(str, ids))}&size={size}")
    pdf = await page.pdf(prefer_css_page_size=True)
    width = float(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+)", pdf)[0])
    assert abs(width - _WIDE[size]) < 2, "the paper is the one that was chosen"
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


async def a_long_one(shop: Shop, lines: int) -> int:
    """An order with everything that a slip can say, each as long as it comes, and some lines of long names."""
    first = await an_order(
        shop,
        "Maria Concepcion Dela Cruz-Villanueva y Pangilinan",
        status="processing",
        ship_address_line1="Unit 2714 Tower B, The Residences at Greenbelt, 12 Mabini St. corner Legazpi St.",
        ship_barangay="Barangay San Lorenzo",
        ship_landmark="The blue gate beside the sari-sari store, across from the school; call at the guard house",
        ship_pin="https://maps.google.com/?q=14.553200,121.021700",
        notes=_ASKED,
        courier="J&T Express",
        tracking_number="PH-240917733455667",
    )
    for count in range(lines - 1):
        product = await shop.make(factory.product(columns={"name": f"{_LONG} {count}"}))
        async with shop.database.transaction() as conn:
            await conn.run(
                "INSERT INTO order_items (order_id, product_id, product_name, variant_details, sku, quantity,"
                " unit_price, total_price) VALUES (%(order)s, %(product)s, %(name)s,"
                " 'Color: Natural with indigo stripes', 'ABC-1', 2, 500, 1000)",
                order=first,
                product=product,
                name=f"{_LONG} {count}",
            )
    return first


async def test_slips_come_on_the_paper_that_was_chosen(browser: Browser, shop: Shop, clerk: Clerk) -> None:
    await clerk("nena")
    ana, ben, *more = [await an_order(shop, name, status="confirmed") for name in ("Ana", "Ben", "Cora", "Dan", "Eva")]
    small, large = await a_long_one(shop, 2), await a_long_one(shop, 12)
    async with enters(browser, shop) as page:
        for size in ("a6", "a4"):
            assert await printed(page, shop, [ana, ben, *more[:1]], size) == 3, f"one on each page of {size}"
        for size in ("a6", "a4", "a4x4"):
            assert await printed(page, shop, [small], size) == 1, f"a small order never takes two pages of {size}"
        assert await printed(page, shop, [large, ben], "a4x4") == 2, "a quarter for Ben, a sheet for the other"
        assert await printed(page, shop, [large], "a6") > 1
        assert await printed(page, shop, [ana, ben, small, more[0]], "a4x4") == 1, "four share a sheet"
        assert await printed(page, shop, [ana, ben, small, *more], "a4x4") == 2
        await page.emulate_media(media="print")
        cut = await page.evaluate(
            "[...document.querySelectorAll('.slip')].filter(slip => slip.scrollHeight > slip.clientHeight + 1).length"
        )
        assert cut == 0, "nothing of a slip is cut off"
