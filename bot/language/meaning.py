"""What a question is about, whatever words it is asked in: "san po shop nyo" and "where are you located" are alike.

A merchant's keyword answers a question that means the same. Both are taken apart into concepts, such as where, pay or
return, in English, Filipino and Taglish; words that no concept knows stand for themselves.
"""

import re
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.lexicon import senses_by_word, words_for
from bot.language.spelling import FILLERS, fold_words, singular

_KEPT_MOST = 16_384
"""Texts whose meaning is kept: as many as a shop has phrases."""
TEXT_MOST = 300
"""Letters of a text that are looked at."""
_TIED = "_"
"""Between the words of a phrase that has a concept of its own."""
_FUZZY_LEAST = 7
"""Letters of a word in which a slip is forgiven: shorter ones are too often another word."""

FAMILIES = (
    frozenset({"return", "refund", "exchange", "damaged"}),
    frozenset({"wrong", "damaged"}),
    frozenset({"trust", "original"}),
    frozenset({"pay", "card", "installment"}),
    frozenset({"duration", "when"}),
    frozenset({"shipping", "arrive"}),
    frozenset({"contact", "person"}),
    frozenset({"bargain", "haggle"}),
)
"""Concepts that are near enough to be answered by one another where nothing nearer is there."""
LITTLE = frozenset({"where", "when", "how", "shop", "free"})
"""Concepts that mean nothing alone."""
_FIRM = """
    shipping abroad pickup sameday pay cod gcash installment trust original return refund exchange damaged warranty
    wholesale resell cancel person receipt inspect
"""
FIRM = frozenset(_FIRM.split())
"""Concepts that a text is about whatever else it names; any other counts only where nothing else is named."""
_ASKED = frozenset({"arrive", "duration", "hours", "location", "area", "card", "bargain", "haggle", "contact"})
"""Concepts that a text is about where nothing that is sold stands beside them: "lead time", "black Friday sale po"."""
_REST_MOST = 3  # words beside them that no concept knows
GOODS = frozenset(senses_by_word("goods"))
"""Words for things that shops sell."""
_WRONG = frozenset({"wrong", "order"})  # together as firm: "kulang po ang laman ng parcel"
_HOW_MANY_TAKEN = frozenset(senses_by_word("number")) | words_for("take.take", "pointing.want", "tracking.if")
_OF_GOODS = frozenset({"price", "order", "shop", "stock", "how", "duration"})
_MANY = words_for("beside_shop.many")
_BARGAINS = frozenset({"bargain", "haggle"})
_CHEAPER = frozenset(word for phrase in words_for("money.cheap") for word in phrase.split())
_AT = words_for("beside_shop.at")
_SIZES = frozenset(senses_by_word("size"))
_MEASURES = words_for("pointing.measure")
_HOW_MUCH = frozenset({"price", "refund", "return"})
_OTHER = frozenset({"change", "exchange", "wrong"})
"""Concepts with which an address is one that shall be another."""
_MONEY = words_for("anger.money")
_HELPS, _EITHER = words_for("beside_shop.helps"), words_for("bot.either")
_WEEKDAYS = words_for("time.weekday")
_ON_DAYS = frozenset({"shipping", "shop", "hours"})
_ABROAD = words_for("beside_shop.abroad")
"""Countries and cities to which something may be sent: elsewhere they are where goods come from."""
_HERS = words_for("own_address.word")  # that say that an address is the shopper's
_NEED_SHOP = {word: topic for topic in ("hours", "contact", "location") for word in words_for(f"beside_shop.{topic}")}
"""Words that have the meaning only of a shop: "bukas" is also tomorrow."""
_PLACES = words_for("beside_shop.walked_into")  # a shop that can be
_FROM, _WE = words_for("beside_shop.comes_from"), words_for("beside_shop.we")  # "taga Samar ako" asks for no shop
_DAYS = words_for("time.weekday", "time.week", "time.part_of_day", "time.soon", "time.month")
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th|am|pm)?\Z")
_CLOCK = re.compile(r"\d{1,2}(?:am|pm)\Z")
_OF_A_DAY = frozenset({"arrive", "when", "duration", "shipping", "sameday", "hours", "pickup"})
"""Concepts that are asked of a day: "aabot ba sa Dec 24", "open kayo ng Sunday"."""
_OTHER_THING, _CAME = words_for("edit.another") - words_for("time.around"), words_for("wish.came")
_MAY_ORDER = words_for("tracking.may", "tracking.to_order")
_IF = words_for("tracking.if")
_ON_ARRIVAL = words_for("beside_shop.on_arrival")
_OFFERED = tuple(map(frozenset, (("pwede", "lang"), ("pwede", "nalang"), ("can", "for"), ("for", "each"))))
"""Words of which all stand beside what somebody would pay: "pwede 200 na lang", "can I get it for 200 each?"."""
_UNITS = words_for("quantity.unit")
_EACH = words_for("dozen.word") | words_for("quantity.unit", "quantity.each", "small.each") | _HOW_MANY_TAKEN
"""What a price is asked of, where nothing is named: "how much each", "magkano ang isa"."""
STOP = FILLERS | words_for("search.empty", "small.vocative", "small.asking")
"""Words that name nothing: around products too, and such as "items" and "policy" around questions."""
_PREFIXES = sorted(words_for("grammar.prefix"), key=lambda prefix: (-len(prefix), prefix))
_APART = frozenset(_PREFIXES)
"""What stands before a verb, typed as a word of its own: "makaka order"."""
_INFIXES = words_for("grammar.infix")
_CONCEPT = senses_by_word("topic")
_PHRASES: dict[str, list[str]] = {}
"""Phrases that have a concept of their own, by their first word."""
for _phrase in _CONCEPT:
    if " " in _phrase:
        _PHRASES.setdefault(_phrase.split()[0], []).append(_phrase)
