"""Learned from the merchant's own phrases: which reply a text is most like, and how sure that is.

A text becomes words, pairs of words that stand together or with one between them, pieces of words of two to four
letters, so that a slip or an affix spoils little, and what it speaks of as `meaning` has it, whatever the words. What
many phrases share weighs less (inverse document frequency). Each reply begins as the sum of its phrases; then every
phrase that is not clearly nearest to its own reply moves the two that it is torn between (a perceptron with a margin,
its weights averaged over the way). Plain dictionaries: little is touched, and nothing needs to be installed.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from itertools import pairwise
from zlib import crc32

import msgspec

from bot.language.fold import fold
from bot.language.meaning import meaning
from bot.language.spelling import WORD_MOST

TEXT_MOST = 300
"""Letters of a text that are looked at."""
_WORD = 1.0
_WEIGHTS = {"w": _WORD, "p": 0.8, "k": 0.5, "c": 0.6, "m": 0.8}
"""What each kind of feature weighs: a word, a pair, a pair with a word between, a piece, a concept."""
_PIECES = (2, 3, 4)  # letters of a piece
_CLEARLY = 0.8  # by how much a phrase shall be nearer to its own reply than to any other
_STEP = 0.15  # of the way at most, at once
_ROUNDS = 10
_WORK_MOST = 16_000_000
"""Weights that are looked at while learning, about two seconds: then it is good enough."""
_SHARED_MOST = 50
"""Replies that may share a feature: what more of them share tells nothing, and would cost every text time."""
_STRONGEST = 20
"""Replies for which a feature speaks, or against: what it says of more of them is little, and costs every text time."""

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
        rest: Called now and then while learning, for whoever lets others have their turn.
    """

    def __init__(self, phrases: Iterable[tuple[int, str]], rest: Callable[[], object] = int) -> None:
        self._rest = rest
        seen = [(features, reply) for reply, phrase in phrases if not rest() and (features := _features(phrase))]
        often = Counter(feature for features, _ in seen for feature in features)
        self._rarity = {feature: math.log((1 + len(seen)) / (1 + times)) + 1 for feature, times in often.items()}
        self._unknown = math.log(1 + len(seen)) + 1
        shared: defaultdict[str, set[int]] = defaultdict(set)
        for features, reply in seen:
            for feature in features:
                shared[feature].add(reply)
        for feature, replies in shared.items():
            if len(replies) > _SHARED_MOST:
                del self._rarity[feature]
        self._common = often.keys() - self._rarity.keys()
        self._weights: dict[str, dict[int, float]] = {}
        self._learn([(self._vector(features), reply) for features, reply in seen])

    def likely(self, text: str) -> list[Likely]:
        """The replies that a text is like, the likeliest first.

        Args:
            text: What was typed.
        """
        scores = self._scores(self._vector(_features(text), strangers=True))
        return [
            Likely(reply, min(score, 1.0))
            for reply, score in sorted(scores.items(), key=lambda each: (-each[1], each[0]))
            if score > 0
        ]

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
        self._rarity, self._weights = {**self._rarity}, {**self._weights}
        own: set[str] = set()
        for reply, phrase in phrases:
            features = _features(phrase)
            for feature in features.keys() - self._common:
                self._rarity.setdefault(feature, self._unknown)
                if feature not in own:
                    own.add(feature)
                    self._weights[feature] = {**self._weights.get(feature, {})}
            self._lead(self._vector(features), reply)

    def _lead(self, vector: _Vector, own: int) -> None:
        """Move a reply until a phrase is clearly nearest to it."""
        for _ in range(_ROUNDS):
            scores = self._scores(vector)
            missing = _CLEARLY - scores.pop(own, 0.0) + max(scores.values(), default=0.0)
            if missing <= 0:
                return
            for feature, weight in vector.items():
                replies = self._weights[feature]
                replies[own] = replies.get(own, 0.0) + missing * weight

    def _vector(self, features: Mapping[str, int], *, strangers: bool = False) -> _Vector:
        """A text as weights whose squares add up to 1: less where it has words that no phrase has, if those count."""
        vector = {
            feature: _weight(feature) * self._rarity[feature] * (1 + math.log(times))
            for feature, times in features.items()
            if feature in self._rarity
        }
        squares = sum(weight * weight for weight in vector.values())
        if strangers:
            unknown = sum(feature.startswith("w") and feature not in self._rarity for feature in features)
            squares += unknown * (_WORD * self._unknown) ** 2
        length = math.sqrt(squares) or 1.0
        return {feature: weight / length for feature, weight in vector.items()}

    def _scores(self, vector: Mapping[str, float]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for feature, weight in vector.items():
            for reply, more in self._weights[feature].items():
                scores[reply] = scores.get(reply, 0.0) + weight * more
        return scores

    def _learn(self, seen: Sequence[tuple[_Vector, int]]) -> None:
        self._begin(seen)
        moved: dict[str, dict[int, float]] = {}
        torn = list(seen)
        work = now = 0
        for round_ in range(_ROUNDS):
            order = _mixed(seen if round_ in (0, _ROUNDS - 1) else torn, round_)
            torn = []
            for vector, own in order:
                self._rest()
                scores = self._scores(vector)
                work += sum(len(self._weights[feature]) for feature in vector)
                now += 1
                mine = scores.pop(own, 0.0)
                other = max(scores, key=scores.__getitem__, default=own)
                missing = _CLEARLY - (mine - scores.get(other, 0.0))
                if other != own and missing > 0:
                    torn.append((vector, own))
                    self._move(vector, own, other, min(_STEP, missing / 2), now, moved)
            if work > _WORK_MOST:
                break
        for feature, replies in moved.items():
            for reply, more in replies.items():
                self._weights[feature][reply] -= more / (now + 1)
        for feature, replies in self._weights.items():
            if len(replies) > _STRONGEST:
                strongest = sorted(replies.items(), key=lambda each: (-abs(each[1]), each[0]))[:_STRONGEST]
                self._weights[feature] = dict(strongest)

    def _begin(self, seen: Sequence[tuple[_Vector, int]]) -> None:
        """Every reply as the sum of its phrases, as long as any other."""
        lengths: defaultdict[int, float] = defaultdict(float)
        for vector, reply in seen:
            for feature, weight in vector.items():
                replies = self._weights.setdefault(feature, {})
                replies[reply] = replies.get(reply, 0.0) + weight
        for replies in self._weights.values():
            for reply, weight in replies.items():
                lengths[reply] += weight * weight
        for replies in self._weights.values():
            for reply in replies:
                replies[reply] /= math.sqrt(lengths[reply])

    def _move(
        self, vector: _Vector, own: int, other: int, step: float, now: int, moved: dict[str, dict[int, float]]
    ) -> None:
        for feature, weight in vector.items():
            replies, more = self._weights[feature], step * weight
            replies[own] = replies.get(own, 0.0) + more
            replies[other] = replies.get(other, 0.0) - more
            sums = moved.setdefault(feature, {})
            sums[own] = sums.get(own, 0.0) + now * more
            sums[other] = sums.get(other, 0.0) - now * more


def _mixed(seen: Sequence[tuple[_Vector, int]], round_: int) -> list[tuple[_Vector, int]]:
    """All in another order each round, and the same whenever it is learned: as they stand, one reply's are together."""
    return [seen[at] for at in sorted(range(len(seen)), key=lambda at: crc32(f"{round_} {at}".encode()))]


def _features(text: str) -> Counter[str]:
    """What a text is made of, each kind with a letter of its own before it, as `_WEIGHTS` has them."""
    words = [word[:WORD_MOST] for word in fold(text[:TEXT_MOST]).split()]
    features = Counter(f"w{word}" for word in words)
    features.update(f"p{one} {next_}" for one, next_ in pairwise(words))
    features.update(f"k{one} {next_}" for one, next_ in zip(words, words[2:], strict=False))
    features.update(f"m{concept}" for concept in meaning(text[:TEXT_MOST]).concepts)
    for word in words:
        whole = f"^{word}$"
        for length in _PIECES:
            features.update(f"c{whole[at : at + length]}" for at in range(len(whole) - length + 1))
    return features


def _weight(feature: str) -> float:
    return _WEIGHTS[feature[0]]
