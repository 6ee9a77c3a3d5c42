"""Webhooks on their way in: twice, late, shuffled, in one batch or forged, each turn is taken once."""

import asyncio

import aiohttp

from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.events import body_of, envelope, from_shopper
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import comes_to_summary, puts_in_cart

DONE = "SELECT user_message FROM chat_logs WHERE turn_status = 'done' ORDER BY decided_at, id"


async def test_everything_delivered_twice_is_done_once(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    shop.stage.emulator.faults.arm("twice", times=None)
    await puts_in_cart(ana, "mug")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["1"]
    assert len(await shop.turns(ana)) == 2
    assert len(ana.answers) == 1


async def test_what_is_brought_again_and_again_is_no_flood(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    again: Json = {"mid": "m_again", "text": "menu"}
    await shop.gets(ana, "message", again, times=100)
    heard = len(ana.person.sent)
    await ana.says("cart")
    ana.hears("Your cart is empty")
    assert len(ana.person.sent) == heard + 1
    assert [turn.status for turn in await shop.turns(ana)] == ["done"] * 3


async def test_what_comes_late_is_still_answered(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("late", seconds=0.3)
    await ana.says("help", "menu")
    assert sorted(words.split()[0] for words in ana.heard) == ["Here's", "What"]


async def test_out_of_order_each_is_answered_once(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("out_of_order", seconds=0.05)
    await ana.says("help", "menu", "cart")
    assert sorted(words.split()[0] for words in ana.heard) == ["Here's", "What", "Your"]
    assert len(await shop.turns(ana)) == 4


async def test_one_batch_is_answered_in_order(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("one_batch", seconds=0.05)
    await ana.says("help", "menu", "cart")
    assert [words.split()[0] for words in ana.heard] == ["Here's", "What", "Your"]


async def test_a_shuffled_batch_of_two_shoppers_is_taken_by_the_time_of_each(shop: Shop, ana: Chat, ben: Chat) -> None:
    await ana.opens_chat()
    await ben.opens_chat()
    emulator = shop.stage.emulator
    at = emulator.time.now_ms()

    def typed(chat: Chat, later: int, text: str) -> Json:
        message: Json = {"mid": f"m_{chat.psid}_{later}", "text": text}
        return from_shopper(chat.psid, emulator.app.page_id, at + later, "message", message)

    shuffled = [typed(ana, 30, "cart"), typed(ben, 20, "menu"), typed(ana, 10, "help"), typed(ana, 20, "menu")]
    body = body_of(envelope(emulator.app.page_id, at, [("messaging", item) for item in shuffled]))
    headers = {"Content-Type": "application/json", **emulator.courier.signature(body)}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{shop.stage.url}/webhook", data=body, headers=headers) as answer,
    ):
        assert answer.status == 200
    await shop.settles()
    assert [turn.said for turn in await shop.turns(ana)][1:] == ["cart", "help", "menu"]
    assert [words.split()[0] for words in ana.heard] == ["Hi", "Here's", "What", "Your"]
    assert len(ben.person.sent) == 2


async def test_a_forged_signature_does_nothing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    turns = len(await shop.turns(ana))
    shop.stage.emulator.faults.arm("wrong_signature", psid=ana.psid)
    await ana.says("yes", answered=False)
    ana.hears_nothing()
    assert shop.stage.emulator.courier.outcomes[-1].status == 403
    assert len(await shop.turns(ana)) == turns
    assert await shop.count("orders") == 0


async def test_what_could_not_be_stored_is_sent_again_and_answered_once(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    emulator = shop.stage.emulator
    await shop.run(
        "CREATE TRIGGER broken_for_a_test BEFORE INSERT ON chat_logs FOR EACH ROW"
        " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'broken for a test'"
    )
    try:
        first = asyncio.create_task(emulator.courier.outcome())
        saying = asyncio.create_task(ana.says("menu"))
        assert (await first).status == 503
    finally:
        await shop.run("DROP TRIGGER broken_for_a_test")
    await saying
    assert len(ana.answers) == 1
    assert await shop.texts(DONE) == ["Get Started", "menu"]
