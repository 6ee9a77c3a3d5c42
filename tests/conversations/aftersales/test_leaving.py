"""Stop and unsubscribe; taking an order back, and having the same again."""

import pytest

from tests.conversations.aftersales.clerk import has_order, moves
from tests.conversations.conftest import Chat, Shop
from tests.conversations.proving.conftest import orders_a_mug
from tests.support.buying import puts_in_cart
from tests.support.pictures import receipt

STOPPED = "SELECT promos_stopped_at IS NOT NULL FROM users"


@pytest.mark.parametrize(
    "text", ["stop", "STOP", "unsubscribe", "stop messaging me", "ayoko na po ng promo", "opt out"]
)
async def test_stop_ends_promos_and_says_what_goes_on(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says(text)
    heard = "\n".join(ana.heard)
    assert "no more promos" in heard or "wala na kayong matatanggap na promo" in heard
    assert "open order" in heard or "bukas ninyong order" in heard
    assert await shop.look(STOPPED) == 1
    await ana.taps("Send promos again" if "no more" in heard else "Ibalik ang promo")
    assert await shop.look(STOPPED) == 0


async def test_stop_in_the_middle_of_checkout_stops_that_too(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("stop")
    ana.hears("no more promos", "Blue mug")
    assert await shop.look(STOPPED) == 1
    assert await shop.look("SELECT draft FROM conversations") is None


@pytest.mark.parametrize(
    "text",
    [
        "cancel order",
        "pa cancel po",
        "cancel ko na lang po order ko",
        "i want to cancel my order",
        "icancel ko po order",
    ],
)
async def test_cancel_while_it_may_be_and_why(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "confirmed")
    await ana.says(text)
    ana.hears(number)
    await ana.says("oo")
    assert await shop.look("SELECT order_status FROM orders") == "cancelled"
    assert await shop.look("SELECT stock_quantity FROM products") == 10
    reason = next(one.title for one in ana.tappable if one.title in ("Changed my mind", "Nagbago ang isip"))
    await ana.taps(reason)
    assert await shop.look("SELECT cancellation_reason FROM orders") == "changed_mind"


async def test_why_can_be_typed_or_skipped_or_passed_over(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says("cancel order")
    await ana.taps("Yes, cancel it")
    ana.hears("May we ask why")
    await ana.says("my sister bought one already")
    ana.hears("Thank you")
    assert await shop.look("SELECT cancellation_reason FROM orders") == "my sister bought one already"
    await ana.says("mug")
    ana.hears("Blue mug")


@pytest.mark.parametrize("text", ["order again", "same order po ulit", "order ulit", "reorder", "re-order po"])
async def test_the_same_again_as_far_as_it_can_be_had(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await shop.run("UPDATE products SET base_price = 130")
    await ana.says(text)
    heard = "\n".join(ana.heard)
    assert "₱130.00" in heard
    assert await shop.look("SELECT SUM(quantity) FROM cart_items") == 1


async def test_what_cannot_be_had_again_is_said(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await has_order(shop, ana, "delivered")
    await ana.says("order again")
    ana.hears("nothing of that order can be had", "Blue mug: sold out")
    assert await shop.count("cart_items") == 0


async def test_cancel_order_in_checkout_is_about_checkout(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("cancel order")
    ana.hears("Blue mug")
    assert await shop.look("SELECT draft FROM conversations") is None
    assert await shop.count("orders") == 0


@pytest.mark.parametrize(
    ("stop", "start"), [("stop", "start"), ("ayoko na po ng promo", "ibalik ang promo"), ("STOP", "START")]
)
async def test_a_word_takes_a_stop_back(shop: Shop, ana: Chat, stop: str, start: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    await ana.says(stop)
    assert await shop.look(STOPPED) == 1
    await ana.says(start)
    heard = "\n".join(ana.heard)
    assert "about our promos again" in heard or "makakatanggap na ulit kayo ng mga promo" in heard
    assert await shop.look(STOPPED) == 0
    await ana.says("start")
    assert any("Tindahan" in said for said in ana.heard), "to whoever has stopped nothing it is a greeting"


async def test_the_first_button_alone_takes_no_stop_back(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await ana.says("stop")
    await shop.gets(ana, "postback", {"title": "Get Started", "payload": "get_started"})
    assert await shop.look(STOPPED) == 1


@pytest.mark.parametrize("text", ["cancel", "I want to cancel", "cancel it"])
async def test_where_nothing_else_is_under_way_cancel_is_about_the_order(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "confirmed")
    await ana.says("hello")
    await ana.says(text)
    ana.hears(f"Cancel order {number}")
    await ana.says("no")
    await ana.says("hello")
    await ana.says("never mind")
    ana.hears("There's nothing to stop right now.")
    await moves(shop, number, "processing")
    await moves(shop, number, "shipped")
    await ana.says(text)
    ana.hears("already on its way")
    assert await shop.look("SELECT order_status FROM orders") == "shipped"


async def test_whoever_cancels_after_a_proof_is_not_told_that_nothing_is_owed(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    await ana.sends_picture(receipt())
    await ana.says("cancel my order")
    await ana.says("yes")
    ana.hears("Our team still looks at the payment that you sent and will message you here about it.")
    ana.hears_no("nothing to pay")
