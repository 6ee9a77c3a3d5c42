"""Words of chats written out: "gsto ko ung wyt, d n ung isa" is "gusto ko yung wyt, di na yung isa".

Who types fast leaves out vowels. A word that no list knows, and that is a known little word without some of its
vowels, is that word; what shops sell is called by words that have theirs.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from bot.language.fold import fold
from bot.language.lexicon import table, tables, words_for

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_VOWELS = frozenset("aeiou")
_LEAST = 3
"""Letters of a word that may be another without its vowels: shorter ones stand in the lexicon."""
_LONG = 5
"""Letters from which on a word is no other's beginning: "plitan" is nothing that shops sell, "bra" is."""
_ASKS = "paki"
_TARGET_LEAST = 4
_OF = (
    "small", "answer", "talk", "question", "lead", "take", "pointing", "edit", "quantity", "number", "topic", "look",
    "keeping", "total", "pointing_place", "size", "color",
)  # fmt: skip
"""Tables of words that say what is meant with a thing, and name none."""
_OPEN = frozenset(one + other for one in _VOWELS for other in _VOWELS)
"""The first and the third letter of a short word that is written out: "ube"."""
_BEGINNINGS = frozenset(
    [
        "bl",
        "br",
        "ch",
        "cl",
        "cr",
        "dr",
        "dw",
        "fl",
        "fr",
        "gl",
        "gr",
        "kl",
        "kn",
        "kr",
        "kw",
        "ph",
        "pl",
        "pr",
        "sc",
        "sh",
        "sk",
        "sl",
        "sm",
        "sn",
        "sp",
        "st",
        "sw",
        "th",
        "tr",
        "ts",
        "tw",
        "wh",
        "wr",
    ]
)
"""With which words begin that are written out."""
_FILIPINO = words_for("filipino.sure", "filipino.likely", "edit.remove", "small.particle", "lead.word") - words_for(
    "english.sure"
)
_LETTERS: Mapping[str, str] = {"b": "ba", "n": "na", "p": "pa", "d": "di"}
"""Words of one letter, in the middle of Filipino."""


@lru_cache(maxsize=512)
def spelled_out(text: str) -> str:
    """A text with the words written out that only lack vowels; the text itself where there are none.

    Args:
        text: What was typed.
    """
    said = _WORD.sub(lambda found: _meant(found[0]), text)
    if not _LETTERS.keys() & set(fold(said).split()):
        return said
    return (
        _WORD.sub(lambda found: _letter(found, said), said)
        if said != text or _FILIPINO & set(fold(said).split())
        else said
    )


def _letter(found: re.Match[str], said: str) -> str:
    """The word that a letter stands for, where no number stands beside it: "p 500" is money."""
    before, behind = said[: found.start()].rstrip(), said[found.end() :].lstrip()
    beside = (*before.split()[-1:], *behind.split()[:1])
    if (
        any(len(word.strip(".,?!")) == 1 and word.lower() not in _LETTERS for word in beside)
        or "." in said[found.start() - 1 :][:1]
    ):
        return found[0]  # "c.o.d.", "c o d"
    is_money = found[0].lower() == "p" and before[-1:].isdigit()
    if is_money or behind[:1].isdigit() or not (before or behind):
        return found[0]
    return _LETTERS.get(found[0].lower(), found[0])


@cache
def _known() -> frozenset[str]:
    """Every single word that some list has, or a phrase of one."""
    return frozenset(
        word for name in tables() for phrases in table(name).values() for phrase in phrases for word in phrase.split()
    )


@cache
def _wanting() -> frozenset[str]:
    """Words that are asked for politely with "paki" in front of them."""
    return words_for("edit.remove", "edit.more", "quantity.more", "wish.add", "take.take", "keeping.save", "items.less")


@cache
def _targets() -> Mapping[str, tuple[str, ...]]:
    """The words that may be meant, by their consonants."""
    found: dict[str, list[str]] = {}
    words = {word for name in _OF for phrases in table(name).values() for phrase in phrases for word in phrase.split()}
    for word in sorted(words):
        if len(word) >= _TARGET_LEAST and word.isalpha():
            found.setdefault(_consonants(word), []).append(word)
    return {consonants: tuple(known) for consonants, known in found.items()}


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    said = fold(word)
    if len(said) < _LEAST or not said.isalpha() or said in _known():
        return word
    if len(said) < _LONG and (said[1] in _VOWELS or said[:2] in _BEGINNINGS or said[0] + said[2] in _OPEN):
        return word
    if said.startswith(_ASKS) and said.removeprefix(_ASKS) in _wanting():
        return f"{_ASKS} {said.removeprefix(_ASKS)}"  # "pakibawas"
    near = [known for known in _targets().get(_consonants(said), ()) if _is_left_of(said, known)]
    return min(near, key=lambda known: (len(known), known)) if near else word


def _is_left_of(word: str, known: str) -> bool:
    """Whether a word is another one without some of its vowels."""
    rest = iter(known)
    return word[0] == known[0] and len(word) < len(known) and all(letter in rest for letter in word)


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)
