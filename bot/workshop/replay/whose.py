"""Whose words a message is: which reply's block it was most likely filled from.

A merchant's rewording takes the old words out of every block, while a step that answers something else says what still
stands in another one. So words that are expected and stand in a block that was not said mean another behaviour.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

import msgspec

import replies
from replies.base import Reply
from replies.words import own_words

_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_LEAST_WORDS = 3
_ENOUGH = 0.75  # of a message's words stand in a block: it is that block's
_CLEARLY = 0.2  # more of them than in what was said


class _Block(msgspec.Struct, frozen=True):
    name: str
    language: str
    words: frozenset[str]


@cache
def reply_names() -> frozenset[str]:
    """The names of all that the bot can say."""
    for module in pkgutil.iter_modules(replies.__path__, "replies."):
        importlib.import_module(module.name)
    return frozenset(kind.__dict__["name"] for kind in _replies(Reply) if "name" in kind.__dict__)


def _replies(kind: type[Reply]) -> Iterator[type[Reply]]:
    for each in kind.__subclasses__():
        yield each
        yield from _replies(each)


@cache
def _blocks() -> tuple[_Block, ...]:
    return tuple(
        _Block(name, language, frozenset(_words(_TAGS.sub(" ", words))))
        for (name, language), words in own_words().items()
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _owner(block: str) -> str:
    """The reply that a block belongs to: its own, or that whose name it begins with; empty for words on buttons."""
    return max((name for name in reply_names() if block == name or block.startswith(f"{name}_")), key=len, default="")


def _plain(message: Sequence[str]) -> list[str]:
    return _words(" ".join(line for line in message if not line.startswith(("[", "(card)", "(picture)"))))


def _share(words: list[str], block: _Block) -> float:
    return sum(word in block.words for word in words) / len(words)


def numbers_of(facts: object) -> frozenset[Decimal]:
    """Every number among a reply's facts, however deep.

    Args:
        facts: What a recording holds of it.
    """
    if isinstance(facts, Mapping):
        return frozenset().union(*map(numbers_of, facts.values()))
    if isinstance(facts, list | tuple):
        return frozenset().union(*map(numbers_of, facts))
    if isinstance(facts, bool) or not isinstance(facts, int | float | str):
        return frozenset()
    return frozenset(Decimal(number.replace(",", "")) for number in _NUMBER.findall(str(facts)))


def says_another(expected: Sequence[Sequence[str]], heard: Sequence[Sequence[str]], said: Sequence[str]) -> bool:
    """Whether what was expected is still what a reply says that is not among today's.

    Args:
        expected: The messages of the transcript, each as its lines.
        heard: Today's.
        said: The names of today's replies.
    """
    return any(
        before != after and _is_of_another(_plain(before), set(said))
        for before, after in zip(expected, heard, strict=False)
    )


def _is_of_another(words: list[str], said: set[str]) -> bool:
    if len(words) < _LEAST_WORDS:
        return False
    own = best = 0.0
    for block in _blocks():
        if owner := _owner(block.name):
            share = _share(words, block)
            if owner in said:
                own = max(own, share)
            else:
                best = max(best, share)
    return best >= _ENOUGH and best - own >= _CLEARLY
