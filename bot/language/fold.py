"""The one way in which typed texts are made comparable: `fold`, and two variants for what needs more of the text.

In this order, each step in time that grows with the text and no faster:

1. Compatibility: wide, raised and circled letters and digits become plain ones (Unicode's NFKD).
2. Accents are left out, as they stand on Latin, Greek and Cyrillic letters: "Parañaque" is "paranaque". Signs that make
   another letter or syllable, as in Japanese, Thai or Hindi, stay.
3. Case is left out, the Unicode way: "STRASSE" and "straße" are alike.
4. Apostrophes close up: "what's" is "whats".
5. What is left of letters and digits are the words; anything else stands between them, as one space.
"""

import re
import unicodedata
from functools import lru_cache

_KEPT_MOST = 200
"""Characters of a text whose folding is kept: shoppers repeat short ones."""
_PIECE = 100
"""Characters that are normalised at once: ordering the marks of a run takes the square of its length."""
_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # marks on Latin, Greek and Cyrillic letters
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]+"  # how an emoji or a letter is drawn
)
_APOSTROPHES = re.compile("['’ʼ‘´＇]+")
_WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The words of a text: small letters and digits, without accents and punctuation, one space between them.

    Args:
        text: Anything. What has neither letter nor digit in it, such as an emoji, folds to nothing: where two texts are
            compared that may be such, use `same`.
    """
    return _folded(text) if len(text) <= _KEPT_MOST else _fold(text)


def unaccented(text: str) -> str:
    """The text without capitals, accents and runs of white space, its punctuation kept: for finding part of a text.

    Args:
        text: Anything.
    """
    if len(text) <= _PIECE:
        return " ".join(_plain(text).split())
    pieces = ((word[at : at + _PIECE] for at in range(0, len(word), _PIECE)) for word in text.split())
    return " ".join("".join(map(_plain, each)) for each in pieces)


def fold_signs(text: str) -> str:
    """The text in small letters without punctuation; emoji and accents stay, for the database compares them itself.

    Args:
        text: Anything.
    """
    kept = (
        character if unicodedata.category(character)[0] in "LMNS" else " "
        for character in text.replace("'", "").replace("’", "").casefold()
    )
    return " ".join("".join(kept).split())


def same(one: str, other: str) -> bool:
    """Whether two texts say the same: the same words, or where one has no words, the same signs.

    Args:
        one: A text, such as "👍".
        other: Another.
    """
    words = fold(one), fold(other)
    return words[0] == words[1] if any(words) else unaccented(one) == unaccented(other) != ""


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    closed_up = _APOSTROPHES.sub("", text)
    bare = closed_up.casefold() if text.isascii() else _APOSTROPHES.sub("", unaccented(closed_up))
    return " ".join(_WORDS.findall(bare) if bare.isascii() else _letters(bare).split())


def _plain(piece: str) -> str:
    """A short text without capitals and accents."""
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", piece)).casefold()
    if apart.isascii():
        return apart
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", apart)))


def _letters(text: str) -> str:
    """A text with a space in place of what is neither letter, digit nor a sign on one of them."""
    kept: list[str] = []
    for character in text:
        is_letter = character.isalnum() or (
            unicodedata.category(character)[0] == "M" and bool(kept) and kept[-1] != " "
        )
        kept.append(character if is_letter else " ")
    return "".join(kept)
