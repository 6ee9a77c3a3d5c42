"""The database's edge: values arrive as they were, whatever stands in them, and transactions keep their word."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.base.settings import DatabaseSettings
from repository.database.connection import Bound, Database, Statement
from repository.database.errors import Duplicate, Invalid, Unavailable
from tests.conftest import MANILA
from tests.support.waiting import PATIENCE, comes

HOSTILE = [
    "it's", 'say "hi"', "back\\slash", "\\", "'", "\\'", "%s %(name)s %%", "a\x00b", "line\nbreak\r\x1a", "ñ 😀 日本",
    "'; DROP TABLE users; --", "\\\\' OR 1=1 -- ", "x'41'", "", " ", "\u2028",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
async def test_any_text_comes_back_as_it_was(database: Database, text: str) -> None:
    async with database.connection() as conn:
        assert await conn.value("SELECT %(text)s", text=text) == text
        assert await conn.value("SELECT COUNT(*) FROM users WHERE messenger_id = %(text)s", text=text) == 0


async def test_thousands_of_texts_come_back_as_they_were(database: Database) -> None:
    @settings(max_examples=1, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=300, max_size=300))
    def examples(found: list[str]) -> None:
        texts.extend(found)

    texts: list[str] = []
    examples()
    async with database.connection() as conn:
        for text in texts:
            assert await conn.value("SELECT %(text)s", text=text) == text


@pytest.mark.parametrize(
    "value",
    [0, -7, 2**40, Decimal("1234.50"), 1.5, b"\x00'\\\xff", b"", None, True, False, datetime(2026, 11, 25, tzinfo=UTC)],
)
async def test_other_values_come_back_equal(database: Database, value: Bound) -> None:
    async with database.connection() as conn:
        found = await conn.value("SELECT %(value)s", value=value)
    if isinstance(value, datetime):
        assert str(found) == "2026-11-25 08:00:00"
    else:
        assert found == value


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    async with database.connection() as conn:
        with pytest.raises(ValueError, match="zone"):
            await conn.value("SELECT %(value)s", value=datetime(2026, 11, 25))  # noqa: DTZ001


async def test_lists_fill_an_in_and_an_empty_one_finds_nothing(database: Database) -> None:
    async with database.connection() as conn:
        assert await conn.value("SELECT 3 IN %(ids)s", ids=[1, 2, 3]) == 1
        assert await conn.value("SELECT 'a''b' IN %(names)s", names=["a'b"]) == 1
        assert await conn.value("SELECT COUNT(*) FROM users WHERE id IN %(ids)s", ids=[]) == 0


class Kinds(msgspec.Struct, frozen=True):
    flag: bool
    amount: Decimal
    at: datetime
    names: tuple[str, ...]
    nothing: int | None
    text: str
    raw: bytes


async def test_rows_become_structs(database: Database) -> None:
    async with database.connection() as conn:
        row = await conn.one(
            Kinds,
            "SELECT 1 = 1, CAST('12.50' AS DECIMAL(10,2)), CAST('2026-11-25 08:00:00.250' AS DATETIME(3)),"
            " '[\"a\", \"b\"]', NULL, REPEAT('x', 70000), x'00ff'",
        )
    expected = datetime(2026, 11, 25, 8, 0, 0, 250_000, tzinfo=MANILA)
    assert row == Kinds(True, Decimal("12.50"), expected, ("a", "b"), None, "x" * 70000, b"\x00\xff")


async def test_answers_longer_than_a_packet_come_whole(database: Database) -> None:
    async with database.connection() as conn:
        long = await conn.value("SELECT REPEAT('ab', 9000000)")
        assert isinstance(long, str)
        assert len(long) == 18_000_000
        assert await conn.value("SELECT 1") == 1


async def test_a_batch_answers_in_order_and_stops_at_the_first_failure(database: Database) -> None:
    async with database.connection() as conn:
        results = await conn.batch(Statement("SELECT 1"), Statement("SELECT 2, 3"), Statement("SELECT 4 FROM users"))
        assert [result.rows for result in results] == [((1,),), ((2, 3),), ()]
        with pytest.raises(Duplicate):
            await conn.batch(
                Statement("INSERT INTO brands (name, slug) VALUES ('A', 'a')"),
                Statement("INSERT INTO brands (name, slug) VALUES ('B', 'a')"),
                Statement("INSERT INTO brands (name, slug) VALUES ('C', 'c')"),
            )
        found = await conn.run("SELECT name FROM brands ORDER BY name")
        assert found.rows == (("A",),)


async def test_an_error_undoes_a_transaction_and_the_session_goes_on(database: Database) -> None:
    with pytest.raises(Invalid):
        async with database.transaction() as conn:
            await conn.run("INSERT INTO brands (name, slug) VALUES ('A', 'a')")
            await conn.run("INSERT INTO brands (name, slug) VALUES (%(name)s, 'b')", name="x" * 300)
    with pytest.raises(RuntimeError):
        async with database.transaction() as conn:
            await conn.run("INSERT INTO brands (name, slug) VALUES ('A', 'a')")
            raise RuntimeError
    async with database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM brands") == 0


async def test_a_transaction_costs_no_round_trip_of_its_own_to_begin(database: Database) -> None:
    before = msgspec.structs.asdict(database.counts)
    async with database.transaction() as conn:
        await conn.run("INSERT INTO brands (name, slug) VALUES ('A', 'a')")
    after = msgspec.structs.asdict(database.counts)
    assert after["round_trips"] - before["round_trips"] == 2
    assert after["commits"] - before["commits"] == 1


async def test_a_cancelled_query_leaves_no_broken_session_behind(schema: DatabaseSettings) -> None:
    database = Database(schema, MANILA, most=1)
    async with database.connection() as conn:
        await conn.value("SELECT 1")

    async def sleeps() -> None:
        async with database.connection() as conn:
            await conn.value("SELECT SLEEP(500) AS a_long_sleep")

    watcher = Database(schema, MANILA, most=1)

    async def is_asleep() -> bool:
        async with watcher.connection() as conn:
            return bool(
                await conn.value(
                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                    " WHERE INFO LIKE '%%a_long_sleep' AND ID <> CONNECTION_ID()"
                )
            )

    sleeping = asyncio.create_task(sleeps())
    await comes(is_asleep, "the query that is cancelled")
    sleeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeping
    async with asyncio.timeout(PATIENCE), database.connection() as conn:
        assert await conn.value("SELECT 7") == 7
    await watcher.close()
    await database.close()


async def test_everybody_gets_a_turn_on_few_sessions(schema: DatabaseSettings) -> None:
    database = Database(schema, MANILA, most=2)

    async def ask(number: int) -> object:
        async with database.connection() as conn:
            return await conn.value("SELECT %(number)s", number=number)

    assert await asyncio.gather(*(ask(number) for number in range(50))) == list(range(50))
    await database.close()


async def test_no_free_session_in_time_is_said(schema: DatabaseSettings) -> None:
    database = Database(schema, MANILA, most=1, wait=1.0)
    async with database.connection():
        with pytest.raises(Unavailable):
            async with database.connection():
                pass
    await database.close()


async def test_a_session_that_the_server_ended_is_not_lent_again(database: Database) -> None:
    async with database.connection() as conn:
        number = await conn.value("SELECT CONNECTION_ID()")
    async with database.connection() as first, database.connection() as second:
        number = await first.value("SELECT CONNECTION_ID()")
        await second.run(f"KILL {int(str(number))}")
        with pytest.raises(Unavailable):
            await first.value("SELECT 1")
    async with database.connection() as conn:
        assert await conn.value("SELECT 1") == 1
