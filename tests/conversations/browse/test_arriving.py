"""The way in: who answers, what can be done, in which language."""

import json

from bot.workshop.emulator import arriving, phone, sharing
from bot.workshop.emulator.arriving import Ad, CartItem
from bot.workshop.emulator.people import Said
from repository.desk.order.opening import opened
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import comes_to_summary


async def test_get_started_says_that_it_is_a_bot(ana: Chat) -> None:
    await ana.opens_chat()
    ana.hears("Hi Ana! 👋 Welcome to Tindahan. I'm the shop's bot")
    ana.sees_buttons("🛍️ Shop now", "📦 My orders", "Filipino")


async def test_whoever_begins_with_a_question_learns_who_answers(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("do you have mugs?")
    ana.hears("I'm the bot of Tindahan", "Blue mug")
    await ana.says("mug")
    ana.hears("Blue mug")
    ana.hears_no("I'm the bot")


async def test_the_menu_and_help_work_everywhere(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    ana.hears("Welcome to Tindahan")
    for place in ("mug", "cart", "checkout", "my orders", "promos"):
        await ana.says(place)
        await ana.says("help")
        ana.hears("Type “menu” to start over")
        await ana.says("mneu")
        ana.hears("What would you like to do at Tindahan?")


async def test_a_link_to_a_product_opens_it(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat(ref=f"PRODUCT_{mug}")
    ana.hears("Blue mug", "₱120.00")
    await ana.follows_link("nobody-knows-this")
    ana.hears("Welcome to Tindahan")


async def test_filipino_is_answered_in_filipino(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("magkano po yung mug nyo?")
    ana.hears("Ito po ang nakita ko", "₱120.00")
    await ana.taps("Add to cart")
    ana.hears("Naidagdag na po sa cart ninyo: Blue mug")
    assert await shop.look("SELECT language FROM users") == "fil"


async def test_the_language_is_switched_by_a_tap_and_by_a_word(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    await ana.taps("Filipino")
    ana.hears("Sige po, Filipino na tayo!")
    await ana.says("cart")
    ana.hears("Wala pa pong laman ang cart ninyo.")
    await ana.says("english please")
    ana.hears("Okay, English it is!")
    await ana.says("cart")
    ana.hears("Your cart is empty.")


async def test_an_order_remembers_the_ad_that_led_to_it(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    ad = Ad(title="Blue mug, now 20% off <b>", ad_id="6045", post_id="102030_77", ref="x" * 2000)
    await ana.does("came by an ad", arriving.comes_by_ad(ana.facebook, ana.person, ad, "hi, interested"))
    ana.hears("Blue mug", "₱120.00")
    assert await shop.look(
        "SELECT kind, ad_id, post_id, product_id, LENGTH(ref) FROM referrals"
    ) == ("ad", "6045", "77", mug, 255)  # fmt: skip
    await comes_to_summary(ana, "mug")
    await ana.says("yes")
    order = await shop.look("SELECT id FROM orders WHERE referral_id = (SELECT id FROM referrals)")
    async with shop.database.connection() as conn:
        came = (await opened(conn, order_id=int(str(order)))).referral
    assert came is not None
    assert (came.kind, came.ad_id, came.ad_title) == ("ad", "6045", "Blue mug, now 20% off <b>")
    await ana.says("https://www.facebook.com/tindahan/posts/102030 hm?")
    await ana.says("look at https://www.facebook.com/permalink.php?story_fbid=77&id=102030")
    ana.hears("Blue mug", "₱120.00")


async def test_a_reply_to_what_one_has_shared_oneself_is_about_that(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Kettle", price="599.00")
    for title in ("Blue mug is back!", "Our kettle sale"):
        await ana.does("shared a post", arriving.shares_post(ana.facebook, ana.person, title))
    ana.hears("Kettle")
    first = next(item for item in ana.person.chat if isinstance(item, Said))
    reply = phone.types(ana.facebook, ana.person, "2 po nito", reply_to=first.mid)
    await ana.does("replied to their own", reply)
    ana.hears("2 × Blue mug: ₱240.00")
    assert await shop.count("referrals") == 2


async def test_an_order_long_after_is_of_no_link(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.follows_link("xmas")
    await shop.run("UPDATE conversations SET referred_at = NOW() - INTERVAL 8 DAY")
    await comes_to_summary(ana, "mug")
    await ana.says("yes")
    assert await shop.look("SELECT COUNT(*), COUNT(referral_id) FROM orders") == (1, 0)


async def test_a_cart_from_facebook_is_ordered_with_its_note_and_pin(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    lines = [CartItem(retailer_id="X-1", name="Blue mug", quantity=2, unit_price=99)]
    await ana.does("sent a cart", arriving.sends_cart(ana.facebook, ana.person, lines, "Pa-gift wrap po"))
    ana.hears("2 pieces are ready", "our price is ₱120.00 (Facebook showed ₱99.00)", "Pa-gift wrap po")
    await ana.does("sent a place", sharing.sends_place(ana.facebook, ana.person, 14.5547, 121.0244))
    await ana.says("checkout")
    await ana.taps("Ana Cruz")
    await ana.says("0917 123 4567")
    await ana.says("12 Mabini St, Poblacion, Makati City")
    await ana.taps("Skip")
    await ana.taps("Cash on delivery")
    ana.hears("2 × Blue mug", "pin goes to the rider", "Pa-gift wrap po")
    await ana.says("yes")
    assert await shop.look("SELECT notes, ship_pin FROM orders") == ("Note: Pa-gift wrap po", "14.554700,121.024400")
    assert await shop.look("SELECT r.kind FROM orders o JOIN referrals r ON r.id = o.referral_id") == "cart"


async def test_ordinary_turns_ask_nothing_about_where_somebody_comes_from(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await ana.says("look at https://shopee.ph/red-lamp")
    first, second = await shop.turns(ana)
    assert {one["ask"] for one in json.loads(first.recording)["asks"]} == {"canned.best", "search.search"}
    assert "lamp" not in json.dumps(json.loads(second.recording)["asks"])
    assert await shop.count("referrals") == 0


async def test_a_changed_answer_and_a_message_that_was_taken_back(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await ana.taps("Buy now")
    await ana.says("Ana Crz")
    said = next(item for item in reversed(ana.person.chat) if isinstance(item, Said))
    await ana.does("changed it", sharing.edits(ana.facebook, ana.person, said, "Ana Cruz"))
    ana.hears("changed that", "Which number")
    assert '"recipient":"Ana Cruz"' in str(await shop.look("SELECT draft FROM conversations"))
    await ana.does("took it back", sharing.unsends(ana.facebook, ana.person, said))
    ana.hears("deleted it here", "Which number")
    assert await shop.count("chat_logs WHERE user_message LIKE 'Ana C%%'") == 0
    await ana.does("liked it", sharing.reacts(ana.facebook, ana.person, "👎"))
    ana.hears("Sorry about that", "Which number")


async def test_what_is_typed_with_an_ad_is_answered_too(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    ad = Ad(title="Blue mug, now 20% off", ad_id="6045", post_id="77", ref="")
    await ana.does("came by an ad", arriving.comes_by_ad(ana.facebook, ana.person, ad, "magkano po shipping to cebu?"))
    ana.hears("hindi pa kami nagde-deliver sa Cebu City", "Blue mug")
    await ben.does("came by an ad", arriving.comes_by_ad(ben.facebook, ben.person, ad, "I want to talk to a person"))
    assert await shop.look("SELECT COUNT(*) FROM referrals WHERE ad_id = '6045'") == 2
    assert await shop.texts("SELECT state_after LIKE '%%person%%' FROM chat_logs ORDER BY id DESC LIMIT 1") == ["1"]


async def test_a_cart_of_nothing_that_can_be_had_does_not_end_an_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("mug")
    await ana.taps("Buy now")
    lines = [CartItem(retailer_id="X-9", name="Unknown thing", quantity=1, unit_price=9)]
    await ana.does("sent a cart", arriving.sends_cart(ana.facebook, ana.person, lines))
    ana.hears("nothing of the cart that you sent", "Unknown thing: I couldn't find it here", "Who will receive")
    await ana.says("Ana Cruz")
    ana.hears("Which number")
