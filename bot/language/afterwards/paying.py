"""What is said about paying for an order that was placed: what is due and where, another way to pay, a part, later."""

from typing import Literal

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.payments import methods_in

MoneyWish = Literal["track", "pay", "method", "terms", ""]

_PAY, _METHOD = words_for("wish.pay"), words_for("wish.method")
_OF_ACCOUNT = words_for("wish.of_account")
_PHONE, _ASKED_FOR = words_for("wish.phone"), words_for("wish.asked_for")
_CHANGE, _INSTEAD = words_for("wish.change"), words_for("wish.instead")
_ORDER, _MINE, _SHOPS = words_for("wish.order"), words_for("wish.mine"), words_for("wish.shops")
_RECEIVED, _UNTIL = words_for("wish.received"), words_for("wish.until")
_PART, _LATER, _LACKS = words_for("wish.part"), words_for("wish.later"), words_for("wish.lacks")
_NOT = words_for("wish.not", "answer.no", "wish.nothing_yet")
_MAY = words_for("wish.may")
_LITTLE = words_for(
    "small.polite", "small.particle", "small.please", "small.me", "small.you", "small.this", "small.article",
    "small.vocative", "small.asking", "question.particle", "wish.around", "payment.around",
)  # fmt: skip
_AROUND = _LITTLE | words_for("wish.first") | _PAY | _METHOD | _CHANGE | _INSTEAD | _ORDER | _MINE | _MAY | _NOT
_HOW_TO_PAY = frozenset({"how", "where", "price", "when"})


def money_wish(text: str, said: set[str], concepts: frozenset[str], *, asks: bool, is_shown: bool = False) -> MoneyWish:
    """What a text wants of the payment of an order, empty where nothing of the kind.

    Args:
        text: What was typed.
        said: Its words, folded.
        concepts: What it is about.
        asks: Whether it is a question.
        is_shown: Whether an order is on show, so that "pwede cod?" can only be about that.

    Returns:
        "track" (has it come?), "pay" (how much, and where to), "method" (another way to pay), "terms" (a part first, or
        later), or "".
    """
    of_payment = bool(concepts & {"pay", "gcash"} or said & _PAY)
    is_open = asks or any(f" {phrase} " in f" {fold(text)} " for phrase in _UNTIL)
    if of_payment and said & _RECEIVED and (said & _SHOPS or (is_open and said & _MINE)):
        return "track"
    if terms_in(said):
        return "terms"
    methods, rest = methods_in(text)
    rest = {word for word in rest if not word.isdigit()}
    if is_open:
        tells = concepts & _HOW_TO_PAY or said & _PHONE
        if tells and (said & _PAY or (of_payment and "pay" in concepts)):
            return "pay"
    if methods and said & _PHONE and rest <= _AROUND | _PHONE | _ASKED_FOR | _SHOPS | _OF_ACCOUNT:
        return "pay"  # "pahingi po ng gcash number"
    if said & _SHOPS or not rest <= _AROUND:
        return ""  # "may cod po ba kayo?" is asked of the shop, not of an order
    if methods:
        return "method" if said & (_INSTEAD | _CHANGE | _NOT) or (is_shown and said & _MAY) else ""
    return "method" if said & _CHANGE and said & (_PAY | _METHOD) else ""


def terms_in(said: set[str]) -> Literal["part", "later", ""]:
    """Whether somebody would pay a part first, or the whole later.

    Args:
        said: The words of what was typed, folded.
    """
    if said & _PART and said <= _AROUND | _PART | _LATER:
        return "part"
    late = said & _LATER and said & _PAY
    lacking = said & _LACKS and said & _NOT
    return "later" if (late or lacking) and said <= _AROUND | _LATER | _LACKS else ""


def method_wanted(text: str, current: str) -> str:
    """The way to pay that a text asks for, as `orders.payment_method` has it; empty for none or several.

    Args:
        text: What was typed, such as "wala po akong gcash, cod na lang".
        current: How it is to be paid now.
    """
    methods, rest = methods_in(text)
    others = methods - {current}
    if others:
        return next(iter(others)) if len(others) == 1 else ""
    return "" if rest & _NOT else current if methods else ""
