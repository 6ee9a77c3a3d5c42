"""Workbooks for tests: merged cells, hidden sheets, formulas with what they came to."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

import openpyxl

Cell = str | int | float | date | None


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    formulas: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """A workbook.

    Args:
        sheets: The rows of each sheet, by its name.
        merged: Ranges of the first sheet that are one cell each, such as "A1:C1".
        hidden: Names of sheets that are not shown.
        formulas: Cells of the first sheet that are formulas, with the text that they came to when they were saved.
    """
    book = openpyxl.Workbook()
    for place, (name, rows) in enumerate(sheets.items()):
        sheet = book.active if place == 0 else book.create_sheet(name)
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
        if place == 0:
            for cells in merged:
                sheet.merge_cells(cells)
            for cell, (formula, _) in (formulas or {}).items():
                sheet[cell] = formula
        if name in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return _calculated(file.getvalue(), formulas) if formulas else file.getvalue()


def _calculated(content: bytes, formulas: Mapping[str, tuple[str, str]]) -> bytes:
    """What a spreadsheet saves beside a formula, which openpyxl does not write."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = part.decode()
                for cell, (_, came_to) in formulas.items():
                    text, changed = re.subn(
                        rf'(<c r="{cell}"[^>]*>)(<f>.*?</f>)<v ?/?>(</v>)?', rf"\1\2<v>{came_to}</v>", text
                    )
                    assert changed == 1, cell
                part = text.encode()
            new.writestr(name, part)
    return made.getvalue()
