"""One row of goods, read for itself."""

import math
import re
from decimal import Decimal
from itertools import product as combinations

import msgspec

from bot.language.values import barcodes
from repository.sheets.cells import STAND_INS, Cells, Misread
from repository.sheets.goods import Remark
from repository.sheets.numbers import Refused, money
from repository.sheets.table import Row, joined_by, letters
from repository.sheets.titles import Field, is_size, plain

_NOT_MADE = frozenset({"", "x", "✗", "n a", "na", "none", "wala"})
"""What stands below a size that there is not, as `plain` has it; a dash is nothing there."""
_SEVERAL_TITLES = frozenset(
    ("sizes", "colors", "colours", "variants", "flavors", "flavours", "shades", "available sizes", "available colors")
)
_CHOICE_LETTERS = 30
_NAME_LETTERS = 255
_CHOICES_MOST = 200


class Line(msgspec.Struct):
    """What one row says, before it is joined with those of the same product."""

    row: int
    key: str = ""
    handle: str = ""
    name: str = ""
    sku: str = ""
    barcode: str = ""
    kind: str = ""
    options: dict[str, str] = {}
    names: dict[str, str] = {}
    price: Decimal | None = None
    list_price: Decimal | None = None
    currency: str = ""
    stock: int | None = None
    surcharge: Decimal = Decimal(0)
    is_hidden: bool = False
    description: str = ""
    category: tuple[str, ...] = ()
    brand: str = ""
    unit: str = ""
    origin: tuple[str, str] | None = None
    cost: Decimal | None = None
    wholesale: Decimal | None = None
    weight_kg: Decimal | None = None
    images: tuple[str, ...] = ()
    why: str = ""
    column: str = ""
    is_combined: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether it is no more than a further picture of its product."""
        return not (self.why or self.price is not None or self.options or self.sku) and bool(self.images)


def read_line(cells: Cells, row: Row, section: tuple[str, ...], questions: list[Remark]) -> Line:
    """Read a row; where it cannot be taken, `why` says so and `column` where.

    Args:
        cells: How this table is read.
        row: What to read.
        section: The category of the rows around it.
        questions: Where to put what a person has to look at.
    """
    line = Line(row.number)
    try:
        line.handle = cells.number(row, Field.KEY)
        line.key = joined_by(line.handle)
        line.name = _name(cells, row, questions)
        line.kind = cells.text(row, Field.TYPE).casefold()
        line.images = cells.images(row)
        line.names = cells.option_names(row)
        line.options = cells.options(row)
        line.sku = cells.number(row, Field.SKU)
        line.barcode = _barcode(cells, row, questions, is_only=not line.sku)
        line.sku = line.sku or line.barcode
        line.is_hidden = cells.is_hidden(row)
        line.description = cells.long_text(row, Field.DESCRIPTION)
        line.category = cells.category(row) or section
        brand = cells.text(row, Field.BRAND)[:100]
        line.brand = "" if brand.casefold() in STAND_INS else brand
        line.unit = cells.text(row, Field.UNIT)
        line.weight_kg = _weight_kg(cells, row)
        origin = cells.header.all(Field.ORIGIN)
        if origin and (where := cells.text(row, Field.ORIGIN)):
            line.origin = (origin[0].title.strip(" -"), where)
        _read_prices(cells, row, line, questions)
        if (counted := cells.header.one(Field.STOCK)) is not None and counted in row.spread:
            questions.append(Remark(row.number, letters(counted), "the stock is one cell for several rows: left out"))
        else:
            line.stock = cells.stock(row, line.unit)
    except Misread as error:
        line.why, line.column = str(error), error.column
    for field in (Field.COST, Field.WHOLESALE):
        try:
            amount = cells.money(row, field)
            setattr(line, field.value, amount.amount if amount else None)
        except Misread as error:
            questions.append(Remark(row.number, error.column, f"{error}: it is left out"))
    if not line.why and (at := _split_at(cells, row)) is not None:
        line.why = "there is a cell more than titles: was a price such as 1,250.00 saved without quotation marks?"
        line.column = letters(at)
    name = cells.header.one(Field.NAME)
    if name is not None and line.name.replace(".", "").isdigit() and not (line.key or line.sku):
        line.why, line.column = f"the name “{line.name}” is a number: has a cell slipped?", letters(name)
    return line


def _name(cells: Cells, row: Row, questions: list[Remark]) -> str:
    """What the goods are called; what is too long is cut, and said."""
    at, name = cells.header.one(Field.NAME), cells.text(row, Field.NAME)
    if at is not None and len(name) > _NAME_LETTERS:
        why = f"the name has {len(name)} letters: it is cut behind {_NAME_LETTERS}"
        questions.append(Remark(row.number, letters(at), why))
    return name[:_NAME_LETTERS]


def by_size(cells: Cells, row: Row, line: Line) -> list[Line]:
    """A row with a column for each size as a line for each: below it stands what it costs, or how many there are.

    Args:
        cells: How this table is read.
        row: What was read.
        line: It as it was read, but for its sizes.
    """
    sizes = [column for column in cells.header.all(Field.BY_SIZE) if plain(row.at(column.at)) not in _NOT_MADE]
    if line.why or not sizes:
        return [line]
    made = []
    for column in sizes:
        one = msgspec.structs.replace(line, options={**line.options, "Size": " ".join(column.title.split())})
        one.sku = f"{line.sku}-{column.title}" if line.sku else ""
        try:
            if cells.header.one(Field.PRICE) is None:
                price = cells.money_at(row, column.at)
                one.price, one.currency = price.amount, price.currency
            else:
                one.stock = cells.pieces_at(row, column.at, line.unit)
        except Misread as error:
            one.why, one.column = str(error), error.column
        made.append(one)
    return made


def by_choice(cells: Cells, line: Line, questions: list[Remark]) -> list[Line]:
    """A row of a seller's own list that names several sizes or colours in one cell as a line for each.

    Args:
        cells: How this table is read.
        line: What was read.
        questions: Where to put that its stock is not known of each.
    """
    if cells.header.made_by or line.why or line.kind:
        return [line]
    choices = {_singular(name): _choices(name, value) for name, value in line.options.items()}
    if all(len(several) == 1 for several in choices.values()):
        line.options = {name: several[0] for name, several in choices.items()}
        return [line]
    own = [code.strip() for code in line.sku.split(",")]
    own = own if len(own) == math.prod(map(len, choices.values())) else []
    made: list[Line] = []
    for values in combinations(*choices.values()):
        one = msgspec.structs.replace(line, options=dict(zip(choices, values, strict=True)), stock=None)
        chosen = [value for value, several in zip(values, choices.values(), strict=True) if len(several) > 1]
        one.sku = "-".join((line.sku, *chosen)) if line.sku else ""
        one.sku = own[len(made)] if own else one.sku
        one.barcode = ""
        made.append(one)
    if line.stock is not None:
        counted = cells.header.one(Field.STOCK)
        why = f"the stock {line.stock} is for {len(made)} variants together: left out, say how many there are of each"
        questions.append(Remark(line.row, "" if counted is None else letters(counted), why))
    return made[:_CHOICES_MOST]


def _singular(title: str) -> str:
    """What one of several is called: "Available sizes" are of a size."""
    if plain(title) not in _SEVERAL_TITLES:
        return title
    return re.sub(r"(?i)^available\s+", "", title.strip()).rstrip("sS").capitalize()


def _choices(title: str, value: str) -> list[str]:
    """Each of several sizes or colours in one cell; itself where it is one."""
    for sign, least in ((r"[,;|]", 2), (r"/", 3)):
        parts = [part.strip() for part in re.split(sign, value) if part.strip()]
        is_plural = plain(title) in _SEVERAL_TITLES and all(len(part) <= _CHOICE_LETTERS for part in parts)
        is_several = len(parts) >= least and len(set(map(str.casefold, parts))) == len(parts)
        if is_several and (is_plural or all(is_size(part) for part in parts)):
            return parts
    return [value]


def _split_at(cells: Cells, row: Row) -> int | None:
    """Where a price was cut in two by its own comma, and all behind it has moved; None where none was."""
    width = max(column.at for column in cells.header.columns) + 1
    at = cells.header.one(Field.PRICE)
    if at is None or not any(place >= width for place in row.filled):
        return None
    is_cut = re.fullmatch(r"\D{0,5}\d{1,3}", row.at(at)) and re.fullmatch(r"\d{3}(\.\d{1,2})?", row.at(at + 1))
    return at if is_cut else None


def _barcode(cells: Cells, row: Row, questions: list[Remark], *, is_only: bool) -> str:
    """The barcode of a row. One that cannot be is left out where a SKU says what it is.

    Raises:
        Misread: It cannot be, and the row has no SKU.
    """
    at = cells.header.one(Field.BARCODE)
    try:
        code = barcodes.tidy(cells.number(row, Field.BARCODE))
        if at is not None and code and not barcodes.is_fit(code):
            raise Misread(f"“{code[:60]}” is no barcode", at)
    except Misread as error:
        if is_only:
            raise
        questions.append(Remark(row.number, error.column, f"{error}: the barcode is left out"))
        return ""
    if code.casefold() in STAND_INS or not code.strip("0"):
        return ""
    if at is not None and barcodes.is_mistyped(code):
        why = f"the last digit of the barcode {code} does not fit the others: was it typed right?"
        questions.append(Remark(row.number, letters(at), why))
    return code


def _read_prices(cells: Cells, row: Row, line: Line, questions: list[Remark]) -> None:
    price, sale = cells.money(row, Field.PRICE), None
    was = cells.money(row, Field.LIST_PRICE)
    if (when := cells.sale(row)) == "on":
        sale = cells.money(row, Field.SALE_PRICE)
    elif when != "over" and cells.text(row, Field.SALE_PRICE):
        questions.append(Remark(row.number, "", f"its sale begins on {when}: until then the usual price holds"))
    if surcharge := cells.money(row, Field.SURCHARGE):
        line.surcharge = surcharge.amount
    if price is None and sale is not None:
        price, sale = sale, None
    if price is None:
        return
    line.unit = line.unit or price.unit
    line.price, line.currency = price.amount, price.currency or cells.text(row, Field.CURRENCY).upper()[:3]
    if sale and 0 < sale.amount < price.amount:
        line.price, line.list_price = sale.amount, price.amount
    elif was and was.amount > price.amount:
        line.list_price = was.amount
    discount = cells.money(row, Field.DISCOUNT)
    if discount and discount.amount > 0:
        off = discount.amount
        if cells.text(row, Field.DISCOUNT_MODE).casefold() == "percent":
            off = (price.amount * off / 100).quantize(Decimal("0.01"))
        line.price, line.list_price = max(price.amount - off, Decimal(0)), price.amount


def _weight_kg(cells: Cells, row: Row) -> Decimal | None:
    """The weight of one piece, None where it is not said or cannot be read."""
    at = cells.header.one(Field.WEIGHT)
    if at is None or not row.at(at):
        return None
    title = plain(next(column.title for column in cells.header.columns if column.at == at)).split()
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


def without_links(goods: tuple[Row, ...], cells: Cells) -> list[Remark]:
    """What stands in the columns of pictures and is no link, said once.

    Args:
        goods: The rows.
        cells: How this table is read.
    """
    columns = [column.at for column in cells.header.all(Field.IMAGE)]
    found = [(row, at) for row in goods for at in columns if row.at(at) and "://" not in row.at(at)]
    found = [(row, at) for row, at in found if cells.text(row, Field.NAME) or cells.text(row, Field.KEY)]
    if not found:
        return []
    row, at = found[0]
    more = f" (and {len(found) - 1} more like it)" if len(found) > 1 else ""
    why = f"“{row.at(at)[:60]}”{more} is no link to a picture: pictures in a folder or a zip come in by their names"
    return [Remark(row.number, letters(at), why)]
