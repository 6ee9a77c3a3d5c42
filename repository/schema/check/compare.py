"""The differences between what the scripts promise and what is there, each with the statement that mends it."""

import re
from collections.abc import Iterator

import msgspec

from repository.schema.base.scripts import Script
from repository.schema.base.session import name
from repository.schema.base.statements import Item, act
from repository.schema.check.facts import (
    Column,
    Event,
    Facts,
    Key,
    Reference,
    Routine,
    Table,
    Trigger,
    View,
)

AGAIN = "Run `./quicksell db upgrade`: it is made again."


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as promised.

    Attributes:
        problem: What it is.
        mend: The statement or command that mends it.
    """

    problem: str
    mend: str


def differences(item: Item, promised: Facts, live: Facts, definitions: dict[Item, str]) -> list[Difference]:
    """What is different about one object; an empty list where nothing is.

    Args:
        item: Which object; it is promised.
        promised: What the scripts promise.
        live: What is there.
        definitions: The statements of the scripts, by what they make.
    """
    if item.kind == "table":
        if item.name not in live.tables:
            return [Difference(problem="is missing", mend="Run `./quicksell db upgrade`.")]
        return list(_table(item, promised.tables[item.name], live.tables[item.name], definitions.get(item, "")))
    key = f"{item.kind} {item.name}" if item.kind in ("procedure", "function") else item.name
    before: View | Routine | Trigger | Event | None
    after: View | Routine | Trigger | Event | None
    match item.kind:
        case "view":
            before, after = promised.views[key], live.views.get(key)
        case "trigger":
            before, after = promised.triggers[key], live.triggers.get(key)
        case "event":
            before, after = promised.events[key], live.events.get(key)
        case _:
            before, after = promised.routines[key], live.routines.get(key)
    if after is None:
        return [Difference(problem="is missing", mend=AGAIN)]
    given = "STARTS" in definitions.get(item, "").upper()
    return [Difference(problem=problem, mend=AGAIN) for problem in _object(before, after, given)]


def _object(
    before: View | Routine | Trigger | Event, after: View | Routine | Trigger | Event, starts_given: bool
) -> Iterator[str]:
    # The zone and the status of an event are the server's business: `verify` looks at them.
    unimportant = {"zone", "status"} | (set() if starts_given else {"starts"})
    for field in before.__struct_fields__:
        promised, live = getattr(before, field), getattr(after, field)
        if field in unimportant or promised == live:
            continue
        if field == "text":
            yield "its text cannot be seen with this account" if not live else "its text is not the script's"
        elif field == "columns":
            yield f"its columns are {_columns(live)}, not {_columns(promised)}"
        elif field == "strict":
            yield "it was made under an SQL mode that is not strict"
        else:
            yield f"its {field} is {live or 'none'}, not {promised or 'none'}"


def _columns(columns: dict[str, str]) -> str:
    return ", ".join(f"{column} {kind}" for column, kind in columns.items())


def _table(item: Item, promised: Table, live: Table, definition: str) -> Iterator[Difference]:
    parts = parts_of(definition)
    alter = f"ALTER TABLE {name(item.name)}"
    if promised.engine != live.engine:
        yield Difference(
            problem=f"its engine is {live.engine}, not {promised.engine}", mend=f"{alter} ENGINE = {promised.engine};"
        )
    if promised.collation != live.collation:
        yield Difference(
            problem=f"its collation is {live.collation}, not {promised.collation}",
            mend=f"{alter} CONVERT TO CHARACTER SET utf8mb4 COLLATE {promised.collation};",
        )
    for column, facts in promised.columns.items():
        column_there = live.columns.get(column)
        written = parts.get(column, f"{name(column)} {facts.type}")
        if column_there is None:
            yield Difference(problem=f"the column {column} is missing", mend=f"{alter} ADD COLUMN {written};")
        elif column_there != facts:
            yield Difference(
                problem=f"the column {column} {_of_column(facts, column_there)}",
                mend=f"{alter} MODIFY COLUMN {written};",
            )
    for column, column_there in live.columns.items():
        needed = not column_there.nullable and column_there.default is None and not column_there.generated
        if column not in promised.columns and needed and "auto_increment" not in column_there.extra:
            yield Difference(
                problem=f"the column {column} is not the shop's and must have a value, which the shop does not give it",
                mend=f"{alter} ALTER COLUMN {name(column)} SET DEFAULT ...; or make it NULL.",
            )
    yield from _table_keys(alter, promised, live, parts)
    yield from _table_references(alter, promised, live, parts)
    yield from _table_checks(alter, promised, live, parts)


def _of_column(promised: Column, live: Column) -> str:
    said: list[str] = []
    if promised.type != live.type:
        said.append(f"is {live.type}, not {promised.type}")
    if promised.nullable != live.nullable:
        said.append("may be NULL" if live.nullable else "must not be NULL")
    if promised.default != live.default:
        said.append(f"has the default {live.default or 'none'}, not {promised.default or 'none'}")
    if promised.extra != live.extra:
        said.append(f"is '{live.extra}', not '{promised.extra}'")
    if promised.generated != live.generated:
        said.append(f"is computed as {live.generated or 'nothing'}, not {promised.generated or 'nothing'}")
    if promised.collation != live.collation:
        said.append(f"has the collation {live.collation or 'none'}, not {promised.collation or 'none'}")
    return " and ".join(said)


def _table_keys(alter: str, promised: Table, live: Table, parts: dict[str, str]) -> Iterator[Difference]:
    for key, facts in promised.keys.items():
        key_there = live.keys.get(key)
        written = parts.get(key, _written_key(key, facts))
        if key_there is None and facts in live.keys.values():
            continue  # under another name it does the same
        if key_there is None:
            yield Difference(problem=f"the index {key} is missing", mend=f"{alter} ADD {written};")
        elif key_there != facts:
            drop = "DROP PRIMARY KEY" if key == "PRIMARY" else f"DROP INDEX {name(key)}"
            yield Difference(
                problem=f"the index {key} is {_of_key(key_there)}, not {_of_key(facts)}",
                mend=f"{alter} {drop}, ADD {written};",
            )
    for key, key_there in live.keys.items():
        if key not in promised.keys and key_there.unique and key_there not in promised.keys.values():
            yield Difference(
                problem=f"the unique index {key} is not the shop's and refuses rows that it writes",
                mend=f"{alter} DROP INDEX {name(key)};",
            )


def _of_key(key: Key) -> str:
    return f"{'unique ' if key.unique else ''}{key.kind} ({', '.join(key.columns)})"


def _written_key(key: str, facts: Key) -> str:
    columns = ", ".join(facts.columns)
    if key == "PRIMARY":
        return f"PRIMARY KEY ({columns})"
    return f"{'UNIQUE ' if facts.unique else ''}KEY {name(key)} ({columns})"


def _table_references(alter: str, promised: Table, live: Table, parts: dict[str, str]) -> Iterator[Difference]:
    unmatched = {reference.columns: reference for reference in live.references}
    for reference in promised.references:
        there = unmatched.pop(reference.columns, None)
        columns = ", ".join(reference.columns)
        written = parts.get(reference.name, _written_reference(reference))
        if there is None:
            yield Difference(problem=f"the foreign key of ({columns}) is missing", mend=f"{alter} ADD {written};")
        elif _rules(there) != _rules(reference):
            yield Difference(
                problem=f"the foreign key of ({columns}) is {_rules(there)}, not {_rules(reference)}",
                mend=f"{alter} DROP FOREIGN KEY {name(there.name)}; {alter} ADD {written};",
            )
    for columns_of, extra in unmatched.items():
        yield Difference(
            problem=f"the foreign key of ({', '.join(columns_of)}) is not the shop's",
            mend=f"{alter} DROP FOREIGN KEY {name(extra.name)};",
        )


def _rules(reference: Reference) -> str:
    return (
        f"to {reference.table} ({', '.join(reference.target)})"
        f" on delete {reference.on_delete.lower()} on update {reference.on_update.lower()}"
    )


def _written_reference(reference: Reference) -> str:
    return (
        f"CONSTRAINT {name(reference.name)} FOREIGN KEY ({', '.join(reference.columns)}) REFERENCES"
        f" {name(reference.table)} ({', '.join(reference.target)}) ON DELETE {reference.on_delete}"
    )


def _table_checks(alter: str, promised: Table, live: Table, parts: dict[str, str]) -> Iterator[Difference]:
    for check, clause in promised.checks.items():
        if clause not in live.checks.values():
            drop = f"DROP CONSTRAINT {name(check)}, " if check in live.checks else ""
            written = parts.get(check, f"CONSTRAINT {name(check)} CHECK ({clause})")
            yield Difference(
                problem=f"the check {check} is {'different' if drop else 'missing'}: {clause}",
                mend=f"{alter} {drop}ADD {written};",
            )
    for check, clause in live.checks.items():
        if check not in promised.checks and clause not in promised.checks.values():
            yield Difference(
                problem=f"the check {check} is not the shop's and refuses rows that it writes: {clause}",
                mend=f"{alter} DROP CONSTRAINT {name(check)};",
            )


_PIECE = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`|--[^\n]*|/\*.*?\*/|[(),]|[^'`(),/-]+|.", re.DOTALL)
_OF_PART = re.compile(
    r"(?:CONSTRAINT\s+`?(?P<constraint>[\w$]+)`?|(?:UNIQUE\s+|FULLTEXT\s+)?(?:KEY|INDEX)\s+`?(?P<key>[\w$]+)`?"
    r"|(?P<primary>PRIMARY)\s+KEY|`?(?P<column>[\w$]+)`?)",
    re.IGNORECASE,
)


def parts_of(create_table: str) -> dict[str, str]:
    """The columns, indexes and constraints of a CREATE TABLE as they are written, by name.

    Args:
        create_table: The statement; empty gives nothing.
    """
    parts: dict[str, str] = {}
    depth = 0
    text = ""
    for piece in _PIECE.findall(create_table):
        if piece.startswith(("--", "/*")):
            continue
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if depth == 0 or (depth == 1 and piece in (",", "(")):
            if match := _OF_PART.match(text.strip()):
                known = match["constraint"] or match["key"] or ("PRIMARY" if match["primary"] else match["column"])
                parts[known] = " ".join(text.split())
            text = ""
            if depth == 0 and piece == ")":
                break
            continue
        text += piece
    return parts


def definitions_of(scripts: tuple[Script, ...]) -> dict[Item, str]:
    """The statement that makes each object, by what it makes; the first one counts."""
    definitions: dict[Item, str] = {}
    for script in scripts:
        for statement in script.statements:
            deed = act(statement.text)
            if deed is not None and deed.verb == "create":
                definitions.setdefault(deed.item, statement.text)
    return definitions
