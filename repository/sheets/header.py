"""Where the titles of a table stand, and what each column is taken for."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from repository.sheets.numbers import Refused, currency_in, money
from repository.sheets.table import Row, Sheet
from repository.sheets.titles import SEVERAL, Field, is_size, maker, plain, taken_for

_LOOKED_AT = 60  # rows in which a header may stand
_SURE = 0.75
_HINTS_WITHIN = 5  # rows behind the titles
_HINTS = frozenset(
    (
        "mandatory",
        "optional",
        "required",
        "conditional mandatory",
        "conditionally mandatory",
        "uneditable",
        "not required",
    )
)
_SUGGESTED = frozenset({"srp", "mrp", "uvp", "retail", "retail price"})


class Column(msgspec.Struct, frozen=True):
    """One column, and what it is taken for.

    Attributes:
        at: From 0.
        title: As it stands in the file; two rows of titles are joined.
        field: What it is taken for; None where nobody knows.
        score: How sure that is, from 0 to 1.
    """

    at: int
    title: str
    field: Field | None
    score: float


class Header(msgspec.Struct, frozen=True):
    """The titles of a table.

    Attributes:
        rows: The numbers of the rows that they stand in; empty for a feed.
        columns: Every column with a title.
        made_by: Whose file it is; empty for a seller's own.
        first: The place in the table of the first row behind them.
        currency: What the titles name, empty for nothing.
        score: How well it fits a list of products.
    """

    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    made_by: str
    first: int
    currency: str
    score: float

    @property
    def signature(self) -> str:
        """What a match is remembered by: the titles in their order, as they are compared."""
        return "|".join(plain(column.title) for column in self.columns)

    @property
    def is_sure(self) -> bool:
        """Whether no person need say which columns hold the name and the price."""
        scores = {column.field: column.score for column in self.columns}
        prices = scores.get(Field.PRICE, scores.get(Field.BY_SIZE, 0))
        return scores.get(Field.NAME, 0) >= _SURE <= prices

    def one(self, field: Field) -> int | None:
        """The column of a field, None where no column is that."""
        return next((column.at for column in self.columns if column.field == field), None)

    def all(self, field: Field) -> list[Column]:
        """The columns of a field that several can be, in the file's order."""
        return [column for column in self.columns if column.field == field]


def find_header(sheet: Sheet, matched: Mapping[str, Field | None] | None = None) -> Header | None:
    """The likeliest header of a table; None where nothing looks like one.

    Args:
        sheet: The table.
        matched: What a person has said of columns, by their titles as they are compared.
    """
    best: Header | None = None
    rows = sheet.rows
    for place in range(min(len(rows), _LOOKED_AT)):
        row = rows[place]
        if len(row.filled) < 2 or row.at(row.filled[0]).startswith("#"):
            continue
        for titles, used in _candidates(rows, place):
            header = _header(titles, used, place + len(used), matched or {})
            if header and (best is None or header.score > best.score + 0.25):
                best = header
    if best is None:
        return None
    return msgspec.structs.replace(best, first=_first(rows, best))


def parts_of(sheet: Sheet) -> list[Sheet]:
    """The tables that stand below one another on a sheet, each with titles of its own; the sheet where it is one.

    Args:
        sheet: It.
    """
    rows, begins, last, before = sheet.rows, list[int](), -2, list[str]()
    for place in filter(lambda at: _names_and_prices(rows[at]), range(len(rows))):
        titles = [plain(text) for text in rows[place].cells]
        if titles != before and place > last + 1:
            begins.append(place)
        last, before = place, titles
    if len(begins) < 2:
        return [sheet]
    above = [_above(rows, place) for place in begins]
    cuts = [0, *(place for place, _ in above[1:]), len(rows)]
    named = [text if all(one for _, one in above[1:]) else "" for _, text in above]
    parts = zip(cuts, cuts[1:], named, strict=False)
    return [msgspec.structs.replace(sheet, rows=rows[begin:end], section=text) for begin, end, text in parts]


def _names_and_prices(row: Row) -> bool:
    """Whether a row can be nothing but the titles of a table of goods."""
    if any(text.lstrip(" ₱$P")[:1].isdigit() for text in row.cells):
        return False
    known = {field for at in row.filled for field, score in (taken_for(row.at(at)),) if score >= 0.6}
    return {Field.NAME, Field.PRICE} <= known and _is_titles(row, least=2)


def _above(rows: Sequence[Row], place: int) -> tuple[int, str]:
    """Where what stands above some titles begins, and the one text right above them."""
    begins = place
    while begins and len(rows[begins - 1].filled) < 2:
        begins -= 1
    right = rows[place - 1] if place else Row(0, ())
    return begins, "".join(right.at(at) for at in right.filled) if len(right.filled) == 1 else ""


def signatures(sheet: Sheet) -> set[str]:
    """The `Header.signature` of every row that may be one.

    Args:
        sheet: The table.
    """
    return {
        "|".join(plain(title) for title in titles.values())
        for place in range(min(len(sheet.rows), _LOOKED_AT))
        for titles, _ in _candidates(sheet.rows, place)
    }


def _candidates(rows: Sequence[Row], place: int) -> list[tuple[dict[int, str], tuple[int, ...]]]:
    """The row alone, and joined with the one below where that holds no number."""
    row = rows[place]
    numbers: tuple[int, ...] = (row.number,) if row.number else ()
    found: list[tuple[dict[int, str], tuple[int, ...]]] = [({at: row.at(at) for at in row.filled}, numbers)]
    if place + 1 < len(rows) and row.number:
        below = rows[place + 1]
        if below.filled and len(row.filled) > 2 and len(below.filled) > 2 and not below.numbers:
            above = _groups(row)
            joined = {
                at: _one_title(above.get(at, ""), below.at(at)) for at in sorted({*row.filled, *below.filled, *above})
            }
            if sum(bool(re.search(r"\d", text)) for text in joined.values()) <= len(joined) // 3:
                found.append((joined, (row.number, below.number)))
    return found


