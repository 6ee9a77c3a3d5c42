"""Buttons of the earlier bot, and such as nobody knows, in chats that are years old."""

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import comes_to_summary
from tests.support.workers.rows import each

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


async def test_a_tap_that_nobody_knows_is_answered_kindly(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    for place, payload in enumerate(["?!", "", "AddToCart", '{"x": 1}', "{{ 7 * 7 }}", "a" * 1000]):
        before = len(ana.person.sent)
        await shop.gets(ana, "postback", {"mid": f"m_{place}", "title": "Old button", "payload": payload})
        words = "\n".join(sent.bubble.words() for sent in ana.person.sent[before:])
        assert "“Old button” is from an old message" in words, payload


async def test_buttons_of_the_earlier_bot_still_work(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00")

    async def is_answered(payload: str, answer: str) -> None:
        ana = Chat(shop, "Ana Cruz")
        await ana.opens_chat()
        before = len(ana.person.sent)
        await shop.gets(ana, "postback", {"mid": f"m_{payload}", "title": "Old", "payload": payload})
        words = "\n".join(sent.bubble.words() for sent in ana.person.sent[before:])
        assert words
        assert answer in words
        assert "no longer works" not in words

    await each(LEGACY, is_answered)


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
