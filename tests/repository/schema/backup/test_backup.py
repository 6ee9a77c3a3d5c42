"""A backup restored elsewhere is equal row by row and object by object, and belongs to whoever restored it."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from repository.schema.backup.backup import backup
from repository.schema.backup.restore import restore
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Session, Step, name
from tests.repository.schema.backup.filling import is_mariadb
from tests.repository.schema.conftest import Shop, drop, fresh_name
from tests.repository.schema.equality import assert_equal, objects_of


@pytest.mark.parametrize("ending", [".sql", ".sql.gz", ".sql.zst"])
async def test_a_restored_copy_is_equal(
    full_shop: Shop, copy: str, admin: Session, tmp_path: Path, ending: str
) -> None:
    if ending.endswith(".zst") and shutil.which("zstd") is None:
        with pytest.raises(SchemaError, match="zstd is not installed"):
            await backup(full_shop.admin, full_shop.database, tmp_path / f"shop{ending}")
        return
    file = tmp_path / f"shop{ending}"
    made = await backup(full_shop.admin, full_shop.database, file)
    assert made.size == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name]
    restored = await restore(full_shop.admin, copy, file)
    assert (restored.tables, restored.rows, restored.objects) == (made.tables, made.rows, made.objects)
    await assert_equal(admin, full_shop.database, copy)


async def test_the_plain_client_loads_it_too(full_shop: Shop, copy: str, admin: Session, tmp_path: Path) -> None:
    file = tmp_path / "shop.sql"
    await backup(full_shop.admin, full_shop.database, file)
    await admin.run(f"CREATE DATABASE {name(copy)}")
    await admin.run(f"ALTER DATABASE {name(copy)} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
    await asyncio.to_thread(plain_client, full_shop.server.settings, copy, file.read_text(encoding="utf-8"))
    await assert_equal(admin, full_shop.database, copy)


def plain_client(settings: DatabaseSettings, database: str, script: str) -> str:
    """What `mariadb DATABASE < script` prints; it must succeed."""
    program = shutil.which("mariadb") or shutil.which("mysql")
    assert program is not None
    where = (
        [f"--socket={settings.socket}"] if settings.socket else [f"--host={settings.host}", f"--port={settings.port}"]
    )
    done = subprocess.run(
        [program, "--no-defaults", *where, f"--user={settings.user}", "--default-character-set=utf8mb4", database],
        input=script.encode(),
        env={"MYSQL_PWD": settings.password},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


async def test_another_account_restores_and_owns_it(full_shop: Shop, copy: str, admin: Session, tmp_path: Path) -> None:
    file = tmp_path / "shop.sql.gz"
    await backup(full_shop.admin, full_shop.database, file)
    other = fresh_name("owner").replace("quicksell_", "")
    await admin.run(f"CREATE DATABASE {name(copy)} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
    for host in ("localhost", "%"):
        await admin.run(f"CREATE USER '{other}'@'{host}' IDENTIFIED BY 'pw'")
        await admin.run(f"GRANT ALL ON {name(copy)}.* TO '{other}'@'{host}'")
    try:
        await restore(full_shop.server.as_account(other, "pw"), copy, file)
        owners = await admin.all(
            "SELECT DEFINER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = %(db)s UNION"
            " SELECT DEFINER FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = %(db)s UNION"
            " SELECT DEFINER FROM information_schema.VIEWS WHERE TABLE_SCHEMA = %(db)s UNION"
            " SELECT DEFINER FROM information_schema.EVENTS WHERE EVENT_SCHEMA = %(db)s",
            db=copy,
        )
        assert {str(owner).partition("@")[0] for (owner,) in owners} == {other}
        assert await objects_of(admin, full_shop.database) == await objects_of(admin, copy)
    finally:
        await drop(full_shop.server, users=(other,))


async def test_a_failed_backup_leaves_no_file(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="does not see the triggers and events"):
        await backup(shop.bot, shop.database, tmp_path / "shop.sql.gz")
    assert sorted(path.name for path in tmp_path.iterdir()) == []


async def test_a_file_is_not_overwritten_unless_told(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "shop.sql"
    file.write_text("precious")
    with pytest.raises(SchemaError, match="exists"):
        await backup(shop.admin, shop.database, file)
    assert file.read_text() == "precious"
    await backup(shop.admin, shop.database, file, overwrite=True)
    assert file.read_text(encoding="utf-8").startswith("-- QuickSell backup")


async def test_progress_is_told(full_shop: Shop, copy: str, tmp_path: Path) -> None:
    steps: list[Step] = []
    file = tmp_path / "shop.sql"
    made = await backup(full_shop.admin, full_shop.database, file, progress=steps.append)
    assert steps[-1].done == made.rows
    steps.clear()
    await restore(full_shop.admin, copy, file, progress=steps.append)
    assert (steps[-1].done, steps[-1].total) == (made.size, made.size)
    assert steps[0].what == "checking the file"


async def test_a_backup_shows_one_moment(own_shop: Shop, copy: str, admin: Session, tmp_path: Path) -> None:
    # Points move from one shopper to another all the time; their sum never changes.
    await admin.run(f"USE {name(own_shop.database)}")
    for number in range(20):
        await admin.run("INSERT INTO users (messenger_id, loyalty_points) VALUES (%(id)s, 100)", id=str(number))
        await admin.run("INSERT INTO wishlists (user_id, product_id) SELECT 1, 1 FROM DUAL WHERE FALSE")
    stop = asyncio.Event()
    moves = 0

    async def move() -> None:
        nonlocal moves
        while not stop.is_set():
            one, other = moves % 20 + 1, (moves * 7 + 3) % 20 + 1
            await admin.run(
                "UPDATE users SET loyalty_points = loyalty_points + CASE id WHEN %(one)s THEN -1 ELSE 1 END"
                " WHERE id IN (%(one)s, %(other)s) AND %(one)s <> %(other)s",
                one=one,
                other=other,
            )
            moves += 1

    moving = asyncio.create_task(move())
    reader = await own_shop.admin()
    file = tmp_path / "shop.sql"
    for _ in range(3):
        await backup(own_shop.admin, own_shop.database, file, overwrite=True)
        await restore(own_shop.admin, copy, file, replace=True)
        assert await reader.value(f"SELECT SUM(loyalty_points) FROM {name(copy)}.users") == 2000
    stop.set()
    await moving
    await reader.close()
    assert moves > 3


async def test_many_rows_are_read_in_pieces(own_shop: Shop, copy: str, admin: Session, tmp_path: Path) -> None:
    await admin.run(f"USE {name(own_shop.database)}")
    await admin.run("SET SESSION cte_max_recursion_depth = 20000" if not await is_mariadb(admin) else "SET @a = 1")
    await admin.run(
        "INSERT INTO promos (title, description, start_date, end_date, promo_code)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
        " SELECT CONCAT('p', i), '', NOW(), NOW(), i FROM n"
    )
    await admin.run("INSERT INTO categories (name, slug) VALUES ('c', 'c')")
    await admin.run("INSERT INTO brands (name, slug) VALUES ('b', 'b')")
    await admin.run(
        "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) SELECT i, i, i, 1, 1, 1 FROM n"
    )
    # A key of two columns, and more rows than one piece has.
    await admin.run("INSERT INTO promo_products (promo_id, product_id) SELECT o.id, p.id FROM promos o, products p")
    file = tmp_path / "shop.sql.gz"
    made = await backup(own_shop.admin, own_shop.database, file)
    assert made.rows > 27_000
    restored = await restore(own_shop.admin, copy, file)
    assert restored.rows == made.rows
    await assert_equal(admin, own_shop.database, copy)
