"""How shoppers spell: the words of what they typed, and which known words they may have meant."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.lexicon import words_for

WORD_MOST = 32
"""Letters of a word that are looked at."""
TEXT_MOST = 500
"""Letters of a question that are looked at."""

GUESS = 60
"""`closeness` of a word that is rather another one: it finds something beside surer words, and nothing alone."""

FILLERS = words_for(
    "search.filler",
    "small.polite",
    "small.particle",
    "small.please",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
)
"""What people say around what they look for, in English and Filipino."""


def fold_words(text: str) -> list[str]:
    """The words of a text as `fold` has them, in order, none longer than `WORD_MOST`.

    Args:
        text: Anything.
    """
    return [word[:WORD_MOST] for word in fold(text).split()]


def asked_words(text: str, *, most: int = 8) -> list[str]:
    """The words of a question that say what is looked for; the long ones among the fillers where there are no others.

    Args:
        text: What the shopper typed.
        most: Words at most.
    """
    begun = text if len(text) <= TEXT_MOST else text[:TEXT_MOST].rpartition(" ")[0]
    words = list(dict.fromkeys(fold_words(begun)))
    return ([word for word in words if word not in FILLERS] or [word for word in words if len(word) > 3])[:most]


def shorter(word: str) -> set[str]:
    """The word with each one letter left out: what two spellings of one word have in common.

    Args:
        word: A word of `fold_words`.
    """
    return {word[:index] + word[index + 1 :] for index in range(len(word))} if len(word) > 3 else set()


def singular(word: str) -> str:
    """An English word without its plural, for comparing two of them.

    Args:
        word: A word of `fold_words`.
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
    if known.startswith(word) and not word.isdigit() and len(word) > 1:
        if len(word) < 4 and len(known) > len(word) + 2:
            return GUESS
        return 80 + 15 * len(word) // len(known)
    if min(len(word), len(known)) < 4 or word.isdigit() or known.isdigit():
        return 0
    most = 1 if len(word) < 7 else 2
    distance = OSA.distance(word, known, score_cutoff=most)
    if distance > most:
        return 0
    if _is_other(word, known):
        return GUESS
    same_start = 6 if word[0] == known[0] else 0
    return 84 - 14 * distance + same_start - (abs(len(word) - len(known)) > 1) * 4


def _is_other(word: str, known: str) -> bool:
    """Whether two short words a letter apart are rather two words: "dice" is not "rice", and "bank" is not "back"."""
    if min(len(word), len(known)) > 4:
        return False
    return word[0] != known[0] or (len(word) == len(known) and sorted(word) != sorted(known))


def meant(word: str, known: Iterable[str], *, most: int = 12) -> dict[str, int]:
    """Which known words may be meant, with `closeness`; only the exact one and longer ones where it is known itself.

    Args:
        word: What was typed.
        known: Candidates.
        most: Words at most.
    """
    scores = {candidate: score for candidate in known if (score := closeness(word, candidate))}
    if 100 in scores.values():
        scores = {candidate: score for candidate, score in scores.items() if score >= 80 or candidate == word}
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:most])
