"""Tables on their way out: CSV and XLSX in which no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_IS_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `undefused` gives the text back.

    Args:
        text: What the cell shall show.
    """
    return f"'{text}" if _IS_FORMULA.match(text) else text


def undefused(text: str) -> str:
    """The text that `defused` made harmless.

    Args:
        text: What the cell shows.
    """
    return text[1:] if text.startswith("'") and _IS_FORMULA.match(text) else text


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as Excel opens it: UTF-8 with a byte order mark.

    Args:
        rows: The titles, and what stands below them.
    """
    file = io.StringIO(newline="")
    csv.writer(file).writerows([defused(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Iterable[Sequence[str]], *, title: str = "Products") -> bytes:
    """A workbook whose cells are all texts: an id keeps its zeros and every digit.

    Args:
        rows: The titles, and what stands below them.
        title: What the sheet is called.
    """
    from openpyxl import Workbook  # 17 MB, of which a server that hands out no workbook keeps none
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", defused(text)))
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
