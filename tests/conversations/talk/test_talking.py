"""Everything that is no shopping: canned replies, languages, pictures, old buttons, and text that means harm."""

import asyncio

import pytest

from bot.workshop.emulator.people import Said
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import ADDRESS, CONFIRM, buys, comes_to_summary, puts_in_cart

LEGACY = [
    ("MAIN_MENU", "What would you like to do"),
    ("VIEW_PRODUCTS", "Mugs"),
    ("CATEGORY_mugs", "Blue mug"),
    ("CATEGORY_nowhere", ""),
    ("PRODUCT_999999", "no longer sold"),
    ("ORDER_999999", "can't find that order"),
    ("SHOW_MORE", ""),
    ("SHOW_PREVIOUS", ""),
    ("SHIPPING_INFO", "shipping fees"),
    ("VIEW_PROMOS", "promos"),
    ("PAY_COD", "step of checkout"),
    ("PAY_GCASH", "step of checkout"),
    ("PAY_BANK", "step of checkout"),
    ("CONFIRM_ORDER", "step of checkout"),
    ("CANCEL_ORDER", ""),
    ("VERIFY_ID_999999", "can't find that order"),
    ("VERIFY_UPFRONT_999999", "can't find that order"),
    ("PAY_UPFRONT_GCASH_999999", "can't find that order"),
    ("PAY_UPFRONT_MAYA_999999", "can't find that order"),
    ("PAY_UPFRONT_BANK_ORD-20250101-ABC", "can't find that order"),
]


