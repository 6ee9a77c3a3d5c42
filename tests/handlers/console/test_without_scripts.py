"""The console where no script runs: whatever needs no live update is done by forms and links alone."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account
from tests.support.browser import PHONE, chromium, logs_in
from tests.support.buying import buys
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(shop: Shop) -> AsyncIterator[Page]:
    """A phone's browser in which no script runs."""
    async with shop.database.transaction() as conn:
        await account(conn, username="nena", role="super_admin")
    async with chromium() as browser:
        context = await browser.new_context(viewport=PHONE, java_script_enabled=False)
        opened = await context.new_page()
        opened.set_default_timeout(PATIENCE * 1000)
        await opened.goto(f"{shop.stage.url}/")
        yield opened
        await context.close()


async def opens(page: Page, shop: Shop, path: str) -> None:
    """Open a page of the console, on which all that is said to people can be read and nothing stands beside it."""
    answer = await page.goto(f"{shop.stage.url}/console{path}")
    assert answer is not None
    assert answer.status == 200, path


async def saves(page: Page, told: str) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text(told).first).to_be_visible()


async def fills(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        await page.locator(f"#edited [name={name}]").first.fill(value)


async def test_a_shop_is_kept_and_an_order_handled_where_no_script_runs(page: Page, shop: Shop, ana: Chat) -> None:
    await logs_in(page, "nena")
    await page.get_by_label("Menu").first.click()
    await expect(page.get_by_role("link", name="Products", exact=True)).to_be_visible()

    await opens(page, shop, "/products/new")
    await fills(page, name="Blue mug", price="120", stock="9", sku="MUG", new_category="Mugs")
    await saves(page, "Saved. Shoppers do not see it yet.")
    await page.get_by_role("button", name="Save and put on sale").click()
    await expect(page.get_by_text("Saved. Shoppers see it now.")).to_be_visible()
    await opens(page, shop, "/products")
    price = page.get_by_label("Price of Blue mug")
    await price.fill("one hundred")
    await page.get_by_role("button", name="Save prices and stock").click()
    await expect(page.get_by_label("Price of Blue mug")).to_have_value("one hundred")
    await expect(page.get_by_role("alert").first).to_be_visible()
    await page.get_by_label("Price of Blue mug").fill("110")
    await page.get_by_label("Pieces for sale of Blue mug").fill("7")
    await page.get_by_role("button", name="Save prices and stock").click()
    await expect(page.get_by_label("Price of Blue mug")).to_have_value("110.00")
    assert await shop.look("SELECT CAST(base_price AS CHAR), stock_quantity FROM products") == ("110.00", 7)

    await opens(page, shop, "/shipping/new")
    await fills(page, zone_name="Metro", base_fee="80", estimated_days="1-2 days")
    await page.get_by_text("National Capital Region", exact=True).click()
    await page.get_by_label("All of National Capital Region").check()
    await saves(page, "Saved. The next order is charged so.")

    await opens(page, shop, "/promos/new")
    await fills(page, title="Ten off", promo_code="TEN", discount_value="10", cart="MUG x 2")
    await page.get_by_role("button", name="Show", exact=True).click()
    await expect(page.locator(".beside")).to_contain_text("TEN: -₱22.00")
    await expect(page.get_by_label("Code")).to_have_value("TEN")
    await page.get_by_text("It runs", exact=True).click()
    await saves(page, "The next order goes by it.")

    await opens(page, shop, "/replies/new")
    await fills(page, keyword="wifi", response="Our wifi is NENA-GUEST.")
    await page.get_by_role("button", name="Show", exact=True).click()
    await expect(page.locator(".beside .bubble").first).to_have_text("Our wifi is NENA-GUEST.")
    await saves(page, "nena wrote it just now")

    await opens(page, shop, "/settings/rules/shop")
    await fills(page, shop_name="Tindahan ni Nena")
    await saves(page, "Saved.")

    await ana.says("may wifi po ba")
    ana.hears("Our wifi is NENA-GUEST.")
    number = await buys(ana, "mug")
    await opens(page, shop, "/orders?tab=all")
    await page.get_by_role("link", name=number).click()
    for step, became in (("Confirm", "confirmed"), ("Pack", "processing")):
        await page.locator(".order-do a.strong").click()
        await expect(page.locator(".beside .bubble").first).to_be_visible()
        await page.locator("form[data-acting] button[type=submit]").click()
        await expect(page.get_by_role("heading", name=number)).to_be_visible()
        assert await shop.look("SELECT order_status FROM orders") == became, step
    await page.get_by_label("Internal note").fill("Wrap it well.")
    await page.get_by_role("button", name="Keep the note").click()
    await expect(page.get_by_text("Wrap it well.")).to_be_visible()
