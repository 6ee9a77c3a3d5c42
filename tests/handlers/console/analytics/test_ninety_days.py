"""The ninety days that `demo --history` makes, read in a real browser on a desk and on a phone."""

from decimal import Decimal

import pytest
from playwright.async_api import Page, expect

from bot.base import clock
from handlers.jobs.figures import gather_due
from replies.environment import money
from repository.workshop import demo, history
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor, nena
from tests.support.browser import DESK, PHONE, chromium, fits, is_so, logs_in, phone

pytestmark = pytest.mark.browser
__all__ = ["nena"]
SUBJECTS = ("sales", "shoppers", "answers", "running")
FEW = 14
"""Days of that past in the short form; ninety are drawn of them too."""
SAY_NOTHING = {"looked", "proofs"}
"""Plots of which that past has nothing: all that is seen is bought by somebody, and nobody sends a picture."""
_DRAWN = "[...document.querySelectorAll('[data-plot]')].every((place) => place.dataset.drawn)"
_PAID = "SELECT SUM(total_amount) FROM orders WHERE paid_at >= CURDATE() - INTERVAL 89 DAY"
_PLACED = "SELECT COUNT(*) FROM orders WHERE created_at >= CURDATE() - INTERVAL 89 DAY"


async def test_the_past_of_the_demo_is_read_at_both_widths(shop: Shop, nena: Visitor, is_long: bool) -> None:
    async with shop.database.transaction() as conn:
        await demo.load(conn, pictures_url=f"{shop.stage.url}/pictures", now=clock.now())
        rules = await shop.stage.parts.shop.rules(conn, 0)
    now = clock.now().astimezone(shop.database.offset)
    made = await history.make(shop.database, rules=rules, now=now, days=90 if is_long else FEW)
    assert made is not None
    await gather_due(shop.database)
    paid, placed = await shop.look(_PAID), await shop.look(_PLACED)
    async with chromium() as browser:
        for screen in (PHONE, DESK):
            async with phone(browser, f"{shop.stage.url}/", screen=screen) as page:
                await logs_in(page, "nena")
                await _reads(page, f"{shop.stage.url}/console/analytics")
                says = page.locator("#sales .says")
                await expect(says).to_contain_text(f"{money(Decimal(str(paid)))} came in")
                await expect(says).to_contain_text(f"{placed} orders were placed")


async def _reads(page: Page, home: str) -> None:
    """Every plot of every subject is drawn in the page's width, and its table is there; `sales` is left open."""
    for about in reversed(SUBJECTS):
        await page.goto(f"{home}?about={about}&days=90")
        await is_so(page, _DRAWN, f"every plot of {about} is drawn")
        await fits(page, about)
        for plot in await page.locator("section.plot").all():
            name = str(await plot.get_attribute("id"))
            assert bool(await plot.locator(".drawn").count()) == (name not in SAY_NOTHING), name
            if name not in SAY_NOTHING:
                await plot.locator("summary", has_text="Table").click()
                await expect(plot.locator("tbody tr").first).to_be_visible()
        await fits(page, f"{about} with its tables open")
    await page.locator("#sales .drawn").first.focus()
    for key in ("End", "ArrowLeft"):
        await page.keyboard.press(key)
    await expect(page.locator("#sales .tip").first).to_contain_text("ordered: ₱")
    await expect(page.locator("#sales tbody tr")).to_have_count(90)
