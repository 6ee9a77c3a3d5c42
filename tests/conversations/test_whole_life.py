"""An order's whole life, side by side in two browsers: what the shopper reads while a clerk does their work."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.async_api import expect

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.demo.run import SHOP_NAME, introduce
from bot.workshop.demo.shop import prepare
from bot.workshop.emulator.emulator import simulator_routes
from bot.workshop.stage import staged
from tests.conversations.conftest import FILES_KEY, Shop
from tests.support.accounts import account
from tests.support.browser import chromium, phone
from tests.support.buying import ADDRESS, CONFIRM
from tests.support.life import CLERK, ENGLISH, FILIPINO, Desk, Phone, Words, keep
from tests.support.pictures import photo, receipt
from tests.support.waiting import comes

pytestmark = pytest.mark.browser
LEFT = "SELECT stock_quantity FROM products WHERE sku = 'KIT-004'"
OVER = """UPDATE order_verifications v JOIN orders o ON o.id = v.order_id
    JOIN inventory_reservations r ON r.order_id = o.id
    SET v.expires_at = NOW() - INTERVAL 1 SECOND, r.expires_at = NOW() - INTERVAL 1 SECOND
    WHERE o.order_number = %(number)s"""
STATUS = "SELECT CONCAT_WS('|', order_status, payment_status) FROM orders WHERE order_number = %(number)s"


@pytest.fixture
async def shop(administrator: DatabaseSettings, request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    """The demo shop at work, with its simulator, its pictures and a clerk; each language has one of its own."""
    name = f"quicksell_life_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{request.node.callspec.id}"
    settings = Settings(
        database=replace(administrator, name=name),
        port=0,
        secret_key="a secret for tests",
        files_key=FILES_KEY,
        shop_name=SHOP_NAME,
    )
    await prepare(settings)
    async with staged(
        settings, with_workers=True, pictures=True, more=lambda emulator: list(simulator_routes(emulator))
    ) as stage:
        shop = Shop(stage, stage.parts.database)
        for column in ("image_url", "thumbnail_url"):
            await shop.run(
                f"UPDATE product_images SET {column} = REPLACE({column}, 'http://127.0.0.1:8080', %(url)s)",
                url=stage.url,
            )
        async with shop.database.transaction() as conn:
            await account(conn, username=CLERK, role="manager", full_name="Rosa")
        await introduce(stage)
        yield shop


@pytest.mark.parametrize(
    "words", [pytest.param(ENGLISH, id="en"), pytest.param(FILIPINO, id="fil", marks=pytest.mark.long)]
)
async def test_an_order_lives_from_its_proof_to_its_review(shop: Shop, words: Words, tmp_path: Path) -> None:
    for name in (words.first, words.second):
        shop.stage.emulator.meet(name, "en_US" if words is ENGLISH else "tl_PH")
    (tmp_path / "receipt.png").write_bytes(receipt())
    (tmp_path / "other.png").write_bytes(receipt(2))
    (tmp_path / "broken.jpg").write_bytes(photo(size=(400, 300)))
    async with (
        chromium() as browser,
        phone(browser, f"{shop.stage.url}/simulator/") as page,
        phone(browser, f"{shop.stage.url}/console/login") as console,
    ):
        shopper, clerk = Phone(page, shop), Desk(console, shop)
        await clerk.logs_in()
        await shopper.opens(words.first)
        number = await buys(shopper, words, "kawali", "walis")
        await is_paid(shop, shopper, clerk, words, number, tmp_path / "receipt.png")
        await is_delivered(shop, shopper, clerk, words, number)
        await comes_back(shop, shopper, clerk, words, number, tmp_path / "broken.jpg")
        await is_praised(shop, shopper, clerk, words, number)
        await shopper.opens(words.second)
        await runs_out_of_time(shop, shopper, clerk, words, [tmp_path / "other.png", tmp_path / "receipt.png"])


async def buys(shopper: Phone, words: Words, *items: str) -> str:
    """Order one of each by GCash; gives the order's number."""
    for item in items:
        await shopper.says(words.hello.format(item))
        await shopper.taps("Add to cart")
    await shopper.taps("Checkout")
    await shopper.says(words.first)
    await shopper.says("0917 123 4567")
    await shopper.says(ADDRESS)
    await shopper.taps(words.skip)
    await shopper.taps("GCash")
    await shopper.taps(CONFIRM)
    return await shopper.number()


async def is_paid(shop: Shop, shopper: Phone, clerk: Desk, words: Words, number: str, proof: Path) -> None:
    """The money is proved by a picture and its number, and approved by a key."""
    await shop.works()
    await shopper.reads(words.waits)
    await keep(shopper.page, "ordered")
    await clerk.order(number)
    await keep(clerk.page, "unpaid")
    await shopper.sends(proof)
    await shopper.reads(words.screenshot)
    await shopper.says("1002 345 678901")
    await shopper.reads(words.reference)
    await clerk.opens("/orders")
    await expect(clerk.page.get_by_text("A payment proof waits for you")).to_be_visible()
    await keep(clerk.page, "needs-you")
    await clerk.opens("/verification")
    await keep(clerk.page, "queue")
    await clerk.page.keyboard.press("n")
    await clerk.page.wait_for_url(re.compile(r"/verification/\d+"))
    await keep(clerk.page, "review")
    await clerk.page.keyboard.press("a")
    await expect(clerk.page.get_by_text(f"Approved: {number}")).to_be_visible()
    said = await shopper.log.inner_text()
    assert words.confirmed not in said, "nothing is confirmed before the ten seconds are over"
    assert words.packing not in said
    assert await shop.look(STATUS, number=number) == "pending|pending"
    await clerk.seconds_pass()
    await shopper.reads(words.confirmed)
    assert await shop.look(STATUS, number=number) == "confirmed|paid"


