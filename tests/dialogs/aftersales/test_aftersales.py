"""What comes after an order, step by step: nothing is done before it was shown, and old buttons find their way."""

import pytest
from msgspec.structs import replace

from bot.messenger.events import TextMessage
from dialogs.engine.heard import Vented
from dialogs.engine.state import Idle, State
from dialogs.reading.context import Context, Offered
from dialogs.reading.hear import hear
from dialogs.states import (
    CancellingOrder,
    ReviewingCart,
    ViewingOrder,
    WaitingForPerson,
)
from dialogs.states_after import (
    ChangingItems,
    ChoosingOrder,
    ChoosingReturn,
    ChoosingReviewed,
    ConfirmingDelivery,
    ConfirmingItems,
    EnteringDelivery,
    RatingOrder,
    SayingReturnReason,
    ShowingReturn,
    WritingReview,
)
from dialogs.states_looking import (
    ViewingProduct,
)
from replies.taps import SetLanguage
from replies.taps_after import ConfirmDelivery, ConfirmItems, RateOrder, ReturnBecause, SeeReviews, SendReturn
from repository.aftersales import changing, leaving, returning, reviews
from repository.catalogue import search
from repository.database.errors import (
    NotChangeable,
    NothingToOrder,
    NotReturnable,
    NotReviewable,
    OutOfStock,
    UnknownOrder,
    UnknownZone,
)
from repository.orders import placed_orders
from repository.orders.placed_orders import OrderPage
from tests.dialogs.stock import NOTHING, ORDER, SHOP, SUMMARY
from tests.support.chat import NOON, Chat

NOBODY = {placed_orders.orders: OrderPage(items=(), page=1, pages=1)}
DELIVERED = replace(SUMMARY, status="delivered", can_cancel=False)


def at(chat: Chat) -> State:
    return chat.state


def changed(chat: Chat) -> list[str]:
    return [asked.name for asked in chat.asks if asked.name.startswith(("changing.change", "returning.request"))]


@pytest.mark.parametrize("language", ["en", "fil"])
def test_an_address_piece_by_piece(language: str) -> None:
    chat = Chat(SHOP, language=language).says("change address").hears("ORD-20261125-K7M2Q9XA")
    assert at(chat) == EnteringDelivery(order_id=61)
    chat.says("12 Mabini St").says("Brgy San Roque, Marikina City")
    assert isinstance(at(chat), ConfirmingDelivery)
    assert not changed(chat)
    chat.says("oo").hears("✅")
    assert changed(chat) == ["changing.change_delivery"]
    assert at(chat) == ViewingOrder(order_id=61)


def test_what_is_no_address_is_asked_again() -> None:
    chat = Chat(SHOP).says("change address").says("hi po").hears("couldn't read an address")
    chat.says("change phone").hears("Which number")
    assert isinstance(at(chat), EnteringDelivery)


def test_a_confirmation_of_another_order_changes_nothing() -> None:
    chat = Chat(
        SHOP, state=ConfirmingDelivery(order_id=61, line1="12 Mabini St", city="Marikina", province="Metro Manila")
    )
    chat.taps(ConfirmDelivery(order_id=99))
    assert not changed(chat)
    chat = Chat(SHOP, state=ConfirmingItems(order_id=61)).taps(ConfirmItems(order_id=99))
    assert not changed(chat)


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (NotChangeable("status", status="shipped"), "already on its way"),
        (NotChangeable("paid", status="confirmed"), "a person has to do this"),
        (UnknownZone(), "can't tell the shipping fee"),
    ],
)
def test_a_change_that_is_refused_says_why(refusal: Exception, said: str) -> None:
    chat = Chat(SHOP)
    chat.answers[changing.preview_delivery] = refusal
    chat.says("change address to 12 Mabini St, Brgy San Roque, Marikina City").hears(said)
    assert at(chat) == ViewingOrder(order_id=61)


def test_items_by_name_and_number() -> None:
    chat = Chat(SHOP).says("alisin nyo po yung mug sa order ko")
    assert [item.quantity for item in chat.asked(changing.preview_items)["items"]] == [0]  # type: ignore[attr-defined]
    chat = Chat(SHOP).says("make it 4 mug in my order po, change quantity").hears("₱350.00")
    assert isinstance(at(chat), ConfirmingItems)
    chat.taps("Oo, palitan" if chat.language == "fil" else "Yes, change it")
    assert changed(chat) == ["changing.change_items"]


def test_items_that_cannot_be_had_and_items_that_nobody_knows() -> None:
    chat = Chat(SHOP)
    chat.answers[changing.preview_items] = OutOfStock(left=1, product_id=7, product="Blue mug")
    chat.says("add 5 mug to my order").hears("only 1 of Blue mug")
    assert at(chat) == ChangingItems(order_id=61)
    chat.answers[search.search] = NOTHING
    chat.says("unicorn").hears("couldn't find that", "unicorn")
    chat.answers[changing.preview_items] = NothingToOrder()
    chat.says("remove mug").hears("Cancel order")
    assert at(chat) == CancellingOrder(order_id=61)


