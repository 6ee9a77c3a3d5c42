"""Phrases that mean what a text asks, in whatever words, found without looking at all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from bot.language.meaning import FAMILIES, Meaning, likeness, meaning
from bot.language.phrases.taught import Taught


class Meant:
    """What every phrase is about.

    Args:
        taught: The replies.
        rest: Called after every phrase, for whoever lets others have their turn.
    """

    def __init__(self, taught: Sequence[Taught], rest: Callable[[], object] = int) -> None:
        self._replies: defaultdict[Meaning, list[Taught]] = defaultdict(list)
        for reply in taught:
            for about in dict.fromkeys(meaning(phrase) for phrase in reply.phrases if not rest()):
                self._replies[about].append(reply)
        self._by_word: defaultdict[str, list[Meaning]] = defaultdict(list)
        self._by_concept: defaultdict[str, list[Meaning]] = defaultdict(list)
        for about in self._replies:
            rest()
            if about.rest:
                self._by_word[about.rest[0]].append(about)
            else:
                for concept in about.concepts:
                    self._by_concept[concept].append(about)

    def likely(self, text: str) -> Iterator[tuple[Taught, float]]:
        """The replies that answer what a text asks, each with how well.

        Args:
            text: What was typed.
        """
        asked = meaning(text)
        if not asked.concepts:
            return
        near = asked.concepts.union(*(family for family in FAMILIES if family & asked.concepts), {"how", "shop"})
        found = [about for word in asked.rest for about in self._by_word.get(word, ())]
        found += [about for concept in near for about in self._by_concept.get(concept, ())]
        for about in dict.fromkeys(found):
            if (score := likeness(asked, about)) > 0:
                others = set(asked.rest) - set(about.rest)
                for reply in self._replies[about]:
                    if reply.rule != "exact" or not others:
                        yield reply, score
