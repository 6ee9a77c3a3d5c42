"""A live sale: who asked first has it, held for a while; then the next in line."""

from bot.workshop.emulator import wall
from tests.conversations.conftest import Chat, Shop
from tests.conversations.posts.selling import sells
from tests.support.buying import COD, CONFIRM, comes_to_payment


async def stock(shop: Shop, product_id: int) -> object:
    """Pieces that anybody can buy."""
    return await shop.look("SELECT stock_quantity FROM products WHERE id = %(id)s", id=product_id)


async def lapses(shop: Shop) -> None:
    """Let the time of every claim be over."""
    await shop.run("UPDATE post_claims SET held_until = NOW() - INTERVAL 1 SECOND WHERE status = 'held'")
    await shop.sees_to_comments()


async def statuses(shop: Shop) -> list[str]:
    """What became of each claim, in the order in which they were made."""
    return await shop.texts("SELECT status FROM post_claims ORDER BY id")


async def test_who_wrote_first_has_it_whichever_comment_comes_first(shop: Shop, ana: Chat, ben: Chat) -> None:
    facebook = shop.stage.emulator.facebook
    mug = await shop.stocks("Blue mug", price="120.00", left=1)
    await sells(shop, "7", mug, codes=("a12",), is_sale=True)
    first = wall.writes_comment(facebook, ana.person, "A12 mine", "7", live=True)
    later = wall.writes_comment(facebook, ben.person, "mine a12", "7", live=True)
    first.at, later.at = later.at - 3000, later.at - 2000
    for shopper, comment in ((ben, later), (ana, first)):
        await facebook.courier.bring(shopper.psid, "feed", wall.told(facebook, comment, "add"), "changes")
    await shop.sees_to_comments()
    ana.hears("It's yours: 1 × Blue mug, ₱120.00. I'm holding it for you until")
    ben.hears("Blue mug is on hold for somebody who was faster. You are number 1 in line")
    assert await stock(shop, mug) == 0


async def test_what_is_held_is_nobody_elses_and_becomes_an_order(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=3)
    await sells(shop, "7", mug, codes=("a12",), is_sale=True)
    await ben.says("mug")
    await ben.taps("Add to cart")
    await ana.comments("a12 x3 po", post="7")
    await shop.sees_to_comments()
    ana.hears("3 × Blue mug, ₱360.00")
    await ben.taps("Checkout")
    ben.hears("sold out")
    await ana.taps("Order na")
    for answer in ("Ana Cruz", "09171234567", "12 Mabini St, Brgy San Roque, Marikina City 1801", "skip"):
        await ana.says(answer)
    await ana.taps("Cash on delivery")
    await ana.taps("✅ Confirm order")
    ana.hears("ORD-")
    assert await shop.look("SELECT status, held, order_id IS NULL FROM post_claims") == ("ordered", 0, 0)
    assert await stock(shop, mug) == 0
    assert await shop.look("SELECT SUM(quantity_change) FROM inventory_logs WHERE product_id = %(id)s", id=mug) == 0
    held = "SELECT SUM(quantity) FROM inventory_reservations WHERE status IN ('reserved', 'committed')"
    assert await shop.look(held) == 3
    await lapses(shop)
    assert await stock(shop, mug) == 0


async def test_when_a_claim_is_over_the_next_in_line_is_told(shop: Shop, ana: Chat, ben: Chat) -> None:
    cora = Chat(shop, "Cora Reyes")
    mug = await shop.stocks("Blue mug", price="120.00", left=1)
    await sells(shop, "7", mug, codes=("a12",), is_sale=True)
    await shop.sets(comments_public=True)
    for shopper in (ana, ben, cora):
        await shopper.comments("A12", post="7")
        await shop.sees_to_comments()
    cora.hears("You are number 2 in line")
    await cora.taps("Tell me")
    cora.hears("You are number 2 in line, and I'll tell you here as soon as it's yours.")
    await lapses(shop)
    await shop.sees_to_comments()
    assert await statuses(shop) == ["lapsed", "held", "waiting"]
    said = [one.text for one in shop.stage.emulator.facebook.wall.comments.values() if not one.psid]
    assert said[-1] == "Hi Ben, it's your turn now! Please message us so we can hold it for you. 💬"
    await lapses(shop)
    await shop.works()
    cora.hears("Good news, it's your turn! 1 × Blue mug, ₱120.00. I'm holding it for you until")
    await cora.taps("Order now")
    cora.hears("Who will receive")
    await ana.taps("Order now")
    ana.hears("sold out")


async def test_nobody_holds_what_they_cannot_be_told_of(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=1)
    await sells(shop, "7", mug, codes=("a12",), is_sale=True)
    await ana.comments("A12", post="7")
    await ben.comments("A12", post="7")
    await shop.sees_to_comments()
    await lapses(shop)
    assert (await statuses(shop), await stock(shop, mug)) == (["lapsed", "waiting"], 1)
    await ben.taps("Tell me")
    await shop.sees_to_comments()
    assert await statuses(shop) == ["lapsed", "held"]


