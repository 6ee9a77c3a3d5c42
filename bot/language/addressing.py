"""A whole address in one message, taken apart: "12 Mabini St, Brgy San Roque, Marikina City 1801".

Commas or not, in any order: `mentions.py` weighs what the table of places allows, and what no place took is the line.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from bot.language.country.gazetteer import is_barangay_often, key, postal_codes
from bot.language.country.mentions import Reading, best_reading, readings
from bot.language.country.spans import Span, Word
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.payments import method_alone
from bot.language.texts import tidy

_PARTS = re.compile(r"[,;\n]+|\s+[-|/]\s+")
_BRGY = pattern("address.barangay")
_BARANGAY = re.compile(rf"^(?:{_BRGY}|b(?=\.\s))\b\.?\s*(?:(?:no|number)\b\.?\s*(?=\d))?", re.IGNORECASE)
_COUNTRY = re.compile(rf"{pattern('address.country')}\.?", re.IGNORECASE)
_IN_COUNTRY = re.compile(rf"(?<=[\w.])\s+{pattern('address.country')}\.?$", re.IGNORECASE)
_HERE = re.compile(
    rf"^(?:{pattern('address.no_street')}\s+)(?:(?:{pattern('address.no_street', 'small.polite', 'small.me')}|sa)\s+)*",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^(?:{pattern('address.before_label')}\s+)*{pattern('address.label')}\s*[:=]\s*", re.IGNORECASE)
_POSTAL_LABEL = re.compile(rf"\b{pattern('address.postal')}\b\s*(?:is|:)?", re.IGNORECASE)
_BESIDE = re.compile(rf"\b{pattern('address.beside')}\b", re.IGNORECASE)
_MARKS = words_for("address.barangay")
_ZIP = words_for("address.postal")
_NO_BARANGAY = words_for("address.street", "address.estate", "address.part", "address.house")
_NUMBER = ("no", "number", "num")
_KEPT_MOST = 300
"""Characters of a text whose reading is kept: a turn asks for it several times."""
_READ = 50  # words in which places are looked for: an address has twenty
_SMALL = words_for("small.polite", "small.particle")


class Parsed(msgspec.Struct, frozen=True):
    """What a message says of an address; empty where it does not.

    Attributes:
        line1: House, street, building, purok: all that is no place of the table.
        barangay: As typed, without the word before it.
        city: City or town as it is usually written.
        province: As it is usually written.
        postal_code: Four digits.
        landmark: What it is beside, as typed.
        doubts: Cities and towns with their province that it could as well be; what they do not share is empty then.
    """

    line1: str = ""
    barangay: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    landmark: str = ""
    doubts: tuple[tuple[str, str], ...] = ()


def parse(text: str) -> Parsed:
    """The parts of an address.

    Args:
        text: What was typed, on one line or several.

    Returns:
        What it says. A city is only taken where no other fits as well.
    """
    return _parsed(text) if len(text) <= _KEPT_MOST else _parse(text)


@lru_cache(maxsize=128)
def _parsed(text: str) -> Parsed:
    return _parse(text)


def _parse(text: str) -> Parsed:
    words = _words(text)
    reading = best_reading(words[:_READ])
    taken: set[int] = set()
    for span in (reading.town_span, reading.province_span, reading.barangay_span):
        taken.update(range(span.start, span.end) if span else ())
    postal_code = _postal(words, reading, taken)
    barangay = _barangay(words, reading, taken)
    landmark = _landmark(words, taken)
    _drop_small(words, taken)
    line, barangay = _line(words, taken, barangay, is_place=reading.town is not None)
    doubts = ((reading.town, *reading.others) if reading.town else ()) if reading.others else ()
    cities, provinces = {town.city for town in doubts}, {town.province for town in doubts}
    return Parsed(
        line1=line,
        barangay=barangay,
        city=reading.town.city if reading.town and len(cities) < 2 else "",
        province=reading.province if len(provinces) < 2 and _is_told(reading) else "",
        postal_code=postal_code,
        landmark=landmark,
        doubts=tuple((town.city, town.province) for town in doubts),
    )


def readings_of(text: str) -> list[Reading]:
    """Every reading of what a message says of cities and provinces, the best first.

    Args:
        text: What was typed.
    """
    return readings(_words(text)[:_READ])


def bare_barangay(text: str) -> str:
    """A barangay's name without the word before it.

    Args:
        text: What was typed, such as "Brgy. San Roque".
    """
    return _BARANGAY.sub("", tidy(text)) or tidy(text)


def postal_code_in(text: str) -> tuple[str, str]:
    """A postal code, and the rest of the text.

    Args:
        text: What was typed, such as "beside the chapel, 1801".
    """
    for match in re.finditer(r"(?<![\d#-])([0-9]{4})(?![\d-]|\s*\d{3})", text):
        if match[1] in postal_codes():
            rest = _POSTAL_LABEL.sub("", text[: match.start()]) + text[match.end() :]
            return match[1], tidy(rest).strip(" ,;.")
    return "", tidy(text)


def _is_told(reading: Reading) -> bool:
    """Whether the name of a town says which one it is: "San Roque" alone may be a barangay of anywhere."""
    if reading.town is None or reading.town.is_city or reading.province_span or reading.barangay_span:
        return True
    return not is_barangay_often(key(reading.town.city))


def _words(text: str) -> list[Word]:
    """The words of the parts between commas, without labels and the country."""
    parts = [_IN_COUNTRY.sub("", _HERE.sub("", _LABEL.sub("", tidy(part)))) for part in _PARTS.split(text)]
    parts = [part for part in parts if part and not _COUNTRY.fullmatch(part) and not method_alone(part)]
    return [Word(text=word, said=fold(word), part=at) for at, part in enumerate(parts) for word in part.split()]


def _postal(words: Sequence[Word], reading: Reading, taken: set[int]) -> str:
    """The postal code: one of the country's, behind the city or the province, or called so."""
    ends = [span.end for span in (reading.town_span, reading.province_span) if span]
    for at in range(len(words) - 1, -1, -1):
        said = words[at].said
        if at in taken or not (said.isascii() and said.isdigit() and len(said) == 4 and said in postal_codes()):
            continue
        called = at > 0 and words[at - 1].said in _ZIP
        stands_last = at == len(words) - 1 or words[at + 1].part != words[at].part
        behind = any(all(each in taken for each in range(end, at)) for end in ends if end <= at)
        if called or behind or (stands_last and at > 1 and bool(ends)):
            taken.add(at)
            if called:
                taken.add(at - 1)
            return said
    return ""


