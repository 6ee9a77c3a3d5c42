"""A whole address in one message, taken apart: "12 Mabini St, Brgy San Roque, Marikina City 1801"."""

import re

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import pattern
from bot.language.places import city_of, is_city, is_nickname, is_province, province_of
from bot.language.texts import tidy

_PARTS = re.compile(r"[,;\n]+|\s+-\s+")
_POSTAL = re.compile(r"(?<!\d)([0-9]{4})(?!\d)\s*$")
_BRGY = pattern("address.barangay")
_BARANGAY = re.compile(rf"^(?:{_BRGY}|b(?=\.\s))\b\.?\s*", re.IGNORECASE)
_BARANGAY_INSIDE = re.compile(rf"^(.+?)[\s,]+({_BRGY}\b\.?\s*.+)$", re.IGNORECASE)
_BARANGAY_BEFORE = re.compile(rf"(?:^|\s){_BRGY}\.?$", re.IGNORECASE)
_HAS_BARANGAY = re.compile(rf"\b{_BRGY}\b", re.IGNORECASE)
_COUNTRY = re.compile(rf"{pattern('address.country')}\.?", re.IGNORECASE)
_LABEL = re.compile(
    rf"^(?:{pattern('address.before_label')}\s+)*{pattern('address.label', 'address.postal')}\s*[:=]\s*", re.IGNORECASE
)
_POSTAL_LABEL = re.compile(rf"\b{pattern('address.postal')}\b\s*(?:is|:)?", re.IGNORECASE)
_BESIDE = re.compile(rf"\b{pattern('address.beside')}\b.*$", re.IGNORECASE)
_MARKED = re.compile(
    rf"\b{pattern('address.barangay', 'address.street', 'address.estate', 'address.part')}\b|^\s*p-?\d", re.IGNORECASE
)
"""What makes a text an address even without commas: the name of a place at its end is where it lies."""
_STREET_BEFORE = re.compile(rf"{pattern('address.street', 'address.estate')}\.?$", re.IGNORECASE)


class Parsed(msgspec.Struct, frozen=True):
    """What a message says of an address; empty where it does not."""

    line1: str = ""
    barangay: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    landmark: str = ""


def parse(text: str) -> Parsed:
    """The parts of an address.

    Args:
        text: What was typed, on one line or several.

    Returns:
        What it says. A city or province is only taken from where it is plain, at the end.
    """
    parts = [_LABEL.sub("", tidy(part)) for part in _PARTS.split(text)]
    parts = [part for part in parts if part and not _COUNTRY.fullmatch(part)]
    parts, postal_code = _postal(parts)
    parts, landmark = _beside(parts)
    if parts and not _is_place(parts[-1]):
        parts = [*parts[:-1], *_single(parts[-1], any(_MARKED.search(part) for part in parts))]
    province = city = ""
    if len(parts) > 1 or (parts and (city_of(parts[0]) or province_of(parts[0]))):
        parts, city, province = _places(parts)
    barangay = ""
    for index, part in enumerate(parts):
        if _BARANGAY.match(part) and len(_BARANGAY.sub("", part)) > 0:
            barangay = _BARANGAY.sub("", part)
            parts = [*parts[:index], *parts[index + 1 :]]
            break
        if match := _BARANGAY_INSIDE.match(part):
            barangay = _BARANGAY.sub("", match[2])
            parts = [*parts[:index], match[1], *parts[index + 1 :]]
            break
    if not barangay and city and len(parts) > 1:
        *parts, barangay = parts
    return Parsed(", ".join(parts), barangay, city, province, postal_code, landmark)


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
    match = re.search(r"(?<![\d#])([0-9]{4})(?!\d)", text)
    if not match:
        return "", tidy(text)
    rest = _POSTAL_LABEL.sub("", text[: match.start()]) + text[match.end() :]
    return match[1], tidy(rest).strip(" ,;.")


def _postal(parts: list[str]) -> tuple[list[str], str]:
    """The parts without the postal code at the end of one of the last two, and the code."""
    for index in range(len(parts) - 1, max(len(parts) - 3, -1), -1):
        match = _POSTAL.search(parts[index])
        if match and (index > 0 or fold(parts[index]).count(" ") > 1):
            rest = parts[index][: match.start()].strip(" -")
            return [*parts[:index], *([rest] if rest else []), *parts[index + 1 :]], match[1]
    return parts, ""


def _places(parts: list[str]) -> tuple[list[str], str, str]:
    """The parts before the city, the city and the province, read from the end."""
    *before, last = parts
    province = province_of(last) or ""
    place = city_of(last)
    # "Cebu" at the very end is the province where a city or town stands before it.
    if province and before:
        if known := city_of(before[-1], province):
            return before[:-1], known.city, province
        if len(before) > 1 and not _BARANGAY.match(before[-1]) and not (place and place.city):
            return before[:-1], before[-1], province
    if place:
        return before, place.city, place.province
    if province:
        return before, "", province
    return parts, "", ""


def _beside(parts: list[str]) -> tuple[list[str], str]:
    """The parts without what stands behind "near" or "tabi ng", and that as a landmark where no place comes after."""
    for index, part in enumerate(parts):
        match = _BESIDE.search(part)
        if match and match.start() > 0 and len(_single(part, marked=True)) == 1:
            return [*parts[:index], part[: match.start()].strip(" -"), *parts[index + 1 :]], match[0]
        if match and index > 0 and match.start() == 0:
            return [*parts[:index], *parts[index + 1 :]], part
    return parts, ""


def _is_place(part: str) -> bool:
    return bool(city_of(part) or province_of(part))


def _single(part: str, marked: bool) -> list[str]:
    """One part without commas, cut before the city, the city and province, or the province that is plainly its end.

    Args:
        part: The part.
        marked: Whether a street, a barangay or the like is named, so that what follows may be a place.
    """
    words = part.split()
    for count in (3, 2, 1):
        tail, before = " ".join(words[-count:]), words[:-count]
        if not (before and is_province(tail)):
            continue
        for length in (4, 3, 2, 1):
            city = " ".join(before[-length:])
            if len(before) > length and is_city(city, province_of(tail) or ""):
                return [" ".join(before[:-length]), city, tail]
    for count in (4, 3, 2, 1):
        if len(words) > count + (0 if marked else 1):
            tail, before = " ".join(words[-count:]), words[:-count]
            if is_city(tail) and _ends_with_city(tail, " ".join(before), marked):
                return [" ".join(before), tail]
    for count in (3, 2, 1):
        tail, rest = " ".join(words[-count:]), " ".join(words[:-count])
        if marked and rest.count(" ") > 1 and is_province(tail) and not _BARANGAY_BEFORE.search(rest):
            return [rest, tail]
    return [part]


def _ends_with_city(tail: str, before: str, marked: bool) -> bool:
    """Whether a name that is a city's is one here, and neither a street's nor a barangay's."""
    said = fold(tail)
    if _BARANGAY_BEFORE.search(before):
        return False
    if said in _STREET_NAMES:
        return said == "manila" and bool(_STREET_BEFORE.search(before))
    place = city_of(tail)
    sure = said.endswith("city") or is_nickname(said) or (place is not None and place.province == "Metro Manila")
    return sure or (marked and bool(_STREET_BEFORE.search(before) or _HAS_BARANGAY.search(before)))


_STREET_NAMES = {"san juan", "quezon", "val", "manila"}
"""Cities after which streets are named everywhere."""
