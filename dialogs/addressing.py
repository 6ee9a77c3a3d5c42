"""A whole address in one message, taken apart: "12 Mabini St, Brgy San Roque, Marikina City 1801"."""

import re

import msgspec

from dialogs.places import city_of, province_of
from dialogs.texts import plain, tidy

_PARTS = re.compile(r"[,;\n]+|\s+-\s+")
_POSTAL = re.compile(r"(?<!\d)([0-9]{4})(?!\d)\s*$")
_BARANGAY = re.compile(r"^(?:barangay|brgy|bgy|brgay|bgry|brg|b(?=\.\s))\b\.?\s*", re.IGNORECASE)
_BARANGAY_INSIDE = re.compile(r"^(.+?)[\s,]+((?:barangay|brgy|bgy|brgay)\b\.?\s*.+)$", re.IGNORECASE)
_COUNTRY = re.compile(r"(?:the\s+)?(?:philippines|pilipinas|ph|phils?)\.?", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:complete\s+)?(?:delivery\s+|shipping\s+)?(?:address|addr|add|city|town|province|prov|municipality|street|st|"
    r"zip(?:\s*code)?|postal(?:\s*code)?|tirahan|bayan|lungsod|probinsya)\s*[:=]\s*",
    re.IGNORECASE,
)


class Parsed(msgspec.Struct, frozen=True):
    """What a message says of an address; empty where it does not."""

    line1: str = ""
    barangay: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""


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
    if len(parts) == 1:
        parts = _single(parts[0])
    province = city = ""
    if len(parts) > 1 or (parts and (city_of(parts[0]) or province_of(parts[0]))):
        parts, city, province = _places(parts)
    barangay = ""
    for index, part in enumerate(parts):
        if _BARANGAY.match(part) and len(_BARANGAY.sub("", part)) > 0:
            barangay = _BARANGAY.sub("", part)
            parts = [*parts[:index], *parts[index + 1 :]]
            break
        if found := _BARANGAY_INSIDE.match(part):
            barangay = _BARANGAY.sub("", found[2])
            parts = [*parts[:index], found[1], *parts[index + 1 :]]
            break
    if not barangay and city and len(parts) > 1:
        *parts, barangay = parts
    return Parsed(", ".join(parts), barangay, city, province, postal_code)


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
    found = re.search(r"(?<![\d#])([0-9]{4})(?!\d)", text)
    if not found:
        return "", tidy(text)
    rest = re.sub(r"(?i)\b(?:zip|postal)(?:\s*code)?\b\s*(?:is|:)?", "", text[: found.start()]) + text[found.end() :]
    return found[1], tidy(rest).strip(" ,;.")


def _postal(parts: list[str]) -> tuple[list[str], str]:
    """The parts without the postal code at the end of one of the last two, and the code."""
    for index in range(len(parts) - 1, max(len(parts) - 3, -1), -1):
        found = _POSTAL.search(parts[index])
        if found and (index > 0 or plain(parts[index]).count(" ") > 1):
            rest = parts[index][: found.start()].strip(" -")
            return [*parts[:index], *([rest] if rest else []), *parts[index + 1 :]], found[1]
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


def _single(part: str) -> list[str]:
    """One part without commas, cut before a city that plainly stands at its end."""
    words = part.split()
    for count in (4, 3, 2, 1):
        if len(words) > count + 1:
            tail = " ".join(words[-count:])
            said = plain(tail)
            place = city_of(tail)
            if place and (said.endswith("city") or place.province == "Metro Manila") and said not in _STREET_NAMES:
                return [" ".join(words[:-count]), tail]
    return [part]


_STREET_NAMES = {"san juan", "quezon", "val", "manila"}
"""Cities after which streets are named everywhere."""
