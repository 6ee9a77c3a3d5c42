"""The day in a real browser: an unanswered question becomes a reply that the shopper gets, and the day empties."""

import pytest
from playwright.async_api import Page, expect

from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account
from tests.support.browser import chromium, fits, is_so, logs_in, phone

pytestmark = pytest.mark.browser


async def test_the_day_empties(shop: Shop, ana: Chat, ben: Chat) -> None:
    async with shop.database.transaction() as conn:
        await account(conn, username="nena", role="super_admin")
    mug = await shop.stocks("Blue mug", left=2)
    await shop.answers("warranty", "It is one year.")
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/console/") as page:
        await is_told(shop, page)
        await logs_in(page, "nena")
        await expect(page.locator(".to-do li")).to_have_count(1)
        await page.get_by_role("button", name="Tell me here").click()
        await expect(page.get_by_role("button", name="Stop that")).to_be_visible()
        await is_so(page, "localStorage.getItem('quicksell-alerts-seen') !== null", "this browser listens")
        await ana.says("tumatanggap po ba kayo ng home credit")
        await ben.says("pwede home credit <b>po</b>")
        await shop.works()
        await expect(page.locator("[data-kind=unanswered]")).to_contain_text("asked 2 times")
        await fits(page, "the day")
        await adds_to_a_reply(shop, ana, page)
        await makes_a_reply(shop, ben, page)
        await page.goto(f"{shop.stage.url}/console/day")
        await expect(page.locator(".to-do li")).to_have_count(1)
        await shop.run("UPDATE products SET stock_quantity = 50 WHERE id = %(id)s", id=mug)
        await expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
        await page.goto(f"{shop.stage.url}/console/account")
        await ana.says("may tao po ba dyan", answered=False)
        await is_so(page, "told.length === 1", "they are told on any page")
        assert await page.evaluate("told") == ["Somebody waits for a person."], "without a name"


async def is_told(shop: Shop, page: Page) -> None:
    """Let the browser show notifications, and keep what they say."""
    await page.context.grant_permissions(["notifications"], origin=shop.stage.url)
    await page.add_init_script(
        "self.told = []; self.Notification = class extends Notification {"
        " constructor(words, more) { super(words, more); told.push(words); } };"
    )
    await page.reload()


async def adds_to_a_reply(shop: Shop, ana: Chat, page: Page) -> None:
    """The question is added to a reply, which the shopper gets."""
    await page.locator("[data-kind=unanswered] a").click()
    await expect(page.locator(".asked li")).to_have_count(1)
    await fits(page, "the list")
    await page.get_by_role("link", name="Add to a reply").click()
    await page.locator("select[name=reply]").select_option(label="warranty (English): It is one year.")
    await expect(page.locator("[data-told]")).to_have_text("“warranty” would now answer 2 of 2.")
    await page.locator("textarea[name=phrases]").fill("something else")
    await expect(page.locator("[data-told]")).to_have_text("“warranty” would now answer 0 of 2.")
    await expect(page.locator("[data-left] li").first).to_have_text("pwede home credit <b>po</b>")
    await page.locator("textarea[name=phrases]").fill("home credit")
    await expect(page.locator("[data-told]")).to_have_text("“warranty” would now answer 2 of 2.")
    await fits(page, "the questions")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator(".notice")).to_contain_text("“warranty” now answers 2 of 2")
    await ana.says("home credit po ba?")
    ana.hears("It is one year.")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".notice")).to_contain_text("the question waits again")


async def makes_a_reply(shop: Shop, ben: Chat, page: Page) -> None:
    """A new reply is written from the question; the question leaves the list once it answers."""
    await page.get_by_role("link", name="New reply from this").click()
    await expect(page.locator("[name=keyword]")).to_have_value("home credit")
    await expect(page.locator("[data-told]")).to_have_text("“home credit” would now answer 2 of 2.")
    await page.locator(".chips").focus()
    await page.keyboard.type("Opo, tumatanggap kami ng Home Credit.")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".notice")).to_contain_text("Saved.")
    await ben.says("home credit pwede?")
    ben.hears("Opo, tumatanggap kami ng Home Credit.")
    await shop.works()
    await page.goto(f"{shop.stage.url}/console/unanswered?show=answered")
    await expect(page.locator(".asked li")).to_contain_text("answers 2 of 2")
