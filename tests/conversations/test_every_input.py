"""Every input gets an answer, and nothing but a shopper makes the bot speak."""

import pytest

from bot.emulator import phone
from bot.emulator.answers import Json
from tests.conversations.buying import comes_to_payment, comes_to_summary, puts_in_cart
from tests.conversations.conftest import Chat, Shop

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
HOSTILE = [
    "'; DROP TABLE orders; --",
    '" OR "1"="1',
    "100%_%' LIKE '%",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% for x in y %}",
    "{{ config.__class__.__mro__ }}",
    "%(shopper_id)s %s {0} ${jndi:ldap://x}",
    "\\u0000 \\' \\\" \\n",
    "a\u0000b\u202edrowssap\u200b",
    "../../etc/passwd",
    "Ｆｕｌｌ ｗｉｄｔｈ",
    "🧿👨‍👩‍👧‍👦🇵🇭",
    "ñÑáéíóú ᜉᜒᜎᜒᜉᜒᜈᜓ 漢字 العربية",
    "x" * 20000,
    "😀" * 3000,
    "help " * 2000,
    "\n\n\n.\n",
    "-1",
    "99999999999999999999",
    "null",
]


async def test_what_cannot_be_read_is_answered_kindly(shop: Shop, ana: Chat) -> None:
    await ana.sends_picture(PNG)
    ana.hears("I'm the bot of Tindahan", "Thanks for the picture!")
    await ana.likes()
    ana.hears("👍 Glad to help!")
    await ana.says("👍🏽")
    ana.hears("👍 Glad to help!")
    for kind, answer in (
        ("audio", "can't listen to voice messages yet"),
        ("video", "can't watch videos yet"),
        ("file", "can't open that yet"),
    ):
        await ana.sends_event("message", {"mid": f"m_{kind}", "attachments": [_attachment(kind)]}, answered=True)
        ana.hears(answer)
    await ana.sends_event("message", {"mid": "m_place", "attachments": [_attachment("location")]}, answered=True)
    ana.hears("Please type the address instead.")
    await ana.sends_event("message", {"mid": "m_new", "attachments": [_attachment("hologram")]}, answered=True)
    ana.hears("can't open that yet")
    await ana.sends_event("message", {"mid": "m_nothing"}, answered=True)
    assert ana.answers


async def test_a_picture_in_the_middle_of_checkout_asks_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.sends_picture(PNG)
    ana.hears("Thanks for the picture!", "Who will receive the parcel?")
    await ana.likes()
    ana.hears("Who will receive the parcel?")
    await ana.sends_picture(PNG, text="Lola Nena")
    ana.hears("Which number can the rider call?")


