"""Proofs reviewed in a real browser, by keyboard alone, while another clerk and new shoppers do not wait."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from repository.staff import audit
from tests.conversations.conftest import Shop
from tests.handlers.console.verification.sent import hires, ordered, pictured, proved, time_stands
from tests.support.browser import DESK, chromium, fits, is_so, logs_in, phone

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(shop: Shop) -> AsyncIterator[Page]:
    """The browser of an admin; what its console complains about fails the test."""
    await hires(shop)
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/", screen=DESK) as opened:
        await logs_in(opened, "ada")
        yield opened


async def width(page: Page) -> float:
    """How wide the picture is on the screen."""
    box = await page.locator("[data-picture]").first.bounding_box()
    assert box is not None
    return box["width"]


async def test_proofs_are_reviewed(page: Page, shop: Shop) -> None:
    await a_queue_is_worked_off_by_keyboard(page, shop)
    await an_id_comes_only_after_its_key(page, shop)
    await pages_that_are_open_hear_what_happens(page, shop)


async def a_queue_is_worked_off_by_keyboard(page: Page, shop: Shop) -> None:
    order_id = await ordered(shop)
    first = await proved(shop, order_id, file_id=await pictured(shop, 1))
    second = await proved(shop, await ordered(shop, language="fil"), file_id=await pictured(shop, 2))
    keys = page.keyboard
    await page.goto(f"{shop.stage.url}/console/verification")
    await keys.press("n")
    await page.wait_for_url(f"**/verification/{first}")
    await is_so(page, "document.querySelector('[data-picture]').style.width !== ''", "the picture's width")
    small = await width(page)
    await keys.press("+")
    await keys.press("+")
    assert await width(page) > small * 1.5
    await keys.press("-")
    await keys.press("-")
    assert abs(await width(page) - small) < 2
    await keys.press("]")
    assert await width(page) > small, "a tall picture that lies on its side is wider"
    await keys.press("[")
    await keys.press("f")
    assert await page.get_by_role("button", name="Full size").get_attribute("aria-pressed") == "true"
    assert abs(await width(page) - 400) < 2, "one pixel of the picture is one of the screen"
    await fits(page, "the review")
    await page.get_by_label("Reference number").focus()
    await keys.type("aznr")  # typing decides nothing
    await page.get_by_label("Reference number").fill("7777777777777")
    await page.locator("body").press("Tab")
    await page.evaluate("document.activeElement.blur()")
    await page.clock.set_fixed_time("2026-11-28T12:00:00")  # the page counts the seconds of undo by it
    await keys.press("a")
    await page.wait_for_url(f"**/verification/{second}")
    await time_stands(shop)
    await expect(page.get_by_text("Approved: ORD-")).to_be_visible()
    await expect(page.get_by_role("button", name="Undo")).to_contain_text(" s)")
    await keys.press("z")
    await page.wait_for_url(f"**/verification/{first}")
    await expect(page.get_by_text("it waits again, and the shopper was told nothing")).to_be_visible()
    assert await shop.look("SELECT status FROM order_proofs WHERE id = %(id)s", id=first) == "waiting"
    await keys.press("n")
    await page.wait_for_url(f"**/verification/{second}")
    await keys.press("r")
    await keys.press("2")
    await expect(page.get_by_role("radio", name="Amount is not right")).to_be_checked()
    await expect(page.locator("[data-bubbles] .bubble").first).to_contain_text("Hindi po tugma ang amount")
    await keys.press("Enter")
    await page.wait_for_url(f"**/verification/{first}")
    await expect(page.get_by_text("Rejected: ORD-")).to_be_visible()
    row = await shop.look("SELECT status, reason FROM order_proofs WHERE id = %(id)s", id=second)
    assert row == ("rejected", "payment_amount")


async def an_id_comes_only_after_its_key(page: Page, shop: Shop) -> None:
    paper = await pictured(shop, purpose="identity")
    proof_id = await proved(shop, await ordered(shop), kind="identity", file_id=paper)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    await page.goto(f"{shop.stage.url}/console/verification/{proof_id}")
    await expect(page.get_by_role("button", name="Show paper")).to_be_visible()
    assert not [one for one in asked if "/files/" in one]
    await page.keyboard.press("v")
    picture = page.get_by_role("img", name="Paper")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("one => one.naturalWidth") == 640
    assert [one for one in asked if "/files/" in one] == [f"POST {shop.stage.url}/console/files/{paper}/open"]
    assert await shop.look("SELECT COUNT(*) FROM console_audit WHERE action = 'identity.viewed'") == 1
    await page.keyboard.press("v")
    await expect(page.locator("[data-sealed]")).to_have_count(0)
    assert await shop.look("SELECT COUNT(*) FROM console_audit WHERE action = 'identity.viewed'") == 1


async def pages_that_are_open_hear_what_happens(page: Page, shop: Shop) -> None:
    order_id = await ordered(shop)
    proof_id = await proved(shop, order_id)
    await page.goto(f"{shop.stage.url}/console/verification")
    fresh = page.locator("[data-new]")
    await expect(fresh).to_be_hidden()
    await proved(shop, order_id)
    await expect(fresh).to_have_text("1 new proof")
    await expect(page).to_have_title("(1) Proofs · Tindahan")
    await page.goto(f"{shop.stage.url}/console/verification/{proof_id}")
    await expect(page.locator("[data-decided]")).to_be_hidden()
    async with shop.database.transaction() as conn:
        await conn.run("UPDATE order_proofs SET status = 'rejected' WHERE id = %(id)s", id=proof_id)
        mara = await conn.value("SELECT id FROM admin_users WHERE username = 'mara'")
        await audit.record(conn, action="proof.rejected", admin_id=int(str(mara)), subject=f"proof {proof_id}")
    await expect(page.locator("[data-decided]")).to_have_text("mara has just rejected this.")
