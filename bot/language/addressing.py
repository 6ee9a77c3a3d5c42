"""A whole address in one message, taken apart: "12 Mabini St, Brgy San Roque, Marikina City 1801".

Commas or not, in any order: `mentions.py` weighs what the table of places allows, and what no place took is the line.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from bot.language.country.barangays import ASIDE, NO_BARANGAY, barangay_in
from bot.language.country.districts import district_in
from bot.language.country.gazetteer import is_barangay_often, key, postal_codes
from bot.language.country.landmarks import landmark_in, starts_beside, without_landmarks
from bot.language.country.mentions import Reading, best_reading, readings
from bot.language.country.named import name_at
from bot.language.country.philippines import CITY_NAMES
from bot.language.country.spans import Span, Word
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.payments import method_alone
from bot.language.texts import tidy

_PARTS = re.compile(r"[,;\n]+|\s+[-|/]\s+|(?<=[A-Za-z]{6})\.\s+")
_BRGY = pattern("address.barangay")
_BARANGAY = re.compile(rf"^(?:{_BRGY}|b(?=\.\s))\b\.?\s*(?:(?:no|number)\b\.?\s*(?=\d))?", re.IGNORECASE)
_POLITE_END = re.compile(rf"(?:\s+{pattern('small.polite')})+[.!]*$", re.IGNORECASE)
_BARANGAY_BEHIND = re.compile(rf"(?:\s+{pattern('small.polite')})?\s+{_BRGY}\.?$", re.IGNORECASE)
_COUNTRY = re.compile(rf"{pattern('address.country')}\.?", re.IGNORECASE)
_IN_COUNTRY = re.compile(rf"(?<=[\w.])\s+{pattern('address.country')}\.?$", re.IGNORECASE)
_CARRIER = pattern("address.no_street", "address.carrier", "small.polite", "small.please")
_WITH_IT = pattern("small.me", "small.you", "small.particle")
_HERE = re.compile(
    rf"^(?:{_CARRIER}\s+|sa\s+(?={_CARRIER}\s))(?:(?:{_CARRIER}|{_WITH_IT}|sa)\s+)*",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^(?:{pattern('address.before_label')}\s+)*{pattern('address.label')}\s*[:=]\s*", re.IGNORECASE)
_POSTAL_LABEL = re.compile(rf"\b{pattern('address.postal')}\b\s*(?:is|:)?", re.IGNORECASE)
_ZIP = words_for("address.postal")
_STREETS = words_for("address.street")
_NO_BEGINNING = words_for("address.mall") | {"sa", "at"}
"""What no barangay's name begins with: "SM Fairview", "sa loading bay"."""
_SCHOOLS = words_for("address.school")
_KEPT_MOST = 300
"""Characters of a text whose reading is kept: a turn asks for it several times."""
_READ = 50  # words in which places are looked for: an address has twenty

_HALVES = (" del norte", " del sur")
"""What the halves of a province are called that was one before: Maguindanao until 2022."""


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
    reading = _reading(words[:_READ])
    taken: set[int] = set()
    for span in (reading.town_span, reading.province_span, reading.barangay_span):
        taken.update(range(span.start, span.end) if span else ())
    _drop_other_name(words, reading.town_span, taken)
    postal_code = _postal(words, reading, taken)
    barangay = barangay_in(words, reading, taken)
    barangay = barangay or _part_for_city(words, reading)
    landmark = landmark_in(words, taken, is_whole=bool(barangay and reading.town))
    _drop_small(words, taken)
    line, barangay = _line(words, taken, barangay, reading.town_span, reading.province)
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
    shown = _POLITE_END.sub("", tidy(text))
    return _BARANGAY_BEHIND.sub("", _BARANGAY.sub("", shown)) or shown


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


def _reading(words: list[Word]) -> Reading:
    """What an address is about: what is beside it names no city, where another part does."""
    seen = without_landmarks(words)
    if alone := district_in(words, is_alone=True):
        return alone
    reading = best_reading(seen)
    if not (reading.town or reading.province) and (district := district_in(seen)):
        return district
    return reading if seen == words or (reading.town and not reading.others) else best_reading(words)


def _part_for_city(words: Sequence[Word], reading: Reading) -> str:
    """The part of a city by whose name the city was told: "12 Aurora Blvd Cubao"; empty where none was."""
    town, span = reading.town, reading.town_span
    if town is None or span is None or reading.others:
        return ""
    said = name_at(words, span)
    is_part = said in CITY_NAMES and town.has(said) and said not in key(town.city)
    return " ".join(word.text for word in words[span.start : span.end]).strip(" .,-") if is_part else ""


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
        if any(word.said in _STREETS and word.part == words[at].part for word in words[at + 1 : at + 5]) and not called:
            continue  # a house's number
        stands_last = at == len(words) - 1 or words[at + 1].part != words[at].part
        behind = any(all(each in taken for each in range(end, at)) for end in ends if end <= at)
        if called or behind or (stands_last and at > 1 and bool(ends)):
            taken.add(at)
            if called:
                taken.add(at - 1)
            return said
    return ""


def _drop_other_name(words: Sequence[Word], span: Span | None, taken: set[int]) -> None:
    """Take another name of the city out that stands in brackets behind it: "Rodriguez (Montalban)"."""
    at = span.end if span else len(words)
    if at < len(words) and words[at].text.startswith("(") and at not in taken and not starts_beside(words[at:]):
        end = next((each for each in range(at, len(words)) if words[each].text.rstrip(".,").endswith(")")), None)
        if end is not None and end - at < 3:
            taken.update(range(at, end + 1))


def _drop_small(words: Sequence[Word], taken: set[int]) -> None:
    """Take "po" and the like out where they stand last in their part."""
    for at in range(len(words) - 1, -1, -1):
        is_last = at == len(words) - 1 or words[at + 1].part != words[at].part or at + 1 in taken
        if at not in taken and is_last and words[at].said in ASIDE:
            taken.add(at)


def _line(words: Sequence[Word], taken: set[int], barangay: str, city: Span | None, province: str) -> tuple[str, str]:
    """What no place has taken, and the barangay: of an address with a city the last part that can be one."""
    parts: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        if at not in taken:
            parts.setdefault(word.part, []).append(at)
    texts = [(" ".join(words[at].text for at in part).strip(" -"), part[-1] + 1) for part in parts.values()]
    old = fold(province).rsplit(" ", 2)[0] if fold(province).endswith(_HALVES) else ""
    texts = [(text, end) for text, end in texts if fold(text) not in ("", old)]
    # All that there is stands before the city: "Tibagan, San Rafael".
    can_be = city is not None and bool(texts) and (len(texts) > 1 or texts[0][1] == city.start)
    if not barangay and can_be and _can_be_barangay(texts[-1][0]):
        barangay = texts.pop()[0]
    return ", ".join(text for text, _ in texts), barangay


def _can_be_barangay(text: str) -> bool:
    said = fold(text).split()
    return (
        len(text) > 2
        and bool(said)
        and said[0] not in _NO_BEGINNING
        and _SCHOOLS.isdisjoint(said)
        and len(said) <= 4
        and not any(word in NO_BARANGAY or any(map(str.isdigit, word)) for word in said)
    )