async def test_canned_replies_in_both_languages(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("opening hours", "We answer from 9 AM to 6 PM, Monday to Saturday.")
    await shop.answers("anong oras", "Bukas po kami 9 AM hanggang 6 PM, Lunes hanggang Sabado.", language="fil")
    await ana.says("What are your opening hours?")
    ana.hears("We answer from 9 AM to 6 PM")
    await ana.says("Anong oras po kayo bukas?")
    ana.hears("Bukas po kami 9 AM hanggang 6 PM")
    assert await shop.texts("SELECT usage_count FROM chatbot_replies ORDER BY id") == ["1", "1"]


async def test_a_changed_canned_reply_is_in_the_next_answer(shop: Shop, ana: Chat) -> None:
    await shop.answers("warranty", "Seven days.")
    await ana.says("warranty?")
    ana.hears("Seven days.")
    await shop.run("UPDATE chatbot_replies SET response = 'Ten days, with the receipt.'")
    await ana.says("warranty?")
    ana.hears("Ten days, with the receipt.")
    await shop.run("UPDATE chatbot_replies SET is_active = FALSE")
    await ana.says("warranty?")
    ana.hears_no("days")


async def test_switch_the_language_and_back(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    await ana.taps("Filipino")
    ana.hears("Filipino na tayo")
    await ana.says("menu")
    ana.sees_buttons("🛍️ Mamili", "🛒 Cart ko")
    await ana.says("english please")
    ana.hears("Okay, English it is!")
    await ana.says("cart")
    ana.hears("Your cart is empty")
    assert await shop.texts("SELECT language FROM users") == ["en"]


async def test_switch_the_language_in_the_middle_of_checkout(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await ana.taps("Ana Cruz")
    await ana.says("tagalog")
    ana.hears("Anong number")
    await ana.says("0917 123 4567")
    ana.hears("Saan po ihahatid?")


async def test_a_shopper_who_writes_filipino_is_answered_in_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("meron po ba kayong mug?")
    ana.hears("Ito po ang nakita ko", "Blue mug")


@pytest.mark.parametrize("kind", ["image", "audio", "video", "file", "location", "fallback", "template", "reel", "new"])
async def test_every_kind_of_attachment_gets_an_answer(shop: Shop, ana: Chat, kind: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    before = len(ana.person.sent)
    payload = {"coordinates": {"lat": 14.6, "long": 121.1}} if kind == "location" else {"url": "https://cdn.example/x"}
    await shop.gets(ana, "message", {"mid": "m_1", "attachments": [{"type": kind, "payload": payload}]})
    assert len(ana.person.sent) > before
    assert ana.person.sent[-1].bubble.quick_replies


async def test_a_sticker_and_a_like_are_answered_in_kind(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    await ana.likes()
    ana.hears("👍")
    await ana.says("👍🏽")
    ana.hears("👍")


async def test_a_picture_in_the_middle_of_checkout_does_not_lose_the_place(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await ana.taps("Ana Cruz")
    await ana.sends_picture(b"\x89PNG\r\n\x1a\n")
    ana.hears("can't see pictures yet", "Which number can the rider call?")
    await ana.says("0917 123 4567")
    ana.hears("Where shall we deliver?")


async def test_a_picture_with_words_is_answered_by_its_words(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.sends_picture(b"\x89PNG\r\n\x1a\n", text="do you have a mug")
    ana.sees_cards("Blue mug")


async def test_a_tap_that_nobody_knows_is_answered_kindly(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    for place, payload in enumerate(["?!", "", "AddToCart", '{"x": 1}', "{{ 7 * 7 }}", "a" * 1000]):
        before = len(ana.person.sent)
        await shop.gets(ana, "postback", {"mid": f"m_{place}", "title": "Old button", "payload": payload})
        words = "\n".join(sent.bubble.words() for sent in ana.person.sent[before:])
        assert "“Old button” is from an old message" in words, payload


async def test_a_referral_from_a_link_and_from_an_ad(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat(ref="spring-sale")
    ana.hears("Hi Ana!")
    await ana.follows_link("anything")
    assert ana.answers


@pytest.mark.parametrize(("payload", "answer"), LEGACY)
async def test_buttons_of_the_earlier_bot_still_work(shop: Shop, ana: Chat, payload: str, answer: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    before = len(ana.person.sent)
    await shop.gets(ana, "postback", {"mid": "m_old", "title": "Old", "payload": payload})
    words = "\n".join(sent.bubble.words() for sent in ana.person.sent[before:])
    assert words
    assert answer in words
    assert "no longer works" not in words


async def test_the_earlier_bots_product_button_opens_the_product(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    await shop.gets(ana, "postback", {"mid": "m_old", "title": "View", "payload": f"PRODUCT_{mug}"})
    ana.hears("Blue mug", "₱120.00")


async def test_the_earlier_bots_buttons_fit_into_checkout(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug", pay="GCash")
    await shop.gets(ana, "postback", {"mid": "m_1", "title": "COD", "payload": "PAY_COD"})
    assert "Total: ₱200.00, Cash on delivery" in ana.last.words()
    await shop.gets(ana, "postback", {"mid": "m_2", "title": "Confirm", "payload": "CONFIRM_ORDER"})
    assert "Thank you, Ana!" in ana.last.words()
    await shop.gets(ana, "postback", {"mid": "m_3", "title": "Confirm", "payload": "CONFIRM_ORDER"})
    assert "already placed" in ana.last.words()
    assert await shop.look("SELECT COUNT(*) FROM orders") == 1


async def test_an_edited_message_runs_nothing_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("yes")
    said, orders = len(ana.person.sent), await shop.look("SELECT COUNT(*) FROM orders")
    mid = next(said.mid for said in reversed(ana.person.chat) if isinstance(said, Said))
    for number in (1, 2):
        await shop.gets(ana, "message_edit", {"mid": mid, "text": "yes please", "num_edit": number})
    assert len(ana.person.sent) == said
    assert await shop.look("SELECT COUNT(*) FROM orders") == orders
    assert await shop.look("SELECT COUNT(*) FROM webhook_events WHERE kind LIKE '%%edit%%'") == 2


@pytest.mark.parametrize(
    ("key", "what", "standby"),
    [
        ("message", {"mid": "m_e", "is_echo": True, "app_id": 263902037430900, "text": "Hello, I am a person"}, False),
        ("message", {"mid": "m_e", "is_echo": True, "app_id": 900800700600500, "metadata": "quicksell:1"}, False),
        ("delivery", {"watermark": 1764043200000}, False),
        ("read", {"watermark": 1764043200000}, False),
        ("reaction", {"mid": "m_1", "action": "react", "emoji": "❤", "reaction": "love"}, False),
        ("message", {"mid": "m_s", "text": "menu"}, True),
        ("postback", {"mid": "m_s", "title": "Menu"}, True),
        ("something_new", {"a": 1}, False),
    ],
)
async def test_what_is_said_to_somebody_else_never_makes_the_bot_speak(
    shop: Shop, ana: Chat, key: str, what: dict[str, object], standby: bool
) -> None:
    await ana.opens_chat()
    said = len(ana.person.sent)
    turns = await shop.turns(ana)
    await shop.gets(ana, key, what, field="standby" if standby else "messaging")
    assert len(ana.person.sent) == said
    assert await shop.turns(ana) == turns


LONG = "a very long message " * 1000
HOSTILE = [
    "'; DROP TABLE orders; --",
    '" OR 1=1 --',
    "%s %(name)s {0} {name} $1 \\' \\",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7 * 191 }} {% for i in range(10**9) %}x{% endfor %} {{ ''.__class__.__mro__ }}",
    "{#",
    "\x00\x01\x1b[31m null and bells",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 300,
    "👨‍👩‍👧‍👦🇵🇭é́́́́́́",
    "\u202eright to left\u202c \u200b\u200d\ufeff",
    "9" * 5000,
    "-" * 5000,
    " \n\t ",
    LONG,
    "ñ" * 20_000,
    "mug " * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_any_text_gets_an_answer_and_does_no_harm(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says(text)
    assert ana.answers
    ana.hears_no("1337", "something went wrong")
    await ana.says("mug")
    ana.sees_cards("Blue mug")
    assert await shop.look("SELECT COUNT(*) FROM products") == 1
    assert [turn.status for turn in await shop.turns(ana)] == ["done", "done"]
    assert (await shop.turns(ana))[0].said.strip() == text.strip()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_any_text_as_an_answer_of_checkout_does_no_harm(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    for _ in range(8):
        await ana.says(text)
        assert ana.answers
        ana.hears_no("1337", "something went wrong")
    await ana.says("cancel")
    await ana.says("cart")
    ana.hears("1 × Blue mug")


async def test_hostile_words_come_back_as_they_were_typed(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    name = "Robert'); DROP TABLE users;-- {{ 7 * 191 }} <b>x</b>"
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await ana.says(name.replace("7 * 191", "x"))
    await ana.says("0917 123 4567")
    await ana.says(ADDRESS.replace("Mabini", "<b>Mabini</b> {{ 7*191 }}"))
    await ana.says("{% raw %}")
    await ana.says("cod")
    ana.hears("<b>Mabini</b> {{ 7*191 }}", "{% raw %}")
    await ana.taps(CONFIRM)
    ana.hears("Your order ORD-")


async def test_shoppers_at_once_do_not_mix(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.run("UPDATE products SET stock_quantity = 99")
    people = [shop.stage.shopper(f"{name} Santos") for name in ("Bea", "Caloy", "Dina", "Elmo", "Fe", "Gio")]
    await asyncio.gather(*(buys(person, "mug") for person in people))
    for person in people:
        first = person.person.first_name
        words = "\n".join(sent.bubble.words() for sent in person.person.sent)
        assert f"Thank you, {first}!" in words
        assert not [other for other in people if other is not person and other.person.first_name in words]
    assert await shop.look("SELECT COUNT(*) FROM orders") == 6
    assert await shop.look("SELECT COUNT(DISTINCT user_id) FROM orders") == 6
    assert await shop.look("SELECT stock_quantity FROM products") == 93


async def test_somebody_wants_a_person(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    await ana.says("talk to a person")
    ana.hears("someone from our team will read")
    await ana.says("my parcel came broken")
    assert ana.answers


GREETINGS = [
    ("hi", "Hi, merchant here.", "en"),
    ("Hello!", "Hi Ana! 👋 Welcome to Tindahan.", "en"),
    ("hello po", "Hi Ana! 👋 Welcome po sa Tindahan.", "fil"),
    ("hi po", "Hello po, suki.", "fil"),
    ("kumusta", "Hi Ana! 👋 Welcome po sa Tindahan.", "fil"),
    ("good morning", "Good morning, Ana! 👋 Welcome to Tindahan.", "en"),
    ("good afternoon po", "Magandang hapon po, Ana!", "fil"),
    ("magandang umaga po", "Magandang umaga po, Ana!", "fil"),
    ("magandang hapon", "Magandang hapon po, Ana!", "fil"),
    ("magandang gabi po", "Magandang gabi po, Ana!", "fil"),
    ("magandang araw", "Magandang araw po, Ana!", "fil"),
]


@pytest.mark.parametrize(("text", "answer", "language"), GREETINGS)
async def test_a_greeting_is_answered_once_and_alike(
    shop: Shop, ana: Chat, ben: Chat, text: str, answer: str, language: str
) -> None:
    await shop.answers("hi", "Hi, merchant here.")
    await shop.answers("hi", "Hello po, suki.", language="fil")
    await shop.answers("hello there", "Another greeting.")
    await ana.opens_chat()
    await ana.says(text)
    ana.hears(answer)
    assert len(ana.answers) == 1
    await ben.says(text)  # who is new is told once that it is a bot
    ben.hears("Bot ako ng shop" if language == "fil" else "I'm the shop's bot")
    assert len(ben.answers) == 1
