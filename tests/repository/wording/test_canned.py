"""Canned replies: which one answers a message."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from repository.database.connection import Database
from repository.wording import canned
from repository.wording.phrases import matcher_in_force
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
    assert await shop.uses() == (1 if answer else 0)


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
    assert await shop.uses() == (1 if answer else 0)


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


async def test_whatever_changes_what_is_answered_to_is_learned_at_the_next_message(
    shop: Keeper, database: Database
) -> None:
    async def answer(text: str) -> str | None:
        async with database.transaction() as conn:
            found = await canned.best(conn, text=text, language="en")
        return found.response if found else None

    version = "SELECT phrases FROM shop_versions"
    assert await answer("hours") == "en:hours"
    before = await shop.look(version)
    await answer("hours")
    await shop.run("UPDATE chatbot_replies SET response = 'At nine.' WHERE keyword = 'hours'")
    assert await shop.look(version) == before, "what is said is no phrase"
    assert await answer("hours") == "At nine."
    await shop.run("UPDATE chatbot_replies SET keyword = 'Opening' WHERE keyword = 'hours'")
    assert (await answer("hours"), await answer("opening")) == (None, "At nine.")
    await shop.run(
        "INSERT INTO chatbot_reply_phrases (reply_id, position, phrase, folded)"
        " SELECT id, 1, 'When are you there?', 'when are you there' FROM chatbot_replies WHERE keyword = 'Opening'"
    )
    assert await answer("when are you there") == "At nine."
    await shop.run("UPDATE chatbot_replies SET active_from = '00:00', active_until = '00:00' WHERE keyword = 'Opening'")
    assert await answer("opening") is None
    await shop.run("DELETE FROM chatbot_replies WHERE keyword = 'wifi'")
    assert await answer("freewifipls") is None


async def test_many_who_write_at_once_wait_for_one_learner(shop: Keeper, database: Database) -> None:
    await shop.answers("parking", "Behind the shop.")

    async with AsyncExitStack() as stack:
        turns = [await stack.enter_async_context(database.connection()) for _ in range(8)]
        assert len(set(map(id, await asyncio.gather(*map(matcher_in_force, turns))))) == 1


async def test_a_phrase_among_many_is_in_force_with_the_next_message_and_everything_is_learned_behind_it(
    shop: Keeper, database: Database
) -> None:
    await shop.answers("parking", "Behind the shop.")
    (number,) = (await shop.look("SELECT id FROM chatbot_replies WHERE keyword = 'parking'"),)
    insert = "INSERT INTO chatbot_reply_phrases (reply_id, position, phrase, folded) VALUES "
    rows = (f"({number}, {at}, 'may i park car {at}', 'may i park car {at}')" for at in range(1, 180))
    await shop.run(insert + ", ".join(rows))
    async with database.connection() as conn:
        first = await matcher_in_force(conn)
        await shop.run(f"{insert}({number}, 200, 'room for a tricycle', 'room for a tricycle')")
        grown = await matcher_in_force(conn)
        assert grown is not first
        found = grown.best("is there room for tricycles", language="en", minute=0)
        assert (found.reply.id if found else 0, found.how if found else "") == (number, "like")
        await asyncio.gather(*(one for one in conn.kept.values() if isinstance(one, asyncio.Task)))
        whole = await matcher_in_force(conn)
        assert whole is not grown
        assert await matcher_in_force(conn) is whole
        assert not any(isinstance(one, asyncio.Task) for one in conn.kept.values())


async def test_what_may_be_meant_is_offered_and_its_use_counted_when_it_is_picked(
    shop: Keeper, database: Database
) -> None:
    await shop.answers("where is my parcel", "On its way.")
    (number,) = (await shop.look("SELECT id FROM chatbot_replies WHERE keyword = 'where is my parcel'"),)
    for position, phrase in enumerate(("my order has not arrived", "when will my package come"), 1):
        await shop.run(
            "INSERT INTO chatbot_reply_phrases (reply_id, position, phrase, folded)"
            f" VALUES ({number}, {position}, '{phrase}', '{phrase}')"
        )
    async with database.transaction() as conn:
        near = await canned.near(conn, text="parcel order package", language="en")
        assert [one.keyword for one in near] == ["where is my parcel"]
        picked = await canned.picked(conn, reply_id=near[0].id)
        assert picked is not None
        assert picked.response == "On its way."
        assert await canned.picked(conn, reply_id=0) is None
    assert await shop.uses() == 1
