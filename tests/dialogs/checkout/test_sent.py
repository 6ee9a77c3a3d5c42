"""What is no text, in the middle of an order and outside of one: kept, filled in, answered; nothing is lost."""

import pytest
from msgspec.structs import replace

from bot.messenger.events import CustomerInformation, MessageEdit, Reaction, TextMessage, Unsend
from bot.messenger.parts import Answer, Booking
from dialogs.engine.sent import Edited
from dialogs.engine.state import Idle, State
from dialogs.states import (
    AskingAddress,
    AskingLandmark,
    AskingPhone,
    AskingRecipient,
    Draft,
    OrderPlaced,
    ReviewingOrder,
)
from dialogs.states_looking import (
    Searching,
    ViewingProduct,
)
from repository.aftersales import calling
from repository.catalogue import search
from repository.orders import carts, placed_orders
from repository.referrals import pins
from tests.dialogs.stock import NO_CART, SHOP
from tests.support.chat import NOON, Chat, a_turn, decide

WHOLE = Draft(
    recipient="Ana Reyes", phone="+639171234567", line1="12 Mabini St", barangay="San Roque", city="Marikina",
    province="Metro Manila", region="National Capital Region", zone_id=1, address_id=51, payment_method="cod",
    asked=("landmark",),
)  # fmt: skip
FORM = {
    "name": "Ana Cruz", "phone": "0917 123 4567", "address_line_1": "12 Mabini St", "address_line_2": "San Roque",
    "locality": "Marikina", "administrative_area": "Metro Manila", "country": "PH", "zipcode": "1801",
}  # fmt: skip


def filled_in(answers: dict[str, str]) -> CustomerInformation:
    told = tuple(Answer(key=key, value=value) for key, value in answers.items())
    return CustomerInformation(page_id="1", psid="2", sent_at=NOON, answers=told)


def reacted(name: str, emoji: str = "") -> Reaction:
    return Reaction(page_id="1", psid="2", sent_at=NOON, mid="m", reaction=name, emoji=emoji)


def test_a_pin_is_kept_for_the_rider_until_the_address_is_another() -> None:
    chat = Chat(SHOP, state=AskingAddress(), draft=Draft(recipient="Ana", phone="+639171234567"))
    chat.sends("location", latitude=14.65, longitude=121.1).hears("Got your location", "Where shall we deliver?")
    assert chat.draft.pin == "14.650000,121.100000"
    chat.says("12 Mabini St, Brgy San Roque, Marikina City").hears("landmark")
    assert chat.draft.pin == "14.650000,121.100000"
    chat.says("https://maps.app.goo.gl/abCd sa tabi ng panaderya")
    assert (chat.draft.pin, chat.draft.landmark) == ("https://maps.app.goo.gl/abCd", "sa tabi ng panaderya")
    chat.taps("Cash on delivery").hears("pin goes to the rider")
    chat.says("yes")
    assert chat.asked(placed_orders.place)["pin"] == "https://maps.app.goo.gl/abCd"
    chat = Chat(SHOP, state=ReviewingOrder(), draft=WHOLE)
    chat.sends("location", latitude=1.0, longitude=2.0)
    assert chat.draft.pin == "1.000000,2.000000"
    chat = Chat(SHOP, state=ReviewingOrder(), draft=replace(WHOLE, pin="1.000000,2.000000"))
    chat.says("please send it to 45 Sampaguita St, Brgy Holy Spirit, Quezon City instead")
    assert chat.draft.pin == ""


def test_a_pin_outside_of_checkout() -> None:
    chat = Chat(SHOP).sends("location", latitude=1.0, longitude=2.0).hears("check out")
    assert chat.draft.pin == "1.000000,2.000000"
    chat.answers |= {carts.cart: NO_CART, pins.pin_open_order: "ORD-20261125-K7M2Q9XA"}
    chat.sends("location", latitude=3.0, longitude=4.0).hears("rider of your order ORD-20261125-K7M2Q9XA")
    chat.sends("location").hears("type the address")


def test_the_form_fills_the_order() -> None:
    chat = Chat(SHOP, state=AskingRecipient()).does(filled_in(FORM)).hears("Got your details", "landmark")
    draft = chat.draft
    assert (draft.recipient, draft.phone, draft.city, draft.postal_code) == (
        "Ana Cruz", "+639171234567", "Marikina", "1801",
    )  # fmt: skip
    assert (draft.line1, draft.barangay) == ("12 Mabini St", "San Roque")
    Chat(SHOP).does(filled_in(FORM)).hears("Got your details", "landmark")
    chat = Chat(SHOP)
    chat.answers[carts.cart] = NO_CART
    assert chat.does(filled_in(FORM)).hears("use them at checkout").draft.city == "Marikina"


@pytest.mark.parametrize(
    "answers", [{}, {"name": "   "}, {"name": "123"}, {"phone": "none"}, {"country": "PH"}, {"unheard_of": "x" * 5000}]
)
def test_a_form_with_nothing_in_it(answers: dict[str, str]) -> None:
    Chat(SHOP, state=AskingPhone()).does(filled_in(answers)).hears("without anything", "Which number")
    assert Chat(SHOP).does(filled_in(answers)).hears("without anything").draft == Draft()