_BETWEEN = words_for("small.polite", "small.particle", "small.me", "small.you", "small.article", "question.particle")
"""Little words that may stand within a phrase: "di ko na po itutuloy"."""
_LONG = tuple(word for word in _CONCEPT if len(word) >= _FUZZY_LEAST and " " not in word)
_NOT_MEANT = words_for("search.no_slip")
"""Words that are a slip away from one of a concept and mean something else."""


class Meaning(msgspec.Struct, frozen=True):
    """What a text is about.

    Attributes:
        concepts: What it speaks of, such as "where" and "shop".
        rest: The words that no concept knows, of a product for example, in order.
    """

    concepts: frozenset[str]
    rest: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether it speaks of something that a shop is asked, and of nothing else."""
        if not self.concepts - LITTLE:
            return False
        if not self.rest or self.concepts & FIRM or self.concepts >= _WRONG:
            return True
        return bool(self.concepts & _ASKED) and len(self.rest) <= _REST_MOST and GOODS.isdisjoint(self.rest)


@lru_cache(maxsize=_KEPT_MOST)
def meaning(text: str) -> Meaning:
    """What a text is about.

    Args:
        text: What was typed, or a merchant's keyword.
    """
    words = _tied([_without_slip(word) for word in fold_words(text[:TEXT_MOST])])
    concepts: set[str] = set()
    rest: list[str] = []
    for word in words:
        if concept := _concept(word):
            concepts.add(concept)
        elif word not in STOP and word not in _NEED_SHOP and word not in _APART and len(word) > 1:
            rest.append(word)
    if "shop" in concepts:
        concepts |= {concept for word, concept in _NEED_SHOP.items() if word in words}
        if any(map(_CLOCK.match, words)):
            concepts.add("hours")  # "hanggang 5pm kayo"
        if not concepts - {"where", "shop", "stock"} and ("where" in concepts or _PLACES & set(words)):
            concepts = {"location"}
    if "shipping" in concepts and not _ABROAD.isdisjoint(rest):
        concepts, rest = concepts | {"abroad"}, [word for word in rest if word not in _ABROAD]
    if {"pay", "shipping"} <= concepts and not concepts & {"cod", "how"}:
        concepts -= {"pay"}  # "may bayad ba ang delivery"
    if {"cod", "gcash"} <= concepts and _EITHER & set(words):
        concepts = concepts - {"cod", "gcash"} | {"pay"}  # "ano mas okay, cod or gcash"
    if "order" in concepts and not rest and _HELPS & set(words) and concepts <= _OF_GOODS:
        concepts |= {"how"}  # "patulong po umorder"
    if "shipping" in concepts and concepts <= _ON_DAYS and _WEEKDAYS & set(words):
        concepts |= {"when"}  # "do you deliver on weekends?"
    if "inspect" in concepts:
        concepts, rest = concepts & {"inspect", "cod", "person"}, []  # "pwede buksan bago bayaran"
    comes = bool("arrive" in concepts or _ON_ARRIVAL & set(words)) or bool(_CAME & set(words) and _IF & set(words))
    if comes and "pay" in concepts and not concepts & _HOW_MUCH:
        concepts = concepts - {"pay"} | {"cod"}  # "magbayad pag nareceive na"
    if "free" in concepts and "order" in concepts and concepts <= _OF_GOODS | {"free"}:
        concepts = concepts - {"free", "how", "order"} | ({"wholesale"} if _MANY & set(words) else {"bargain"})
    if "person" in concepts:
        concepts -= {"cod"}  # "reklamo po ako sa rider nyo"
    if "return" in concepts and not _MONEY.isdisjoint(rest):
        concepts, rest = concepts - {"return"} | {"refund"}, [word for word in rest if word not in _MONEY]
    if "off" in rest and any(word.isdigit() for word in rest):  # "10% off"
        concepts, rest = concepts | {"bargain"}, [word for word in rest if word != "off"]
    if concepts & {"bargain", "haggle"} and "wholesale" not in concepts:
        concepts -= {"order"}  # "any discount if I buy 2?"
    if concepts & {"bargain", "haggle"}:  # "may sale ba this 12.12", "may bawas ba pag tatlo kukunin"
        rest = [word for word in rest if not word.isdigit() and word not in _HOW_MANY_TAKEN]
    if "size" in concepts:  # "anong size kasya sa 60 kilos"
        rest = [word for word in rest if not word[0].isdigit() and word not in _MEASURES | _SIZES]
    if "price" in concepts:
        if _MANY & set(words) and concepts <= _OF_GOODS:
            concepts |= {"wholesale"}  # "magkano pag kukuha ng marami"
        rest = [word for word in rest if word not in _EACH]
        if rest and _UNITS & set(words) and all(map(str.isdigit, rest)) and concepts <= _OF_GOODS:
            concepts, rest = concepts | {"wholesale"}, []  # "how much if 50 pcs"
    if concepts & _OF_A_DAY:
        rest = [word for word in rest if word not in _DAYS and not _NUMBERED.match(word)]
    if (
        _MANY & set(words) and _CHEAPER & set(words) and concepts <= _OF_GOODS | _BARGAINS
    ):  # "may mas mura ba pag madami kukunin"
        concepts = concepts | {"wholesale"}
    if "shop" in concepts and words[0] in _AT and not concepts - {"shop"} and len(rest) <= _REST_MOST:
        concepts = {"location"}  # "nasa Manila po ba kayo"
    if _FROM & set(words) and _WE & set(words):
        concepts -= {"location"}
    if _OTHER_THING & set(words) and _CAME & set(words):
        concepts |= {"wrong", "order"}  # "ibang item ang dumating"
    is_money = bool(rest) and all(len(word) > 1 and word.isdigit() for word in rest)
    if not concepts and is_money and any(set(words) >= each for each in _OFFERED):
        concepts, rest = {"haggle"}, []  # "pwede 200 na lang"
    if {"where", "order"} == concepts - {"shop"} and _MAY_ORDER & set(words):
        concepts = {"how", "order"}  # "saan pwede umorder"; where an order is stands in afterwards/wishes.py
    if "address" in concepts:
        concepts = _whose_address(concepts, alone=not rest and not _HERS & set(words))
    return Meaning(frozenset(concepts), tuple(dict.fromkeys(rest)))


def _tied(words: list[str]) -> list[str]:
    """The words of a text, those of a phrase tied together; also where little words stand within the phrase."""
    known = [phrase for word in dict.fromkeys(words) for phrase in _PHRASES.get(word, ())]
    if not known:
        return words
    known.sort(key=lambda phrase: (-phrase.count(" "), phrase))
    said = f" {' '.join(words)} "
    for phrase in known:
        said = said.replace(f" {phrase} ", f" {phrase.replace(' ', _TIED)} ")
    bare = f" {' '.join(word for word in said.split() if word not in _BETWEEN)} "
    for phrase in known:
        short = [word for word in phrase.split() if word not in _BETWEEN]
        if len(short) > 1 and f" {' '.join(short)} " in bare:
            said = bare = bare.replace(f" {' '.join(short)} ", f" {phrase.replace(' ', _TIED)} ")
    return said.split()


def _whose_address(concepts: set[str], *, alone: bool) -> set[str]:
    """The concepts of a text about an address: the shop's own, or another one for an order; else as they are."""
    if concepts & _OTHER:
        return concepts - _OTHER - {"address"} | {"new address"}
    if concepts & {"where", "shop"} or (alone and concepts == {"address"}):
        return concepts - {"where", "address"} | {"location"}
    return concepts


