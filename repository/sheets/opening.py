"""The program that opens workbooks, one in a process of its own: `workbooks.py` starts it and says why.

Workbooks (XLSX, XLS, ODS) are read by python-calamine: openpyxl refuses some that marketplaces hand out.
"""

import io
import resource
import sys
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import msgspec
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from repository.sheets.table import COLUMNS_MOST, ROWS_MOST, Row, Sheet, Unreadable

DAMAGED = "The workbook cannot be opened: it is damaged or has a password. Save it again, or as CSV."
MEMORY_MOST = 3 * 1024**3
"""Bytes that this program may have; a cell far out on a sheet makes the reader ask for hundreds of gigabytes."""
_DOWN_MOST = 1000  # rows over which one cell is merged
_UNPACKED_MOST = 600 * 1024 * 1024
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
        return [_read(book.get_sheet_by_name(name), name) for name in visible]
    except CalamineError as error:
        raise Unreadable(DAMAGED) from error


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
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = _row(number, cells[:COLUMNS_MOST])
        is_merged = number - 1 in merged and len(row.filled) == 1
        rows.append(Row(number, row.cells, row.numbers, row.dates, is_merged))
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
