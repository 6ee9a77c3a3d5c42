"""Checkout: from the cart to a placed order, with everything that can come in between."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from dialogs.states import (
    AskingAddress,
    AskingLandmark,
    AskingRecipient,
    ChoosingPayment,
    EnteringPromo,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
)
from replies.taps import BuyNow, Checkout, Confirm, OpenCart, PayWith, SetLanguage
from repository.chats import shoppers
from repository.database.errors import NothingToOrder, OutOfStock, PromoRefused
from repository.orders import addresses, carts, placed_orders, placing, shipping
from repository.orders.coming import suki
from repository.orders.coming.suki import Usual
from repository.orders.placed_orders import PriceChanged
from repository.wording import canned
from repository.wording.canned import CannedReply
from tests.dialogs.checkout.answers import ADDRESS, at_payment, at_summary, drafted, nonce_of
from tests.dialogs.stock import CART, HOME, NO_CART, ORDER, PLACED, QUOTE, SHOP
from tests.support.chat import RULES, Chat


def test_a_whole_purchase_with_few_messages() -> None:
    chat = Chat(SHOP).taps(Checkout()).hears("Who will receive")
    chat.taps("Ana Reyes").hears("Which number")
    chat.says("0917 123 4567").hears("Where shall we deliver")
    chat.says(ADDRESS).hears("landmark")
    chat.taps("Skip").hears("Shipping to Marikina (Metro Manila): ₱85.00, 1-3 days", "How would you like to pay")
    assert drafted(chat) == replace(
        ORDER.delivery, address_line1="12 Mabini St", region="National Capital Region", postal_code="1801"
    )
    chat.taps("Cash on delivery").hears("Blue mug", "Total: ₱205.00", "12 Mabini St", "0917 123 4567")
    nonce = nonce_of(chat)
    chat.taps("✅ Confirm order").hears("ORD-20261125-K7M2Q9XA", "Thank you, Ana", '"template_type":"receipt"')
    asked = chat.asked(placed_orders.place)
    assert asked["nonce"] == nonce
    assert asked["expected_total"] == Decimal("205.00")
    assert (asked["zone_id"], asked["payment_method"], asked["address_id"]) == (1, "cod", 53)
    assert chat.state == OrderPlaced(order_id=61, nonce=nonce)


@pytest.mark.parametrize("word", ["yes", "Yes!", "oo", "opo", "sige po", "go", "ok confirm", "confirm", "place order"])
def test_a_typed_yes_uses_the_nonce_of_the_summary(word: str) -> None:
    chat = at_summary()
    nonce = nonce_of(chat)
    chat.says(word).hears("ORD-20261125-K7M2Q9XA")
    assert chat.asked(placed_orders.place)["nonce"] == nonce


def test_the_earlier_bots_confirm_places_the_order_on_show() -> None:
    at_summary().presses("CONFIRM_ORDER").hears("Thank you, Ana")


def test_a_second_confirm_answers_with_the_order_already_placed() -> None:
    chat = at_summary()
    payload = next(one.payload for one in chat.offered if "Confirm" in one.title)
    chat.taps("✅ Confirm order")
    chat.answers[placing.placed_with] = replace(PLACED, already=True)
    chat.presses(payload).hears("already placed", "ORD-20261125-K7M2Q9XA")
    chat.says("yes").hears("already placed")
    chat.presses("CONFIRM_ORDER").hears("already placed")
    assert not any(asked.function is placed_orders.place for asked in chat.asks)


def test_an_older_summarys_confirm_shows_the_latest_one() -> None:
    chat = at_summary().taps(Confirm(nonce="older")).hears("older summary", "Total: ₱205.00")
    assert not any(asked.function is placed_orders.place for asked in chat.asks)


def test_two_taps_on_one_confirm_give_one_order() -> None:
    chat = at_summary()
    chat.answers[placed_orders.place] = replace(PLACED, already=True)
    chat.taps("✅ Confirm order").hears("already placed", "only once")
    assert "receipt" not in chat.text


def test_a_changed_price_is_shown_and_asked_again_with_a_new_nonce() -> None:
    chat = at_summary()
    before = chat.state
    dearer = replace(QUOTE, total=Decimal("225.00"))
    chat.answers[placed_orders.place] = PriceChanged(quote=dearer)
    chat.says("yes").hears("a price changed", "Total: ₱225.00")
    assert isinstance(before, ReviewingOrder)
    assert isinstance(chat.state, ReviewingOrder)
    assert chat.state.nonce != before.nonce
    assert chat.state.total == Decimal("225.00")
    chat.answers[placed_orders.place] = PLACED
    chat.says("oo").hears("Thank you")
    assert chat.asked(placed_orders.place)["expected_total"] == Decimal("225.00")


def test_what_sold_out_leads_back_to_the_cart() -> None:
    chat = at_summary()
    chat.answers[placed_orders.place] = OutOfStock(left=1, product_id=7, product="Blue mug")
    chat.taps("✅ Confirm order").hears("Blue mug has only 1 left", "Your cart")
    assert isinstance(chat.state, ReviewingCart)
    chat.taps("Checkout").hears("Total: ₱205.00")


def test_an_empty_cart_cannot_be_ordered() -> None:
    chat = at_summary()
    chat.answers |= {placed_orders.place: NothingToOrder(), carts.cart: NO_CART}
    chat.says("yes").hears("Your cart is empty")
    chat.says("checkout").hears("Your cart is empty")


def test_cancel_leaves_the_cart_and_says_so() -> None:
    chat = at_summary().says("cancel").hears("checkout stopped", "just as it was", "Blue mug")
    assert chat.state == ReviewingCart()
    assert not any(asked.function is carts.empty for asked in chat.asks)


def test_back_goes_one_question_back_and_keeps_what_was_given() -> None:
    chat = at_payment().says("back").hears("landmark")
    chat.says("back").hears("Now: 12 Mabini St, San Roque, Marikina, Metro Manila")
    chat.says("back").hears("Now: 0917 123 4567")
    chat.says("back").hears("Now: Ana Reyes")
    chat.taps("Keep as is").hears("How would you like to pay")
    chat.says("bumalik").says("balik").says("back po").says("0918 765 4321").hears("How would you like to pay")
    assert drafted(chat).phone == "+639187654321"


def test_a_question_in_the_middle_is_answered_and_does_not_become_the_address() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana Reyes").says("09171234567")
    chat.answers[canned.best] = CannedReply(1, "magkano shipping", "Mula ₱79 po.", "shipping")
    chat.says("magkano shipping?").hears("Mula ₱79 po.", "Saan po ihahatid?")
    assert isinstance(chat.state, AskingAddress)
    chat.says(ADDRESS)
    assert isinstance(chat.state, AskingLandmark)


@pytest.mark.parametrize(
    ("typed", "method"),
    [("COD", "cod"), ("cash on delivery po", "cod"), ("g-cash", "gcash"), ("Gcash nalang", "gcash")],
)
def test_a_way_to_pay_can_be_typed(typed: str, method: str) -> None:
    at_payment().says(typed).hears("Total")
    chat = at_payment().says(typed)
    assert chat.asked(placed_orders.quote)["payment_method"] == method


def test_a_way_to_pay_that_the_shop_does_not_take() -> None:
    chat = at_payment().says("bank transfer").hears("We can't take “bank transfer”", "How would you like to pay")
    chat.presses("PAY_BANK").hears("We can't take")
    chat.presses("PAY_GCASH").hears("Total")


def test_one_way_to_pay_is_not_asked() -> None:
    chat = Chat(SHOP)
    chat.rules = replace(RULES, payment_methods=("cod",))
    chat.answers |= {suki.usual: Usual(addresses=(HOME,)), addresses.addresses: (HOME,)}
    chat.taps(Checkout()).says("yes").hears("Total: ₱205.00")


def test_a_promo_code() -> None:
    chat = at_summary()
    cheaper = replace(QUOTE, discount=Decimal(50), total=Decimal("155.00"), promo_code="SUKI50")
    chat.answers[placed_orders.quote] = lambda promo_code, **_: cheaper if promo_code else QUOTE
    chat.taps("Add promo code").hears("What's your promo code").says("code ko po SUKI50").hears("SUKI50", "₱155.00")
    assert chat.asked(placed_orders.quote)["promo_code"] == "SUKI50"
    chat.taps("Remove promo code").hears("Total: ₱205.00")
    chat.says("suki50").hears("₱155.00")


def test_a_promo_code_that_cannot_be_used() -> None:
    chat = at_summary()
    chat.answers[placed_orders.quote] = lambda promo_code, **_: (
        PromoRefused("minimum", minimum=Decimal(799)) if promo_code else QUOTE
    )
    chat.taps("Add promo code").says("SUKI50").hears("orders of ₱799.00 or more")
    assert isinstance(chat.state, EnteringPromo)
    chat.taps("Go on without").hears("Total: ₱205.00")


def test_a_promo_that_ended_meanwhile_is_said_and_the_total_asked_again() -> None:
    chat = at_summary()
    chat.answers[placed_orders.place] = PromoRefused("used_up")
    chat.says("yes").hears("used up", "Total: ₱205.00")
    assert isinstance(chat.state, ReviewingOrder)


@pytest.mark.parametrize("part", ["Address", "Recipient", "Phone", "Landmark", "Payment"])
def test_each_part_can_be_changed_or_kept(part: str) -> None:
    chat = at_summary().taps("Change").taps(part)
    chat.taps("Keep as is").hears("Total: ₱205.00")


def test_no_at_the_summary_asks_what_to_change() -> None:
    at_summary().says("hindi").hears("what would you like to change").says("address").hears("Where shall we deliver")
    at_summary().says("no").says("wala").hears("Total: ₱205.00")


def test_a_like_at_the_summary_orders_nothing() -> None:
    chat = at_summary().says("👍").hears("Tap “✅ Confirm order” to place it")
    assert not any(asked.function is placed_orders.place for asked in chat.asks)


@pytest.mark.parametrize("kind", ["image", "audio", "video", "file", "location", "sticker"])
def test_whatever_is_sent_is_answered_and_the_question_asked_again(kind: str) -> None:
    chat = Chat(SHOP).taps(Checkout()).sends(kind, url="https://x.example/1").hears("Who will receive")
    assert isinstance(chat.state, AskingRecipient)
    at_summary().sends(kind).hears("₱205.00")


@pytest.mark.parametrize("word", ["help", "shipping", "promos"])
def test_help_fees_and_promos_do_not_lose_the_order(word: str) -> None:
    chat = at_payment()
    payload = {"help": "help", "shipping": "shipping_info", "promos": "view_promos"}[word]
    chat.presses(payload).hears("How would you like to pay")
    assert isinstance(chat.state, ChoosingPayment)


def test_the_language_changes_in_the_middle() -> None:
    chat = at_payment().says("tagalog").hears("Paano po ang bayad?")
    assert chat.language == "fil"
    assert chat.asked(shoppers.set_language)["language"] == "fil"
    chat.taps(SetLanguage(language="en")).hears("How would you like to pay")


def test_the_cart_in_the_middle_keeps_what_was_given() -> None:
    chat = at_payment().taps(OpenCart()).hears("Your cart").says("checkout").hears("How would you like to pay")
    assert isinstance(chat.state, ChoosingPayment)


def test_buy_now_goes_straight_to_checkout() -> None:
    Chat(SHOP).taps(BuyNow(product_id=7)).hears("Who will receive")


def test_a_cart_that_is_short_is_shown_before_anything_is_asked() -> None:
    chat = Chat(SHOP)
    short = replace(CART, lines=(replace(CART.lines[0], quantity=12),))
    chat.answers[carts.cart] = short
    chat.taps(Checkout()).hears("only 9 left", "Some items are short")


def test_pay_buttons_of_old_chats_point_to_the_next_step() -> None:
    Chat(SHOP).presses("PAY_COD").hears("That's a step of checkout", "Your cart is ready")
    chat = Chat(SHOP).taps(Checkout()).taps(PayWith(method="cod")).hears("Who will receive")
    chat.says("Ana").says("09171234567").says(ADDRESS).says("skip").hears("Total: ₱205.00")


def test_an_order_that_needs_verification_says_so_and_until_when() -> None:
    chat = at_payment()
    chat.answers[placed_orders.quote] = replace(QUOTE, needs_verification=True, verification_reason="amount")
    chat.says("cod").hears("verification")
    until = ORDER.created_at
    chat.answers[placed_orders.place] = replace(PLACED, needs_verification=True, verification_expires_at=until)
    chat.says("yes").hears("We verify this order first", "12:00 PM")


def test_in_filipino() -> None:
    chat = Chat(SHOP, language="fil").taps(Checkout()).hears("Sino po ang tatanggap")
    chat.says("ako po").says("0917").hears("Parang hindi po Philippine number").says("09171234567").says(ADDRESS)
    chat.taps("Skip").hears("Paano po ang bayad").says("cod").hears("I-place ko na po ba")
    chat.says("opo").hears("Salamat po, Ana")
    assert chat.asked(placed_orders.place)["language"] == "fil"
    assert chat.asked(placed_orders.order)["shopper_id"] == 1


def test_the_zone_lookup_is_the_shops() -> None:
    chat = at_payment()
    assert any(asked.function is shipping.zones for asked in chat.asks)


def test_the_part_to_change_can_be_said_at_once() -> None:
    at_summary().says("change my address").hears("Where shall we deliver", "Now: 12 Mabini St")
    at_summary().says("palitan ko address").hears("Saan po ihahatid", "Ngayon: 12 Mabini St")
    chat = at_summary().says("change").says("88 Session Road, Brgy Burnham, Baguio City").hears("landmark").says("skip")
    assert drafted(chat).city == "Baguio City"


def test_what_was_typed_for_the_payment_is_said_back() -> None:
    at_payment().says("maya po").hears("We can't take “maya po”")
    at_payment().says("installment").hears("We can't take “installment”")


@pytest.mark.parametrize("account", ["GCash 0900 000 0000 (Aling Nena)", "0900 000 0000 (Aling Nena)"])
@pytest.mark.parametrize(("language", "words"), [("en", "₱205.00 by"), ("fil", "₱205.00 sa")])
def test_an_account_that_names_the_way_to_pay_is_not_doubled(account: str, language: str, words: str) -> None:
    chat = at_payment()
    chat.language, chat.rules = language, replace(RULES, payment_account=account)
    chat.says("gcash").says("oo")
    assert chat.text.count("GCash 0900") == int(account.startswith("GCash"))
    assert (words in chat.text) or account.startswith("GCash")
