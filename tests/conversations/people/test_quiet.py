"""The bot is quiet while a person speaks, wherever they do, and speaks again by itself."""

import asyncio
from datetime import UTC, datetime

from bot.base import clock
from bot.messenger.event import Event
from bot.messenger.events import Echo
from bot.run.parts import running
from bot.workshop.emulator.answers import Json
from handlers.inbound.others import PAGE_INBOX
from repository.aftersales import quiet
from repository.chats import outbox
from tests.conversations.conftest import Chat, Shop

WHY = "SELECT CONCAT_WS('|', quiet_reason) FROM conversations WHERE psid = %(psid)s"
AWAY = "Thanks for your message! We will answer as soon as we can."


async def why(shop: Shop, shopper: Chat) -> str:
    """Why the bot is quiet in a chat; empty where it is not."""
    return "".join(await shop.texts(WHY, psid=shopper.psid))


async def writes(shop: Shop, shopper: Chat, text: str, *, mid: str = "", app_id: str = PAGE_INBOX) -> None:
    """Somebody writes for the page in another place, a minute after the shopper did."""
    await shop.settles()
    await shop.run(
        "UPDATE chat_logs SET event_at = event_at - INTERVAL 1 MINUTE WHERE user_id = %(psid)s", psid=shopper.psid
    )
    await shop.echoes(shopper, {"is_echo": True, "app_id": int(app_id), "mid": mid or f"m_{text}"[:40], "text": text})


async def passes_minutes(shop: Shop, minutes: int) -> None:
    """Time goes by since a person spoke last."""
    await shop.run(f"UPDATE conversations SET quiet_since = quiet_since - INTERVAL {minutes} MINUTE")


async def left_alone(shopper: Chat, *texts: str) -> None:
    """The shopper types, and the bot says nothing."""
    before = len(shopper.person.sent)
    for text in texts:
        await shopper.says(text, answered=False)
        await shopper.settles(answered=False)
    assert len(shopper.person.sent) == before, "nothing unasked"


def an_echo(shop: Shop, shopper: Chat, at: int, text: str) -> Event:
    """What Facebook tells of something that a person wrote."""
    return Echo(
        page_id=shop.stage.emulator.app.page_id,
        psid=shopper.psid,
        sent_at=datetime.fromtimestamp(at / 1000, UTC),
        mid="m_twice",
        app_id=PAGE_INBOX,
        text=text,
    )


async def test_half_an_hour_after_the_persons_last_words_the_bot_speaks_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    await writes(shop, ana, "Hi Ana, this is Rosa from the shop.")
    await left_alone(ana, "hi Rosa", "mug")
    await passes_minutes(shop, 25)
    await writes(shop, ana, "One moment, I'll look.", mid="m_second")
    await passes_minutes(shop, 29)
    await left_alone(ana, "ok po")
    await passes_minutes(shop, 2)
    await ana.says("mug")
    ana.hears("Blue mug")
    assert await why(shop, ana) == ""


async def test_how_long_is_the_merchants_to_say(shop: Shop, ana: Chat) -> None:
    await shop.sets(quiet_minutes=5)
    await ana.says("hello")
    await writes(shop, ana, "Hi Ana!")
    await passes_minutes(shop, 4)
    await left_alone(ana, "hi")
    await passes_minutes(shop, 2)
    await ana.says("menu")
    ana.hears("Tindahan")


async def test_a_person_who_writes_first_is_not_spoken_over_either(shop: Shop, ana: Chat) -> None:
    await writes(shop, ana, "Hi Ana, your parcel came back to us. Shall we send it again?")
    await left_alone(ana, "yes please")
    assert await shop.texts("SELECT facebook_name FROM users") == ["Ana Cruz"], "asked for afterwards"
    async with shop.database.transaction() as conn:
        await quiet.give_back(conn, psid=ana.psid)
    await ana.says("hello")
    ana.hears("Tindahan")


