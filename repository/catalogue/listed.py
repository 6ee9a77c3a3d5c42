"""A page of products: those that meet a condition, in an order, with what stands above and below them."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from repository.catalogue.cards import LEFT, SHOWN_PRICE, CategoryStep, ProductPage, card_query, pages_of, read_cards
from repository.database.connection import Bound, Connection, Statement

BY_PRICE: Mapping[str, str] = MappingProxyType(
    {"cheap": f"{LEFT} > 0 DESC, {SHOWN_PRICE}, p.id", "dear": f"{LEFT} > 0 DESC, {SHOWN_PRICE} DESC, p.id"}
)
"""How a list is sorted that shall begin with what costs least, or most: what is sold out comes last."""
USUAL = "p.is_featured DESC, p.sales_count DESC, p.id"
"""The order of a list that has none of its own: what the merchant puts forward, then what is sold most."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which products a list has, as SQL that is written in this package only.

    Attributes:
        where: The condition on a product `p` that is sold.
        values: What its marks stand for.
        order: In which order they come.
        title: What the list is called; NULL where there is no such list.
        most: Products that it has at most, where it is the beginning of a longer one; 0 for all of them.
        above: The categories in which this one stands, as a JSON list of `[id, name]`, the outermost first.
        below: Those that stand in it, likewise.
    """

    where: str
    values: Mapping[str, Bound]
    order: str = USUAL
    title: str = "''"
    most: int = 0
    above: str = "'[]'"
    below: str = "'[]'"


class _Head(msgspec.Struct, frozen=True):
    total: int
    title: str | None
    above: tuple[tuple[int, str], ...]
    below: tuple[tuple[int, str], ...]


async def page_of(conn: Connection, wanted: Wanted, *, sort: str, page: int, page_size: int) -> ProductPage | None:
    """A page of a list; None where there is no such list.

    It takes one round trip of two statements, and a second one where the page lies past the end.

    Args:
        conn: An open connection.
        wanted: The list.
        sort: "cheap", "dear", or anything else for the list's own order.
        page: Which page, from 1; past the end it is the last one.
        page_size: Products on a page.
    """
    page = max(page, 1)
    sold = f"SELECT p.id FROM products p WHERE p.status = 'active' AND {wanted.where}"
    if wanted.most:
        sold = f"{sold} ORDER BY {wanted.order} LIMIT {wanted.most}"
    order = BY_PRICE.get(sort, wanted.order)
    chosen = f"(SELECT p.id FROM ({sold}) sold JOIN products p ON p.id = sold.id" if wanted.most else f"({sold}"
    sql = card_query(
        f"{chosen} ORDER BY {order} LIMIT %(most)s OFFSET %(skip)s) chosen JOIN products p ON p.id = chosen.id"
    )

    def cards_at(page: int) -> Statement:
        return Statement(
            f"{sql} ORDER BY {order}", {**wanted.values, "most": page_size, "skip": (page - 1) * page_size}
        )

    counted, listed = await conn.batch(
        Statement(
            f"SELECT (SELECT COUNT(*) FROM ({sold}) sold) AS sold, {wanted.title} AS title, {wanted.above} AS above,"
            f" {wanted.below} AS below",
            dict(wanted.values),
        ),
        cards_at(page),
    )
    head = conn.read(_Head, counted.rows[0])
    if head.title is None:
        return None
    pages = pages_of(head.total, page_size)
    if page > pages:
        page = pages
        (listed,) = await conn.batch(cards_at(page))
    return ProductPage(
        items=read_cards(conn, listed),
        page=page,
        pages=pages,
        total=head.total,
        title=head.title,
        above=tuple(CategoryStep(*one) for one in head.above),
        below=tuple(CategoryStep(*one) for one in head.below),
    )
