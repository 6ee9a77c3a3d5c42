"""Checkout: who receives the order, and where."""

import pytest

from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    ChoosingZone,
    Draft,
)
from replies.taps import Checkout, UseAddress
from repository.database.errors import UnknownAddress
from repository.orders import addresses, placed_orders, shipping
from repository.orders.coming import suki
from repository.orders.coming.suki import Usual
from tests.dialogs.checkout.answers import at_summary, drafted
from tests.dialogs.stock import ABROAD, HOME, SHOP, WORK
from tests.support.chat import Chat


def test_the_whole_form_in_one_message() -> None:
    chat = Chat(SHOP).taps(Checkout())
    chat.says("Name: Ana Reyes\n0917 123 4567\n12 Mabini St, Brgy San Roque\nMarikina City")
    assert isinstance(chat.state, AskingLandmark)
    draft = chat.draft
    assert (draft.recipient, draft.phone, draft.line1) == ("Ana Reyes", "+639171234567", "12 Mabini St")
    assert (draft.barangay, draft.city, draft.province) == ("San Roque", "Marikina", "Metro Manila")


def test_the_address_piece_by_piece() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("ako").says("+63 917 123 4567").says("Blk 4 Lot 5 Sunrise Subd")
    assert isinstance(chat.state, AskingBarangay)
    chat.says("brgy. Poblacion").hears("Which city")
    chat.says("Santa Maria").hears("Which province is Santa Maria in")
    chat.says("Bulacn").hears("landmark")
    chat.says("beside the chapel, 3022").hears("Shipping to Santa Maria (Luzon)")
    draft = drafted(chat)
    wanted = ("Poblacion", "Santa Maria", "Bulacan", "Central Luzon", "3022", "beside the chapel")
    assert (
        tuple(getattr(draft, name) for name in ("barangay", "city", "province", "region", "postal_code", "landmark"))
        == wanted
    )


@pytest.mark.parametrize("typed", ["QC", "Q.C.", "quezon cty", "Quezon City"])
def test_a_known_city_needs_no_province(typed: str) -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says("09171234567").says("12 Mabini").taps("Skip").says(typed)
    assert isinstance(chat.state, AskingLandmark)
    assert (chat.draft.city, chat.draft.province) == ("Quezon City", "Metro Manila")


def test_a_town_with_its_province_behind_it() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says("09171234567").says("12 Mabini").says("skip")
    chat.says("Sta. Maria Bulacan")
    assert isinstance(chat.state, AskingLandmark)
    assert (chat.draft.city, chat.draft.province) == ("Santa Maria", "Bulacan")


def test_an_unknown_province_offers_what_it_may_have_been() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says("09171234567").says("12 Mabini").says("skip").says("San Jose")
    chat.says("Negros").hears("I don't know a province called “Negros”")
    assert isinstance(chat.state, AskingProvince)
    chat.taps("Negros Occidental").hears("landmark")
    assert isinstance(chat.state, AskingLandmark)
    assert chat.draft.region == "Negros Island Region"


def test_a_place_in_no_zone_is_chosen_by_hand() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says("09171234567").says("1 Orchard Rd").says("skip")
    chat.says("Jurong").hears("I don't know a city").says("Jurong")
    chat.says("Singapore").taps("It's as I typed it").says("skip")
    chat.hears("Which area is Jurong, Singapore in?")
    assert isinstance(chat.state, ChoosingZone)
    chat.answers[shipping.zone] = ABROAD
    chat.taps("International")
    assert "Cash on delivery" not in chat.titles
    assert chat.asked(placed_orders.quote)["payment_method"] == "gcash"


@pytest.mark.parametrize("typed", ["0917", "123", "hello", "+1 415 555 2671"])
def test_a_wrong_phone_is_refused_kindly_with_an_example(typed: str) -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says(typed).hears("0917 123 4567")
    assert isinstance(chat.state, AskingPhone)


