"""The pages for the database administrator say what the scripts say."""

import re
from pathlib import Path

from repository.schema.base.scripts import all_scripts
from repository.schema.check.contract import TABLES
from repository.schema.check.reference import described, diagram, reference

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_the_reference_is_up_to_date() -> None:
    written = (DOCS / "database-tables.md").read_text(encoding="utf-8")
    assert written == reference(all_scripts()), (
        "run: .venv/bin/python -m repository.schema.check.reference docs/database-tables.md"
    )


def test_every_index_says_what_it_is_for() -> None:
    page = (DOCS / "database.md").read_text(encoding="utf-8").partition("## What each index is for")[2]
    told = {(found[1], found[2]) for found in re.finditer(r"^- `(\w+)` \(([^)]*)\): .+$", page, re.MULTILINE)}
    there = {(index.name, index.columns) for table in described(all_scripts()) for index in table.indexes}
    assert told == there, "add, change or remove its line in docs/database.md"


def test_every_table_says_what_it_is() -> None:
    tables = described(all_scripts())
    assert {table.name for table in tables} >= set(TABLES)
    assert [table.name for table in tables if not table.purpose or not table.columns or not table.primary] == []


def test_the_diagram_shows_every_foreign_key() -> None:
    tables = described(all_scripts())
    drawn = diagram(tables)
    assert "    products ||--o{ order_items : product_id" in drawn
    assert "    product_variants |o--o{ order_items : variant_id" in drawn
    assert "    orders ||--o| order_metrics : order_id" in drawn
    assert len([line for line in drawn.splitlines() if "--" in line]) == sum(len(table.links) for table in tables)
    assert all(re.search(rf"\b{table.name}\b", drawn) for table in tables)
