"""Where an order is: asked in as many words as people have, and answered with the order and what can be done."""

import re

import pytest

from tests.conversations.aftersales.clerk import has_order, moves
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys
from tests.support.pictures import receipt

ASKED = [
    "nasaan na", "nasaan na po?", "asan na po order ko", "san na po yung parcel", "tracking number po",
    "trackng number po",
    "delayed na po", "late na po order ko", "pakita order ko", "check ko lang order ko po", "order status",
    "update po sa order ko", "wala pa rin po order ko", "wala pa po", "hindi pa dumating order ko", "where is my order",
    "where is my package po", "has my order shipped?", "kailan po darating order ko", "order ko po nasaan na",
]  # fmt: skip


async def test_every_way_to_ask_shows_the_open_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "shipped")
    for text in ASKED:
        await ana.says(text)
        ana.hears(number, "J&T Express", "JT0012345678")


async def test_the_timeline_tells_each_step_and_the_couriers_page(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "shipped")
    await ana.says(f"{number}?")
    ana.hears("📝 Placed", "✅ Confirmed", "📦 Packing started", "🚚 Shipped with J&T Express")
    heard = "\n".join(ana.heard)
    steps = ("📝 Placed", "✅ Confirmed", "📦 Packing started", "🚚 Shipped")
    assert sorted(steps, key=heard.index) == list(steps), "in order, also within a second"
    said = [bytes(sent.body).decode() for sent in ana.person.sent]
    (link,) = re.findall(r'"url":\s*"(https:[^"]+)"', said[-1])
    assert "JT0012345678" in link
    await moves(shop, number, "delivered")
    await ana.says("my orders")
    await ana.taps("See order")
    ana.hears("🏠 Delivered")
    titles = [button.title for button in ana.tappable]
    assert {"⭐ Leave a review", "Return an item", "🔁 Order again"} <= set(titles)


async def test_an_unpaid_order_says_what_it_waits_for_and_until_when(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug", pay="GCash")
    await shop.works()
    await ana.says("order status")
    ana.hears("⏳ Waiting for your GCash payment of ₱200.00 until")
    ana.hears_no("packing")
    for text in ("hanggang kailan po ako pwede magbayad", "magkano po ulit babayaran ko"):
        await ana.says(text)
        ana.hears("Para bayaran ang ₱200.00", "Nakatabi po ang mga item ninyo hanggang")
    await ana.says("eto po resibo")
    ana.hears("paki-send po rito ang screenshot")
    await ana.sends_picture(receipt())
    await ana.says("confirmed na po ba?")
    ana.hears("🔎 Tinitingnan po namin ang ipinadala ninyo")
    ana.hears_no("Hinihintay po ang bayad")


async def test_whoever_has_ordered_nothing_hears_that_and_no_search(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    for text in ("pakita order ko", "check ko lang order ko po", "tracking number po", "delayed na po", "order again"):
        await ana.says(text)
        (said,) = ana.heard
        assert "You have no orders yet" in said or "Wala pa po kayong order" in said, text


async def test_a_receipt_that_is_asked_for_is_the_order_with_its_sums(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "delivered")
    for text in ("receipt please", "pahingi po ng resibo"):
        await ana.says(text)
        ana.hears(number, "₱200.00", "1 × Blue mug")


async def test_a_cancelled_order_says_why(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "confirmed")
    await moves(shop, number, "cancelled", reason="The last one was broken.")
    await ana.says("bakit na cancel order ko")
    ana.hears("❌ Na-cancel", "The last one was broken.")


async def test_with_several_under_way_all_are_shown(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    first = await has_order(shop, ana, "confirmed")
    await ana.says("mug")
    await ana.taps("Buy now")
    await ana.taps("Pay another way")
    await ana.taps("Cash on delivery")
    await ana.says("yes")
    await ana.says("nasaan na po")
    ana.hears(first, "newest first" if "newest first" in "\n".join(ana.heard) else "pinakabago muna")


async def test_without_an_order_nothing_is_made_up(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("nasaan na po order ko")
    ana.hears("Wala pa po kayong order")


@pytest.mark.parametrize("said", ["kelan dating", "anong oras po dating", "update po", "ff up po", "magkano po total",
                                  "san na po yung rider", "anong courier po"])  # fmt: skip
async def test_an_order_on_its_way_is_meant_where_nothing_else_is_on_show(shop: Shop, ana: Chat, said: str) -> None:
    await shop.stocks("Blue mug", price="120.00", left=20)
    number = await has_order(shop, ana, "shipped")
    await ana.says("menu")
    await ana.says(said)
    ana.hears(number, "JT0012345678")


async def test_without_an_order_when_it_comes_is_asked_of_the_shop(shop: Shop, ana: Chat) -> None:
    await shop.answers("dating", "Two days in Manila!")
    await ana.says("kelan dating")
    ana.hears("Two days in Manila!")


async def test_who_does_not_want_it_is_asked_before_it_is_cancelled(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=20)
    number = await has_order(shop, ana, "confirmed")
    await ana.says("menu")
    await ana.says("ayoko na po")
    ana.hears(f"Cancel order {number}")
    assert await shop.look("SELECT order_status FROM orders") == "confirmed"


async def test_what_the_rider_collected_is_told_with_the_parcel(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=20)
    await has_order(shop, ana, "delivered")
    await ana.says("my orders")
    await ana.taps("See order")
    said = "\n".join(map(str, ana.heard))
    assert said.index("Confirmed") < said.index("Packing started") < said.index("Payment received")
