"""Another color or size of something: "teal na lang pala", "yung 41 gawing 42", "change the mug to navy"."""

import re

import msgspec

from bot.language.buying.addressed import STREET
from bot.language.buying.leading import without_lead
from bot.language.buying.pointing import Pointed, pointed
from bot.language.fold import fold
from bot.language.lexicon import beginnings, pattern, words_for
from bot.language.payments import method_alone
from bot.language.texts import is_question
from bot.language.values.looks import HUES, LOOKS, is_look_word, whole_decimals, with_points

_CHANGE = words_for("edit.change", "quantity.make")
_INSTEAD = words_for("edit.instead")
_INSTEAD_PHRASES = tuple(sorted(_INSTEAD, key=len, reverse=True))
_SAYS_INSTEAD = beginnings(_INSTEAD)
_POLITE = words_for("small.polite", "small.particle", "small.please", "small.vocative", "small.me")
_BESIDE = words_for("edit.around", "answer.yes")
_NOT_GOODS = words_for(
    "edit.not_goods", "wish.received", "answer.no", "part.recipient", "part.phone", "part.address", "part.landmark",
    "part.payment", "part.promo",
)  # fmt: skip
_DO = pattern("edit.change", "quantity.make")
_YOU = rf"(?:\s+(?:{pattern('small.you')}|mong|nyong|nating))*"
_THE = r"(?:yung|ung|ang|iyong|the|my)"
_TO = r"(?:\s+(?:ng|sa|to|into|with|for|as|na))?"
_FORMS = (
    re.compile(rf"^(?:.*\b)?{_DO}{_YOU}{_TO}\s+(?P<kind>.+?)\s+{_THE}\s+(?P<goods>.+)$"),
    re.compile(rf"^(?:.*\b)?{_DO}{_YOU}\s+(?:{_THE}\s+)?(?P<goods>.+?)\s+(?:ng|to|into|with|for|sa)\s+(?P<kind>.+)$"),
    re.compile(rf"^(?:{_THE}\s+)?(?P<goods>.+?)(?:\s+(?:pala|nalang))*\s+{_DO}{_YOU}{_TO}\s+(?P<kind>.+)$"),
    re.compile(r"^(?:.*\s)?(?P<kind>\S+)\s+(?:instead of|imbes na|kaysa sa)\s+(?P<goods>.+)$"),
    re.compile(rf"^(?P<kind>.+?)\s+(?:pala|nalang|dapat|instead)\s+{_THE}\s+(?P<goods>.+)$"),
)
"""Such as "palitan ng forest yung mug", "change the mug to forest", "yung mug gawing forest", "forest pala yung mug".
"""
_ONE_OF = re.compile(rf"\b{pattern('edit.one_of')}(?:\s+{pattern('small.polite', 'small.particle')})*$")
_DROPS = re.compile(rf"\b{pattern('edit.drop', 'edit.remove')}\b")
_LOOKS_MOST = 3
_WORD_LEAST = 4
"""Letters of a word that may name a kind and is no color: "cocoa pala yung wallet"."""
_SIZE_LEAST = 20
"""A number from which on it is rather a size than pieces."""


class KindChange(msgspec.Struct, frozen=True):
    """The color or size that something shall have instead.

    Attributes:
        said: The words that name it.
        goods: Those that name the thing, or the kind that was taken; empty where none do.
        quantity: How many pieces there shall be then, 0 where it does not say.
    """

    said: str
    goods: str = ""
    quantity: int = 0


def is_of_one(text: str) -> bool:
    """Whether a text speaks of one piece of several: "xl na lang yung isa".

    Args:
        text: What was typed.
    """
    return bool(_ONE_OF.search(fold(text)))


