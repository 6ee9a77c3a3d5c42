"""The table of what checkout asks: a new question is one row here and its words in `replies/`.

The first question that has no answer is asked next, so what must come before stands before. How a row is used stands in
`dialogs/checkout/form.py`; the two pages that show the whole order are rows of the same kind in `overview.py`. A plain
question is an `ExtraQuestion`; one that is read in its own way is a `Question`, with a state and a field of the draft.
"""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.phones import phone_in
from bot.language.places import provinces_with
from dialogs.checkout import address, payment, person, promo
from dialogs.checkout.draft import spoken_address
from dialogs.checkout.question import ExtraQuestion, Question, Read, When
from dialogs.engine.run import Next, Turn
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingExtra,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    ChoosingAddress,
    ChoosingPayment,
    ChoosingZone,
    Draft,
    EnteringPromo,
    InCheckout,
    Ordering,
)
from replies.checkout import AskAddress, AskBarangay, AskCity, AskLandmark, AskPhone, AskProvince, AskRecipient
from replies.promos import AskPromo

PROVINCES_MOST = 10
"""Provinces of a name that several towns bear, offered to be tapped: thirteen quick replies are possible."""
_CHANGE = words_for("edit.change")
DELIVERY_WISH = "delivery_wish"
"""When the order shall come, as typed: nobody is asked for it, and who says it is heard."""
REQUEST = "request"
"""What the packer or the rider is asked to do, as typed: nobody is asked for it either."""
WISH_MOST = 200


def _ask_address(state: InCheckout, turn: Turn) -> AskAddress:
    draft = turn.draft
    return AskAddress(given=draft.line1 and spoken_address(draft), city="" if draft.line1 else draft.city)


def _ask_landmark(state: InCheckout, turn: Turn) -> AskLandmark:
    draft = turn.draft
    was_asked = draft.landmark or "landmark" in draft.asked
    given = ", ".join(part for part in (draft.landmark, draft.postal_code) if part)
    return AskLandmark(given=given if was_asked else "")


PARTS: tuple[Question, ...] = (
    Question(
        part="saved",
        state=ChoosingAddress(),
        fills=("address_id",),
        when=When.ON_WISH,
        asks=address.ask_saved,
        reads=address.read_saved,
    ),
    Question(
        part="recipient",
        state=AskingRecipient(),
        fills=("recipient",),
        when=When.ALWAYS,
        asks=lambda _, turn: AskRecipient(given=turn.draft.recipient, own_name=turn.name),
        reads=person.read_recipient,
        words=words_for("part.recipient"),
        may_be_name=True,
    ),
    Question(
        part="phone",
        state=AskingPhone(),
        fills=("phone",),
        when=When.ALWAYS,
        asks=lambda _, turn: AskPhone(given=turn.draft.phone),
        reads=person.read_phone,
        words=words_for("part.phone"),
        is_sure=lambda text: bool(phone_in(text)),
    ),
    Question(
        part="address",
        state=AskingAddress(),
        fills=("line1", "barangay", "city", "province", "region", "postal_code", "landmark"),
        when=When.ALWAYS,
        asks=_ask_address,
        reads=address.read_address,
        words=words_for("part.address"),
        is_aside=address.asks_at_address,
    ),
    Question(
        part="barangay",
        state=AskingBarangay(),
        fills=("barangay",),
        when=When.DETAIL,
        is_optional=True,
        asks=lambda _, turn: AskBarangay(given=turn.draft.barangay),
        reads=address.read_barangay,
    ),
    Question(
        part="city",
        state=AskingCity(),
        fills=("city", "province", "region", "postal_code"),
        when=When.DETAIL,
        asks=lambda _, turn: AskCity(given=turn.draft.city, province=turn.draft.province),
        reads=address.read_city,
    ),
    Question(
        part="province",
        state=AskingProvince(),
        fills=("province", "region", "city", "barangay"),
        when=When.DETAIL,
        asks=lambda _, turn: AskProvince(
            given=turn.draft.province, city=turn.draft.city, likely=provinces_with(turn.draft.city)[:PROVINCES_MOST]
        ),
        reads=address.read_province,
    ),
    Question(
        part="landmark",
        state=AskingLandmark(),
        fills=("landmark", "postal_code"),
        when=When.ALWAYS,
        is_optional=True,
        asks=_ask_landmark,
        reads=address.read_landmark,
        words=words_for("part.landmark"),
        is_aside=lambda text: "?" in text,
    ),
    Question(
        part="zone",
        state=ChoosingZone(),
        fills=("zone_id",),
        when=When.OPEN,
        asks=address.ask_zone,
        reads=address.read_zone,
    ),
    Question(
        part="payment",
        state=ChoosingPayment(),
        fills=("payment_method",),
        when=When.OPEN,
        asks=payment.ask_payment,
        reads=payment.read_payment,
        words=words_for("part.payment"),
        is_aside=payment.asks_at_payment,
    ),
    Question(
        part="promo",
        state=EnteringPromo(),
        fills=("promo_code",),
        when=When.ON_WISH,
        asks=lambda *_: AskPromo(),
        reads=promo.read_promo,
        words=promo.PROMO_WORDS,
        is_sure=promo.is_without,
    ),
    ExtraQuestion.of(DELIVERY_WISH, most=WISH_MOST, words=words_for("part.delivery_wish"), when=When.ON_WISH),
    ExtraQuestion.of(REQUEST, most=WISH_MOST, words=words_for("part.request"), when=When.ON_WISH),
)
"""The parts of an order, in the order in which they are asked."""

CHANGEABLE = {question.part: question for question in PARTS if question.words}
"""The parts of an order that can be changed by themselves."""
EXTRAS = {question.part: question for question in PARTS if isinstance(question, ExtraQuestion)}
"""The extra questions."""


async def _nothing(state: InCheckout, turn: Turn) -> Next[Ordering] | None:
    return None


async def _as_it_is(state: InCheckout, text: str, turn: Turn) -> Read:
    return turn.draft


GONE = Question(part="gone", state=AskingExtra(), fills=("extras",), when=When.OPEN, asks=_nothing, reads=_as_it_is)
"""In place of an extra question that was asked and has no row any more: whatever comes, checkout goes on."""


def still_asked(draft: Draft) -> Draft:
    """The draft without answers to extra questions that are asked no longer: nothing could show them.

    Args:
        draft: What is known.
    """
    shown = tuple(given for given in draft.extras if given.part in EXTRAS)
    return draft if shown == draft.extras else replace(draft, extras=shown)


def wants_change(text: str) -> bool:
    """Whether a text says that something shall be changed.

    Args:
        text: What was typed.
    """
    return bool(_CHANGE & set(fold(text).split()))


def part_in(text: str) -> str:
    """The part of an order that a text names first, empty where it names none.

    Args:
        text: What was typed.
    """
    words = fold(text).split()
    return next((part for word in words for part, question in CHANGEABLE.items() if word in question.words), "")