async def is_delivered(shop: Shop, shopper: Phone, clerk: Desk, words: Words, number: str) -> None:
    """Packed, printed, shipped and delivered; the shopper reads each and asks where it is."""
    await clerk.order(number)
    await keep(clerk.page, "confirmed")
    await clerk.does("Mark packed")
    await shopper.reads(words.packing)
    async with clerk.page.context.expect_page() as opened:
        await clerk.page.get_by_role("link", name="Packing slip").click()
    slip = await opened.value
    await expect(slip.get_by_role("heading", name=number)).to_be_visible()
    await expect(slip.get_by_text("Nothing to collect")).to_be_visible()
    assert (await slip.pdf(prefer_css_page_size=True)).startswith(b"%PDF-")
    await slip.close()
    await clerk.does("Ship", Courier="J&T Express", Tracking_number="JT0012345678")
    await shopper.reads(words.shipped)
    await shopper.says(words.where)
    await shopper.reads(re.compile("📦 " + number), re.compile("🚚 .*J&T Express"))
    await keep(shopper.page, "where")
    await clerk.does("Mark delivered")
    await shopper.reads(words.delivered)
    await keep(clerk.page, "delivered")
    assert await shop.look(STATUS, number=number) == "delivered|paid"


async def comes_back(shop: Shop, shopper: Phone, clerk: Desk, words: Words, number: str, picture: Path) -> None:
    """One of two items comes back with a picture, and its money goes back."""
    left = int(str(await shop.look(LEFT)))
    await shopper.says(words.my_orders)
    await shopper.taps(words.open)
    await shopper.taps(words.give_back)
    await shopper.taps(re.compile("^Nonstick"))
    await shopper.taps(words.enough)
    await shopper.taps(words.broken)
    await shopper.sends(picture)
    await shopper.reads(words.one_picture)
    await shopper.taps(words.send)
    await shopper.reads(words.looks_at_it)
    await keep(shopper.page, "return")
    await clerk.opens("/orders")
    await clerk.page.get_by_role("link", name=number).click()
    await expect(clerk.page.get_by_role("img", name="Picture of what comes back")).to_be_visible()
    await keep(clerk.page, "return-asked")
    await clerk.does("Take a return", "Take it back", Pieces_of_Nonstick="1")
    await shopper.reads(words.came_back)
    assert await shop.look(LEFT) == left + 1
    await clerk.does("Send money back")
    await shopper.reads(words.sent_back)
    await keep(clerk.page, "refunded")


async def is_praised(shop: Shop, shopper: Phone, clerk: Desk, words: Words, number: str) -> None:
    """The rest is ordered again; five stars are approved and stand on the product."""
    await shopper.says(words.my_orders)
    await shopper.taps(words.open)
    await shopper.taps(words.again)
    await keep(shopper.page, "again")
    await shopper.taps("Checkout")
    await shopper.taps(words.same_address)
    await shopper.taps("GCash")
    await shopper.taps(CONFIRM)
    await comes(lambda: shopper.has_newer(number), "the new order's number in the chat")
    await shop.run("UPDATE orders SET delivered_at = delivered_at - INTERVAL 3 DAY")
    await shop.works()
    await shopper.reads(words.asked)
    await shopper.taps("5 ⭐")
    await shopper.says(words.praise)
    await shopper.reads(words.kept)
    await keep(shopper.page, "stars")
    await clerk.opens("/reviews")
    await clerk.page.get_by_label(re.compile("^Pick the review of")).first.check()
    await keep(clerk.page, "reviews")
    await clerk.page.get_by_role("button", name="Approve").click()
    await shopper.says(words.hello.format("walis"))
    await shopper.taps(words.details)
    await shopper.reads(re.compile(r"⭐ 5\.0 \(1\)"))
    await shopper.taps(words.reviews)
    await shopper.reads(re.compile(words.one_review), re.compile(words.praise))
    await keep(shopper.page, "on-the-product")


async def runs_out_of_time(shop: Shop, shopper: Phone, clerk: Desk, words: Words, proofs: list[Path]) -> None:
    """Two proofs are rejected by a key, the hour passes: the order is cancelled, its stock is back."""
    left = int(str(await shop.look(LEFT)))
    number = await buys(shopper, words, "kawali")
    await shop.works()
    assert await shop.look(LEFT) == left - 1
    for times, proof in enumerate(proofs, start=1):
        await shopper.sends(proof)
        await clerk.opens("/verification")
        await clerk.page.keyboard.press("n")
        await clerk.page.wait_for_url(re.compile(r"/verification/\d+"))
        await clerk.page.keyboard.press("r")
        await clerk.page.keyboard.press("2")
        await keep(clerk.page, "rejecting")
        await clerk.page.keyboard.press("Enter")
        await expect(clerk.page.get_by_text(f"Rejected: {number}")).to_be_visible()
        await clerk.seconds_pass()
        await expect(shopper.log.get_by_text(words.rejected)).to_have_count(times)
        await shopper.taps(words.send_again)
    await keep(shopper.page, "rejected")
    assert await shop.look(STATUS, number=number) == "pending|pending"
    await shop.run(OVER, number=number)
    await shop.works()
    await shopper.reads(words.cancelled)
    await keep(shopper.page, "cancelled")
    assert str(await shop.look(STATUS, number=number)).startswith("cancelled|")
    assert await shop.look(LEFT) == left
