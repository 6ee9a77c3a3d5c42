"""Whole purchases on a server whose sessions begin in another character set: every letter is stored as it was said."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.database.private import PrivateServer
from bot.workshop.database.temporary import temporary_server
from bot.workshop.stage import staged
from handlers.doctor.examining import examine
from handlers.doctor.mending import mend
from repository import rules
from repository.database.connection import Database
from repository.schema.backup.backup import backup
from repository.schema.backup.restore import restore
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.schema.check import surroundings
from repository.schema.check.verify import verify
from repository.staff.published import PUBLISHED_HASH
from tests.bot.commands.test_commands import account, runs
from tests.conftest import MANILA, empty
from tests.conversations.conftest import Shop
from tests.support import buying
from tests.support.waiting import PATIENCE

DATABASE = "quicksell_character_sets"
NAME = "Niña 李小龍 🌸"
MUG = "Tasa 茶 🍵"
HEX_MUG = MUG.encode().hex().upper()
STREET = "12 Mabini St 🏠 表"


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateServer]:
    """A server that ignores what sessions ask for, and gives them a set of several bytes a letter."""
    options = ["--skip-character-set-client-handshake", "--character-set-server=gbk", "--collation-server=gbk_bin"]
    with temporary_server(database=DATABASE, options=options) as running:
        asyncio.run(init(opener(administrator(running), MANILA, database=False), DATABASE))
        yield running


def administrator(server: PrivateServer) -> DatabaseSettings:
    """The account for schema work."""
    return DatabaseSettings(
        socket=str(server.socket), name=DATABASE, user=server.admin_user, password=server.admin_password
    )


async def first_says(server: PrivateServer, first: str) -> DatabaseSettings:
    """Let every session of the shop's account begin with this, in an empty database; gives the account."""
    admin = Database(administrator(server), MANILA, most=1)
    async with admin.connection() as conn:
        await conn.run("SET GLOBAL init_connect = %(first)s", first=first)
    await empty(admin)
    await admin.close()
    return replace(administrator(server), user=server.bot_user, password=server.bot_password)


@pytest.mark.parametrize(
    ("first", "begins_in", "mend"),
    [
        ("", "gbk", "skip-character-set-client-handshake"),
        ("SET NAMES sjis", "sjis", "init_connect"),
        ("SET NAMES latin1", "latin1", "init_connect"),
        ("SET NAMES utf8mb3, character_set_results = NULL, autocommit = 0", "utf8mb3 and none", "init_connect"),
        ("SET NAMES utf8mb4", "utf8mb4", ""),
    ],
)
async def test_a_purchase_is_stored_as_it_was_said(
    server: PrivateServer, first: str, begins_in: str, mend: str
) -> None:
    bot = await first_says(server, first)
    (finding,) = await surroundings.sessions(opener(bot, MANILA))
    assert finding.ok is (begins_in == "utf8mb4")
    assert finding.message.startswith(begins_in)
    assert mend in finding.what_to_do

    settings = Settings(database=bot, port=0, secret_key="a secret for tests", shop_name="Tindahan 🛍")
    async with staged(settings) as stage:
        shop = Shop(stage, stage.parts.database)
        await shop.zone()
        async with shop.database.transaction() as conn:
            assert str(conn.session.began_in) == begins_in
            await rules.change(conn, name="verification_orders", value=0, admin_id=None)
        await shop.stocks(MUG, price="250")
        shopper = stage.shopper(NAME, timeout=PATIENCE)
        await buying.puts_in_cart(shopper, "tasa 茶 🍵")
        await shopper.taps("Checkout")
        await shopper.taps(NAME)
        await shopper.says("0917 123 4567")
        await shopper.says(f"{STREET}, Brgy San Roque, Marikina City 1801")
        await shopper.taps("Skip")
        await shopper.taps(buying.COD)
        await shopper.taps(buying.CONFIRM)
        order = buying.order_number(shopper)
        stored = await shop.look(
            "SELECT HEX(u.facebook_name), HEX(o.ship_recipient_name), HEX(o.ship_address_line1), HEX(i.product_name)"
            " FROM orders o JOIN users u ON u.id = o.user_id JOIN order_items i ON i.order_id = o.id"
            " WHERE o.order_number = %(order)s",
            order=order,
        )
        assert stored == tuple(text.encode().hex().upper() for text in (NAME, NAME, STREET, MUG))
        assert [turn.status for turn in await shop.turns(shopper)] == ["done"] * len(await shop.turns(shopper))
        said = await shop.texts("SELECT HEX(user_message) FROM chat_logs WHERE user_message LIKE %(tea)s", tea="%🍵%")
        assert said == ["tasa 茶 🍵".encode().hex().upper()]


