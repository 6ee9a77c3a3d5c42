"""A file of products, from its bytes to what can be imported."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from repository.sheets.cells import Cells
from repository.sheets.feeds import read_feed, read_page
from repository.sheets.goods import Reading, Remark, of_columns
from repository.sheets.header import Header, find_header, parts_of, signatures
from repository.sheets.joining import Joined, join, once, refuse_other_money
from repository.sheets.lines import Line, by_choice, by_size, read_line, without_links
from repository.sheets.numbers import SOME_DOLLAR, Refused, money
from repository.sheets.table import BYTES_MOST, Row, Sheet, Unreadable, joined_by
from repository.sheets.texts import read_text
from repository.sheets.titles import Field
from repository.sheets.workbooks import read_workbook

_OTHERS = {b"%pdf": "a PDF", b"[{": "JSON", b'{"': "JSON"}
"""What other files begin with, in small letters."""
_TOTALS = re.compile(
    r"(?i)\s*(grand |sub)?[ -]?(totals?|totales|totaal|summe|gesamt|suma|kabuuan|kabuoan|jumlah|итого)"
    r"( (items?|qty|quantity|amount|stocks?|pcs|pieces|price|sales|cost|value|of .{1,60}))?\s*[:=]?\s*[\d.,₱ ]*"
)


def read_sheet(content: bytes, *, today: date, matched: Mapping[str, Field | None] | None = None) -> Reading:
    """Read a file of products. What it is called does not matter: what it holds says what it is.

    Args:
        content: The whole file: CSV and its relatives, XLSX, XLS, ODS, or a feed in XML.
        today: The day in the shop, for sales that are over.
        matched: What a person has said that columns are, by their titles as `titles.plain` has them.

    Raises:
        Unreadable: It is no such file, or no table of products is in it.
    """
    tables = tables_in(content)
    header, sheets = _tables(tables, matched)
    if header is None:
        raise Unreadable(
            "No row of titles was found: one column should be called Name, one Price. Add such a row above the goods."
        )
    joined, lines = Joined(), list[Line]()
    for own, sheet in sheets:
        one = Joined()
        is_alone = len({one.name for _, one in sheets}) == 1
        lines.extend(_read_one(own, sheet, one, today, is_alone=is_alone))
        joined.add(one, "" if is_alone else f"in the sheet “{sheet.name}”: ")
    joined.products[:] = once(joined) if len(sheets) > 1 else joined.products
    sheet, goods = sheets[0][1], sheets[0][1].rows[header.first :]
    by_titles = {own.signature: (own, one) for own, one in reversed(sheets)}
    joined.questions[:0] = [told for own, one in reversed(by_titles.values()) for told in of_columns(own, one)]
    for other in _left_out(tables, sheets, header):
        why = f"the sheet “{other.name}” was not read, its titles are others: save it as a file of its own"
        joined.questions.insert(0, Remark(0, "", why))
    currency = header.currency or _commonest(line.currency for line in lines)
    currency = "" if currency == SOME_DOLLAR else currency
    if not currency:
        joined.questions.insert(0, Remark(0, "", "the file names no currency"))
    if not any(line.sku for line in lines):
        joined.questions.insert(0, Remark(0, "", "no row has a SKU: they are made of the names, and stay the same"))
    return Reading(
        sheet=sheet.name,
        encoding=sheet.encoding,
        separator=sheet.separator,
        made_by=header.made_by,
        header_rows=tuple(range(1, goods[0].number)) if header.made_by == "Shopee" and goods else header.rows,
        first_row=next((line.row for line in lines), header.first + 1),
        columns=header.columns,
        signature=header.signature,
        is_sure=header.is_sure,
        currency=currency,
        products=tuple(joined.products),
        errors=tuple(joined.errors),
        questions=tuple(joined.questions),
        passed_over=tuple(joined.passed_over),
    )


def possible_signatures(content: bytes) -> set[str]:
    """What a match of the columns could be remembered by, for each row that may hold the titles.

    Args:
        content: The whole file.

    Raises:
        Unreadable: It is no such file.
    """
    return {signature for sheet in tables_in(content) for signature in signatures(sheet)}


def tables_in(content: bytes) -> list[Sheet]:
    """The tables of a file, whatever is in them.

    Args:
        content: The whole file: CSV and its relatives, XLSX, XLS, ODS, or a feed in XML.

    Raises:
        Unreadable: It is no such file.
    """
    if not content.strip():
        raise Unreadable("The file is empty.")
    if len(content) > BYTES_MOST:
        raise Unreadable(f"The file is larger than {BYTES_MOST // 1024**2} MB. Cut it into several files.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_workbook(content)
    begins = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if kind := next((kind for sign, kind in _OTHERS.items() if begins.startswith(sign)), ""):
        raise Unreadable(f"This is {kind}, not a list of products. Save the list as CSV or XLSX.")
    if begins.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return [read_page(content)]
    if begins.startswith(b"<"):
        return [read_feed(content)]
    return [read_text(content)]


def _tables(
    sheets: list[Sheet], matched: Mapping[str, Field | None] | None
) -> tuple[Header | None, list[tuple[Header, Sheet]]]:
    """The first sheet whose titles fit nearly as well as those that fit best; of a seller's own, those like it too."""
    if not sheets:
        raise Unreadable("The workbook has no sheet that can be seen.")
    found = [(header, sheet) for sheet in sheets if (header := find_header(sheet, matched))]
    best = max((header.score for header, _ in found), default=0)
    first = next((header for header, _ in found if header.score >= 0.8 * best), None)
    if first is None or first.made_by:
        return first, [(header, sheet) for header, sheet in found if header is first]
    chosen = [(header, sheet) for header, sheet in found if header.signature == first.signature]
    parts = [(one, part) for _, sheet in chosen for part in parts_of(sheet) if (one := find_header(part, matched))]
    return parts[0][0], parts


