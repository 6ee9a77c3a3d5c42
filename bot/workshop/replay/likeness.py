"""Whether what is heard is what is expected, in meaning first and then in words."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from handlers.transcripts.placeholders import PLACE, Bindings

Verdict = Literal["same", "wording", "behaviour"]

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


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
    """Whether two messages show the same numbers, or the second only more of such as are no facts but words."""
    if before == after or sorted(before) == sorted(after):
        return True
    then, today = Counter(before), Counter(after)
    return bool(facts) and then <= today and not facts.intersection(today - then)


def _shape(message: Sequence[str]) -> tuple[list[int], int]:
    """The rows of buttons and the number of cards of a message."""
    rows = [len(re.findall(r"\[[^\]]*\]", line)) for line in message if line.startswith("[")]
    return rows, sum(line.startswith(("(card)", "(picture)")) for line in message)


def _numbers(message: Sequence[str]) -> list[Decimal]:
    words = PLACE.sub("", " ".join(line for line in message if not line.startswith("[")))
    return [Decimal(number.replace(",", "").rstrip(".")) for number in _NUMBER.findall(words)]
