"""0.1.0 and this program serve one shop together while it is upgraded, with a shopper in the middle of every step."""

import asyncio
import subprocess
import sys
import tarfile
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from bot.workshop.emulator.emulator import Emulator
from repository import rules
from repository.database.connection import Database
from tests.broken import books
from tests.broken.books import Bought
from tests.broken.shop import STOCK, Buyer, closes
from tests.conftest import MANILA
from tests.support.buying import ADDRESS, COD, CONFIRM, order_number
from tests.support.process import Process, environment
from tests.support.programs.started import ROOT

OLD = "c75fea2"
"""0.1.0."""
NAME = "quicksell_side_by_side"
STEPS: Sequence[Callable[[Buyer], Awaitable[None]]] = (
    lambda one: one.says("mug"),
    lambda one: one.taps("Add to cart"),
    lambda one: one.taps("Checkout"),
    lambda one: one.says(one.person.name),
    lambda one: one.says("0917 123 4567"),
    lambda one: one.says(ADDRESS),
    lambda one: one.taps("Skip"),
    lambda one: one.taps(COD),
    lambda one: one.taps(CONFIRM),
)
"""What a purchase takes, in 0.1.0 as today."""


def unpacks_0_1_0(folder: Path) -> None:
    """Put the program of 0.1.0 into a folder.

    Args:
        folder: An empty one.
    """
    packed = subprocess.run(["git", "archive", OLD], cwd=ROOT, check=False, capture_output=True)
    assert not packed.returncode, f"this needs the project's history, as far as {OLD}: {packed.stderr.decode()}"
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")


async def runs(root: Path, settings: dict[str, str], *command: str) -> None:
    """Run a command of one of the two programs to its end.

    Args:
        root: Which program.
        settings: Its environment.
        command: What stands behind `quicksell`.
    """
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, cwd=root, env=settings,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await program.communicate()
    assert not program.returncode, said.decode()


async def stocks_mugs(database: Database) -> int:
    """Put mugs on the shelf of a shop of 0.1.0; gives the product's id."""
    async with database.transaction() as conn:
        await conn.run("INSERT INTO categories (name, slug) VALUES ('Mugs', 'mugs')")
        await conn.run("INSERT INTO brands (name, slug) VALUES ('House', 'house')")
        product = await conn.run(
            "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity)"
            " SELECT 'mug', 'Blue mug', 'mug', c.id, b.id, 120, %(stock)s FROM categories c JOIN brands b",
            stock=STOCK,
        )
        await conn.run(
            "INSERT INTO shipping_zones (zone_name, zone_type, base_fee, covers)"
            " VALUES ('Metro Manila', 'metro', 80, '[\"Metro Manila\"]')"
        )
        await conn.run("INSERT INTO shop_settings (name, value) VALUES ('verification_orders', '0')")
    return product.last_id


async def takes(shopper: Buyer, done: list[int], at: int, until: int) -> None:
    """Let a shopper take their steps.

    Args:
        shopper: They.
        done: How many steps each has taken; changed.
        at: Which of them this is.
        until: How many they shall have taken.
    """
    while done[at] < min(len(STEPS), until):
        await STEPS[done[at]](shopper)
        done[at] += 1


async def goes_on(shoppers: Sequence[Buyer], done: list[int], *, steps: int = 1) -> None:
    """Let every shopper take some more steps.

    Args:
        shoppers: They.
        done: How many steps each has taken; changed.
        steps: How many more.
    """
    await asyncio.gather(*(takes(one, done, at, done[at] + steps) for at, one in enumerate(shoppers)))


@pytest.mark.long
async def test_both_serve_while_the_database_and_the_program_are_upgraded(
    tmp_path: Path, unused_tcp_port: int, record_property: Callable[[str, object], None]
) -> None:
    old_root = tmp_path / "0.1.0"
    old_root.mkdir()
    unpacks_0_1_0(old_root)
    emulator = Emulator()
    emulator.courier.pauses = (0.1,) * 600
    await emulator.start()
    with temporary_server() as server:
        settings = DatabaseSettings(
            socket=str(server.socket), user=server.admin_user, password=server.admin_password, name=NAME
        )
        admin = environment(settings, emulator, unused_tcp_port) | {
            "DB_ADMIN_USER": server.admin_user,
            "DB_ADMIN_PASSWORD": server.admin_password,
        }
        await runs(old_root, admin, "db", "init")
        database = Database(replace(settings), MANILA)
        product = await stocks_mugs(database)

        old = Process(settings, emulator, unused_tcp_port, "--shared", root=old_root)
        emulator.webhook_url = f"{old.url}/webhook"
        await old.start()
        shoppers = [Buyer(emulator, database) for _ in range(2 * len(STEPS))]
        done = [0] * len(shoppers)
        await asyncio.gather(*(takes(one, done, at, at // 2) for at, one in enumerate(shoppers)))
        assert sorted(set(done)) == list(range(len(STEPS)))

        await asyncio.gather(runs(ROOT, admin, "db", "upgrade"), goes_on(shoppers, done))
        async with database.transaction() as conn:
            for name in ("risk_tap_from", "risk_person_from"):
                await rules.change(conn, name=name, value=1000, admin_id=None)
        await goes_on(shoppers, done)
        new = Process(settings, emulator, unused_tcp_port, "--shared")
        await new.start()
        late = [Buyer(emulator, database) for _ in range(4)]
        everybody, steps = [*shoppers, *late], [*done, *[0] * len(late)]
        await goes_on(everybody, steps)
        await goes_on(everybody, steps)
        going = asyncio.create_task(goes_on(everybody, steps))
        assert await old.stops() == 0, "it drains"
        await going
        await goes_on(everybody, steps, steps=len(STEPS))
        await closes(database, len(everybody))
        bought = [Bought(one.person, one.did, order_number(one)) for one in everybody]
        found = await books.read(database, bought, stock={product: STOCK})
        assert found.wrong == ()
        record_property("broken", f"0.1.0 and this side by side through an upgrade, {len(bought)} purchases")
        assert await new.stops() == 0
        await database.close()
    await emulator.stop()
