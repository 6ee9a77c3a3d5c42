"""Each page is looked at: its token once a day, what it tells every hour; the day says what needs somebody."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.base.settings import Settings
from bot.messenger.answers import TokenState
from bot.messenger.subscriptions import FIELDS
from bot.workshop.emulator.emulator import Emulator
from dialogs.conversation import TABLE
from handlers.doctor.watching import judged, watch_pages
from handlers.outbound.ways import Ways
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


async def day(database: Database) -> str:
    """What *Today* says of the pages; empty where nothing needs anybody."""
    async with database.connection() as conn:
        piles = await waiting.piles(conn, rules=Rules())
    return piles["token"].words if "token" in piles else ""


async def test_a_dead_token_is_on_the_day_until_another_is_there(
    settings: Settings, database: Database, facebook: Emulator
) -> None:
    shop, ways, keeper = Shop(settings, database, TABLE), Ways(settings), Keeper(database)
    facebook.facebook.subscribes(FIELDS)
    try:
        facebook.facebook.dead_token = 190
        await watch_pages(shop, Ways(replace(settings, page_access_token="")))
        await watch_pages(shop, ways)
        assert await day(database) == "The page’s token is dead."
        facebook.facebook.dead_token = None
        await watch_pages(shop, ways)
        assert await day(database) == "The page’s token is dead.", "once a day"
        await keeper.run("UPDATE scheduled_jobs SET next_at = NOW() WHERE name = 'token'")
        await watch_pages(shop, ways)
        assert await day(database) == ""
        async with database.connection() as conn:
            assert (await steps.kept(conn))["page"].light == "good"
    finally:
        await ways.close()


async def test_a_page_that_no_longer_tells_everything_is_on_the_day_within_the_hour(
    settings: Settings, database: Database, facebook: Emulator
) -> None:
    shop, ways, keeper = Shop(settings, database, TABLE), Ways(settings), Keeper(database)
    try:
        facebook.facebook.subscribes(FIELDS)
        await watch_pages(shop, ways)
        assert await day(database) == ""
        facebook.facebook.subscribes(("messages", "messaging_postbacks"))
        await watch_pages(shop, ways)
        assert await day(database) == "", "once an hour"
        due = "SELECT next_at <= NOW() + INTERVAL 1 HOUR FROM scheduled_jobs WHERE name = 'subscriptions'"
        assert await keeper.look(due) == 1
        await keeper.run("UPDATE scheduled_jobs SET next_at = NOW() WHERE name = 'subscriptions'")
        await watch_pages(shop, ways)
        assert "does not tell messaging_referrals" in await day(database)
        facebook.facebook.subscribes(FIELDS)
        await keeper.run("UPDATE scheduled_jobs SET next_at = NOW() WHERE name = 'subscriptions'")
        await watch_pages(shop, ways)
        assert await day(database) == ""
    finally:
        await ways.close()
