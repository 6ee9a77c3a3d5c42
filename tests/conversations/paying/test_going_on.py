"""After a prepaid order is placed: what is still to pay, where, and whether it has come, in shoppers' words."""

import pytest

from tests.conversations.conftest import Chat, Shop


async def ordered(shop: Shop, ana: Chat) -> None:
    """A GCash order that waits for its money."""
    await shop.insert("payment_accounts", method="gcash", account_name="Maria S.", account_number="0917 555 4567")
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("mug")
    await ana.taps("Buy now")
    await ana.says("Ana Cruz", "0917 123 4567")
    await ana.says("45 Sampaguita St, Brgy Holy Spirit, Quezon City")
    await ana.says("skip")
    await ana.says("gcash")
    await ana.taps("✅ Confirm order")


@pytest.mark.parametrize(
    "words", ["magkano ulit babayaran ko", "san ko isesend", "saan po magbabayad", "How do I pay?", "pano po magbayad"]
)
async def test_what_is_to_be_paid_and_where_is_said_again(shop: Shop, ana: Chat, words: str) -> None:
    await ordered(shop, ana)
    await ana.says("red lamp")  # and the order is not on show any more
    await ana.says(words)
    ana.hears("0917 555 4567")
    ana.hears("₱200.00")


@pytest.mark.parametrize("words", ["received nyo na po ba payment ko?", "ano number ng order ko"])
async def test_whether_the_payment_came_is_told_with_the_order(shop: Shop, ana: Chat, words: str) -> None:
    await ordered(shop, ana)
    await ana.says("1234 567 890123")
    await ana.says(words)
    ana.hears(str(await shop.look("SELECT order_number FROM orders")))


async def test_one_more_of_something_is_put_into_the_order(shop: Shop, ana: Chat) -> None:
    await ordered(shop, ana)
    await ana.says("pwede pa po bang magdagdag ng isang mug")
    ana.hears(str(await shop.look("SELECT order_number FROM orders")))
    assert await shop.count("cart_items") == 0


async def test_without_an_order_paying_is_the_merchants_question(shop: Shop, ana: Chat) -> None:
    await shop.answers("how to pay", "We take GCash and COD.")
    await ana.says("How do I pay?")
    ana.hears("We take GCash and COD.")
