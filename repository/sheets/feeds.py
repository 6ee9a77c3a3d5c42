"""Feeds in XML, Google's RSS 2.0 and Atom, an item a row; and pages with a table that are called ".xls"."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from repository.sheets.table import COLUMNS_MOST, ROWS_MOST, Row, Sheet, Unreadable

_ITEMS = ("item", "entry", "product", "offer")


def read_feed(content: bytes) -> Sheet:
    """A feed as a table whose header is a row numbered 0, for a feed has none.

    Args:
        content: The whole file.

    Raises:
        Unreadable: It is no XML, wants to load something else, or holds no items.
    """
    try:
        root: Element = fromstring(content)
    except DefusedXmlException as error:
        raise Unreadable("The feed declares entities of its own, which are never loaded. Export it again.") from error
    except ParseError as error:
        line, column = error.position
        raise Unreadable(f"The feed is broken in line {line}, column {column}. Export it again.") from error
    items = [element for element in root.iter() if _local(element.tag) in _ITEMS]
    if not items or len(items) > ROWS_MOST:
        raise Unreadable(f"The feed holds {len(items):,} items, which is none or too many.")
    titles: dict[str, int] = {}
    read: list[dict[str, list[str]]] = []
    for item in items:
        values: dict[str, list[str]] = {}
        for child in item:
            name = _local(child.tag)
            titles.setdefault(name, len(titles))
            values.setdefault(name, []).append("".join(child.itertext()).strip() or child.get("href", ""))
        read.append(values)
    rows = [Row(0, tuple(titles))]
    for number, values in enumerate(read, 1):
        rows.append(Row(number, tuple(",".join(values.get(title, ())) for title in titles)))
    return Sheet("", tuple(rows), "UTF-8", "XML")


class _Tables(HTMLParser):
    """The rows of all tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._is_in_cell = False
        self._beside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._is_in_cell = True
            wide = next((value for name, value in attrs if name == "colspan"), None) or "1"
            self._beside = min(int(wide), COLUMNS_MOST) - 1 if wide.isdecimal() and wide.isascii() else 0

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._is_in_cell:
            self.rows[-1].extend("" for _ in range(self._beside))
            self._is_in_cell = False

    def handle_data(self, data: str) -> None:
        if self._is_in_cell and self.rows[-1]:
            self.rows[-1][-1] += data


def read_page(content: bytes) -> Sheet:
    """A page with a table, which tills and offices save as ".xls".

    Args:
        content: The whole file.

    Raises:
        Unreadable: No table is in it, or one that is too large.
    """
    page = _Tables()
    page.feed(content.decode("utf-8-sig", errors="replace"))
    page.close()
    if not page.rows or len(page.rows) > ROWS_MOST or max(map(len, page.rows)) > COLUMNS_MOST:
        raise Unreadable(
            "This is a web page without a list of products. Open it in a spreadsheet, and save it as XLSX."
        )
    rows = (Row(number, tuple(" ".join(cell.split()) for cell in row)) for number, row in enumerate(page.rows, 1))
    return Sheet("", tuple(rows), "UTF-8", "HTML")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
