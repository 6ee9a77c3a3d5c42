"""Words with chips in a real browser: by keyboard, on a phone, and what becomes of them."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account
from tests.support.browser import chromium, fits, logs_in, phone

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(shop: Shop) -> AsyncIterator[Page]:
    """A phone's browser before the login page; what its console complains about fails the test."""
    async with shop.database.transaction() as conn:
        await account(conn, username="nena")
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/") as opened:
        yield opened


async def test_words_with_chips(page: Page, shop: Shop, ana: Chat) -> None:
    await logs_in(page, "nena")
    await chips_are_put_in_removed_as_a_whole_and_heard(page, shop, ana)
    await a_condition_goes_as_a_whole_and_its_words_stay(page, shop)


async def chips_are_put_in_removed_as_a_whole_and_heard(page: Page, shop: Shop, ana: Chat) -> None:
    keys = page.keyboard
    await page.goto(f"{shop.stage.url}/console/replies/new")
    await page.get_by_label("Keyword").fill("warranty")
    words = page.locator(".chips")
    sent = page.locator("textarea[name=response]")
    await words.focus()
    await keys.type("Hi {fir")
    await expect(page.get_by_role("option", name="first_name")).to_be_visible()
    await keys.press("Enter")
    await keys.type(", it is {shop_name} here.")
    await keys.press("Enter")
    await keys.type("Bye {today}!")
    await expect(sent).to_have_value("Hi {first_name|suki}, it is {shop_name} here.\nBye {today}!")
    await expect(words.locator("[data-chip]")).to_have_text(["first name, or “suki”", "shop name", "today"])
    await keys.press("Backspace")
    await keys.press("Backspace")
    await expect(sent).to_have_value("Hi {first_name|suki}, it is {shop_name} here.\nBye ")
    await words.locator("[data-chip]").first.click()
    await keys.type("first_name|friend")
    await keys.press("Enter")
    await expect(sent).to_have_value("Hi {first_name|friend}, it is {shop_name} here.\nBye ")
    buttons = page.get_by_role("button", name="Add one")
    await buttons.first.focus()
    await keys.press("Enter")
    await keys.type("Menu please")
    await page.get_by_label("Buttons: what it does").select_option("go")
    await page.get_by_label("Buttons: where to").select_option("menu")
    await expect(page.locator("textarea[name=buttons]")).to_have_value("Menu please = menu")
    await page.get_by_label("Preview as").select_option("nameless")
    await expect(page.locator("[data-bubbles] .said").first).to_contain_text("Hi friend, it is")
    await expect(page.locator("[data-bubbles] .tap")).to_have_text(["Menu please"])
    await fits(page, "the reply")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("The next shopper hears it.")).to_be_visible()
    await expect(sent).to_have_value("Hi {first_name|friend}, it is {shop_name} here.\nBye")
    await ana.says("warranty")
    ana.hears("Hi Ana, it is ")
    ana.sees_buttons("Menu please")


async def a_condition_goes_as_a_whole_and_its_words_stay(page: Page, shop: Shop) -> None:
    await shop.rewords("cart.sold_out", "{% if left %}Only {{ left }} left{% else %}Gone{% endif %}.")
    await page.goto(f"{shop.stage.url}/console/replies/own/cart.sold_out/en")
    words = page.locator(".chips")
    sent = page.locator("textarea[name=chips]")
    await expect(words.locator(".case")).to_have_text(["when left is known:", "otherwise:", "end"])
    await words.focus()
    await page.keyboard.press("Control+End")
    await page.keyboard.press("Backspace")
    await page.keyboard.press("Backspace")
    await expect(sent).to_have_value("Only {left} leftGone")
    await expect(words.locator(".case")).to_have_count(0)
