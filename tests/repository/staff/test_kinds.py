"""Whatever merchants edit has a kind of its own, for which its history has room."""

import pkgutil
from collections import Counter
from importlib import import_module

import pytest
from msgspec import Struct

import repository
from repository.database.connection import Database
from repository.rules import GROUPS
from repository.staff.versions import Noun

NOUNS = {
    f"{module.name}.{name}": value
    for module in pkgutil.walk_packages(repository.__path__, "repository.")
    for name, value in vars(import_module(module.name)).items()
    if isinstance(value, Noun) and not name.startswith("_")
} | {f"settings of {group.name}": group.noun for group in GROUPS}


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
async def test_the_history_has_room_for_the_kind_of_every_noun(noun: Noun[Struct], database: Database) -> None:
    async with database.connection() as conn:
        row = await conn.run(
            "SELECT DATA_TYPE, CHARACTER_MAXIMUM_LENGTH FROM information_schema.COLUMNS"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'reply_versions' AND COLUMN_NAME = 'kind'"
        )
    kind, most = row.rows[0]
    assert kind == "varchar", "a list of kinds would have to be changed for every noun"
    assert 0 < len(noun.kind) <= int(str(most)), (
        f"the kind {noun.kind!r} has no room in reply_versions.kind: shorten it"
    )


def test_no_two_nouns_have_one_kind() -> None:
    assert len(NOUNS) >= 2, "the nouns are lost"
    twice = [kind for kind, times in Counter(noun.kind for noun in NOUNS.values()).items() if times > 1]
    assert not twice, f"nouns that would read each other's saves: {twice}"
