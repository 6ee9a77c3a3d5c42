"""Cells of one row, read by what their columns are."""

import re
from collections.abc import Mapping
from datetime import date

import msgspec

from repository.sheets.header import Header
from repository.sheets.numbers import (
    NOTHING_LEFT,
    SOME_LEFT,
    WITHOUT_CENTS,
    Money,
    Refused,
    decimal_sign,
    has_thousandths,
    is_either,
    money,
    pieces,
)
from repository.sheets.table import Row, collapsed, letters, without_html
from repository.sheets.titles import OURS, Field, plain
from repository.sheets.writing import undefused

_STAND_INS_TEXT = "see product page|n/a|na|none|-|--|various|default|default title|not specified|null|no brand"
STAND_INS = frozenset(_STAND_INS_TEXT.split("|"))
"""What is written into a cell that has to hold something."""
_NOT_SHOWN_TEXT = "false|0|-1|no|n|draft|archived|inactive|hidden|unlisted|discontinued|off"
_NOT_SHOWN = frozenset(_NOT_SHOWN_TEXT.split("|"))
_DIGITS_KEPT = 15
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_EATEN = re.compile(rf"(?i)\d{{1,2}}-{_MONTH}(-\d{{2,4}})?|{_MONTH}-\d{{1,2}}")
"""What Excel writes where somebody typed "3-5"."""


class Misread(Refused):
    """A cell cannot be taken as it is; `column` says which."""

    def __init__(self, why: str, column: int | None) -> None:
        super().__init__(why)
        self.column = "" if column is None else letters(column)


