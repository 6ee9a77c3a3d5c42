"""Which phrases say what a text says, by the vectors of their sentences, whatever the words."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

PHRASES_LEAST = 12
"""Phrases from which on there is enough to know what all of them have in common, and what tells them apart."""
_LOOKED_AT = 8  # the nearest replies

Vector = NDArray[np.float32]


class Alike(msgspec.Struct, frozen=True):
    """A reply of which a phrase says what a text says.

    Attributes:
        id: Of the reply.
        score: How near the nearest phrase is: 1 says the very same, 0 has no more in common than any two phrases.
        phrase: That phrase.
    """

    id: int
    score: float
    phrase: str


class Sentences:
    """Every phrase with its vector.

    Args:
        phrases: The replies' ids with their phrases.
        vectors: Of the phrases, in their order.
    """

    def __init__(self, phrases: Sequence[tuple[int, str]], vectors: Sequence[Vector]) -> None:
        self._phrases = phrases if len(phrases) >= PHRASES_LEAST else ()
        if self._phrases:
            # What all sentences of a shop have in common tells nothing apart.
            every = np.stack(vectors)
            self._common: Vector = every.mean(axis=0)
            self._apart = _of_length_1(every - self._common)

    def alike(self, vector: Vector) -> tuple[Alike, ...]:
        """The replies that say what a text says, the nearest first; none where there are too few phrases.

        Args:
            vector: The text's.
        """
        if not self._phrases:
            return ()
        scores = self._apart @ _of_length_1(vector - self._common)
        found: dict[int, Alike] = {}
        for at in np.argsort(-scores, kind="stable"):
            reply, phrase = self._phrases[at]
            if reply not in found:
                found[reply] = Alike(reply, float(scores[at]), phrase)
                if len(found) == _LOOKED_AT:
                    break
        return tuple(found.values())


def _of_length_1(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    apart: Vector = vectors / np.maximum(lengths, 1e-6)
    return apart
