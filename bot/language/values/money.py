"""Money as shoppers type it where they look for something: "below 1k", "300-500", "100 pababa", "pinakamura"."""

import re
from decimal import Decimal

import msgspec

from bot.language.fold import unaccented
from bot.language.lexicon import pattern, senses_by_word, words_for
from bot.language.phones import cut_out

_MARK = r"(?:₱|\bphp|\bp(?=\s?\d))"
_MONEY = (
    rf"{_MARK}?\s*(\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?|\d{{1,7}}(?:\.\d{{1,2}})?)"
    r"\s*(k\b)?(?:\s*(?:pesos?|php)\b)?"
)
_GAP = r"[\s:.,\-]*(?:(?:ng|na|sa|is|the|of|po|lang|ko|ay|mga|with|ba|ako|kayo|pa)\s+)*"
_END = r"(?![\w-])"
_BEHIND = r"\s*(?:(?:na|or|and|po|lang|pesos?)\s+)*"
_RANGE = re.compile(
    rf"(?:\b{pattern('money.between')}\s+)?(?<![\w.,-]){_MONEY}\s*(?:-|–|—|~|&|\b{pattern('money.to')}\b)\s*{_MONEY}{_END}"
)
_NO_MORE = rf"\b{pattern('money.not')}(?:\s+(?:po|na|naman|sana))*\s+{pattern('money.exceed')}\b"
_MOST = (
    re.compile(rf"(?:\b{pattern('money.most')}\b|{_NO_MORE}|<=?){_GAP}{_MONEY}{_END}"),
    re.compile(rf"(?<![\w-]){_MONEY}{_BEHIND}\b{pattern('money.most_behind')}\b"),
    re.compile(rf"\bna\s+{_MONEY.replace('{1,7}', '{3,7}')}\s+lang\b"),  # "daster na 250 lang"
)
_LEAST = (
    re.compile(rf"(?:\b{pattern('money.least')}\b|>=?){_GAP}{_MONEY}{_END}"),
    re.compile(rf"(?<![\w-]){_MONEY}{_BEHIND}\b{pattern('money.least_behind')}\b"),
    re.compile(rf"(?<![\w-]){_MONEY}\s?\+(?![\w+])"),
)
_ABOUT = (
    re.compile(rf"\b{pattern('money.about')}\b{_GAP}{_MONEY}{_END}"),
    re.compile(rf"(?<![\w-])(?:{_MARK}\s*(\d{{2,7}})(k\b)?|(\d{{2,7}})(\s?k\b)?\s*(?:pesos?|php)\b){_END}"),
    re.compile(rf"(?<![\w-])(?:{_MARK})?\s*(\d{{2,7}})(k)?[ -]?ish\b"),
    re.compile(rf"\bpang\s?(?:{_MARK})?\s*(\d{{3,7}})(k\b)?\s+na\b(?!\s+(?:tao|tasa|araw))"),
)
_CHEAP = re.compile(rf"\b({pattern('money.cheap')})\b(?:\s+(?:lang|nga|na)\b)*")
_SIZE = words_for("topic.size", "pointing.size", "variant.size")
_MEASURE = words_for("pointing.measure")
_LITTLE = words_for(
    "answer.but",
    "money.around",
    "search.around",
    "small.polite",
    "small.particle",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
    "small.please",
)
_ANYTHING = words_for("money.anything")
_GIFTS = _ANYTHING | words_for("money.ideas")
_FOR_WHOM, _FOR_KIDS = words_for("money.for_whom", "pointing.measure"), words_for("money.for_kids")
"""For whom a present is: "regalo sa nanay", "gift for my nephew"."""
_NEAR = Decimal("0.2")  # how far from "mga 500" a price may be
_PRICE_LEAST = 20  # pesos that something "at" so much, or a range, goes up to at least
_K_AND = re.compile(r"(?<![\w.,])(\d{1,3})k(\d)(?![\w.])")
_HUNDREDS = re.compile(r"(?<![\w.,])([1-9])h(?![\w.])")
"""Such as "5h", which is five hundred."""
_ONES = {word: int(number) for word, number in senses_by_word("number").items() if " " not in word}
_ONES |= dict.fromkeys(words_for("money.one"), 1)
_TIMES = dict.fromkeys(words_for("money.hundred"), 100) | dict.fromkeys(words_for("money.thousand"), 1000)
_AND = words_for("number_and.word") | {"t"}
_SURELY_PESOS = 1000
"""A sum in words from which on nothing but money is meant: "isang libo na bag"."""


class Limits(msgspec.Struct, frozen=True):
    """Within what a price shall be.

    Attributes:
        least: Pesos at least, 0 where nothing was said.
        most: Pesos at most, None where nothing was said.
        about: The words that are left: what it shall be.
        cheapest: Whether what costs least is wanted first.
    """

    least: Decimal
    most: Decimal | None
    about: str
    cheapest: bool = False


def limits_in(text: str) -> Limits | None:
    """The limits of a price that a text names; None where it names none, and does not ask for what is cheap.

    Args:
        text: What was typed, such as "bag na 200 pababa", "shoes 300-500" or "pinakamurang payong".
    """
    found = _read(text)
    return found[0] if found else None


def search_within(text: str) -> str:
    """What is searched for where a text limits the price: what it shall be, and the limit as it was typed; else empty.

    Args:
        text: As for `limits_in`, which reads the result as it reads the text.
    """
    found = _read(text)
    return " ".join(part for part in found[1:] if part) if found else ""


