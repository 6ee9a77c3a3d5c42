"""The entity diagram and the table by table reference, drawn from the scripts, so that they stay true."""

import re

import msgspec

from repository.schema.base.scripts import Script
from repository.schema.base.statements import act
from repository.schema.check.compare import parts_of
from repository.schema.check.contract import TABLES

_REFERENCE = re.compile(
    r"CONSTRAINT `?\w+`? FOREIGN KEY \((?P<columns>[^)]*)\) REFERENCES `?(?P<table>\w+)`? \([^)]*\)"
    r"(?: ON DELETE (?P<rule>CASCADE|RESTRICT|SET NULL|NO ACTION))?",
    re.IGNORECASE,
)
_KEY = re.compile(r"(?P<unique>UNIQUE )?(?:KEY|INDEX) `?(?P<name>\w+)`? \((?P<columns>.*)\)\Z", re.IGNORECASE)
_PRIMARY = re.compile(r"PRIMARY KEY \((?P<columns>.*)\)\Z", re.IGNORECASE)
_CHECK = re.compile(r"CONSTRAINT `?(?P<name>\w+)`? CHECK \((?P<clause>.*)\)\Z", re.IGNORECASE)


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """An index as the script writes it."""

    name: str
    columns: str
    unique: bool


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A foreign key as the script writes it."""

    columns: str
    table: str
    rule: str


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """A table as its script writes it.

    Attributes:
        name: Its name.
        purpose: The comment above it.
        columns: Each column's definition by its name, in order.
        primary: The columns of the primary key.
        indexes: All others.
        links: Its foreign keys.
        checks: The conditions that each row fulfils, by name.
    """

    name: str
    purpose: str
    columns: dict[str, str]
    primary: str
    indexes: tuple[Index, ...]
    links: tuple[Link, ...]
    checks: dict[str, str]


def described(scripts: tuple[Script, ...]) -> tuple[Described, ...]:
    """Every table of the scripts, in order."""
    tables: list[Described] = []
    for script in scripts:
        for statement in script.statements:
            deed = act(statement.text)
            if deed is not None and deed.verb == "create" and deed.item.kind == "table":
                tables.append(_describe(deed.item.name, statement.notes, statement.text))
    return tuple(tables)


def _describe(name: str, notes: str, text: str) -> Described:
    columns: dict[str, str] = {}
    indexes: list[Index] = []
    links: list[Link] = []
    checks: dict[str, str] = {}
    primary = ""
    for known, part in parts_of(text).items():
        if match := _REFERENCE.match(part):
            links.append(
                Link(columns=match["columns"], table=match["table"], rule=(match["rule"] or "restrict").lower())
            )
        elif match := _CHECK.match(part):
            checks[match["name"]] = match["clause"].strip()
        elif match := _PRIMARY.match(part):
            primary = match["columns"]
        elif match := _KEY.match(part):
            indexes.append(Index(name=match["name"], columns=match["columns"], unique=bool(match["unique"])))
        else:
            columns[known] = part.partition(" ")[2]
            if " PRIMARY KEY" in part.upper():
                primary = known
    return Described(
        name=name,
        purpose=_purpose(name, notes),
        columns=columns,
        primary=primary,
        indexes=tuple(indexes),
        links=tuple(links),
        checks=checks,
    )


def _purpose(name: str, notes: str) -> str:
    """The sentences above a table, from `name: ...` on; rulers and headings of the script stay out."""
    lines = notes.splitlines()
    start = next((index for index, line in enumerate(lines) if line.startswith(f"{name}:")), len(lines))
    told = " ".join(lines[start:]).removeprefix(f"{name}:").strip()
    return told[:1].upper() + told[1:]


def diagram(tables: tuple[Described, ...]) -> str:
    """The entities and what they belong to, as a Mermaid diagram."""
    lines = ["erDiagram"]
    for table in tables:
        for link in table.links:
            optional = all(
                "NOT NULL" not in table.columns[column.strip()].upper() for column in link.columns.split(",")
            )
            once = any(index.unique and index.columns == link.columns for index in table.indexes)
            many = "o|" if once else "o{"
            lines.append(f"    {link.table} {'|o' if optional else '||'}--{many} {table.name} : {link.columns}")
    linked = {link.table for table in tables for link in table.links} | {table.name for table in tables if table.links}
    lines += [f"    {table.name}" for table in tables if table.name not in linked]
    return "\n".join(lines)


def reference(scripts: tuple[Script, ...]) -> str:
    """The whole reference as Markdown."""
    tables = described(scripts)
    contract = [table for table in tables if table.name in TABLES]
    own = [table for table in tables if table.name not in TABLES]
    parts = [
        "# The tables\n\nThis page is written by the program from `sql/`, and a test sees that it is up to date:\n"
        "`python -m repository.schema.check.reference docs/database-tables.md` writes it anew. What the database "
        "promises\nand how to look after it stands in [database.md](database.md).\n",
        f"## How they belong together\n\n```mermaid\n{diagram(tables)}\n```\n",
        f"## The {len(contract)} tables of the shop\n",
        *(_section(table) for table in contract),
        f"## The {len(own)} tables of the program\n",
        *(_section(table) for table in own),
    ]
    return "\n".join(parts)


def _section(table: Described) -> str:
    lines = [f"### {table.name}", ""]
    if table.purpose:
        lines += [table.purpose, ""]
    lines += ["| column | definition |", "|---|---|"]
    lines += [f"| `{column}` | {_cell(definition)} |" for column, definition in table.columns.items()]
    lines += ["", f"- Primary key: {table.primary}"]
    for index in table.indexes:
        lines.append(f"- {'Unique' if index.unique else 'Index'} `{index.name}`: {index.columns}")
    lines += [f"- {link.columns} → {link.table}, on delete {link.rule}" for link in table.links]
    lines += [f"- Always: {_cell(clause)}" for clause in table.checks.values()]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


if __name__ == "__main__":
    import sys
    from pathlib import Path

    from repository.schema.base.scripts import all_scripts

    Path(sys.argv[1]).write_text(reference(all_scripts()), encoding="utf-8")
