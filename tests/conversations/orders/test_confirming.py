"""Confirm: an order is placed once, at today's price, of what there still is."""

import asyncio

from bot.workshop.emulator.answers import Json
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, buys, comes_to_summary, puts_in_cart


async def test_a_typed_yes_places_the_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("oo sige po")
    ana.hears("ORD-")
    assert await shop.count("orders") == 1


async def test_two_taps_on_confirm_place_one_order(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await asyncio.gather(ana.taps("✅ Confirm order"), ana.taps("✅ Confirm order"))
    ana.hears("🎉 Thank you, Ana!", "It was ordered only once.")
    await ana.taps("✅ Confirm order")
    ana.hears("that order is already placed")
    await ana.says("yes")
    ana.hears("that order is already placed")
    assert await shop.count("orders") == 1
    assert await shop.look("SELECT SUM(quantity) FROM inventory_reservations WHERE product_id = %(id)s", id=mug) == 1


async def test_the_same_webhook_twice_places_one_order_and_speaks_once(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    confirm = next(button for button in ana.tappable if button.title == "✅ Confirm order")
    before = len(ana.person.sent)
    tap: Json = {"mid": "m_confirm", "title": confirm.title, "payload": confirm.payload}
    await shop.gets(ana, "postback", tap, times=3)
    assert await shop.count("orders") == 1
    thanks = [sent for sent in ana.person.sent[before:] if "Thank you" in sent.bubble.words()]
    assert len(thanks) == 1
    assert len(ana.person.sent) - before == 2  # the receipt and the thanks


async def test_an_old_summarys_confirm_shows_the_newest(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    old = next(button for button in ana.tappable if button.title == "✅ Confirm order")
    await ana.says("back")
    await ana.taps("GCash")
    await shop.gets(ana, "postback", {"mid": "m_old", "title": old.title, "payload": old.payload})
    assert "That was an older summary. This is the latest:" in ana.last.words()
    assert await shop.count("orders") == 0


async def test_a_price_that_changed_is_shown_and_asked_again(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await shop.run("UPDATE products SET base_price = 150 WHERE id = %(mug)s", mug=mug)
    await ana.taps("✅ Confirm order")
    ana.hears("Heads up: a price changed just now", "Total: ₱230.00")
    assert await shop.count("orders") == 0
    await ana.taps("✅ Confirm order")
    ana.hears("Please have ₱230.00 ready")
    assert str(await shop.look("SELECT total_amount FROM orders")) == "230.00"


async def test_stock_that_is_gone_is_said_and_nothing_ordered(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=3)
    await comes_to_summary(ana, "mug")
    await shop.run("UPDATE products SET stock_quantity = 0 WHERE id = %(mug)s", mug=mug)
    await ana.taps("✅ Confirm order")
    ana.hears("Sorry, Blue mug just sold out.", "Nothing was ordered yet.", "⚠️ sold out")
    assert await shop.count("orders") == await shop.count("inventory_reservations") == 0


async def test_two_shoppers_want_the_last_one_and_one_gets_it(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await asyncio.gather(comes_to_summary(ana, "mug"), comes_to_summary(ben, "mug"))
    await asyncio.gather(ana.taps("✅ Confirm order"), ben.taps("✅ Confirm order"))
    said = ["Thank you" in "".join(one.heard) for one in (ana, ben)]
    assert sorted(said) == [False, True]
    (ben if said[0] else ana).hears("Sorry, Blue mug just sold out.")
    assert await shop.count("orders") == await shop.count("inventory_reservations") == 1


async def test_two_shoppers_buy_side_by_side(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Bamboo tray", price="250.00")
    numbers = await asyncio.gather(buys(ana, "mug"), buys(ben, "tray"))
    assert len(set(numbers)) == 2
    ana.hears("Blue mug x 1", "Thank you, Ana!")
    ben.hears("Bamboo tray x 1", "Thank you, Ben!")
    ana.hears_no("Bamboo tray", "Ben")


async def test_a_promo_code_is_taken_off_and_used_once(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.promo("SUKI10", kind="percentage", value="10")
    await comes_to_summary(ana, "mug")
    await ana.taps("Add promo code")
    ana.hears("What's your promo code?")
    await ana.says("nosuchcode")
    ana.hears("I don't know the code “nosuchcode”.")
    await ana.says("suki10")
    ana.hears("Discount (SUKI10): −₱12.00", "Total: ₱188.00")
    await ana.taps("✅ Confirm order")
    ana.hears("Promo SUKI10", "₱188.00 ready")
    assert await shop.look("SELECT usage_count FROM promos") == 1
    assert await shop.count("promo_redemptions") == 1
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps("Pay another way")
    await ana.taps("Cash on delivery")
    await ana.says("SUKI10")
    ana.hears("You've already used “SUKI10”.")
    await ana.taps("Go on without")
    ana.hears("Total: ₱200.00")


async def test_a_promo_that_ended_since_the_summary_is_taken_away_openly(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.promo("LIBRE", kind="free_shipping")
    await comes_to_summary(ana, "mug")
    await ana.says("LIBRE")
    ana.hears("Discount (LIBRE): −₱80.00", "Total: ₱120.00")
    await shop.run("UPDATE promos SET end_date = NOW() - INTERVAL 1 MINUTE")
    await ana.taps("✅ Confirm order")
    ana.hears("Sorry, “LIBRE” has ended.", "Total: ₱200.00")
    assert await shop.count("orders") == 0


async def test_a_promo_with_a_minimum_says_how_much(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.promo("BIG50", kind="fixed_amount", value="50", minimum="500")
    await comes_to_summary(ana, "mug")
    await ana.says("BIG50")
    ana.hears("“BIG50” is for orders of ₱500.00 or more.")


async def test_a_tap_and_a_typed_yes_together_place_one_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    confirm = next(button for button in ana.tappable if button.title == CONFIRM)
    await ana.says("yes", "Yes!", "yes")
    ana.hears("Your order ORD-")
    await shop.gets(ana, "postback", {"mid": "m_late", "title": confirm.title, "payload": confirm.payload})
    ana.hears("already placed")
    assert await shop.look("SELECT COUNT(*) FROM orders") == 1


async def test_a_shipping_fee_changed_since_the_summary_is_asked_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await shop.run("UPDATE shipping_zones SET base_fee = 99")
    await ana.says("yes")
    ana.hears("Total: ₱219.00")
    await ana.says("yes")
    assert await shop.texts("SELECT total_amount FROM orders") == ["219.00"]


async def test_an_unknown_code_and_an_ended_one(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.promo("OLD", kind="percentage", value="10")
    await shop.run("UPDATE promos SET end_date = NOW() - INTERVAL 1 MINUTE")
    await comes_to_summary(ana, "mug")
    await ana.taps("Add promo code")
    await ana.says("NOPE99")
    ana.hears("I don't know the code “NOPE99”")
    await ana.taps("Try another code")
    await ana.says("OLD")
    ana.hears("Sorry, “OLD” has ended")
    await ana.taps("Go on without")
    ana.hears("Total: ₱200.00")
