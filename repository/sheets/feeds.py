"""Feeds in XML: Google's RSS 2.0 and Atom, an item a row."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from repository.sheets.table import ROWS_MOST, Row, Sheet, Unreadable

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


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
