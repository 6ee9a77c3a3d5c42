"""CSV and its relatives: which encoding, which separator, which records."""

import codecs
import csv
import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence

from repository.sheets.table import COLUMNS_MOST, ROWS_MOST, Row, Sheet, Unreadable

_SEPARATORS = "\t;|,"
_LOOKED_AT = 200  # records from which the separator is told
csv.field_size_limit(1_000_000)


def read_text(content: bytes) -> Sheet:
    """A file of separated texts as a table.

    A detector of encodings and `csv.Sniffer` are both wrong for such files: UTF-8 says of itself whether it is, a byte
    order mark says what it is, and what is neither is Windows-1252, as Excel writes it.

    Args:
        content: The whole file.

    Raises:
        Unreadable: It is no text, or has too many rows.
    """
    text, encoding = _decoded(content)
    separator = _separator(text)
    rows, began, ended = [], 0, 0
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=separator)
    try:
        for number, record in enumerate(reader, 1):
            if number > ROWS_MOST:
                raise Unreadable(f"The file has more than {ROWS_MOST:,} rows. Cut it into several files.")
            if len(record) > COLUMNS_MOST:
                raise Unreadable(f"Row {number} has more than {COLUMNS_MOST} columns. Is this a list of products?")
            rows.append(Row(number, tuple(record)))
            began, ended = ended, reader.line_num
    except csv.Error as error:
        raise Unreadable(
            f"Row {len(rows) + 1} cannot be read: {error}. Look for a quotation mark without its end."
        ) from error
    if _is_left_open(lines[began:], separator):
        raise Unreadable(
            f"The quotation mark in row {len(rows)} has no end: all that stands behind it would be read as one cell."
            " Close it, or take it away."
        )
    return Sheet("", tuple(rows), encoding, separator)


def _is_left_open(record: Sequence[str], separator: str) -> bool:
    """Whether a quotation begins in the last record and never ends."""
    try:
        list(csv.reader(record, delimiter=separator, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as error:
            raise Unreadable("The file begins like UTF-16, but is cut off. Save it again as CSV (UTF-8).") from error
    if b"\0" in content[:100_000]:
        if unmarked := _without_mark(content):
            return unmarked, "UTF-16"
        raise Unreadable("This is no text file. Save the sheet as CSV or XLSX.")
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return _line_by_line(content)


def _line_by_line(content: bytes) -> tuple[str, str]:
    """Windows-1252; where two programs have written the file, each line as it says itself."""
    lines, is_mixed = [], False
    for line in content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True):
        try:
            lines.append(line.decode())
            is_mixed |= not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return "".join(lines), "UTF-8 and Windows-1252" if is_mixed else "Windows-1252"


def _without_mark(content: bytes) -> str:
    """UTF-16 that does not say so: of Latin letters every second byte is zero. Empty where it is none."""
    head = content[:2000]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if 2 * zeros.count(0) > len(zeros) and head.count(0) == zeros.count(0):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                return ""
    return ""


def _separator(text: str) -> str:
    """The one that gives most records the same number of cells, where quotes are minded."""
    first = text.split("\n", 1)[0].strip().casefold()
    if first.startswith("sep=") and len(first) == 5 and first[4] in _SEPARATORS:
        return first[4]
    counted = {separator: _weight(text, separator) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=lambda separator: counted[separator])


def _weight(text: str, separator: str) -> float:
    counts = Counter(cells for cells in _widths(text, separator) if cells > 1)
    if not counts:
        return 0
    width, records = counts.most_common(1)[0]
    return records * math.sqrt(min(width, 8))


def _widths(text: str, separator: str) -> Iterator[int]:
    """Of the first records, how many cells each has."""
    try:
        reader = csv.reader(io.StringIO(text[:400_000], newline=""), delimiter=separator)
        for _, record in zip(range(_LOOKED_AT), reader, strict=False):
            yield len(record)
    except csv.Error:
        return