def _left_out(tables: list[Sheet], read: list[tuple[Header, Sheet]], header: Header) -> list[Sheet]:
    """Further sheets of a seller's own workbook on which something stands."""
    if header.made_by:
        return []
    known = {sheet.name for _, sheet in read}
    return [one for one in tables if one.name not in known and sum(bool(row.filled) for row in one.rows) > 1]


def _read_one(header: Header, sheet: Sheet, joined: Joined, today: date, *, is_alone: bool) -> list[Line]:
    """Read the goods of one sheet; where there are several, each is called after its category."""
    goods = sheet.rows[header.first :]
    cells = Cells.of(header, goods, today)
    for row in sheet.rows[: header.first]:
        if row.number:
            joined.passed_over.append(Remark(row.number, "", "above the goods: titles, notes or blanks"))
    named = (sheet.section[:100],) if sheet.section else ()
    if not named and not is_alone and not re.fullmatch(r"(?i)sheet ?\d*", sheet.name):
        named = (sheet.name.strip()[:100],)
    lines = _of_one_way(list(_lines(goods, cells, joined, named)))
    _name_parents(lines, goods, cells)
    refuse_other_money(lines, header.currency or _commonest(line.currency for line in lines))
    joined.questions.extend(without_links(goods, cells))
    join(_told_apart(lines), joined)
    return lines


