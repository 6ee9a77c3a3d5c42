"""A first product in a real browser: a phone's width, a picture, a size, a count; and shoppers who find it."""

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account
from tests.support.browser import chromium, fits, logs_in, phone
from tests.support.pictures import photo

pytestmark = pytest.mark.browser


async def is_usable(page: Page, name: str) -> None:
    """Nothing stands beside the screen, and every field says what it is."""
    await fits(page, name)
    unnamed = await page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
        ".filter((one) => !one.labels?.length && !one.ariaLabel).map((one) => one.outerHTML)"
    )
    assert unnamed == [], f"{name} has fields without a label"


async def test_a_merchant_makes_a_product_on_a_phone_and_a_shopper_finds_it(shop: Shop, ana: Chat) -> None:
    async with shop.database.transaction() as conn:
        await account(conn, username="nena")
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/") as page:
        await logs_in(page, "nena")
        await expect(page.get_by_role("heading", name="First steps")).to_be_visible()
        await is_usable(page, "start")
        await page.get_by_role("link", name="Make it").click()
        await page.get_by_label("Name", exact=True).fill("Kape Mug from Batangas")
        await page.get_by_label("Description").fill("Thick walls keep your kape warm. " * 6)
        await page.get_by_label("Price", exact=True).fill("₱1,120")
        await page.get_by_label("Pieces in stock").fill("4")
        await page.get_by_label("State").select_option("active")
        await page.get_by_label("Or a new category").fill("Mugs")
        await expect(page.locator("[data-bubbles] .title").first).to_have_text("Kape Mug from Batangas")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("Shoppers see it now.")).to_be_visible()
        picture = FilePayload(name="mug.jpg", mimeType="image/jpeg", buffer=photo())
        await page.get_by_label("Add a picture").set_input_files(picture)
        await expect(page.get_by_text("The picture is there.")).to_be_visible()
        await page.get_by_text("Add a variant").click()
        new = page.get_by_role("form", name="New variant")
        await new.get_by_label("Differs in").fill("Size")
        await new.get_by_label("Which is").fill("Large")
        await new.get_by_label("Pieces in stock").fill("2")
        await new.get_by_role("button", name="Add it").click()
        await expect(page.get_by_text("Large is there.")).to_be_visible()
        await is_usable(page, "product")
        await page.goto(f"{shop.stage.url}/console/products")
        price = page.get_by_label("Price of Kape Mug from Batangas")
        await is_usable(page, "products")
        await price.fill("1150")
        await price.press("Enter")
        await expect(page.get_by_text("1 change is saved.")).to_be_visible()
        await page.goto(f"{shop.stage.url}/console/stock?count=on")
        await page.get_by_label("Counted of Kape Mug from Batangas Size: Large").fill("3")
        await is_usable(page, "count")
        await page.get_by_role("button", name="Save the count").click()
        await expect(page.get_by_text("1 put right.")).to_be_visible()
        await page.get_by_role("link", name="Kape Mug").first.click()
        await expect(page.get_by_text("which is what is for sale")).to_be_visible()
        await is_usable(page, "item")
        await page.goto(f"{shop.stage.url}/console/products/categories")
        await is_usable(page, "categories")
    await ana.says("kape mug")
    ana.hears("Kape Mug from Batangas")
