"""Files in the database: kept once, sealed, deleted in time, and readable as long as their key is there."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.base import clock
from bot.base.sealing import CannotOpen, keys_of
from bot.base.settings import DatabaseSettings
from repository.database.connection import Database
from repository.database.errors import NotFound
from repository.files.files import PIECE, NoKeys, delete_due, hold, keep, open_file, turn_into
from repository.files.pictures import Picture, prepare
from repository.files.rekeying import left, rekey
from tests.conftest import MANILA, empty
from tests.support.pictures import photo, receipt

OLD = "an old secret of more than 32 characters"
NEW = "a new secret as long as the old one is: 40"
PHOTO = prepare(photo(size=(900, 700)))
RECEIPT = prepare(receipt())


@pytest.fixture
async def database(schema: DatabaseSettings) -> AsyncIterator[Database]:
    database = Database(schema, MANILA, keys=keys_of(OLD))
    await empty(database)
    yield database
    await database.close()


async def _keep(database: Database, picture: Picture = PHOTO, *, days: int | None = None) -> int:
    after = None if days is None else clock.now() + timedelta(days=days)
    async with database.transaction() as conn:
        return await keep(conn, purpose="proof", picture=picture, delete_after=after)


async def _value(database: Database, sql: str) -> object:
    async with database.connection() as conn:
        return await conn.value(sql)


async def test_a_file_comes_back_as_it_was_kept(database: Database) -> None:
    file_id = await _keep(database)
    async with database.connection() as conn:
        file = await open_file(conn, file_id=file_id)
    assert (file.content, file.digest, file.purpose) == (PHOTO.content, PHOTO.digest, "proof")
    assert (file.width, file.height, file.media_type) == (900, 700, "image/jpeg")
    assert len(PHOTO.content) > PIECE, "the test wants several pieces"
    assert await _value(database, "SELECT COUNT(*) FROM stored_file_pieces") == -(-len(PHOTO.content) // PIECE)


async def test_the_database_alone_does_not_tell_what_a_file_holds(database: Database) -> None:
    await _keep(database)
    async with database.connection() as conn:
        pieces = (await conn.run("SELECT piece FROM stored_file_pieces ORDER BY number")).rows
    stored = b"".join(piece for (piece,) in pieces if isinstance(piece, bytes))
    assert PHOTO.content[:64] not in stored
    assert b"JFIF" not in stored


async def test_the_same_file_is_kept_once_for_each_purpose(database: Database) -> None:
    file_id = await _keep(database)
    assert await _keep(database) == file_id
    async with database.transaction() as conn:
        assert await keep(conn, purpose="identity", picture=PHOTO) != file_id
    assert await _keep(database, RECEIPT) != file_id


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE stored_file_pieces SET number = 9 WHERE number = 0",
        "DELETE FROM stored_file_pieces WHERE number = 1",
        "UPDATE stored_file_pieces SET piece = REVERSE(piece) WHERE number = 0",
        "UPDATE stored_files SET purpose = 'identity'",
        "UPDATE stored_files SET sealed_key = REVERSE(sealed_key)",
    ],
)
async def test_what_was_changed_in_the_database_does_not_open(database: Database, harm: str) -> None:
    file_id = await _keep(database)
    async with database.connection() as conn:
        await conn.run(harm)
        with pytest.raises(CannotOpen):
            await open_file(conn, file_id=file_id)


async def test_what_a_file_holds_is_deleted_in_time_and_it_is_known_again(database: Database) -> None:
    unclaimed, held, late = await _keep(database, days=-1), await _keep(database, RECEIPT, days=-1), 0
    late = await _keep(database, prepare(receipt(2)), days=30)
    async with database.transaction() as conn:
        await hold(conn, file_ids=(held,))
        assert await delete_due(conn) == 1
        assert await delete_due(conn) == 0
    async with database.connection() as conn:
        with pytest.raises(NotFound):
            await open_file(conn, file_id=unclaimed)
        for file_id in (held, late):
            assert (await open_file(conn, file_id=file_id)).content
    assert await _value(database, f"SELECT COUNT(*) FROM stored_file_pieces WHERE file_id = {unclaimed}") == 0
    assert await _value(database, f"SELECT sealed_key FROM stored_files WHERE id = {unclaimed}") == b""
    assert await _keep(database) == unclaimed, "its digest stays"
    async with database.connection() as conn:
        assert (await open_file(conn, file_id=unclaimed)).content == PHOTO.content


async def test_a_file_that_somebody_holds_is_not_deleted_because_it_is_sent_again(database: Database) -> None:
    file_id = await _keep(database)
    await _keep(database, days=-1)
    async with database.transaction() as conn:
        assert await delete_due(conn) == 0
    assert await _value(database, f"SELECT delete_after FROM stored_files WHERE id = {file_id}") is None


async def test_a_proof_that_is_an_id_gets_the_key_of_ids_and_the_proof_goes(database: Database) -> None:
    file_id = await _keep(database, days=2)
    async with database.transaction() as conn:
        identity = await turn_into(conn, file_id=file_id, purpose="identity")
        assert await turn_into(conn, file_id=identity, purpose="identity") == identity
        assert await delete_due(conn) == 1
    async with database.connection() as conn:
        file = await open_file(conn, file_id=identity)
        assert (file.purpose, file.content, file.digest) == ("identity", PHOTO.content, PHOTO.digest)
        with pytest.raises(NotFound):
            await open_file(conn, file_id=file_id)


async def test_a_key_is_replaced_while_the_shop_runs(database: Database, schema: DatabaseSettings) -> None:
    ids = [await _keep(database, prepare(receipt(number))) for number in range(3)]
    both, new = Database(schema, MANILA, keys=keys_of(f"{NEW},{OLD}")), Database(schema, MANILA, keys=keys_of(NEW))
    try:
        async with both.transaction() as conn:
            assert await left(conn) == 3
            for file_id in ids:
                assert (await open_file(conn, file_id=file_id)).content
            done = await rekey(conn, after=ids[0])
            assert (done.done, done.lost) == (2, ())
        async with new.connection() as conn:
            with pytest.raises(CannotOpen, match="lacks the secret"):
                await open_file(conn, file_id=ids[0])
        async with new.transaction() as conn:
            assert (await rekey(conn, after=0)).lost == (ids[0],), "what does not open is named, and left as it is"
        async with both.transaction() as conn:
            assert (await rekey(conn, after=0)).done == 1
            assert (await rekey(conn, after=0)).done == await left(conn) == 0
        async with new.connection() as conn:
            for file_id in ids:
                assert (await open_file(conn, file_id=file_id)).content
    finally:
        await both.close()
        await new.close()


async def test_a_shop_without_keys_keeps_nothing(database: Database, schema: DatabaseSettings) -> None:
    file_id = await _keep(database)
    bare = Database(schema, MANILA)
    try:
        async with bare.transaction() as conn:
            with pytest.raises(NoKeys):
                await keep(conn, purpose="proof", picture=PHOTO)
            with pytest.raises(NoKeys):
                await open_file(conn, file_id=file_id)
    finally:
        await bare.close()
