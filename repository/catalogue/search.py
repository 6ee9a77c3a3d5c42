"""Finding products by what shoppers type: in memory which may be meant, in the database what holds of them now."""

from collections.abc import Sequence
from decimal import Decimal

from bot.language.spelling import asked_words, fold_words
from bot.language.values import barcodes
from bot.language.values.money import Limits, goods_of, limits_in
from bot.language.values.without import without_in
from repository.catalogue.cards import LEFT, SHOWN_PRICE, ProductCard, ProductPage, cards, pages_of
from repository.catalogue.finding import standing
from repository.catalogue.finding.index import NUMBER_LEAST, Found
from repository.catalogue.finding.naming import named
from repository.database.connection import Bound, Connection, Result, Statement
from repository.database.scalars import number

FOUND_MOST = 96
"""Products at most that one search shows."""
LIMITED_MOST = 1000
"""Products at most whose prices are looked at."""
PRICE_MOST = Decimal("99999999.99")
"""Pesos that a product can cost at most, as its column has it."""
_CODED_MOST = 8
_STEM_LEAST = 2  # letters of a product's SKU, behind which that of a variant goes on
_SUFFIX_MOST = 20  # letters of `product_variants.sku_suffix`
_LOOKS = 3  # times that a search is done again because the shop has changed meanwhile


async def search(conn: Connection, *, text: str, page: int, page_size: int, sort: str = "") -> ProductPage:
    """The products that a shopper may mean, the likeliest first, and behind them what is sold out.

    Every word should stand in a product, in its name rather than in its description; where no product has them all,
    those with most of them are found. Nothing is found where less than half of what was typed is there: a word counts
    half that only stands in a description or is there but for a letter, and nothing where both is so; what has one of
    the words is given in place of it. Prices that the text limits ("below 1k", "300-500", "budget 500") are kept to;
    where it names nothing else, all that costs so much is found. Of what shall be cheap ("pinakamurang payong") the
    cheapest comes first. Takes two round trips, and one more for that.

    Args:
        conn: An open connection.
        text: What the shopper typed.
        page: Which page, from 1; past the end it is the last one.
        page_size: Products on a page.
        sort: "cheap" or "dear" where what costs least, or most, shall come first.

    Raises:
        CatalogueUnread: This process is still reading the products.
    """
    title = " ".join(text.split())[:80]
    limits = limits_in(text)
    about = text if limits is None else limits.about
    if limits and (for_whom := goods_of(about)) is not None:
        about = for_whom  # "regalo sa anak, 300 budget": whatever costs so much
    left_out = without_in(about)
    about = left_out.wanted if left_out else about
    words = asked_words(about)
    meant = ""
    near: tuple[ProductCard, ...] = ()
    if any(len(word) >= NUMBER_LEAST or not word.isdigit() for word in words):
        ids, found, in_place = await _found(conn, about, limits)
        meant = found.meant
        near = () if ids or limits else await cards(conn, ids=in_place)
        if sort or (limits and limits.cheapest):  # "murang bag": no fan that is cheaper and fits into a bag
            ids = [one for one in ids if one in found.firm] or ids
    else:
        ids = await _within(conn, limits) if limits else []
    if left_out and ids:
        besides = {one for word in left_out.others for one in await named_so(conn, word)}
        ids = [one for one in ids if one not in besides]
    if sort or (limits and limits.cheapest):
        sign = -1 if sort == "dear" else 1
        found_cards = await cards(conn, ids=ids)
        ids = [card.id for card in sorted(found_cards, key=lambda card: (card.left < 1, sign * card.price))]
    pages = pages_of(len(ids), page_size)
    page = min(max(page, 1), pages)
    shown = await cards(conn, ids=ids[(page - 1) * page_size : page * page_size])
    return ProductPage(
        items=shown, page=page, pages=pages, total=len(ids), title=title, meant=meant if ids else "", near=near
    )


async def named_so(conn: Connection, word: str) -> list[int]:
    """The products whose names have a word, however many there are: `products.id`.

    Args:
        conn: An open connection.
        word: What was typed.
    """
    goods = await standing.in_force(conn)
    assert goods.index is not None, "it is in force"
    return named(goods.index, fold_words(word), most=LIMITED_MOST)


