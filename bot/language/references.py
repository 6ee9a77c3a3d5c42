"""The number of a transfer as shoppers type it, or copy it from a receipt; and whether they say that they paid.

GCash has 13 digits, shown as 4-3-6 and often over two lines; Maya 12 hexadecimal ones, shown as 4-4-4; banks what they
like. (Receipt-reading programs of 2025: new_facts 30 and 31 of the project's contract.) A phone number, an order's
number, an amount and a date are none.
"""

import re
import unicodedata
from decimal import Decimal

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.phones import cut_out
from bot.language.texts import MONTH, is_question

_GAP = r"[ \t\-.\n]{0,3}"
_DIGIT, _HEX = r"[0-9OoIl]", r"[0-9A-Fa-fOoIl]"
_ALONE, _ENDS = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_GCASH = (
    re.compile(rf"{_ALONE}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{3}}{_GAP}{_DIGIT}{{6}}{_ENDS}"),
    re.compile(rf"{_ALONE}(?:{_DIGIT}{_GAP}){{12}}{_DIGIT}{_ENDS}"),
)
_MAYA = re.compile(rf"{_ALONE}{_HEX}{{4}}{_GAP}{_HEX}{{4}}{_GAP}{_HEX}{{4}}{_ENDS}")
_CUE = re.compile(rf"\b{pattern('reference.word')}\b(?:[\s:#.]|\b{pattern('reference.behind')}\b)*", re.IGNORECASE)
_PLAUSIBLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-]{3,29}(?:[ ][0-9]{2,12})*")
_LONG_NUMBER = re.compile(rf"{_ALONE}\d{{8,20}}{_ENDS}")
_ORDER_NUMBER = re.compile(r"\bORD-\d{8}-[A-Z0-9]{4,12}\b", re.IGNORECASE)
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|{MONTH}\.? \d{{1,2}},? \d{{4}}"
    rf"|\d{{1,2}} {MONTH}\.?,? \d{{4}}|20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w-])",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m\b)?", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:₱|\bphp|\bp(?=\d))\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)"
    r"|(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}\.\d{2})(?![\w.])"
    r"|\b(\d{1,7})\s*(?:pesos?|php)\b",
    re.IGNORECASE,
)
_DIGITS_LEAST = 3
_AMOUNT_MOST = 8  # digits of money: what has more is a number that only looks like it
_PAID = words_for("paid.sent")
_PAID_WORDS = frozenset(phrase.split()[0] for phrase in _PAID)
_PAID_PHRASES = tuple(sorted(_PAID, key=len, reverse=True))
_SHOWN, _THIS = words_for("paid.shown"), words_for("paid.here")
_NOT_PAID = words_for("paid.not_yet")
_OTHER_THINGS = words_for("paid.other_things")
_MONEY = words_for("paid.money")
_AROUND = words_for(
    "paid.around",
    "reference.word",
    "reference.behind",
    "payment.around",
    "small.polite",
    "small.particle",
    "small.please",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
    "small.vocative",
    "talk.greeting",
    "talk.polite",
)
_METHODS = words_for(
    "payment_method.gcash",
    "payment_method.paymaya",
    "payment_method.bank_transfer",
    "payment_answer.bank_transfer",
)
_OTHER_WORDS_MOST = 2
_LONGEST = 25  # words of a text that may still say that somebody paid


class Reference(msgspec.Struct, frozen=True):
    """The number of a transfer.

    Attributes:
        number: As it is compared: without gaps, letters large, letters that are meant for digits mended.
        method: Whose it looks like, as in `orders.payment_method`: "gcash", "paymaya", else "bank_transfer".
        is_sure: Whether it has a shape of its own, or is called a reference: else it might be any number.
    """

    number: str
    method: str
    is_sure: bool


