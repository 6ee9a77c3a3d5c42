"""Nobody in a replay waits for company that nobody keeps: what is told of messages is asked for, not waited for."""

import asyncio
import os

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from bot.workshop.replay import running
from bot.workshop.replay.running import theatre
from handlers.transcripts.reading import parse
from tests.support.waiting import PATIENCE

ASKS = """title: Asks, waits and fails
> red rice
< Here you are
> menu
= cart: 0
@ +1h
! twice
> cart
@ +3d
> hi
"""
"""Looks into the database, lets time pass and sends twice; what it answers is of no matter here."""


async def test_what_is_looked_up_is_written_at_once(
    administrator: DatabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TOGETHER", 10 * PATIENCE)
    account = replace(administrator, name=f"hurrying_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    async with theatre(account) as shop, asyncio.timeout(PATIENCE):
        for _ in range(2):
            played, broken, _ = await shop.play(parse(ASKS))
            assert len(played) == 6
            assert not any(each.broken for each in played)
            assert not broken
