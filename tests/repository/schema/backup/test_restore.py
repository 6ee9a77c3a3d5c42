"""A restore keeps the events of a copy quiet, and refuses what is no whole backup before anything changes."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from repository.schema.backup.backup import backup
from repository.schema.backup.restore import restore
from repository.schema.base.errors import BadBackup, NotEmpty, StatementFailed
from repository.schema.base.session import Session, name
from repository.schema.check.verify import verify
from tests.repository.schema.backup.filling import is_mariadb
from tests.repository.schema.conftest import OFFSET, Server, Shop
from tests.repository.schema.equality import assert_equal, rows_of

DUMPS = Path(__file__).parent / "dumps"


async def test_the_events_of_a_copy_beside_its_original_are_off(
    full_shop: Shop, copy: str, admin: Session, tmp_path: Path
) -> None:
    file = tmp_path / "shop.sql"
    await backup(full_shop.admin, full_shop.database, file)
    restored = await restore(full_shop.admin, copy, file)
    assert len(restored.events_off) == 3
    states = "SELECT DISTINCT STATUS FROM information_schema.EVENTS WHERE EVENT_SCHEMA = %(db)s"
    assert await admin.all(states, db=copy) == (("DISABLED",),)
    found = [finding for finding in (await verify(full_shop.admin, copy, OFFSET)).findings if not finding.ok]
    assert {finding.message for finding in found} == {"it is switched off"}
    await restore(full_shop.admin, copy, file, replace=True, events="on")
    assert await admin.all(states, db=copy) == (("ENABLED",),)
    assert (await verify(full_shop.admin, copy, OFFSET)).is_right


async def test_the_events_of_a_moved_database_run_on(own_shop: Shop, admin: Session, tmp_path: Path) -> None:
    file = tmp_path / "shop.sql"
    await admin.run(f"CREATE EVENT {name(own_shop.database)}.evt_of_this_shop ON SCHEDULE EVERY 1 DAY DO SET @a = 1")
    await backup(own_shop.admin, own_shop.database, file)
    restored = await restore(own_shop.admin, own_shop.database, file, replace=True)
    assert "evt_of_this_shop" not in restored.events_off


async def test_a_database_that_is_not_empty_is_not_touched_unless_told(
    full_shop: Shop, copy: str, admin: Session, tmp_path: Path
) -> None:
    file = tmp_path / "shop.sql"
    await backup(full_shop.admin, full_shop.database, file)
    await restore(full_shop.admin, copy, file)
    await admin.run(f"UPDATE {name(copy)}.brands SET name = 'mine'")
    await admin.run(f"CREATE TABLE {name(copy)}.mine (id INT)")
    with pytest.raises(NotEmpty):
        await restore(full_shop.admin, copy, file)
    assert await admin.value(f"SELECT name FROM {name(copy)}.brands") == "mine"
    await restore(full_shop.admin, copy, file, replace=True)
    await assert_equal(admin, full_shop.database, copy)


SPOILT: dict[str, tuple[Callable[[str], str], str]] = {
    "half of it": (lambda text: text[: len(text) // 2], "only a part"),
    "without its end": (lambda text: text.rpartition("-- end of backup")[0], "only a part"),
    "something else": (lambda text: "hello\n", "is no backup"),
    "nothing": (lambda text: "", "is no backup"),
}


async def test_what_is_no_whole_backup_changes_nothing(full_shop: Shop, admin: Session, tmp_path: Path) -> None:
    whole = tmp_path / "shop.sql"
    await backup(full_shop.admin, full_shop.database, whole)
    text = whole.read_text(encoding="utf-8")
    before = await rows_of(admin, full_shop.database)
    for what, (spoil, problem) in SPOILT.items():
        plain, packed = tmp_path / "spoilt.sql", tmp_path / "spoilt.sql.gz"
        plain.write_text(spoil(text), encoding="utf-8")
        packed.write_bytes(gzip.compress(spoil(text).encode()))
        for file in (plain, packed):
            with pytest.raises(BadBackup, match=problem):
                await restore(full_shop.admin, full_shop.database, file, replace=True)
            assert await rows_of(admin, full_shop.database) == before, (what, file.name)


async def test_a_packed_file_that_is_cut_off_changes_nothing(full_shop: Shop, admin: Session, tmp_path: Path) -> None:
    before = await rows_of(admin, full_shop.database)
    for ending in (".gz", ".zst") if shutil.which("zstd") else (".gz",):
        file = tmp_path / f"shop.sql{ending}"
        await backup(full_shop.admin, full_shop.database, file)
        file.write_bytes(file.read_bytes()[:-200])
        with pytest.raises(BadBackup):
            await restore(full_shop.admin, full_shop.database, file, replace=True)
        assert await rows_of(admin, full_shop.database) == before, ending


async def test_a_failing_statement_says_on_which_line(shop: Shop, copy: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.sql"
    await backup(shop.admin, shop.database, file)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines.insert(9, "INSERT INTO nowhere VALUES (1);")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(StatementFailed) as caught:
        await restore(shop.admin, copy, file)
    assert caught.value.line == 10


@pytest.mark.parametrize(
    ("on_mariadb", "on_mysql"),
    [("mariadb_dump_10_11", "mysqldump_9_7"), ("quicksell_0_1_on_mariadb", "quicksell_0_1_on_mysql")],
    ids=["the server's own tool", "release 0.1"],
)
async def test_what_others_wrote_is_restored(
    server: Server, copy: str, admin: Session, on_mariadb: str, on_mysql: str
) -> None:
    dump = DUMPS / f"{on_mariadb if await is_mariadb(admin) else on_mysql}.sql"
    restored = await restore(server.admin, copy, dump)
    assert (restored.tables, restored.objects) == (3, 5)
    await admin.run(f"USE {name(copy)}")
    assert await admin.all("SELECT name, mark FROM shelves") == (
        ("Kitchen; it's \\ here", b"\x00\xff\n'"),
        ("Sala 🏠", None),
    )
    assert await admin.all("SELECT id FROM dearest") == ((1,),)
    assert await admin.sets("CALL break_all()") == ((("done; all",),),)
    assert await admin.value("SELECT COUNT(*) FROM breakages") == 2
    owners = await admin.all("SELECT DEFINER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()")
    assert "someone" not in str(owners)


@pytest.mark.parametrize("is_there", [False, True])
async def test_a_dump_that_names_no_collation_gets_the_shops(
    server: Server, copy: str, admin: Session, is_there: bool
) -> None:
    if is_there:
        await admin.run(f"CREATE DATABASE {name(copy)} CHARACTER SET latin1")
    await restore(
        server.admin, copy, DUMPS / f"{'mariadb_dump_10_11' if await is_mariadb(admin) else 'mysqldump_9_7'}.sql"
    )
    default = "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = %(db)s"
    assert await admin.value(default, db=copy) == "utf8mb4_unicode_520_ci"
