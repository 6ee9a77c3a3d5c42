"""The words of an address, the runs of them that could be names, and what stands around a name."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.language.country.gazetteer import key
from bot.language.lexicon import words_for

BARANGAY = words_for("address.barangay")
MALLS = words_for("address.mall")
STREET = words_for("address.street")
_CITY = ("city", "cty", "ciy")
BEHIND_NAME = STREET | words_for("address.estate", "address.house") - words_for("address.part")
"""What makes the name before it a street's or a building's: "Quezon Ave", "Batangas St"."""
_LONGEST = 6  # words of a name


class Word(msgspec.Struct, frozen=True):
    """A word of an address.

    Attributes:
        text: As typed, with the marks on it.
        said: In `fold` letters, may be several words ("wack wack"), empty for marks alone.
        part: Which part between commas and line ends it stands in, from 0.
    """

    text: str
    said: str
    part: int


class Span(msgspec.Struct, frozen=True):
    """Some words in a row: from `start` on, up to and without `end`."""

    start: int
    end: int

    def meets(self, other: "Span | None") -> bool:
        """Whether they share a word."""
        return other is not None and self.start < other.end and other.start < self.end


def spans(words: Sequence[Word]) -> Iterator[tuple[Span, str]]:
    """Every run of words within two parts that could be a name, with its key."""
    for start, first in enumerate(words):
        if not first.said:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if words[end - 1].part != first.part:
                break
            if words[end - 1].said:
                yield Span(start, end), key(" ".join(word.said for word in words[start:end] if word.said))


def around(words: Sequence[Word], span: Span) -> float:
    """What the words beside a name say about whether it is a place's."""
    score = 0.0
    if not span.start or words[span.start - 1].part != words[span.start].part:
        score += 1
    if span.end == len(words) or words[span.end].part != words[span.start].part:
        score += 1
    if follows_number(words, span):
        score -= 4
    return score


def names_other(words: Sequence[Word], span: Span) -> bool:
    """Whether what stands around a name makes it a street's, a house's or a barangay's: "Mabini St", "Brgy Rizal"."""
    if span.start and words[span.start - 1].said in BARANGAY and words[span.end - 1].said != "city":
        return True
    behind = words[span.end] if span.end < len(words) else None
    if words[span.end - 1].said in _CITY and span.end - span.start > 1:
        return bool(behind and behind.said in STREET)  # "davao city purok 12"
    return bool(behind and behind.said in BEHIND_NAME and behind.part == words[span.start].part)


def follows_number(words: Sequence[Word], span: Span) -> bool:
    before = words[span.start - 1] if span.start else None
    return bool(before and before.said.isdigit() and len(before.said) < 4 and before.part == words[span.start].part)


def starts_with_number(words: Sequence[Word], span: Span) -> bool:
    """Whether all that stands before a name in its part is a house's number: "12 Mabini", not "lot 6 Cainta"."""
    is_first = span.start == 1 or (span.start > 1 and words[span.start - 2].part != words[span.start].part)
    return is_first and follows_number(words, span)
