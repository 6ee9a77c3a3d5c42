"""All that the shop says as a file that imports to no change."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from handlers.console.wording.blocks import blocks
from handlers.console.wording.sheet.reading import FIELDS
from handlers.console.wording.sheet.vocabulary import CANNED_KIND, OWN
from repository.database.connection import Connection
from repository.sheets.writing import csv_of, xlsx_of
from repository.wording import canned_edits, wording_edits

Format = Literal["csv", "xlsx", "json"]
TYPES: Mapping[Format, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


async def rows(conn: Connection) -> list[Mapping[str, str]]:
    """Every canned reply, and every wording of the merchant's, each by its fields.

    Args:
        conn: An open connection.
    """
    canned = [
        {"kind": CANNED_KIND, **{name: _text(getattr(one.body, name)) for name in FIELDS if name != "kind"}}
        for one in await canned_edits.every(conn)
    ]
    own = [
        {
            "kind": OWN,
            "keyword": one.name,
            "language": one.language,
            "response": one.words,
            "is_active": _text(one.is_active),
        }
        for one in await wording_edits.every(conn)
        if one.name in blocks()
    ]
    return [*canned, *own]


def file_of(found: Sequence[Mapping[str, str]], kind: Format) -> bytes:
    """Those rows as a file.

    Args:
        found: What `rows` found.
        kind: Of which kind.
    """
    if kind == "json":
        return msgspec.json.format(msgspec.json.encode({"replies": found}), indent=2) + b"\n"
    table = [list(FIELDS.values()), *([row.get(name, "") for name in FIELDS] for row in found)]
    return xlsx_of(table, title="Replies") if kind == "xlsx" else csv_of(table)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
