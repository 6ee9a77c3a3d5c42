"""What a sheet holds once it is read: products, refusals, questions, and what is none of these."""

from decimal import Decimal

import msgspec

from repository.sheets.header import Column, Header
from repository.sheets.table import Sheet, letters
from repository.sheets.titles import SEVERAL, Field, taken_for


class SheetVariant(msgspec.Struct, frozen=True):
    """One thing that can be bought.

    Attributes:
        row: Where it stands.
        options: What tells it from the others, such as (("Color", "Red"),); empty for the only one.
        sku: Its own, empty for none.
        price: In the file's currency.
        list_price: What it cost before, None where that is not said.
        stock: Pieces, None where they are not counted in the file.
        is_hidden: Whether it is not sold for now.
        barcode: As a scanner types it, empty for none.
    """

    row: int
    options: tuple[tuple[str, str], ...]
    sku: str
    price: Decimal
    list_price: Decimal | None = None
    stock: int | None = None
    is_hidden: bool = False
    barcode: str = ""


class SheetProduct(msgspec.Struct, frozen=True):
    """One product with all that its rows say of it.

    Attributes:
        row: Its first row.
        key: What joins its rows, folded; empty where each row is a product.
        handle: What the file calls it, as it stands there; empty for nothing.
        sku: Its own, empty where only its variants have one, or nothing has.
        name: White space collapsed.
        description: Without HTML.
        category: From the outermost in; empty for none.
        brand: Empty for none.
        unit: What the price is for, such as "kg"; empty for a piece.
        cost: What the shop pays, None where that is not said.
        wholesale: The price for many, None where that is not said.
        weight_kg: Of one piece, None where that is not said.
        images: Links, the first one first.
        is_draft: Whether it is not to be sold as it stands.
        variants: At least one.
    """

    row: int
    key: str
    handle: str
    sku: str
    name: str
    description: str
    category: tuple[str, ...]
    brand: str
    unit: str
    cost: Decimal | None
    wholesale: Decimal | None
    weight_kg: Decimal | None
    images: tuple[str, ...]
    is_draft: bool
    variants: tuple[SheetVariant, ...]


class Remark(msgspec.Struct, frozen=True):
    """Something to be said about a row.

    Attributes:
        row: Which; 0 for the whole file.
        column: As spreadsheets call it, empty where it is about the row.
        why: In words for merchants, beginning small.
    """

    row: int
    column: str
    why: str


class Reading(msgspec.Struct, frozen=True):
    """All that a file says.

    Attributes:
        sheet: Which sheet of a workbook was read.
        encoding: What its texts were written in; empty inside a workbook.
        separator: What stands between its cells.
        made_by: Whose file it is, empty for a seller's own.
        header_rows: The rows of titles.
        first_row: The first row of goods.
        columns: What each was taken for.
        signature: What a person's match of the columns is remembered by.
        is_sure: Whether name and price were found without doubt.
        currency: ISO code, empty where the file names none.
        products: What can be imported.
        errors: Rows that cannot, each with its reason.
        questions: What a person has to look at; the rows are among the products, unless it is said that they are not.
        passed_over: Rows that are no products: titles, sections, totals, pictures, blanks.
    """

    sheet: str
    encoding: str
    separator: str
    made_by: str
    header_rows: tuple[int, ...]
    first_row: int
    columns: tuple[Column, ...]
    signature: str
    is_sure: bool
    currency: str
    products: tuple[SheetProduct, ...]
    errors: tuple[Remark, ...]
    questions: tuple[Remark, ...]
    passed_over: tuple[Remark, ...]

    @property
    def variants(self) -> int:
        """How many things can be bought."""
        return sum(len(product.variants) for product in self.products)


def of_columns(header: Header, sheet: Sheet) -> list[Remark]:
    """What has to be said of columns: those that are called like one that was read, and those that nobody sees.

    Args:
        header: What the columns were taken for.
        sheet: The table.
    """
    return [*_read_elsewhere(header), *_read_unseen(header, sheet)]


def _read_elsewhere(header: Header) -> list[Remark]:
    """Columns that are called like one that was read: prices of a second shop, a second list beside the first."""
    read = {column.field: column for column in header.columns if column.field and column.field not in SEVERAL}
    found = []
    for column in header.columns:
        meant, score = taken_for(column.title, header.made_by)
        is_meant = (meant == Field.NAME and score == 1) or (meant in (Field.PRICE, Field.STOCK) and score >= 0.6)
        if column.field is None and is_meant and meant in read:
            called = " ".join(column.title.split())[:60]
            why = f"the column “{called}” was not read: column {letters(read[meant].at)} is that already"
            found.append(Remark(0, letters(column.at), why))
    return found


def _read_unseen(header: Header, sheet: Sheet) -> list[Remark]:
    """Columns that were read though the spreadsheet hides them: nobody has looked at what they hold."""
    return [
        Remark(0, letters(column.at), f"the column “{' '.join(column.title.split())[:60]}” is hidden, and was read")
        for column in header.columns
        if column.at in sheet.hidden and column.field not in (None, Field.IGNORED) and not header.made_by
    ]