def likeness(asked: Meaning, keyword: Meaning) -> float:
    """How well what a keyword is about answers what was asked; 0 where it does not.

    Args:
        asked: What the shopper's text is about.
        keyword: What the merchant's keyword is about.
    """
    wanted = keyword.concepts - {"shop"} or keyword.concepts
    if not (wanted - LITTLE or keyword.rest) or not set(keyword.rest) <= set(asked.rest):
        return 0
    if "problem" in asked.concepts - wanted:
        return 0
    score = len(keyword.rest) + 0.0
    for concept in wanted - asked.concepts - {"how"}:
        if not any(concept in family and family & asked.concepts for family in FAMILIES):
            return 0
        score -= 0.5
    if set(asked.rest) - set(keyword.rest) and not (wanted & asked.concepts & FIRM or keyword.rest):
        return 0
    score += sum(map(_weight, wanted)) - sum(map(_weight, asked.concepts - wanted - {"shop"})) / 2
    return max(0.01, score)


def _weight(concept: str) -> float:
    """How much a concept says about what is asked."""
    return 0.4 if concept in LITTLE else 1.5 if concept in FIRM else 1.0


@lru_cache(maxsize=4096)
def _concept(word: str) -> str:
    """The concept that a word stands for: as it is, or without an affix; empty where it is none."""
    if concept := _CONCEPT.get(word.replace(_TIED, " ")) or _CONCEPT.get(singular(word)):
        return concept
    if word in STOP or word in _NOT_MEANT:
        return ""
    for prefix in ("", *_PREFIXES):
        bare = word.removeprefix(prefix)
        if len(bare) >= 4 and (bare != word or not prefix):
            # "oorder", "nagdedeliver", "nagshiship": the first syllable is said twice.
            once = next((bare[count:] for count in (1, 2, 3) if bare[:count] == bare[count : 2 * count]), bare)
            if concept := _CONCEPT.get(bare) or _CONCEPT.get(once):
                return concept
    # "tumawad" is "tawad", "binayaran" is "bayaran": the affix stands behind the first letter.
    return _CONCEPT.get(word[0] + word[3:], "") if len(word) >= 6 and word[1:3] in _INFIXES else ""


@lru_cache(maxsize=4096)
def _without_slip(word: str) -> str:
    """The word of a concept that a long word is, but for a slip; the word itself where it is none."""
    if len(word) < _FUZZY_LEAST or word in STOP or word in _NOT_MEANT or _concept(word):
        return word
    slips = (known for known in _LONG if known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) <= 1)
    return next(slips, word)


_BESIDE_BOT, _SOLD_BOTS = words_for("bot.beside"), words_for("bot.sold")


def asks_whether_bot(text: str) -> bool:
    """Whether somebody asks whether a bot is speaking: "bot po ba to", "am I talking to a bot?", "tao po ba o bot".

    Args:
        text: What was typed.
    """
    asked, words = meaning(text), set(fold(text).split())
    if "bot" not in asked.concepts or not asked.concepts <= {"bot", "person", "shop"} or words & _SOLD_BOTS:
        return False
    if "person" in asked.concepts and not words & _EITHER:
        return False  # "are you a bot? I want a human"
    return set(asked.rest) <= _BESIDE_BOT
