"""A live sale as its merchant wants it: how many each person can claim, and "mine" without a code."""

from tests.conversations.conftest import Chat, Shop
from tests.conversations.posts.selling import sells

CLAIMS = "SELECT CONCAT_WS('|', status, wanted, held) FROM post_claims ORDER BY id"
LIVE = "SELECT CONCAT_WS('|', status, wanted, held) FROM post_claims WHERE status <> 'over' ORDER BY id"
STANDS = (
    "SELECT CONCAT_WS('|', current_stock, reserved_quantity, available_stock) FROM vw_inventory_status"
    " WHERE id = %(id)s"
)


async def two_things(shop: Shop, *, mugs: int) -> tuple[int, int]:
    """A mug and a pan that are sold; their `products.id`."""
    return (
        await shop.stocks("Blue mug", price="120.00", left=mugs),
        await shop.stocks("Iron pan", price="90.00", left=9),
    )


async def test_nobody_claims_more_of_a_thing_than_the_merchant_lets_each_person_have(shop: Shop, ana: Chat) -> None:
    mug, pan = await two_things(shop, mugs=9)
    await sells(shop, "7", mug, pan, codes=("a1", "b1"), is_sale=True, most_each=2)
    await ana.comments("mine a1 x5", post="7")
    await shop.sees_to_comments()
    ana.hears("It's yours: 2 × Blue mug, ₱240.00. Each person can get up to 2 in this sale. I'm holding it")
    await ana.comments("mine a1 x2", post="7")
    await shop.sees_to_comments()
    assert len(shop.stage.emulator.sent(ana.psid)) == 1, "who says the same again has heard it"
    await ana.comments("mine b1", post="7")
    await shop.sees_to_comments()
    assert await shop.texts(LIVE) == ["held|2|2", "held|1|1"]
    await shop.run("UPDATE post_claims SET status = 'ordered', held = 0 WHERE product_id = %(mug)s AND held", mug=mug)
    await ana.comments("mine a1", post="7")
    await shop.sees_to_comments()
    assert await shop.texts(LIVE) == ["ordered|2|0", "held|1|1"], "what was ordered counts too"


async def test_whoever_asks_for_more_than_they_can_have_hears_it_once(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug, pan = await two_things(shop, mugs=9)
    await sells(shop, "7", mug, pan, codes=("a1", "b1"), is_sale=True, most_each=2)
    await ana.comments("mine a1 x2 po", post="7")
    await ben.comments("a1 x3, b1 x3", post="7")
    await shop.sees_to_comments()
    ana.hears("Sa inyo na po ito: 2 × Blue mug")
    ben.hears("₱420.00 in all", "• 2 × Blue mug", "• 2 × Iron pan", "Each person can get up to 2 of one item")
    await ana.comments("isa pa po a1", post="7")
    await shop.sees_to_comments()
    ana.hears("Hanggang 2 lang po bawat tao ang Blue mug sa sale na ito, at naka-hold na ang 2 para sa inyo hanggang")
    await ana.comments("a1 pa po", post="7")
    await shop.sees_to_comments()
    assert len(shop.stage.emulator.sent(ana.psid)) == 2
    assert await shop.texts(LIVE) == ["held|2|2"] * 3
    await ana.taps("Order na")
    assert await shop.look("SELECT quantity FROM cart_items") == 2
    cora = Chat(shop, "Cora Reyes")
    await cora.comments("mine a1", post="7")
    await cora.comments("a1 pa", post="7")
    await shop.sees_to_comments()
    assert await shop.texts("SELECT SUM(held) FROM post_claims WHERE from_id = %(id)s", id=cora.psid) == ["2"]
    cora.hears("It's yours: 1 × Blue mug")


async def test_what_was_ordered_is_told_too_and_more_cannot_be_picked(shop: Shop, ana: Chat) -> None:
    mug, pan = await two_things(shop, mugs=9)
    await sells(shop, "7", mug, pan, codes=("a1", "b1"), is_sale=True, most_each=1)
    await ana.says("hello")
    await ana.comments("mine", post="7")
    await shop.sees_to_comments()
    ana.hears("Which one do you mean?")
    *_, which = shop.stage.emulator.sent(ana.psid)
    await ana.comments("mine a1", post="7")
    await shop.sees_to_comments()
    await shop.run("UPDATE post_claims SET status = 'ordered', held = 0")
    await ana.comments("a1 x2", post="7")
    await shop.sees_to_comments()
    ana.hears("Each person can get up to 1 of Blue mug in this sale, and you have ordered 1 already.")
    await shop.gets(ana, "postback", {"title": "", "payload": which.bubble.quick_replies[0].payload})
    ana.hears("Each person can get up to 1 of one item in this sale.")
    assert await shop.count("cart_items") == 0


async def test_without_a_code_the_one_thing_of_a_post_is_held_at_once(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=3)
    await sells(shop, "7", mug, is_sale=True)
    await ana.comments("mine 2", post="7")
    await shop.sees_to_comments()
    ana.hears("It's yours: 2 × Blue mug, ₱240.00")
    assert await shop.texts(STANDS, id=mug) == ["3|2|1"]


async def test_of_several_things_one_is_picked_and_held_then_for_who_wrote_first(
    shop: Shop, ana: Chat, ben: Chat
) -> None:
    mug, pan = await two_things(shop, mugs=1)
    await sells(shop, "7", mug, pan, codes=("a1", "b1"), is_sale=True)
    cora = Chat(shop, "Cora Reyes")
    for shopper, words in ((ana, "mine"), (ben, "mine a1"), (cora, "mine 2")):
        await shopper.comments(words, post="7")
        await shop.sees_to_comments()
    ana.hears("Which one do you mean?", "1. Blue mug", "2. Iron pan")
    ben.hears("It's yours: 1 × Blue mug")
    assert await shop.texts(CLAIMS) == ["held|1|1"], "nothing is held for who has not said what"
    await cora.taps("1. Blue mug")
    cora.hears("number 1 in line")
    await ana.taps("1. Blue mug")
    ana.hears("number 1 in line")
    await shop.run("UPDATE post_claims SET held_until = NOW() - INTERVAL 1 SECOND WHERE status = 'held'")
    await shop.sees_to_comments()
    assert await shop.texts("SELECT status FROM post_claims ORDER BY comment") == ["held", "lapsed", "waiting"]
    await ana.taps("Order now")
    assert await shop.look("SELECT quantity FROM cart_items WHERE product_id = %(mug)s", mug=mug) == 1


async def test_what_is_picked_is_held_and_in_the_cart_as_often_as_it_is_tapped(shop: Shop, ana: Chat) -> None:
    mug, pan = await two_things(shop, mugs=9)
    await sells(shop, "7", mug, pan, is_sale=True)
    await ana.comments("mine 2 po", post="7")
    await shop.sees_to_comments()
    await ana.taps("2. Iron pan")
    assert await shop.texts(CLAIMS) == ["held|2|2"]
    assert await shop.texts(STANDS, id=pan) == ["9|2|7"]
    assert await shop.look("SELECT product_id, quantity FROM cart_items") == (pan, 2)
