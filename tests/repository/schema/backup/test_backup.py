"""A backup restored elsewhere is equal row by row and object by object, or it is refused before anything changes."""

import asyncio
import gzip
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.base.settings import DatabaseSettings
from repository.database.connection import Bound
from repository.schema.backup.backup import backup
from repository.schema.backup.dump import without_definer
from repository.schema.backup.restore import restore
from repository.schema.base.errors import BadBackup, NotEmpty, SchemaError, StatementFailed
from repository.schema.base.session import Session, Step, name
from repository.schema.check.verify import verify
from tests.repository.schema.conftest import OFFSET, Server, Shop, drop, fresh_name
from tests.repository.schema.equality import counters_of, objects_of, rows_of

DUMPS = Path(__file__).parents[1] / "dumps"
ODD = 'it\'s "odd"; \\ -- no /* comment */ `x` \n\r\t\x00\x1a % %s %(x)s ₱ é 🏠🧑‍🚀 \u2028 END$$ //'


async def fill(shop: Shop) -> None:
    """Rows of every kind: an order that went all the way, odd texts, bytes, NULLs, numbers at their ends."""
    sql = await shop.admin()
    await sql.run(f"USE {name(shop.database)}")
    await sql.run("INSERT INTO categories (name, slug, description) VALUES ('Mugs', 'mugs', %(odd)s)", odd=ODD)
    await sql.run("INSERT INTO brands (name, slug) VALUES ('', 'none')")
    await sql.run(
        "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity, specifications,"
        " weight_kg) VALUES ('M', 'Mug', 'mug', 1, 1, 99999999.99, 10, '{\"a\": [1, \"₱\"]}', 0.125)"
    )
    await sql.run("INSERT INTO users (messenger_id, facebook_name) VALUES ('1', %(odd)s)", odd=ODD)
    await sql.run("INSERT INTO orders (id, order_number, user_id, total_amount) VALUES (7, 'A', 1, 120)")
    await sql.run(
        "INSERT INTO order_items (order_id, product_id, product_name, quantity, unit_price, total_price)"
        " VALUES (7, 1, 'Mug', 3, 40, 120)"
    )
    await sql.sets("CALL sp_reserve_order_inventory(7, 30)")
    await sql.run("UPDATE orders SET order_status = 'confirmed'")
    await sql.sets("CALL sp_commit_order_inventory(7)")
    await sql.run("UPDATE orders SET order_status = 'delivered'")
    for mark in (b"\x00" * 16, b"'\\\n\x1a\xff`\";--/**/ab", None):
        await sql.run(
            "INSERT INTO chat_logs (user_id, event_key, user_message, event_at) VALUES ('1', %(mark)s, %(odd)s,"
            " '2026-01-02 03:04:05.678')",
            mark=mark,
            odd=ODD * 50,
        )
    await sql.run("INSERT INTO chat_logs (id, user_id) VALUES (9223372036854775000, '')")
    await sql.close()


@pytest.fixture
async def full_shop(own_shop: Shop) -> Shop:
    await fill(own_shop)
    return own_shop


@pytest.fixture
async def copy(server: Server) -> AsyncIterator[str]:
    made = fresh_name("copy")
    yield made
    await drop(server, databases=(made,))


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def assert_equal(sql: Session, one: str, other: str) -> None:
    assert await rows_of(sql, one) == await rows_of(sql, other)
    assert await counters_of(sql, one) == await counters_of(sql, other)
    assert await objects_of(sql, one) == await objects_of(sql, other)


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
    assert names_in(tmp_path) == [file.name]
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


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda text: text[: len(text) // 2], "only a part"),
        (lambda text: text.rpartition("-- end of backup")[0], "only a part"),
        (lambda text: "hello\n", "is no backup"),
        (lambda text: "", "is no backup"),
    ],
    ids=["half of it", "without its end", "something else", "nothing"],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
async def test_what_is_no_whole_backup_changes_nothing(
    full_shop: Shop, admin: Session, tmp_path: Path, spoil: Callable[[str], str], problem: str, packed: bool
) -> None:
    file = tmp_path / "shop.sql"
    await backup(full_shop.admin, full_shop.database, file)
    spoilt = spoil(file.read_text(encoding="utf-8"))
    if packed:
        file = tmp_path / "shop.sql.gz"
        file.write_bytes(gzip.compress(spoilt.encode()))
    else:
        file.write_text(spoilt, encoding="utf-8")
    before = await rows_of(admin, full_shop.database)
    with pytest.raises(BadBackup, match=problem):
        await restore(full_shop.admin, full_shop.database, file, replace=True)
    assert await rows_of(admin, full_shop.database) == before


