"""Learned from the merchant's own phrases: which reply a text is most like, and how sure that is.

A text becomes words, pairs of words that stand together or with one between them, pieces of words of two to four
letters, so that a slip or an affix spoils little, and what it speaks of as `meaning` has it, whatever the words. What
many phrases share weighs less (inverse document frequency). What each of them says of each reply is learned by
`fitting.py`. A word that no phrase has is read as the one that it is a slip of, too.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from itertools import pairwise

import msgspec
import numpy as np

from bot.language.corrections import KnownWords
from bot.language.fold import fold
from bot.language.meaning import meaning
from bot.language.phrases.fitting import CLEARLY, ROUNDS, Fitted, Vector
from bot.language.spelling import WORD_MOST

TEXT_MOST = 300
"""Letters of a text that are looked at."""
_WORD = 1.0
_WEIGHTS = {"w": _WORD, "p": 0.8, "k": 0.5, "c": 0.6, "m": 0.8}
"""What each kind of feature weighs: a word, a pair, a pair with a word between, a piece, a concept."""
_PIECES = (2, 3, 4)  # letters of a piece
_SHARED_MOST = 50
"""Replies that may share a feature: what more of them share tells nothing, and would cost every text time."""
_SLIP_LEAST = 5  # letters of a word that may be a slip of another
_SLIP_SURE = 0.7  # how surely a word is a slip of another that is read as that
_AT_ONCE = 256  # features between two rests

_Vector = dict[str, float]


class Likely(msgspec.Struct, frozen=True):
    """A reply that a text is like.

    Attributes:
        id: Of the reply.
        score: From 0 to 1: 1 is as like it as can be.
    """

    id: int
    score: float


class Learned:
    """What was learned of every reply.

    Args:
        phrases: The replies' ids with their phrases.
        rest: Called again and again while learning, for whoever lets others have their turn.
    """

    def __init__(self, phrases: Iterable[tuple[int, str]], rest: Callable[[], object] = int) -> None:
        self._ids: list[int] = []
        self._places: dict[int, int] = {}
        self._spelt = KnownWords()
        seen = [
            (features, self._place(reply))
            for reply, phrase in phrases
            if not rest() and (features := _features(self._heard(phrase), phrase))
        ]
        self._unknown = math.log(1 + len(seen)) + 1
        self._common: set[str] = set()
        self._rarity: dict[str, float] = {}
        self._rows: dict[str, int] = {}
        self._weigh(seen, rest)
        self._more: dict[str, dict[int, float]] = {}
        """What has been learned since, by the feature."""
        vectors = [(self._rows_of(self._vector(features)), place) for features, place in seen if not rest()]
        self._fitted = (
            Fitted.to(vectors, rows=len(self._rows), replies=len(self._ids), rest=rest) if self._rows else None
        )

    def likely(self, text: str) -> list[Likely]:
        """The replies that a text is like, the likeliest first.

        Args:
            text: What was typed.
        """
        scores = self._scores(self._vector(self._asked(text), strangers=True))
        found = sorted((-score, self._ids[place]) for place, score in enumerate(scores) if score > 0)
        return [Likely(reply, min(-score, 1.0)) for score, reply in found]

    def grown(self, phrases: Iterable[tuple[int, str]]) -> "Learned":
        """This with some more phrases, at once and nearly as well: until everything has been learned anew.

        Args:
            phrases: The replies' ids with the phrases that are new.
        """
        grown = copy(self)
        grown.take_in(phrases)
        return grown

    def take_in(self, phrases: Iterable[tuple[int, str]]) -> None:
        """Learn some more phrases; whatever this was copied from stays as it is.

        Args:
            phrases: The replies' ids with the phrases that are new.
        """
        self._ids, self._places, self._rarity = [*self._ids], {**self._places}, {**self._rarity}
        self._more = {feature: {**replies} for feature, replies in self._more.items()}
        for reply, phrase in phrases:
            features, place = _features(_words(phrase), phrase), self._place(reply)
            for feature in features.keys() - self._common:
                self._rarity.setdefault(feature, self._unknown)
            self._lead(self._vector(features), place)

    def _heard(self, phrase: str) -> list[str]:
        """The words of a phrase, known from now on."""
        words = _words(phrase)
        for word in words:
            self._spelt.counts[self._spelt.add(word)] += 1
        return words

    def _asked(self, text: str) -> Counter[str]:
        """What a text is made of, and what it would be made of without slips."""
        words = _words(text)
        spelt = [self._without_slip(word) for word in words]
        features = _features(words, text)
        return features if spelt == words else features | _features(spelt, " ".join(spelt))

    def _without_slip(self, word: str) -> str:
        if len(word) < _SLIP_LEAST or word.isdigit() or f"w{word}" in self._rarity or self._spelt.get(word) is not None:
            return word
        meant = self._spelt.meant(word)
        best = max(meant, key=lambda number: (meant[number], -number), default=0)
        return self._spelt[best] if meant and meant[best] >= _SLIP_SURE else word

    def _place(self, reply: int) -> int:
        """Where a reply stands in the scores of a text."""
        place = self._places.setdefault(reply, len(self._ids))
        if place == len(self._ids):
            self._ids.append(reply)
        return place

    def _weigh(self, seen: Sequence[tuple[Mapping[str, int], int]], rest: Callable[[], object]) -> None:
        """How rare every feature is, and which row it has; but of what too many replies share."""
        often: dict[str, int] = {}
        shared: dict[str, set[int]] = {}
        for features, place in seen:
            rest()
            for feature in features:
                if feature in often:
                    often[feature] += 1
                    shared[feature].add(place)
                else:
                    often[feature], shared[feature] = 1, {place}
        for count, (feature, times) in enumerate(often.items()):
            if not count % _AT_ONCE:
                rest()
            if len(shared[feature]) > _SHARED_MOST:
                self._common.add(feature)
            else:
                self._rarity[feature] = math.log((1 + len(seen)) / (1 + times)) + 1
                self._rows[feature] = len(self._rows)

    def _lead(self, vector: _Vector, own: int) -> None:
        """Move a reply until a phrase is clearly nearest to it."""
        for _ in range(ROUNDS):
            scores = self._scores(vector)
            mine, scores[own] = scores[own], 0.0
            missing = CLEARLY - mine + max(scores)
            if missing <= 0:
                return
            for feature, weight in vector.items():
                replies = self._more.setdefault(feature, {})
                replies[own] = replies.get(own, 0.0) + missing * weight

    def _vector(self, features: Mapping[str, int], *, strangers: bool = False) -> _Vector:
        """A text as weights whose squares add up to 1: less where it has words that no phrase has, if those count."""
        vector = {
            feature: _WEIGHTS[feature[0]] * rare * (1 + math.log(times))
            for feature, times in features.items()
            if (rare := self._rarity.get(feature))
        }
        squares = sum(weight * weight for weight in vector.values())
        if strangers:
            unknown = sum(feature[0] == "w" and feature not in self._rarity for feature in features)
            squares += unknown * (_WORD * self._unknown) ** 2
        length = math.sqrt(squares) or 1.0
        return {feature: weight / length for feature, weight in vector.items()}

    def _rows_of(self, vector: _Vector) -> Vector:
        known = [(row, weight) for feature, weight in vector.items() if (row := self._rows.get(feature)) is not None]
        return np.array([row for row, _ in known], np.int64), np.array([weight for _, weight in known], np.float64)

    def _scores(self, vector: _Vector) -> list[float]:
        """How like each reply a text is, by its place."""
        scores = self._fitted.scores(self._rows_of(vector)).tolist() if self._fitted else []
        scores += [0.0] * (len(self._ids) - len(scores))
        for feature in vector.keys() & self._more.keys():
            for place, more in self._more[feature].items():
                scores[place] += vector[feature] * more
        return scores


def _words(text: str) -> list[str]:
    return [word[:WORD_MOST] for word in fold(text[:TEXT_MOST]).split()]


def _features(words: Sequence[str], text: str) -> Counter[str]:
    """What a text is made of, each kind with a letter of its own before it, as `_WEIGHTS` has them."""
    features = [f"w{word}" for word in words]
    features += [f"p{one} {next_}" for one, next_ in pairwise(words)]
    features += [f"k{one} {next_}" for one, next_ in zip(words, words[2:], strict=False)]
    features += [f"m{concept}" for concept in meaning(text[:TEXT_MOST]).concepts]
    for word in words:
        whole = f"^{word}$"
        for length in _PIECES:
            features += [f"c{whole[at : at + length]}" for at in range(len(whole) - length + 1)]
    return Counter(features)
