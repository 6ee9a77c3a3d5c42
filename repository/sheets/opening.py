"""The program that opens workbooks, one in a process of its own: `workbooks.py` starts it and says why.

Workbooks (XLSX, XLS, ODS) are read by python-calamine: openpyxl refuses some that marketplaces hand out.
"""

import html
import io
import re
import resource
import sys
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from repository.sheets.table import COLUMNS_MOST, ROWS_MOST, Row, Sheet, Unreadable

DAMAGED = "The workbook cannot be opened: it is damaged or has a password. Save it again, or as CSV."
MEMORY_MOST = 3 * 1024**3
"""Bytes that this program may have; a cell far out on a sheet makes the reader ask for hundreds of gigabytes."""
_DOWN_MOST = 1000  # rows over which one cell is merged
_UNPACKED_MOST = 600 * 1024 * 1024
_HEAD = 65_536  # bytes of a sheet in which its columns are described
_NOT_RECKONED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f[^>]*?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
"""A formula without what it came to: a program wrote the file, and no spreadsheet has opened it since."""
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_Cell = int | float | str | bool | time | date | datetime | timedelta


class Opened(msgspec.Struct):
    """What came of it.

    Attributes:
        sheets: The visible sheets, as tables.
        problem: Why there are none; empty where there are.
    """

    sheets: list[Sheet] = []
    problem: str = ""


def opened(content: bytes) -> list[Sheet]:
    """The visible sheets of a workbook, as tables.

    Args:
        content: The whole file.

    Raises:
        Unreadable: It is damaged, locked with a password, or too large.
    """
    if content.startswith(b"PK"):
        _weigh(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [
            about.name
            for about in book.sheets_metadata
            if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
        ]
        parts = _parts(content) if content.startswith(b"PK") else {}
        return [_as_shown(_read(book.get_sheet_by_name(name), name), parts.get(name, b"")) for name in visible]
    except CalamineError as error:
        raise Unreadable(DAMAGED) from error


def _parts(content: bytes) -> dict[str, bytes]:
    """What an XLSX file itself says of each sheet, by its name; empty for other workbooks."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed, suppress(KeyError, ParseError, DefusedXmlException):
        book: Element = fromstring(packed.read("xl/workbook.xml"))
        links: Element = fromstring(packed.read("xl/_rels/workbook.xml.rels"))
        paths = {link.get("Id"): link.get("Target", "").removeprefix("/xl/") for link in links}
        named = [(sheet.get("name", ""), paths.get(sheet.get(_LINKED), "")) for sheet in book.iter(_SHEET)]
        return {name: packed.read(f"xl/{path}") for name, path in named if path}
    return {}


def _as_shown(sheet: Sheet, part: bytes) -> Sheet:
    """The sheet, with its formulas where nobody has reckoned them, and which of its columns are hidden."""
    hidden: set[int] = set()
    for column in re.findall(rb"<col [^>]*>", part[:_HEAD]):
        if re.search(rb"\bhidden=\"(1|true)\"", column):
            ends = {key: int(number) for key, number in re.findall(rb"\b(min|max)=\"(\d{1,5})\"", column)}
            hidden.update(range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), COLUMNS_MOST)))
    rows = list(sheet.rows)
    for found in _NOT_RECKONED.finditer(part) if b"<f" in part else ():
        at, place = _column(found[1].decode()), int(found[2]) - 1
        if place < len(rows) and at < len(rows[place].cells) and not rows[place].at(at):
            cells = rows[place].cells
            text = "=" + html.unescape((found[3] or b"").decode(errors="replace"))[:200]
            rows[place] = msgspec.structs.replace(rows[place], cells=(*cells[:at], text, *cells[at + 1 :]))
    return msgspec.structs.replace(sheet, rows=tuple(rows), hidden=frozenset(hidden))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _weigh(content: bytes) -> None:
    """Refuse what would unpack to more than any sheet needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(member.file_size for member in packed.infolist())
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        OSError,
    ) as error:
        raise Unreadable("The workbook is damaged. Save it again, or as CSV.") from error
    if size > _UNPACKED_MOST:
        raise Unreadable("The workbook unpacks to far more than a list of products has. Save it as CSV.")


def _read(sheet: CalamineSheet, name: str) -> Sheet:
    if sheet.start is None or sheet.end is None:
        return Sheet(name, ())
    if sheet.end[0] >= ROWS_MOST:
        raise Unreadable(f"The sheet {name} has more than {ROWS_MOST:,} rows. Cut it into several files.")
    ranges = sheet.merged_cell_ranges or ()
    merged = {row for (row, left), (last, right) in ranges if row == last and right > left}
    down = [(row, last, left) for (row, left), (last, right) in ranges if left == right and last - row < _DOWN_MOST]
    across: dict[int, dict[int, int]] = {}
    for (row, left), (_, right) in ranges:
        if left < right < COLUMNS_MOST:
            across.setdefault(row, {})[left] = right - left
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        found = _row(number, cells[:COLUMNS_MOST])
        is_merged = number - 1 in merged and len(found.filled) == 1
        rows.append(Row(number, found.cells, found.numbers, found.dates, is_merged, across=across.get(number - 1, {})))
    _spread(rows, down)
    return Sheet(name, tuple(rows))


def _spread(rows: list[Row], down: Iterable[tuple[int, int, int]]) -> None:
    """Give every row what a cell holds that is merged over several of them."""
    for first, last, at in sorted(down)[:ROWS_MOST]:
        top = rows[first] if first < len(rows) else None
        if top is None or not top.at(at):
            continue
        for place in range(first, min(last + 1, len(rows))):
            row = rows[place]
            cells = (*row.cells, *("" for _ in range(at + 1 - len(row.cells))))
            rows[place] = msgspec.structs.replace(
                row,
                cells=(*cells[:at], top.cells[at], *cells[at + 1 :]),
                numbers=row.numbers | (top.numbers & {at}),
                dates=row.dates | (top.dates & {at}),
                spread=row.spread | {at},
            )


def _row(number: int, cells: list[_Cell]) -> Row:
    return Row(
        number,
        tuple(_text(cell) for cell in cells),
        frozenset(at for at, cell in enumerate(cells) if isinstance(cell, int | float) and not isinstance(cell, bool)),
        frozenset(at for at, cell in enumerate(cells) if isinstance(cell, date | time)),
    )


def _text(cell: _Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e17:
        return str(int(cell))
    return str(cell)


def main() -> None:
    """Open the workbook that comes in, and give its sheets out."""
    with suppress(OSError, ValueError):  # a service may not set limits: then the system has the last word
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    try:
        came = Opened(sheets=opened(sys.stdin.buffer.read()))
    except Unreadable as refusal:
        came = Opened(problem=str(refusal))
    sys.stdout.buffer.write(msgspec.msgpack.encode(came))


if __name__ == "__main__":
    main()
