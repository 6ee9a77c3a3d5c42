"""How shoppers spell: the words of what they typed, and which known words they may have meant."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

WORD_MOST = 32
"""Letters of a word that are looked at."""
TEXT_MOST = 500
"""Letters of a question that are looked at."""

_AROUND = """
    a about ako ang an and any are at available avail ba baka bang ben bibili bili bumili can com do does for
    gusto have hello hi hm how i ibenta im in is it its ito ka kay kayo ko kung lang like looking magkano may me
    meron merong mga mo much my na nang ng ninyo niyo nyo of ok on oorder order our pa paano pabili pahingi please
    pls plz po presyo price pwede sa sana sell selling show si sir siya some stock sya tapos tayo tell that the their
    there this tinda to u us ung want we what where which with yan yang yon you your yun yung
"""
FILLERS = frozenset(_AROUND.split())
"""What people say around what they look for, in English and Filipino."""

_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation, in order.

    Args:
        text: Anything.
    """
    bare = "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
    return [word[:WORD_MOST] for word in _WORD.findall(bare.casefold().replace("'", "").replace("’", ""))]


def asked_words(text: str, *, most: int = 8) -> list[str]:
    """The words of a question that say what is looked for; the long ones among the fillers where there are no others.

    Args:
        text: What the shopper typed.
        most: Words at most.
    """
    begun = text if len(text) <= TEXT_MOST else text[:TEXT_MOST].rpartition(" ")[0]
    words = list(dict.fromkeys(plain_words(begun)))
    return ([word for word in words if word not in FILLERS] or [word for word in words if len(word) > 3])[:most]


def shorter(word: str) -> set[str]:
    """The word with each one letter left out: what two spellings of one word have in common.

    Args:
        word: A word of `plain_words`.
    """
    return {word[:index] + word[index + 1 :] for index in range(len(word))} if len(word) > 3 else set()


def singular(word: str) -> str:
    """An English word without its plural, for comparing two of them.

    Args:
        word: A word of `plain_words`.
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def closeness(word: str, known: str) -> int:
    """How surely a shopper who typed one word meant the other, in percent; 0 where hardly.

    Args:
        word: What was typed.
        known: A word of the catalogue.
    """
    if word == known:
        return 100
    if singular(word) == singular(known):
        return 96
    if known.startswith(word) and len(word) > 1:
        return 80 + 15 * len(word) // len(known)
    if min(len(word), len(known)) < 4 or word.isdigit() or known.isdigit():
        return 0
    most = 1 if len(word) < 7 else 2
    distance = OSA.distance(word, known, score_cutoff=most)
    if distance > most:
        return 0
    same_start = 6 if word[0] == known[0] else 0
    return 84 - 14 * distance + same_start - (abs(len(word) - len(known)) > 1) * 4


def meant(word: str, known: Iterable[str], *, most: int = 12) -> dict[str, int]:
    """Which known words may be meant, with `closeness`; only the exact one and longer ones where it is known itself.

    Args:
        word: What was typed.
        known: Candidates.
        most: Words at most.
    """
    found = {candidate: score for candidate in known if (score := closeness(word, candidate))}
    if 100 in found.values():
        found = {candidate: score for candidate, score in found.items() if score >= 80 or candidate == word}
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:most])
