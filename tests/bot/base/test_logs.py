"""A long trouble is a line and a count; what is news is always written."""

import pytest
import structlog

from bot.base import clock
from bot.base.logs import Repeats


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock that measures durations, to be moved by hand."""
    at = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: at[0])
    return at


def written(repeats: Repeats, level: str = "warning", **event: object) -> dict[str, object] | None:
    """The line as it is written, None where it is only counted."""
    try:
        return dict(repeats(None, level, {"event": "put off", **event}))
    except structlog.DropEvent:
        return None


def test_228_lines_of_one_trouble_are_a_few_with_their_count(seconds: list[float]) -> None:
    repeats = Repeats()
    lines = []
    for _ in range(228):
        lines.append(written(repeats, error="Unavailable", work="look"))
        seconds[0] += 1
    told = [line for line in lines if line]
    assert [line.get("times", 0) for line in told] == [0, 60, 120]


def test_what_says_something_else_is_written(seconds: list[float]) -> None:
    repeats = Repeats()
    assert written(repeats, error="Unavailable", work="look")
    assert written(repeats, error="Unavailable", work="jobs")
    assert written(repeats, error="TryAgain", work="look")
    assert written(repeats, error="Unavailable", work="look", failures=2) is None, "a count alone is no news"


@pytest.mark.parametrize("event", [{"outbox_id": 7}, {"exc_info": ValueError()}])
def test_what_has_an_id_or_a_trace_is_always_written(seconds: list[float], event: dict[str, object]) -> None:
    repeats = Repeats()
    assert written(repeats, "error", **event)
    assert written(repeats, "error", **event)


def test_what_went_well_is_always_written(seconds: list[float]) -> None:
    repeats = Repeats()
    assert written(repeats, "info")
    assert written(repeats, "info")


def test_it_is_news_again_after_a_quiet_while(seconds: list[float]) -> None:
    repeats = Repeats()
    assert written(repeats, error="Unavailable")
    assert written(repeats, error="Unavailable") is None
    seconds[0] += Repeats.QUIET + 1
    again = written(repeats, error="Unavailable")
    assert again
    assert "times" not in again
