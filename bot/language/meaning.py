"""What a question is about, whatever words it is asked in: "san po shop nyo" and "where are you located" are alike.

A merchant's keyword answers a question that means the same. Both are taken apart into concepts, such as where, pay or
return, in English, Filipino and Taglish; words that no concept knows stand for themselves.
"""

from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from bot.language.lexicon import senses_by_word, words_for
from bot.language.spelling import FILLERS, fold_words, singular

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
)
"""Concepts that are near enough to be answered by one another where nothing nearer is there."""
LITTLE = frozenset({"where", "when", "how", "shop", "free"})
"""Concepts that mean nothing alone."""
_FIRM = """
    shipping abroad pickup sameday pay cod gcash installment trust original return refund exchange damaged warranty
    wholesale resell cancel person
"""
FIRM = frozenset(_FIRM.split())
"""Concepts that a text is about whatever else it names; any other counts only where nothing else is named."""
_HOW_MANY_TAKEN = frozenset(senses_by_word("number")) | words_for("take.take", "pointing.want", "tracking.if")
_MEASURES = words_for("pointing.measure")
_HOW_MUCH = frozenset({"price", "refund", "return"})
_OTHER = frozenset({"change", "exchange", "wrong"})
"""Concepts with which an address is one that shall be another."""
_HERS = words_for("own_address.word")
"""Words that say that an address is the shopper's."""
_NEED_SHOP = {word: topic for topic in ("hours", "contact") for word in words_for(f"beside_shop.{topic}")}
"""Words that have the meaning only of a shop: "bukas" is also tomorrow."""
_PLACES = words_for("beside_shop.walked_into")
"""Words for a shop that can be walked into."""
STOP = FILLERS | words_for("search.empty", "small.vocative", "small.asking")
"""Words that name nothing: around products too, and such as "items" and "policy" around questions."""
_PREFIXES = sorted(words_for("grammar.prefix"), key=lambda prefix: (-len(prefix), prefix))
_APART = frozenset(_PREFIXES)
"""What stands before a verb, typed as a word of its own: "makaka order"."""
_INFIXES = words_for("grammar.infix")
_CONCEPT = senses_by_word("topic")
_PHRASES = sorted((word for word in _CONCEPT if " " in word), key=lambda phrase: (-phrase.count(" "), phrase))
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
        return bool(self.concepts - LITTLE) and (not self.rest or bool(self.concepts & FIRM))


@lru_cache(maxsize=4096)
def meaning(text: str) -> Meaning:
    """What a text is about.

    Args:
        text: What was typed, or a merchant's keyword.
    """
    said = f" {' '.join(_without_slip(word) for word in fold_words(text[:TEXT_MOST]))} "
    for phrase in _PHRASES:
        said = said.replace(f" {phrase} ", f" {phrase.replace(' ', _TIED)} ")
    words = said.split()
    concepts: set[str] = set()
    rest: list[str] = []
    for word in words:
        if concept := _concept(word):
            concepts.add(concept)
        elif word not in STOP and word not in _NEED_SHOP and word not in _APART and len(word) > 1:
            rest.append(word)
    if "shop" in concepts:
        concepts |= {concept for word, concept in _NEED_SHOP.items() if word in words}
        if not concepts - {"where", "shop"} and ("where" in concepts or _PLACES & set(words)):
            concepts = {"location"}
    if {"pay", "shipping"} <= concepts and not concepts & {"cod", "how"}:
        concepts -= {"pay"}  # "may bayad ba ang delivery"
    if {"pay", "arrive"} <= concepts and not concepts & _HOW_MUCH:
        concepts |= {"cod"}  # "magbayad pag nareceive na"
    if "bargain" in concepts:  # "may sale ba this 12.12", "may bawas ba pag tatlo kukunin"
        rest = [word for word in rest if not word.isdigit() and word not in _HOW_MANY_TAKEN]
    if "size" in concepts:  # "anong size kasya sa 60 kilos"
        rest = [word for word in rest if not word.isdigit() and word not in _MEASURES]
    if "address" in concepts:
        concepts = _whose_address(concepts, alone=not rest and not _HERS & set(words))
    return Meaning(frozenset(concepts), tuple(dict.fromkeys(rest)))


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
