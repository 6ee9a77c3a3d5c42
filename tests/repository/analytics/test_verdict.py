"""How sure it is that a wording is better: as sure as the numbers make it, and never surer."""

import random

import pytest

from repository.analytics.verdict import LEAST, Tally, chance_that_b_is_better, verdict


@pytest.mark.parametrize(
    ("a", "b", "chance"),
    [
        (Tally(0, 0), Tally(0, 0), 0.5),
        (Tally(100, 10), Tally(100, 10), 0.5),
        (Tally(100, 10), Tally(100, 20), 0.9762),
        (Tally(1000, 100), Tally(1000, 120), 0.9233),
        (Tally(10, 10), Tally(10, 0), 0.0),
    ],
)
def test_the_chance_is_the_known_one(a: Tally, b: Tally, chance: float) -> None:
    assert chance_that_b_is_better(a, b) == pytest.approx(chance, abs=0.003)
    assert chance_that_b_is_better(b, a) == pytest.approx(1 - chance, abs=0.003)


def test_it_agrees_with_drawing_lots() -> None:
    lots = random.Random(5)
    a, b = Tally(80, 9), Tally(75, 14)

    def drawn(of: Tally) -> float:
        return lots.betavariate(of.went_well + 1, of.heard - of.went_well + 1)

    wins = sum(drawn(b) > drawn(a) for _ in range(20_000)) / 20_000
    assert chance_that_b_is_better(a, b) == pytest.approx(wins, abs=0.015)


@pytest.mark.parametrize(
    ("a", "b", "better", "how_sure"),
    [
        (Tally(LEAST - 1, 0), Tally(500, 400), "b", "few"),
        (Tally(500, 50), Tally(500, 90), "b", "sure"),
        (Tally(500, 90), Tally(500, 50), "a", "sure"),
        (Tally(200, 20), Tally(200, 27), "b", "likely"),
        (Tally(200, 20), Tally(200, 21), "b", "open"),
        (Tally(200, 20), Tally(200, 20), "", "open"),
        (Tally(1_000_000, 100_000), Tally(1_000_000, 120_000), "b", "sure"),
    ],
)
def test_no_more_is_said_than_the_numbers_say(a: Tally, b: Tally, better: str, how_sure: str) -> None:
    found = verdict(a, b)
    assert (found.better, found.how_sure) == (better, how_sure)
    assert 0.5 <= found.certainty <= 1
    assert (found.missing > 0) == (how_sure in ("few", "likely") or (how_sure == "open" and better != ""))
