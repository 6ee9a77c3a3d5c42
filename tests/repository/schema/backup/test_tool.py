"""The server's dump tool: found or named, told no secret where others read it, never believed without its last word."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from repository.schema.backup.backup import backup
from repository.schema.backup.held import Held
from repository.schema.backup.restore import restore
from repository.schema.backup.tool import Tool, arguments, find_tool, running
from repository.schema.base.client import options_file
from repository.schema.base.errors import SchemaError, ToolMissing
from repository.schema.base.session import Session, literal, name
from tests.repository.schema.backup.filling import exhibit, is_mariadb
from tests.repository.schema.conftest import Server, Shop, drop, fresh_name

NOTHING = Held(items=frozenset(), rows=0, has_history=False, vectors=())
VERSION = "echo 'mariadb-dump  Ver 10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)'"


def program(folder: Path, body: str, *, called: str = "mariadb-dump", version: str = VERSION) -> None:
    """Put a program in place of the tool."""
    file = folder / called
    file.write_text(f'#!/bin/sh\ncase "$*" in *--version*) {version}; exit 0 ;; esac\n{body}\n')
    file.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
async def mariadb(admin: Session) -> bool:
    """Whether the tool is used at all: not on MySQL."""
    return await is_mariadb(admin)


async def test_where_it_is_missing_the_one_line_to_run_is_named(path: Path) -> None:
    program(path, "exit 0", called="mysqldump", version="echo 'mysqldump  Ver 9.7.4 for Linux on x86_64'")
    with pytest.raises(ToolMissing) as refusal:
        await find_tool()
    assert str(refusal.value) == (
        "There is no mariadb-dump on this machine. Run: apt-get install -y --no-install-recommends mariadb-client"
    )


async def test_its_older_name_will_do(path: Path) -> None:
    program(path, "exit 0", called="mysqldump", version="echo 'mysqldump  Ver 10.19 Distrib 10.6.1-MariaDB, for x'")
    assert await find_tool() == Tool(program=str(path / "mysqldump"), version=(10, 6))


@pytest.mark.parametrize(
    ("held", "version"),
    [
        (Held(items=frozenset(), rows=0, has_history=True, vectors=()), (10, 6)),
        (Held(items=frozenset(), rows=0, has_history=False, vectors=("shelves.likeness",)), (11, 4)),
    ],
    ids=["history", "vectors"],
)
def test_one_too_old_for_what_is_there_is_refused(held: Held, version: tuple[int, int]) -> None:
    with pytest.raises(SchemaError, match="Bring the package mariadb-client up to date"):
        arguments(Tool(program="mariadb-dump", version=version), "shop", held, rows=True)
    assert arguments(Tool(program="mariadb-dump", version=(11, 8)), "shop", held, rows=True)[-1] == "shop"


def test_no_secret_is_among_its_arguments(server: Server) -> None:
    given = arguments(Tool(program="mariadb-dump", version=(10, 11)), "shop", NOTHING, rows=True)
    assert "--single-transaction" in given
    assert not any(word.startswith(("--user", "--password", "-p", "-u")) for word in given)
    options = options_file(server.settings)
    assert os.fstat(options).st_mode & 0o777 == 0o600
    assert server.settings.password in Path(f"/dev/fd/{options}").read_text(encoding="utf-8")
    os.close(options)


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("exit 3", "mariadb-dump failed: it ended with 3"),
        ("echo 'Got error: 2013: Lost connection' >&2; exit 2", "mariadb-dump failed: Got error: 2013"),
        ("kill -9 $$", "mariadb-dump failed: it ended with -9"),
        ("exit 0", "The dump stops before its end"),
        ("printf 'INSERT INTO `t` (`a`) VALUES (1),\\n'", "The dump stops before its end"),
        ("printf 'CREATE TABLE `t` (a INT);\\n-- Dump completed\\n'", "The backup would lack the event "),
        ("printf 'INSERT INTO `t` (`a`) VALUES (\\047\\377\\047);\\n'", "cannot write a row of t as text"),
        ('printf "CREATE VIEW v AS SELECT \'\\n-- Dump completed\\n"', "The dump stops before its end"),
    ],
)
async def test_one_that_fails_or_stops_leaves_no_file(
    shop: Shop, path: Path, tmp_path: Path, mariadb: bool, ending: str, said: str
) -> None:
    program(path, ending)
    folder = tmp_path / "backups"
    folder.mkdir()
    if not mariadb:
        await backup(shop.admin, shop.database, folder / "shop.sql")
        return
    with pytest.raises(SchemaError) as refusal:
        await backup(shop.admin, shop.database, folder / "shop.sql")
    assert str(refusal.value).startswith(said) or said in str(refusal.value)
    assert list(folder.iterdir()) == []


async def test_it_is_stopped_with_the_backup(shop: Shop, path: Path, tmp_path: Path, mariadb: bool) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    program(path, f"echo $$ > {tmp_path}/pid\nexec {sys.executable} -c 'import time; time.sleep(600)'")
    if not mariadb:
        return
    os.mkfifo(tmp_path / "pid")
    backing_up = asyncio.create_task(backup(shop.admin, shop.database, folder / "shop.sql"))
    pid = (await asyncio.to_thread((tmp_path / "pid").read_text)).strip()
    backing_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await backing_up
    assert not Path(f"/proc/{pid}").exists()
    assert list(folder.iterdir()) == []


async def test_one_that_stands_still_is_given_up(server: Server, path: Path, tmp_path: Path) -> None:
    program(path, f"exec {sys.executable} -c 'import time; time.sleep(600)'")
    tool = await find_tool()
    with pytest.raises(SchemaError, match="mariadb-dump has written nothing for"):
        async with running(tool, server.settings, [], silent_most=0.1) as lines:
            async for _ in lines:
                raise AssertionError("it says nothing")


async def test_a_password_of_any_letters_gets_in(server: Server, database: str, admin: Session, tmp_path: Path) -> None:
    await admin.run(f"CREATE DATABASE {name(database)}")
    await admin.run(f"CREATE TABLE {name(database)}.t (id INT)")
    user = fresh_name("reader").replace("quicksell_", "")
    password = 'it\'s "so" # \\n ;[client]'
    for host in ("localhost", "%"):
        await admin.run(f"CREATE USER '{user}'@'{host}' IDENTIFIED BY {literal(password)}")
        await admin.run(f"GRANT ALL ON {name(database)}.* TO '{user}'@'{host}'")
    try:
        made = await backup(server.as_account(user, password), database, tmp_path / "shop.sql")
        assert made.tables == 1
    finally:
        await drop(server, users=(user,))


async def test_mysql_refuses_what_mariadbs_tool_makes_of_generated_columns(
    server: Server, database: str, copy: str, admin: Session, tmp_path: Path
) -> None:
    """Why MySQL has a writer of its own: once this fails there, it can go."""
    await exhibit(admin, database)
    tool = await find_tool()
    options = options_file(server.settings)
    done = await asyncio.to_thread(
        subprocess.run,
        [tool.program, f"--defaults-file=/dev/fd/{options}", *arguments(tool, database, NOTHING, rows=True)],
        pass_fds=(options,),
        capture_output=True,
        timeout=120,
        check=True,
    )
    os.close(options)
    file = tmp_path / "by-the-tool.sql"
    file.write_bytes(done.stdout)
    if await is_mariadb(admin):
        assert (await restore(server.admin, copy, file, events="on")).rows > 0
    else:
        with pytest.raises(SchemaError, match=r"generated column .* is not allowed"):
            await restore(server.admin, copy, file, events="on")