def reference_in(text: str, *, asked: bool = False) -> Reference | None:
    """The number of a transfer in a text; None where there is none.

    Args:
        text: What was typed, such as "Maya ref id 4D7F 2A91 B3C8".
        asked: Whether it was asked for, so that a number without a shape of its own is one too.
    """
    if sum(map(str.isdigit, text)) < _DIGITS_LEAST:  # nearly every text: looked at no further
        return None
    shown = _without_others(text)
    for shape in _GCASH:
        for found in shape.finditer(shown):
            if len(re.findall(r"\d", found[0])) >= 8:
                return Reference(_mended(found[0]), "gcash", is_sure=True)
    cue = _CUE.search(shown)
    for found in _MAYA.finditer(shown):
        number = _mended(found[0])
        digits = len(re.findall(r"\d", found[0]))
        if digits >= 3 and (digits < 12 or len(found[0]) > 12 or cue):
            return Reference(number, "paymaya", is_sure=True)
    if cue and (called := _plausible(shown[cue.end() :])):
        return Reference(called, "bank_transfer", is_sure=True)
    if alone := _LONG_NUMBER.search(shown):
        return Reference(alone[0], "bank_transfer", is_sure=False)
    if asked and not is_question(text):
        for word in shown.split():
            if answered := _plausible(word.strip(".,:#()")):
                return Reference(answered, "bank_transfer", is_sure=False)
    return None


def says_paid(text: str) -> bool:
    """Whether a text says that money was sent, and little else: "bayad na po", "nagsend na po ako sa gcash", "paid na".

    Args:
        text: What was typed.
    """
    said = fold(text)
    words = said.split()
    if _SHOWN & set(words) and _THIS & set(words) and set(words) <= _SHOWN | _THIS | _AROUND and not is_question(text):
        return True  # "eto po yung resibo": what was to be sent may follow
    if not _PAID_WORDS & set(words) or len(words) > _LONGEST or _NOT_PAID & set(words) or is_question(text):
        return False
    if _OTHER_THINGS & set(words) and not (_METHODS | _MONEY) & set(words):
        return False  # "pm sent"
    rest = f" {said} "
    for phrase in _PAID_PHRASES:
        rest = rest.replace(f" {phrase} ", "  ")
    if rest.split() == words:
        return False
    others = [word for word in rest.split() if word not in _AROUND | _METHODS and not any(map(str.isdigit, word))]
    return len(others) <= _OTHER_WORDS_MOST


def money_in(text: str) -> Decimal | None:
    """The one amount of money that a text names, in pesos; None where it names none or several.

    Args:
        text: What was typed, such as "nagsend po ako ng ₱692.25".
    """
    shown = cut_out(_plain(text))
    named = {Decimal(next(filter(None, found.groups())).replace(",", "")) for found in _AMOUNT.finditer(shown)}
    return named.pop() if len(named) == 1 else None


def _plain(text: str) -> str:
    """Plain digits and letters, lines kept, invisible letters left out."""
    plain = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in plain)


def _without_others(text: str) -> str:
    """The text without numbers that are of something else."""
    shown = _ORDER_NUMBER.sub(" ; ", _plain(text))
    shown = cut_out(shown, by=" ; ")
    for other in (_DATE, _TIME):
        shown = other.sub(" ; ", shown)
    return _AMOUNT.sub(_blank, shown)


def _blank(found: re.Match[str]) -> str:
    """Nothing in place of an amount; a long number with a mark in front and no centavos is none."""
    is_money = "." in found[0] or len(re.findall(r"\d", found[0])) <= _AMOUNT_MOST
    return " ; " if is_money else found[0]


def _mended(found: str) -> str:
    digits = re.sub(r"[^A-Za-z0-9]", "", found)
    return digits.replace("O", "0").replace("o", "0").replace("I", "1").replace("l", "1").upper()


def _plausible(text: str) -> str:
    """What stands at the beginning of a text, where it can be a bank's number: four digits at least."""
    found = _PLAUSIBLE.match(text.lstrip())
    number = re.sub(r"[^A-Za-z0-9]", "", found[0]).upper() if found else ""
    return number if len(number) >= 5 and len(re.findall(r"\d", number)) >= 4 else ""
