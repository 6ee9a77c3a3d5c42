"""A day with people: two clerks in their browsers, three shoppers, until nothing waits and one of them is forgotten."""

from datetime import timedelta

import aiohttp
import pytest
from playwright.async_api import Page, expect

from bot.base import clock
from handlers.jobs.figures import gather_due
from tests.conversations.conftest import Chat, Shop
from tests.conversations.people.test_quiet import left_alone, writes
from tests.handlers.console.orders.conftest import an_order
from tests.support.accounts import account
from tests.support.browser import DESK, PHONE, chromium, fits, logs_in, phone

pytestmark = pytest.mark.browser
STATUS = "SELECT CONCAT('/deletion?code=', code) FROM deletion_requests"


async def test_two_clerks_three_shoppers_and_a_day_that_empties(shop: Shop, ana: Chat, ben: Chat) -> None:
    async with shop.database.transaction() as conn:
        for name, role in (("nena", "super_admin"), ("jun", "staff")):
            await account(conn, username=name, role=role, full_name=name.capitalize())
    await shop.answers("warranty", "Hi {{ first_name }}, it is one year.")
    await shop.stocks("Blue mug", price="120.00", left=200)
    url = f"{shop.stage.url}/console"
    async with (
        chromium() as browser,
        phone(browser, f"{url}/", screen=DESK) as nena,
        phone(browser, f"{url}/", screen=PHONE) as jun,
    ):
        await logs_in(nena, "nena")
        await logs_in(jun, "jun")
        await asks_for_a_person(shop, ana, nena, jun)
        await is_answered_on_facebook(shop, ben, jun)
        await asks_what_nobody_answers(shop, Chat(shop, "Cora Reyes"), nena)
        await nena.goto(f"{url}/day")
        await expect(nena.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
        await is_forgotten(shop, ana, nena)
        await shows_ninety_days(shop, nena)


async def asks_for_a_person(shop: Shop, ana: Chat, nena: Page, jun: Page) -> None:
    """A clerk answers with a canned reply; the bot is quiet until the chat is given back, and both clerks see it."""
    await ana.says("may tao po ba dyan", answered=False)
    for page in (nena, jun):
        await page.goto(f"{shop.stage.url}/console/inbox?view=needs")
        await expect(page.get_by_role("link", name="Ana Cruz")).to_be_visible()
    await nena.get_by_role("link", name="Ana Cruz").click()
    await nena.locator("#words").fill("/warr")
    await nena.locator("#offered button").first.click()
    await nena.locator("#words").press("Enter")
    await expect(nena.locator(".line.person .bubble")).to_have_text(["Hi Ana, it is one year."])
    await shop.settles()
    ana.hears("Hi Ana, it is one year.")
    await left_alone(ana, "mug", "salamat po")
    await nena.get_by_role("button", name="Give it back to the bot").click()
    await expect(nena.locator("#banner")).to_contain_text("The bot answers here")
    await ana.says("mug")
    ana.hears("Blue mug")


async def is_answered_on_facebook(shop: Shop, ben: Chat, jun: Page) -> None:
    """Somebody answers in Facebook's own inbox: the bot is quiet there too, and the console says so."""
    await ben.says("hello")
    await writes(shop, ben, "Hi Ben, Rosa here. We have it in blue.")
    await left_alone(ben, "magkano po")
    number = await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ben.psid)
    await jun.goto(f"{shop.stage.url}/console/inbox/{number}?view=all")
    await expect(jun.get_by_text("Hi Ben, Rosa here. We have it in blue.")).to_be_visible()
    await expect(jun.locator("#banner")).to_contain_text("min left")
    await fits(jun, "the chat")
    await jun.get_by_role("button", name="Give it back to the bot").click()
    await expect(jun.locator("#banner")).to_contain_text("The bot answers here")


async def asks_what_nobody_answers(shop: Shop, cora: Chat, nena: Page) -> None:
    """A question without an answer becomes a reply that is heard with the next message."""
    await cora.says("tumatanggap po ba kayo ng home credit")
    await shop.works()
    await nena.goto(f"{shop.stage.url}/console/unanswered")
    await nena.get_by_role("link", name="New reply", exact=True).click()
    await nena.locator(".chips").focus()
    await nena.keyboard.type("Opo, tumatanggap kami ng Home Credit.")
    await nena.get_by_role("button", name="Save", exact=True).click()
    await expect(nena.locator(".notice")).to_contain_text("Saved.")
    await cora.says("tumatanggap po ba kayo ng home credit")
    cora.hears("Opo, tumatanggap kami ng Home Credit.")
    await shop.works()


async def is_forgotten(shop: Shop, ana: Chat, nena: Page) -> None:
    """A shopper deletes their data, and the page of the request says so; the inbox knows them no more."""
    await ana.says("delete my data")
    await ana.taps("Burahin ang data ko")
    await shop.works()
    async with aiohttp.ClientSession() as http, http.get(shop.stage.url + str(await shop.look(STATUS))) as page:
        assert "Your name, phone, addresses" in await page.text()
    await nena.goto(f"{shop.stage.url}/console/inbox?view=all")
    await expect(nena.get_by_role("link", name="Ben")).to_be_visible()
    await expect(nena.get_by_role("link", name="Ana Cruz")).to_have_count(0)


async def shows_ninety_days(shop: Shop, page: Page) -> None:
    """Ninety days of figures are read on a desk and on a phone."""
    for days in (0, 20, 80):
        at = clock.now().astimezone(shop.database.offset) - timedelta(days=days)
        await an_order(shop, f"Dina {days}", created_at=at, paid_at=at, payment_status="paid")
    await gather_due(shop.database)
    for screen in (DESK, PHONE):
        await page.set_viewport_size(screen)
        await page.goto(f"{shop.stage.url}/console/analytics?about=sales&days=90")
        await expect(page.locator("#sales .says")).to_contain_text("₱300.00 came in")
        await fits(page, "the figures")