async def by_code(conn: Connection, *, text: str) -> list[int]:
    """The products whose barcode or SKU, or that of a variant, stands in a text: `products.id`.

    Args:
        conn: An open connection.
        text: What was typed or scanned.
    """
    asked = _coded(text)
    return [number(row[0]) for row in (await conn.batch(asked))[0].rows] if asked else []


def _coded(text: str) -> Statement | None:
    """Asks which products have a code that stands in a text; None where none can be one."""
    codes = barcodes.codes_in(text)
    if not codes:
        return None
    ways = list(dict.fromkeys(way for code in codes for way in barcodes.ways(code)))
    stems = [code[:end] for code in codes for end in range(max(_STEM_LEAST, len(code) - _SUFFIX_MOST), len(code))]
    return Statement(
        "SELECT p.id FROM products p JOIN (SELECT id FROM products WHERE sku IN %(codes)s"
        " UNION SELECT id FROM products WHERE barcode IN %(ways)s"
        " UNION SELECT product_id FROM product_variants WHERE barcode IN %(ways)s"
        " UNION SELECT b.id FROM products b JOIN product_variants v ON v.product_id = b.id"
        " WHERE b.sku IN %(stems)s AND CONCAT(b.sku, v.sku_suffix) IN %(codes)s) coded ON coded.id = p.id"
        f" WHERE p.status = 'active' ORDER BY p.id LIMIT {_CODED_MOST}",
        {"codes": codes, "ways": ways, "stems": stems},
    )


async def _found(conn: Connection, about: str, limits: Limits | None) -> tuple[list[int], Found, list[int]]:
    """The products that a text means, what the index says, and what may do where nothing is found."""
    goods = await standing.in_force(conn)
    assert goods.index is not None, "it is in force"
    for _ in range(_LOOKS):
        found = goods.index.find(about, most=FOUND_MOST if limits is None else LIMITED_MOST)
        in_place = [] if found.ids or limits else goods.index.near(about)
        asked = [_standing_now(found.ids, limits)] if found.ids else []
        codes = [coded] if limits is None and (coded := _coded(about)) else []
        changed, *there = await conn.batch(goods.changes(), *codes, *asked)
        if not await goods.take(conn, changed):
            break
    if codes and (exactly := [number(row[0]) for row in there.pop(0).rows]):
        return exactly, Found(exactly), []
    return _in_order(found.ids, there[0])[:FOUND_MOST] if there else [], found, in_place


def _standing_now(ids: Sequence[int], limits: Limits | None) -> Statement:
    """Which of some products are sold for so much, and whether any is left."""
    priced, values = _priced(SHOWN_PRICE, limits)
    return Statement(
        f"SELECT p.id, {LEFT} > 0 FROM products p WHERE p.id IN %(ids)s AND p.status = 'active'{priced}",
        {"ids": list(ids), **values},
    )


def _in_order(ids: Sequence[int], there: Result) -> list[int]:
    left = {number(product_id): bool(some) for product_id, some in there.rows}
    return sorted((product_id for product_id in ids if product_id in left), key=lambda product_id: not left[product_id])


async def _within(conn: Connection, limits: Limits) -> list[int]:
    """What costs so much, the best sold first: "budget 500" names nothing else."""
    priced, values = _priced("p.base_price", limits)
    order = "p.base_price" if limits.cheapest else "p.sales_count DESC, p.base_price DESC"
    found = await conn.run(
        f"SELECT p.id FROM products p WHERE p.status = 'active'{priced}"
        f" ORDER BY p.stock_quantity > 0 DESC, {order}, p.id LIMIT {FOUND_MOST}",
        **values,
    )
    return [number(row[0]) for row in found.rows]


def _priced(price: str, limits: Limits | None) -> tuple[str, dict[str, Bound]]:
    """What keeps products within the limits of a price."""
    if limits is None:
        return "", {}
    return (
        f" AND {price} BETWEEN %(price_least)s AND %(price_most)s",
        {"price_least": limits.least, "price_most": limits.most if limits.most is not None else PRICE_MOST},
    )
