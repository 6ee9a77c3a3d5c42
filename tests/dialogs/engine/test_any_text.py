"""Whatever is typed: nothing that reads it fails, and it is answered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.addressing import parse, postal_code_in
from bot.language.phones import phone_in
from bot.language.places import city_of, province_of, provinces_like, town_and_province
from bot.messenger.checks import check_message
from bot.messenger.events import TextMessage
from dialogs.engine.state import Idle, State
from dialogs.reading.context import Context, Offered
from dialogs.reading.hear import hear
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingLandmark,
    AskingRecipient,
    ChoosingPayment,
    Draft,
    ReviewingCart,
    ReviewingOrder,
)
from dialogs.states_looking import (
    Searching,
    ViewingProduct,
)
from tests.dialogs.stock import SHOP
from tests.support.chat import NOON, Chat

WORDS = st.sampled_from(
    [
        "12",
        "Mabini",
        "St",
        ",",
        "Brgy",
        "San",
        "Roque",
        "Cebu",
        "City",
        "6000",
        "0917",
        "123",
        "?",
        "po",
        "\n",
        ";",
        "QC",
        "mine",
        "isa",
        "wag na",
        "yung",
        "nito",
        "na lang",
        "gawin mong",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=20).map(" ".join))
DRAFT = Draft(
    recipient="Ana", phone="+639171234567", line1="12 Mabini", city="Makati", province="Metro Manila", zone_id=1
)
STATES: tuple[State, ...] = (
    Idle(),
    ViewingProduct(product_id=7),
    Searching(text="mug"),
    ReviewingCart(),
    AskingBarangay(),
    AskingCity(),
    AskingRecipient(),
    AskingAddress(),
    AskingLandmark(),
    ChoosingPayment(),
    ReviewingOrder(),
)


@given(TEXTS)
@settings(deadline=None)
def test_readers_take_any_text(text: str) -> None:
    phone_in(text)
    parse(text)
    postal_code_in(text)
    city_of(text)
    province_of(text)
    provinces_like(text)
    town_and_province(text)
    hear(
        TextMessage(page_id="1", psid="2", sent_at=NOON, text=text),
        Context(offered=[Offered(title=text, payload=text)]),
    )


@given(text=TEXTS, state=st.sampled_from(STATES))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered_with_what_messenger_takes(text: str, state: State) -> None:
    began = isinstance(state, AskingRecipient | AskingAddress)
    chat = Chat(SHOP, state=state, draft=Draft() if began else DRAFT).says(text)
    for message in chat.messages:
        assert check_message(message.payload()) == []