def _of_one_way(lines: list[Line]) -> list[Line]:
    """A category that is written "Bags > Totes" here and "Bags/Totes" there is one, as it was written first."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in lines:
        if len(line.category) > 1:
            known.setdefault(tuple(map(str.casefold, line.category)), line.category)
    for line in lines:
        names = tuple(line.category) if len(line.category) != 1 else tuple(re.split(r"\s*/\s*", line.category[0]))
        line.category = known.get(tuple(map(str.casefold, names)), line.category)
    return lines


def _lines(goods: tuple[Row, ...], cells: Cells, joined: Joined, section: tuple[str, ...] = ()) -> Iterator[Line]:
    bare = _bare_names(goods, cells)
    told = {column.at for column in cells.header.columns if column.field not in (None, Field.IGNORED)}
    last_total = max((row.number for row in goods if _is_total(row, cells)), default=0)
    name = cells.header.one(Field.NAME)
    titles = {column.at: column.title for column in cells.header.columns}
    for row in goods:
        filled = row.filled
        if not filled:
            joined.passed_over.append(Remark(row.number, "", "an empty row"))
        elif row.at(filled[0]).startswith("# ") or (
            len(filled) > 2 and all(titles.get(at) == row.at(at) for at in filled)
        ):
            joined.passed_over.append(Remark(row.number, "", "a comment, or the titles once more"))
        elif _is_total(row, cells):
            joined.passed_over.append(Remark(row.number, "", "a total"))
        elif 0 < last_total < row.number and not _is_priced(row, cells):
            joined.passed_over.append(Remark(row.number, "", "below the total: a note"))
        elif row.number in bare or _is_section(row, name):
            section = (" ".join(row.at(filled[0]).split()).rstrip(":")[:100],)
            joined.passed_over.append(Remark(row.number, "", f"the category “{section[0]}” of the rows below"))
        elif told.isdisjoint(filled):
            joined.passed_over.append(Remark(row.number, "", "nothing that is read: a number of the row, or a note"))
        else:
            line = read_line(cells, row, section, joined.questions)
            kinds = {kind.strip() for kind in line.kind.split(",")}
            if kinds & {"grouped", "external"}:
                joined.passed_over.append(Remark(row.number, "", "a list of other products, or a link to another shop"))
                continue
            line.kind = next((kind for kind in ("variable", "variation", "product", "variant") if kind in kinds), "")
            if line.kind == "" and cells.header.made_by == "WooCommerce":
                line.options = {option: value for option, value in line.options.items() if ", " not in value}
            if cells.text(row, Field.STOCK) == "" and cells.header.one(Field.STOCK) is not None and _is_sold(line):
                joined.questions.append(Remark(row.number, "", "no stock is given, which is not the same as 0"))
            for one in by_size(cells, row, line):
                yield from by_choice(cells, one, joined.questions)


def _is_sold(line: Line) -> bool:
    """Whether a row is something that can be bought, rather than a picture of it or what its variants share."""
    return not (line.why or line.is_picture or line.kind == "variable")


def _is_total(row: Row, cells: Cells) -> bool:
    has_goods = cells.text(row, Field.NAME) and not _TOTALS.fullmatch(cells.text(row, Field.NAME))
    return not has_goods and any(_TOTALS.fullmatch(row.at(at)) for at in row.filled)


def _is_priced(row: Row, cells: Cells) -> bool:
    fields = (Field.PRICE, Field.SALE_PRICE, Field.STOCK, Field.BY_SIZE)
    return any(row.at(column.at) for field in fields for column in cells.header.all(field))


def _is_section(row: Row, name: int | None) -> bool:
    if len(row.filled) != 1 or name is None:
        return False
    at = row.filled[0]
    text = row.at(at)
    try:
        money(text)
    except Refused:
        return row.is_merged or at < name or (at == name and text.endswith(":"))
    return False


def _bare_names(goods: tuple[Row, ...], cells: Cells) -> set[int]:
    """Rows of a seller's own list that hold a word where the names stand, and are the titles of what is below them.

    They are in capitals where the goods are not, or each of several stands behind a blank row or a total.
    """
    name = cells.header.one(Field.NAME)
    if name is None or cells.header.made_by:
        return set()
    last = max((place for place, row in enumerate(goods) if _is_priced(row, cells)), default=0)
    rows = [row for row in goods[:last] if row.filled == (name,) and not _TOTALS.fullmatch(row.at(name))]
    names = [row.at(name) for row in goods if _is_priced(row, cells) and row.at(name)]
    if sum(text.isupper() for text in names) * 4 < len(names) and all(row.at(name).isupper() for row in rows):
        return {row.number for row in rows}
    chosen = {row.number for row in rows}
    for place, row in enumerate(goods):
        is_first = place == 0 or not goods[place - 1].filled or _is_total(goods[place - 1], cells)
        if row.number in chosen and not (is_first and _is_priced(goods[place + 1], cells)):
            return set()
    return chosen if len(chosen) > 1 else set()


def _name_parents(lines: list[Line], goods: tuple[Row, ...], cells: Cells) -> None:
    """WooCommerce's variations name their parent by its SKU, or by "id:" and its id; they may stand before it."""
    if cells.header.made_by != "WooCommerce":
        return
    rows = {row.number: row for row in goods}
    parents = {}
    for line in lines:
        if line.kind == "variable":
            line.key = f"parent {line.row}"
            parents[line.sku.casefold()] = parents[f"id:{cells.text(rows[line.row], Field.ID)}"] = line.key
    for line in lines:
        if line.kind == "variation":
            called = cells.text(rows[line.row], Field.PARENT)
            line.key = parents.get(called.casefold(), "")
            if not line.key:
                line.why = line.why or f"its parent “{called[:60]}” is not in the file"


def _told_apart(lines: list[Line]) -> list[Line]:
    """Products of one name and several origins are told apart by these."""
    names = Counter(joined_by(line.name) for line in lines if not line.key and not line.why)
    for line in lines:
        if line.origin and not line.key and names[joined_by(line.name)] > 1:
            line.options = {**line.options, line.origin[0]: line.origin[1]}
            line.key = joined_by(f"{line.name} {line.origin[1]}")
    return lines


def _commonest(codes: Iterator[str]) -> str:
    return next((code for code, _ in Counter(code for code in codes if code).most_common(1)), "")
