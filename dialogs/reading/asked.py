"""How well a text answers what is asked: the expected answer comes first, but is checked."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from bot.language.addressing import bare_barangay, parse, postal_code_in
from bot.language.buying.naming import is_me, name_in
from bot.language.buying.whole import whole_in
from bot.language.country.gazetteer import is_barangay, key, towns_by_name
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import STOP, meaning
from bot.language.payments import asks_of_method, method_in
from bot.language.phones import METRO_MANILA, odd_phone_in, phone_in
from bot.language.places import city_of, province_of, provinces_like, town_and_province
from bot.language.quantities import number_in
from bot.language.texts import (
    is_greeting,
    is_nothing,
    is_polite,
    is_question,
    is_without_code,
    is_yes,
    says_unknown,
    wants_it,
)
from bot.language.values.answers import yes_no_in
from dialogs.engine.heard import Typed
from dialogs.engine.state import State
from dialogs.reading.candidate import CERTAIN, DOUBTFUL, LIKELY, POSSIBLE, Candidate
from dialogs.reading.context import Context
from dialogs.reading.small import asks_total, begins_wait, needs_receipt, waits
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingExtra,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    CancellingOrder,
    ChangingLine,
    ChoosingPayment,
    EmptyingCart,
    EnteringPromo,
    InCheckout,
    ReviewingOrder,
)

ENOUGH = POSSIBLE - 0.1
"""An answer that scores less is doubted: it is heard for what else it may be, and asked again once."""

_MAY_BE_CERTAIN = (AskingPhone, ChoosingPayment, ReviewingOrder, CancellingOrder, EmptyingCart, EnteringPromo)
"""Where an answer can be nothing else."""
_OF_ADDRESS = words_for("address.street", "address.estate", "address.part", "address.barangay", "address.house")
_ASKED_OF_PAYMENT = frozenset({"price", "how", "where", "when"})

_BESIDE = frozenset(word for phrase in words_for("address.beside") for word in phrase.split()) - STOP
_PLACE_LEAST = 3
"""Words of an address without a number and without a place of the country."""

Fit = tuple[float, str]
"""How well a text answers, and why."""


class Near(NamedTuple):
    """What is known of where an order goes, empty where nothing is."""

    city: str
    province: str


def read_sure_answer(text: str, context: Context) -> Iterator[Candidate]:
    """An answer to what is asked that can be nothing else."""
    if isinstance(context.state, _MAY_BE_CERTAIN):
        yield from _answer(text, context, least=CERTAIN)


def read_answer(text: str, context: Context) -> Iterator[Candidate]:
    """An answer to what is asked, as far as words can tell."""
    yield from _answer(text, context, least=ENOUGH)


def read_doubtful_answer(text: str, context: Context) -> Iterator[Candidate]:
    """Whatever is left, in checkout: its question reads it, doubts it, or asks again."""
    if isinstance(context.state, InCheckout):
        score, why = fit(text, context)
        name = _called(context)
        yield Candidate(
            kind="unsure",
            name=name,
            value=text,
            score=score,
            why=why or "its question reads it",
            heard=Typed(text=text),
        )


def read_total(text: str, context: Context) -> Iterator[Candidate]:
    """What everything comes to, asked in the middle of checkout."""
    if isinstance(context.state, InCheckout) and asks_total(text):
        yield _aside("total", "it asks what everything comes to", text)


def read_question(text: str, context: Context) -> Iterator[Candidate]:
    """A question to the shop, asked while something is asked."""
    is_sure = isinstance(context.state, _MAY_BE_CERTAIN) and fit(text, context)[0] == CERTAIN
    if isinstance(context.state, InCheckout) and (is_question(text) or needs_receipt(text)) and not is_sure:
        yield _aside("question", "it asks something while something is asked", text)


def read_pause(text: str, context: Context) -> Iterator[Candidate]:
    """That somebody needs a moment, wants to ask something, or wants what they are buying already."""
    begins = isinstance(context.state, ReviewingOrder) and begins_wait(text)
    if isinstance(context.state, InCheckout) and (begins or waits(text) or (len(text.split()) > 1 and wants_it(text))):
        yield _aside("pause", "it answers nothing: a moment, or what is being done already", text)


def fit(text: str, context: Context) -> Fit:
    """How well a text answers what is asked, from 0 to 1, and why; 0 where nothing is asked.

    Args:
        text: What was typed.
        context: What it is read against.
    """
    draft = context.draft
    return _fit(type(context.state), text, Near(draft.city, draft.province)) if is_asked(context.state) else (0.0, "")


def is_asked(state: State) -> bool:
    """Whether something is asked that a text can answer."""
    return type(state) in _FITS


@lru_cache(maxsize=64)  # several readers ask, and the step once more
def _fit(kind: type[State], text: str, near: Near) -> Fit:
    return _FITS[kind](text, near)


def _answer(text: str, context: Context, *, least: float) -> Iterator[Candidate]:
    if not is_asked(context.state):
        return
    score, why = fit(text, context)
    if score >= least:
        yield Candidate(kind="value", name=_called(context), value=text, score=score, why=why, heard=Typed(text=text))


def _called(context: Context) -> str:
    return type(context.state).__name__.removeprefix("Asking").removeprefix("Choosing").lower()


def _aside(name: str, why: str, text: str) -> Candidate:
    return Candidate(kind="aside", name=name, value=text, why=why, heard=Typed(text=text))


def _recipient(text: str, near: Near) -> Fit:
    if is_me(text):
        return LIKELY, "it says that it is for the shopper"
    whole = whole_in(text)
    if whole.recipient and whole.phone and parse(whole.address).city:
        return LIKELY, "a name, a number and an address"
    name = name_in(text)
    whys = {
        0.0: "no word of it is a name",
        DOUBTFUL: "words of a sentence",
        0.7: "one word that nothing else is made of",
    }
    return name.sureness, whys.get(name.sureness, "words that nothing else is made of")


def _phone(text: str, near: Near) -> Fit:
    area = METRO_MANILA if near.province == "Metro Manila" else ""
    if phone_in(text, area=area):
        return CERTAIN, "a number with the shape of a phone's"
    if odd_phone_in(text):
        return LIKELY, "the shape of a mobile number that begins as none does"
    digits = sum(map(str.isdigit, text))
    return (POSSIBLE, "digits, though no number that exists") if digits > 4 else (0.0, "no digits of a number")


def _address(text: str, near: Near) -> Fit:
    words = fold(text).split()
    if not words or is_yes(text) or is_nothing(text) or is_greeting(text) or is_polite(text):
        return 0.0, "it says nothing of a place"
    has_digit = any(letter.isdigit() for letter in text)
    if phone_in(text) and not any(letter.isalpha() for letter in text):
        return 0.0, "only a phone number"
    if has_digit or set(words) & _OF_ADDRESS:
        return LIKELY, "a number or a word of addresses"
    parsed = parse(text)
    if parsed.city or parsed.province or parsed.barangay or parsed.doubts:
        return LIKELY, "a place of the country"
    if _BESIDE & set(words):
        return LIKELY, "it says what it is beside"
    if is_question(text) or len(set(words) - STOP) < _PLACE_LEAST:
        return DOUBTFUL, "no number and no place"
    return POSSIBLE, "several words that may name a place"


def _barangay(text: str, near: Near) -> Fit:
    if is_nothing(text) or says_unknown(text):
        return LIKELY, "there is none, or it is not known"
    if is_yes(text) or is_greeting(text) or phone_in(text):
        return 0.0, "no place"
    bare = key(bare_barangay(text))
    if fold(bare_barangay(text)) != fold(text):
        return LIKELY, "it is called a barangay"
    towns = towns_by_name().get(key(near.city), ())
    if is_barangay(bare) or any(town.has(bare) or town.like(bare) for town in towns):
        return LIKELY, "a barangay of the country"
    if any(letter.isdigit() for letter in text) or parse(text).city:
        return POSSIBLE, "a number, or another place"
    return DOUBTFUL, "no barangay that the table of places knows"


def _city(text: str, near: Near) -> Fit:
    parsed = parse(text)
    if method_in(text):
        return 0.0, "a way to pay"
    if city_of(text, near.province) or city_of(text) or parsed.city or town_and_province(text):
        return LIKELY, "a city or town of the country"
    if parsed.doubts or key(text) in towns_by_name():
        return LIKELY, "a town of several provinces"
    if province_of(text):
        return POSSIBLE, "a province"
    if is_yes(text) or is_nothing(text) or is_greeting(text):
        return 0.0, "no place"
    if fold(bare_barangay(text)) != fold(text):
        return POSSIBLE, "a barangay, and no city yet"
    return DOUBTFUL, "no city or town that the table of places knows"


def _province(text: str, near: Near) -> Fit:
    if province_of(text) or _city(text, near)[0] >= ENOUGH:
        return LIKELY, "a place of the country"
    return (POSSIBLE, "nearly a province") if provinces_like(text) else (DOUBTFUL, "no province of the country")


def _landmark(text: str, near: Near) -> Fit:
    if is_nothing(text) or postal_code_in(text)[0]:
        return LIKELY, "none, or a postal code"
    if "?" in text or is_yes(text) or is_greeting(text):
        return DOUBTFUL, "it says nothing of a place"
    return POSSIBLE, "anything may be a landmark"


def _payment(text: str, near: Near) -> Fit:
    if is_question(text) and (meaning(text).concepts & _ASKED_OF_PAYMENT or asks_of_method(text)):
        return DOUBTFUL, "it asks about a way to pay"
    return (CERTAIN, "a way to pay") if method_in(text) else (DOUBTFUL, "no way to pay")


def _promo(text: str, near: Near) -> Fit:
    if is_without_code(text):
        return CERTAIN, "there is none"
    if is_yes(text) or is_polite(text):
        return LIKELY, "an okay, and no code"
    return (POSSIBLE, "one word") if len(text.split()) == 1 else (DOUBTFUL, "a sentence")


def _extra(text: str, near: Near) -> Fit:
    return (DOUBTFUL, "a question") if "?" in text else (POSSIBLE, "anything may be the answer")


def _summary(text: str, near: Near) -> Fit:
    answer = yes_no_in(text)
    return (CERTAIN, "yes or no") if answer and not answer.rest else (0.0, "neither yes nor no alone")


def _pieces(text: str, near: Near) -> Fit:
    return (LIKELY, "a number of pieces") if number_in(text) is not None else (DOUBTFUL, "no number")


_FITS: Mapping[type[State], Callable[[str, Near], Fit]] = {
    AskingRecipient: _recipient,
    AskingPhone: _phone,
    AskingAddress: _address,
    AskingBarangay: _barangay,
    AskingCity: _city,
    AskingProvince: _province,
    AskingLandmark: _landmark,
    ChoosingPayment: _payment,
    EnteringPromo: _promo,
    AskingExtra: _extra,
    ReviewingOrder: _summary,
    CancellingOrder: _summary,
    EmptyingCart: _summary,
    ChangingLine: _pieces,
}
"""How an answer to each question is known; where one is not listed, its own reader alone tells."""
