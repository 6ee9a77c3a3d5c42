"""What a turn leaves behind: one row in the chat log, the merchant's words in the answer, an apology where it broke."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest

from bot.base import metrics
from handlers.turns.burying import AGAIN, ATTEMPTS_MOST, bury_or_retry
from repository.database.errors import NoRoom, Unavailable
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, buys, comes_to_summary, puts_in_cart


@asynccontextmanager
async def broken(shop: Shop, table: str = "cart_items", event: str = "INSERT") -> AsyncIterator[None]:
    """The database takes no row into a table, whoever writes."""
    await shop.run(
        f"CREATE TRIGGER broken_for_a_test BEFORE {event} ON {table} FOR EACH ROW"
        " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'broken for a test'"
    )
    try:
        yield
    finally:
        await shop.run("DROP TRIGGER broken_for_a_test")


async def test_the_chat_log_has_exactly_one_row_for_each_turn(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says("checkout")
    await ana.likes()
    turns = await shop.turns(ana)
    assert [turn.kind for turn in turns] == ["postback", "text", "postback", "text", "attachment"]
    assert [turn.said for turn in turns] == ["Get Started", "mug", "Add to cart", "checkout", "sticker"]
    for turn in turns:
        assert turn.status == "done"
        assert turn.intent
        assert turn.answered
        assert 0 <= turn.response_ms < 5000
    for before, after in pairwise(turns):
        assert after.state_before == before.state_after
    assert "recipient" in turns[-1].state_after
    assert "Who will receive the parcel?" in turns[3].answered


async def test_the_recording_holds_what_was_asked_and_answered(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    turn = (await shop.turns(ana))[-1]
    recorded = json.loads(turn.recording)
    assert recorded["step"] == "add_to_cart"
    asked = {one["ask"]: one for one in recorded["asks"]}
    added = next(one for name, one in asked.items() if name.endswith("add_line"))
    assert added["arguments"]["product_id"] == await shop.look("SELECT id FROM products")
    assert added["answer"]["lines"][0]["quantity"] == 1
    assert [name for name, _ in recorded["replies"]] == ["cart.added"]
    assert recorded["facts"]["name"] == "Ana Cruz"


async def test_a_refusal_is_recorded_with_its_facts(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await puts_in_cart(ana, "mug")
    await ana.says("mug")
    await ana.taps("Add to cart")
    recorded = json.loads((await shop.turns(ana))[-1].recording)
    refusal = next(one for one in recorded["asks"] if one.get("refusal"))
    assert refusal["refusal"] == "OutOfStock"
    assert refusal["facts"]["left"] == 1


async def test_a_merchants_wording_is_in_the_next_reply(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("cart")
    ana.hears("Your cart is empty")
    await shop.rewords("cart.empty", "Nothing in your bayong yet, suki!")
    await ana.says("cart")
    ana.hears("Nothing in your bayong yet, suki!")
    await shop.run("UPDATE reply_words SET is_active = FALSE")
    await shop.run("UPDATE shop_versions SET words = words + 1")
    await ana.says("cart")
    ana.hears("Your cart is empty")


async def test_a_wording_with_facts_of_the_reply(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.rewords("cart.added", "{{ product }}, sige! {{ count }} na, {{ subtotal|money }} lahat.")
    await ana.says("mug")
    await ana.taps("Add to cart")
    ana.hears("Blue mug, sige! 1 na, ₱120.00 lahat.")


@pytest.mark.parametrize(
    "words",
    [
        "{{ product",
        "{% for x in range(10) %}{{ x }}{% endfor %}",
        "{{ nothing.of.that }}",
        "{{ 1 / 0 }}",
        "{{ 'a' * 100000000 }}",
        "{{ product.__class__.__mro__ }}",
        "{% include '/etc/passwd' %}",
        "{{ product|nosuchfilter }}",
        "",
        "x" * 9000,
    ],
)
async def test_a_broken_wording_falls_back_to_ours(shop: Shop, ana: Chat, words: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.rewords("cart.added", words)
    await ana.says("mug")
    await ana.taps("Add to cart")
    assert ana.answers
    ana.hears_no("something went wrong")
    ana.sees_buttons("Checkout", "View cart")
    assert (await shop.turns(ana))[-1].status == "done"
    if len(words) < 2000:
        ana.hears("Blue mug is in your cart", "1 item, ₱120.00")


async def test_a_turn_that_keeps_failing_apologises_and_the_next_one_works(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    async with broken(shop):
        await ana.taps("Add to cart")
        ana.hears("Sorry, something went wrong on our side")
    failed = (await shop.turns(ana))[-1]
    assert failed.status == "buried"
    assert await shop.look("SELECT COUNT(*) FROM cart_items") == 0
    assert await shop.texts("SELECT error_message FROM chat_logs WHERE turn_status = 'buried'") == ["DatabaseError"]
    await ana.taps("Add to cart")
    ana.hears("Blue mug is in your cart")


async def test_a_confirm_that_fails_half_way_leaves_nothing_behind(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    async with broken(shop, "order_processing_queue"):
        await ana.taps(CONFIRM)
        ana.hears("something went wrong")
    for table in ("orders", "order_items", "inventory_reservations", "order_processing_queue", "order_state_history"):
        assert await shop.look(f"SELECT COUNT(*) FROM {table}") == 0, table
    assert await shop.look("SELECT stock_quantity FROM products") == 10
    assert await shop.look("SELECT COUNT(*) FROM cart_items") == 1
    await ana.taps(CONFIRM)
    ana.hears("Your order ORD-")


async def test_a_turn_that_the_database_has_no_room_for_is_not_buried_for_it(shop: Shop, ana: Chat) -> None:
    await ana.says("menu")
    await shop.run("UPDATE chat_logs SET turn_status = 'received'")
    parts = shop.stage.parts
    for _ in range(3 * ATTEMPTS_MOST):
        assert await bury_or_retry(parts.shop, parts.outbox, ana.psid, NoRoom("The table 'chat_logs' is full")) == AGAIN
    assert await shop.texts("SELECT turn_status FROM chat_logs") == ["received"]
    for _ in range(ATTEMPTS_MOST):
        again = await bury_or_retry(parts.shop, parts.outbox, ana.psid, Unavailable("the statement took too long"))
    assert again is None
    assert await shop.texts("SELECT turn_status FROM chat_logs") == ["buried"]


async def test_what_came_after_a_buried_turn_is_answered_in_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    async with broken(shop, "user_addresses"):
        await puts_in_cart(ana, "mug")
        await ana.says("checkout")
        await ana.says("Ana Cruz, 0917 123 4567, 12 Mabini St, Brgy San Roque, Marikina City 1801")
        await ana.says("skip", "help")
    heard = "\n".join(ana.heard)
    assert heard.index("something went wrong") < heard.index("Here's how I can help")
    assert [turn.status for turn in await shop.turns(ana)][-2:] == ["buried", "done"]


async def test_one_shoppers_failure_is_nobody_elses(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    async with broken(shop):
        await asyncio.gather(ana.taps("Add to cart"), ben.says("mug"))
    ben.sees_cards("Blue mug")
    ana.hears("something went wrong")


async def test_a_state_of_another_version_begins_anew(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await shop.run("""UPDATE conversations SET state = '{"type": "of_the_future", "x": [1]}'""")
    await ana.says("mug")
    ana.sees_cards("Blue mug")
    await ana.says("cart")
    ana.hears("1 × Blue mug")


async def test_the_name_that_facebook_does_not_tell_is_never_made_up(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat()
    await shop.run("UPDATE users SET facebook_name = ''")
    await shop.run("UPDATE users SET facebook_name = NULL")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    assert "Ana Cruz" not in [button.title for button in ana.tappable]
    await ana.says("me")
    ana.hears("Who will receive the parcel?")


async def test_what_was_done_while_the_bot_was_away_is_answered_when_it_is_back(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.run("UPDATE chat_logs SET turn_status = 'received', decided_at = NULL ORDER BY id DESC LIMIT 1")
    said = len(ana.person.sent)
    await shop.stage.parts.look()
    await shop.stage.parts.idle()
    assert "already placed" in "\n".join(sent.bubble.words() for sent in ana.person.sent[said:])
    assert await shop.look("SELECT COUNT(*) FROM orders") == 1


async def test_a_shopper_whose_stored_state_no_longer_decodes_is_answered_and_counted(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await shop.run('UPDATE conversations SET state = \'{"at":"gone.forever"}\'')
    lost = _states_lost()
    await ana.says("cart")
    ana.hears("Your cart is empty")
    assert _states_lost() == lost + 1
    await ana.says("menu")
    assert _states_lost() == lost + 1, "what was stored since decodes again"


def _states_lost() -> float:
    return metrics.REGISTRY.get_sample_value("quicksell_states_lost_total") or 0
