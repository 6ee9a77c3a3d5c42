"""A whole purchase made by clicking in the simulator, in a real browser, on the real parts."""

import shutil
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, async_playwright, expect

from bot.demo.run import introduce
from bot.demo.shop import prepare
from bot.emulator.emulator import simulator_routes
from bot.settings import DatabaseSettings, Settings
from bot.stage import Stage, staged
from repository.database import Database
from tests.conftest import MANILA, empty

pytestmark = pytest.mark.browser
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
async def stage(schema: DatabaseSettings) -> AsyncIterator[Stage]:
    """The demo shop, with its workers and the simulator."""
    emptied = Database(schema, MANILA)
    await empty(emptied)
    await emptied.close()
    settings = Settings(database=replace(schema, admin_user="", admin_password=""), port=0, secret_key="of a test")
    await prepare(settings)
    async with staged(settings, with_workers=True, more=lambda facebook: list(simulator_routes(facebook))) as stage:
        await introduce(stage)
        yield stage


@pytest.fixture
async def phone(stage: Stage) -> AsyncIterator[Page]:
    """A browser as large as a phone, with the simulator open."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(10_000)
        await page.goto(f"{stage.url}/simulator/")
        yield page
        await browser.close()


async def taps(page: Page, title: str) -> None:
    await page.get_by_role("button", name=title, exact=True).last.click()


async def types(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").last
    await box.fill(text)
    await box.press("Enter")


async def test_a_purchase_made_by_clicking(stage: Stage, phone: Page) -> None:
    await taps(phone, "Get Started")
    await expect(phone.get_by_text("I'm the shop's bot").last).to_be_visible()
    await types(phone, "puzzle board")
    await taps(phone, "Add to cart")
    await taps(phone, "Checkout")
    await expect(phone.get_by_text("Who will receive the parcel?").last).to_be_visible()
    await types(phone, "Ana Cruz")
    await expect(phone.get_by_text("Which number can the rider call?").last).to_be_visible()
    await types(phone, "0917 123 4567")
    await expect(phone.get_by_text("Where shall we deliver?").last).to_be_visible()
    await types(phone, "12 Mabini St, Brgy San Roque, Marikina City")
    await taps(phone, "Skip")
    await taps(phone, "Cash on delivery")
    await taps(phone, "✅ Confirm order")
    await expect(phone.get_by_text("Thank you, Ana!").last).to_be_visible()
    # The worker confirms it, and the shopper is told.
    await expect(phone.get_by_text("confirmed").last).to_be_visible()
    async with stage.parts.database.connection() as conn:
        order = await conn.run("SELECT order_status, ship_recipient_name, payment_method FROM orders")
        assert order.rows == (("confirmed", "Ana Cruz", "cod"),)
        reserved = await conn.run("SELECT status, quantity FROM inventory_reservations")
        assert reserved.rows == (("committed", 1),)
        moves = await conn.run("SELECT to_status FROM order_state_history ORDER BY id")
        assert [row[0] for row in moves.rows] == ["pending", "confirmed"]
