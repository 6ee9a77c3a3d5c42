"""The settings in a real browser, at the width of a phone: sentences while typing, defaults, and what is stored."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.conversations.conftest import Shop
from tests.handlers.console.settings.test_accounts import shop
from tests.handlers.console.test_browser import page
from tests.support.browser import fits, logs_in

__all__ = ["page", "shop"]
pytestmark = pytest.mark.browser
WAIT = 60_000  # milliseconds; a loaded machine takes its time
OTHERS = ("rights", "privacy", "couriers", "reasons", "accounts", "mail", "rules/payment")


async def test_the_settings_are_kept_on_a_phone(page: Page, shop: Shop, tmp_path: Path) -> None:
    await logs_in(page, "nena")
    await a_rule_says_what_it_means_while_it_is_typed_and_goes_back_to_its_default(page, shop)
    await an_account_has_its_qr_picture(page, shop, tmp_path / "qr.png")
    for path in OTHERS:
        await page.goto(f"{shop.stage.url}/console/settings/{path}")
        await fits(page, path)


async def a_rule_says_what_it_means_while_it_is_typed_and_goes_back_to_its_default(page: Page, shop: Shop) -> None:
    await page.goto(f"{shop.stage.url}/console/settings")
    await fits(page, page.url)
    await page.get_by_role("link", name="Checks before an order").click()
    amount = page.get_by_label("COD orders are checked from")
    back = page.get_by_role("button", name="Back to 5,000")
    await expect(back).to_be_hidden()
    await amount.fill("8,500")
    await expect(page.locator("mark").first).to_have_text(
        "Orders of ₱8,500 or more by COD need a check first.", timeout=WAIT
    )
    await fits(page, page.url)
    await back.click()
    await expect(amount).to_have_value("5,000")
    await expect(page.locator("mark")).to_have_count(0, timeout=WAIT)
    await page.get_by_label("Time to pay or to prove").fill("90")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible(timeout=WAIT)
    await expect(page.get_by_text("They have 90 minutes for it")).to_be_visible()
    assert await shop.texts("SELECT name FROM shop_settings") == ["verification_minutes"]


async def an_account_has_its_qr_picture(page: Page, shop: Shop, picture: Path) -> None:
    Image.new("RGB", (200, 200), "white").save(picture)
    await page.goto(f"{shop.stage.url}/console/settings/accounts/new")
    await page.get_by_label("Name of the account").fill("Nena Cruz")
    await page.get_by_label("Number", exact=True).fill("0917 123 4567")
    await expect(page.locator("[data-bubbles]")).to_contain_text("0917 123 4567, Nena Cruz", timeout=WAIT)
    await page.get_by_label("QR picture").set_input_files(picture)
    await page.get_by_role("button", name="Save").click()
    shown = page.get_by_alt_text("The QR code of this account")
    await expect(shown).to_be_visible(timeout=WAIT)
    assert await shown.evaluate("image => image.complete && image.naturalWidth") == 200
    await fits(page, page.url)