async def test_what_facebook_tells_twice_does_not_take_the_chat_away_again(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    at = shop.stage.emulator.time.now_ms() - 1000
    heard: list[Event] = [an_echo(shop, ana, at, "Hi Ana, Rosa here.")]
    await shop.run("UPDATE chat_logs SET event_at = event_at - INTERVAL 1 HOUR")
    await shop.stage.parts.receiving.take(heard)
    assert await why(shop, ana) == "person"
    async with shop.database.transaction() as conn:
        await quiet.give_back(conn, psid=ana.psid)
    await shop.stage.parts.receiving.take(heard)
    assert await why(shop, ana) == ""


async def test_whichever_process_hears_it(shop: Shop, ana: Chat) -> None:
    """The other process only shares the database: that is where it is noted."""
    await ana.says("hello")
    await shop.run("UPDATE chat_logs SET event_at = event_at - INTERVAL 1 MINUTE")
    async with running(shop.stage.parts.settings, with_workers=False, shared=True) as other:
        await other.receiving.take([an_echo(shop, ana, shop.stage.emulator.time.now_ms(), "Rosa here.")])
    await left_alone(ana, "hi Rosa")


async def test_a_picture_that_a_person_sends_is_words_too(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await shop.run("UPDATE chat_logs SET event_at = event_at - INTERVAL 1 MINUTE")
    picture: Json = {"type": "image", "payload": {"url": "https://scontent.xx.fbcdn.net/a.png"}}
    await shop.echoes(ana, {"is_echo": True, "app_id": int(PAGE_INBOX), "mid": "m_p", "attachments": [picture]})
    await left_alone(ana, "salamat po")


async def test_an_instant_reply_quiets_nobody(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    await shop.echoes(ana, {"is_echo": True, "app_id": int(PAGE_INBOX), "mid": "m_instant", "text": AWAY})
    assert await why(shop, ana) == ""
    await ana.says("mug")
    ana.hears("Blue mug")
    assert await shop.texts("SELECT CONCAT_WS('|', words, hasty) FROM page_automations") == [f"{AWAY}|1"]


async def test_a_quick_answer_in_the_middle_of_a_persons_chat_is_the_persons(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await writes(shop, ana, "Hi Ana, Rosa here.")
    await passes_minutes(shop, 20)
    await left_alone(ana, "do you have it in blue?")
    await shop.echoes(ana, {"is_echo": True, "app_id": int(PAGE_INBOX), "mid": "m_quick", "text": "I'll look for one."})
    await passes_minutes(shop, 20)
    await left_alone(ana, "ok po")


async def test_the_same_words_to_one_after_the_other_are_an_automations(shop: Shop, ana: Chat, ben: Chat) -> None:
    for number, shopper in enumerate((ana, ben, ana)):
        await shopper.says("hello", answered=False)
        async with shop.database.transaction() as conn:
            await quiet.give_back(conn, psid=shopper.psid)
        await writes(shop, shopper, AWAY, mid=f"m_{number}")
        assert await why(shop, shopper) == ("person" if number < 2 else "")
    for number, shopper in enumerate((ben, ana, ben)):
        await shopper.says("menu", answered=False)
        async with shop.database.transaction() as conn:
            await quiet.give_back(conn, psid=shopper.psid)
        await writes(shop, shopper, "ok po", mid=f"m_short_{number}")
        assert await why(shop, shopper) == "person", "people say that to everybody"
    assert await shop.texts("SELECT words FROM page_automations WHERE words IS NOT NULL") == [AWAY]


async def test_a_thread_that_another_app_takes_is_left_to_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    app = shop.stage.emulator.app.app_id
    to_inbox: Json = {"previous_owner_app_id": app, "new_owner_app_id": int(PAGE_INBOX), "metadata": ""}
    await shop.gets(ana, "take_thread_control", to_inbox)
    assert await why(shop, ana) == "taken"
    await left_alone(ana, "mug")
    ana.person.owner = PAGE_INBOX
    await shop.run("UPDATE conversations SET window_expires_at = NOW() - INTERVAL 1 HOUR, heard_at = NULL")
    await left_alone(ana, "mug")
    assert await shop.count("chat_logs") == 2, "on standby nothing is a turn"
    assert await shop.look("SELECT window_expires_at > NOW() AND heard_at IS NOT NULL FROM conversations") == 1
    ana.person.owner = app
    await shop.gets(ana, "pass_thread_control", {"previous_owner_app_id": PAGE_INBOX, "new_owner_app_id": int(app)})
    assert await why(shop, ana) == ""
    await ana.says("mug")
    ana.hears("Blue mug")


async def test_another_app_that_asks_for_the_thread_gets_it(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await shop.gets(ana, "request_thread_control", {"requested_owner_app_id": int(PAGE_INBOX), "metadata": "help"})
    await shop.stage.parts.receiving.close()
    assert ana.person.owner == PAGE_INBOX
    assert await why(shop, ana) == "taken"
    ana.person.owner = None
    await shop.gets(ana, "pass_thread_control", {"previous_owner_app_id": PAGE_INBOX, "new_owner_app_id": None})
    assert await why(shop, ana) == "", "the thread is nobody's, so the page's default app answers"


async def test_a_complaint_waits_for_a_person_whoever_has_the_thread(shop: Shop, ana: Chat) -> None:
    await ana.says("scam kayo!!")
    app = shop.stage.emulator.app.app_id
    await shop.gets(ana, "take_thread_control", {"previous_owner_app_id": app, "new_owner_app_id": PAGE_INBOX})
    await shop.gets(ana, "pass_thread_control", {"previous_owner_app_id": PAGE_INBOX, "new_owner_app_id": app})
    assert await why(shop, ana) == "complaint"
    await left_alone(ana, "hello?")


async def test_what_facebook_refuses_because_the_thread_is_anothers_quiets_the_bot(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    async with shop.database.transaction() as conn:
        await conn.run("SELECT psid FROM conversations WHERE psid = %(psid)s FOR UPDATE", psid=ana.psid)
        await outbox.put(conn, psid=ana.psid, messages=[{"text": "Your order is on its way."}])
    ana.person.owner = PAGE_INBOX
    shop.stage.parts.outbox.wake(ana.psid)
    await shop.settles()
    assert await why(shop, ana) == "taken"


async def test_who_waits_for_a_person_is_known(shop: Shop, ana: Chat) -> None:
    waits = "SELECT waits_since IS NOT NULL FROM conversations"
    await ana.says("hello")
    await writes(shop, ana, "Hi Ana!")
    assert await shop.look(waits) == 0
    await left_alone(ana, "do you ship to Cebu?")
    assert await shop.look(waits) == 1
    await writes(shop, ana, "Yes, we do.")
    assert await shop.look(waits) == 0


async def test_an_echo_that_comes_before_the_answer_to_its_own_send_is_the_bots(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    shop.stage.emulator.faults.arm("slow", seconds=0.3)
    await ana.says("mug")
    ana.hears("Blue mug")
    await shop.settles()
    assert await why(shop, ana) == ""


async def test_given_back_while_the_shopper_types(shop: Shop, ana: Chat) -> None:
    """What comes before that stays the person's, what comes after is the bot's; each is answered once."""
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    await writes(shop, ana, "Hi Ana, Rosa here.")
    await left_alone(ana, "do you have a mug?")

    async def gives_back() -> None:
        async with shop.database.transaction() as conn:
            await quiet.give_back(conn, psid=ana.psid)

    await asyncio.gather(ana.says("mug", answered=False), gives_back())
    await shop.settles()
    heard = sum("found for" in sent.bubble.words() for sent in ana.person.sent)
    left = await shop.look("SELECT COUNT(*) FROM chat_logs WHERE intent = 'left_to_person'")
    assert heard + int(str(left)) == 2, "one was the person's, the other one of both"
    await ana.says("mug")
    ana.hears("Blue mug")


async def test_the_bot_says_again_that_it_is_one_after_a_person_and_after_a_long_time(shop: Shop, ana: Chat) -> None:
    await shop.answers("warranty", "It is one year.")
    await ana.says("warranty?")
    ana.hears("I'm the bot of Tindahan")
    await ana.says("warranty?")
    ana.hears_no("I'm the bot")
    async with shop.database.transaction() as conn:
        await quiet.person_spoke(conn, psid=ana.psid, at=clock.now())
        await quiet.give_back(conn, psid=ana.psid)
    await ana.says("warranty?")
    ana.hears("I'm the bot of Tindahan")
    await ana.says("warranty?")
    ana.hears_no("I'm the bot")
    await shop.run("UPDATE conversations SET heard_at = NOW() - INTERVAL 31 DAY, given_back_at = NULL")
    await ana.says("warranty?")
    ana.hears("I'm the bot of Tindahan")
    await shop.run("UPDATE conversations SET heard_at = NOW() - INTERVAL 29 DAY")
    await ana.says("warranty?")
    ana.hears_no("I'm the bot")