def _groups(row: Row) -> dict[int, str]:
    """The titles of a row; one that is merged over several columns stands above each of them."""
    return {at + step: row.at(at) for at in row.filled for step in range(row.across.get(at, 0) + 1)}


def _one_title(above: str, below: str) -> str:
    """Two titles above one another as one; "Prices" above "Retail price" adds nothing to it."""
    if above.casefold() == below.casefold() or (below and taken_for(below)[1] == 1):
        return below
    return f"{above} {below}".strip()


def _header(
    titles: Mapping[int, str], numbers: tuple[int, ...], first: int, matched: Mapping[str, Field | None]
) -> Header | None:
    made_by = maker(frozenset(plain(title) for title in titles.values()))
    columns: list[Column] = []
    for at, title in titles.items():
        short = plain(title)
        field, score = (matched[short], 1.0) if short in matched else taken_for(title, made_by)
        columns.append(Column(at, title, field, score))
    columns = _by_size(_one_each(_before_and_now(columns)))
    fields = {column.field for column in columns}
    if Field.NAME not in fields and (stands_in := _stands_in_for_the_name(columns)):
        columns = [
            msgspec.structs.replace(column, field=Field.NAME) if column is stands_in else column for column in columns
        ]
        fields.add(Field.NAME)
    if {"total", "amount", "subtotal", "summe"} & {plain(column.title) for column in columns}:
        columns = [
            msgspec.structs.replace(column, field=Field.IGNORED)
            if plain(column.title) in ("qty", "quantity")
            else column
            for column in columns
        ]
    useful = fields - {None, Field.IGNORED}
    if len(useful) < 2 or not fields & {Field.NAME, Field.PRICE}:
        return None
    score = sum(column.score for column in columns if column.field not in (None, Field.IGNORED))
    score += 4 * (Field.NAME in fields) + 4 * (Field.PRICE in fields) - len(numbers) * 0.3
    currency = next(
        (code for column in columns if column.field == Field.PRICE if (code := currency_in(column.title))), ""
    )
    return Header(numbers, tuple(columns), made_by, first, currency, score)


def _stands_in_for_the_name(columns: Sequence[Column]) -> Column | None:
    """What names the goods where no column is called so."""
    for column in columns:
        if column.field == Field.DESCRIPTION or plain(column.title) in ("design", "style"):
            return column
    return None


def _before_and_now(columns: Sequence[Column]) -> list[Column]:
    """Of a suggested price and a selling price, the first is what others ask, the second what this shop does."""
    prices = [column for column in columns if column.field == Field.PRICE and column.score == 1]
    suggested = [column for column in prices if plain(column.title) in _SUGGESTED]
    if not suggested or len(suggested) == len(prices) or any(one.field == Field.LIST_PRICE for one in columns):
        return list(columns)
    return [
        msgspec.structs.replace(column, field=Field.LIST_PRICE) if column is suggested[0] else column
        for column in columns
    ]


def _by_size(columns: Sequence[Column]) -> list[Column]:
    """Columns that are called after sizes: several letters, or numbers that go up."""
    free = (None, Field.BY_SIZE, Field.IGNORED)
    sizes = [column for column in columns if column.field in free and is_size(column.title)]
    numbers = [float(column.title) for column in sizes if re.fullmatch(r"\d+(\.5)?", column.title.strip())]
    is_row = len(sizes) >= 2 and (not numbers or (len(numbers) >= 3 and numbers == sorted(set(numbers))))
    if not is_row:
        return list(columns)
    return [
        msgspec.structs.replace(column, field=Field.BY_SIZE, score=0.8) if column in sizes else column
        for column in columns
    ]


def _one_each(columns: Sequence[Column]) -> list[Column]:
    """A field that only one column can be goes to the surest, then to the first."""
    best: dict[Field, Column] = {}
    for column in columns:
        if column.field and column.field not in SEVERAL:
            known = best.get(column.field)
            if known is None or column.score > known.score:
                best[column.field] = column
    return [
        column
        if column.field is None or column.field in SEVERAL or best[column.field] is column
        else msgspec.structs.replace(column, field=None, score=0)
        for column in columns
    ]


def _first(rows: Sequence[Row], header: Header) -> int:
    """Where the goods begin: behind a marketplace's rows of explanations, and behind empty rows."""
    place = header.first
    if header.made_by in ("Shopee", "Lazada") or any(map(_is_hint, rows[place : place + _HINTS_WITHIN])):
        checked = [at for at in (header.one(Field.PRICE), header.one(Field.STOCK)) if at is not None]
        while place < len(rows) and not any(_is_number(rows[place].at(at)) for at in checked):
            place += 1
    while place < len(rows) and _is_titles(rows[place]):
        place += 1
    return place


def _is_hint(row: Row) -> bool:
    """Whether a row tells people how to fill in the columns."""
    return sum(row.at(at).casefold() in _HINTS for at in row.filled) > 1


def _is_titles(row: Row, least: int = 3) -> bool:
    """Whether a row behind the titles is one of titles too: their names for programs below those for people."""
    known = sum(taken_for(row.at(at))[1] >= 0.6 for at in row.filled)
    return known >= least and 3 * known >= 2 * len(row.filled) and not any(_is_number(row.at(at)) for at in row.filled)


def _is_number(text: str) -> bool:
    try:
        money(text)
    except Refused:
        return False
    return True