async def test_a_tap_that_nobody_knows_is_answered_with_the_next_step(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    await ana.sends_event("postback", {"mid": "m_1", "title": "Summer sale", "payload": "SUMMER_2019"}, answered=True)
    ana.hears("Sorry, “Summer sale” is from an old message")
    ana.sees_buttons("🛍️ Shop now", "Menu")
    for number, payload in enumerate(("", "{}", "add_to_cart:", "a" * 1000, "ORDER_", "PRODUCT_99999999999")):
        tap: Json = {"mid": f"m_x{number}", "title": "Old", "payload": payload}
        await ana.sends_event("postback", tap, answered=True)
        ana.hears("“Old” is from an old message")


async def test_a_change_of_a_message_is_not_done_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    await ana.sends_event("message", {"mid": "m_1", "text": "mug"}, answered=True)
    ana.sees_cards("Blue mug")
    await ana.sends_event("message_edit", {"mid": "m_1", "text": "checkout", "num_edit": 1})
    ana.hears_nothing()
    assert await shop.count("chat_logs") == 2


async def test_what_is_no_message_of_the_shopper_never_makes_the_bot_speak(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    mid = ana.person.sent[-1].mid
    await ana.reads()
    await ana.reacts()
    silent: list[tuple[str, Json]] = [
        ("message", {"mid": "m_echo", "is_echo": True, "app_id": 1, "text": "menu"}),
        ("message", {"mid": "m_inbox", "is_echo": True, "text": "Hi, this is the merchant."}),
        ("delivery", {"mids": [mid], "watermark": 1}),
        ("read", {"watermark": 1}),
        ("reaction", {"mid": mid, "action": "react", "emoji": "❤", "reaction": "love"}),
        ("something_new", {"text": "menu"}),
    ]
    for key, what in silent:
        await ana.sends_event(key, what)
        ana.hears_nothing()
    await shop.gets(ana, "message", {"mid": "m_standby", "text": "menu"}, field="standby")
    await shop.gets(ana, "postback", {"mid": "m_standby2", "title": "Menu", "payload": "MAIN_MENU"}, field="standby")
    ana.hears_nothing()
    assert await shop.count("chat_logs") == 1


LEGACY = [
    ("MAIN_MENU", "What would you like to do"),
    ("VIEW_PRODUCTS", "What are you in the mood for?"),
    ("CATEGORY_mugs", "Mugs"),
    ("PRODUCT_{id}", "₱120.00"),
    ("SHOW_MORE", "What are you in the mood for?"),
    ("SHOW_PREVIOUS", "What are you in the mood for?"),
    ("SHIPPING_INFO", "Metro Manila: from ₱80.00"),
    ("VIEW_PROMOS", "No promos right now"),
    ("PAY_COD", "your cart is still empty"),
    ("CONFIRM_ORDER", "your cart is still empty"),
    ("CANCEL_ORDER", "nothing to stop right now"),
    ("CATEGORY_gone", "no longer here"),
    ("PRODUCT_999999", "no longer sold here"),
    ("ORDER_999999", "I can't find that order"),
]


@pytest.mark.parametrize(("payload", "answer"), LEGACY, ids=[payload for payload, _ in LEGACY])
async def test_the_earlier_bots_buttons_still_work(shop: Shop, ana: Chat, payload: str, answer: str) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    tap: Json = {"mid": "m_1", "title": "Old button", "payload": payload.format(id=mug)}
    await ana.sends_event("postback", tap, answered=True)
    ana.hears(answer)


async def test_the_earlier_bots_buttons_pay_and_confirm(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.sends_event("postback", {"mid": "m_1", "title": "COD", "payload": "PAY_COD"}, answered=True)
    ana.hears("Total: ₱200.00, Cash on delivery")
    await ana.sends_event("postback", {"mid": "m_2", "title": "Confirm", "payload": "CONFIRM_ORDER"}, answered=True)
    ana.hears("🎉 Thank you, Ana!")
    await ana.sends_event("postback", {"mid": "m_3", "title": "Confirm", "payload": "CONFIRM_ORDER"}, answered=True)
    ana.hears("It was ordered only once.")
    assert await shop.count("orders") == 1


async def test_hostile_texts_are_texts(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    for text in HOSTILE:
        await ana.says(text)
        assert ana.answers, text[:40]
        ana.hears_no("49", "something went wrong")
    assert await shop.count("chat_logs") == len(HOSTILE)
    assert await shop.look("SELECT COUNT(*) FROM chat_logs WHERE turn_status <> 'done'") == 0
    await ana.says("mug")
    ana.sees_cards("Blue mug")


@pytest.mark.parametrize("asked", ["recipient", "phone", "address", "landmark", "payment", "summary", "promo"])
async def test_hostile_texts_in_checkout_are_answered_too(shop: Shop, ana: Chat, asked: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    for text in HOSTILE:
        if asked == "promo":
            await ana.says("promo code")
        elif asked != "summary":
            await ana.says("no")
            await ana.says(asked)
        await ana.says(text)
        assert ana.answers, text[:40]
        ana.hears_no("49", "something went wrong")
        await ana.says("cancel")
        await ana.says("checkout")
        await _finishes(ana)
    assert await shop.look("SELECT COUNT(*) FROM chat_logs WHERE turn_status <> 'done'") == 0
    assert await shop.count("orders") == 0


async def test_texts_with_markup_reach_the_order_as_they_were_typed(shop: Shop, ana: Chat) -> None:
    await shop.stocks("<b>Mug</b> {{ 7 * 7 }}", price="120.00")
    await puts_in_cart(ana, "mug")
    ana.hears("<b>Mug</b> {{ 7 * 7 }} is in your cart.")
    await ana.taps("Checkout")
    await ana.says("Ana {{ name }} O'Cruz <b>")
    await ana.says("0917 123 4567")
    await ana.says("12 '; DROP TABLE users; -- St, Brgy San Roque, Marikina City")
    await ana.taps("Skip")
    await ana.says("cod")
    ana.hears("Ana {{ name }} O'Cruz <b>", "DROP TABLE users")
    await ana.says("yes")
    assert await shop.look("SELECT ship_recipient_name FROM orders") == "Ana {{ name }} O'Cruz <b>"


async def _finishes(ana: Chat) -> None:
    """From the first saved address to the summary."""
    await ana.says("1")
    await ana.says("cod")
    ana.sees_buttons("✅ Confirm order")


def _attachment(kind: str) -> Json:
    payload: Json = {"url": phone.STICKER_URL}
    if kind == "location":
        payload = {"coordinates": {"lat": 14.6, "long": 121.1}}
    return {"type": kind, "payload": payload}
