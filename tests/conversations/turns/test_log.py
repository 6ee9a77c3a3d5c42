"""The chat log: one row for each turn, with everything to replay it."""

import json
import time

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys


async def test_every_turn_is_one_row(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    began = time.monotonic()
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.likes()
    took = (time.monotonic() - began) * 1000
    assert await shop.count("chat_logs") == 3
    async with shop.database.connection() as conn:
        found = await conn.run(
            "SELECT user_id, message_type, user_message, bot_response, intent, turn_status, response_time_ms,"
            " state_before, state_after, recording FROM chat_logs ORDER BY id"
        )
    text, tap, like = found.rows
    assert text[:3] == (ana.psid, "text", "mug")
    assert tap[1] == "postback"
    assert like[1] == "attachment"
    assert "Blue mug" in str(text[3])
    assert "1 item, ₱120.00" in str(tap[3])
    for row in found.rows:
        assert row[4]
        assert row[5] == "done"
        assert 0 <= int(str(row[6])) <= took + 1
        recording = json.loads(str(row[9]))
        assert recording["step"]
        assert recording["facts"]["shopper_id"]
        assert recording["replies"]
    assert text[8] == tap[7]  # a turn begins where the one before ended
    assert tap[8] == like[7]
    assert text[7] != text[8]
    asked = [one["ask"] for one in json.loads(str(tap[9]))["asks"]]
    assert "carts.add_line" in asked


async def test_a_whole_purchase_has_a_row_for_each_thing_that_was_done(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    done = sum(1 for item in ana.person.chat if type(item).__name__ == "Said")
    assert await shop.count("chat_logs") == done
    assert await shop.look("SELECT COUNT(*) FROM chat_logs WHERE recording IS NULL OR state_after IS NULL") == 0
    assert await shop.look("SELECT intent FROM chat_logs ORDER BY id DESC LIMIT 1") == "order_placed"


async def test_messages_typed_in_a_row_are_answered_in_order(shop: Shop, ana: Chat) -> None:
    await ana.says("cart", "my orders", "promos", "help", "menu")
    starts = ("Hi Ana", "Your cart is empty", "You have no orders", "No promos", "Here's how", "What would you like")
    said = [words for words in ana.heard if words.startswith(starts)]
    order = [next(number for number, start in enumerate(starts) if words.startswith(start)) for words in said]
    assert order == sorted(order)
    assert len(order) >= 5
    assert await shop.count("chat_logs") == 5
