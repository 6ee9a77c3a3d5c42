"""Comments below posts: each gets one private reply, which opens what it means, ready to be ordered."""

import aiohttp

from bot.workshop.emulator import wall
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.events import Field, body_of, envelope
from tests.conversations.conftest import Chat, Shop
from tests.conversations.posts.selling import sells
from tests.support.buying import COD, CONFIRM, buys


async def test_a_comment_becomes_an_order_in_three_taps(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red, L": 5, "Red, M": 5, "Blue, L": 5})
    await sells(shop, "8", mug, shirt, codes=("a1", "a2"))
    await buys(ana, "mug")
    await ana.comments("Mine A2 2 red L", post="8")
    await shop.sees_to_comments()
    ana.hears("Hi Ana! Thanks for your comment: 2 × Cotton shirt (Red, L), ₱400.00.")
    await ana.taps("Order now")
    await ana.taps(COD)
    ana.hears("2 × Cotton shirt (Size: Red, L): ₱400.00", "San Roque, Marikina")
    await ana.taps(CONFIRM)
    ana.hears("ORD-")
    assert await shop.look("SELECT SUM(quantity) FROM order_items WHERE product_id = %(id)s", id=shirt) == 2
    # Nothing is said twice, however often Facebook tells of the comment.
    facebook = shop.stage.emulator.facebook
    for comment in list(facebook.wall.comments.values()):
        facebook.courier.send(ana.psid, "feed", wall.told(facebook, comment, "add"), "changes")
    await shop.sees_to_comments()
    assert await shop.count("post_comments") == 1
    ana.hears("ORD-")


async def test_whoever_is_new_answers_a_private_reply_in_words_and_in_their_language(
    shop: Shop, ana: Chat, ben: Chat
) -> None:
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red, L": 5, "Blue, L": 5})
    await sells(shop, "8", shirt)
    await ana.comments("mine po isa", post="8")
    await ben.comments("hm?", post="8")
    await shop.sees_to_comments()
    ana.hears("Salamat po sa comment ninyo.", "Anong size po ng Cotton shirt ang gusto ninyo?", "• Red, L: ₱200.00")
    ben.hears("Which size of Cotton shirt would you like?", "• Blue, L: ₱200.00 (only 5 left)")
    assert await shop.count("users") == 0, "nobody is a shopper who has not written"
    await ana.says("yung blue L po")
    ana.hears("Sino po")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["1"]
    await ben.taps("Red, L")
    ben.hears("Who will receive")


async def test_what_is_no_wish_is_left_alone_and_the_page_does_not_answer_itself(shop: Shop, ana: Chat) -> None:
    facebook = shop.stage.emulator.facebook
    mug = await shop.stocks("Blue mug", price="120.00")
    await sells(shop, "7", mug)
    await shop.sets(comments_public=True)
    for text in ("ang ganda! 😍", "@Ben Santos tingnan mo", "sana all"):
        await ana.comments(text, post="7")
    await ana.comments("sold", post="7")
    await shop.sees_to_comments()
    ana.hears("1 × Blue mug")
    await shop.sees_to_comments()
    said = [comment for comment in facebook.wall.comments.values() if not comment.psid]
    assert [comment.text for comment in said] == ["Hi Ana, please check your inbox! 💬"]
    await shop.sees_to_comments()
    assert await shop.count("post_comments") == 4, "the page's own comment is none of a shopper"
    assert len(shop.stage.emulator.sent(ana.psid)) == 1


async def test_a_comment_that_is_changed_or_gone_before_its_answer(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    pan = await shop.stocks("Iron pan", price="500.00")
    await sells(shop, "7", mug, pan, codes=("a1", "a2"), is_sale=True)
    changed = await ana.comments("A1", post="7")
    gone = await ben.comments("A1 x3", post="7")
    await ana.edits_comment(changed, "A2 x2")
    await ben.removes_comment(gone)
    await shop.sees_to_comments()
    ana.hears("It's yours: 2 × Iron pan, ₱1,000.00.")
    ben.hears_nothing()
    await ana.edits_comment(changed, "A1")
    await shop.sees_to_comments()
    assert len(shop.stage.emulator.sent(ana.psid)) == 1
    assert await shop.look("SELECT stock_quantity FROM products WHERE id = %(id)s", id=mug) == 10
    assert await shop.look("SELECT stock_quantity FROM products WHERE id = %(id)s", id=pan) == 8


async def test_what_facebook_refuses_and_what_gets_lost_is_never_said_twice(shop: Shop, ana: Chat, ben: Chat) -> None:
    facebook = shop.stage.emulator
    mug = await shop.stocks("Blue mug", price="120.00")
    await sells(shop, "7", mug)
    await ben.comments("mine", post="7")
    facebook.facebook.tickets.clear()
    await shop.sees_to_comments()
    assert await shop.look("SELECT status, error_code FROM post_comments") == ("failed", "100/2534025")
    ben.hears_nothing()
    facebook.receipts.echoes = False
    facebook.faults.arm("accepted_then_timeout", seconds=0.01)
    await ana.comments("mine", post="7")
    await shop.sees_to_comments()
    ana.hears("1 × Blue mug")
    assert await shop.texts("SELECT status FROM post_comments ORDER BY id") == ["failed", "queued"]
    await shop.run("UPDATE post_comments SET due_at = NOW(3)")
    await shop.sees_to_comments()
    assert await shop.texts("SELECT status FROM post_comments ORDER BY id") == ["failed", "answered"]
    assert len(facebook.sent(ana.psid)) == 1
    await ana.taps("Order now")
    ana.hears("Who will receive")


async def test_old_comments_and_those_of_another_page_are_not_answered(shop: Shop, ana: Chat) -> None:
    emulator = shop.stage.emulator
    await shop.stocks("Blue mug", price="120.00")
    old = wall.writes_comment(emulator.facebook, ana.person, "mine blue mug", "7")
    old.at -= 8 * 24 * 3600 * 1000
    other = wall.writes_comment(emulator.facebook, ana.person, "mine blue mug", "7")
    items: list[tuple[Field, Json]] = [("changes", wall.told(emulator.facebook, old, "add"))]
    await _posted(shop, body_of(envelope(emulator.app.page_id, emulator.time.now_ms(), items)))
    items = [("changes", wall.told(emulator.facebook, other, "add"))]
    await _posted(shop, body_of(envelope("99", emulator.time.now_ms(), items)))
    await shop.sees_to_comments()
    assert await shop.texts("SELECT kind FROM post_comments ORDER BY id") == ["too_old"]
    assert await shop.look("SELECT COUNT(*) FROM webhook_events WHERE kind = 'foreign'") == 1
    ana.hears_nothing()


async def test_what_no_post_is_tied_to_is_found_by_its_name_or_number(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Whistling Kettle 2 L", price="650.00")
    await shop.stocks("Iron pan", price="500.00", sizes={"Small": 3, "Large": 3})
    await shop.run("UPDATE products SET sku = 'KIT-001' WHERE name = 'Iron pan'")
    for text in ("mine 2 kettle", "pm po", "hm po?"):
        await ana.comments(text, post="9")
    await ben.comments("mine kit-001 large", post="9")
    await shop.sees_to_comments()
    ana.hears("2 × Whistling Kettle 2 L, ₱1,300.00")
    ben.hears("1 × Iron pan (Large), ₱500.00")
    assert len(shop.stage.emulator.sent(ana.psid)) == 1, "who has a private reply below the post needs no other"
    cora = Chat(shop, "Cora Reyes")
    await cora.comments("mine po", post="9")
    await shop.sees_to_comments()
    cora.hears("Aling item po ang gusto ninyo?")
    await cora.says("kettle po")
    cora.sees_cards("Whistling Kettle 2 L")


async def test_a_post_is_tied_by_its_words(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Iron pan", price="500.00")
    name, _ = wall.writes_post(
        shop.stage.emulator.facebook, "NEW ARRIVALS!\nA1 - Blue mug ₱120\nA2 - Iron Pan P500\nComment mine!"
    )
    await shop.run("INSERT INTO page_posts (post_id) VALUES (%(id)s)", id=name)
    await shop.sees_to_comments()
    assert await shop.look("SELECT title FROM page_posts") == "NEW ARRIVALS!"
    await ana.comments("A2 mine", post=name)
    await ben.comments("mine", post=name)
    await shop.sees_to_comments()
    ana.hears("1 × Iron pan, ₱500.00")
    ben.hears("Which one do you mean?", "1. Blue mug", "2. Iron pan")
    await shop.stocks("Bamboo lid", price="90.00")
    wall.publishes(shop.stage.emulator.facebook, "A1 - Bamboo lid", post=name)
    await shop.settles()
    await shop.sees_to_comments()
    assert await shop.texts(
        "SELECT CONCAT(t.code, ' ', p.name) FROM post_products t JOIN products p ON p.id = t.product_id"
    ) == ["a1 Bamboo lid"]


async def test_beyond_facebooks_limit_private_replies_wait_and_nothing_is_lost(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await sells(shop, "7", mug)
    await shop.run(
        "INSERT INTO post_comments (comment_id, post_id, page_id, written_at, status, sent_at)"
        " WITH RECURSIVE one AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM one WHERE n < 750)"
        " SELECT n, 'x', 'y', NOW(3), 'answered', NOW(3) - INTERVAL 30 MINUTE FROM one"
    )
    await ana.comments("mine", post="7")
    await shop.sees_to_comments()
    ana.hears_nothing()
    await shop.run("UPDATE post_comments SET sent_at = NOW(3) - INTERVAL 61 MINUTE WHERE status = 'answered'")
    await shop.sees_to_comments()
    ana.hears("1 × Blue mug")


async def _posted(shop: Shop, body: bytes) -> None:
    headers = {"Content-Type": "application/json", **shop.stage.emulator.courier.signature(body)}
    url = f"{shop.stage.url}/webhook"
    async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers) as got:
        assert got.status == 200


async def test_of_several_products_the_one_that_has_such_a_kind_is_meant(shop: Shop) -> None:
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red, L": 5, "Red, M": 5, "Black, L": 5})
    shoes = await shop.stocks("Canvas shoes", price="900.00", sizes={"White, 38": 5, "Black, 39": 5})
    pan = await shop.stocks("Iron pan", price="500.00")
    await sells(shop, "8", shirt, shoes, pan)
    said = {
        "mine 2 red L": "2 × Cotton shirt (Red, L), ₱400.00",
        "sold po puti 38": "1 × Canvas shoes (White, 38)",
        "pula po akin": "Cotton shirt",
        "mine black": "1. Canvas shoes\n2. Cotton shirt",
        "mine 2": "1. Canvas shoes\n2. Cotton shirt\n3. Iron pan",
    }
    for text, heard in said.items():
        who = Chat(shop, "Cora Reyes")
        await who.comments(text, post="8")
        await shop.sees_to_comments()
        who.hears(heard)