def _barangay(words: Sequence[Word], reading: Reading, taken: set[int]) -> str:
    """The barangay as it was typed: one of the city's, or what stands behind "Brgy"."""
    span = reading.barangay_span
    mark = next((at for at, word in enumerate(words) if at not in taken and word.said in _MARKS), None)
    if span is None and mark is not None and mark + 1 < len(words) and words[mark + 1].part == words[mark].part:
        span = Span(mark + 1, mark + 1)
    if span is None:
        return ""
    while span.start > 1 and words[span.start - 1].said[:1].isdigit() and words[span.start - 2].said in _MARKS:
        span = Span(span.start - 1, span.end)  # "Brgy. 76-A Bucana"
    end = span.end
    is_marked = span.start > 0 and words[span.start - 1].said in _MARKS
    while is_marked and end < len(words) and words[end].part == words[span.start].part and end - span.start < 4:
        is_first = end == span.start
        if (
            end in taken
            or words[end].said in _NO_BARANGAY
            or _BESIDE.match(" ".join(w.text for w in words[end : end + 3]))
        ):
            break
        if not is_first and words[end].said[:1].isdigit():
            break
        if reading.barangay_span and end >= span.end and not _leads_to_place(words, end, taken):
            break
        end += 1
    taken.update(range(span.start, end))
    at = span.start - 1
    while at >= 0 and (words[at].said in _MARKS or (words[at].said in _NUMBER and words[at - 1].said in _MARKS)):
        taken.add(at)
        at -= 1
    return " ".join(word.text for word in words[span.start : end]).strip(" .-")


def _leads_to_place(words: Sequence[Word], at: int, taken: set[int]) -> bool:
    """Whether only plain words stand between here and the end of the part, or the city."""
    part = words[at].part
    for index in range(at, len(words)):
        if words[index].part != part or index in taken:
            return True
        if words[index].said[:1].isdigit() or words[index].said in _NO_BARANGAY:
            return False
    return True


def _landmark(words: Sequence[Word], taken: set[int]) -> str:
    """What stands behind "near" or "tabi ng", to the end of its part or the next place."""
    for at in range(len(words)):
        if at in taken:
            continue
        end = at
        while end < len(words) and words[end].part == words[at].part and end not in taken:
            end += 1
        said = " ".join(word.text for word in words[at:end])
        if (match := _BESIDE.match(said)) and len(said) > match.end() + 1:
            taken.update(range(at, end))
            return said.strip(" .-")
    return ""


def _drop_small(words: Sequence[Word], taken: set[int]) -> None:
    """Take "po" and the like out where they stand last in their part."""
    for at in range(len(words) - 1, -1, -1):
        is_last = at == len(words) - 1 or words[at + 1].part != words[at].part or at + 1 in taken
        if at not in taken and is_last and words[at].said in _SMALL:
            taken.add(at)


def _line(words: Sequence[Word], taken: set[int], barangay: str, *, is_place: bool) -> tuple[str, str]:
    """What no place has taken, and the barangay: of an address with a city the last part that can be one."""
    parts: dict[int, list[Word]] = {}
    for at, word in enumerate(words):
        if at not in taken:
            parts.setdefault(word.part, []).append(word)
    texts = [" ".join(word.text for word in part).strip(" -") for part in parts.values()]
    texts = [text for text in texts if fold(text)]
    if not barangay and is_place and len(texts) > 1 and _can_be_barangay(texts[-1]):
        *texts, barangay = texts
    return ", ".join(texts), barangay


def _can_be_barangay(text: str) -> bool:
    said = fold(text).split()
    return (
        len(text) > 2
        and len(said) <= 4
        and not any(word in _NO_BARANGAY or any(map(str.isdigit, word)) for word in said)
    )
