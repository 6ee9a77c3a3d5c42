"""Notices outside of Messenger's window: they wait, are said when the shopper writes again, or are old news by then."""

from repository.chats.notices import notice_statement
from tests.conversations.conftest import Chat, Shop

STATES = "SELECT CONCAT_WS('|', notification_type, status, waits_for) FROM notification_queue ORDER BY id"
WHY = "SELECT error_message FROM notification_queue ORDER BY id"


async def an_order(shop: Shop, ana: Chat) -> int:
    """An order of Ana's that is on its way, and a chat that she has begun."""
    await ana.says("hello")
    shopper = int(str(await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid)))
    return await shop.insert("orders", order_number="ORD-1", user_id=shopper, total_amount=100, order_status="shipped")


async def clicks(shop: Shop, order_id: int, kind: str = "order_shipped", number: str = "ORD-1") -> None:
    """A merchant's click that moves an order, committed in this process."""
    facts: dict[str, str | int] = {"order_id": order_id, "number": number}
    async with shop.database.transaction() as conn:
        await conn.batch(notice_statement(order_id, kind, f"notices.{kind.removeprefix('order_')}", facts))


async def closes(shop: Shop) -> None:
    await shop.run("UPDATE conversations SET window_expires_at = NOW() - INTERVAL 1 HOUR")


def news(ana: Chat) -> list[str]:
    """The notices that Ana got."""
    said = [sent.bubble.words() for sent in ana.person.sent]
    return [words for words in said if "ORD-" in words]


async def test_a_notice_is_said_by_the_process_that_commits_it_and_nobody_looks_into_the_queue(
    shop: Shop, ana: Chat
) -> None:
    order_id = await an_order(shop, ana)
    look = next(task for task in shop.stage.parts._tasks if "repeat" in repr(task.get_coro()))
    look.cancel()  # what dead processes left is looked for now and then; workers, who look too, this shop has none
    await clicks(shop, order_id)
    await shop.settles()
    assert len(news(ana)) == 1


async def test_many_clicks_are_said_in_their_order_and_each_once(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    for number in range(12):
        await clicks(shop, order_id, number=f"ORD-{number}.")
    await shop.works()
    await shop.settles()
    said = news(ana)
    assert len(said) == 12
    assert all(f"ORD-{number}." in words for number, words in enumerate(said))


async def test_a_notice_waits_for_the_shopper_and_is_said_in_the_turn_after_they_write(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id)
    await shop.settles()
    assert news(ana) == []
    assert await shop.texts(STATES) == ["order_shipped|pending|window"]
    assert "when they write again" in (await shop.texts(WHY))[0]
    await shop.works()
    assert await shop.texts(STATES) == ["order_shipped|pending|window"], "nobody tries again while it is closed"
    await ana.says("hi")
    await shop.settles()
    assert len(news(ana)) == 1
    assert await shop.texts(STATES) == ["order_shipped|sent"]


async def test_old_news_is_not_told(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id)
    await shop.settles()
    await shop.run("UPDATE orders SET order_status = 'delivered'")
    await clicks(shop, order_id, "order_delivered")
    await shop.settles()
    await ana.says("hi")
    await shop.settles()
    assert len(news(ana)) == 1
    assert "has arrived" in news(ana)[0]
    assert await shop.texts(STATES) == ["order_shipped|bounced", "order_delivered|sent"]
    assert (await shop.texts(WHY))[0] == "Not said: the order is delivered by now."


async def test_what_facebook_refuses_as_too_late_is_marked_so_and_waits(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    shop.stage.emulator.facebook.advance(25)  # Facebook's clock goes by its own
    await clicks(shop, order_id)
    await shop.settles()
    assert news(ana) == []
    sent = "SELECT CONCAT_WS('|', status, error_code) FROM outbox WHERE notice_id IS NOT NULL"
    assert await shop.texts(sent) == ["failed|10/2018278"]
    assert await shop.texts(STATES) == ["order_shipped|pending|window"]
    assert await shop.look("SELECT window_expires_at <= NOW(3) FROM conversations") == 1
    await ana.says("hi")
    await shop.settles()
    assert len(news(ana)) == 1


async def test_the_window_is_looked_at_again_before_a_notice_is_sent(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    outbox = shop.stage.parts.outbox
    outbox.pause.begin(600)  # the page cannot send for a while
    await clicks(shop, order_id)
    while not await shop.count("outbox WHERE status = 'queued'"):
        await shop.database.retry(lambda conn: conn.value("SELECT 1"))
    await closes(shop)
    outbox.pause.end()
    await shop.settles()
    assert news(ana) == []
    assert await shop.texts("SELECT error_message FROM outbox WHERE status = 'failed'") == [
        "window closed before it could be sent"
    ]
    assert await shop.texts(STATES) == ["order_shipped|pending|window"]


async def test_a_notice_that_facebook_refuses_for_another_reason_is_marked_as_failed(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    shop.stage.emulator.faults.arm("unavailable")
    await clicks(shop, order_id)
    await shop.settles()
    assert await shop.texts(STATES) == ["order_shipped|failed"]
    assert "Facebook did not take it" in (await shop.texts(WHY))[0]


async def test_a_way_that_the_shop_does_not_have_is_refused_plainly(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    await clicks(shop, order_id)
    await shop.settles()
    await shop.run("UPDATE notification_queue SET status = 'pending', channel = 'sms', recipient = '+639170000000'")
    await shop.works()
    assert await shop.texts(STATES) == ["order_shipped|failed"]
    assert await shop.texts(WHY) == ["The shop cannot send by sms: Messenger and e-mail are possible."]


async def test_the_couriers_page_is_one_tap_away(shop: Shop, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    facts: dict[str, str | int] = {"order_id": order_id, "number": "ORD-1", "courier": "LBC", "tracking": "123"}
    link = "https://www.lbcexpress.com/track/?tracking_no=123"
    async with shop.database.transaction() as conn:
        await conn.batch(notice_statement(order_id, "order_shipped", "notices.shipped", facts | {"link": link}))
    await shop.settles()
    (said,) = news(ana)
    assert "on its way with LBC! Tracking number: 123." in said
    assert "just ask here" in said
    (button,) = ana.person.sent[-1].bubble.buttons
    assert (button.title, button.url) == ("Track the parcel", link)
