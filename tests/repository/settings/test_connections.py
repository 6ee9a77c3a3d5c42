"""How other servers are reached: from the console, else from the environment, secrets only ever encrypted."""

import pytest
from msgspec.structs import replace

from repository.database.connection import Connection, Database
from repository.settings import connections
from repository.settings.connections import MAIL, Connections
from repository.settings.secrets import Sealer
from repository.staff.by import By

SECRET = "smtps://nena:sampaguita@mail.example:465"
GIVEN = {"smtp_url": "smtp://localhost"}
SEALER = Sealer("a secret for tests")


async def keep(conn: Connection, secret: str) -> None:
    opened = await MAIL.opened(conn, defaults=Connections(), given=GIVEN)
    body = replace(opened.body, smtp_url=SEALER.seal(secret))
    await MAIL.save(conn, body, defaults=Connections(), version=opened.version, by=By())


async def test_a_secret_of_the_console_wins_over_the_environment(database: Database) -> None:
    async with database.transaction() as conn:
        assert (await connections.load(conn, sealer=SEALER, given=GIVEN)).smtp_url == "smtp://localhost"
        await keep(conn, SECRET)
        assert (await connections.load(conn, sealer=SEALER, given=GIVEN)).smtp_url == SECRET
        assert (await MAIL.opened(conn, defaults=Connections(), given=GIVEN)).sources["smtp_url"] == "console"


@pytest.mark.parametrize("piece", ["sampaguita", "nena:", "mail.example", ":465"])
async def test_no_table_holds_a_secret_in_clear(database: Database, piece: str) -> None:
    async with database.transaction() as conn:
        await keep(conn, SECRET)
        await keep(conn, SECRET + "0")
        for table in ("shop_settings", "reply_versions", "console_audit"):
            rows = (await conn.run(f"SELECT * FROM {table}")).rows
            assert rows, table
            assert piece not in repr(rows), table


async def test_a_secret_of_another_key_leaves_what_the_environment_gave(database: Database) -> None:
    async with database.transaction() as conn:
        await keep(conn, SECRET)
        other = await connections.load(conn, sealer=Sealer("another secret key"), given=GIVEN)
    assert other.smtp_url == "smtp://localhost"