def test_a_number_that_begins_as_none_does_is_asked_once_more_and_taken_then() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says("0913 555 0123").hears("Please check it")
    assert isinstance(chat.state, AskingPhone)
    chat.says("0913-555-0123").hears("Where shall we deliver")
    assert chat.draft.phone == "+639135550123"
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says("0913 555 0123").says("yes").hears("Where shall we deliver")
    other = Chat(SHOP).taps(Checkout()).says("Ana").says("0913 555 0123").says("0904 555 0123").hears("Please check it")
    other.says("0917 555 0123").hears("Where shall we deliver")
    assert (other.draft.phone, other.draft.asked) == ("+639175550123", ())


def test_messengers_own_phone_reply_is_taken() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana")
    assert '"content_type":"user_phone_number"' in chat.text
    chat.says("+639171234567").hears("Where shall we deliver")


def test_a_number_is_no_name() -> None:
    Chat(SHOP).taps(Checkout()).says("12345").hears("doesn't look like a name")


def test_a_place_alone_still_needs_a_street() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana").says("09171234567").says("Makati").hears("Got it, Makati")
    chat.says("Tower 1, Ayala Ave")
    assert isinstance(chat.state, AskingBarangay)
    assert chat.draft.city == "Makati"


@pytest.mark.parametrize(
    "told", [("Cebu City", "Brgy Lahug", "88 Gorordo Ave"), ("Brgy Lahug", "Cebu City", "88 Gorordo Ave")]
)
def test_places_that_come_one_by_one_before_the_street_are_kept(told: tuple[str, ...]) -> None:
    chat = Chat(SHOP, state=AskingAddress(), draft=Draft(recipient="Ana", phone="+639171234567"))
    for text in told:
        chat.says(text)
    chat.hears("landmark")
    assert (chat.draft.line1, chat.draft.barangay, chat.draft.city) == ("88 Gorordo Ave", "Lahug", "Cebu City")


def test_a_yes_is_no_place_and_no_landmark() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("yes").hears("Which number").says("09171234567")
    chat.says("ok").hears("Where shall we deliver").says("12 Mabini").says("oo").hears("Which barangay").says("no")
    chat.says("yes po").hears("Which city").says("Santa Maria").says("sige").hears("Which province").says("Bulacan")
    chat.says("oo").hears("landmark").says("ok po").hears("How would you like to pay?")


def test_another_address_moves_the_zone() -> None:
    chat = at_summary().taps("Change").taps("Address").says("1 Luna St, Lahug, Cebu City").says("skip")
    assert chat.asked(addresses.save)
    assert chat.asked(placed_orders.quote)["zone_id"] == 3


def test_saved_addresses_are_offered_first() -> None:
    chat = Chat(SHOP)
    chat.answers |= {suki.usual: Usual(addresses=(HOME,)), addresses.addresses: (HOME,)}
    chat.taps(Checkout()).hears("Deliver to this address", "12 Mabini St")
    chat.taps("Yes, deliver there").hears("How would you like to pay")
    chat.says("back").hears("Deliver to this address")
    chat.says("yes").hears("How would you like to pay")
    chat.says("gcash").hears("GCash").says("yes").hears("0917 000 0000, Tindahan", "reference number")


def test_one_of_several_addresses_by_its_number_or_its_street() -> None:
    chat = Chat(SHOP)
    chat.answers |= {suki.usual: Usual(addresses=(HOME, WORK)), addresses.addresses: (HOME, WORK)}
    chat.taps(Checkout()).hears("1. Ana Reyes", "2. Ana Reyes").says("2")
    assert chat.asked(addresses.address)["address_id"] == 52
    chat = Chat(chat.answers).taps(Checkout())
    chat.answers[addresses.address] = WORK
    chat.says("ayala").hears("Shipping to Makati")
    chat.says("back").says("ibang address po").hears("Who will receive")
    assert isinstance(Chat(chat.answers).taps(Checkout()).taps("Another address").state, AskingRecipient)


def test_an_address_that_is_gone_or_somebody_elses_is_asked_anew() -> None:
    chat = Chat(SHOP)
    chat.answers[addresses.address] = UnknownAddress("address 9")
    chat.taps(UseAddress(address_id=9)).hears("Who will receive")
