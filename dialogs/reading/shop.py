"""What is typed where nothing in particular is asked: about orders, a greeting, a question to the shop, a search.

Only the words are looked at. `dialogs/showing/answering.py` answers the candidates in the table's order, and goes on to
the next where the shop has no answer: no order, no reply of the merchant's, nothing found.
"""

import re
from collections.abc import Iterator

from bot.language.afterwards.rating import praises, stars_in
from bot.language.afterwards.wishes import asks_where
from bot.language.buying.codes import promo_code_in
from bot.language.buying.leading import without_lead
from bot.language.buying.pointing import pointed
from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import GOODS, LITTLE, Meaning, meaning
from bot.language.places import names_place
from bot.language.texts import has_words, is_greeting, is_no, is_polite, is_question, is_yes, subject, wants_it
from bot.language.values.money import search_within
from dialogs.engine.heard import Typed
from dialogs.reading.candidate import CERTAIN, DOUBTFUL, LIKELY, POSSIBLE, Candidate, Kind
from dialogs.reading.context import Context
from dialogs.reading.small import asks_total, waits
from dialogs.states import OrderPlaced

ORDER_NUMBER = re.compile(r"\bORD-\d{8}-[A-Z0-9]{4,12}\b", re.IGNORECASE)
_PAYMENT_NUMBER = re.compile(r"\d{8,}")  # of a payment that was sent, for a person to check
_OF_AN_ORDER = frozenset({"order", "cancel"})
_NOT = re.compile(rf"{pattern('answer.no')}\b", re.IGNORECASE)
ALSO_POLITE = frozenset({"person", "return"})
"""Concepts of words that are polite too: "ty po sa assist", "balik na lang po ako"."""
_GOING_ON = frozenset({"how", "price"})
"""Concepts with which another place is asked for: "paano naman sa davao?"."""
_GREETING = words_for("talk.greeting")
_NONE = re.compile(r"(?:wala|walang|wla|wlang)\b", re.IGNORECASE)
_YOU = words_for("small.you")
_IFS = tuple([word] for word in words_for("tracking.if"))
_HOW = frozenset({"how", "where", "when"})
_TOPICS = (
    ("damaged", "damaged"), ("refund", "refund"), ("warranty", "warranty"), ("trust", "legit"),
    ("return", "returns"), ("exchange", "returns"), ("wrong", "damaged"), ("wholesale", "wholesale"),
    ("resell", "wholesale"), ("bargain", "promos"), ("haggle", "promos"), ("cancel", "cancel_order"),
    ("location", "location"), ("hours", "hours"), ("cod", "cod"), ("gcash", "gcash"),
    ("installment", "installment"), ("card", "payment_methods"), ("pay", "payment_methods"),
    ("duration", "delivery_time"), ("when", "delivery_time"), ("arrive", "delivery_time"), ("free", "free_shipping"),
    ("abroad", "abroad"), ("pickup", "pickup"), ("sameday", "sameday"),
    ("shipping", "shipping_fee"), ("area", "nationwide"), ("person", "person"), ("contact", "person"),
    ("problem", "person"), ("receipt", "receipt"), ("inspect", "inspection"),
    ("size", "size"), ("how", "how_to_order"), ("original", "legit"), ("color", "color"),
    ("stock", "stock"), ("price", "price"), ("order", "categories"),
)  # fmt: skip
"""What a question of a concept is called in an explanation, the weightiest concept first."""


def read_review(text: str, context: Context) -> Iterator[Candidate]:
    """Stars, or praise of what came."""
    if stars_in(text)[0] or praises(text):
        yield _typed("value", "review", text, LIKELY, "it says how something was")


def read_signs(text: str, context: Context) -> Iterator[Candidate]:
    """No words at all."""
    if not has_words(text):
        yield _typed("social", "signs", text, CERTAIN, "no letter and no digit is in it")


def read_yes_again(text: str, context: Context) -> Iterator[Candidate]:
    """A second yes to an order that is placed."""
    if isinstance(context.state, OrderPlaced) and is_yes(text):
        yield _typed("social", "placed", text, CERTAIN, "a yes, after an order was placed")


def read_order_number(text: str, context: Context) -> Iterator[Candidate]:
    """The number of an order."""
    if number := ORDER_NUMBER.search(text):
        yield _typed("command", "order_number", text, CERTAIN, "the shape of an order's number", number[0].upper())


def read_payment_number(text: str, context: Context) -> Iterator[Candidate]:
    """A long number that may be a transfer's."""
    if not any(map(str.isdigit, text)) or not _PAYMENT_NUMBER.search(fold(text).replace(" ", "")):
        return
    if not is_question(text) and not meaning(text).concepts & _OF_AN_ORDER:
        yield _typed("value", "payment_number", text, LIKELY, "a long number, and no question")


def read_promo_code(text: str, context: Context) -> Iterator[Candidate]:
    """A promo code, named as one."""
    if code := promo_code_in(text):
        yield _typed("value", "promo_code", text, LIKELY, "a code beside words that speak of one", code)


def read_greeting(text: str, context: Context) -> Iterator[Candidate]:
    """Only a greeting."""
    if is_greeting(text):
        yield _typed("social", "greeting", text, CERTAIN, "it only greets")


