"""Canned replies: which one answers a message."""

import pytest

from repository.database.connection import Database
from repository.wording import canned
from tests.support.keeper import Keeper

REPLIES = [
    # keyword, language, rule, priority
    ("hours", "en", "word", 0),
    ("oras", "fil", "word", 0),
    ("hello", "en", "exact", 0),
    ("hello", "fil", "exact", 0),
    ("refund", "en", "starts_with", 0),
    ("wifi", "en", "contains", 0),
    ("cash on delivery", "en", "word", 0),
    ("delivery", "en", "word", 0),
    ("delivery fee", "en", "word", 5),
    ("what's new?", "en", "word", 0),
    ("señor", "en", "word", 0),
    ("❤️", "en", "word", 0),
]


@pytest.fixture
async def shop(keeper: Keeper) -> Keeper:
    for keyword, language, rule, priority in REPLIES:
        await keeper.answers(
            keyword, f"{language}:{keyword}", language=language, match_rule=rule, priority=priority, category="faq"
        )
    return keeper


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("What are your HOURS?", "en", "en:hours"),
        ("ilang oras po?", "en", "fil:oras"),
        ("hours", "fil", "en:hours"),
        ("Hello!!!", "fil", "fil:hello"),
        ("Hello!!!", "en", "en:hello"),
        ("hello there", "en", None),
        ("refunds?", "en", "en:refund"),
        ("my refund", "en", None),
        ("freewifipls", "en", "en:wifi"),
        ("do you have cash-on-delivery", "en", "en:cash on delivery"),
        ("cash on delivery fee", "en", "en:delivery fee"),
        ("whats new", "en", "en:what's new?"),
        ("si SENOR", "en", "en:señor"),
        ("❤️", "en", "en:❤️"),
        ("hoursglass", "en", None),
        ("", "en", None),
        ("???", "en", None),
        ("x" * 20_000, "en", None),
        ("100% %(spoken)s ' \\ _", "en", None),
    ],
)
async def test_the_best_reply(shop: Keeper, database: Database, text: str, language: str, answer: str | None) -> None:
    async with database.transaction() as conn:
        found = await canned.best(conn, text=text, language=language)
    assert (found.response if found else None) == answer
    used = await shop.look("SELECT COALESCE(SUM(usage_count), 0) FROM chatbot_replies")
    assert used == (1 if answer else 0)


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("pwede po ba refund", "en", "en:refund"),
        ("pano po ba ang COD nyo", "fil", "en:cash on delivery"),
        ("anong schedule nyo", "en", "en:hours"),
        ("anong schedule nyo", "fil", "fil:oras"),
        ("refund ng blue mug", "en", "en:refund"),
        ("hours of the blue mug", "en", None),
        ("blue mug", "en", None),
        ("hi po", "fil", None),
        ("", "en", None),
    ],
)
async def test_the_closest_in_meaning(
    shop: Keeper, database: Database, text: str, language: str, answer: str | None
) -> None:
    async with database.transaction() as conn:
        found = await canned.closest(conn, text=text, language=language)
    assert (found.response if found else None) == answer
    used = await shop.look("SELECT COALESCE(SUM(usage_count), 0) FROM chatbot_replies")
    assert used == (1 if answer else 0)


async def test_what_is_switched_off_is_not_said(shop: Keeper, database: Database) -> None:
    await shop.run("UPDATE chatbot_replies SET is_active = FALSE")
    async with database.transaction() as conn:
        assert await canned.best(conn, text="hours", language="en") is None
        assert await canned.closest(conn, text="hours", language="en") is None


async def test_a_use_is_no_edit(shop: Keeper, database: Database) -> None:
    await shop.run("UPDATE chatbot_replies SET updated_at = '2026-01-01'")
    async with database.transaction() as conn:
        await canned.best(conn, text="hours", language="en")
    assert await shop.look("SELECT COUNT(*) FROM chatbot_replies WHERE updated_at > '2026-01-01'") == 0
