"""With which known conversations to begin: those first that come soonest by most that none before them came by."""

import random
import re
from collections.abc import Iterator, Sequence

from handlers.transcripts.acts import act
from handlers.transcripts.form import Transcript

_WORDS = 4
"""So many words of an answer's beginning tell where a conversation stands."""
_BEGINNING = 2.0
_FAULT = 8.0
_TIME = 3.0
"""What these take, in exchanges: a beginning and an end, something that goes wrong, time that passes."""
_TRANSLATED = 0.5
"""What a conversation in another language than English comes by counts less: most stands in an English one too."""


def ordered(begins: Sequence[Transcript], seed: str) -> list[Transcript]:
    """Conversations, each behind those that come by more that is new for what they take.

    Args:
        begins: The conversations.
        seed: Decides between those that come by as much.
    """
    left = list(begins)
    random.Random(seed).shuffle(left)  # noqa: S311 - repeatable on purpose
    marks = {id(each): frozenset(_marks(each)) for each in left}
    costs = {id(each): _cost(each) for each in left}
    known: set[tuple[str, str]] = set()
    found: list[Transcript] = []
    while left:
        best = max(left, key=lambda each: len(marks[id(each)] - known) / costs[id(each)])
        left.remove(best)
        known |= marks[id(best)]
        found.append(best)
    return found


def _marks(transcript: Transcript) -> Iterator[tuple[str, str]]:
    """What a conversation comes by: what is done, and what was said before it."""
    stands = ""
    for exchange in transcript.exchanges:
        if exchange.passes:
            did = "@"
        elif exchange.who == "clerk":
            did = f"clerk {exchange.did.partition(' ')[0]}"
        else:
            doing = act(exchange.did)
            did = f"[{doing.text}]" if doing.kind in ("tap", "menu") else doing.kind
        yield stands, did
        yield from (("!", fault) for fault, _ in exchange.faults)
        yield from (("=", fact.name) for fact in exchange.facts)
        if exchange.answers:
            stands = _beginning(exchange.answers[-1])


def _beginning(message: Sequence[str]) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", " ".join(message))[:_WORDS]).lower()


def _cost(transcript: Transcript) -> float:
    cost = _BEGINNING + len(transcript.exchanges)
    cost += sum(_FAULT * len(each.faults) + _TIME * bool(each.passes) for each in transcript.exchanges)
    return cost if transcript.locale.startswith("en") else cost / _TRANSLATED
