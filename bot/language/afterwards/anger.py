"""Whether somebody is angry with the shop, or tired of waiting, in English, Filipino and Taglish: nothing cheerful is
said to that."""

import re
from itertools import pairwise
from typing import Literal

from bot.language.fold import fold
from bot.language.lexicon import beginnings, words_for
from bot.language.quantities import number_in
from bot.language.texts import is_question

Anger = Literal["angry", "signs", "impatient", "displeased", ""]

TEXT_MOST = 60
"""Words of a text that are looked at."""

_SIGNS = re.compile("[\U0001f621\U0001f92c\U0001f620\U0001f595\U0001f4a2\U0001f47f]")
"""Signs of rage: they say it alone and beside words."""
_THUMBS_DOWN = re.compile("[\U0001f44e\U0001f3fb-\U0001f3ff\\s\ufe0f]+")
_ACCUSE = words_for("anger.accuse")
_INSULT = words_for("anger.insult")
_BAD = words_for("anger.bad")
_SLOW = words_for("anger.slow")
_SLOW_BESIDE = words_for("anger.slow_beside")
_VERY = words_for("anger.very")
_AT_SHOP = words_for("anger.at_shop")
_ROTTEN, _THE_SHOP = words_for("anger.rotten"), words_for("anger.the_shop")
"""What is an insult of a shop, and a plain word of what it sent: "bulok na yung mangga"."""
_SENT = words_for("wish.received", "wish.came", "wish.send", "tracking.state")
_DOUBT = words_for("anger.doubt")
_GIVE_BACK = words_for("anger.give_back")
_MONEY = words_for("anger.money")
_REFUND = words_for("anger.refund")
_DEMAND = words_for("anger.demand")
_OWN = words_for("small.me", "wish.own", "recipient.me") | {"i"}
"""Of a wish as much as of a demand: "gusto ko ng refund"."""
_CALM = words_for("anger.calm")
_WHY = words_for("wish.why")
_LONG_LASTING = words_for("anger.how_long")
_SINCE, _NOT = words_for("wish.since"), words_for("wish.not", "trouble.not")
_NOTHING = words_for("wish.nothing_yet") - _NOT
_COMES = words_for("wish.received", "wish.came")
_SO_FAR = words_for("anger.so_far")
_WAITS = tuple(f" {phrase} " for phrase in sorted(words_for("anger.waits")))
_OF_WAITS = beginnings(_WAITS)
_NO_GOODS = words_for("paid.other_things", "wish.lacks")
"""What else may be waited for, or be lacking: a reply, money."""
_REGULAR = words_for("anger.regular")
_PHRASES = tuple(f" {phrase} " for phrase in sorted(words_for("anger.phrase")))
_OF_PHRASES = beginnings(_PHRASES)
_FEW = 4


def anger_in(text: str) -> Anger:
    """How a text feels: "angry" for accusations, insults, demands for money and signs of rage beside words, "signs" for
    such signs alone, "impatient" where it takes too long, "displeased" for a thumb down alone, empty for anything else.

    "Is this a scam?" is a question of somebody careful, and "baka scam" a doubt: neither is anger.

    Args:
        text: What was typed.
    """
    if _SIGNS.search(text):
        return "angry" if fold(text) else "signs"
    if "\U0001f44e" in text and _THUMBS_DOWN.fullmatch(text):
        return "displeased"
    words = fold(text).split()
    if not words or len(words) > TEXT_MOST:
        return ""
    said = set(words)
    if said & _INSULT or (said & _OF_PHRASES and _has_phrase(f" {' '.join(words)} ")):
        return "angry"
    if said & _ROTTEN and (said & _THE_SHOP or len(words) == 1) and not is_question(text) and not said & _SENT:
        return "angry"
    impatient: Anger = "impatient" if _is_slow(words, said, asks=is_question(text)) or _waits(words, said) else ""
    if is_question(text) or said & _DOUBT:
        return impatient
    aimed = bool(said & _AT_SHOP) or "!" in text or len(words) < _FEW
    return "angry" if (said & (_ACCUSE | _BAD) and aimed) or _wants_money(said) else impatient


def _has_phrase(said: str) -> bool:
    return any(phrase in said for phrase in _PHRASES)


def _wants_money(said: set[str]) -> bool:
    """Whether money is demanded back; "pa refund po" asks for it, "refund nyo" demands."""
    if said & _GIVE_BACK and said & _MONEY and said & (_AT_SHOP | _DEMAND):
        return True
    return bool(said & _REFUND and said & _DEMAND - _OWN and not said & _CALM)


def _is_slow(words: list[str], said: set[str], *, asks: bool) -> bool:
    """Whether it takes too long; a regular of many years says "matagal na" too, and "gaano katagal" only asks."""
    if said & (_REGULAR | _LONG_LASTING):
        return False
    lasts = said & _SLOW_BESIDE and len(words) < 2 * _FEW
    if asks:  # "bakit ang tagal", "what's taking so long"
        return bool((said & _SLOW or lasts) and said & _WHY) or bool(lasts and len(said & _VERY) > 1)
    return bool(said & _SLOW) or bool(lasts and said & _VERY and (not said & _CALM or len(words) <= _FEW))


def _waits(words: list[str], said: set[str]) -> bool:
    """Whether somebody has waited: "2 weeks na po wala pa", "still waiting for my order"."""
    if said & _NO_GOODS:
        return False
    if said & _OF_WAITS and any(phrase in f" {' '.join(words)} " for phrase in _WAITS):
        return True
    counted = any(later in _SINCE and number_in(before) is not None for before, later in pairwise(words))
    nothing = said & _NOTHING or (said & _NOT and said & _COMES)
    return counted and bool(nothing and said & _SO_FAR)
