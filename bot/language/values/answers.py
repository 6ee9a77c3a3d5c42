"""Yes and no with something behind it: "oo pero gawin mong gcash", "no, next time"."""

import re
from functools import lru_cache

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import pattern
from bot.language.texts import is_no, is_polite, is_yes, tidy

_BUT = re.compile(rf"[,;.!]\s*(?:{pattern('answer.but')}\b)?|\b{pattern('answer.but')}\b", re.IGNORECASE)


class YesNo(msgspec.Struct, frozen=True):
    """An answer.

    Attributes:
        yes: Whether it is a yes.
        rest: What was said besides, as typed; empty where that is all, or only politeness.
    """

    yes: bool
    rest: str = ""


@lru_cache(maxsize=256)
def yes_no_in(text: str) -> YesNo | None:
    """The yes or no that a text is, or begins with before a "but" or a comma; None where it is neither.

    Args:
        text: What was typed, such as "oo pero gawin mong gcash".
    """
    if is_yes(text) or is_no(text):
        return YesNo(is_yes(text))
    for found in _BUT.finditer(text):
        before = text[: found.start()]
        if is_yes(before) or is_no(before):
            rest = tidy(text[found.end() :])
            return YesNo(is_yes(before), "" if is_polite(rest) or not fold(rest) else rest)
    return None
