"""The promo code that somebody speaks of where none was asked for: "gamitin ko WELCOME10", "promo code SAVE50"."""

import re

from bot.language.fold import fold
from bot.language.lexicon import words_for

_NAMED = words_for("part.promo")
_USE = words_for("promo.use")
_TROUBLE = words_for("promo.trouble")
_ASKED, _HAVE = words_for("promo.named"), words_for("pointing.have")
_AROUND = words_for(
    "edit.around",
    "small.polite",
    "small.particle",
    "small.please",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
    "small.vocative",
    "small.asking",
    "question.particle",
    "question.word",
    "pointing.have",
    "payment.around",
)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{3,19}")
_LONGEST = 8


def promo_code_in(text: str) -> str:
    """The promo code that a text names as one; empty where it names none.

    Args:
        text: What was typed, such as "promo NOSUCHCODE" or "pwede po gamitin WELCOME10".
    """
    typed = [word.strip(".,!?:;\"'“”()") for word in text.split()]
    said = {fold(word) for word in typed}
    if len(typed) > _LONGEST or not said & (_NAMED | _USE | _TROUBLE):
        return ""
    others = [word for word in typed if fold(word) and fold(word) not in _NAMED | _USE | _TROUBLE | _AROUND]
    if len(others) != 1 or not _CODE.fullmatch(others[0]):
        return ""
    code = others[0]
    is_mixed = any(map(str.isdigit, code)) and bool(said & _NAMED or code.isupper())
    return code if is_mixed or (code.isupper() and not text.isupper()) else ""


def asks_of_promo(text: str) -> bool:
    """Whether a text asks how a promo works, or why one does not: "bakit ayaw gumana ng code ko", "how to use voucher".

    Args:
        text: What was typed.
    """
    words = set(fold(text).split())
    return len(words) <= _LONGEST and bool(words & _ASKED and words & _TROUBLE and not words & _HAVE)


def mixed(word: str) -> bool:
    """Whether a word has letters and digits in it, as promo codes have.

    Args:
        word: A word of a text.
    """
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))
