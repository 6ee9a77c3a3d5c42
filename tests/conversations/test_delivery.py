"""Messages on their way out: whatever Graph does, each arrives once, in order, or is shown as failed."""

import asyncio
from collections.abc import Callable

from bot.workshop.emulator.answers import usage_headers
from bot.workshop.emulator.people import Refused
from bot.workshop.emulator.shopper import Shopper
from repository.chats import outbox as stored
from repository.chats import troubles
from repository.chats.troubles import Trouble
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, buys, comes_to_summary
from tests.support.waiting import PATIENCE, comes

OUTBOX = "SELECT CONCAT_WS('|', status, attempts, COALESCE(error_code, '')) FROM outbox ORDER BY id"
NOT_SENT = "SELECT COUNT(*) FROM outbox WHERE status <> 'sent'"


async def until(shopper: Shopper, happened: Callable[[], bool]) -> None:
    """Wait until something has happened in a conversation."""
    async with asyncio.timeout(PATIENCE):
        while not happened():
            await shopper.person.changes()


def impatient(shop: Shop, name: str = "Ana Cruz") -> Shopper:
    """Somebody who does not wait for the bot to finish."""
    return Shopper(shop.stage.emulator, name)


def refusals(shopper: Shopper) -> int:
    """How often Graph refused a message to a shopper."""
    return sum(isinstance(item, Refused) for item in shopper.person.chat)


