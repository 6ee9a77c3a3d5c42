"""A long trouble is a line and a count; what is news is always written."""

import json
import subprocess
import sys

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


def test_a_library_that_fails_tells_where_and_never_with_what() -> None:
    program = """if True:
        import logging
        from aiohttp.http_exceptions import LineTooLong
        from bot.base import logs
        logs.configure("INFO", as_json=True)
        log = logging.getLogger("aiohttp.server")
        def fails(error):
            try:
                raise error
            except Exception:
                log.exception("Error handling request")
        fails(ValueError("0917 123 4567"))
        fails(LineTooLong(b"/console?q=0917 123 4567"))
        log.warning("plain")
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "0917" not in done.stderr
    assert done.stderr.count("ValueError") == 1
    assert "in fails" in done.stderr
    assert "plain" in done.stderr
    assert "LineTooLong" not in done.stderr, "what is no request is the sender's affair"


def test_lines_of_a_turn_say_so_in_this_task_alone() -> None:
    program = """if True:
        import asyncio
        from bot.base import logs
        logs.configure("INFO", as_json=True)
        log = logs.get("turns")
        async def turn(number):
            logs.of_turn(number)
            await asyncio.sleep(0)
            log.warning("turn failed", kind="x")
            log.warning("turn failed", kind="x")
            logs.of_turn(0)
            log.info("over")
        async def main():
            await asyncio.gather(turn(7), turn(8))
        asyncio.run(main())
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line.get("turn") for line in lines if line["event"] == "over"] == [None, None]
    failed = [line["turn"] for line in lines if line["event"] == "turn failed"]
    assert len(failed) == 1, "a long trouble of many turns is still one line and a count"


def test_logs_load_nothing_that_they_never_show() -> None:
    code = "import sys; from bot.base import logs; print('rich' in sys.modules); import rich.table; logs.get('x')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "False"
