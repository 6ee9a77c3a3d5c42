"""A cart that lasts: what has changed in it is said, it is taken up again, and reminded of once."""

from datetime import datetime

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys

DAY = {"night_from": 0, "night_until": 0}


def told(chat: Chat, words: str) -> int:
    """In how many messages somebody was told something."""
    return sum(words in sent.bubble.words() for sent in chat.person.sent)


async def silent_for(shop: Shop, hours: int) -> None:
    """Let everybody be silent for so long: their window, their cart and their chat are as old as that."""
    await shop.run(
        "UPDATE conversations SET heard_at = heard_at - INTERVAL %(hours)s HOUR,"
        " window_expires_at = window_expires_at - INTERVAL %(hours)s HOUR",
        hours=hours,
    )
    await shop.run(
        "UPDATE cart_items SET added_at = added_at - INTERVAL %(hours)s HOUR,"
        " updated_at = updated_at - INTERVAL %(hours)s HOUR",
        hours=hours,
    )


async def test_a_line_says_that_its_price_and_its_stock_have_changed(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("blue mug")
    await ana.taps("Add to cart")
    await ana.says("2 more")
    await shop.run("UPDATE products SET base_price = 150, stock_quantity = 2 WHERE id = %(id)s", id=mug)
    await ana.says("cart")
    ana.hears("3 × Blue mug: ₱450.00 ⚠️ only 2 left · ⚠️ the price went up from ₱120.00 each")
    await shop.run("UPDATE products SET base_price = 99, stock_quantity = 9 WHERE id = %(id)s", id=mug)
    await ana.says("cart")
    ana.hears("3 × Blue mug: ₱297.00 · ✨ the price went down from ₱120.00 each")
    await ana.says("2")  # whoever changes it has seen it
    ana.hears("2 × Blue mug: ₱198.00\n")


async def test_it_says_so_before_confirm_too(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await buys(ana, "mug")
    await ana.says("blue mug")
    await ana.taps("Add to cart")
    await shop.run("UPDATE products SET base_price = 150 WHERE id = %(id)s", id=mug)
    await ana.says("checkout")
    await ana.taps("✅ Use these")
    ana.hears("1 × Blue mug: ₱150.00 · ⚠️ the price went up from ₱120.00")


async def test_a_cart_is_taken_up_again_days_later(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("2 blue mug")
    await ana.taps("Add to cart")
    await silent_for(shop, 72)
    heard = await shop.look("SELECT heard_at FROM conversations")
    assert isinstance(heard, datetime)
    await ana.says("hello")
    ana.hears(f"Your cart from {heard:%A} is still here. Go on with it?", "2 × Blue mug: ₱240.00", "2 items, ₱240.00")
    await ana.says("hello")  # once was enough
    assert told(ana, "is still here") == 1
    await silent_for(shop, 240)
    await ana.says("hi")
    ana.hears("Go on with it?")
    await ana.says("yes please")
    ana.hears("Who will receive")


async def test_not_now_leaves_the_cart_as_it_is(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("magkano po yung blue mug")
    await ana.taps("Add to cart")
    await silent_for(shop, 30)
    await ana.says("magandang araw po")
    ana.hears("Nandito pa po ang cart ninyo", "Ituloy natin?")
    await ana.says("wag muna po")
    ana.hears("hindi ginalaw ang cart ninyo")
    assert await shop.count("cart_items") == 1


async def test_a_cart_that_was_left_is_reminded_of_once(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("blue mug")
    await ana.taps("Add to cart")
    await silent_for(shop, 19)
    await shop.works()
    assert told(ana, "Shall we finish it?") == 0
    await silent_for(shop, 2)
    await shop.works()
    await shop.works()
    assert told(ana, "Shall we finish it?") == 1
    ana.hears("Your cart is still here. Shall we finish it?", "1 × Blue mug: ₱120.00")
    await ana.says("sure")
    ana.hears("Who will receive")
    await silent_for(shop, 21)
    await shop.works()
    assert told(ana, "Shall we finish it?") == 1, "nothing was put into it since"


async def test_no_thanks_is_respected_for_good(shop: Shop, ana: Chat) -> None:
    await shop.sets(**DAY)
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("magkano po yung blue mug")
    await ana.taps("Add to cart")
    await silent_for(shop, 21)
    await shop.works()
    ana.hears("Nandito pa po ang cart ninyo. Tapusin na natin?")
    await ana.says("wag na po")
    ana.hears("hindi ko na kayo papaalalahanan")
    await ana.says("2 blue mug")
    await ana.taps("Add to cart")
    await silent_for(shop, 21)
    await shop.works()
    assert told(ana, "Tapusin na natin?") == 1


async def test_nobody_is_reminded_who_is_gone_has_bought_or_speaks_with_a_person(
    shop: Shop, ana: Chat, ben: Chat
) -> None:
    await shop.sets(**DAY)
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("blue mug")
    await ana.taps("Add to cart")
    await ben.says("blue mug")
    await ben.taps("Add to cart")
    await ben.says("talk to a person")
    await shop.run("UPDATE conversations SET quiet_since = NOW() WHERE psid = %(psid)s", psid=ben.psid)
    await silent_for(shop, 25)  # Ana's window has closed
    await shop.works()
    assert await shop.count("notification_queue") == 0
    await ana.says("cart")
    await silent_for(shop, 21)
    await shop.run("UPDATE users SET cart_reminded_at = NULL")
    await shop.sets(cart_reminder=False)
    await shop.works()
    assert await shop.count("notification_queue") == 0
    await shop.sets(cart_reminder=True)
    await shop.run("DELETE FROM cart_items")
    await shop.works()
    assert await shop.count("notification_queue") == 0
