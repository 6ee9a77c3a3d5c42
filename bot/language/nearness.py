"""How near a misspelt word is to a known one: letters that lie or sound alike are mixed up more easily."""

from itertools import pairwise

from rapidfuzz.distance import OSA

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(
    {row[at : at + 2] for row in _ROWS for at in range(len(row) - 1)}
    | {upper[at] + lower[at] for upper, lower in pairwise(_ROWS) for at in range(len(lower))}
    | {upper[at + 1] + lower[at] for upper, lower in pairwise(_ROWS) for at in range(len(lower))}
)
_ALIKE = frozenset(
    {"ae", "ai", "ei", "ou", "iy", "ck", "cs", "kq", "sz", "fp", "bv", "dt", "gj", "mn", "eo", "ao", "eu", "iu", "vw"}
)
"""Letters that are written for each other by their sound, in English and Filipino."""


def nearness(word: str, known: str) -> float:
    """How surely a shopper who typed one word meant the other, up to 1; 0 where they differ by more than a slip.

    Args:
        word: What was typed, of `fold_words`.
        known: A known word.
    """
    steps = OSA.distance(word, known, score_cutoff=2)
    if steps > (2 if len(known) > 7 else 1):
        return 0.0
    start = 0.0 if word[0] == known[0] else 0.12
    return max(0.05, (0.8 if steps == 1 else 0.45) - start + _slip(word, known))


def is_other(word: str, known: str) -> bool:
    """Whether two short words are rather two words, though one is near the other, or begins it.

    "dice" is not "rice", "bank" is not "back", and "hoo" is no hooded towel.

    Args:
        word: What was typed, of `fold_words`.
        known: Another word.
    """
    if known.startswith(word):
        return len(word) < 4 and len(known) > len(word) + 2
    if word.startswith(known) or min(len(word), len(known)) > 4 or abs(len(word) - len(known)) > 1:
        return False
    return word[0] != known[0] or (len(word) == len(known) and sorted(word) != sorted(known))


def _slip(word: str, known: str) -> float:
    """How easily one slip makes the typed word of the known one: a swap and a doubled letter most easily."""
    if len(word) == len(known):
        differing = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
        if len(differing) == 2 and differing[0] == differing[1][::-1]:
            return 0.1
        if len(differing) == 1:
            pair = "".join(sorted(differing[0]))
            return 0.08 if pair in _ALIKE or pair in _BESIDE or pair[::-1] in _BESIDE else 0.0
        return 0.0
    longer, other = (word, known) if len(word) > len(known) else (known, word)
    at = next((place for place, letter in enumerate(other) if longer[place] != letter), len(other))
    return 0.1 if at and longer[at] == longer[at - 1] else 0.05
