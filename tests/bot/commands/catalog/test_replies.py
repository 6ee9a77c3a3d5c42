"""`quicksell replies ...`, as a person runs it."""

from pathlib import Path

import msgspec

from repository.database.connection import Database
from tests.bot.commands.catalog.running import command
from tests.support.keeper import Keeper


async def test_replies_come_in_are_looked_at_exported_and_checked(
    keeper: Keeper, database: Database, tmp_path: Path
) -> None:
    await keeper.answers("wifi", "Free.")

    async def runs(*arguments: str) -> tuple[int, str, str]:
        return await command(database, tmp_path, "replies", *arguments)

    sheet = tmp_path / "replies.csv"
    sheet.write_text("Keyword,Answer\nwifi,Fast.\nparking,Behind the shop.\npets,\n", encoding="utf-8")
    code, out, err = await runs("import", str(sheet))
    assert (code, err) == (1, "quicksell: Nothing was written. Add --yes to write it.\n")
    assert "1 new, 1 changed, 0 as they are; 1 row refused." in out
    assert "wifi (en): Answer: Free. → Fast." in out
    assert "row 4, column B: line 1: please write what the shop answers" in out
    code, out, _ = await runs("import", str(sheet), "--yes", "--json")
    said = msgspec.json.decode(out)
    assert (code, said["written"], said["errors"][0]["row"]) == (1, 2, 4)
    code, out, _ = await runs("export", "all.json")
    assert (code, out) == (0, "2 replies are in all.json.\n")
    code, out, _ = await runs("import", "all.json", "--dry-run")
    assert (code, out) == (0, "0 new, 0 changed, 2 as they are; 0 rows refused.\n")
    assert (await runs("check"))[:2] == (0, "Every reply can be said and is heard.\n")
    await keeper.answers("opening", "Hi {frist_name|x}!")
    code, out, _ = await runs("check")
    assert code == 1
    assert "opening (en): Line 1: There is no “frist_name” to be filled in." in out
    (tmp_path / "broken.json").write_text("[", encoding="utf-8")
    code, _, err = await runs("import", "broken.json")
    assert code == 1
    assert "The JSON is broken" in err
