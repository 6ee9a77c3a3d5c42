"""A whole purchase in the simulator, made by clicking, on a phone's screen: from Get Started to the confirmed order."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, expect

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.demo.run import SHOP_NAME, introduce
from bot.workshop.demo.shop import prepare
from bot.workshop.emulator.emulator import simulator_routes
from bot.workshop.stage import Stage, staged
from tests.support.browser import chromium, fits, phone

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("QUICKSELL_TEST_PICTURES", "")


@pytest.fixture
async def stage(administrator: DatabaseSettings, tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo shop at work, with its simulator and its pictures."""
    account = replace(administrator, name=f"quicksell_browser_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    settings = Settings(database=account, port=0, secret_key="a secret for tests", shop_name=SHOP_NAME)
    await prepare(settings)
    async with staged(
        settings,
        with_workers=True,
        pictures=True,
        more=lambda emulator: list(simulator_routes(emulator)),
    ) as stage:
        async with stage.parts.database.connection() as conn:
            await conn.run(
                "UPDATE product_images SET image_url = REGEXP_REPLACE(image_url, 'http://127.0.0.1:[0-9]+', %(url)s),"
                " thumbnail_url = REGEXP_REPLACE(thumbnail_url, 'http://127.0.0.1:[0-9]+', %(url)s)",
                url=stage.url,
            )
        await introduce(stage)
        yield stage


@pytest.fixture
async def page(stage: Stage) -> AsyncIterator[Page]:
    """The simulator on a phone's screen; nothing may be complained about."""
    async with chromium() as browser, phone(browser, f"{stage.url}/simulator/") as opened:
        yield opened


async def test_a_whole_purchase_by_clicking(page: Page, stage: Stage) -> None:
    await looked_at(page, "1-hello")
    await page.get_by_role("button", name="Get Started").click()
    await expect(page.get_by_text("I'm the shop's bot")).to_be_visible()
    await looked_at(page, "2-welcome")
    await page.get_by_role("button", name="🛍️ Shop now").click()
    await expect(page.get_by_text("What are you in the mood for?")).to_be_visible()
    await looked_at(page, "3-categories")
    await page.get_by_role("button", name="See items").first.click()
    kawali = page.locator(".card", has_text="Nonstick Kawali")
    await expect(kawali.locator("img")).not_to_have_js_property("naturalWidth", 0)
    await kawali.scroll_into_view_if_needed()
    await looked_at(page, "4-products")
    await kawali.get_by_role("button", name="Add to cart").click()
    await expect(page.get_by_text("is in your cart")).to_be_visible()
    await looked_at(page, "5-added")
    await page.get_by_role("button", name="Checkout", exact=True).click()
    await expect(page.get_by_text("Who will receive the parcel?")).to_be_visible()
    await looked_at(page, "6-recipient")
    await types(page, "Ana Reyes")
    await expect(page.get_by_text("Which number can the rider call?")).to_be_visible()
    await types(page, "0917 123 4567")
    await expect(page.get_by_text("Where shall we deliver?")).to_be_visible()
    await types(page, "12 Mabini St, Brgy San Roque, Marikina City 1801")
    await page.get_by_role("button", name="Skip").click()
    await expect(page.get_by_text("How would you like to pay?")).to_be_visible()
    await looked_at(page, "7-payment")
    await page.get_by_role("button", name="Cash on delivery").click()
    await expect(page.get_by_text("Shall I place the order?")).to_be_visible()
    await looked_at(page, "8-summary")
    await page.get_by_role("button", name="✅ Confirm order").click()
    receipt = page.get_by_role("article", name="Receipt ORD-")
    await expect(receipt).to_contain_text("Nonstick Kawali 24 cm")
    await expect(receipt).to_contain_text("Ana Reyes")
    await expect(page.get_by_text("Thank you")).to_be_visible()
    await expect(page.get_by_text("is confirmed!")).to_be_visible()
    await looked_at(page, "9-confirmed")
    await receipt.scroll_into_view_if_needed()
    await looked_at(page, "10-receipt")
    number = (await receipt.get_attribute("aria-label") or "").removeprefix("Receipt ")
    assert await order(stage, number) == "confirmed|cod|Ana Reyes|+639171234567|Marikina|committed|1|pending>confirmed"
    await page.get_by_role("button", name="See my order").click()
    await expect(page.get_by_text("· Confirmed")).to_be_visible()
    await looked_at(page, "11-order")
    await orders_by_comment(page, stage)


async def orders_by_comment(page: Page, stage: Stage) -> None:
    """A suki's comment below a post becomes an order in three taps."""
    await page.get_by_role("button", name="Comment on a post").click()
    sheet = page.get_by_role("dialog", name="Comment as Ana")
    await sheet.get_by_label("Post", exact=True).select_option(label="New this week! 🛍️")
    await sheet.get_by_label("Comment", exact=True).fill("mine A1 x2")
    await sheet.get_by_role("button", name="Comment").click()
    await expect(sheet.get_by_role("list", name="Comments")).to_contain_text("mine A1 x2")
    await looked_at(page, "12-comment")
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("2 × Nonstick Kawali 24 cm with Glass Lid, ₱1,598.00.")).to_be_visible()
    await looked_at(page, "13-private-reply")
    await page.get_by_role("button", name="Order now").click()
    await page.get_by_role("button", name="Cash on delivery").last.click()
    await expect(page.get_by_text("2 × Nonstick Kawali 24 cm with Glass Lid: ₱1,598.00")).to_be_visible()
    await page.get_by_role("button", name="✅ Confirm order").last.click()
    await expect(page.get_by_role("article", name="Receipt ORD-")).to_have_count(2)
    async with stage.parts.database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM post_claims WHERE status = 'ordered'") == 1


