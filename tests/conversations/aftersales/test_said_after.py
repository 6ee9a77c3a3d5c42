"""What people say of an order in their own words: to swap, to cancel, to ask, to say what is wrong with it."""

import pytest

from tests.conversations.aftersales.clerk import has_order, moves
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys
from tests.support.pictures import photo

ITEMS = "SELECT CONCAT_WS('|', product_name, quantity) FROM order_items ORDER BY id"


@pytest.mark.parametrize(
    "text",
    [
        "palitan ng blush yung order ko",
        "pwede po bang palitan ng blush yung order ko",
        "papalit po ng blush yung order ko",
    ],
)
async def test_a_swap_before_it_is_sent_changes_the_order_and_is_no_return(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Tumbler", price="120.00", left=0, sizes={"Teal": 5, "Blush": 5})
    await shop.answers("exchange", "Within seven days.", category="returns")
    await ana.says("tumbler", "teal po")
    await ana.says("checkout", "Ana Cruz", "0917 123 4567", "12 Mabini St, Brgy San Roque, Marikina City 1801")
    await ana.says("skip", "cod", "oo")
    await ana.says(text)
    ana.hears("Tumbler (Size: Blush)", "Tama po ba?")
    assert not any("seven days" in words for words in ana.heard)


@pytest.mark.parametrize(
    "text",
    ["pa cancel po please nagbago isip ko", "cancel na lang po, nagbago isip ko", "please cancel, i changed my mind"],
)
@pytest.mark.parametrize("before", ["menu", "pwede padagdag sa order ko", "my orders"])
async def test_a_wish_to_cancel_with_its_reason_is_asked_back(shop: Shop, ana: Chat, text: str, before: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await buys(ana, "mug")
    await ana.says(before)
    await ana.says(text)
    ana.hears(number, "?")
    assert '"order.cancel"' in (await shop.turns(ana))[-1].state_after
    assert await shop.look("SELECT order_status FROM orders") == "pending"


@pytest.mark.parametrize("text", ["anong courier po", "sino po courier?", "what courier po?"])
async def test_the_courier_of_an_order_on_its_way_is_its_own(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("courier", "We send with many.")
    await has_order(shop, ana, "shipped")
    await ana.says(text)
    ana.hears("J&T Express", "JT0012345678")


@pytest.mark.parametrize("text", ["sira po", "basag po yung dumating", "mali po yung item na dumating"])
async def test_what_is_wrong_is_not_asked_again(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await ana.says(text)
    await ana.taps("Ituloy nang wala")
    assert await shop.texts("SELECT reason FROM order_returns") == [text]


async def test_a_payment_that_nobody_has_looked_at_is_spoken_of_where_the_shop_cancels(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await buys(ana, "mug", pay="GCash")
    await ana.sends_picture(photo())
    await moves(shop, number, "cancelled", reason="It broke here.")
    ana.hears("It broke here.", "We still look at the payment that you sent")
    assert not any("nothing to pay" in words for words in ana.heard)


@pytest.mark.parametrize("text", ["sn n po order ko", "sn na po yung order ko", "nsan na po order ko"])
async def test_where_it_is_in_few_letters(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await buys(ana, "mug")
    await ana.says(text)
    ana.hears(number)


@pytest.mark.parametrize("text", ["can you add one more of the same?", "pa add pa po ng isa sa order ko"])
async def test_one_more_of_the_same_is_one_more_of_the_only_line(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await ana.says(text)
    ana.hears("2 × Blue mug", "₱320.00")


async def test_a_question_while_pictures_of_a_return_are_asked_is_answered(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("refund", "Within a week.")
    await has_order(shop, ana, "delivered")
    await ana.says("may basag po")
    await ana.says("gaano katagal ang refund?")
    ana.hears("Within a week.")
    await ana.says("wala na po")
    assert await shop.texts("SELECT reason FROM order_returns") == ["may basag po"]
