"""The console in a real browser: bubbles while typing, by keyboard alone, at the width of a phone."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from repository.staff.by import By
from repository.wording import canned_edits
from repository.wording.canned_rows import CannedBody
from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account
from tests.support.browser import chromium, fits, logs_in, phone

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
async def page(shop: Shop) -> AsyncIterator[Page]:
    """A phone's browser before the login page; what its console complains about fails the test."""
    async with shop.database.transaction() as conn:
        await account(conn, username="nena")
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/") as opened:
        yield opened


async def test_words_on_a_phone(page: Page, shop: Shop, ana: Chat) -> None:
    await logs_in(page, "nena")
    await words_are_changed_by_keyboard_and_heard_by_the_shopper(page, shop, ana)
    await a_mistake_is_told_while_typing(page, shop)
    await enter_on_a_tick_switches_nothing(page, shop)


async def words_are_changed_by_keyboard_and_heard_by_the_shopper(page: Page, shop: Shop, ana: Chat) -> None:
    keys = page.keyboard
    await page.goto(f"{shop.stage.url}/console/replies")
    await keys.press("/")
    await keys.type("hello from")
    await keys.press("Enter")
    await page.wait_for_url("**q=hello*")
    await page.get_by_role("link", name="Hello from").first.focus()
    await keys.press("Enter")
    words = page.locator(".chips")
    await words.focus()
    await keys.press("Control+A")
    await keys.type(f"{HOSTILE} Kumusta {{first")
    await expect(page.get_by_role("option", name="first_name")).to_be_visible()
    await keys.press("Enter")
    await expect(words).to_have_text(f"{HOSTILE} Kumusta first name")
    await expect(page.locator("[data-bubbles] .bubble").first).to_have_text(f"{HOSTILE} Kumusta Ana")
    await expect(page.locator("[data-bubbles] .bubble").first).to_be_in_viewport()
    await fits(page, "the template")
    await keys.press("Control+Enter")
    await expect(page.get_by_text("The bot says so from now on.")).to_be_visible()
    await ana.opens_chat()
    ana.hears(f"{HOSTILE} Kumusta Ana")


async def a_mistake_is_told_while_typing(page: Page, shop: Shop) -> None:
    await page.goto(f"{shop.stage.url}/console/replies/own/welcome.hello/en?plain")
    words = page.get_by_label("The bot says")
    await words.fill("Hi!\nHow are you, {{ first_nam }}?")
    await expect(page.locator("[data-problem]")).to_contain_text("Line 2")
    await expect(words).to_have_attribute("aria-invalid", "true")
    await words.fill("Hi!")
    await expect(page.locator("[data-problem]")).to_be_empty()


async def enter_on_a_tick_switches_nothing(page: Page, shop: Shop) -> None:
    async with shop.database.transaction() as conn:
        body = CannedBody(keyword="wifi", response="The wifi is free.", is_active=False)
        await canned_edits.create(conn, body=body, by=By())
    await page.goto(f"{shop.stage.url}/console/replies?q=wifi&kind=canned")
    await page.get_by_label("Pick wifi, English").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("1 picked")).to_be_visible()
    assert await shop.look("SELECT is_active FROM chatbot_replies WHERE keyword = 'wifi'") == 0
    await page.get_by_role("button", name="Switch on").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("1 reply is on now.")).to_be_visible()
    assert await shop.look("SELECT is_active FROM chatbot_replies WHERE keyword = 'wifi'") == 1
