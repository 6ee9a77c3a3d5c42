"""Leaving checkout by any door and coming back: nothing is asked twice."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import ADDRESS, COD, CONFIRM, comes_to_payment, puts_in_cart

DRAFT = "SELECT draft FROM conversations"


@pytest.mark.parametrize(
    "door",
    ["my orders", "track", "menu", "talk to a person", "featured", "products", "cart", "change items", "empty cart"],
)
async def test_checkout_goes_on_where_it_was_left(shop: Shop, ana: Chat, door: str) -> None:
    await shop.stocks("Blue mug", price="120.00", featured=True)
    await puts_in_cart(ana, "mug")
    await ana.says("checkout", "Lola Nena", "0917 123 4567", ADDRESS)
    ana.hears("Any landmark")
    await ana.says(door)
    ana.hears_no("landmark")
    await ana.says("checkout")
    ana.hears("Any landmark")
    ana.hears_no("Who will receive")
    await ana.says("skip", "cod")
    ana.hears("Lola Nena, 0917 123 4567", COD)


async def test_a_search_a_product_and_a_picture_lose_nothing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Steel kettle", price="600.00")
    await comes_to_payment(ana, "mug")
    await ana.says("menu", "kettle")
    await ana.taps("Details")
    await ana.taps("Add to cart")
    await ana.likes()
    await ana.says("checkout")
    ana.hears("How would you like to pay?")
    await ana.says("cod")
    ana.hears("Steel kettle", "Blue mug", "12 Mabini St")


async def test_the_draft_ends_with_the_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    assert await shop.look(DRAFT) is None
    await comes_to_payment(ana, "mug")
    assert "12 Mabini St" in str(await shop.look(DRAFT))
    await ana.says("menu")
    assert "12 Mabini St" in str(await shop.look(DRAFT))
    await ana.says("checkout", "cod")
    await ana.taps(CONFIRM)
    ana.hears("Thank you")
    assert await shop.look(DRAFT) is None
    assert '"draft":{"recipient":"Ana Cruz"' in (await shop.turns(ana))[-1].recording


async def test_a_shopper_whose_state_0_1_0_stored_goes_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    inside = '{"recipient":"Lola Nena","phone":"+639171234567","line1":"12 Mabini St","barangay":"San Roque"}'
    await shop.run(
        "UPDATE conversations SET draft = NULL, state = %(state)s",
        state=f'{{"at":"checkout.city","draft":{inside}}}',
    )
    await ana.says("menu")
    await ana.says("checkout")
    ana.hears("Which city")
    await ana.says("Marikina", "skip", "cod")
    ana.hears("Lola Nena, 0917 123 4567", "12 Mabini St, San Roque, Marikina")


async def test_a_draft_of_long_ago_is_not_gone_on_with(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout", "Lola Nena")
    await shop.run("""UPDATE conversations SET draft = REPLACE(draft, '"kept_at":"2', '"kept_at":"1')""")
    await ana.says("checkout")
    ana.hears("Who will receive")


async def test_a_shopper_in_the_middle_of_a_question_that_is_asked_no_longer_goes_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await shop.run("""UPDATE conversations SET state = '{"at":"checkout.extra","part":"of_long_ago"}'""")
    await shop.run("""UPDATE conversations SET draft = JSON_SET(draft, '$.draft.extras', JSON_ARRAY_APPEND(
        COALESCE(JSON_EXTRACT(draft, '$.draft.extras'), JSON_ARRAY()), '$',
        JSON_OBJECT('part', 'of_long_ago', 'answer', 'Hi')))""")
    await ana.says("Happy birthday!")
    ana.hears("How would you like to pay?")
    await ana.says("cod")
    await ana.taps(CONFIRM)
    ana.hears("Thank you")
    assert await shop.look("SELECT notes FROM orders") is None
