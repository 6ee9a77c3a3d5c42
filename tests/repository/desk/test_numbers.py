"""The order desk reads few rows however many orders there are: rows are counted, since clocks depend on the machine."""

import pytest

from bot.base import clock
from repository.database.connection import Connection, Database
from repository.desk.lists import listing
from repository.desk.lists.listing import COUNTED_MOST, STATUSES, Place, Wanted
from repository.desk.order import happened, opening
from repository.rules import Rules
from repository.workshop.mass import orders as mass
from tests.repository.workshop.clearing import clear

SOME, MANY, FEW = 4000, 100_000, 1000
PAGE = 51


async def read_by(conn: Connection) -> int:
    """How many rows this session has read."""
    rows = await conn.run("SHOW SESSION STATUS LIKE 'Handler_read%'")
    return sum(int(str(value)) for name, value in rows.rows if name != "Handler_read_rnd_deleted")


async def cost(conn: Connection, wanted: Wanted, place: Place | None = None) -> tuple[int, int]:
    """How many orders a page holds, and how many rows were read for it."""
    before = await read_by(conn)
    rows = await listing.page(conn, wanted=wanted, limit=PAGE, rules=Rules(), place=place)
    return len(rows), await read_by(conn) - before


@pytest.mark.parametrize("orders", [SOME, pytest.param(MANY, marks=pytest.mark.long)])
async def test_lists_search_and_one_order_read_few_rows(database: Database, orders: int) -> None:
    await mass.fill(database, orders=orders, products=FEW if orders == SOME else mass.PRODUCTS)
    async with database.connection() as conn:
        for tab in STATUSES:
            held, read = await cost(conn, Wanted(tab=tab))
            assert read < 60 * PAGE, f"{tab}: {read} rows for {held} orders"
        deep = (await listing.page(conn, wanted=Wanted(tab="done"), limit=1500, rules=Rules()))[-1].place
        held, read = await cost(conn, Wanted(tab="done"), deep)
        assert (held, read < 60 * PAGE) == (PAGE, True), f"a page far behind reads {read} rows"
        for wanted in (
            Wanted(tab="all", method="gcash"),
            Wanted(tab="all", method="paymaya"),
            Wanted(tab="all", courier="Nobody"),
            Wanted(tab="all", text=f"QS-{orders - 7:010}"),
            Wanted(tab="all", text=f"{orders - 7:06}"),
            Wanted(tab="all", text=f"shopper {orders - 7}"),
            Wanted(tab="all", text="shopper"),
            Wanted(tab="all", text="0917 123 4567"),
            Wanted(tab="all", text="0918 000 0000"),
            Wanted(tab="all", text="nobody of this name"),
        ):
            held, read = await cost(conn, wanted)
            assert read < (60 * PAGE if wanted.text in ("", "nobody of this name") else 30_000), (
                f"{wanted}: {read} rows"
            )
        before = await read_by(conn)
        await listing.counts(conn, rules=Rules())
        read = await read_by(conn) - before
        assert read < 12 * COUNTED_MOST + orders // 20, f"counting reads {read} rows"
        before = await read_by(conn)
        await opening.opened(conn, order_id=orders - 7)
        await happened.happened(conn, order_id=orders - 7)
        read = await read_by(conn) - before
        assert read < 2000, f"one order reads {read} rows"
    await clear(database)


@pytest.mark.long
async def test_each_page_is_there_within_a_tenth_of_a_second(database: Database) -> None:
    """The best of several counts, since others use the machine too."""
    await mass.fill(database, orders=MANY)
    wanted = {
        **{tab: Wanted(tab=tab) for tab in ("needs", *STATUSES)},
        "number": Wanted(tab="all", text=f"{MANY - 7:06}"),
        "name": Wanted(tab="all", text=f"shopper {MANY - 7}"),
        "a name of all": Wanted(tab="all", text="shopper"),
        "phone": Wanted(tab="all", text="0917 123 4567"),
    }
    async with database.connection() as conn:
        for name, one in wanted.items():
            best = 10.0
            for _ in range(5):
                began = clock.monotonic()
                await listing.page(conn, wanted=one, limit=PAGE, rules=Rules())
                best = min(best, clock.monotonic() - began)
            assert best < 0.1, f"{name}: {best * 1000:.0f} ms"
