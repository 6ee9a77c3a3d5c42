"""Orders that were placed: listed, looked at, taken back; nothing of somebody else's."""

import pytest
from msgspec.structs import replace

from dialogs.states import CancellingOrder, ListingOrders, OrderPlaced, ViewingOrder
from replies.taps import CancelOrder, ConfirmCancelOrder, MyOrders, OpenOrder
from repository.aftersales import following
from repository.database.errors import NotCancellable, UnknownOrder
from repository.orders import placed_orders
from repository.orders.placed_orders import OrderPage
from tests.dialogs.stock import ORDER, PROGRESS, SHOP, SUMMARY
from tests.support.chat import Chat


def test_my_orders_one_order_and_back() -> None:
    chat = Chat(SHOP).says("my orders po").hears("ORD-20261125-K7M2Q9XA · Confirmed", "₱205.00", "25 Nov 2026")
    chat.taps("See order").hears("1 × Blue mug", "Total: ₱205.00, Cash on delivery", "12 Mabini St")
    assert chat.state == ViewingOrder(order_id=61)
    chat.says("back").hears("Your orders").says("back").hears("What would you like to do")


def test_no_orders_yet() -> None:
    chat = Chat(SHOP)
    chat.answers[placed_orders.orders] = OrderPage(items=(), page=1, pages=1)
    chat.taps(MyOrders()).hears("no orders yet")


def test_the_list_has_pages() -> None:
    chat = Chat(SHOP)
    chat.answers[placed_orders.orders] = lambda page, **_: OrderPage(items=(SUMMARY,), page=min(page, 2), pages=2)
    chat.taps(MyOrders()).taps("More ›").hears("page 2 of 2").says("more").hears("all there is")
    chat.says("previous").hears("page 1 of 2").says("previous").hears("all there is")
    assert chat.state == ListingOrders()


@pytest.mark.parametrize("word", ["yes", "oo", "opo"])
def test_cancelling_is_confirmed_and_gives_the_stock_back(word: str) -> None:
    chat = Chat(SHOP).says("my orders").taps("Cancel order").hears("Cancel order ORD-20261125-K7M2Q9XA (₱205.00)?")
    assert chat.state == CancellingOrder(order_id=61)
    chat.says(word).hears("is cancelled", "back on our shelf")
    assert chat.asked(placed_orders.cancel)["order_id"] == 61


@pytest.mark.parametrize("word", ["no", "hindi", "cancel", "back", "wag na"])
def test_the_order_is_kept_on_anything_that_is_no_yes(word: str) -> None:
    chat = Chat(SHOP).taps(CancelOrder(order_id=61)).says(word).hears("Total: ₱205.00")
    assert not any(asked.function is placed_orders.cancel for asked in chat.asks)


def test_cancel_said_where_an_order_is_on_show_is_about_it() -> None:
    Chat(SHOP, state=OrderPlaced(order_id=61)).says("cancel").hears("Cancel order ORD-20261125-K7M2Q9XA")


def test_too_late_to_cancel() -> None:
    chat = Chat(SHOP)
    chat.answers |= {
        placed_orders.order: replace(ORDER, status="shipped", can_cancel=False),
        placed_orders.cancel: NotCancellable(status="shipped"),
    }
    chat.taps(CancelOrder(order_id=61)).hears("already on its way")
    chat.taps(ConfirmCancelOrder(order_id=61)).hears("already on its way")


PAYLOADS = [
    "open_order:62",
    "cancel_order:62",
    "confirm_cancel_order:62",
    "ORDER_62",
    "VERIFY_ID_62",
    "VERIFY_UPFRONT_62",
]


@pytest.mark.parametrize(
    "payload", [*PAYLOADS, "PAY_UPFRONT_GCASH_62", "VERIFY_ID_ORD-20261125-OTHERS", "VERIFY_ID_" + "9" * 40]
)
def test_somebody_elses_order_gets_nothing_of_it(payload: str) -> None:
    chat = Chat(SHOP)
    chat.answers |= {placed_orders.order: UnknownOrder(), placed_orders.cancel: UnknownOrder()}
    chat.presses(payload).hears("can't find that order among yours")
    assert "₱" not in chat.text
    assert "62" not in chat.text
    assert "📦 My orders" in chat.titles


def test_verifying_an_order_that_waits_for_it() -> None:
    chat = Chat(SHOP)
    waiting = replace(ORDER, status="pending", verification_status="pending", verification_expires_at=ORDER.created_at)
    chat.answers |= {
        placed_orders.order: waiting,
        following.progress: replace(PROGRESS, waits="verification", until=ORDER.created_at),
    }
    chat.presses("VERIFY_ID_61").hears("valid ID", "until 12:00 PM")
    chat.presses("PAY_UPFRONT_GCASH_61").hears("To pay ₱20.50", "0917 000 0000, Tindahan")
    chat.taps("Show an ID").hears("valid ID").taps("Pay ahead").hears("To pay ₱20.50")
    chat.presses("VERIFY_ID_ORD-20261125-k7m2q9xa").hears("valid ID")
    chat.taps(OpenOrder(order_id=61)).hears("Waiting to be verified until 25 Nov, 12:00 PM")


def test_verifying_an_order_that_needs_it_no_more_shows_the_order() -> None:
    Chat(SHOP).presses("VERIFY_UPFRONT_61").hears("Total: ₱205.00")


def test_in_filipino() -> None:
    chat = Chat(SHOP, language="fil").says("mga order ko").hears("Mga order ninyo")
    chat.taps("Tingnan").hears("Confirmed na")
    chat.taps("I-cancel").hears("I-cancel po ba").taps("Oo, i-cancel").hears("cancelled na ang order")