def test_with_two_orders_the_one_that_is_meant_is_asked() -> None:
    chat = Chat(SHOP)
    two = (SUMMARY, replace(SUMMARY, id=62, order_number="ORD-20261126-P3R8T2YZ"))
    chat.answers[placed_orders.orders] = OrderPage(items=two, page=1, pages=1)
    chat.says("cancel order").hears("Which order do you mean?")
    assert at(chat) == ChoosingOrder(wish="cancel", said="cancel order")
    chat.says("P3R8T2YZ").hears("Cancel order")
    assert chat.asked(placed_orders.order)["order_id"] == 62
    chat = Chat(SHOP, state=ViewingOrder(order_id=62))
    chat.answers[placed_orders.orders] = OrderPage(items=two, page=1, pages=1)
    chat.says("change phone 0917 123 4567")
    assert chat.asked(placed_orders.order)["order_id"] == 62, "the one on show"


def test_without_an_order_a_wish_is_a_text_like_any_other() -> None:
    for text in ("change address", "return ko po", "order again", "cancel order", "wala pa po"):
        chat = Chat(SHOP | NOBODY).says(text)
        assert not isinstance(at(chat), EnteringDelivery | ChoosingReturn | ReviewingCart | CancellingOrder), text


def test_a_return_of_some_pieces() -> None:
    chat = Chat(SHOP)
    chat.answers[placed_orders.orders] = OrderPage(items=(DELIVERED,), page=1, pages=1)
    chat.says("i want to return an item").hears("2 × Blue mug").taps("Blue mug").hears("How many of Blue mug").taps("1")
    chat.taps("That's all")
    assert isinstance(at(chat), SayingReturnReason)
    chat.taps("Wrong item")
    assert isinstance(at(chat), ShowingReturn)
    chat.taps("Go on without").hears("Our team will look at your return")
    assert chat.asked(returning.request)["reason"] == "wrong_item"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("too_late", "within 7 days"),
        ("asked_already", "already"),
        ("not_delivered", "hasn't reached"),
        ("nothing_left", "nothing left"),
    ],
)
def test_a_return_that_is_not_possible(reason: str, said: str) -> None:
    chat = Chat(SHOP)
    chat.answers[returning.returnable] = NotReturnable(reason, days=7)
    chat.presses("return_order:61").hears(said)


def test_old_buttons_of_a_return_begin_anew() -> None:
    for tap in (SendReturn(order_id=61), ReturnBecause(order_id=61, reason="damaged")):
        chat = Chat(SHOP).taps(tap)
        assert isinstance(at(chat), ChoosingReturn)
        assert not changed(chat)


def test_stars_for_one_of_several_products() -> None:
    chat = Chat(SHOP).taps(RateOrder(order_id=61, rating=4)).hears("Which one is it for?")
    assert at(chat) == ChoosingReviewed(order_id=61, rating=4)
    chat.taps("Linen shirt")
    assert chat.asked(reviews.keep)["product_ids"] == (8,)
    chat.says("soft and light").hears("Our team reads it")
    assert chat.asked(reviews.keep)["words"] == "soft and light"
    assert at(chat) == WritingReview(order_id=61, product_ids=(8,), rating=4, said=True)
    chat.says("mug").hears("Blue mug")


def test_a_question_in_the_middle_of_a_review_is_answered() -> None:
    chat = Chat(SHOP, state=RatingOrder(order_id=61)).says("how much is shipping?").hears("Metro Manila")
    assert at(chat) == Idle()


def test_nothing_to_review() -> None:
    chat = Chat(SHOP)
    chat.answers[reviews.reviewable] = NotReviewable()
    chat.says("review").hears("nothing delivered")
    chat.says("⭐⭐⭐⭐⭐")
    assert at(chat) == Idle()


def test_what_others_think() -> None:
    Chat(SHOP).taps(SeeReviews(product_id=7)).hears("⭐ 4.5 · Blue mug: 2 reviews", "⭐⭐⭐⭐⭐ Ben", "Ang ganda!")
    Chat(SHOP, state=ViewingProduct(product_id=7)).says("reviews").hears("Blue mug: 2 reviews")


def test_somebody_elses_order_gets_nothing_of_it() -> None:
    for payload in ("change_delivery:62", "change_items:62", "set_item:62:1:2", "add_item:62:7", "pick_order:62"):
        chat = Chat(SHOP)
        chat.answers |= {placed_orders.order: UnknownOrder(), changing.lines_of: UnknownOrder()}
        chat.presses(payload).hears("can't find that order among yours")


def test_anger_and_its_calm_word_keep_the_state() -> None:
    chat = Chat(SHOP, state=ViewingOrder(order_id=ORDER.id)).says("scam kayo!!").hears("Pasensya na po")
    assert at(chat) == ViewingOrder(order_id=ORDER.id)
    assert chat.asked(leaving.complain)["words"] == "scam kayo!!"


def test_a_wish_is_left_for_the_person_who_was_asked_for_and_stop_is_heard() -> None:
    chat = Chat(SHOP, state=WaitingForPerson(since=NOON)).says("cancel order").hears("Our team will read")
    chat.says("stop").hears("no more promos")
    assert chat.asks[-1].function is leaving.stop_promos


def test_what_stands_on_a_button_is_no_anger() -> None:
    offered = [Offered(title="😡", payload="set_language:fil")]
    event = TextMessage(page_id="1", psid="2", sent_at=NOON, text="😡")
    assert hear(event, Context(offered=offered)) == SetLanguage(language="fil")
    assert hear(event) == Vented(text="😡", mood="signs")