def read_moment(text: str, context: Context) -> Iterator[Candidate]:
    """That somebody needs a moment, or wants to ask something."""
    if waits(text):
        yield _typed("social", "moment", text, LIKELY, "it only says that something comes")


def read_where(text: str, context: Context) -> Iterator[Candidate]:
    """Where an order is."""
    if asks_where(text):
        yield _typed("command", "track_order", text, LIKELY, "it asks where an order is")


def read_wants_listed(text: str, context: Context) -> Iterator[Candidate]:
    """Something is wanted, and not said what."""
    if wants_it(text):
        yield _typed("command", "list", text, POSSIBLE, "it takes something, and does not say what")


def read_total_of_cart(text: str, context: Context) -> Iterator[Candidate]:
    """What the cart comes to."""
    if asks_total(text):
        yield _typed("command", "total", text, LIKELY, "it asks what everything comes to")


def read_merchants(text: str, context: Context) -> Iterator[Candidate]:
    """A question that the merchant may have an answer to."""
    asked = meaning(text)
    told = ", ".join(sorted(asked.concepts)) or "nothing that shops are asked"
    if asked.concepts & ALSO_POLITE and is_polite(text):
        score, why = DOUBTFUL, "it thanks for help, or says that somebody comes back"
    elif asked.is_clear:
        score, why = LIKELY, f"it is about {told}, and about nothing else"
    elif asked.concepts - LITTLE and not GOODS.issuperset(asked.rest) and names_place(" ".join(asked.rest)):
        score, why = LIKELY, f"it is about {told}, and a place"
    elif asked.concepts >= {"how", "order"} and "price" not in asked.concepts:
        score, why = POSSIBLE, "it asks how to order"
    elif asked.concepts - LITTLE - {"price", "order"} and asked.concepts & _HOW:
        score, why = POSSIBLE, f"it asks how, where or when, about {told}"
    elif asked.concepts - LITTLE and not asked.rest:
        score, why = POSSIBLE, f"it is about {told}"
    else:
        score, why = DOUBTFUL, f"it speaks of {told}; a keyword may stand in it"
    kind: Kind = "command" if topic(asked) in ("person", "categories", "cancel_order") else "canned"
    yield _typed(kind, topic(asked), text, score, why)


def read_politeness(text: str, context: Context) -> Iterator[Candidate]:
    """Only thanks, agreement or leave."""
    if is_polite(text) or praises(text):
        yield _typed("social", "polite", text, LIKELY, "it only thanks, praises, agrees or takes its leave")


def read_known(text: str, context: Context) -> Iterator[Candidate]:
    """What the shop itself knows, without the merchant: where it ships, its promos, its people."""
    asked = meaning(text)
    place = " ".join(asked.rest)
    bare = without_lead(text)
    if bare != text and not asked.concepts - _GOING_ON:
        place = " ".join(meaning(bare).rest)  # "eh sa cdo?"
    first = fold(text).split()[:1]
    if GOODS & set(place.split()):
        place = ""  # "pang bata po ba to" is of no town
    is_led = bare != text and not _GREETING.issuperset(first)  # "hi Ocampo" may be somebody's name
    goes_on = is_led or "price" in asked.concepts or first in _IFS
    if not asked.concepts - _GOING_ON and (goes_on or is_question(text)) and names_place(place):
        yield _typed("canned", "nationwide", text, POSSIBLE, "it asks for a place of the country", place)
    elif asked.is_clear or (asked.concepts >= {"how", "order"} and "price" not in asked.concepts):
        yield _typed("canned", topic(asked), text, POSSIBLE, "the shop may know it by itself")


def read_nothing_named(text: str, context: Context) -> Iterator[Candidate]:
    """Words around something that is not there: "meron po ba?"."""
    if not subject(text):
        yield _typed("command", "categories", text, POSSIBLE, "nothing is left of it but little words")


def read_search(text: str, context: Context) -> Iterator[Candidate]:
    """What is left is looked for."""
    told = pointed(text)
    if told and told.place and not told.rest:
        return  # "yung una" where nothing is on show names nothing to look for
    bare = without_lead(_named_in(text), refusing=False)
    none = _NONE.match(bare)
    if none and (is_question(text) or _YOU & set(fold(text).split())):
        bare = bare[none.end() :]  # "wala po kayong payong" asks for one
    if wanted := search_within(bare) or subject(bare) or (not none and subject(text)):
        yield _typed("search", wanted, text, POSSIBLE, "no other reading takes these words", wanted)


def _named_in(text: str) -> str:
    """The one sentence that may name something; the text itself where several do, or it is one: "bags, not fans"."""
    parts = [part for part in clauses(text) if not (is_polite(part) or is_no(part) or _NOT.match(part))]
    return parts[0] if len(parts) == 1 else text


def topic(asked: Meaning) -> str:
    """What a question is called in an explanation, such as "shipping_fee"; "question" where no concept tells.

    Args:
        asked: What it is about.
    """
    if {"free", "shipping"} <= asked.concepts:
        return "free_shipping"
    return next((called for concept, called in _TOPICS if concept in asked.concepts), "question")


def _typed(kind: Kind, name: str, text: str, score: float, why: str, value: str = "") -> Candidate:
    return Candidate(kind=kind, name=name, value=value, score=score, why=why, heard=Typed(text=text))
