"""Messages as shoppers type them, screen by screen, and what each is heard as: `said/SCREEN.txt`.

A line is `TEXT => KIND NAME VALUE`, as `./quicksell explain` shows them, or `TEXT => !KIND NAME ...` for what it must
not be taken for; "answer yes" is a yes to the summary on show, upon which the order is placed.
"""

from collections.abc import Mapping
from pathlib import Path

from bot.language.values.answers import yes_no_in
from dialogs.engine.heard import Typed
from dialogs.reading.context import Context, Offered
from dialogs.reading.table import read
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingLandmark,
    AskingPhone,
    AskingRecipient,
    ChoosingPayment,
    Draft,
    EnteringPromo,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
    WaitingForPerson,
)
from dialogs.states_after import SayingReturnReason
from dialogs.states_looking import (
    Searching,
    ViewingProduct,
)
from dialogs.states_proving import SendingProof
from tests.dialogs.reading.test_table import cards
from tests.support.workers.rows import rows

FULL = Draft(
    recipient="Ana Cruz",
    phone="+639175550142",
    line1="12 Mabini St",
    barangay="San Roque",
    city="Marikina",
    province="Metro Manila",
    zone_id=1,
    payment_method="cod",
)
SUMMARY = (Offered("Confirm", "confirm:n"), Offered("Change", "change_order"), Offered("Cancel", "cancel"))


def changing(*lines: int) -> tuple[Offered, ...]:
    return tuple(Offered(title="Change", payload=f"change_line:{line}") for line in lines)


SCREENS: Mapping[str, Context] = {
    "idle": Context(),
    "open": Context(state=ViewingProduct(product_id=7), offered=cards("Takure Whistling Kettle 2.5 L")),
    "list": Context(state=Searching(text="mug"), offered=cards("Blue mug", "Red mug", "Steel kettle")),
    "cart": Context(state=ReviewingCart(), offered=changing(4, 5)),
    "cart1": Context(state=ReviewingCart(), offered=changing(4)),
    "name": Context(state=AskingRecipient()),
    "phone": Context(state=AskingPhone()),
    "address": Context(state=AskingAddress()),
    "barangay": Context(state=AskingBarangay(), draft=Draft(city="Marikina")),
    "city": Context(state=AskingCity()),
    "landmark": Context(state=AskingLandmark()),
    "payment": Context(state=ChoosingPayment()),
    "promo": Context(state=EnteringPromo()),
    "summary": Context(state=ReviewingOrder(nonce="n"), draft=FULL, offered=SUMMARY),
    "placed": Context(state=OrderPlaced(order_id=1)),
    "proof": Context(state=SendingProof(order_id=1)),
    "return": Context(state=SayingReturnReason(order_id=1)),
    "person": Context(state=WaitingForPerson()),
}
FOLDER = Path(__file__).with_name("said")
SAID = [
    (path.stem, *line.rsplit(" => ", 1))
    for path in sorted(FOLDER.glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def heard(text: str, context: Context) -> str:
    meant = read(text, context)
    found = meant.candidate
    if isinstance(context.state, ReviewingOrder) and meant.row.name == "a sure answer to what is asked":
        answer = yes_no_in(text)
        return "answer yes" if answer and answer.yes else "answer no"
    value = "" if isinstance(found.heard, Typed) and found.value == text else found.value
    return " ".join(part for part in (found.kind, found.name, value) if part)


@rows(("screen", "text", "wanted"), SAID)
def test_what_is_said_is_heard_as_it_was_meant(screen: str, text: str, wanted: str) -> None:
    told = heard(text, SCREENS[screen])
    if wanted.startswith("!"):
        wrongly = [each.strip() for each in wanted.split("!") if each.strip()]
        assert not told.startswith(tuple(wrongly))
    else:
        assert told == wanted


def test_every_screen_has_its_messages() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(SCREENS)
