"""The order that is being made: stored beside the state, read out of the states of 0.1.0, given up in the end."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from dialogs.conversation import DRAFT_KEPT, dump_draft, load_draft, load_state
from dialogs.engine.state import Idle, State
from dialogs.states import AskingExtra, AskingLandmark, AskingPhone, Draft, ReviewingCart
from replies.codec import Tap
from replies.taps import Checkout, GoBack, Help, Keep, Skip
from repository.orders import addresses
from repository.orders.coming import suki
from repository.orders.coming.suki import Usual
from tests.dialogs.checkout.answers import ADDRESS, at_payment, at_summary
from tests.dialogs.stock import HOME, SHOP
from tests.support.chat import NOON, Chat
from tests.support.workers.rows import rows

STORED = (Path(__file__).parent / "states_of_0_1_0.jsonl").read_text(encoding="utf-8").splitlines()
"""A state of each kind, as 0.1.0 stored it with every field filled."""
FULL = Draft(
    recipient="Ana Cruz",
    phone="+639171234567",
    line1="12 Mabini St",
    barangay="San Roque",
    city="Marikina",
    province="Metro Manila",
    region="National Capital Region",
    postal_code="1801",
    landmark="beside the bakery",
    address_id=53,
    zone_id=2,
    payment_method="gcash",
    promo_code="SUKI50",
    asked=("saved", "barangay", "landmark", "change phone"),
)


@rows("stored", STORED, ids=lambda stored: str(msgspec.json.decode(stored)["at"]))
def test_a_state_of_0_1_0_is_read_and_its_draft_taken_out(stored: str) -> None:
    inside = msgspec.json.decode(stored)
    state = load_state(stored)
    assert state.__struct_config__.tag == inside["at"]
    assert load_draft(None, stored, NOON) == (FULL if "draft" in inside else Draft())
    later = {one.encode_name: one.default for one in msgspec.structs.fields(state) if one.name not in inside}
    origin = {"origin": {**inside["origin"], **msgspec.to_builtins(state)["origin"]}} if inside.get("origin") else {}
    for field, value in msgspec.to_builtins(state).items():
        assert {**later, **inside, **origin}[field] == value


def test_sixteen_kinds_of_0_1_0_held_a_draft() -> None:
    assert len(STORED) == 28
    assert sum('"draft"' in stored for stored in STORED) == 16


def test_a_draft_comes_back_as_it_was_stored_and_not_for_ever() -> None:
    stored = dump_draft(FULL, NOON)
    assert load_draft(stored, "{}", NOON + DRAFT_KEPT) == FULL
    assert load_draft(stored, "{}", NOON + DRAFT_KEPT + timedelta(seconds=1)) == Draft()
    assert dump_draft(Draft(), NOON) is None


@pytest.mark.parametrize("stored", ["", "{}", "null", "[1]", '{"draft":{"recipient":7}}', '{"draft":' * 5000, "\x00"])
def test_a_draft_that_no_longer_decodes_is_empty(stored: str) -> None:
    assert load_draft(stored, "{}", NOON) == Draft()


def test_what_was_searched_for_is_no_draft() -> None:
    assert load_draft(None, '{"at":"search","text":"the \\"draft\\""}', NOON) == Draft()


def test_an_order_that_is_placed_is_no_longer_made() -> None:
    chat = at_summary()
    assert chat.draft.recipient == "Ana Reyes"
    assert chat.says("yes").draft == Draft()


def test_a_checkout_that_is_cancelled_is_begun_anew() -> None:
    assert at_payment().says("cancel").draft == Draft()


def test_another_address_is_still_being_typed_after_a_look_at_the_cart() -> None:
    chat = (
        Chat(SHOP | {suki.usual: Usual(addresses=(HOME,)), addresses.addresses: (HOME,)})
        .taps(Checkout())
        .taps("Another address")
    )
    chat.says("cart").says("checkout").hears("Who will receive").says("back").hears("Deliver to this address")


def test_a_cart_that_is_emptied_and_filled_again_asks_nothing_twice() -> None:
    chat = at_payment().says("cart").says("empty cart").says("yes").says("mug").taps("Add to cart")
    chat.says("checkout").hears("How would you like to pay")


@pytest.mark.parametrize("where", ["barangay", "landmark"])
@pytest.mark.parametrize(
    ("typed", "method"),
    [("maya po", "paymaya"), ("bank transfer", "bank_transfer"), ("gcash na lang", "gcash"), ("c.o.d.", "cod")],
)
def test_a_way_to_pay_is_no_place(where: str, typed: str, method: str) -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana Reyes").says("0917 123 4567")
    chat.says("12 Mabini St" if where == "barangay" else ADDRESS)
    state = chat.state
    chat.says(typed)
    assert (chat.state, chat.draft.payment_method, chat.draft.landmark) == (state, method, "")
    assert where == "landmark" or not chat.draft.barangay


@pytest.mark.parametrize("typed", ["BDO", "near the bank", "Maya's sari-sari store"])
def test_a_bank_is_a_landmark(typed: str) -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana Reyes").says("0917 123 4567").says(ADDRESS)
    assert isinstance(chat.state, AskingLandmark)
    assert chat.says(typed).draft.landmark == typed


def test_maya_is_a_name_too() -> None:
    assert Chat(SHOP).taps(Checkout()).says("Maya").draft.recipient == "Maya"


def test_a_way_to_pay_that_is_not_taken_is_said_at_the_payment() -> None:
    chat = Chat(SHOP).taps(Checkout()).says("Ana Reyes").says("0917 123 4567").says(ADDRESS)
    chat.says("bank transfer").says("skip").hears("We can't take “bank transfer”", "How would you like to pay")


def test_the_cart_says_nothing_of_the_draft() -> None:
    chat = at_payment().says("cart")
    assert chat.state == ReviewingCart()
    assert chat.says("menu").state == Idle()
    assert chat.draft.phone == "+639171234567"


@pytest.mark.parametrize(
    ("did", "goes_on"),
    [
        ("Happy birthday!", AskingPhone()),
        ("yes", AskingPhone()),
        ("magkano po lahat?", AskingPhone()),
        (Skip(), AskingPhone()),
        (Keep(), AskingPhone()),
        (Help(), AskingPhone()),
        (GoBack(), AskingLandmark()),
    ],
)
def test_whoever_was_asked_what_is_asked_no_longer_goes_on(did: str | Tap, goes_on: State) -> None:
    chat = Chat(SHOP, state=load_state('{"at":"checkout.extra","part":"of_long_ago"}'), draft=Draft(recipient="Ana"))
    assert chat.state == AskingExtra(part="of_long_ago")
    assert (chat.says(did) if isinstance(did, str) else chat.taps(did)).state == goes_on
    assert chat.draft == Draft(recipient="Ana")


def test_an_answer_to_what_is_asked_no_longer_is_let_go() -> None:
    stored = '{"draft":{"recipient":"Ana","extras":[{"part":"of_long_ago","answer":"Hi"}]},"kept_at":null}'
    assert load_draft(stored, "{}", NOON) == Draft(recipient="Ana")