async def test_an_ad_opens_its_product_and_a_cart_from_facebook_is_bought_with_its_note(
    page: Page, stage: Stage
) -> None:
    await page.get_by_role("button", name="Come by an ad").click()
    await page.get_by_role("button", name="Tap an ad").click()
    await looked_at(page, "ad-1-form")
    await page.get_by_label("What the ad says").fill("PAYDAY! Takure Whistling Kettle 2.5 L")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("Hi, I’m interested")).to_be_visible()
    await expect(page.get_by_text("Whistles when the water is ready.")).to_be_visible()
    await looked_at(page, "ad-2-product")
    await page.get_by_role("button", name="Send something").click()
    await looked_at(page, "ad-3-menu")
    await page.get_by_role("button", name="Send a cart").click()
    await expect(page.get_by_label("What it is called")).to_have_value("")
    await page.get_by_label("Pieces").fill("2")
    await page.get_by_label("What it is called").fill("Nonstick Kawali 24 cm with Glass Lid")
    await page.get_by_label("Price on Facebook").fill("700")
    await page.get_by_label("Note").fill("Pa-gift wrap po")
    await looked_at(page, "ad-4-cart")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("2 pieces are ready here")).to_contain_text("₱799.00 (Facebook showed ₱700.00)")
    await looked_at(page, "ad-5-taken")
    await page.get_by_role("button", name="Checkout", exact=True).last.click()
    await page.get_by_role("button", name="Ana Cruz", exact=True).last.click()
    await types(page, "0917 123 4567")
    await expect(page.get_by_text("Where shall we deliver?")).to_be_visible()
    await types(page, "12 Mabini St, Brgy San Roque, Marikina City 1801")
    await page.get_by_role("button", name="Skip").click()
    await page.get_by_role("button", name="Cash on delivery").click()
    await expect(page.get_by_text("Note: Pa-gift wrap po")).to_be_visible()
    await page.get_by_role("button", name="✅ Confirm order").click()
    await expect(page.get_by_role("article", name="Receipt ORD-")).to_contain_text("Nonstick Kawali 24 cm")
    async with stage.parts.database.connection() as conn:
        kept = await conn.value(
            "SELECT CONCAT_WS('|', o.notes, r.kind) FROM orders o JOIN referrals r ON r.id = o.referral_id"
            " ORDER BY o.id DESC LIMIT 1"
        )
    assert kept == "Note: Pa-gift wrap po|cart"


async def types(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.get_by_role("button", name="Send", exact=True).click()


async def order(stage: Stage, number: str) -> str:
    """An order with its reservation and the last line of its history."""
    async with stage.parts.database.connection() as conn:
        return str(
            await conn.value(
                "SELECT CONCAT_WS('|', o.order_status, o.payment_method, o.ship_recipient_name, o.ship_phone,"
                " o.ship_city, r.status, r.quantity, (SELECT CONCAT_WS('>', h.from_status, h.to_status)"
                " FROM order_state_history h WHERE h.order_id = o.id ORDER BY h.id DESC LIMIT 1))"
                " FROM orders o JOIN inventory_reservations r ON r.order_id = o.id WHERE o.order_number = %(number)s",
                number=number,
            )
        )


async def looked_at(page: Page, name: str) -> None:
    """Nothing is wider than the screen; keep a picture to be looked at, where somebody has asked for them."""
    await fits(page, name)
    if PICTURES:
        await page.wait_for_timeout(300)
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")
