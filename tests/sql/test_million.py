"""A million orders: questions to the views stay fast, and an upgrade holds nobody up."""

import asyncio
import shutil
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.bench.views import LIMIT, ask
from bot.workshop.database.private import PrivateServer
from repository.database.connection import Database
from repository.schema.base.scripts import FOLDER
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.schema.change.upgrades import upgrade
from repository.workshop.mass import orders as mass
from repository.workshop.questions import QUESTIONS, Question, at_ease, hurry
from tests.conftest import MANILA
from tests.sql.attack.invariants import broken
from tests.sql.shop import Shop

ORDERS = 1_000_000
BLOCKED = 1.0  # seconds, the number
UPGRADES = Path(__file__).parent / "upgrades"

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("million")]


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatabaseSettings]:
    """A durable server of its own, with a million orders."""
    with PrivateServer.start(tmp_path_factory.mktemp("million") / "server") as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)

        async def make() -> None:
            await init(opener(account, MANILA, database=False), account.name)
            database = Database(account, MANILA, most=2)
            async with database.connection() as conn:
                await hurry(conn, mib=1024)
            await mass.fill(database, orders=ORDERS)
            async with database.connection() as conn:
                await at_ease(conn, mib=128)
            await database.close()

        asyncio.run(make())
        yield account
    shutil.rmtree(server.folder)


@pytest.fixture
async def database(million: DatabaseSettings) -> AsyncIterator[Database]:
    database = Database(million, MANILA, most=2)
    yield database
    await database.close()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
async def test_a_filtered_question_takes_ten_milliseconds_at_most(database: Database, question: Question) -> None:
    asked = await ask(database, question, ORDERS)
    assert asked.milliseconds <= LIMIT


class Writers:
    """People who place, reserve, move and restock meanwhile, and how long the slowest of it took."""

    def __init__(self, account: DatabaseSettings) -> None:
        self._account = account
        self._over = threading.Event()
        self.done = 0
        self.slowest = 0.0
        self.failures: list[BaseException] = []
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(6)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, number: int) -> None:
        shop = Shop(self._account)
        try:
            product, turn = 10 * number + 1, 0
            shop.run("UPDATE products SET stock_quantity = stock_quantity + 1000000 WHERE id = %s", product)
            while not self._over.is_set():
                turn += 1
                began = time.monotonic()
                if number == 0:
                    order = (turn * 7919) % ORDERS + 1
                    shop.run("UPDATE orders SET notes = 'Looked at', updated_at = updated_at WHERE id = %s", order)
                elif number == 1:
                    shop.run("UPDATE products SET stock_quantity = stock_quantity + 5 WHERE id = %s", turn % 100 + 1)
                else:
                    order = shop.order([(product, None, 1)], user_id=number, order_number=f"UP-{number}-{turn}")
                    shop.call("sp_reserve_order_inventory", order, 30)
                    shop.move(order, "confirmed")
                    shop.call("sp_commit_order_inventory", order)
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.done += 1
                time.sleep(0.005)
        except BaseException as failure:  # noqa: BLE001 - the main thread reports it
            self.failures.append(failure)
        shop.close()


async def test_an_upgrade_holds_no_writer_up_for_a_second(
    million: DatabaseSettings, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "sql"
    shutil.copytree(FOLDER, folder)
    shutil.copytree(UPGRADES, folder / "upgrades", dirs_exist_ok=True)
    with Writers(million) as writers:
        done = await upgrade(opener(million, MANILA, database=False), million.name, folder=folder)
    assert done.upgrades == ("9001_gift_notes",)
    assert writers.failures == []
    assert writers.done > 100
    print(f"{writers.done} writes, the slowest took {writers.slowest:.3f} s")  # noqa: T201 - seen with -s
    assert writers.slowest < BLOCKED
    async with database.connection() as conn:
        assert (
            await conn.value("SELECT COUNT(*) FROM orders WHERE id <= %(last)s AND gift_note IS NULL", last=ORDERS) == 0
        )
        await hurry(conn, mib=1024)  # what is left to do reads every row there is
    shop = Shop(million)
    assert broken(shop) == {}
    shop.close()
