"""Phrases that stand in a text, as each reply's rule has it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from bot.language.phrases.taught import Taught, comparable

LOOKED_AT = 500
"""Letters of a text in which phrases are looked for."""
RULES = ("exact", "word", "starts_with", "contains")
"""How a phrase is looked for, the strictest first."""


class Hit(msgspec.Struct, frozen=True):
    """A phrase that stands in a text.

    Attributes:
        reply: Whose it is.
        phrase: The phrase as it is compared.
    """

    reply: Taught
    phrase: str


class Literal:
    """Every phrase, found without looking at all of them where its rule allows that.

    Args:
        taught: The replies.
        rest: Called after every phrase, for whoever lets others have their turn.
    """

    def __init__(self, taught: Sequence[Taught], rest: Callable[[], object] = int) -> None:
        self._by_rule: dict[str, dict[str, list[Taught]]] = {rule: defaultdict(list) for rule in RULES}
        lengths: set[int] = set()
        for reply in taught:
            for phrase in dict.fromkeys(map(comparable, reply.phrases)):
                rest()
                if phrase:
                    self._by_rule[reply.rule][phrase].append(reply)
                    if reply.rule == "word":
                        lengths.add(phrase.count(" ") + 1)
        self._lengths = sorted(lengths)

    def same(self, text: str) -> Iterator[Hit]:
        """The phrases that a whole text is, whatever their rule.

        Args:
            text: As `comparable` has it.
        """
        for phrases in self._by_rule.values():
            yield from (Hit(reply, text) for reply in phrases.get(text, ()))

    def hits(self, text: str) -> Iterator[Hit]:
        """The phrases that stand in a text, each as the rule of its reply has it.

        Args:
            text: As `comparable` has it.
        """
        for phrase, replies in self._standing(text):
            yield from (Hit(reply, phrase) for reply in replies)

    def _standing(self, text: str) -> Iterator[tuple[str, list[Taught]]]:
        if replies := self._by_rule["exact"].get(text):
            yield text, replies
        words, by_word = text.split(), self._by_rule["word"]
        for length in self._lengths:
            for at in range(len(words) - length + 1):
                phrase = " ".join(words[at : at + length])
                if phrase in by_word:
                    yield phrase, by_word[phrase]
        yield from (each for each in self._by_rule["starts_with"].items() if text.startswith(each[0]))
        yield from (each for each in self._by_rule["contains"].items() if each[0] in text)
