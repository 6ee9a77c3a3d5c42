"""Waits grow up to their limit, however often something was tried."""

from datetime import timedelta

import pytest

from bot.base import clock

MOST = timedelta(seconds=1)


@pytest.mark.parametrize("attempt", [1, 2, 5, 51, 2000])
def test_a_wait_is_at_most_what_it_may_be(attempt: int) -> None:
    waited = clock.backoff(attempt, base=timedelta(milliseconds=100), most=MOST)
    assert MOST / 20 <= waited <= MOST
    assert attempt < 5 or waited >= MOST / 2
