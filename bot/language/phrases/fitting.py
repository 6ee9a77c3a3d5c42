"""How much each feature of a text speaks for each reply, learned from phrases, and kept in three flat arrays.

Each reply begins as the sum of its phrases. Then every phrase that is not clearly nearest to its own reply moves the
two that it is torn between: a perceptron with a margin, its weights averaged over the way. A feature is a row; what
speaks for a reply in it is an entry, found by its key, row times replies plus the reply's place.
"""

from collections.abc import Callable, Sequence
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]
Vector = tuple[Numbers, Weights]
"""The rows of a text's features, each once, with what each weighs."""

CLEARLY = 0.8
"""By how much a phrase shall be nearer to its own reply than to any other."""
ROUNDS = 10
"""How often the phrases that are torn are gone through."""
_STEP = 0.15  # of the way at most, at once
_WORK_MOST = 16_000_000  # entries that are looked at while learning: then it is good enough
_AT_ONCE = 256  # phrases between two rests, where little is done of each
_STRONGEST = 20  # replies for which a feature speaks, or against: what it says of more of them is little


class Fitted:
    """What speaks for which reply.

    Args:
        keys: Of the entries, in order.
        weights: Of the entries.
        rows: How many features there are.
        replies: How many replies there are.
    """

    def __init__(self, keys: Numbers, weights: Weights, *, rows: int, replies: int) -> None:
        self.keys, self.weights, self.replies = keys, weights, replies
        self._rows = rows
        self._places = keys % max(replies, 1)
        self._starts = np.searchsorted(keys, np.arange(rows + 1) * replies)

    def scores(self, vector: Vector) -> Weights:
        """How like each reply a text is, by the reply's place.

        Args:
            vector: The text's.
        """
        rows, weights = vector
        entries, at = self._entries(rows)
        return _sums(self._places[entries], self.weights[entries] * weights[at], self.replies)

    def _entries(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The entries of some rows, and for each the place of its row among them."""
        starts = self._starts[rows]
        lengths = self._starts[rows + 1] - starts
        ends = np.cumsum(lengths)
        at = np.repeat(np.arange(len(rows)), lengths)
        return np.arange(len(at)) + (starts - ends + lengths)[at], at

    @classmethod
    def to(cls, seen: Sequence[tuple[Vector, int]], *, rows: int, replies: int, rest: Callable[[], object]) -> Self:
        """What is learned from phrases.

        Args:
            seen: The phrases, each with the place of its reply.
            rows: How many features they have.
            replies: How many replies there are.
            rest: Called after every phrase.
        """
        keys, weights = _together(
            np.concatenate([vector[0] * replies + place for vector, place in seen if not rest()]),
            np.concatenate([vector[1] for vector, _ in seen if not rest()]),
        )
        lengths = np.sqrt(_sums(keys % replies, weights * weights, replies))
        fitted = cls(keys, weights / lengths[keys % replies], rows=rows, replies=replies)
        return fitted.learned(seen, rest).strongest()

    def learned(self, seen: Sequence[tuple[Vector, int]], rest: Callable[[], object]) -> Self:
        """This with every phrase nearest to its own reply, as far as that goes.

        Args:
            seen: The phrases, each with the place of its reply.
            rest: Called after every phrase.
        """
        fitted, moved, torn = self, np.zeros(len(self.weights)), list(seen)
        work = now = 0
        for round_ in range(ROUNDS):
            order = _mixed(seen if round_ in (0, ROUNDS - 1) else torn, round_, rest)
            torn, against = [], []
            for vector, own in order:
                rest()
                now += 1
                entries, at = fitted._entries(vector[0])
                work += len(entries)
                places = fitted._places[entries]
                scores = _sums(places, fitted.weights[entries] * vector[1][at], self.replies)
                mine, scores[own] = scores[own], -np.inf
                other = int(scores.argmax())
                missing = CLEARLY - mine + scores[other]
                if other == own or missing <= 0:
                    continue
                torn.append((vector, own))
                more = vector[1] * min(_STEP, missing / 2)
                fors, againsts = entries[places == own], places == other
                fitted.weights[fors] += more
                moved[fors] += now * more
                knowing = at[againsts]
                fitted.weights[entries[againsts]] -= more[knowing]
                moved[entries[againsts]] -= now * more[knowing]
                strange = np.ones(len(more), bool)
                strange[knowing] = False
                against.append((vector[0][strange] * self.replies + other, -more[strange], now))
            if against:
                fitted, moved = fitted._with(against, moved)
            if work > _WORK_MOST:
                break
        fitted.weights -= moved / (now + 1)
        return fitted

    def _with(self, against: Sequence[tuple[Numbers, Weights, int]], moved: Weights) -> tuple[Self, Weights]:
        """This with entries that it did not have, and how all of them moved: what a round has said against replies."""
        keys = np.concatenate([self.keys, *(keys for keys, _, _ in against)])
        every, weights = _together(keys, np.concatenate([self.weights, *(more for _, more, _ in against)]))
        _, moved = _together(keys, np.concatenate([moved, *(more * now for _, more, now in against)]))
        return type(self)(every, weights, rows=self._rows, replies=self.replies), moved

    def strongest(self) -> Self:
        """This with those entries of each row that say most."""
        rows = self.keys // self.replies
        order = np.lexsort((-np.abs(self.weights), rows))
        kept = np.sort(order[np.arange(len(order)) - self._starts[rows] < _STRONGEST])
        return type(self)(self.keys[kept], self.weights[kept], rows=self._rows, replies=self.replies)


def _sums(places: Numbers, weights: Weights, most: int) -> Weights:
    """What the weights of each place come to."""
    return np.bincount(places, weights, minlength=most).astype(np.float64, copy=False)


def _together(keys: Numbers, weights: Weights) -> tuple[Numbers, Weights]:
    """Each key once, in order, with all that it weighs."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[firsts], np.add.reduceat(weights[order], firsts)


def _mixed(seen: Sequence[tuple[Vector, int]], round_: int, rest: Callable[[], object]) -> list[tuple[Vector, int]]:
    """All in another order each round, and the same whenever it is learned: as they stand, one reply's are together."""
    order = sorted((crc32(f"{round_} {at}".encode()), at) for at in range(len(seen)) if at % _AT_ONCE or not rest())
    return [seen[at] for _, at in order]