async def test_a_500_is_tried_again_and_the_order_kept(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    shop.stage.emulator.faults.arm("http_500", times=2)
    await ana.taps(CONFIRM)
    receipt, thanks = ana.heard
    assert "Order ORD-" in receipt
    assert "Thank you, Ana!" in thanks
    assert (await shop.texts(OUTBOX))[-2:] == ["sent|2|", "sent|0|"]


async def test_a_temporary_error_is_tried_again(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("temporary")
    await ana.says("menu")
    assert len(ana.answers) == 1
    assert await shop.look(NOT_SENT) == 0


async def test_a_message_that_keeps_failing_is_shown_as_failed_and_the_next_one_goes_out(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("error", code=100, subcode=2018047)
    await ana.says("menu")
    ana.hears_nothing()
    assert (await shop.texts(OUTBOX))[-1] == "failed|1|100/2018047"
    await ana.says("help")
    ana.hears("Here's how I can help")


async def test_sent_but_the_answer_lost_is_not_sent_twice(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    shop.stage.emulator.faults.arm("accepted_then_timeout", times=2, seconds=0.1)
    await ana.taps(CONFIRM)
    assert ["Order ORD-" in words for words in ana.heard] == [True, False]
    assert ["Thank you" in words for words in ana.heard] == [False, True]
    assert await shop.look(NOT_SENT) == 0
    assert await shop.texts("SELECT message_id FROM outbox ORDER BY id DESC LIMIT 2") == [
        sent.mid for sent in reversed(ana.answers)
    ]


async def test_without_an_answer_and_without_an_echo_it_is_sent_again(shop: Shop, ana: Chat, ben: Chat) -> None:
    await ana.opens_chat()
    await ben.opens_chat()
    faults = shop.stage.emulator.faults
    faults.arm("hang", seconds=0.1, psid=ana.psid)
    faults.arm("accepted_then_timeout", seconds=0.1, psid=ben.psid)
    faults.arm("echo_lost", psid=ben.psid)
    await asyncio.gather(ana.says("menu"), ben.says("menu"))
    assert len(ana.answers) == 1
    assert ben.heard[0] == ben.heard[1]  # rather twice than never: nothing told that the first had arrived
    assert await shop.look(NOT_SENT) == 0


async def test_a_lost_echo_changes_nothing(shop: Shop, ana: Chat) -> None:
    shop.stage.emulator.faults.arm("echo_lost", times=None)
    await ana.opens_chat()
    await ana.says("menu")
    assert len(ana.answers) == 1
    assert await shop.look(NOT_SENT) == 0


async def test_a_closed_window_is_not_tried_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    shop.stage.emulator.time.advance(hours=25)
    await shop.works()
    ana.hears_no("is confirmed")
    assert refusals(ana) == 1
    assert (await shop.texts(OUTBOX))[-1] == "failed|1|10/2018278"
    assert await shop.texts("SELECT error_message FROM outbox WHERE status = 'failed'") == ["window closed"]
    assert await shop.texts("SELECT order_status FROM orders") == ["confirmed"]
    await ana.says("my orders")
    ana.hears("Confirmed")


async def test_a_shopper_who_blocked_the_page_is_left_alone_until_they_write(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("unavailable")
    await ana.says("menu")
    assert refusals(ana) == 1
    assert (await shop.texts(OUTBOX))[-1] == "failed|1|551/1545041"
    await ana.says("help")
    ana.hears("Here's how I can help")


async def test_a_dead_token_holds_everything_and_loses_nothing(shop: Shop) -> None:
    ana, ben = impatient(shop), impatient(shop, "Ben Santos")
    facebook = shop.stage.emulator.facebook
    await ana.opens_chat()
    await ben.opens_chat()
    facebook.dead_token = 463
    await ana.says("menu", answered=False)
    await ana.says("help", answered=False)
    await ben.says("menu", answered=False)
    ana.hears_nothing()
    ben.hears_nothing()
    assert shop.stage.parts.outbox.pause.is_on
    trouble = await standing(shop)
    assert trouble is not None
    assert (trouble.kind, trouble.code, trouble.waiting) == ("token", "190/463", 3)
    assert [one.split("|")[0] for one in await shop.texts(OUTBOX)] == ["sent", "sent", "queued", "queued", "queued"]
    facebook.dead_token = None
    shop.stage.parts.outbox.pause.end()
    await shop.settles()
    assert [sent.bubble.words().split()[0] for sent in ana.person.sent] == ["Hi", "What", "Here's"]
    assert len(ben.person.sent) == 2
    assert await shop.look(NOT_SENT) == 0
    assert await standing(shop) is None
    told = "SELECT CONCAT(kind, '|', SUBSTRING_INDEX(subject_key, ':', 1)) FROM merchant_notices"
    assert await shop.texts(told) == ["page|token"], "the people of the shop are told once"


async def standing(shop: Shop) -> Trouble | None:
    """Why the page cannot send, as the database has it."""
    async with shop.database.connection() as conn:
        return await troubles.current(conn)


async def test_used_up_calls_hold_what_comes_next_for_as_long_as_facebook_says(shop: Shop, ana: Chat) -> None:
    facebook = shop.stage.emulator.facebook
    await ana.opens_chat()
    facebook.answer_headers = usage_headers(facebook.app.page_id, 100, minutes=7)
    await ana.says("menu")
    assert 400 < shop.stage.parts.outbox.pause.left <= 420
    trouble = await standing(shop)
    assert trouble is not None
    assert trouble.kind == "limit"
    facebook.answer_headers = usage_headers(facebook.app.page_id, 1)
    shop.stage.parts.outbox.pause.end()
    await ana.says("help")
    ana.hears("Here's how I can help")
    assert await standing(shop) is None
    assert await shop.count("merchant_notices") == 0, "what passes by itself is nothing to be told of"


async def test_a_picture_that_facebook_cannot_fetch_is_said_by_its_address_at_last(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("picture_dead", times=2)
    picture = {"attachment": {"type": "image", "payload": {"url": "https://shop.example/qr.png"}}}
    async with shop.database.transaction() as conn:
        ids = await stored.put(conn, psid=ana.psid, messages=[picture])
    shop.stage.parts.outbox.wake(ana.psid, ids)
    await shop.settles()
    assert ana.person.sent[-1].bubble.words() == "https://shop.example/qr.png"
    assert (await shop.texts(OUTBOX))[-1] == "sent|1|"


async def test_nobody_is_told_news_whom_facebook_cannot_reach_until_they_write(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("unavailable")
    await ana.says("menu")
    for kind in ("UPDATE", "UTILITY"):
        async with shop.database.transaction() as conn:
            await stored.put(conn, psid=ana.psid, messages=[{"text": "News."}], messaging_type=kind)
        shop.stage.parts.outbox.wake(ana.psid)
        await shop.settles()
    assert refusals(ana) == 1, "it was not even tried"
    assert (await shop.texts("SELECT error_message FROM outbox ORDER BY id"))[-2:] == [
        "Facebook cannot reach them until they write again"
    ] * 2
    await ana.says("help")
    ana.hears("Here's how I can help")


async def test_a_rate_limit_pauses_the_page_for_as_long_as_facebook_says(shop: Shop) -> None:
    ana, ben = impatient(shop), impatient(shop, "Ben Santos")
    await ana.opens_chat()
    await ben.opens_chat()
    shop.stage.emulator.faults.arm("rate_limited", times=None, minutes=7)
    await ana.says("menu", answered=False)
    await ben.says("menu", answered=False)
    assert 400 < shop.stage.parts.outbox.pause.left <= 420
    assert refusals(ana) + refusals(ben) == 1
    shop.stage.emulator.faults.clear()
    shop.stage.parts.outbox.pause.end()
    await shop.settles()
    assert len(ana.person.sent) == len(ben.person.sent) == 2


async def test_a_slow_graph_holds_up_nobody_else_and_no_webhook(shop: Shop) -> None:
    ana, ben = impatient(shop), impatient(shop, "Ben Santos")
    await ana.opens_chat()
    await ben.opens_chat()
    emulator = shop.stage.emulator
    posted = emulator.courier.posted
    emulator.faults.arm("slow", seconds=PATIENCE, psid=ana.psid, times=None)
    await ana.says("menu", "help", "cart", answered=False)
    before = len(ana.person.sent)
    await ben.says("menu")
    assert len(ana.person.sent) == before
    acknowledged = [one for one in emulator.courier.outcomes if one.number > posted and "message" in one.kinds]
    assert len(acknowledged) >= 4, "each webhook is answered while Graph still thinks about the first message"
    emulator.faults.clear()
    await until(ana, lambda: len(ana.person.sent) == 4)
    assert [sent.bubble.words().split()[0] for sent in ana.person.sent] == ["Hi", "What", "Here's", "Your"]


async def test_a_slow_graph_shows_that_somebody_types(shop: Shop) -> None:
    ana = impatient(shop)
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("slow", seconds=PATIENCE)
    await ana.says("menu", answered=False)

    async def sees_typing() -> bool:
        return bool(ana.person.typing_until)

    await comes(sees_typing, "that somebody types")
    assert len(ana.person.sent) == 1
    shop.stage.emulator.faults.clear()
    await until(ana, lambda: len(ana.person.sent) == 2)


async def test_what_was_just_sent_is_not_sent_again_by_whoever_comes_meanwhile(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    shop.stage.emulator.faults.arm("slow", seconds=0.3, psid=ana.psid)
    async with shop.database.transaction() as conn:
        slow = asyncio.create_task(ana.says("menu"))
        waiting = "SELECT COUNT(*) FROM outbox WHERE status = 'queued'"
        while not await conn.value(waiting):  # noqa: ASYNC110  (another connection commits it)
            await asyncio.sleep(0.01)
        await conn.run("SELECT id FROM outbox FOR UPDATE")  # nobody can write that it was sent
        await until(ana, lambda: len(ana.person.sent) == 2)
        await asyncio.sleep(0.1)
        shop.stage.parts.outbox.wake(ana.psid)
        await asyncio.sleep(0.2)
        assert len(ana.person.sent) == 2
    await slow
    await shop.settles()
    assert len(ana.person.sent) == 2
    assert await shop.look(NOT_SENT) == 0


async def test_after_a_rate_limit_one_message_finds_out_before_the_others_go(shop: Shop) -> None:
    shoppers = [impatient(shop, f"Ana {name}") for name in ("Cruz", "Reyes", "Santos")]
    for shopper in shoppers:
        await shopper.opens_chat()
    shop.stage.emulator.faults.arm("rate_limited", times=2)
    for shopper in shoppers:
        await shopper.says("menu", answered=False)
    assert sum(refusals(shopper) for shopper in shoppers) == 1
    assert min(await shop.texts(OUTBOX)).startswith("queued|0|")
    assert "613" in "".join(await shop.texts("SELECT error_code FROM outbox WHERE error_code IS NOT NULL"))

    pause = shop.stage.parts.outbox.pause
    pause.begin(0.05)  # its time is over soon
    await until_refused(shoppers, 2)
    assert pause.left > 10  # the one that tried met the limit again, so nobody else has
    pause.begin(0.05)
    await shop.settles()
    assert [len(shopper.person.sent) for shopper in shoppers] == [2, 2, 2]
    assert await shop.look(NOT_SENT) == 0


async def until_refused(shoppers: list[Shopper], times: int) -> None:
    """Wait until Graph has refused as many messages."""
    async with asyncio.timeout(PATIENCE):
        while sum(refusals(shopper) for shopper in shoppers) < times:  # noqa: ASYNC110  (several conversations at once)
            await asyncio.sleep(0.01)
