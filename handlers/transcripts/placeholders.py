"""What differs from one run of a conversation to the next, as a transcript writes it.

`{order 1}` is bound to what stands there at first sight and compared with it ever after; `{order}`, `{date}` and
`{time}` without a number match any.
"""

import re
from collections.abc import Sequence
from itertools import count

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Ene(?:ro)?|Peb(?:rero)?|Marso|Abr(?:il)?|Mayo|Hun(?:yo)?|Hul(?:yo)?|Ago(?:sto)?"
    r"|Setyembre|Okt(?:ubre)?|Nobyembre|Disyembre)\.?"
)
_FORMS = {
    "order": r"ORD-\d{8}-[A-Z0-9]+",
    "time": r"\b\d{1,2}:\d{2}(?:\s?[AaPp][Mm])?\b",
    "date": rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}})?(?!\w)|\b{_MONTH} \d{{1,2}}(?:, \d{{4}})?\b(?! (?:St|na)\b)",
}
_CHANGING = {name: re.compile(form) for name, form in _FORMS.items()}
PLACE = re.compile(r"\{(order|time|date)(?: (\d+))?\}|(ORD-…)|\((time|date)\)")


class Bindings:
    """What the numbered place-holders of one conversation stand for.

    Args:
        keeps_times: Whether the same times come every time, since the conversation has a clock of its own.
    """

    def __init__(self, *, keeps_times: bool = False) -> None:
        self.bound: dict[str, str] = {}
        self._keeps_times = keeps_times
        self._orders: dict[str, str] = {}

    def filled(self, text: str) -> str:
        """A text with what its numbered place-holders are bound to; one that is not bound yet stays."""
        seen = {name: value for value, name in self._orders.items()}
        return PLACE.sub(lambda match: self.bound.get(f"{_kind(match)} {match[2]}", seen.get(match[0], match[0])), text)

    def matches(self, expected: str, heard: str) -> bool:
        """Whether a line is what was expected; binds what was not bound yet where it is."""
        groups: dict[str, str] = {}
        pattern, place = "", 0
        for match in PLACE.finditer(expected):
            pattern += re.escape(expected[place : match.start()])
            place = match.end()
            kind = _kind(match)
            name = f"{kind} {match[2]}" if match[2] else ""
            if name in self.bound:
                pattern += re.escape(self.bound[name])
            elif name in groups.values():
                pattern += f"(?P={next(group for group, known in groups.items() if known == name)})"
            elif name:
                group = f"p{len(groups)}"
                groups[group] = name
                pattern += f"(?P<{group}>{_FORMS[kind]})"
            else:
                pattern += f"(?:{_FORMS[kind]})"
        found = re.fullmatch(pattern + re.escape(expected[place:]), heard)
        if found:
            self.bound.update({name: found[group] for group, name in groups.items()})
        return found is not None

    def all_match(self, expected: Sequence[str], heard: Sequence[str]) -> bool:
        """Whether every line is what was expected."""
        return len(expected) == len(heard) and all(map(self.matches, expected, heard))

    def allow(self, expected: Sequence[str], heard: Sequence[str]) -> bool:
        """Whether a message holds the orders, dates and times that another has place-holders for, in any words."""
        for kind, form in _CHANGING.items():
            meant = [match for match in PLACE.finditer("\n".join(expected)) if _kind(match) == kind]
            found = form.findall("\n".join(heard))
            if len(meant) != len(found):
                return False
            for match, value in zip(meant, found, strict=True):
                if match[2] and self.bound.setdefault(f"{kind} {match[2]}", value) != value:
                    return False
        return True

    def steady(self, line: str) -> str:
        """A line that was heard as a transcript writes it: with place-holders, each order under its own number."""

        def order(match: re.Match[str]) -> str:
            known = next((name for name, value in self.bound.items() if value == match[0]), "")
            taken = {*self._orders.values(), *(f"{{{name}}}" for name in self.bound)}
            free = next(name for number in count(1) if (name := f"{{order {number}}}") not in taken)
            return f"{{{known}}}" if known else self._orders.setdefault(match[0], free)

        line = _CHANGING["order"].sub(order, line)
        if self._keeps_times:
            return line
        return _CHANGING["date"].sub("{date}", _CHANGING["time"].sub("{time}", line))


def _kind(place: re.Match[str]) -> str:
    return place[1] or place[4] or "order"
