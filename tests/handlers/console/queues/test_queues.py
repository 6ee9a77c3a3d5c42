"""What is stuck is seen with its reason, tried again, or dropped, and nothing is lost in silence."""

import pytest

from bot.messenger.error_table import BY_CODE, BY_SUBCODE
from bot.messenger.errors import NotThreadOwner, OutsideWindow
from handlers.console.queues.reasons import WORDS, in_words
from repository.chats import doubts
from tests.conversations.conftest import Chat, Shop
from tests.conversations.notices.test_waiting import STATES, an_order, clicks, closes, news
from tests.handlers.console.test_console import Visitor, nena
from tests.support import factory

__all__ = ["nena"]

AUDIT = "SELECT CONCAT_WS('|', action, subject) FROM console_audit WHERE action LIKE 'queue%' ORDER BY id"


async def test_a_notice_that_waits_is_shown_with_the_reason_and_the_next_step(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id)
    await shop.settles()
    await nena.logs_in()
    await nena.opens("/queues")
    assert "The order is on its way" in nena.page
    assert "ORD-1" in nena.page
    assert "a person may write to them by hand" in nena.page
    (waiting,) = nena.values("pick")
    await shop.run("UPDATE conversations SET window_expires_at = NOW() + INTERVAL 1 DAY")
    await nena.sends("/queues", queue="notices", only_retry=waiting)
    assert "1 is tried again." in nena.page
    await shop.settles()
    assert len(news(ana)) == 1, "the process that the click came to says it, and this shop has no workers"
    assert await shop.texts(AUDIT) == [f"queue.retried|notices {waiting}"]
    await nena.sends("/queues", queue="notices", only_retry=waiting)
    assert "none of them is stuck any more" in nena.page
    assert len(news(ana)) == 1


async def test_what_is_dropped_is_not_tried_again_and_its_row_stays(shop: Shop, nena: Visitor, ana: Chat) -> None:
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id)
    await shop.settles()
    await nena.logs_in()
    await nena.opens("/queues?queue=notices")
    await nena.sends("/queues", queue="notices", only_drop=nena.values("pick")[0])
    await ana.says("hi")
    await shop.settles()
    assert news(ana) == []
    assert await shop.texts(STATES) == ["order_shipped|bounced"]
    await nena.opens("/queues")
    assert "Nothing is stuck here" in nena.page


@pytest.mark.parametrize(
    ("queue", "stuck", "table", "again"),
    [
        ("orders", "A new order", "order_processing_queue", "SELECT status FROM order_processing_queue"),
        ("messages", "An answer", "outbox", "SELECT status FROM outbox"),
        ("merchants", "A mail", "merchant_notices", "SELECT status FROM merchant_notices"),
        ("turns", "What a shopper typed", "chat_logs", "SELECT turn_status FROM chat_logs"),
    ],
)
async def test_every_queue_shows_what_was_given_up_and_tries_it_again(
    shop: Shop, nena: Visitor, queue: str, stuck: str, table: str, again: str
) -> None:
    order_id = await shop.make(factory.order(order_number="ORD-7"))
    rows: dict[str, dict[str, str | int]] = {
        "order_processing_queue": {"order_id": order_id, "queue_type": "new_order", "status": "failed", "attempts": 3},
        "outbox": {"psid": "1", "message": '{"text": "Hello there"}', "status": "failed", "error_code": "551/0"},
        "merchant_notices": {
            "kind": "flag", "subject_key": "1", "words": "x", "channel": "email", "recipient": "a@b.c",
            "status": "failed",
        },
        "chat_logs": {"user_id": "1", "user_message": "hello", "turn_status": "buried", "event": "{}", "attempts": 3},
    }  # fmt: skip
    await shop.insert(table, **rows[table])
    await nena.logs_in()
    await nena.opens("/queues")
    assert stuck in nena.page, "the first queue in which something is stuck"
    assert "given up" in nena.page
    for task in shop.stage.parts._tasks:
        task.cancel()  # nobody takes it up meanwhile
    await nena.sends_all("/queues", ("queue", queue), ("pick", nena.values("pick")[0]), ("to", "retry"))
    assert "1 is tried again." in nena.page
    assert await shop.look(again) in ("pending", "queued", "received")
    assert (await shop.texts(AUDIT))[0].startswith(f"queue.retried|{queue} ")


async def test_a_queue_says_how_full_it_is_and_why_each_message_waits(shop: Shop, nena: Visitor) -> None:
    for code, words, status, attempts in (
        ("551/1545041", "This person isn't available", "failed", 1),
        ("190/463", "Error validating access token", "queued", 0),
        ("in doubt", "it may have arrived", "queued", 0),
        ("2/0", "Service unavailable", "queued", 2),
    ):
        row: dict[str, str | int] = {
            "psid": "1",
            "message": '{"text": "Hello"}',
            "status": status,
            "attempts": attempts,
        }
        await shop.insert("outbox", **row, error_code=code, error_message=words)
    await shop.insert("outbox", psid="2", message='{"text": "Hello"}', status="sent")
    async with shop.database.connection() as conn:
        for _ in range(2):
            await doubts.note_again(conn, message_id=7, why="no_answer")
    await nena.logs_in()
    await nena.opens("/queues?queue=messages")
    for words in (
        "They blocked the page", "given up", "(551/1545041)", "Connect the page again", "held: the page cannot send",
        "may have arrived", "Facebook had trouble", "the oldest just now", "it was sent again",
    ):  # fmt: skip
        assert words in nena.page, words
    assert "(190/463)" in nena.page


def test_every_code_that_facebook_gives_is_told_in_words() -> None:
    codes = [f"{code}/0" for code in BY_CODE] + [f"{code}/{subcode}" for code, subcode in BY_SUBCODE]
    assert all(in_words(code) for code in codes)
    assert in_words("10/2018278") == WORDS[OutsideWindow]
    assert in_words("10/2018300") == WORDS[NotThreadOwner]
    assert [in_words(code) for code in ("", "dropped", "x/y", "1/x")] == [""] * 4
    assert len(set(WORDS.values())) == len(WORDS)


async def test_staff_do_not_see_the_queues(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in("jun")
    await nena.opens("/queues")
    assert nena.status == 403