async def test_the_schema_and_its_backups_are_no_other_there(server: PrivateServer, tmp_path: Path) -> None:
    bot = await first_says(server, "SET NAMES latin1")
    admin = opener(administrator(server), MANILA, database=False)
    found = (await verify(admin, DATABASE, MANILA, bot=opener(bot, MANILA, database=False))).findings
    assert [finding.name for finding in found if not finding.ok] == ["character set of sessions"]

    shop = Database(bot, MANILA, most=1)
    async with shop.connection() as conn:
        await conn.run("INSERT INTO brands (name, slug) VALUES (%(name)s, 'mug')", name=MUG)
    await shop.close()
    asked = "SELECT @@character_set_client, HEX(name), name FROM brands"
    done = await asyncio.to_thread(runs, tmp_path, "db", "shell", "-e", asked, **account(bot))
    assert [cell.strip() for cell in done.stdout.splitlines()[3].strip("|").split("|")] == ["utf8mb4", HEX_MUG, MUG]

    await backup(admin, DATABASE, tmp_path / "shop.sql")
    assert f"'{MUG}'" in (tmp_path / "shop.sql").read_text()
    copy = f"{DATABASE}_copy"
    await restore(admin, copy, tmp_path / "shop.sql")
    session = await admin()
    assert await session.value(f"SELECT HEX(name) FROM {copy}.brands") == HEX_MUG
    await session.close()


async def test_the_doctor_names_what_is_wrong_with_a_server_and_its_rights(
    server: PrivateServer, tmp_path: Path
) -> None:
    bot = await first_says(server, "SET NAMES latin1")
    root = administrator(server)
    both = replace(bot, admin_user=root.user, admin_password=root.password)
    admin = Database(root, MANILA, most=1)
    async with admin.connection() as conn:
        await conn.run("SET GLOBAL time_zone = '-05:00', event_scheduler = OFF")
        await conn.run(f"GRANT DROP ON {DATABASE}.* TO '{bot.user}'@'localhost'")
        await conn.run("UPDATE schema_ledger SET finished_at = NULL WHERE kind = 'upgrade' ORDER BY name DESC LIMIT 1")
        await conn.run(
            "INSERT INTO admin_users (username, email, password_hash) VALUES ('admin', 'a@shop.example', %(hash)s)",
            hash=PUBLISHED_HASH,
        )
    try:
        looks = await examine(Settings(database=both, port=0, secret_key="s" * 32), tmp_path)
        wrong = {look.what: look.light for look in looks if look.group == "Database" and look.light != "good"}
        assert wrong == {
            "database upgrades": "broken",
            f"account '{bot.user}'@'localhost' may no more": "warning",
            "server character set of sessions": "warning",
            "server time zone": "warning",
            "server event scheduler": "warning",
            "data published password hash": "broken",
        }
        (told,) = [one for one in await mend(Settings(database=both), tmp_path, looks) if "up to date" in one]
        assert told == "The database is up to date: 1 upgrades were run."
    finally:
        async with admin.connection() as conn:
            await conn.run("SET GLOBAL time_zone = '+08:00', event_scheduler = ON")
            await conn.run(f"REVOKE DROP ON {DATABASE}.* FROM '{bot.user}'@'localhost'")
        await admin.close()
