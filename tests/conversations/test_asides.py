"""What shoppers type in the middle of checkout that answers nothing: it is answered, and never taken for an answer."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import ADDRESS, COD, comes_to_payment, comes_to_summary, puts_in_cart


@pytest.mark.parametrize(
    "text",
    ["do you have red ones?", "pwede po ba hulugan?", "wait lang po", "buy now", "cod po", "paano po umorder?"],
)
async def test_a_question_a_wish_or_a_pause_is_no_name(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says(text)
    ana.sees_buttons("Ana Cruz")
    ana.hears("Sino po ang tatanggap" if "po" in text.split() else "Who will receive")
    await ana.taps("Ana Cruz")
    await ana.says("0917 123 4567", ADDRESS)
    await ana.taps("Skip")
    if text != "cod po":
        await ana.taps(COD)
    ana.hears("Ana Cruz", COD)


@pytest.mark.parametrize("text", ["magkano po lahat?", "magkano total", "how much is the total?", "total po?"])
async def test_the_total_is_said_at_any_question(shop: Shop, ana: Chat, text: str) -> None:
    await shop.answers("price", "Type the name of a product.")
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says(text)
    ana.hears("1 item, ₱120.00", "₱80.00")
    ana.hears_no(text, "Type the name")
    ana.sees_buttons(COD)


async def test_the_total_of_a_cart_is_its_summary(shop: Shop, ana: Chat) -> None:
    await shop.answers("magkano", "I-type ang pangalan ng produkto.", language="fil")
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("magkano po lahat")
    ana.hears("1 item, ₱120.00 (wala pa ang shipping)")


async def test_a_product_asked_for_at_a_question_is_shown_and_the_question_asked_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Steel kettle", price="600.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("do you have a kettle?")
    ana.sees_cards("Steel kettle")
    ana.hears("full name")
    await ana.taps("Add to cart")
    await ana.taps("Checkout")
    await ana.says("Ana")
    ana.hears("Which number")


async def test_another_part_may_be_changed_at_any_question(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says("wait change my address")
    ana.hears("Where shall we deliver?")
    await ana.says("5 Rizal St, Brgy Sto Nino, Makati")
    await ana.says("skip")
    ana.hears("Shipping to Makati")


async def test_a_saint_is_no_question(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("San Pedro Calungsod", "0917 123 4567", "12 Mabini", "San Roque")
    ana.hears("Which city")


async def test_a_typed_yes_is_no_way_to_pay(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says("yes")
    ana.hears_no("“yes”")
    ana.sees_buttons(COD)


async def test_confirm_of_the_summary_above_shows_it_again_where_a_promo_code_is_asked(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.taps("Add promo code")
    await ana.taps("✅ Confirm order")
    ana.hears("Total: ₱200.00")
    assert await shop.count("orders") == 0
    await ana.taps("✅ Confirm order")
    assert await shop.count("orders") == 1


async def test_a_changed_quantity_keeps_the_order_that_was_being_made(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("change")
    await ana.taps("Items")
    await ana.taps("Change items")
    await ana.taps("3")
    ana.hears("3 × Blue mug")
    await ana.taps("Checkout")
    ana.hears("3 × Blue mug", "12 Mabini St", COD, "Total: ₱440.00")


async def test_a_cart_that_is_not_emptied_keeps_the_order_too(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says("cart", "empty cart", "no", "checkout")
    ana.sees_buttons(COD)


async def test_an_address_that_is_not_there_loses_nothing(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    number = await shop.look("SELECT id FROM user_addresses")
    await comes_to_payment(ben, "mug")
    await shop.gets(ben, "postback", {"mid": "m_1", "title": "Yes, deliver there", "payload": f"use_address:{number}"})
    await ben.says("cod")
    ben.hears("Ben Santos", COD)
    ben.hears_no("Ana Cruz")


@pytest.mark.parametrize("text", ["C.O.D.", "c.o.d po", "cash on delivery na lang"])
async def test_cash_on_delivery_in_any_spelling(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says(text)
    ana.hears("Cash on delivery", "Total: ₱200.00")


async def test_thanks_are_no_way_to_pay(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says("thank you so much")
    ana.hears_no("“thank you")
    ana.sees_buttons(COD)


async def test_the_summary_takes_a_phone_and_the_name_of_a_part(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("0999 123 4567")
    ana.hears("Ana Cruz, 0999 123 4567", "Total: ₱200.00")
    await ana.says("phone please")
    ana.hears("Which number")
    await ana.says("0918 123 4567")
    ana.hears("Ana Cruz, 0918 123 4567")


async def test_a_promo_code_is_taken_out_again_by_typing(shop: Shop, ana: Chat) -> None:
    await shop.promo("SAVE20", kind="fixed_amount", value="20")
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("SAVE20")
    ana.hears("Total: ₱180.00")
    await ana.says("remove promo")
    ana.hears("Total: ₱200.00")
    await ana.says("promo SAVE20")
    ana.hears("Total: ₱180.00")
    await ana.says("remove promo", "apply ko po SAVE20")
    ana.hears("Total: ₱180.00")
    await ana.says("PLEASE HURRY UP")
    ana.hears_no("HURRY")
    ana.hears("₱180.00")


async def test_here_in_a_city_is_no_street(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana", "0917 123 4567", "dito lang po sa marikina")
    ana.hears("house number at street")
    await ana.says("12 Mabini St, Brgy San Roque")
    await ana.says("skip", "cod")
    ana.hears("12 Mabini St, San Roque, Marikina, Metro Manila")


async def test_order_alone_is_no_thanks(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("order")
    ana.hears_no("Glad to help")


@pytest.mark.parametrize(
    ("text", "method"), [("maya po", "Maya"), ("bank transfer", "Bank transfer"), ("gkash nlng po", "GCash")]
)
@pytest.mark.parametrize("question", ["barangay", "landmark"])
async def test_a_way_to_pay_that_the_shop_takes_is_no_address(
    shop: Shop, ana: Chat, text: str, method: str, question: str
) -> None:
    await shop.sets(payment_methods=("cod", "gcash", "paymaya", "bank_transfer"))
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana", "0917 123 4567", "12 Mabini St" if question == "barangay" else ADDRESS)
    await ana.says(text)
    ana.hears(question)
    await ana.says(*(("San Roque", "Marikina") if question == "barangay" else ()), "skip")
    ana.hears("12 Mabini St", method, "Total: ₱200.00")
    ana.hears_no(text)


@pytest.mark.parametrize("text", ["maya po", "bank transfer"])
async def test_a_way_to_pay_that_the_shop_does_not_take_is_no_landmark_either(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana", "0917 123 4567", ADDRESS, text)
    ana.hears("landmark")
    await ana.says("skip")
    await ana.says("cod")
    ana.hears("12 Mabini St", COD, "Total: ₱200.00")
    ana.hears_no(text)


@pytest.mark.parametrize("name", ["Maya", "Maya po"])
async def test_somebody_may_be_called_maya(shop: Shop, ana: Chat, name: str) -> None:
    await shop.sets(payment_methods=("cod", "paymaya"))
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says(name, "0917 123 4567", ADDRESS, "skip", "cod")
    ana.hears("Maya", COD)


async def test_a_bank_is_a_landmark(shop: Shop, ana: Chat) -> None:
    await shop.sets(payment_methods=("cod", "bank_transfer"))
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana", "0917 123 4567", ADDRESS, "BDO", "cod")
    ana.hears("BDO", COD)
