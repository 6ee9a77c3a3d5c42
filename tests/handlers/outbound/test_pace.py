"""How fast the page sends: Facebook's limits in any second and hour, shared among processes, slower near a limit."""

import asyncio

from bot.base import clock
from bot.messenger.answers import Usage
from handlers.outbound.pace import LIMITS, Kind, Limits, Pace, kind_of

QUICK: Limits = {"text": (6, 0.2), "media": (2, 0.2), "private_reply": (3, 0.4)}


def test_the_limits_are_facebooks() -> None:
    assert LIMITS == {"text": (300, 1.0), "media": (10, 1.0), "private_reply": (750, 3600.0)}


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
    assert await seconds_for(pace, ("private_reply", 4)) >= 0.4


async def test_processes_share_a_limit() -> None:
    assert await seconds_for(Pace(lambda: 3, Usage, limits=QUICK), ("text", 5)) >= 0.4
    assert await seconds_for(Pace(lambda: 50, Usage, limits=QUICK), ("media", 2)) >= 0.2, "one may always go"


async def test_near_a_limit_it_goes_slower_as_meta_asks() -> None:
    usage = Usage(percent=79.0)
    pace = Pace(lambda: 1, lambda: usage)
    await pace.take("text")
    assert pace._left("text") <= 0
    usage = Usage(percent=90.0)
    await pace.take("text")
    assert 0.3 < pace._left("text") <= 0.5
    usage = Usage(percent=250.0)
    await pace.take("media")
    assert 0.8 < pace._left("text") <= 1.0
