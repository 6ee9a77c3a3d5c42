"""With which known conversations to begin: those first that come soonest by most that none before them came by."""

import functools
import random
import re
from collections.abc import Iterator, Sequence

from bot.language.lexicon import table
from handlers.transcripts.acts import act
from handlers.transcripts.form import Transcript

_WORDS = 4
"""So many words of an answer's beginning tell where a conversation stands."""
_PHONE = 7
"""So many figures are a phone number rather than an amount."""
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
            did = f"[{doing.text}]" if doing.kind in ("tap", "menu") else f"{doing.kind} {_sort(doing.text)}".rstrip()
        yield stands, did
        yield from (("!", fault) for fault, _ in exchange.faults)
        yield from (("=", fact.name) for fact in exchange.facts)
        if exchange.answers:
            stands = _beginning(exchange.answers[-1])


@functools.cache
def _senses() -> dict[str, str]:
    return {word: sense for sense, words in table("command").items() for word in words}


def _sort(text: str) -> str:
    """What sort of text it is: a command by its sense, else how many words and figures it has, roughly."""
    folded = " ".join(text.lower().split())
    if sense := _senses().get(folded):
        return sense
    words, figures = len(re.findall(r"[^\W\d_]+", folded)), len(re.findall(r"\d", folded))
    return f"{min(words, _WORDS)} {'few' if 0 < figures < _PHONE else 'many' if figures else 'no'}"


def _beginning(message: Sequence[str]) -> str:
    words = re.findall(r"[^\W\d_]+", re.sub("“[^”]*”", "", " ".join(message)))
    return " ".join([word for word in words if word.islower()][:_WORDS])  # names of goods and people are no part of it


def _cost(transcript: Transcript) -> float:
    cost = _BEGINNING + len(transcript.exchanges)
    cost += sum(_FAULT * len(each.faults) + _TIME * bool(each.passes) for each in transcript.exchanges)
    return cost if transcript.locale.startswith("en") else cost / _TRANSLATED
