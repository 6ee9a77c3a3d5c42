"""Changes of mind: what is typed against what was given is taken, and nothing is placed on what was contradicted."""

import pytest
from msgspec.structs import replace

from dialogs.states import AskingPhone, AskingRecipient, ReviewingOrder
from replies.taps import Checkout
from repository.database.errors import PromoRefused
from repository.orders import placed_orders
from tests.dialogs.checkout.answers import at_summary
from tests.dialogs.stock import QUOTE, SHOP
from tests.support.chat import Chat


@pytest.mark.parametrize("typed", ["gcash na lang po", "oo pero gawin mong gcash"])
def test_another_way_to_pay_at_the_summary_is_a_new_summary(typed: str) -> None:
    chat = at_summary()
    before = chat.state
    chat.says(typed).hears("Total: ₱205.00")
    assert chat.state != before
    assert chat.says("yes").asked(placed_orders.place)["payment_method"] == "gcash"


def test_a_phone_in_a_change_at_the_summary_is_taken() -> None:
    chat = at_summary().says("pa change ng number 0918 765 4321").hears("0918 765 4321", "Total")
    assert chat.draft.phone == "+639187654321"


@pytest.mark.parametrize(
    "typed",
    [
        "please send it to 45 Sampaguita St, Brgy Holy Spirit, Quezon City instead",
        "sa 45 Sampaguita St, Brgy Holy Spirit, Quezon City na lang po",
        "pa change ng address: 45 Sampaguita St, Brgy Holy Spirit, Quezon City",
        "45 Sampaguita St, Brgy Holy Spirit, Quezon City",
    ],
)
def test_another_address_at_the_summary_is_never_lost(typed: str) -> None:
    chat = at_summary().says(typed)
    assert not isinstance(chat.state, ReviewingOrder)
    assert (chat.draft.line1, chat.draft.barangay) == ("45 Sampaguita St", "Holy Spirit")
    assert (chat.draft.city, chat.draft.province) == ("Quezon City", "Metro Manila")
    chat.says("ok").hears("45 Sampaguita St", "Total")
    assert not any(asked.function is placed_orders.place for asked in chat.asks)
    chat.says("ok")
    assert chat.asked(placed_orders.place)


@pytest.mark.parametrize("typed", ["2pm po sa Makati", "thanks, see you in Cebu 2morrow"])
def test_a_place_and_a_time_are_no_address(typed: str) -> None:
    chat = at_summary().says(typed)
    assert isinstance(chat.state, ReviewingOrder)
    assert chat.draft.line1 == "12 Mabini St"


@pytest.mark.parametrize(
    "typed", ["skip", "teka may tanong ako", "may tanong po ako", "pa change ng number 09285550143"]
)
def test_what_is_no_name_is_not_taken_for_one(typed: str) -> None:
    chat = Chat(SHOP).taps(Checkout()).says(typed)
    assert isinstance(chat.state, AskingRecipient)
    assert not chat.draft.recipient
    assert chat.draft.phone == ("+639285550143" if "number" in typed else "")


def test_a_promo_code_that_is_refused_leaves_the_one_that_was_accepted() -> None:
    chat = at_summary()
    chat.answers[placed_orders.quote] = lambda promo_code, **_: (
        PromoRefused("minimum") if promo_code == "LIBRESHIP" else replace(QUOTE, promo_code=promo_code)
    )
    chat.says("WELCOME10").says("LIBRESHIP").hears("LIBRESHIP")
    chat.taps("Go on without")
    assert chat.draft.promo_code == "WELCOME10"


def test_a_name_with_an_address_and_no_phone_leaves_the_phone_to_be_asked() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana Cruz, 45 Mabini St, Brgy 123, Tondo, Manila 1012")
    assert isinstance(chat.state, AskingPhone)
    assert (chat.draft.recipient, chat.draft.phone, chat.draft.city) == ("Ana Cruz", "", "Manila")
    chat.says("0917 123 4567").hears("landmark")
