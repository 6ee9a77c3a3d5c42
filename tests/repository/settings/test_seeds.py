"""What a new shop begins with: couriers, and reasons to refuse a proof."""

from pathlib import Path
from urllib.parse import urlsplit

from repository.database.connection import Connection, Database
from repository.schema.base.scripts import FOLDER, OURS, read

UPGRADE = "upgrades/0007_first_couriers_and_reasons.sql"


def seeds(path: Path) -> list[str]:
    """The statements of a script that put rows into a new shop."""
    return [one.text for one in read(path).statements if one.text.startswith("INSERT INTO")]


async def names(conn: Connection, table: str) -> list[str]:
    """What a table's rows are called, in order."""
    rows = await conn.run(f"SELECT name FROM {table} ORDER BY display_order, name")
    return [str(row[0]) for row in rows.rows]


async def test_a_new_shop_knows_the_usual_couriers(database: Database) -> None:
    async with database.connection() as conn:
        couriers = await names(conn, "couriers")
        links = [str(row[0]) for row in (await conn.run("SELECT link FROM couriers WHERE link <> ''")).rows]
    assert couriers == ["J&T Express", "LBC", "Flash Express", "SPX Express", "2GO", "Grab", "Own rider"]
    assert all(urlsplit(link).scheme == "https" for link in links)


async def test_a_new_shop_has_five_reasons_of_each_kind_in_both_languages(database: Database) -> None:
    async with database.connection() as conn:
        rows = (await conn.run("SELECT kind, words_en, words_fil FROM review_reasons")).rows
    assert sorted(str(kind) for kind, _, _ in rows) == ["identity"] * 5 + ["payment"] * 5
    assert all("Please" in str(english) for _, english, _ in rows), "each says how to try again"
    assert all(" po " in str(filipino) and "Paki" in str(filipino) for _, _, filipino in rows)


async def test_running_the_scripts_again_brings_nothing_back(database: Database) -> None:
    async with database.connection() as conn:
        await conn.run("DELETE FROM couriers WHERE name = 'Grab'")
        await conn.run("UPDATE review_reasons SET title = 'Blurred' WHERE name = 'payment_unreadable'")
        for statement in seeds(FOLDER / OURS[-1]) + seeds(FOLDER / UPGRADE):
            await conn.run(statement)
        assert "Grab" not in await names(conn, "couriers")
        assert len(await names(conn, "review_reasons")) == 10


def test_an_upgraded_shop_gets_the_same_as_a_new_one() -> None:
    assert seeds(FOLDER / OURS[-1]) == seeds(FOLDER / UPGRADE)
