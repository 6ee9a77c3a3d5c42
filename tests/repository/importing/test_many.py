"""A large sheet: the same few round trips for each piece of it, and little memory; its times are told."""

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date

import pytest

from repository.database.connection import Database
from repository.importing.applying import apply
from repository.importing.planning import AT_ONCE, plan
from repository.sheets.reading import read_sheet
from repository.staff.by import By
from tests.support.keeper import Keeper

MEMORY_MOST = 200 * 1024
"""Kilobytes by which a process may grow over 20,000 products with 40,000 variants."""
PIECE_MOST = 12
"""Round trips for a piece of products, all of them new."""


def sheet(products: int) -> bytes:
    """A sheet with so many products, each in two sizes."""

    def rows() -> Iterator[str]:
        yield "sku,name,category,brand,size,price,stock"
        for number in range(products):
            for size in ("S", "M"):
                shelf = f"Shelf {number % 40}"
                name, brand = f"Thing {number} of {shelf}", f"Brand {number % 20}"
                yield f"P{number:05}-{size},{name},{shelf},{brand},{size},{10 + number},3"

    return "\n".join(rows()).encode()


async def brought_in(database: Database, products: int) -> int:
    """Bring in so many new products; the round trips that it took to look at them and to write them."""
    before = database.counts.round_trips
    planned = await plan(database, read_sheet(sheet(products), today=date(2026, 11, 29)))
    assert (planned.new, planned.new_variants, planned.errors) == (products, 2 * products, ())
    await apply(database, planned, file_name="many.csv", by=By())
    return database.counts.round_trips - before


async def test_each_piece_costs_the_same_few_round_trips(keeper: Keeper, database: Database) -> None:
    small = await brought_in(database, AT_ONCE)
    await keeper.run("UPDATE products SET sku = CONCAT('X', sku)")
    large = await brought_in(database, 4 * AT_ONCE)
    assert (large - small) / 3 <= PIECE_MOST
    again = database.counts.round_trips
    unchanged = await plan(database, read_sheet(sheet(4 * AT_ONCE), today=date(2026, 11, 29)))
    assert (unchanged.unchanged, unchanged.steps) == (4 * AT_ONCE, ())
    assert database.counts.round_trips - again <= 4 * 3 + 2


@pytest.mark.long
async def test_twenty_thousand_products_take_little_memory(
    keeper: Keeper, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    content = sheet(20_000)
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.monotonic()
    reading = read_sheet(content, today=date(2026, 11, 29))
    planned = await plan(database, reading)
    looked = time.monotonic()
    await apply(database, planned, file_name="many.csv", by=By())
    after = resource.getrusage(resource.RUSAGE_SELF)
    grown = after.ru_maxrss - before.ru_maxrss
    with capsys.disabled():
        sys.stdout.write(
            f"\n20,000 products with 40,000 variants: looked at in {looked - began:.1f} s, written in"
            f" {time.monotonic() - looked:.1f} s, {after.ru_utime - before.ru_utime:.1f} s of the processor,"
            f" {grown / 1024:.0f} MB more\n"
        )
    assert await keeper.look("SELECT COUNT(*) FROM product_variants") == 40_000
    assert grown < MEMORY_MOST
