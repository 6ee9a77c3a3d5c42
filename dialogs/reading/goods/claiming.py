"""What a text takes by its name: one thing, or several, each with its number."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.language.afterwards.rating import praises
from bot.language.buying.leading import without_lead
from bot.language.buying.pointing import LAST, MIDDLE, Pointed, pointed
from bot.language.buying.several import each_in
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import meaning
from bot.language.quantities import number_in
from bot.language.texts import is_question
from bot.language.values.looks import is_look_word
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
_ADD = words_for("wish.add")
_LITTLE = words_for("small.polite", "search.between")
_THE = re.compile(rf"(?:{pattern('small.article', 'pointing.this')})\s", re.IGNORECASE)
_CONTAINERS = words_for("quantity.container")
_SHOWN_MOST = 10
"""Products on show of which several kinds may be meant."""
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
    said, parts = parts, _with_containers(parts)
    if len(parts) == 1 and context.goods:
        parts = _by_numbers(parts[0])
    if len(parts) == 1 < len(said) and (whole := pointed(parts[0])) and whole.rest and whole.quantity:
        much = Claims(text=text, said=_bare(whole), quantity=whole.quantity)
        yield Candidate(kind="search", name="claim", value=much.said, score=LIKELY, why="so much of it", heard=much)
    if not 1 < len(parts) <= _SEVERAL_MOST or limits_in(text) or praises(re.sub(r"\d+", " ", text)):
        return
    wanted: list[tuple[int, str]] = []
    shown: list[int] = []
    for part in parts:
        told = pointed(part)
        if told is None:
            return
        this = shown_at(told, context)
        beside = any(shown) and told.rest and told.quantity is None and bool(_THE.match(part))
        if not (this or is_counted_thing(told, part) or (each and told.rest and told.quantity is None) or beside):
            return
        wanted.append((told.quantity or each or 1, told.said if this else _bare(told)))
        shown.append(this)
    of = tuple(one.product_id for one in context.goods[:_SHOWN_MOST])
    is_pointed = any(shown)
    heard = ClaimsSeveral(
        text=text,
        wanted=tuple(wanted),
        beside=None if is_pointed else offered_in(context),
        of=of,
        shown=tuple(shown) if is_pointed else (),
    )
    value = ", ".join(f"{pieces} {said}" for pieces, said in wanted)
    why = "several things, each with its number"
    yield Candidate(kind="search", name="claim", value=value, score=POSSIBLE, why=why, heard=heard)


def shown_at(told: Pointed, context: Context) -> int:
    """The product on show that a part of a list takes without naming it: "2 nito", "1 nung pangatlo"; 0 for none.

    Args:
        told: What the part says.
        context: What it is read against.
    """
    count = len(context.goods)
    looks = all(map(is_look_word, told.rest))
    if told.quantity is None or not looks or told.price or told.asks:
        return 0
    is_it = count == 1 and (told.points or not told.rest)  # "2 nito", "sige isa"
    at = {LAST: count, MIDDLE: (count + 1) // 2}.get(told.place, told.place) or (1 if is_it else 0)
    return context.goods[at - 1].product_id if 0 < at <= count else 0


def _with_containers(parts: list[str]) -> list[str]:
    """The parts of a list, where what only says how much of one of them goes with it: "the shampoo, one bottle"."""
    found: list[str] = []
    for part in parts:
        told = pointed(part)
        is_much = bool(told and told.quantity and told.rest and _CONTAINERS.issuperset(told.rest))
        before = pointed(found[-1]) if found else None
        if told and is_much and before and before.rest and before.quantity is None:
            found[-1] = f"{told.quantity} {found[-1]}"
        else:
            found.append(part)
    return found


def _by_numbers(text: str) -> list[str]:
    """The parts of a text that names several kinds without a pause, each with its number: "rosas isa gumamela isa"."""
    words = [word for word in fold(text).split() if word not in _LITTLE]
    numbers = [at for at, word in enumerate(words) if number_in(word, asked=False) and word not in ("a", "an")]
    if len(numbers) < 2 or any(two - one < 2 for one, two in pairwise(numbers)):
        return [text]
    if numbers[-1] == len(words) - 1 and numbers[0] > 0:
        begins = [0, *(at + 1 for at in numbers[:-1])]
    elif numbers[0] == 0 and numbers[-1] < len(words) - 1:
        begins = numbers
    else:
        return [text]
    return [" ".join(words[one:two]) for one, two in pairwise([*begins, len(words)])]


def _bare(told: Pointed) -> str:
    """The words of a thing, without one that only says that it is taken: "add 2 kawali"."""
    return " ".join(word for word in told.rest if word not in _ADD) or told.said


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
