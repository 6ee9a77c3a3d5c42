"""From an empty database to an order, in a real browser: each first step, a sheet with mistakes, a promo, a page."""

import pytest
from playwright.async_api import FilePayload, Page, expect

from bot.run.parts import Parts
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper
from tests.handlers.console.connect.test_connect import facebook, nena, other
from tests.handlers.console.test_console import Visitor
from tests.support.browser import DESK, chromium, logs_in, phone
from tests.support.buying import buys

__all__ = ["facebook", "nena", "other"]
pytestmark = [pytest.mark.browser, pytest.mark.long]
WRONG = "sku,name,price,stock\nMUG,Blue mug,TBA,5\n,,12,1\nCUP,,80,2\nTSI,Tsinelas,99,9\n"
RIGHT = "sku,name,price,stock\nMUG,Blue mug,120,5\nCUP,Tasa,80,2\nTSI,Tsinelas,99,9\n"


async def saves(page: Page, path: str, said: str, **fields: str) -> None:
    """Fill a form of the console and save it."""
    await page.goto(path)
    for name, value in fields.items():
        field = page.locator(f"#edited [name={name}]").first
        if await field.get_attribute("type") == "checkbox":
            await field.check()
        elif await field.evaluate("(one) => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text(said).first).to_be_visible()


async def brings_in(page: Page, console: str, sheet: str, told: str) -> None:
    """Send a sheet, and read what it would do."""
    await page.goto(f"{console}/products/import")
    file = FilePayload(name="goods.csv", mimeType="text/csv", buffer=sheet.encode())
    await page.get_by_label("Your list").set_input_files(file)
    await page.get_by_role("button", name="Look at it").click()
    await expect(page.get_by_role("heading", name=told)).to_be_visible()


async def writes(page: Page, told: str) -> None:
    """Write what was shown; the file says no currency."""
    await page.get_by_label("The prices are in PHP").check()
    await page.get_by_role("button", name="Write it").click()
    await expect(page.get_by_text(told)).to_be_visible()


async def does(page: Page, step: str, told: str, **fields: str) -> None:
    """Do a step of connecting the page."""
    where = page.locator(f"#{step}")
    for name, value in fields.items():
        await where.locator(f"[name={name}]").fill(value)
    await where.get_by_role("button").last.click()
    await expect(page.locator(f"#{step} .came")).to_contain_text(told)


async def test_a_shop_from_nothing_to_an_order(nena: Visitor, facebook: Emulator, other: Parts) -> None:
    console, app = nena.base, facebook.app
    async with chromium() as browser, phone(browser, f"{console}/login", screen=DESK) as page:
        await logs_in(page, "nena")
        await expect(page.get_by_text("0 of 7 done. Next: name your shop.")).to_be_visible()
        await saves(page, f"{console}/settings/rules/shop", "Saved.", shop_name="Tindahan ni Nena")

        await brings_in(page, console, WRONG, "1 new, 0 changed, 0 as they are, 3 rows refused")
        for mistake in ("“TBA” is no price", "Row 3", "Row 4"):
            await expect(page.get_by_text(mistake).first).to_be_visible()
        await brings_in(page, console, RIGHT, "3 new, 0 changed, 0 as they are, 0 rows refused")
        await writes(page, "3 products are new")
        await page.goto(f"{console}/products/import")
        await page.get_by_role("button", name="Take it back").click()
        await expect(page.get_by_text("3 are no longer sold")).to_be_visible()
        await brings_in(page, console, RIGHT, "0 new, 3 changed, 0 as they are, 0 rows refused")
        await writes(page, "0 products are new, 3 changed")

        await page.goto(f"{console}/shipping/new")
        await page.get_by_label("Name", exact=True).fill("Metro")
        await page.get_by_label("Fee", exact=True).fill("80")
        await page.get_by_label("How long it takes").fill("1-2 days")
        await page.get_by_text("National Capital Region", exact=True).click()
        await page.get_by_label("All of National Capital Region").check()
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("Saved. The next order is charged so.")).to_be_visible()
        await saves(
            page, f"{console}/settings/accounts/new", "Saved.", method="gcash", account_name="Nena Cruz",
            account_number="0917 000 0000", is_active="on",
        )  # fmt: skip
        await page.goto(f"{console}/replies/own/welcome.hello/en")
        await page.locator(".chips").focus()
        await page.keyboard.press("Control+A")
        await page.keyboard.type("Hi, I'm Nena's bot!")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("so from now on")).to_be_visible()

        await page.goto(f"{console}/promos/new")
        await page.get_by_label("Name", exact=True).fill("Ten off")
        await page.get_by_label("Code").fill("TEN")
        await page.get_by_label("How much").fill("10")
        await page.get_by_text("It runs", exact=True).click()
        await page.get_by_label("In the cart").fill("MUG x 2")
        await expect(page.locator(".editor .beside")).to_contain_text("TEN: -₱24.00")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("The next order goes by it.")).to_be_visible()

        await page.goto(f"{console}/connect")
        await does(page, "address", "This shop answered", address=console.removesuffix("/console"))
        await does(page, "app", "the secret is its own", app_id=app.app_id, app_secret=app.app_secret)
        await does(page, "page", "Its token does not end", token=app.user_token)
        await does(page, "webhook", "sends events there")
        await does(page, "fields", "The page tells this app")
        await does(page, "profile", "as this shop has them")
        ana = Shopper(facebook, "Ana Cruz", quiet=1.5)
        await ana.says("hello")
        await ana.hears_soon("Hi, I'm Nena's bot!")
        await buys(ana, "blue mug")
        await page.goto(f"{console}/start")
        await expect(page.get_by_text("All 7 are done: your shop sells on your page.")).to_be_visible()
    async with other.database.connection() as conn:
        assert await conn.value("SELECT CAST(total_amount AS CHAR) FROM orders") == "200.00"
