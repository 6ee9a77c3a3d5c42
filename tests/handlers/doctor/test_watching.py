"""The page's token is looked at once a day, and the day says before it ends."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.base.settings import Settings
from bot.messenger.answers import TokenState
from bot.messenger.graph import Graph
from bot.workshop.emulator.emulator import Emulator
from dialogs.conversation import TABLE
from handlers.doctor.watching import judged, watch_token
from handlers.turns.in_force import Shop
from repository.database.connection import Database
from repository.day import waiting
from repository.rules import Rules
from repository.settings import steps
from tests.handlers.doctor.test_doctor import facebook, settings
from tests.support.keeper import Keeper

__all__ = ["facebook", "settings"]

NOW = datetime(2026, 11, 29, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "light", "told"),
    [
        (0, "good", "does not end"),
        (60, "good", "works until 28 January 2027"),
        (13, "warning", "works until 12 December 2026"),
        (-1, "warning", "works until 28 November 2026"),
    ],
)
def test_a_token_that_ends_soon_is_told(days: int, light: str, told: str) -> None:
    ends = int((NOW + timedelta(days=days)).timestamp()) if days else 0
    outcome = judged(TokenState(is_valid=True, expires_at=ends), NOW)
    assert outcome.light == light
    assert told in outcome.answered
    assert bool(outcome.what_to_do) is (light != "good")


async def test_a_dead_token_is_on_the_day_until_another_is_there(
    settings: Settings, database: Database, facebook: Emulator
) -> None:
    shop = Shop(settings, database, TABLE)
    graph = Graph(settings.page_access_token, app_secret=settings.app_secret, base_url=settings.graph_api_url)
    keeper = Keeper(database)

    async def day() -> str:
        async with database.connection() as conn:
            piles = await waiting.piles(conn, rules=Rules())
        return piles["token"].words if "token" in piles else ""

    try:
        facebook.facebook.dead_token = 190
        await watch_token(shop, None)
        await watch_token(shop, graph)
        assert await day() == "The page’s token is dead."
        facebook.facebook.dead_token = None
        await watch_token(shop, graph)
        assert await day() == "The page’s token is dead.", "once a day"
        await keeper.run("UPDATE scheduled_jobs SET next_at = NOW() WHERE name = 'token'")
        await watch_token(shop, graph)
        assert await day() == ""
        async with database.connection() as conn:
            assert (await steps.kept(conn))["page"].light == "good"
    finally:
        await graph.close()
