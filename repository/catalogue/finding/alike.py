"""Words that mean the same where something is looked for: "tsinelas" finds slippers, "kawali" a frying pan."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import cache

from bot.language.corrections import RARE, KnownWords
from bot.language.lexicon import table
from bot.language.spelling import FILLERS, fold_words

SAME, BESIDE = 0.9, 0.5
"""How surely a word is meant by another that means the same, and where the shop has the other word too."""
TOGETHER_LEAST = 0.6
"""How surely each word of a phrase has to be meant for the phrase."""
Phrase = tuple[str, ...]
"""The words of one name of a thing, of `fold_words`."""


class Alike:
    """Groups of words and phrases that mean the same, by the numbers that an index gives to words.

    A phrase of several words is known as one word with spaces in it; the index says in which products it stands.

    Args:
        known: The words of the index.
        groups: What means the same.
    """

    def __init__(self, known: KnownWords, groups: Iterable[Sequence[Phrase]]) -> None:
        self._others: dict[int, set[int]] = {}
        self._phrases: dict[int, list[tuple[tuple[int, ...], int]]] = {}  # by the number of their first word
        self.by_word: dict[str, list[Phrase]] = {}  # phrases of several words, by their first
        for group in groups:
            numbers = [self._number(known, phrase) for phrase in group]
            for number in numbers:
                self._others.setdefault(number, set()).update(numbers)

    def _number(self, known: KnownWords, phrase: Phrase) -> int:
        number = known.add(" ".join(phrase))
        known.counts[number] = max(known.counts[number], RARE + 1)  # none is taken for a slip
        if len(phrase) > 1 and phrase not in self.by_word.get(phrase[0], ()):
            self.by_word.setdefault(phrase[0], []).append(phrase)
            words = tuple(known.add(word) for word in phrase)
            self._phrases.setdefault(words[0], []).append((words, number))
        return number

    def __getstate__(self) -> dict[str, object]:
        """What `copy.copy` begins with: the same groups, to which others can be added."""
        return {
            "_others": {number: set(others) for number, others in self._others.items()},
            "_phrases": {first: list(phrases) for first, phrases in self._phrases.items()},
            "by_word": {first: list(phrases) for first, phrases in self.by_word.items()},
        }

    def phrases_in(self, words: Iterable[str]) -> list[Phrase]:
        """The phrases all of whose words are there.

        Args:
            words: The words of a product.
        """
        there = set(words)
        return [
            phrase for word in there & self.by_word.keys() for phrase in self.by_word[word] if there.issuperset(phrase)
        ]

    def widen(self, asked: Sequence[dict[int, float]], is_there: Callable[[int], bool]) -> None:
        """Add to what each typed word may be what means the same, and to those of a phrase what the phrase means.

        Args:
            asked: For each typed word, the known words that it may be with how surely; changed.
            is_there: Whether the shop has the word of a number.
        """
        has = [any(sure >= TOGETHER_LEAST and is_there(one) for one, sure in each.items()) for each in asked]
        found: list[tuple[int, int, float]] = []
        for place, meant in enumerate(asked):
            for first, sure in meant.items():
                found += [(place, other, sure) for other in self._others.get(first, ())]
                for numbers, phrase in self._phrases.get(first, ()):
                    words = asked[place : place + len(numbers)]
                    least = min(each.get(number, 0.0) for each, number in zip(words, numbers, strict=False))
                    if len(words) == len(numbers) and least >= TOGETHER_LEAST:
                        places = range(place, place + len(words))
                        found += [(at, other, least) for at in places for other in (phrase, *self._others[phrase])]
        for place, other, sure in found:
            asked[place][other] = max(min(sure, BESIDE if has[place] else SAME), asked[place].get(other, 0.0))


@cache
def everybodys() -> tuple[tuple[Phrase, ...], ...]:
    """What means the same in any shop: goods, colours and sizes in English and Filipino."""
    rows = (*table("goods").values(), *table("color").values(), *table("size").values())
    return tuple(group for row in rows if len(group := group_of(row)) > 1)


@cache
def _in_any_shop() -> tuple[KnownWords, Alike]:
    known = KnownWords()
    return known, Alike(known, everybodys())


def begin() -> tuple[KnownWords, Alike]:
    """The words of an index in which nothing stands yet, and what means the same among them; it may add to both."""
    known, alike = _in_any_shop()
    return copy(known), copy(alike)


def group_of(phrases: Iterable[str]) -> tuple[Phrase, ...]:
    """Phrases as they are compared, without words that searches pass over; those of one letter are left out.

    Args:
        phrases: As somebody wrote them.
    """
    made = dict.fromkeys(tuple(word for word in fold_words(phrase) if word not in FILLERS) for phrase in phrases)
    return tuple(phrase for phrase in made if len("".join(phrase)) > 1)
