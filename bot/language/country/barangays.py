"""The barangay of an address, as it was typed."""

import re
from collections.abc import Sequence

from bot.language.country.gazetteer import key
from bot.language.country.landmarks import starts_beside
from bot.language.country.mentions import Reading
from bot.language.country.spans import BARANGAY, Span, Word
from bot.language.lexicon import words_for

NO_BARANGAY = words_for("address.street", "address.estate", "address.part", "address.house")
_ESTATES = words_for("address.estate")
_NUMBER = ("no", "number", "num")
ASIDE = words_for("small.polite", "small.particle") | {word for word in words_for("small.me") if len(word) > 1}
_NUMBER_MOST = 3  # digits that no barangay's number behind a name has
_MIDDLE = ("poblacion", "pob", "poblacion proper")
_OF_MIDDLE = re.compile(r"\d{1,2}(?:-?[a-d])?|[ivx]{1,4}|[a-d]")
_DISTRICT = words_for("address.district")


def barangay_in(words: Sequence[Word], reading: Reading, taken: set[int]) -> str:
    """The barangay as it was typed: one of the city's, or what stands behind "Brgy".

    Args:
        words: Of an address.
        reading: What it says of places.
        taken: Which words are places; those of the barangay are added.
    """
    span = reading.barangay_span
    mark = next((at for at in range(len(words)) if at not in taken and _is_mark(words, at)), None)
    if span and mark is not None and _calls_other(words, span, mark, taken):
        taken.difference_update(range(span.start, span.end))
        span = None
    if span is None and mark is not None and mark + 1 < len(words) and words[mark + 1].part == words[mark].part:
        span = Span(mark + 1, mark + 1)
    if span is None and mark is None and reading.town:
        middle = next((at for at in range(len(words)) if at not in taken and _is_middle(words, at, taken)), None)
        span = None if middle is None else Span(middle, middle + 1 + _is_numbered(words, middle + 1))
    if span is None:
        return ""
    if _follows_its_number(words, span.start):
        span = Span(span.start - 1, span.end)
    end = span.end
    is_marked = span.start > 0 and words[span.start - 1].said in BARANGAY
    while is_marked and end < len(words) and words[end].part == words[span.start].part and end - span.start < 4:
        is_first = end == span.start
        if end in taken or words[end].said in NO_BARANGAY or words[end].said in ASIDE or starts_beside(words[end:]):
            break
        if not is_first and words[end].said[:1].isdigit() and not _ends_with_number(words, end, taken):
            break
        if reading.barangay_span and end >= span.end and not _leads_to_place(words, end, taken):
            break
        end += 1
    end = _with_area(words, end, reading, taken)
    taken.update(range(span.start, end))
    if end < len(words) and words[end].said in _DISTRICT:
        taken.add(end)
    at = span.start - 1
    while at >= 0 and (words[at].said in BARANGAY or (words[at].said in _NUMBER and words[at - 1].said in BARANGAY)):
        taken.add(at)
        at -= 1
    return " ".join(word.text for word in words[span.start : end]).strip(" .-")


def _is_middle(words: Sequence[Word], at: int, taken: set[int]) -> bool:
    """Whether a word names the middle of a town, last in its part or before the town: "purok 5 poblacion Tagum"."""
    behind = at + 1 + _is_numbered(words, at + 1)
    is_last = behind >= len(words) or behind in taken or words[behind].part != words[at].part
    return words[at].said in _MIDDLE and is_last


def _is_numbered(words: Sequence[Word], at: int) -> bool:
    """Whether the number of one of several middles stands here: "Poblacion 2", "pob. IV"."""
    return at < len(words) and words[at].part == words[at - 1].part and bool(_OF_MIDDLE.fullmatch(words[at].said))


def _follows_its_number(words: Sequence[Word], start: int) -> bool:
    """Whether a barangay's number stands before its name: "Brgy. 76-A Bucana", "Bgy. No. 47, Bengcag"."""
    before = [word.said for word in words[max(0, start - 3) : start]]
    if len(before) < 2 or not before[-1][:1].isdigit():
        return False
    return before[-2] in BARANGAY or (before[-2] in _NUMBER and before[0] in BARANGAY)


def _with_area(words: Sequence[Word], end: int, reading: Reading, taken: set[int]) -> int:
    """Where a barangay ends with what stands between it and its city: "Payatas B", "Sambag Jaro", "Pilar Village"."""
    next_taken = next((at for at in range(end, len(words)) if at in taken), end)
    between = words[end:next_taken]
    said = key(" ".join(word.said for word in between))
    is_numbered = end > 0 and words[end - 1].said[:1].isdigit()
    if is_numbered and reading.town and reading.town.has(said):
        return next_taken  # "Bgy. 37 - Bitano"
    if not 0 < len(between) < 4 or any(word.part != words[end - 1].part for word in between):
        return end
    is_letter = len(between) == 1 and len(between[0].said) == 1 and between[0].said.isalpha()
    is_estate = len(between) == 1 and between[0].said in _ESTATES
    is_area = reading.town is not None and said in reading.town.parts
    return next_taken if is_letter or is_estate or is_area else end


def _is_mark(words: Sequence[Word], at: int) -> bool:
    """Whether "Brgy" stands before a name: "brgy hall" is a building."""
    behind = words[at + 1].said if at + 1 < len(words) else ""
    return words[at].said in BARANGAY and (behind not in NO_BARANGAY or behind in _ESTATES)


def _calls_other(words: Sequence[Word], span: Span, mark: int, taken: set[int]) -> bool:
    """Whether "Brgy" stands before another name than the one that was read without it."""
    is_marked = any(word.said in BARANGAY for word in words[max(0, span.start - 3) : span.start])
    called = words[mark + 1].said if mark + 1 < len(words) else ""
    return not is_marked and bool(called) and called not in NO_BARANGAY and mark + 1 not in taken


def _ends_with_number(words: Sequence[Word], at: int, taken: set[int]) -> bool:
    """Whether a small number ends a barangay's name and its part: "Brgy Poblacion 2, Tanauan City"."""
    is_small = words[at].said.isdigit() and len(words[at].said) < _NUMBER_MOST
    return is_small and (at + 1 == len(words) or at + 1 in taken or words[at + 1].part != words[at].part)


def _leads_to_place(words: Sequence[Word], at: int, taken: set[int]) -> bool:
    """Whether only plain words stand between here and the end of the part, or the city."""
    part = words[at].part
    for index in range(at, len(words)):
        if words[index].part != part or index in taken:
            return True
        if words[index].said[:1].isdigit() or words[index].said in NO_BARANGAY:
            return False
    return True
