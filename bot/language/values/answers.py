"""Yes and no with something behind it: "oo pero gawin mong gcash", "no, next time"."""

import re
from functools import lru_cache

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.texts import is_no, is_polite, is_yes, tidy, wants_it

_BUT = re.compile(rf"[,;.!]\s*(?:{pattern('answer.but')}\b)?|\b{pattern('answer.but')}\b", re.IGNORECASE)

_LATER = words_for("answer.later")
_AROUND_LATER = words_for("small.polite", "small.particle", "small.me", "small.please", "quantity.more", "time.soon")
_MORE = words_for("quantity.more")
_PO = words_for("small.polite")
_YES = words_for("answer.yes")
_NOW = frozenset({"na", "now"})
_RIGHT, _WRONG = words_for("answer.right"), words_for("answer.wrong")
_NO, _NONE = words_for("answer.no"), words_for("answer.nothing")
_CHANGES = words_for("edit.change", "quantity.make", "answer.trouble") - _WRONG
_DETAILS = words_for(
    "part.address", "part.recipient", "part.phone", "part.landmark", "part.payment", "answer.detail",
    "small.polite", "small.particle", "small.me", "small.you", "small.this", "small.article", "small.vocative",
    "small.around_answer", "answer.around_detail",
)  # fmt: skip
"""What an answer may be about, and the little words around it: "tama po yung number at address"."""
_DETAILS_MOST = 10  # words


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
            words = set(fold(rest).split())
            if is_yes(before) and words & _LATER and words <= _LATER | _AROUND_LATER:
                return None  # "yes, pero mamaya pa"
            return YesNo(is_yes(before), "" if is_polite(rest) or not fold(rest) else rest)
    return YesNo(yes=True) if _takes(text) or _finds_right(text) else None


def _finds_right(text: str) -> bool:
    """Whether a text says that what is shown is right: "walang mali", "no changes", "tama yung number at address"."""
    words = fold(text).split()
    said = set(words)
    if "?" in text or len(words) > _DETAILS_MOST or said & (_LATER - _AROUND_LATER | _NO - _NONE):
        return False
    right, none, others = said & _RIGHT, said & _NONE, said & (_WRONG | _CHANGES)
    if said - right - none - others - _DETAILS:
        return False
    return bool(none and others and not right) or bool(right and not none and not others)


def _takes(text: str) -> bool:
    """Whether a text takes it, behind a yes or right now: "sure po kunin ko", "bilhin ko na po"."""
    words = fold(text).split()
    at = next((at for at, word in enumerate(words) if word not in _YES and word not in _PO), len(words))
    rest = words[at:]
    says = bool(set(words[:at]) & _YES) or bool(set(rest) & _NOW)
    is_now = not set(rest) & (_LATER | _MORE) and "?" not in text
    return says and is_now and wants_it(" ".join(rest))
