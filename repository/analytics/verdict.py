"""How sure it is that one of two wordings is better."""

from math import exp, lgamma, log
from typing import Final, Literal

import msgspec

LEAST: Final = 30
"""Shoppers of each wording before anything is said: fewer than these say nothing."""
SURE: Final = 0.95
LIKELY: Final = 0.8
_COUNTED_MOST = 2000  # of each wording; beyond, both are taken in proportion, which changes nothing that matters


class Tally(msgspec.Struct, frozen=True):
    """What became of those who heard a wording.

    Attributes:
        heard: How many shoppers.
        went_well: For how many of them it went well.
    """

    heard: int
    went_well: int

    @property
    def share(self) -> float:
        """For which share of them it went well, 0 to 1."""
        return self.went_well / self.heard if self.heard else 0.0


class Verdict(msgspec.Struct, frozen=True):
    """What can be said.

    Attributes:
        better: Which wording did better so far; empty where both did alike.
        certainty: The chance that it is truly better, 0.5 to 1.
        how_sure: "sure", "likely", "open", or "few" where too few have heard them.
        missing: Shoppers of each wording that are missing, about, until it can be sure at these shares; 0 where it is,
            or where nobody can tell.
    """

    better: Literal["a", "b", ""]
    certainty: float
    how_sure: Literal["sure", "likely", "open", "few"]
    missing: int


def verdict(a: Tally, b: Tally) -> Verdict:
    """Compare two wordings.

    Args:
        a: The first.
        b: The second.
    """
    chance = chance_that_b_is_better(a, b)
    better: Literal["a", "b", ""] = "" if a.share == b.share else "b" if b.share > a.share else "a"
    certainty = max(chance, 1 - chance)
    if min(a.heard, b.heard) < LEAST:
        return Verdict(better, certainty, "few", LEAST - min(a.heard, b.heard))
    if certainty >= SURE:
        return Verdict(better, certainty, "sure", 0)
    return Verdict(better, certainty, "likely" if certainty >= LIKELY else "open", _missing(a, b))


def chance_that_b_is_better(a: Tally, b: Tally) -> float:
    """The chance that the second wording truly goes well more often.

    Every share is as likely as any other before anything was heard. Evan Miller, "Formulas for Bayesian A/B Testing"
    (2014): the exact sum over the second one's successes.

    Args:
        a: The first.
        b: The second.
    """
    a, b = _at_most(a), _at_most(b)
    alpha_a, beta_a = a.went_well + 1, a.heard - a.went_well + 1
    alpha_b, beta_b = b.went_well + 1, b.heard - b.went_well + 1
    whole = 0.0
    for place in range(alpha_b):
        whole += exp(
            _log_beta(alpha_a + place, beta_a + beta_b)
            - log(beta_b + place)
            - _log_beta(1 + place, beta_b)
            - _log_beta(alpha_a, beta_a)
        )
    return min(1.0, max(0.0, whole))


def _at_most(tally: Tally) -> Tally:
    if tally.heard <= _COUNTED_MOST:
        return tally
    return Tally(_COUNTED_MOST, round(tally.share * _COUNTED_MOST))


def _log_beta(alpha: float, beta: float) -> float:
    return lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta)


def _missing(a: Tally, b: Tally) -> int:
    """How many more of each are needed until the difference is 1.64 times as large as chance would make it."""
    apart = abs(a.share - b.share)
    if not apart:
        return 0
    spread = a.share * (1 - a.share) + b.share * (1 - b.share)
    needed = 1.645**2 * spread / apart**2
    return max(10, min(100_000, round((needed - min(a.heard, b.heard)) / 10) * 10))
