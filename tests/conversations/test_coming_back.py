"""How shoppers come and come back, clicked in the simulator: a comment, an ad, a cart from Facebook, a wish, a suki."""

import pytest
from playwright.async_api import Page, expect

from tests.conversations.conftest import Shop
from tests.conversations.test_whole_life import shop as shop  # noqa: PLC0414  (the demo shop at work)
from tests.support.browser import DESK, chromium, fits, phone
from tests.support.buying import ADDRESS, CONFIRM
from tests.support.life import ENGLISH, Phone, Words, keep

pytestmark = pytest.mark.browser
CAME = """SELECT CONCAT_WS('|', r.kind, r.post_id) FROM orders o JOIN referrals r ON r.id = o.referral_id
    ORDER BY o.id DESC LIMIT 1"""
KETTLE, RICE = "Takure Whistling Kettle 2.5 L", "Organic Red Rice 2 kg"


@pytest.mark.parametrize("words", [ENGLISH], ids=["coming"])
async def test_whoever_comes_and_comes_back_buys(shop: Shop, words: Words) -> None:
    await shop.sets(night_from=0, night_until=0, verification_orders=0)
    shop.stage.emulator.meet(words.first, "en_US")
    async with chromium() as browser, phone(browser, f"{shop.stage.url}/simulator/") as page:
        ana = Phone(page, shop)
        await ana.opens(words.first)
        await sends_a_cart(shop, ana)
        await comments(shop, ana)
        await taps_an_ad(shop, ana)
        await wishes(shop, ana)
        await orders_again(shop, ana)
        await fits_everywhere(page)
    assert await shop.count("orders") == 5


async def sends_a_cart(shop: Shop, ana: Phone) -> None:
    """A cart that was filled on Facebook is bought with its note, by somebody who is new."""
    await picks(ana, "Send a cart")
    sheet = ana.page.get_by_role("dialog", name="Send a cart")
    await sheet.get_by_label("Pieces").fill("2")
    await sheet.get_by_label("SKU").fill("KIT-003")
    await sheet.get_by_label("Note").fill("Pa-gift wrap po")
    await keep(ana.page, "sends-a-cart")
    await ana.does(sheet.get_by_role("button", name="Send", exact=True))
    await ana.reads("🛒 I got the cart that you sent", "📝 Your note goes with the order: “Pa-gift wrap po”")
    await ana.taps("Checkout")
    for answer in (ENGLISH.first, "0917 123 4567", ADDRESS):
        await ana.says(answer)
    await ana.taps("Skip")
    await ana.taps("Cash on delivery")
    await ana.reads("🚚 Should arrive")
    await keep(ana.page, "summary-with-its-days")
    await is_ordered(shop, ana, 1)
    assert "Pa-gift wrap po" in str(await shop.look("SELECT notes FROM orders"))


async def comments(shop: Shop, ana: Phone) -> None:
    """A comment below a post becomes an order in three taps."""
    await ana.page.get_by_role("button", name="Comment on a post").click()
    wall = ana.page.get_by_role("dialog", name="Comment as Ana")
    await wall.get_by_label("Post", exact=True).select_option(label="New this week! 🛍️")
    await wall.get_by_label("Comment", exact=True).fill("mine A1 x2")
    await wall.get_by_role("button", name="Comment", exact=True).click()
    await expect(wall.get_by_role("status")).to_have_text("Sent. An answer comes in the chat.")
    await keep(ana.page, "comments")
    await ana.page.keyboard.press("Escape")
    await ana.reads("Thanks for your comment: 2 × Nonstick Kawali 24 cm with Glass Lid")
    await ana.taps("Order now")
    await ana.taps("Cash on delivery")
    await is_ordered(shop, ana, 2)
    assert await shop.look(CAME) == "comment|1001"


async def taps_an_ad(shop: Shop, ana: Phone) -> None:
    """An ad's "interested" opens its product."""
    await picks(ana, "Tap an ad")
    sheet = ana.page.get_by_role("dialog", name="Tap an ad")
    await sheet.get_by_label("What the ad says").fill(KETTLE)
    await keep(ana.page, "taps-an-ad")
    await ana.does(sheet.get_by_role("button", name="Send", exact=True))
    await ana.reads("Brand: Kusina Isay")
    await keep(ana.page, "ad-opened")
    await ana.taps("Buy now")
    await ana.taps("✅ Use these")
    await is_ordered(shop, ana, 3)


async def wishes(shop: Shop, ana: Phone) -> None:
    """What was sold out and wished for comes back, and is bought."""
    stock = "UPDATE products SET stock_quantity = %(left)s WHERE name = %(name)s"
    await shop.run(stock, left=0, name=RICE)
    await ana.says("red rice")
    await ana.taps("🔔 Notify me")
    await ana.reads(f"I'll tell you here when {RICE} is back")
    await shop.works()
    await shop.run(stock, left=3, name=RICE)
    await shop.works()
    await ana.reads(f"🔔 Good news: {RICE} is back in stock!")
    await keep(ana.page, "back-in-stock")
    await ana.taps("Add to cart")
    await ana.taps("Checkout")
    await ana.taps("✅ Use these")
    await is_ordered(shop, ana, 4)


async def orders_again(shop: Shop, ana: Phone) -> None:
    """A suki orders again, in three taps."""
    await ana.says("kettle")
    await ana.taps("Buy now")
    await ana.reads("Welcome back, Ana! Same as last time?")
    await ana.taps("✅ Use these")
    await is_ordered(shop, ana, 5)
    await keep(ana.page, "ordered-again")


async def is_ordered(shop: Shop, ana: Phone, count: int) -> None:
    """Confirm, and see that there is one order more."""
    await ana.taps(CONFIRM)
    await ana.reads("Thank you, Ana!")
    assert await shop.count("orders") == count


async def picks(ana: Phone, what: str) -> None:
    """Open the menu of everything that can be sent, and pick something."""
    await ana.page.get_by_role("button", name="Send something").click()
    await ana.page.get_by_role("dialog", name="Send something").get_by_role("button", name=what).click()


async def fits_everywhere(page: Page) -> None:
    """The chat is as wide as its screen on a desk too."""
    await page.set_viewport_size(DESK)
    await fits(page, "the simulator")