async def test_the_same_claim_twice_holds_once_and_a_greater_one_holds_the_rest(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=5)
    await sells(shop, "7", mug, codes=("a12",), is_sale=True)
    for text in ("mine a12", "MINE A12!!", "a12"):
        await ana.comments(text, post="7")
    await shop.sees_to_comments()
    assert await stock(shop, mug) == 4
    assert len(shop.stage.emulator.sent(ana.psid)) == 1
    await ana.comments("A12 x3", post="7")
    await shop.sees_to_comments()
    ana.hears("2 × Blue mug")
    assert await stock(shop, mug) == 2
    await ana.comments("A12 x9", post="7")
    await shop.sees_to_comments()
    ana.hears("It's yours: 2 × Blue mug, ₱240.00. Only 2 left.")


async def test_the_time_of_a_claim_begins_when_its_shopper_is_told(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=1)
    await sells(shop, "7", mug, codes=("a12",), is_sale=True)
    await shop.run(
        "INSERT INTO post_comments (comment_id, post_id, page_id, written_at, status, sent_at)"
        " WITH RECURSIVE one AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM one WHERE n < 750)"
        " SELECT n, 'x', 'y', NOW(3), 'answered', NOW(3) FROM one"
    )
    await ana.comments("a12", post="7")
    await shop.sees_to_comments()
    ana.hears_nothing()
    await lapses(shop)
    assert (await statuses(shop), await stock(shop, mug)) == (["held"], 0)
    await shop.run("UPDATE post_comments SET sent_at = NULL WHERE post_id = 'x'")
    await shop.sees_to_comments()
    ana.hears("I'm holding it for you until")
    assert await shop.look("SELECT held_until > NOW() + INTERVAL 29 MINUTE FROM post_claims") == 1


async def test_who_asked_first_and_claims_then_holds(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=5)
    await sells(shop, "7", mug, codes=("a12",), is_sale=True)
    asked = await ana.comments("a12 hm po?", post="7")
    await shop.sees_to_comments()
    ana.hears("1 × Blue mug, ₱120.00")
    assert await stock(shop, mug) == 5
    await ana.comments("mine a12 po", post="7")
    await shop.sees_to_comments()
    ana.hears("Sa inyo na po ito: 1 × Blue mug")
    assert await stock(shop, mug) == 4
    await ana.edits_comment(asked, "mine a12 x9")
    await shop.sees_to_comments()
    assert await stock(shop, mug) == 4, "what was answered is not answered again"


async def test_a_claim_without_a_variant_is_held_once_that_is_chosen(shop: Shop, ana: Chat, ben: Chat) -> None:
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red, L": 1, "Blue, L": 5})
    await sells(shop, "7", shirt, codes=("b1",), is_sale=True)
    await ana.comments("mine b1", post="7")
    await ben.comments("b1 red", post="7")
    await shop.sees_to_comments()
    ana.hears("Which size of Cotton shirt would you like?")
    ben.hears("It's yours: 1 × Cotton shirt (Red, L)")
    await ana.taps("Blue, L")
    ana.hears("Who will receive")
    red, blue = await shop.variant(shirt, "Red, L"), await shop.variant(shirt, "Blue, L")
    left = "SELECT stock_quantity FROM product_variants WHERE id = %(id)s"
    assert (await shop.look(left, id=red), await shop.look(left, id=blue)) == (0, 4)


async def test_several_codes_in_one_comment_are_answered_together(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=1)
    pan = await shop.stocks("Iron pan", price="500.00", left=5)
    await sells(shop, "7", mug, pan, codes=("a1", "a2"), is_sale=True)
    await comes_to_payment(ana, "pan")
    await ana.comments("mine A1, A2 x2", post="7")
    await shop.sees_to_comments()
    ana.hears("₱1,120.00 in all", "• 1 × Blue mug", "• 2 × Iron pan")
    await ana.taps("Order now")
    await ana.taps(COD)
    ana.hears("1 × Blue mug", "2 × Iron pan")
    await ana.taps(CONFIRM)
    ana.hears("ORD-")
    assert await statuses(shop) == ["ordered", "ordered"]


async def test_a_claim_is_taken_back_in_a_comment(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=1)
    pan = await shop.stocks("Iron pan", price="500.00", left=5)
    await sells(shop, "7", mug, pan, codes=("a1", "a2"), is_sale=True)
    await ana.comments("mine A1 and A2 x2", post="7")
    await ben.comments("a1 po", post="7")
    await shop.sees_to_comments()
    await ben.says("hi po")
    await ana.comments("pwede pa po ba i-cancel?", post="7")
    await ben.comments("cancel a1 na yan @Ana Cruz", post="8")
    await shop.sees_to_comments()
    assert await statuses(shop) == ["held", "held", "waiting"], "a question takes nothing back, nor does another post"
    await ana.comments("Cancel po a1", post="7")
    await shop.sees_to_comments()
    await shop.works()
    assert await statuses(shop) == ["released", "held", "held"]
    ben.hears("1 × Blue mug, ₱120.00")
    await ana.comments("hindi na po pala, wala pong budget", post="7")
    await shop.sees_to_comments()
    assert await statuses(shop) == ["released", "released", "held"]
    assert (await stock(shop, mug), await stock(shop, pan)) == (0, 5)
    await ana.comments("mine a2 na po ulit", post="7")
    await shop.sees_to_comments()
    assert (await statuses(shop))[3:] == ["held"]
