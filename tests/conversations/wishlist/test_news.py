"""What is told of a wishlist: each drop once, what is back to whoever asked first, and never outside the window."""

import pytest

from bot.workshop.emulator.witness import ChatFailed
from tests.conversations.conftest import Chat, Shop

WAITING = "SELECT CONCAT_WS('|', status, waits_for) FROM notification_queue ORDER BY id"
DAY = {"night_from": 0, "night_until": 0}
"""Rules by which it is never night: what is tested here is said at any time."""


async def price(shop: Shop, product_id: int, amount: str) -> None:
    await shop.run("UPDATE products SET base_price = %(price)s WHERE id = %(id)s", price=amount, id=product_id)


async def left(shop: Shop, product_id: int, pieces: int) -> None:
    await shop.run("UPDATE products SET stock_quantity = %(left)s WHERE id = %(id)s", left=pieces, id=product_id)


async def closes(shop: Shop) -> None:
    await shop.run(
        "UPDATE conversations SET window_expires_at = NOW() - INTERVAL 1 HOUR, heard_at = NOW() - INTERVAL 25 HOUR"
    )


def told(chat: Chat, words: str) -> int:
    """In how many messages somebody was told something."""
    return sum(words in sent.bubble.words() for sent in chat.person.sent)


async def test_a_lower_price_is_told_once_and_again_only_after_it_was_high_again(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("save the blue mug")
    await shop.works()
    assert told(ana, "cheaper now") == 0
    await price(shop, mug, "99.00")
    await shop.works()
    await shop.works()
    ana.hears("Blue mug on your wishlist is cheaper now!", "₱99.00 (was ₱120.00)")
    assert told(ana, "cheaper now") == 1
    await price(shop, mug, "150.00")
    await shop.works()
    await price(shop, mug, "120.00")  # what it cost when it was saved: nothing is cheaper
    await shop.works()
    assert told(ana, "cheaper now") == 1
    await price(shop, mug, "80.00")
    await shop.works()
    assert told(ana, "cheaper now") == 2
    await ana.taps("Move to cart")
    ana.hears("Added! Blue mug is in your cart.", "₱80.00")


async def test_one_tap_stops_the_news_of_one_thing_and_another_of_all(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    pan = await shop.stocks("Iron pan", price="500.00", left=9)
    await ana.says("save the blue mug")
    await ana.says("save the iron pan")
    await price(shop, mug, "99.00")
    await shop.works()
    await ana.taps("Stop for this")
    ana.hears("Okay, no more news about Blue mug.")
    await price(shop, mug, "80.00")
    await price(shop, pan, "450.00")
    await shop.works()
    ana.hears("Iron pan on your wishlist is cheaper now!")
    await ana.taps("Stop wishlist news")
    ana.hears("no more news about your wishlist")
    await price(shop, pan, "300.00")
    await shop.works()
    assert told(ana, "cheaper now") == 2
    await ana.says("wishlist")
    ana.hears("You asked me not to send news about it.")
    await ana.taps("Send news again")
    await price(shop, pan, "200.00")
    await shop.works()
    assert told(ana, "cheaper now") == 3


async def test_outside_the_window_it_is_kept_and_said_first_thing_at_the_next_visit(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    pan = await shop.stocks("Iron pan", price="500.00", left=9)
    await ana.says("save the blue mug")
    await ana.says("save the iron pan")
    await closes(shop)
    await price(shop, mug, "99.00")
    await price(shop, pan, "450.00")
    await shop.works()
    assert await shop.texts(WAITING) == ["pending|window"]
    assert told(ana, "cheaper now") == 0
    await price(shop, pan, "500.00")  # by the next visit only one of them is still true
    await shop.works()
    await ana.says("hello")
    await shop.settles()
    await shop.works()
    ana.hears("Blue mug on your wishlist is cheaper now!")
    with pytest.raises(ChatFailed):
        ana.hears("Iron pan")
    assert told(ana, "cheaper now") == 1


async def test_what_is_not_true_any_more_is_not_said(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("save the blue mug")
    await closes(shop)
    await price(shop, mug, "99.00")
    await shop.works()
    await price(shop, mug, "130.00")
    await ana.says("hello")
    await shop.works()
    assert told(ana, "cheaper now") == 0
    assert await shop.texts(WAITING) == ["bounced"]


async def test_whoever_asked_first_is_told_first_and_no_more_than_there_are_pieces(shop: Shop) -> None:
    await shop.sets(**DAY)
    lamp = await shop.stocks("Old lamp", price="50.00", left=0)
    chats = [Chat(shop, f"Shopper {number}") for number in range(4)]
    for number, chat in enumerate(chats):
        await chat.says("old lamp")
        await chat.taps("🔔 Notify me")
        chat.hears("I'll tell you here when Old lamp is back.", *(["One shopper asked before you."] * (number == 1)))
    await shop.works()
    await left(shop, lamp, 2)
    await shop.works()
    await shop.works()
    assert [told(chat, "back in stock") for chat in chats] == [1, 1, 0, 0]
    # The first buys; the second lets it be, and after a while the third may have it.
    await left(shop, lamp, 1)
    await shop.works()
    assert [told(chat, "back in stock") for chat in chats] == [1, 1, 0, 0]
    await shop.run("UPDATE stock_waits SET told_at = told_at - INTERVAL 3 HOUR")
    await shop.works()
    assert [told(chat, "back in stock") for chat in chats] == [1, 1, 1, 0]
    await left(shop, lamp, 0)
    await shop.works()
    await left(shop, lamp, 5)
    await shop.works()
    assert [told(chat, "back in stock") for chat in chats] == [1, 1, 1, 1]


async def test_a_buyer_makes_room_for_the_next_in_line(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.sets(**DAY)
    lamp = await shop.stocks("Old lamp", price="50.00", left=0)
    for chat in (ana, ben):
        await chat.says("old lamp")
        await chat.taps("🔔 Notify me")
    await left(shop, lamp, 1)
    await shop.works()
    assert (told(ana, "back in stock"), told(ben, "back in stock")) == (1, 0)
    shopper = await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid)
    order = await shop.insert("orders", order_number="ORD-1", user_id=shopper, total_amount=50)  # type: ignore[arg-type]
    await shop.insert(
        "order_items",
        order_id=order,
        product_id=lamp,
        product_name="Old lamp",
        quantity=1,
        unit_price=50,
        total_price=50,
    )
    await shop.works()
    assert told(ben, "back in stock") == 1


async def test_ang_ubos_na_kulay_ay_hinihintay_at_binibili(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red": 5, "Blue": 0})
    await ana.says("magkano po yung cotton shirt")
    await ana.taps("Detalye")
    await ana.says("sabihan nyo po ako pag may blue na")
    ana.hears("Sasabihan ko kayo rito pag meron na ulit ng Cotton shirt (Size: Blue).")
    assert await shop.look("SELECT variant_id FROM stock_waits") == await shop.variant(shirt, "Blue")
    await shop.run("UPDATE product_variants SET stock_quantity = 3 WHERE variant_value = 'Blue'")
    await shop.works()
    ana.hears("meron na ulit ng Cotton shirt!", "3 na lang · Size: Blue")
    await ana.taps("Add to cart")
    ana.hears("Naidagdag na po sa cart ninyo: Cotton shirt (Size: Blue).")


async def test_what_sells_out_on_a_wishlist_is_waited_for_by_itself(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.sets(**DAY)
    lamp = await shop.stocks("Old lamp", price="50.00", left=3)
    await ana.says("save the old lamp")
    await left(shop, lamp, 0)
    await shop.works()
    await ben.says("old lamp")
    await ben.taps("🔔 Notify me")
    ben.hears("One shopper asked before you.")
    await closes(shop)
    await left(shop, lamp, 1)
    await shop.works()
    assert told(ana, "back in stock") == 0
    await ben.says("hello")  # whoever comes first may have it: nobody else can be told
    await shop.works()
    ben.hears("Old lamp is back in stock!")
    await ana.says("hello")
    await shop.works()
    assert told(ana, "back in stock") == 0
    await left(shop, lamp, 2)
    await shop.works()
    ana.hears("Old lamp is back in stock!")
    await ana.taps("Move to cart")
    ana.hears("Added! Old lamp")


async def test_nobody_is_disturbed_in_the_middle_of_an_order(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("save the blue mug")
    await ana.taps("Move to cart")
    await ana.says("save the blue mug")
    await ana.says("checkout")
    await price(shop, mug, "99.00")
    await shop.works()
    assert told(ana, "cheaper now") == 0
    await ana.says("menu")
    await shop.run("UPDATE notification_queue SET scheduled_at = NOW()")
    await shop.works()
    assert told(ana, "cheaper now") == 1


async def test_news_are_kept_for_the_day(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("save the blue mug")
    hour = int(str(await shop.look("SELECT HOUR(NOW())")))
    await shop.sets(night_from=hour, night_until=(hour + 3) % 24)
    await shop.run("UPDATE conversations SET heard_at = NOW() - INTERVAL 2 HOUR")
    await price(shop, mug, "99.00")
    await shop.works()
    assert told(ana, "cheaper now") == 0
    assert await shop.look("SELECT scheduled_at > NOW() FROM notification_queue") == 1
    await shop.sets(**DAY)
    await shop.run("UPDATE notification_queue SET scheduled_at = NOW()")
    await shop.works()
    assert told(ana, "cheaper now") == 1
