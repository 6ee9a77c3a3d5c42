"""Sending something back: what, why, with pictures; kept and flagged for a person."""

from tests.conversations.aftersales.clerk import days_pass, has_order
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys
from tests.support.pictures import photo, receipt

RETURNS = "SELECT CONCAT_WS('|', status, reason, requested_by) FROM order_returns"
LINES = """SELECT CONCAT_WS('|', i.product_name, l.quantity) FROM order_return_lines l
    JOIN order_items i ON i.id = l.order_item_id"""
KEPT = """SELECT CONCAT_WS('|', f.purpose, f.delete_after IS NULL) FROM order_return_pictures p
    JOIN stored_files f ON f.id = p.file_id"""
FLAGS = "SELECT kind FROM order_flags WHERE open_kind IS NOT NULL"


async def test_one_item_with_a_picture_by_taps(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "delivered")
    await ana.says("my orders")
    await ana.taps("See order")
    await ana.taps("Return an item")
    ana.hears("What's wrong with it?")
    await ana.taps("Damaged or broken")
    ana.hears("Please send a picture")
    await ana.sends_picture(photo())
    ana.hears("1 picture so far")
    await ana.sends_picture(receipt(2))
    ana.hears("2 pictures so far")
    await ana.taps("Send it")
    ana.hears("Our team will look at your return", number, "keep the item")
    assert await shop.texts(RETURNS) == ["requested|damaged|shopper"]
    assert await shop.texts(LINES) == ["Blue mug|1"]
    assert await shop.texts(FLAGS) == ["return"]
    assert await shop.texts(KEPT) == ["return|1", "return|1"]
    await ana.says("my orders")
    await ana.taps("See order")
    ana.hears("↩️ Return asked for")
    await ana.says("return ko po")
    ana.hears("Hiniling na po ninyong ibalik")


async def test_in_words_and_without_pictures(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await ana.says("sira po yung dumating")
    ana.hears("Magpadala po ng isa")
    await ana.says("basag po yung hawakan, ang tagal pa dumating")
    ana.hears("Magpadala po ng isa")
    await ana.says("wala po")
    ana.hears("Salamat po", "Titingnan ng team")
    assert await shop.texts(RETURNS) == [
        "requested|sira po yung dumating. basag po yung hawakan, ang tagal pa dumating|shopper"
    ]
    assert await shop.look("SELECT quiet_since FROM conversations") is None


async def test_some_pieces_of_some_lines(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red plate", price="90.00")
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says("2 more")
    await has_order(shop, ana, "delivered", what="plate")
    await ana.says("i want to return an item")
    ana.hears("• 3 × Blue mug", "• 1 × Red plate")
    await ana.taps("Blue mug")
    ana.hears("How many of Blue mug")
    await ana.taps("2")
    ana.hears("☑️ 3 × Blue mug: 2 back")
    await ana.taps("That's all")
    await ana.taps("Wrong item")
    await ana.taps("Go on without")
    assert await shop.texts(LINES) == ["Blue mug|2"]


async def test_a_file_that_is_no_picture_gets_a_kind_word(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await ana.says("return ko po")
    await ana.says("sira")
    await ana.sends_picture(b"PK\x03\x04 an archive renamed")
    ana.hears("picture po ang pinakamainam")
    assert await shop.count("order_return_pictures") == 0


async def test_what_is_not_there_yet_or_too_long_ago(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await days_pass(shop, 8)
    await ana.says("i want to return my order")
    ana.hears("within 7 days of delivery", "Talk to a person")
    await shop.sets(return_days=30)
    await ana.says("i want to return my order")
    ana.hears("What's wrong with it?")
    await ana.says("cancel")
    assert await shop.count("order_returns") == 0


async def test_an_order_on_its_way_to_the_shelf_is_no_return(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    order_id = str(await shop.look("SELECT id FROM orders"))
    await shop.gets(ana, "postback", {"mid": "m_1", "title": "Return", "payload": f"return_order:{order_id}"})
    ana.hears("hasn't reached you yet")


async def test_a_question_about_returns_is_the_merchants_to_answer(shop: Shop, ana: Chat) -> None:
    await shop.answers("return", "Returns within 7 days, unused.")
    await ana.says("do you have a return policy?")
    ana.hears("Returns within 7 days, unused.")


async def test_pictures_and_words_may_come_before_it_is_said_what_they_are_of(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red plate", price="90.00")
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says("plate")
    await ana.taps("Add to cart")
    number = await has_order(shop, ana, "delivered", what="mug")
    await ana.says("sira po yung dumating")
    ana.hears("Alin po sa", "Blue mug", "Red plate")
    await ana.sends_picture(photo())
    ana.hears("Natanggap na po ang picture. Pasensya na po. Alin po sa", number)
    await ana.says("yung plate po ibabalik ko")
    await ana.says("wala na")
    ana.hears("Natanggap po, 1 picture na.")
    await ana.says("may crack po")
    ana.hears("Natanggap po, 1 picture na.")
    await ana.taps("Ipadala na")
    assert await shop.texts(RETURNS) == ["requested|sira po yung dumating. may crack po|shopper"]
    assert await shop.texts(KEPT) == ["return|1"]


async def test_another_wish_leaves_a_return(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says("1 more")
    number = await has_order(shop, ana, "delivered")
    await ana.says("return ko po")
    ana.hears("Alin po sa", "× Blue mug")
    await ana.says("may crack po")
    ana.hears("Ilan po sa Blue mug ang ibabalik ninyo?")
    await ana.says("order ulit")
    ana.hears("Nasa cart na po ulit ninyo")
    await ana.says("return ko po")
    await ana.says("order status")
    ana.hears(number, "Naihatid")
