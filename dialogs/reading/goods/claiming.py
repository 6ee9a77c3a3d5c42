"""What a text takes by its name: one thing, or several, each with its number."""

import re
from collections.abc import Iterator

from bot.language.afterwards.rating import praises
from bot.language.buying.leading import without_lead
from bot.language.buying.pointing import Pointed, pointed
from bot.language.buying.several import each_in
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import meaning
from bot.language.texts import is_question
from bot.language.values.money import limits_in
from dialogs.engine.claimed import Claims, ClaimsSeveral
from dialogs.reading.candidate import LIKELY, POSSIBLE, Candidate
from dialogs.reading.context import Context
from dialogs.reading.goods.offered import offered_in
from dialogs.states import CancellingOrder, InCheckout

_OF_NONE = words_for(
    "address.street", "address.estate", "address.part", "address.barangay", "wish.received"
)  # fmt: skip
"""Words of an address, and of what has come: a number beside them is none of pieces to buy."""
_ASKED = frozenset({"size", "how", "when", "where", "warranty", "return", "exchange"})
"""What is asked of a shop, and is no claim."""
_NO_GOODS = frozenset({"bargain", "haggle", "arrive", "wrong"})
"""Concepts of words that name nothing that could be taken."""
_OF_DELIVERY = frozenset({"shipping", "cod", "gcash", "refund"})
_TAKES = re.compile(
    rf"{pattern('take.surely')}\b(?:\s+(?:ko|ako|na|po|din|rin|ni|i))*\s+{pattern('take.marks')}\s", re.IGNORECASE
)
"""Such as "kunin ko yung ...", "add the ...": what is taken is said, and nothing is put off."""
_ONE_MORE = words_for("quantity.one_more")
"""Such as "another umbrella in purple"."""
_CLAIM_MOST = 8
_SEVERAL_MOST = 6
"""Things that are taken with one message."""
_BETWEEN = re.compile(rf"\s{pattern('search.between')}\s|[,&+;\n]", re.IGNORECASE)


def read_claim(text: str, context: Context) -> Iterator[Candidate]:
    """Something taken by its name: claimed as in a live sale, or with a number of pieces."""
    if isinstance(context.state, InCheckout | CancellingOrder) or context.listens:
        return
    told = pointed(text)
    if told is None or not told.rest or len(told.rest) > _CLAIM_MOST or told.price:
        return
    asks = told.asks and not (told.claims or (told.takes and not told.stock))
    bare = without_lead(text)
    is_taken = bool(_TAKES.match(bare) or _ONE_MORE & set(fold(bare).split()[:1])) and not is_question(text)
    if not (told.claims or told.quantity or is_taken) or asks or _is_list(text):
        return
    named = meaning(" ".join(told.rest))
    if (named.concepts & _NO_GOODS and not named.rest) or (named.concepts & _OF_DELIVERY and is_question(text)):
        return  # "may lalamove ba for Metro Manila", "tawad naman po ng 50", "ibang item po yung dumating sakin"
    if not told.points and is_question(text) and meaning(text).concepts & _ASKED:
        return  # "anong size po kasya sa akin 5'4"
    if not told.claims and (
        set(fold(text).split()) & _OF_NONE or praises(re.sub(r"\d+", " ", text)) or limits_in(text)
    ):
        return  # no pieces: "10/10 ang ganda", "regalo na wala pang 300"
    why = "it is claimed by its name" if told.claims else "a number of pieces beside words that name something"
    heard = Claims(text=text, said=told.said, quantity=told.quantity or 1, beside=offered_in(context))
    score = LIKELY if told.claims else POSSIBLE
    yield Candidate(kind="search", name="claim", value=told.said, score=score, why=why, heard=heard)


def read_several(text: str, context: Context) -> Iterator[Candidate]:
    """Several things taken by their names, each with its number: "2 mug navy, 1 kawali"."""
    if isinstance(context.state, InCheckout | CancellingOrder) or context.listens or is_question(text):
        return
    each, rest = each_in(text)
    parts = [part for part in map(without_lead, _BETWEEN.split(rest)) if part and fold(part)]
    if not 1 < len(parts) <= _SEVERAL_MOST or limits_in(text) or praises(re.sub(r"\d+", " ", text)):
        return
    wanted: list[tuple[int, str]] = []
    for part in parts:
        told = pointed(part)
        if told is None or not (is_counted_thing(told, part) or (each and told.rest and told.quantity is None)):
            return
        wanted.append((told.quantity or each or 1, told.said))
    of = context.goods[0].product_id if len(context.goods) == 1 else 0
    heard = ClaimsSeveral(text=text, wanted=tuple(wanted), beside=offered_in(context), of=of)
    value = ", ".join(f"{pieces} {said}" for pieces, said in wanted)
    why = "several things, each with its number"
    yield Candidate(kind="search", name="claim", value=value, score=POSSIBLE, why=why, heard=heard)


def is_counted_thing(told: Pointed, part: str) -> bool:
    """Whether a part of a list names something with its number.

    Args:
        told: What it says.
        part: The part, as typed.
    """
    if told.quantity is None or not told.rest or told.price or len(told.rest) > _CLAIM_MOST:
        return False
    return not set(fold(part).split()) & _OF_NONE


def _is_list(text: str) -> bool:
    """Whether several things are named, each with its number: "2 powerbank at 3 banana chips"."""
    return (
        sum(
            any(map(str.isdigit, part)) or bool((told := pointed(part)) and told.quantity)
            for part in _BETWEEN.split(text)
        )
        > 1
    )
