"""A file of replies, from its bytes to what each row says: CSV, XLSX and its relatives, or JSON."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from repository.sheets.goods import Remark
from repository.sheets.reading import tables_in
from repository.sheets.table import Row, Sheet, Unreadable, letters
from repository.sheets.writing import undefused

FIELDS: Mapping[str, str] = {
    "kind": "Kind",
    "keyword": "Keyword",
    "language": "Language",
    "phrases": "Also answers to",
    "match_rule": "When the message",
    "response": "Answer",
    "category": "Category",
    "tags": "Tags",
    "priority": "Priority",
    "hours": "Hours",
    "is_active": "On",
    "picture": "Picture",
    "sku": "Product",
    "buttons": "Buttons",
    "quick_replies": "Quick replies",
}
"""What a row can say, and the title of its column in our own files."""
_ALSO = {
    "kind": ("type",),
    "keyword": (
        "key",
        "keywords",
        "word",
        "trigger",
        "short code",
        "shortcode",
        "shortcut",
        "question",
        "block",
        "name",
    ),
    "language": ("lang", "locale", "wika"),
    "phrases": ("phrases", "synonyms", "other phrases", "other words"),
    "match_rule": ("match", "matches", "match rule", "match_rule", "rule"),
    "response": ("response", "reply", "text", "message", "words", "content", "sagot"),
    "category": ("group", "folder"),
    "tags": ("tag", "labels"),
    "priority": (),
    "hours": ("only at these hours", "active hours"),
    "is_active": ("active", "enabled", "is_active", "is active", "answers shoppers", "state"),
    "picture": ("image", "photo", "picture url", "image url"),
    "sku": ("sku", "product sku", "product’s card"),
    "buttons": ("button",),
    "quick_replies": ("quick_replies", "quick reply"),
}
_TITLES = {title.casefold(): field for field, shown in FIELDS.items() for title in (field, shown, *_ALSO[field])}
_TITLES_WITHIN = 20  # rows among which the one with the titles is
_LISTS = ("phrases", "buttons", "quick_replies")
"""What JSON may give as a list, a line each."""
_NO_TITLES = (
    "No row of titles was found. The first row says what stands below it: at least Keyword and Answer. Export your"
    " replies to see a file that fits."
)


class Line(msgspec.Struct, frozen=True):
    """What one row says.

    Attributes:
        row: As people count it, from 1.
        texts: What it says, by field; what the file has no column for is not there.
        columns: Where each stands, as spreadsheets call it; empty in JSON.
        numbers: Fields that hold a number rather than a text, where the file tells.
    """

    row: int
    texts: Mapping[str, str]
    columns: Mapping[str, str] = {}
    numbers: frozenset[str] = frozenset()


class Read(msgspec.Struct, frozen=True):
    """A file as it was read.

    Attributes:
        lines: Its rows.
        unused: Columns, or names, that say nothing to us.
    """

    lines: tuple[Line, ...]
    unused: tuple[Remark, ...] = ()


def read_replies(content: bytes) -> Read:
    """Read a file of replies. What it is called does not matter: what it holds says what it is.

    Args:
        content: The whole file.

    Raises:
        Unreadable: It is no such file; the text says why and what to do.
    """
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        return _of_json(content)
    read = [made for sheet in tables_in(content) if (made := _of_sheet(sheet))]
    if not read:
        raise Unreadable(_NO_TITLES)
    return max(read, key=lambda one: len(one.lines))


def _of_sheet(sheet: Sheet) -> Read | None:
    """A table with titles that we know; None where it has none."""
    for place, row in enumerate(sheet.rows[:_TITLES_WITHIN]):
        fields: dict[str, int] = {}
        for column, cell in enumerate(row.cells):
            field = _TITLES.get(" ".join(cell.casefold().split()))
            if field and field not in fields:
                fields[field] = column
        if {"keyword", "response"} <= fields.keys():
            unused = tuple(
                Remark(row.number, letters(column), f"“{row.at(column)[:60]}” is no column of replies: it is not read")
                for column in row.filled
                if column not in fields.values()
            )
            return Read(tuple(_lines(sheet.rows[place + 1 :], fields)), unused)
    return None


def _lines(rows: Sequence[Row], fields: Mapping[str, int]) -> Iterator[Line]:
    columns = {field: letters(column) for field, column in fields.items()}
    for row in rows:
        if row.filled:
            texts = {field: undefused(row.at(column)) for field, column in fields.items()}
            numbers = frozenset(field for field, column in fields.items() if column in row.numbers)
            yield Line(row.number, texts, columns, numbers)


def _of_json(content: bytes) -> Read:
    try:
        told = msgspec.json.decode(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("The JSON is no UTF-8. Save it so.") from error
    except msgspec.DecodeError as error:
        raise Unreadable(f"The JSON is broken: {error}. Export your replies to see a file that fits.") from error
    if isinstance(told, dict):
        told = told.get("replies")
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise Unreadable('The JSON holds no list of replies: [{"keyword": …, "response": …}, …] is one.')
    if not told:
        raise Unreadable("The JSON holds no reply.")
    unused: dict[str, int] = {}
    lines = []
    for number, one in enumerate(told, 1):
        texts: dict[str, str] = {}
        for name, value in one.items():
            field = _TITLES.get(" ".join(str(name).casefold().split()))
            if field is None:
                unused.setdefault(str(name), number)
            else:
                texts.setdefault(field, _said(field, value))
        lines.append(Line(number, texts))
    remarks = tuple(
        Remark(number, "", f"“{name[:60]}” is nothing of replies: it is not read") for name, number in unused.items()
    )
    return Read(tuple(lines), remarks)


def _said(field: str, value: object) -> str:
    if isinstance(value, list):
        return ("\n" if field in _LISTS else ", ").join(str(one) for one in value)
    if isinstance(value, bool):
        return "on" if value else "off"
    return "" if value is None else str(value).strip()
