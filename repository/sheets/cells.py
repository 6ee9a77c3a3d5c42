"""Cells of one row, read by what their columns are."""

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from repository.sheets.header import Header
from repository.sheets.numbers import Money, Refused, decimal_sign, money, pieces
from repository.sheets.table import Row, letters
from repository.sheets.titles import OURS, Field, plain
from repository.sheets.writing import undefused

_STAND_INS_TEXT = "see product page|n/a|na|none|-|--|various|default|default title|not specified|null"
STAND_INS = frozenset(_STAND_INS_TEXT.split("|"))
"""What is written into a cell that has to hold something."""
_NOT_SHOWN_TEXT = "false|0|-1|no|n|draft|archived|inactive|hidden|unlisted|discontinued|off"
_NOT_SHOWN = frozenset(_NOT_SHOWN_TEXT.split("|"))
_DIGITS_KEPT = 15
_TAGS = re.compile(r"<[^>]{0,2000}>")


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
        return text.strip()
    broken = re.sub(r"(?i)<(br|/p|/li|/div|/h\d)[^>]{0,200}>", "\n", text)
    lines = (" ".join(line.split()) for line in html.unescape(_TAGS.sub("", broken)).splitlines())
    return "\n".join(line for line in lines if line)


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
        today: The day in the shop, for sales that are over.
    """

    header: Header
    signs: Mapping[int, str]
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
        signs = {at: decimal_sign(row.at(at) for row in rows if at not in row.numbers) for at in columns}
        if (stock := header.one(Field.STOCK)) is not None and (price := header.one(Field.PRICE)) is not None:
            signs[stock] = signs[price]
        return cls(header, signs, today)

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
        if at in row.dates:
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
        try:
            if at in row.numbers:
                return money(row.at(at))
            return money(row.at(at), sign=self.signs[at])
        except Refused as error:
            raise Misread(str(error), at) from error

    def stock(self, row: Row) -> int | None:
        """The pieces on hand; None where they are not counted.

        Raises:
            Misread: It is no whole number.
        """
        at = self.header.one(Field.STOCK)
        text = "" if at is None else row.at(at)
        known = plain(text or self.text(row, Field.AVAILABILITY))
        if known in ("outofstock", "out of stock", "sold out", "discontinued"):
            return 0
        if at is None or not text or known in ("instock", "in stock", "available", "unlimited"):
            return None
        try:
            return pieces(text, sign="." if at in row.numbers else self.signs[at])
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
                title = re.sub(r"(?i)\s+name$", "", column.title.strip())
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
        if at in row.dates:
            raise Misread(f"“{row.at(at)}” was made a date by the spreadsheet: format the column as text", at)
        text = collapsed(_unwrapped(row.at(at)))
        return "" if text.casefold() in STAND_INS else text

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
        if re.fullmatch(r"[\d\s.]*", text):
            return ()
        if self.header.made_by == OURS:
            return tuple(text.split(" > "))
        first = re.split(r";|,\s(?=[^>]*>)" if ">" in text else r";", text)[0]
        if self.header.made_by == "WooCommerce":
            first = first.split(", ")[0]
        names = tuple(name[:100] for part in first.split(">") if (name := part.strip()))
        folded = [name.casefold() for name in names]
        if len(set(folded)) < len(folded):
            raise Misread(f"the category “{first[:60]}” stands within itself", at)
        return names

    def is_hidden(self, row: Row) -> bool:
        """Whether the file says that it is not sold."""
        status = self.text(row, Field.STATUS).casefold()
        sold = self.text(row, Field.AVAILABILITY).casefold()
        return status in _NOT_SHOWN or (sold == "n" and self.header.made_by == "Loyverse")

    def weight_kg(self, row: Row) -> Decimal | None:
        """The weight of one piece, None where it is not said or cannot be read."""
        at = self.header.one(Field.WEIGHT)
        if at is None or not row.at(at):
            return None
        title = plain(next(column.title for column in self.header.columns if column.at == at)).split()
        match = re.fullmatch(r"([\d.,]+)\s*([a-zA-Z]*)", row.at(at))
        if match is None:
            return None
        units = {"g": "0.001", "grams": "0.001", "gram": "0.001", "kg": "1", "lb": "0.45359237", "lbs": "0.45359237"}
        unit = match[2].casefold() or next((word for word in title if word in units), "kg")
        try:
            weight = (money(match[1]).amount * Decimal(units.get(unit, "1"))).quantize(Decimal("0.001"))
        except Refused:
            return None
        return weight if 0 < weight < 10_000 else None

    def is_sale_over(self, row: Row) -> bool:
        """Whether the file says until when its sale price holds, and that is past."""
        dates = re.findall(r"\d{4}-\d{2}-\d{2}", self.text(row, Field.SALE_DATES))
        return bool(dates) and dates[-1] < self.today.isoformat()


def _numbered(title: str, place: int) -> str:
    """Which of several options a column is about: the number in its title, or its place."""
    number = re.search(r"\d+", title)
    return f"#{number[0] if number else place}"


def _unwrapped(text: str) -> str:
    """Undo what keeps spreadsheets from reading a text as a number or a formula."""
    if match := re.fullmatch(r'="([^"]*)"', text):
        return match[1]
    return undefused(text)


def joined_by(text: str) -> str:
    """A key that joins rows, as it is compared: the same letter can be typed in two ways.

    Args:
        text: A cell.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
