"""The merchant's words: canned replies, and wordings in place of the bot's own."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import comes_to_summary, puts_in_cart


async def test_a_canned_reply_answers_its_keyword(shop: Shop, ana: Chat) -> None:
    await shop.answers("open", "We're open from 9 to 6.")
    await shop.answers("bukas", "Bukas po kami mula 9 hanggang 6.", language="fil")
    await ana.says("Are you OPEN today?!")
    ana.hears("We're open from 9 to 6.")
    await ana.says("bukas po ba kayo ngayon?")
    ana.hears("Bukas po kami mula 9 hanggang 6.")
    assert await shop.uses() == 2


async def test_a_canned_reply_in_the_shoppers_language_comes_first(shop: Shop, ana: Chat) -> None:
    await shop.answers("refund", "Refunds take three days.")
    await shop.answers("refund", "Tatlong araw po ang refund.", language="fil")
    await ana.says("refund")
    ana.hears("Refunds take three days.")
    await ana.says("tagalog")
    await ana.says("refund")
    ana.hears("Tatlong araw po ang refund.")


async def test_a_question_in_the_middle_of_checkout_is_answered_and_checkout_goes_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("warranty", "Seven days, whatever it is.")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("is there a warranty?")
    ana.hears("Seven days, whatever it is.", "Who will receive the parcel?")
    await ana.taps("Ana Cruz")
    await ana.says("what about the warranty?")
    ana.hears("Seven days, whatever it is.", "Which number can the rider call?")
    await ana.says("0917 123 4567")
    await ana.says("12 Mabini St, Brgy San Roque, Marikina City")
    await ana.taps("Skip")
    await ana.says("cod")
    await ana.says("may warranty ba ito?")
    ana.hears("Seven days, whatever it is.")
    ana.sees_buttons("✅ Confirm order")
    assert await shop.count("orders") == 0


async def test_a_canned_reply_that_is_switched_off_is_silent(shop: Shop, ana: Chat) -> None:
    await shop.answers("warranty", "Seven days.")
    await shop.run("UPDATE chatbot_replies SET is_active = FALSE")
    await ana.says("what about the warranty?")
    ana.hears("I'm a bot and don't know the answer")


async def test_a_merchants_wording_is_in_the_next_reply(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await shop.rewords("cart.added", "Naks! {{ product }} is yours for {{ subtotal|money }}.")
    await ana.taps("Add to cart")
    ana.hears("Naks! Blue mug is yours for ₱120.00.")
    await shop.rewords("cart.added", "Yes! {{ count }} now.")
    await ana.taps("Add to cart")
    ana.hears("Yes! 2 now.")
    await shop.rewords("cart.button_checkout", "Take my money")
    await ana.taps("Add to cart")
    ana.sees_buttons("Take my money")
    await ana.says("take my money")
    ana.hears("Who will receive the parcel?")


async def test_a_wording_is_for_its_own_language(shop: Shop, ana: Chat) -> None:
    await shop.rewords("cart.empty", "Walang laman, bes!", language="fil")
    await ana.says("cart")
    ana.hears("Your cart is empty.")
    await ana.says("tagalog")
    await ana.says("cart")
    ana.hears("Walang laman, bes!")


@pytest.mark.parametrize(
    "broken",
    [
        "{% if %}",
        "{{ count",
        "{{ nobody.knows.this }}",
        "{{ 1 / 0 }}",
        "{% for n in range(100000000) %}x{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 'x' * 1000000000 }}",
        "   ",
    ],
)
async def test_a_broken_wording_falls_back_to_our_own(shop: Shop, ana: Chat, broken: str) -> None:
    await shop.rewords("cart.empty", broken)
    await ana.says("cart")
    ana.hears("Your cart is empty. Let's find something nice!")


async def test_a_notice_is_said_in_the_merchants_words_too(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("yes")
    await shop.rewords("notices.order_confirmed", "Packing {{ number }} with love.")
    await shop.works()
    ana.hears("Packing ORD-", "with love.")


async def test_a_rule_is_in_force_in_the_next_turn(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    ana.hears("Welcome to Tindahan")
    await shop.sets(shop_name="Aling Nena's")
    await ana.says("menu")
    ana.hears("What would you like to do at Aling Nena's?")
