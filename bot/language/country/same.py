"""An address that is where the one before was: "9 Acacia St same barangay"."""

import re

import msgspec

from bot.language.lexicon import pattern
from bot.language.texts import tidy

_PART = rf"(?P<part>{pattern('address.barangay')}|city|lungsod|siyudad|town|bayan|municipality)"
_SAME = re.compile(
    rf"[\s,]*(?:\b(?:sa|in|at|of)\s+)?\b{pattern('address.same')}\s+(?:(?:na|po|lang|din|pa rin|the)\s+)*{_PART}\b\.?"
    rf"(?:\s+(?:{pattern('small.polite', 'small.particle')}|pa rin|din))*",
    re.IGNORECASE,
)


class SamePlace(msgspec.Struct, frozen=True):
    """What is said beside that it is the same place.

    Attributes:
        line: The rest of the text, such as a street.
        is_barangay: Whether the barangay is the same too, not only the city.
    """

    line: str
    is_barangay: bool


def same_place_in(text: str) -> SamePlace | None:
    """What an address says beside "same barangay" or "same city"; None where it does not say so.

    Args:
        text: What was typed.
    """
    found = _SAME.search(text)
    if found is None:
        return None
    line = tidy(f"{text[: found.start()]} {text[found.end() :]}").strip(" ,.")
    is_city = found["part"].lower() in ("city", "lungsod", "siyudad", "town", "bayan", "municipality")
    return SamePlace(line=line, is_barangay=not is_city)
