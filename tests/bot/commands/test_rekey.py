"""`quicksell db rekey-files`: a key is replaced, as an operator does it."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bot.base.sealing import keys_of
from bot.base.settings import DatabaseSettings
from repository.database.connection import Database
from repository.files.files import keep, open_file
from repository.files.pictures import prepare
from tests.bot.commands.test_commands import FINE, FOUND_WRONG, MISSING, OURS, ROOT, account
from tests.conftest import MANILA, empty
from tests.support.pictures import receipt
from tests.support.programs.started import run

OLD, NEW = "an old secret of more than 32 characters", "a new secret as long as the old one is: 40"


def _rekeys(folder: Path, schema: DatabaseSettings, key: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    settings = {**account(schema), "FILES_KEY": key, "PYTHONPATH": str(ROOT)}
    return run(("db", "rekey-files"), folder=folder, environment={**kept, **settings})


async def _kept(schema: DatabaseSettings) -> Sequence[int]:
    database = Database(schema, MANILA, keys=keys_of(OLD))
    await empty(database)
    async with database.transaction() as conn:
        ids = [await keep(conn, purpose="proof", picture=prepare(receipt(number))) for number in range(3)]
    await database.close()
    return ids


async def test_a_key_is_replaced(tmp_path: Path, schema: DatabaseSettings) -> None:
    ids = await _kept(schema)
    too_early = _rekeys(tmp_path, schema, NEW)
    assert too_early.returncode == FOUND_WRONG
    assert f"3 do not open, since their key is not in FILES_KEY: stored_files.id {', '.join(map(str, ids))}." in (
        too_early.stdout
    )
    done = _rekeys(tmp_path, schema, f"{NEW},{OLD}")
    assert done.returncode == FINE, done.stderr
    assert done.stdout == ("3 files have the first key of FILES_KEY now.\nOlder keys can be taken out of FILES_KEY.\n")
    assert "0 files" in _rekeys(tmp_path, schema, NEW).stdout
    database = Database(schema, MANILA, keys=keys_of(NEW))
    async with database.connection() as conn:
        for file_id in ids:
            assert (await open_file(conn, file_id=file_id)).content
    await database.close()


def test_without_a_key_it_says_what_to_do(tmp_path: Path, schema: DatabaseSettings) -> None:
    done = _rekeys(tmp_path, schema, "")
    assert done.returncode == MISSING
    assert "Set FILES_KEY" in done.stderr
    short = _rekeys(tmp_path, schema, "too short")
    assert short.returncode != FINE
    assert "FILES_KEY" in short.stderr
    assert "the key has 9 characters and needs 32 or more" in short.stderr
    assert "Traceback" not in short.stderr