def test_a_long_form_fits() -> None:
    chat = Chat(SHOP, state=AskingRecipient())
    chat.does(filled_in({"name": "A" * 5000, "address_line_1": "<b>1 St</b>" * 900, "locality": "Marikina"}))
    assert len(chat.draft.recipient) <= 100
    assert len(chat.draft.line1) <= 255


@pytest.mark.parametrize(("name", "emoji"), [("dislike", "👎"), ("other", "👎🏿"), ("angry", ""), ("sad", "😢")])
def test_a_thumb_down_is_no_thumb_up(name: str, emoji: str) -> None:
    Chat(SHOP).does(reacted(name, emoji)).hears("Sorry about that", "Talk to a person")
    chat = Chat(SHOP, state=ReviewingOrder(nonce="n"), draft=WHOLE).does(reacted(name, emoji))
    chat.hears("Sorry about that", "Confirm order")
    assert chat.state == ReviewingOrder(nonce="n")


def test_a_heart_orders_nothing() -> None:
    chat = Chat(SHOP, state=ReviewingOrder(nonce="n"), draft=WHOLE).does(reacted("like", "👍")).hears("Tap “✅ Confirm")
    assert not [asked for asked in chat.asks if asked.function is placed_orders.place]
    decided, _ = decide(Idle(), Edited(text="x"), SHOP, a_turn())
    assert decided.replies == []


def test_an_answer_that_was_changed_is_the_new_answer() -> None:
    draft = Draft(recipient="Ana Crz")
    decided, _ = decide(AskingPhone(), Edited("Ana Cruz", AskingRecipient()), SHOP, a_turn(draft=draft))
    assert decided.draft is not None
    assert (decided.state, decided.draft.recipient) == (AskingPhone(), "Ana Cruz")
    decided, _ = decide(ReviewingOrder(nonce="old"), Edited("0918 765 4321", AskingPhone()), SHOP, a_turn(draft=WHOLE))
    assert decided.state != ReviewingOrder(nonce="old"), "nothing old is placed"
    assert decided.draft is not None
    assert decided.draft.phone == "+639187654321"
    decided, _ = decide(AskingLandmark(), Edited("hello", Idle()), SHOP, a_turn(draft=WHOLE))
    assert decided.state == AskingLandmark()
    assert decided.draft == WHOLE


def test_a_changed_search_is_answered_and_nothing_is_done_twice() -> None:
    decided, asks = decide(Searching(text="mgu"), Edited("mug", Idle()), SHOP, a_turn())
    assert any(asked.function is search.search for asked in asks)
    assert decided.replies
    standing: tuple[tuple[State, str, State], ...] = (
        (ViewingProduct(product_id=7), "mine 2", Idle()),
        (Idle(), "cart", Idle()),
        (OrderPlaced(order_id=1), "2 mugs", Idle()),
    )
    for state, text, was in standing:
        decided, asks = decide(state, Edited(text, was), SHOP, a_turn())
        assert not any(asked.function in (carts.add_line, placed_orders.place) for asked in asks)
        assert [reply.name for reply in decided.replies] == ["sent.edit"]
    for edit in (Edited("yes please", OrderPlaced(order_id=1)), Edited("mug"), Edited("", Idle())):
        decided, asks = decide(OrderPlaced(order_id=1), edit, SHOP, a_turn())
        assert (list(decided.replies), asks) == ([], [])


def test_an_unsent_message_is_not_spoken_of_but_in_an_order() -> None:
    gone = Unsend(page_id="1", psid="2", sent_at=NOON, mid="m")
    Chat(SHOP, state=AskingPhone()).does(gone).hears("deleted it here", "Which number")
    edit = MessageEdit(page_id="1", psid="2", sent_at=NOON, mid="m", text="x")
    message = TextMessage(page_id="1", psid="2", sent_at=NOON, mid="m", text="y")
    assert gone.message_key == edit.message_key == message.key


def test_bookings() -> None:
    starts = 1_796_000_400
    for status, words in (
        ("requested", "Our team will look at it"), ("confirmed", "is confirmed"), ("declined", "was declined"),
        ("cancelled", "is cancelled"), ("paused", "Got your booking"),
    ):  # fmt: skip
        booking = Booking(status=status, starts=starts, timezone="Asia/Manila")
        chat = Chat(SHOP).sends("appointment_booking", booking=booking).hears(words, "30 Nov 2026, 9:00 AM")
        assert (calling.call in {asked.function for asked in chat.asks}) == (status == "requested")
        Chat(SHOP, state=AskingPhone()).sends("appointment_booking", booking=booking).hears("Which number")
    for odd in (
        Booking(),
        Booking(starts=-5),
        Booking(starts=10**18),
        Booking(starts=starts, timezone="../etc/passwd"),
    ):
        Chat(SHOP).sends("appointment_booking", booking=odd).hears("Got your booking")
