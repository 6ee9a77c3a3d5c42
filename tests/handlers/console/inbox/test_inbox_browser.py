"""The inbox in real browsers: two clerks and a shopper, each of whom sees at once what the others do."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account
from tests.support.browser import chromium, fits, logs_in, phone

pytestmark = pytest.mark.browser


async def enters(page: Page, name: str, path: str) -> None:
    """Log in, and open a page of the console."""
    await logs_in(page, name)
    await page.goto(path)


async def test_two_clerks_and_a_shopper(shop: Shop, ana: Chat) -> None:
    async with shop.database.transaction() as conn:
        for name, role in (("nena", "super_admin"), ("jun", "staff")):
            await account(conn, username=name, role=role, full_name=name.capitalize())
    await shop.answers("warranty", "Hi {{ first_name }}, it is one year.")
    await ana.says("hello")
    number = await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid)
    url = f"{shop.stage.url}/console"
    async with chromium() as browser, phone(browser, f"{url}/") as nena, phone(browser, f"{url}/") as jun:
        await enters(nena, "nena", f"{url}/inbox/{number}?view=all")
        await enters(jun, "jun", f"{url}/inbox/{number}?view=all")
        await takes_over(shop, ana, nena, jun)
        await gives_back(shop, ana, nena, jun)
        await works_without_scripts(browser, shop, f"{url}/inbox/{number}?view=all")


async def takes_over(shop: Shop, ana: Chat, nena: Page, jun: Page) -> None:
    """One clerk writes, the shopper hears it, the other clerk sees it; what the shopper answers reaches both."""
    await expect(nena.locator("#banner")).to_contain_text("The bot answers here")
    box = nena.locator("#words")
    await box.fill("/warr")
    await nena.locator("#offered button").first.click()
    await expect(box).to_have_value("Hi Ana, it is one year.")
    await box.press("Enter")
    for page in (nena, jun):
        await expect(page.locator(".line.person .bubble")).to_have_text(["Hi Ana, it is one year."])
        await expect(page.locator("#banner")).to_contain_text("30 min left")
    await expect(box).to_have_value("")
    await shop.settles()
    ana.hears("Hi Ana, it is one year.")
    await jun.locator("#words").fill("half typed")
    await expect(nena.locator(".typing")).to_have_text("Jun is typing…")
    await ana.says("thank you <b>po</b>", answered=False)
    for page in (nena, jun):
        await expect(page.locator(".line.shopper .bubble").last).to_have_text("thank you <b>po</b>")
    await expect(jun.locator("#words")).to_have_value("half typed")


async def gives_back(shop: Shop, ana: Chat, nena: Page, jun: Page) -> None:
    """The connection breaks while more is said: nothing is missing and nothing double. Then the bot answers again."""
    await nena.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    await ana.says("one more thing", answered=False)
    await expect(jun.locator(".line.shopper .bubble").last).to_have_text("one more thing")
    await nena.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    await expect(nena.locator(".line.shopper .bubble").last).to_have_text("one more thing")
    for page in (nena, jun):
        assert await page.locator(".line.person").count() == 1
        assert await page.locator(".line.shopper").count() == 3
    await nena.get_by_role("button", name="Give it back to the bot").click()
    for page in (nena, jun):
        await expect(page.locator("#banner")).to_contain_text("The bot answers here")
    await ana.says("menu")
    await expect(jun.locator(".line").last).to_have_class("line bot")
    await shop.run("UPDATE conversations SET window_expires_at = NOW() - INTERVAL 1 HOUR")
    await expect(jun.locator("#closed")).to_contain_text("window is closed")
    await expect(jun.locator("#words")).to_be_disabled()


async def works_without_scripts(browser: Browser, shop: Shop, address: str) -> None:
    """The same by forms alone."""
    await shop.run("UPDATE conversations SET window_expires_at = NOW() + INTERVAL 1 DAY")
    context = await browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = await context.new_page()
    await page.goto(f"{shop.stage.url}/console/login")
    await enters(page, "jun", address)
    await page.fill("#words", "By hand.")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".line.person .bubble").last).to_have_text("By hand.")
    await page.get_by_role("button", name="Give it back to the bot").click()
    await expect(page.locator("#banner")).to_contain_text("The bot answers here")
    await fits(page, "the chat")
    await context.close()
