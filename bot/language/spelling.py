"""The words of what shoppers typed: which of them say what is looked for, and what two spellings have in common."""

from collections.abc import Iterable

from bot.language.fold import fold
from bot.language.lexicon import words_for

WORD_MOST = 32
"""Letters of a word that are looked at."""
TEXT_MOST = 500
"""Letters of a question that are looked at."""

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
    return asked_of(fold_words(begun), most=most)


def asked_of(words: Iterable[str], *, most: int = 8) -> list[str]:
    """Those words of a question that say what is looked for, each once: see `asked_words`.

    Args:
        words: The question's, of `fold_words`.
        most: Words at most.
    """
    once = list(dict.fromkeys(words))
    return ([word for word in once if word not in FILLERS] or [word for word in once if len(word) > 3])[:most]


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
