"""Which merchant's reply a message gets, by its words or by what it means; and how many of some messages each gets."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from bot.language.fold import fold
from bot.language.meaning import LITTLE, meaning
from bot.language.phrases.matcher import Match, Matcher
from bot.language.places import names_place
from bot.language.texts import is_filipino


class Asked(msgspec.Struct, frozen=True):
    """A message that was typed.

    Attributes:
        text: What was typed.
        language: "en" or "fil", in which its shopper is answered otherwise.
        minute: Minutes after midnight, in the shop, at which it came.
    """

    text: str
    language: str
    minute: int


def meant_by(text: str) -> str:
    """What of a text may be answered by a reply that means the same; empty where nothing may be guessed.

    Args:
        text: What was typed.
    """
    asked = meaning(text)
    if asked.is_clear:
        return text
    if asked.concepts - LITTLE and names_place(" ".join(asked.rest)):
        # The answer is the same for all places.
        return " ".join(word for word in fold(text).split() if word not in asked.rest)
    return ""


def answer(matcher: Matcher, asked: Asked) -> Match | None:
    """The reply that a message gets; None where the merchant has none for it.

    Args:
        matcher: What is answered to.
        asked: The message.
    """
    language = "fil" if is_filipino(asked.text) else asked.language
    found = matcher.best(asked.text, language=language, minute=asked.minute)
    if found is None and (meant := meant_by(asked.text)):
        return matcher.closest(meant, language=language, minute=asked.minute)
    return found


def answered(matcher: Matcher, asked: Iterable[Asked]) -> Counter[int]:
    """How many of some messages each reply gets, by its id.

    Args:
        matcher: What is answered to.
        asked: The messages.
    """
    once = Counter(asked)
    counted: Counter[int] = Counter()
    for one, times in once.items():
        if found := answer(matcher, one):
            counted[found.reply.id] += times
    return counted