class Cells(msgspec.Struct, frozen=True):
    """How the rows of one table are read.

    Attributes:
        header: Its columns.
        signs: What stands before the decimals, by column.
        thousandths: Columns whose numbers have three decimals.
        today: The day in the shop, for sales that are over.
    """

    header: Header
    signs: Mapping[int, str]
    thousandths: frozenset[int]
    today: date

    @classmethod
    def of(cls, header: Header, rows: tuple[Row, ...], today: date) -> "Cells":
        """Look at the columns of numbers as wholes.

        Args:
            header: The table's.
            rows: Its goods.
            today: The day in the shop.
        """
        fields = (
            Field.PRICE,
            Field.SALE_PRICE,
            Field.LIST_PRICE,
            Field.COST,
            Field.WHOLESALE,
            Field.SURCHARGE,
            Field.DISCOUNT,
        )
        columns = [at for field in (*fields, Field.STOCK) if (at := header.one(field)) is not None]
        columns += [column.at for column in header.all(Field.BY_SIZE)]
        usual = "," if header.currency in WITHOUT_CENTS else "."
        signs = {at: decimal_sign((row.at(at) for row in rows if at not in row.numbers), usual) for at in columns}
        if (stock := header.one(Field.STOCK)) is not None and (price := header.one(Field.PRICE)) is not None:
            signs[stock] = signs[price]
        fine = frozenset(at for at in columns if has_thousandths(row.at(at) for row in rows))
        return cls(header, signs, fine, today)

    def text(self, row: Row, field: Field) -> str:
        """What a row says in a column, on one line; empty where there is no such column."""
        at = self.header.one(field)
        if at is not None and self.header.made_by == OURS:
            return " ".join(_unwrapped(row.at(at)).split())
        return "" if at is None else collapsed(_unwrapped(row.at(at)))

    def long_text(self, row: Row, field: Field) -> str:
        """As `text`, with its lines."""
        at = self.header.one(field)
        if at is not None and self.header.made_by == OURS:
            return _unwrapped(row.at(at))
        return "" if at is None else without_html(row.at(at))

    def number(self, row: Row, field: Field) -> str:
        """An id, whose every digit counts.

        Raises:
            Misread: A spreadsheet has taken digits from it.
        """
        at = self.header.one(field)
        if at is None:
            return ""
        text = self.text(row, field)
        if re.fullmatch(r"\d+([.,]\d+)?[eE]\+?\d+", text):
            raise Misread(f"“{text}” has lost digits: format the column as text, and type the number again", at)
        if (
            at in row.numbers
            and len(re.sub(r"\D", "", text).rstrip("0")) > _DIGITS_KEPT - 1
            and len(text) > _DIGITS_KEPT
        ):
            raise Misread(f"“{text}” is a number cell, which keeps 15 digits only: format the column as text", at)
        if at in row.dates or _EATEN.fullmatch(text):
            raise Misread(f"“{text}” was made a date by the spreadsheet: format the column as text", at)
        return text

    def money(self, row: Row, field: Field) -> Money | None:
        """An amount; None where there is no such column or its cell is empty.

        Raises:
            Misread: It is none.
        """
        at = self.header.one(field)
        if at is None or not row.at(at):
            if field == Field.WHOLESALE and at is not None and at < len(row.cells) and row.cells[at]:
                raise Misread("the cell holds nothing but a blank", at)
            return None
        return self.money_at(row, at)

    def money_at(self, row: Row, at: int) -> Money:
        """The amount in a column.

        Raises:
            Misread: It is none.
        """
        text, sign = row.at(at), "." if at in row.numbers else self.signs[at]
        try:
            read = money(text, sign=sign)
        except Refused as error:
            raise Misread(str(error), at) from error
        if at in row.numbers or at in self.thousandths or not is_either(text, sign):
            return read
        if read.currency in WITHOUT_CENTS or self.header.currency in WITHOUT_CENTS:
            return money(text.replace(sign, ""), sign=sign)
        raise Misread(f"“{text[:40]}” may be thousands or have three decimals: write it as 1299.00", at)

    def stock(self, row: Row, unit: str = "") -> int | None:
        """The pieces on hand, of what is sold by a unit so many of it; None where they are not counted.

        Raises:
            Misread: It is no whole number.
        """
        at = self.header.one(Field.STOCK)
        text = "" if at is None else row.at(at)
        known = plain(text or self.text(row, Field.AVAILABILITY))
        if known in NOTHING_LEFT:
            return 0
        if at is None or not text or known in SOME_LEFT or text.casefold() in STAND_INS:
            return None
        return self.pieces_at(row, at, unit)

    def pieces_at(self, row: Row, at: int, unit: str = "") -> int:
        """The pieces in a column; of what is sold by a unit so many of it.

        Raises:
            Misread: It is no whole number.
        """
        try:
            return pieces(row.at(at), sign="." if at in row.numbers else self.signs[at], unit=unit)
        except Refused as error:
            raise Misread(str(error), at) from error

    def options(self, row: Row) -> dict[str, str]:
        """What tells a variant from the others, by the number of its column or by its title; stand-ins are left out.

        Raises:
            Misread: A spreadsheet has made a date of a size.
        """
        found: dict[str, str] = {}
        for place, column in enumerate(self.header.all(Field.OPTION_VALUE), 1):
            if value := self._option(row, column.at):
                found[_numbered(column.title, place)] = value
        for column in self.header.all(Field.OPTION):
            if value := self._option(row, column.at):
                title = re.sub(r"(?i)^et_title_|[ _](name|value)$", "", column.title.strip())
                if plain(title) == "variations combo" and ":" in value:
                    told = (part.partition(":") for part in value.split(","))
                    found.update({name.strip(): said.strip() for name, _, said in told})
                    continue
                if not (value == "Regular" and plain(title) == "variation"):
                    found[title] = value
        return found

    def option_names(self, row: Row) -> dict[str, str]:
        """What the numbered options are called in this row."""
        columns = enumerate(self.header.all(Field.OPTION_NAME), 1)
        return {
            _numbered(column.title, place): name for place, column in columns if (name := collapsed(row.at(column.at)))
        }

    def _option(self, row: Row, at: int) -> str:
        if at in row.dates or _EATEN.fullmatch(row.at(at)):
            raise Misread(f"“{row.at(at)}” was made a date by the spreadsheet: format the column as text", at)
        text = collapsed(_unwrapped(row.at(at)))
        return "" if text.casefold() in STAND_INS else text.removeprefix("Int:").strip()

    def images(self, row: Row) -> tuple[str, ...]:
        """The links to pictures, once each."""
        links: list[str] = []
        for column in self.header.all(Field.IMAGE):
            for part in re.split(r"[,;\n|]\s*(?=https?://)|\s+", row.at(column.at)):
                link = part.strip(" ,;|")
                if re.match(r"https?://[^\s<>]+$", link) and len(link) <= 500 and link not in links:
                    links.append(link)
        return tuple(links)

    def category(self, row: Row) -> tuple[str, ...]:
        """The category with those around it, from the outermost in; empty for none.

        Raises:
            Misread: It stands within itself.
        """
        at = self.header.one(Field.CATEGORY)
        text = self.text(row, Field.CATEGORY)
        if not text:
            text, at = self.text(row, Field.TAXONOMY).rpartition(">")[2], self.header.one(Field.TAXONOMY)
        if re.fullmatch(r"[\d\s.,;|]*", text):
            return ()
        if self.header.made_by == OURS:
            return tuple(text.split(" > "))
        text = text.replace("//", " > ")
        first = re.split(r";|,\s(?=[^>]*>)" if ">" in text else r";", text)[0]
        if self.header.made_by == "WooCommerce":
            first = first.split(", ")[0]
        names = tuple(name[:100] for part in first.split(">") if (name := part.strip()))
        if at == self.header.one(Field.CATEGORY) and (inner := self.text(row, Field.SUBCATEGORY)[:100].strip(" >")):
            names = (*names, inner)
        folded = [name.casefold() for name in names]
        if len(set(folded)) < len(folded):
            raise Misread(f"the category “{first[:60]}” stands within itself", at)
        return names

    def is_hidden(self, row: Row) -> bool:
        """Whether the file says that it is not sold."""
        said = {row.at(column.at).casefold() for column in self.header.all(Field.STATUS)}
        sold = self.text(row, Field.AVAILABILITY).casefold()
        return not said.isdisjoint(_NOT_SHOWN) or (sold == "n" and self.header.made_by == "Loyverse")

    def sale(self, row: Row) -> str:
        """Whether the sale price holds: "on", "over", or the day on which it begins."""
        start, end = "", ""
        for column in self.header.all(Field.SALE_DATES):
            dates = re.findall(r"\d{4}-\d{2}-\d{2}", row.at(column.at))
            if dates and (len(dates) > 1 or "start" in column.title.casefold()):
                start = dates[0]
            if dates and "start" not in column.title.casefold():
                end = dates[-1]
        if end and end < self.today.isoformat():
            return "over"
        return start if start > self.today.isoformat() else "on"


def _numbered(title: str, place: int) -> str:
    """Which of several options a column is about: the number in its title, or its place."""
    number = re.search(r"\d+", title)
    return f"#{number[0] if number else place}"


def _unwrapped(text: str) -> str:
    """Undo what keeps spreadsheets from reading a text as a number or a formula."""
    if match := re.fullmatch(r"""="([^"]*)"|'(\d+)""", text):
        return match[1] or match[2] or ""
    return undefused(text)