def goods_of(about: str) -> str | None:
    """What shall be bought for somebody, where no thing is named: nothing in particular, or things for children.

    Args:
        about: What was typed, without little words and limits: "regalo sa anak 5 yrs old", "gift ideas".

    Returns:
        Empty for anything, None where a thing is named.
    """
    words = [word.removesuffix("s") if word.removesuffix("s") in _FOR_WHOM else word for word in about.split()]
    named = [word for word in words if word not in _GIFTS and word not in _LITTLE]
    if len(named) == len(words) or not all(word in _FOR_WHOM | _FOR_KIDS or word.isdigit() for word in named):
        return None
    return "kids" if _FOR_KIDS & set(named) else ""


def _read(text: str) -> tuple[Limits, str, str, str] | None:
    """The limits, the words that ask for what is cheap, those that are left, and those that say the limits."""
    said = _in_digits(unaccented(cut_out(text)))
    cheap = _CHEAP.search(said)
    bare = _CHEAP.sub(" ", said)
    found = _limits(said)  # "cheaper than 150"
    if cheap and found and cheap[1] in found[1]:
        return found[0], "", found[0].about, found[1]
    found = _limits(bare)
    if found is None and cheap is None:
        return None
    limits = Limits(Decimal(0), None, _words(bare)) if found is None else found[0]
    about = "" if _ANYTHING.issuperset(limits.about.split()) else limits.about  # "regalo below 200"
    limits_said = msgspec.structs.replace(limits, about=about, cheapest=bool(cheap))
    return limits_said, cheap[1] if cheap else "", limits.about, found[1] if found else ""


def _limits(said: str) -> tuple[Limits, str] | None:
    """The limits, and the words that say them."""
    if (found := _RANGE.search(said)) and not _is_measure(said, found):
        second = _pesos(found[3], found[4])
        first = _pesos(found[1], found[2])
        if found[4] and not found[2] and first < 100:  # "1-2k"
            first *= 1000
        if first < second and second >= _PRICE_LEAST:
            return Limits(first, second, _rest(said, found)), found[0].strip()
    for shape in _MOST:
        if found := shape.search(said):
            return _with_least(said, found)
    for shape in _LEAST:
        if found := shape.search(said):
            return Limits(_pesos(found[1], found[2]), None, _rest(said, found)), found[0].strip()
    for shape in _ABOUT:
        if found := shape.search(said):
            pesos = next(_pesos(found[at], found[at + 1]) for at in range(1, len(found.groups()), 2) if found[at])
            if pesos < _PRICE_LEAST:
                continue  # "2 mug at 3 kettle"
            least, most = pesos * (1 - _NEAR), pesos * (1 + _NEAR)
            return Limits(least, most, _rest(said, found)), found[0].strip()
    return None


def _with_least(said: str, most: re.Match[str]) -> tuple[Limits, str]:
    """The limits whose upper one was found, with a lower one that is said beside it: "over 500 but under 800"."""
    limit, beside = _pesos(most[1], most[2]), f"{said[: most.start()]} ; {said[most.end() :]}"
    for shape in _LEAST:
        if (least := shape.search(beside)) and _pesos(least[1], least[2]) < limit:
            words = f"{least[0].strip()} {most[0].strip()}"
            return Limits(_pesos(least[1], least[2]), limit, _rest(beside, least)), words
    return Limits(Decimal(0), limit, _rest(said, most)), most[0].strip()


def _is_measure(said: str, found: re.Match[str]) -> bool:
    """Whether two numbers are a size or what fits into something: "size 38-40", "300 to 500 ml"."""
    before, behind = said[: found.start()].split(), re.findall(r"[^\W_]+", said[found.end() :])
    return bool(set(before[-1:]) & _SIZE or set(behind[:1]) & _MEASURE)


def _pesos(digits: str, thousands: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * (1000 if thousands else 1)


def _rest(said: str, found: re.Match[str]) -> str:
    return _words(f"{said[: found.start()]} {said[found.end() :]}")


def _words(said: str) -> str:
    return " ".join(word for word in re.findall(r"[^\W_]+", said) if word not in _LITTLE)


def _in_digits(said: str) -> str:
    """A text with digits for sums in words: "isang libo", "five hundred", "1k5", "5h"."""
    said = _HUNDREDS.sub(r"\g<1>00", _K_AND.sub(r"\g<1>\g<2>00", said))
    words = said.split()
    if not any(word.strip(",.'") in _TIMES for word in words):
        return said
    result: list[str] = []
    at = 0
    while at < len(words):
        pesos, end = _sum(words, at)
        mark = "₱" if pesos >= _SURELY_PESOS else ""
        result.append(f"{mark}{pesos}" if end > at else words[at])
        at = max(end, at + 1)
    return " ".join(result)


def _sum(words: list[str], at: int) -> tuple[int, int]:
    """The sum that words from one place on say, and the place behind it; that place itself where they say none."""
    whole = part = 0
    end, said = at, at
    while end < len(words):
        word = words[end].strip(",.").replace("'t", "")
        number = int(word) if word.isdigit() and len(word) < 4 else _ONES.get(word)
        times = _TIMES.get(word)
        if number is not None and not part:
            part = number
        elif times == 100 and part:
            part, said = part * 100, end + 1
            whole, part = (whole, part) if _thousands_follow(words, end + 1) else (whole + part, 0)
        elif times and part:
            whole, part, said = (whole + part) * times, 0, end + 1
        elif not (word in _AND and said > at):
            break
        end += 1
    return (whole, said) if said > at and whole else (0, at)


def _thousands_follow(words: list[str], at: int) -> bool:
    return at < len(words) and _TIMES.get(words[at].strip(",.'")) == 1000
