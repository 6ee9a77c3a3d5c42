"""`quicksell catalog ...`, as a person runs it."""

from pathlib import Path

import msgspec

from repository.database.connection import Database
from tests.bot.commands.catalog.running import command
from tests.support.keeper import Keeper
from tests.support.pictures import receipt


async def test_a_sheet_comes_in_is_looked_at_exported_and_taken_back(
    keeper: Keeper, database: Database, tmp_path: Path
) -> None:
    async def runs(*arguments: str) -> tuple[int, str, str]:
        return await command(database, tmp_path, "catalog", *arguments)

    sheet = tmp_path / "goods.csv"
    sheet.write_text("Tawag;Bayad;Bilang\nTsinelas;99,50;4\nPayong;TBA;2\n", encoding="utf-8")
    columns = ["--column", "Tawag=name", "--column", "Bayad=price", "--column", "Bilang=stock"]
    code, out, err = await runs("import", str(sheet), *columns)
    assert (code, err) == (1, "quicksell: Nothing was written. Add --yes to write it.\n")
    assert "1 new, 0 changed, 0 as they are; 0 new variants; 1 rows refused." in out
    assert "row 3, column B: “TBA” is no price" in out
    code, out, _ = await runs("import", str(sheet), "--yes", "--json")  # what the columns are is remembered
    said = msgspec.json.decode(out)
    assert (code, said["new"], said["errors"][0]["row"]) == (1, 1, 3)
    code, out, _ = await runs("export", "all.xlsx")
    assert (code, out) == (0, "1 rows are in all.xlsx.\n")
    code, out, _ = await runs("import", "all.xlsx", "--dry-run")
    assert code == 0
    assert "0 new, 0 changed, 1 as they are" in out
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "tsinelas.png").write_bytes(receipt())
    code, out, _ = await runs("pictures", "pictures", "--dry-run")
    assert (code, out) == (0, "1 pictures for 1 products; 0 products keep those that they have.\n")
    code, out, _ = await runs("pictures", "pictures")
    assert (code, "Done: 1 pictures of 1 products." in out) == (0, True)
    code, _, err = await runs("pictures", str(sheet))
    assert (code, "neither a folder nor a zip" in err) == (1, True)
    code, out, _ = await runs("revert")
    assert code == 0
    assert "0 as they were, 0 no longer sold" in out
    code, out, _ = await runs("revert")
    assert code == 0
    assert "0 as they were, 1 no longer sold, 0 left alone" in out
    code, _, err = await runs("import", "all.xlsx", "--column", "Name=price tag")
    assert code == 2
    assert "write TITLE=FIELD" in err
