"""What a message looks like in a transcript, and whether what is heard is what is expected.

What differs from one run to the next is a named place-holder: `{order 1}` is bound to what stands there at first sight
and compared with it ever after; `{order}`, `{date}` and `{time}` without a number match any.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import count
from typing import Literal

from bot.workshop.emulator.bubbles import Bubble, Button

Verdict = Literal["same", "wording", "behaviour"]

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
_PLACE = re.compile(r"\{(order|time|date)(?: (\d+))?\}|(ORD-…)|\((time|date)\)")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


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
        return _PLACE.sub(
            lambda match: self.bound.get(f"{_kind(match)} {match[2]}", seen.get(match[0], match[0])), text
        )

    def matches(self, expected: str, heard: str) -> bool:
        """Whether a line is what was expected; binds what was not bound yet where it is."""
        groups: dict[str, str] = {}
        pattern, place = "", 0
        for match in _PLACE.finditer(expected):
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
            meant = [match for match in _PLACE.finditer("\n".join(expected)) if _kind(match) == kind]
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


def verdict(
    bindings: Bindings,
    expected: list[list[str]],
    heard: list[list[str]],
    facts: frozenset[Decimal] = frozenset(),
) -> Verdict:
    """How today's messages relate to the expected: the same; other words for the same; or something else.

    They say the same where there are as many messages, each with the same cards, amounts, orders and number of buttons.
    A number that is no fact of today's replies is one of their words, which may change.

    Args:
        bindings: Of this conversation; what is bound at first sight stays bound.
        expected: The messages of the transcript, each as its lines.
        heard: Today's, as they came.
        facts: The numbers among the facts of today's replies, where they are known.
    """
    if len(expected) == len(heard) and all(map(bindings.all_match, expected, heard)):
        return "same"
    same_facts = len(expected) == len(heard) and all(
        bindings.allow(before, after)
        and _shape(before) == _shape(after)
        and _as_many(_numbers(before), _numbers([bindings.steady(line) for line in after]), facts)
        for before, after in zip(expected, heard, strict=True)
    )
    return "wording" if same_facts else "behaviour"


def _as_many(before: list[Decimal], after: list[Decimal], facts: frozenset[Decimal]) -> bool:
    """Whether two messages show the same numbers, or differ only in such as are no facts but words."""
    if before == after or sorted(before) == sorted(after):
        return True
    return bool(facts) and facts.intersection(after) <= {*before} <= {*after, *facts}


def _shape(message: Sequence[str]) -> tuple[list[int], int]:
    """The rows of buttons and the number of cards of a message."""
    rows = [len(re.findall(r"\[[^\]]*\]", line)) for line in message if line.startswith("[")]
    return rows, sum(line.startswith(("(card)", "(picture)")) for line in message)


def _numbers(message: Sequence[str]) -> list[Decimal]:
    words = _PLACE.sub("", " ".join(line for line in message if not line.startswith("[")))
    return [Decimal(number.replace(",", "").rstrip(".")) for number in _NUMBER.findall(words)]


def lines_of(bubble: Bubble) -> list[str]:
    """A message as a transcript shows it, as it came.

    Args:
        bubble: The message as the shopper sees it.
    """
    return list(_lines(bubble)) or ["(empty)"]


def _lines(bubble: Bubble) -> Iterable[str]:
    payload = bubble.attachment.payload if bubble.attachment else None
    if payload is not None and bubble.cards and payload.template_type != "receipt":
        for card in bubble.cards:
            yield "(card) " + " · ".join(part.strip() for part in (card.title, card.subtitle) if part.strip())
            if card.buttons:
                yield _offered(card.buttons)
    else:
        yield from (line.strip() for line in bubble.words().splitlines() if line.strip())
        if payload is not None and payload.url:
            yield "(picture)"
        if payload is not None and payload.buttons:
            yield _offered(payload.buttons)
    if bubble.quick_replies:
        yield _offered(bubble.quick_replies)


def _offered(buttons: Iterable[Button]) -> str:
    return " ".join(f"[{button.title or button.content_type}]" for button in buttons)
