"""What an address is beside: "near the chapel", "sa likod mismo ng palengke", "landmark: green gate"."""

import re
from collections.abc import Sequence

import msgspec

from bot.language.country.spans import BARANGAY, Word
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for

_SMALL = pattern("small.polite", "small.particle")
_LEAD = rf"(?:(?:sa|bandang|banda|{_SMALL}|{pattern('address.no_street')})\s+)*"
_SIDE = rf"{pattern('address.side')}(?:\s+(?:mismo|{_SMALL}))*\s+(?:{pattern('address.side_link')}|the)"
_BESIDE = re.compile(
    rf"\(?{_LEAD}(?:{pattern('address.beside')}|{_SIDE})"
    rf"(?:\s+(?:mismo|{_SMALL}))*(?:\s+{pattern('address.side_link')})?(?=\W|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^{_LEAD}landmark\s*(?:(?:[:=.-]|is|{_SMALL}|ay|yung|ang)\s*)*(?=\w)", re.IGNORECASE)
_BUILDINGS = words_for("address.house")
_LOOK = words_for("address.look")
_NAMED_STREET = words_for("address.street", "address.estate", "address.part")


def starts_beside(words: Sequence[Word]) -> bool:
    """Whether the words that follow say what something is beside.

    Args:
        words: From there on; some are enough.
    """
    return bool(_BESIDE.match(" ".join(word.text for word in words[:6])))


def without_landmarks(words: list[Word]) -> list[Word]:
    """An address as places are looked for in it: what stands behind "near" is as good as blank.

    Args:
        words: Of an address.
    """
    seen = list(words)
    at = 0
    while at < len(words):
        if not starts_beside(words[at:]):
            at += 1
            continue
        part = words[at].part
        while at < len(words) and words[at].part == part and not _stops(words, at):
            seen[at] = msgspec.structs.replace(words[at], said="")
            at += 1
        at += 1
    return seen


def _stops(words: Sequence[Word], at: int) -> bool:
    """Whether an address goes on behind a landmark: a house's number, or a barangay."""
    word = words[at].said
    is_hall = at + 1 < len(words) and words[at + 1].said in _BUILDINGS
    return (word in BARANGAY and not is_hall) or word.isdigit()


def landmark_in(words: Sequence[Word], taken: set[int], *, is_whole: bool) -> str:
    """What stands behind "near" or "tabi ng", to the end of its part or the next place; else what a house looks like.

    Args:
        words: Of an address.
        taken: Which of them are places; those of the landmark are added.
        is_whole: Whether the rest of the address is there without it, so that a part with "gate" in it is none of it.
    """
    for at in range(len(words)):
        if at in taken:
            continue
        end = at
        while end < len(words) and words[end].part == words[at].part and end not in taken:
            end += 1
        said = " ".join(word.text for word in words[at:end])
        if (match := _BESIDE.match(said)) and len(said) > match.end() + 1:
            start = _from_look(words, at, taken)
            said = " ".join(word.text for word in words[start:end])
            taken.update(range(start, end))
            return _LABEL.sub("", said.strip(" .-()")).strip()
    return _look_in(words, taken) if is_whole else ""


def _from_look(words: Sequence[Word], at: int, taken: set[int]) -> int:
    """Where a landmark begins: with what the house looks like, where that stands before it."""
    start = at
    while start > 0 and words[start - 1].part == words[at].part and start - 1 not in taken:
        start -= 1
    before = {word for each in words[start:at] for word in each.said.split()}
    is_look = bool(before & _LOOK) and not before & _NAMED_STREET and not any(any(map(str.isdigit, w)) for w in before)
    return start if is_look else at


def _look_in(words: Sequence[Word], taken: set[int]) -> str:
    parts: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        parts.setdefault(word.part, []).append(at)
    if len(parts) < 2:
        return ""
    for part in parts.values():
        said = [word for at in part for word in words[at].said.split()]
        is_free = not taken & set(part) and not any(any(map(str.isdigit, word)) for word in said)
        if is_free and _LOOK & set(said) and not _NAMED_STREET & set(said):
            taken.update(part)
            return " ".join(words[at].text for at in part).strip(" .-()")
    return ""


def is_beside(text: str) -> bool:
    """Whether a text says what something is beside, and nothing else.

    Args:
        text: Such as "tapat ng Jollibee".
    """
    return bool(fold(text)) and bool(_BESIDE.match(text))
