"""What every kind of file becomes first: numbered rows of texts."""

import html
import re
import unicodedata

import msgspec

from repository.database.errors import ShopError

ROWS_MOST = 200_000
COLUMNS_MOST = 512
BYTES_MOST = 60 * 1024 * 1024
_TAGS = re.compile(r"<[^>]{0,2000}>")


class Unreadable(ShopError):
    """A file is no sheet of products; the text says why and what to do."""


class Row(msgspec.Struct, frozen=True):
    """One record.

    Attributes:
        number: As people count it, from 1: the row on a sheet, the record of a CSV file, the item of a feed.
        cells: Its texts from the first column on; what is not there is missing or empty.
        numbers: Which columns hold numbers rather than texts, where the file tells.
        dates: Which columns hold dates that a spreadsheet has made.
        is_merged: Whether its only text is merged over several columns.
        spread: Which columns are one cell with rows above or below: each has its text.
        across: How many columns behind it each text is merged over, where it is.
    """

    number: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()
    is_merged: bool = False
    spread: frozenset[int] = frozenset()
    across: dict[int, int] = {}

    def at(self, column: int) -> str:
        """The text in a column, blanks around it left out.

        Args:
            column: From 0.
        """
        return self.cells[column].strip() if column < len(self.cells) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold something."""
        return tuple(column for column, cell in enumerate(self.cells) if cell.strip())


class Sheet(msgspec.Struct, frozen=True):
    """One table of a file.

    Attributes:
        name: What it is called in its workbook; empty where there is only one.
        rows: All of it, empty rows too.
        encoding: What its texts were written in; empty inside a workbook.
        separator: What stood between its cells; empty inside a workbook or a feed.
        hidden: Columns that the spreadsheet does not show.
        section: What stands above this table, where it is one of several on its sheet.
    """

    name: str
    rows: tuple[Row, ...]
    encoding: str = ""
    separator: str = ""
    hidden: frozenset[int] = frozenset()
    section: str = ""


def letters(column: int) -> str:
    """A column as spreadsheets call it: A, B, ... AA.

    Args:
        column: From 0.
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def collapsed(text: str) -> str:
    """A text on one line, entities of HTML as characters.

    Args:
        text: A cell.
    """
    return " ".join(html.unescape(text).split())


def without_html(text: str) -> str:
    """A description as plain text.

    Args:
        text: A cell, with or without tags.
    """
    if "<" not in text and "&" not in text:
        return text.replace("\r\n", "\n").strip()
    broken = re.sub(r"(?i)<(br|/p|/li|/div|/h\d)[^>]{0,200}>", "\n", text)
    lines = (" ".join(line.split()) for line in html.unescape(_TAGS.sub("", broken)).splitlines())
    return "\n".join(line for line in lines if line)


def joined_by(text: str) -> str:
    """A key that joins rows, as it is compared: the same letter can be typed in two ways.

    Args:
        text: A cell.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