@pytest.mark.parametrize("ending", [".gz", ".zst"])
async def test_a_packed_file_that_is_cut_off_changes_nothing(
    full_shop: Shop, admin: Session, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"shop.sql{ending if shutil.which('zstd') else '.gz'}"
    await backup(full_shop.admin, full_shop.database, file)
    file.write_bytes(file.read_bytes()[:-200])
    before = await rows_of(admin, full_shop.database)
    with pytest.raises(BadBackup):
        await restore(full_shop.admin, full_shop.database, file, replace=True)
    assert await rows_of(admin, full_shop.database) == before


async def test_a_failed_backup_leaves_no_file(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="does not see the triggers and events"):
        await backup(shop.bot, shop.database, tmp_path / "shop.sql.gz")
    assert names_in(tmp_path) == []


async def test_a_file_is_not_overwritten_unless_told(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "shop.sql"
    file.write_text("precious")
    with pytest.raises(SchemaError, match="exists"):
        await backup(shop.admin, shop.database, file)
    assert file.read_text() == "precious"
    await backup(shop.admin, shop.database, file, overwrite=True)
    assert file.read_text(encoding="utf-8").startswith("-- QuickSell backup")


async def test_a_failing_statement_says_on_which_line(shop: Shop, copy: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.sql"
    await backup(shop.admin, shop.database, file)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines.insert(9, "INSERT INTO nowhere VALUES (1);")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(StatementFailed) as caught:
        await restore(shop.admin, copy, file)
    assert caught.value.line == 10


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


async def is_mariadb(sql: Session) -> bool:
    return "MariaDB" in str(await sql.value("SELECT VERSION()"))


async def test_tables_of_every_type_come_back(
    server: Server, database: str, copy: str, admin: Session, tmp_path: Path
) -> None:
    await admin.run(f"CREATE DATABASE {name(database)} CHARACTER SET utf8mb4")
    await admin.run(f"USE {name(database)}")
    await admin.run(
        "CREATE TABLE `odd ``table` (a DOUBLE, b FLOAT, c BIT(9), d BLOB, e VARBINARY(9), f YEAR, g TIME(6),"
        " h TIMESTAMP(6) NULL,"
        " i ENUM('x', 'y;'), j SET('p', 'q'), k JSON, l BIGINT UNSIGNED, m DATE, n CHAR(5) CHARACTER SET latin1,"
        " `o ``x` INT, p INT GENERATED ALWAYS AS (`o ``x` * 2) VIRTUAL, q INT GENERATED ALWAYS AS (`o ``x` * 3) STORED)"
    )
    values: dict[str, Bound] = {"bytes": bytes(range(256)), "odd": ODD}
    await admin.run(
        "INSERT INTO `odd ``table` (a, b, c, d, e, f, g, h, i, j, k, l, m, n, `o ``x`) VALUES"
        " (0.1, 0.1, b'101010101', %(bytes)s, '', 2026, '-12:34:56.789', '2026-01-01 00:00:00.123456', 'y;', 'p,q',"
        " '{\"a\": 1}', 18446744073709551615, '0001-01-01', 'é', 5),"
        " (1e308, 3.4e38, NULL, '', NULL, NULL, NULL, NULL, NULL, '', NULL, 0, NULL, '', NULL),"
        " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
        **values,
    )
    await admin.run("CREATE VIEW a AS SELECT * FROM `odd ``table`")
    await admin.run("CREATE VIEW `a one` AS SELECT a.a FROM a")
    await admin.run("ALTER VIEW a AS SELECT a FROM `odd ``table`")
    file = tmp_path / "odd.sql"
    await backup(server.admin, database, file)
    await restore(server.admin, copy, file)
    await assert_equal(admin, database, copy)


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.none() | _text, st.none() | st.binary(max_size=60)), min_size=1, max_size=20))
def test_any_text_and_any_bytes_come_back(
    server: Server, tmp_path: Path, rows: list[tuple[str | None, bytes | None]]
) -> None:
    async def there_and_back() -> None:
        one, other = fresh_name("one"), fresh_name("other")
        sql = await server.admin()
        await sql.run(f"CREATE DATABASE {name(one)} CHARACTER SET utf8mb4")
        await sql.run(f"USE {name(one)}")
        await sql.run("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a TEXT, b BLOB)")
        for word, mark in rows:
            await sql.run("INSERT INTO t (a, b) VALUES (%(a)s, %(b)s)", a=word, b=mark)
        file = tmp_path / "rows.sql"
        await backup(server.admin, one, file, overwrite=True)
        await restore(server.admin, other, file)
        found = await sql.all(f"SELECT a, b FROM {name(other)}.t ORDER BY id")
        await sql.close()
        await drop(server, databases=(one, other))
        assert list(found) == rows

    asyncio.run(there_and_back())


async def test_what_the_servers_own_tool_wrote_is_restored(server: Server, copy: str, admin: Session) -> None:
    dump = DUMPS / ("mariadb_dump_10_11.sql" if await is_mariadb(admin) else "mysqldump_9_7.sql")
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


@pytest.mark.parametrize(
    ("statement", "without"),
    [
        ("CREATE DEFINER=`r`@`l` PROCEDURE p()", "CREATE PROCEDURE p()"),
        ("CREATE DEFINER = 'r'@'l' TRIGGER t", "CREATE TRIGGER t"),
        ("CREATE DEFINER=root@localhost EVENT e", "CREATE EVENT e"),
        (
            "CREATE ALGORITHM=MERGE DEFINER=`r``x`@`%` SQL SECURITY INVOKER VIEW v",
            "CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW v",
        ),
        (
            "/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`l`*/ /*!50003 TRIGGER t",
            "/*!50003 CREATE*/ /*!50017 */ /*!50003 TRIGGER t",
        ),
        ("CREATE PROCEDURE p() SELECT 'x'", "CREATE PROCEDURE p() SELECT 'x'"),
    ],
)
def test_owners_are_left_out(statement: str, without: str) -> None:
    assert " ".join(without_definer(statement).split()) == without
