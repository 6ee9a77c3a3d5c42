"""Every session is in utf8mb4 whatever the server gives it, or is refused; nothing answers more than was asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.stage import staged
from repository.database.connection import Database, Statement
from repository.database.errors import Invalid, OutOfStep, WrongCharacterSet
from repository.database.opening import NAMES, READ_BACK, WANTED, CharacterSets, character_sets
from repository.schema.base.session import opener
from repository.schema.check import surroundings
from tests.bot.commands.test_commands import FOUND_WRONG, account, runs
from tests.conftest import MANILA

LATIN1 = b"SET NAMES latin1 COLLATE latin1_swedish_ci"


@asynccontextmanager
async def proxy(server: DatabaseSettings, folder: Path) -> AsyncIterator[DatabaseSettings]:
    """A way to the server on which every session is told to be in latin1, as by a proxy with rules of its own."""
    tasks: list[asyncio.Task[None]] = []
    wanted = NAMES.encode()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, told: bytes) -> None:
        try:
            while part := await reader.read(65536):
                writer.write(part.replace(wanted, told.ljust(len(wanted))))
                await writer.drain()
        except ConnectionError:
            pass  # somebody hung up
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if server.socket:
            theirs, ours = await asyncio.open_unix_connection(server.socket)
        else:
            theirs, ours = await asyncio.open_connection(server.host, server.port)
        tasks.append(asyncio.create_task(carry(theirs, writer, told=wanted)))
        tasks.append(asyncio.create_task(carry(reader, ours, told=LATIN1)))

    async with await asyncio.start_unix_server(meet, folder / "proxy"):
        yield replace(server, socket=str(folder / "proxy"))
        await asyncio.gather(*tasks)


async def test_a_session_is_in_the_character_set_that_values_are_written_for(database: Database) -> None:
    async with database.connection() as conn:
        assert character_sets((await conn.run(READ_BACK)).rows[0]) == WANTED
        assert conn.session.began_in.is_utf8mb4


async def test_a_session_that_does_not_become_utf8mb4_is_refused(schema: DatabaseSettings, tmp_path: Path) -> None:
    async with proxy(schema, tmp_path) as settings:
        database = Database(settings, MANILA, most=1)
        for _ in range(2):  # the refused one gives its place back
            with pytest.raises(WrongCharacterSet, match=r"is in latin1\..*let it pass"):
                async with database.connection():
                    pass
        await database.close()
        done = await asyncio.to_thread(runs, tmp_path, "db", "verify", **account(settings))
        assert done.returncode == FOUND_WRONG
        assert "The database cannot be used: a session is told to be in utf8mb4, and is in latin1." in done.stderr
        async with (
            staged(Settings(database=settings, port=0)) as stage,
            aiohttp.ClientSession() as http,
            http.get(f"{stage.url}/readyz") as answer,
        ):
            assert (answer.status, "is in latin1" in await answer.text()) == (503, True)
        (finding,) = await surroundings.sessions(opener(settings, MANILA))
        assert await surroundings.rights(opener(settings, MANILA), settings.name) == []
    assert (finding.ok, finding.message) == (False, "a session is told to be in utf8mb4, and is in latin1.")
    assert "SET NAMES" in finding.what_to_do


def test_character_sets_are_told_each_once() -> None:
    assert str(CharacterSets("gbk", "gbk", "none", "gbk_bin")) == "gbk and none"
    assert not CharacterSets("utf8mb4", "utf8mb4", "none", "utf8mb4_bin").is_utf8mb4


@pytest.mark.parametrize("names", [["whole", "half \ud83d"], "\udc00", "\ud83d and \ud83d"])
async def test_half_a_character_is_refused_and_the_session_goes_on(database: Database, names: list[str] | str) -> None:
    async with database.transaction() as conn:
        with pytest.raises(Invalid, match="half of a character"):
            await conn.run(
                "SELECT 'x' IN (%(names)s)" if isinstance(names, str) else "SELECT 1 IN %(names)s", names=names
            )
        await conn.run("INSERT INTO brands (name, slug) VALUES ('A', 'a')")
        await conn.rollback()
    async with database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM brands") == 0


@pytest.mark.parametrize(
    "sent",
    [
        ["SELECT 1; SELECT 2", "SELECT 3"],
        ["SELECT 1", "SET @one = 1; SELECT 2"],
        ["SET @one = 1; CALL sp_get_order_details(0)"],
        ["CALL sp_get_order_details(0); SELECT 1"],
        ["SELECT 1", "CALL sp_get_order_details(0); SET @one = 1"],
    ],
)
async def test_a_statement_that_holds_another_is_refused_and_undone(database: Database, sent: list[str]) -> None:
    with pytest.raises(OutOfStep):
        async with database.transaction() as conn:
            await conn.run("INSERT INTO brands (name, slug) VALUES ('A', 'a')")
            try:
                await conn.batch(*map(Statement, sent))
            finally:
                assert conn.session.closed
    async with database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM brands") == 0


@pytest.mark.parametrize("commit", [True, False])
async def test_a_procedure_at_the_end_answers_as_much_as_it_selects(database: Database, commit: bool) -> None:
    async with database.transaction() as conn:
        results = await conn.batch(Statement("SELECT 1"), Statement("CALL sp_get_order_details(0)"), commit=commit)
        assert [result.is_query for result in results] == [True, True, True, True, True, False]
    async with database.connection() as conn:
        assert len(await conn.sets("CALL sp_get_order_details(0)")) == 4


async def test_a_password_of_any_letters_is_the_right_one(schema: DatabaseSettings, database: Database) -> None:
    host = "localhost" if schema.socket else "%"
    async with database.connection() as conn:
        await conn.run(
            "CREATE USER senorita@%(host)s IDENTIFIED BY %(password)s", host=host, password="señorita ₱100 🐟"
        )
        await conn.run(f"GRANT SELECT ON {schema.name}.* TO senorita@'{host}'")
    shop = Database(replace(schema, user="senorita", password="señorita ₱100 🐟"), MANILA, most=1)
    try:
        async with shop.connection() as conn:
            assert str(await conn.value("SELECT CURRENT_USER()")).startswith("senorita@")
    finally:
        await shop.close()
        async with database.connection() as conn:
            await conn.run(f"DROP USER senorita@'{host}'")
