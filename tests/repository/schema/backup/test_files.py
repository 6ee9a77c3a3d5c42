"""A backup and its restore bring pictures back, for whoever has the key."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.sealing import CannotOpen, keys_of
from repository.database.connection import Database
from repository.files.files import keep, open_file
from repository.files.pictures import prepare
from repository.schema.backup.backup import backup
from repository.schema.backup.restore import restore
from tests.repository.schema.conftest import OFFSET, Shop
from tests.support.pictures import photo

KEY, OTHER = "a key of the tests that nobody else has: 41", "another key of the tests that nobody has: 42"


async def test_a_picture_comes_back(own_shop: Shop, copy: str, tmp_path: Path) -> None:
    picture, settings = prepare(photo(size=(1200, 900))), own_shop.server.settings
    shop = Database(replace(settings, name=own_shop.database), OFFSET, keys=keys_of(KEY))
    async with shop.transaction() as conn:
        file_id = await keep(conn, purpose="identity", picture=picture)
    await shop.close()
    await backup(own_shop.admin, own_shop.database, tmp_path / "shop.sql.gz")
    await restore(own_shop.admin, copy, tmp_path / "shop.sql.gz")
    restored = Database(replace(settings, name=copy), OFFSET, keys=keys_of(KEY))
    async with restored.connection() as conn:
        assert (await open_file(conn, file_id=file_id)).content == picture.content
    await restored.close()
    stranger = Database(replace(settings, name=copy), OFFSET, keys=keys_of(OTHER))
    async with stranger.connection() as conn:
        with pytest.raises(CannotOpen):
            await open_file(conn, file_id=file_id)
    await stranger.close()
