"""Everything that is no shopping: canned replies, languages, pictures, greetings, somebody who wants a person."""

import asyncio

import pytest

from bot.workshop.emulator.people import Said
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys, comes_to_summary, puts_in_cart
from tests.support.waiting import comes


async def test_canned_replies_in_both_languages(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("opening hours", "We answer from 9 AM to 6 PM, Monday to Saturday.")
    await shop.answers("anong oras", "Bukas po kami 9 AM hanggang 6 PM, Lunes hanggang Sabado.", language="fil")
    await ana.says("What are your opening hours?")
    ana.hears("We answer from 9 AM to 6 PM")
    await ana.says("Anong oras po kayo bukas?")
    ana.hears("Bukas po kami 9 AM hanggang 6 PM")

    async def is_counted() -> bool:
        return await shop.texts("SELECT usage_count FROM chatbot_replies ORDER BY id") == ["1", "1"]

    await comes(is_counted, "both uses are counted")


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


async def test_a_referral_from_a_link_and_from_an_ad(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat(ref="spring-sale")
    ana.hears("Hi Ana!")
    await ana.follows_link("anything")
    assert ana.answers


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
    assert [turn.intent for turn in await shop.turns(ana)][-2:] == ["edit", "edit"]


@pytest.mark.parametrize(
    ("key", "what", "standby"),
    [
        ("message", {"mid": "m_e", "is_echo": True, "app_id": 263902037430900, "text": "Hello, I am a person"}, False),
        ("message", {"mid": "m_e", "is_echo": True, "app_id": 900800700600500, "metadata": "quicksell:1"}, False),
        ("delivery", {"watermark": 1764043200000}, False),
        ("read", {"watermark": 1764043200000}, False),
        ("reaction", {"mid": "m_1", "action": "unreact"}, False),
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
