"""How fast the page sends: Facebook's limits in any second and hour, shared among processes, slower near a limit."""

import asyncio

import pytest

from bot.base import clock
from bot.messenger.answers import Usage
from handlers.outbound.pace import LIMITS, Kind, Limits, Pace, kind_of, rest_after

QUICK: Limits = {"text": (6, 0.2), "media": (2, 0.2)}


def test_the_limits_are_facebooks() -> None:
    assert LIMITS == {"text": (300, 1.0), "media": (10, 1.0)}


def test_pictures_and_files_are_media_and_cards_are_text() -> None:
    def attached(kind: str) -> str:
        return kind_of({"attachment": {"type": kind, "payload": {"url": "https://x.example/1"}}})

    assert [attached(kind) for kind in ("image", "audio", "video", "file")] == ["media"] * 4
    assert attached("template") == kind_of({"text": "hi"}) == kind_of({"attachment": "odd"}) == "text"


async def seconds_for(pace: Pace, many: tuple[Kind, int]) -> float:
    """How long it takes until that many of a kind may go, all asked for at once."""
    began = clock.monotonic()
    await asyncio.gather(*(pace.take(many[0]) for _ in range(many[1])))
    return clock.monotonic() - began


async def test_as_many_as_a_limit_go_at_once_and_the_next_ones_wait_for_their_time() -> None:
    pace = Pace(lambda: 1, Usage, limits=QUICK)
    assert await seconds_for(pace, ("text", 13)) >= 0.4, "six in any 0.2 seconds"
    assert await seconds_for(pace, ("media", 5)) >= 0.4


async def test_processes_share_a_limit() -> None:
    assert await seconds_for(Pace(lambda: 3, Usage, limits=QUICK), ("text", 5)) >= 0.4
    assert await seconds_for(Pace(lambda: 50, Usage, limits=QUICK), ("media", 2)) >= 0.2, "one may always go"


async def test_near_a_limit_it_goes_slower_as_meta_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    now, usage = 1000.0, Usage(percent=79.0)
    monkeypatch.setattr(clock, "monotonic", lambda: now)
    pace = Pace(lambda: 1, lambda: usage)
    await pace.take("text")
    assert pace._left("text") <= 0
    usage = Usage(percent=90.0)
    await pace.take("text")
    assert pace._left("text") == pace._left("media") == 0.5
    now += 0.5
    usage = Usage(percent=250.0)
    await pace.take("media")
    assert pace._left("text") == 1.0


def test_a_call_rests_the_longer_the_nearer_the_limit_is_and_stops_where_all_is_used_up() -> None:
    assert [rest_after(Usage(percent=percent)) for percent in (0, 79, 80, 90, 99)] == [0, 0, 0, 0.5, 0.95]
    assert rest_after(Usage(percent=100)) == 60
    assert rest_after(Usage(percent=130, regain_minutes=7)) == 420