def kind_change_in(text: str, *, shown: bool = False, in_cart: bool = False) -> KindChange | None:
    """The color or size that something shall have instead: "teal na lang pala", "palitan ng size 39"; None for none.

    Args:
        text: What was typed.
        shown: Whether a product is on show, so that other words may be the name of a kind of it: "blush na lang".
        in_cart: Whether things are on show that may be named beside it: "palitan ng red yung mug".
    """
    words = fold(whole_decimals(text)).split()
    said = f" {' '.join(words)} "
    changes = bool(set(words) & _CHANGE)
    instead = changes or (not _SAYS_INSTEAD.isdisjoint(words) and any(f" {phrase} " in said for phrase in _INSTEAD))
    if not instead or is_question(text):
        return None
    for phrase in _INSTEAD_PHRASES:
        said = said.replace(f" {phrase} ", " ")
    told = pointed(with_points(" ".join(word for word in said.split() if word not in _CHANGE)))
    if told is None or not (told.rest or told.quantity) or told.takes:
        return None
    if of_goods := _of_goods(words):
        return of_goods
    is_size = told.kinds and all(word.isdigit() for word in told.rest)
    is_kind = is_size or all(word in LOOKS or "." in word for word in told.rest)
    if told.rest and len(told.rest) <= _LOOKS_MOST and is_kind:
        return KindChange(told.said, quantity=told.quantity or 0)
    looks = [word for word in told.rest if word in LOOKS]
    goods = [word for word in told.rest if word not in LOOKS]
    if changes and (in_cart or goods) and looks and told.quantity is None and not set(goods) & (_NOT_GOODS | STREET):
        return KindChange(" ".join(looks), " ".join(goods)) if len(goods) <= _LOOKS_MOST else None
    drops = bool(_DROPS.search(fold(text)))  # "pass na lang pala sa earbuds"
    may_be = shown and not drops and 0 < len(told.rest) < _LOOKS_MOST and not set(told.rest) & _NOT_GOODS
    may_be = may_be and (told.quantity is None or all(word in HUES for word in told.rest))
    return KindChange(told.said, quantity=told.quantity or 0) if may_be and not _names_method(told.rest) else None


def _of_goods(words: list[str]) -> KindChange | None:
    """A kind, and the thing that shall have it, as one of the forms says them."""
    said = " ".join(word for word in words if word not in _POLITE).replace(" na lang", " nalang")
    said = without_lead(said)
    for at, form in enumerate(_FORMS):
        match = form.match(said)
        kind, goods = (pointed(match["kind"]), pointed(match["goods"])) if match else (None, None)
        if match is None or kind is None or goods is None:
            continue
        named, wanted = _words(goods, match["goods"]), _words(kind, match["kind"])
        if not named or not wanted or len(named) > _LOOKS_MOST or len(wanted) > _LOOKS_MOST:
            continue
        if {*named, *wanted} & (_NOT_GOODS | STREET) or _names_method(wanted):
            continue
        named, wanted = tuple(map(with_points, named)), tuple(map(with_points, wanted))
        is_look = all(is_look_word(word) or word in HUES or word.isdigit() for word in wanted)
        may_be = at == 0 or (len(wanted) == 1 and len(wanted[0]) >= _WORD_LEAST and "pala" in said.split())
        if is_look or (may_be and kind.quantity is None):
            return KindChange(" ".join(wanted), " ".join(named), _pieces(kind))
    return None


def _words(told: Pointed, text: str) -> tuple[str, ...]:
    """The words that name a kind or a thing: a large number is a size, a small one pieces."""
    looks = tuple(word for word in text.split() if word in LOOKS or word in HUES)
    if looks and not told.rest:
        return looks  # "double" is a size, and no number
    sized = (str(told.quantity),) if not told.rest and (told.quantity or 0) >= _SIZE_LEAST else ()
    return (*(word for word in told.rest if word not in _BESIDE and word not in _INSTEAD), *sized)


def _pieces(kind: Pointed) -> int:
    return (kind.quantity or 0) if kind.rest else 0


def _names_method(words: tuple[str, ...]) -> bool:
    return bool(method_alone(" ".join(words)))
