"""What shoppers have saved, as it is shown: what it costs and whether it is there today."""

from decimal import Decimal

import msgspec

from repository.catalogue.cards import pages_of
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownLine
from repository.database.scalars import text
from repository.wishlist.goods import pieces_now, price_now


class Saved(msgspec.Struct, frozen=True):
    """Something on a wishlist.

    Attributes:
        id: `wishlists.id`.
        product_id: `products.id`.
        variant_id: `product_variants.id`; None where none was chosen.
        name: The product's name.
        variant: Such as "Size: Large", or empty.
        quantity: Pieces that go into the cart with it; 1 but for a line that was put aside.
        price: What a piece costs now.
        price_saved: What it cost when it was saved; None where nobody noted that.
        left: Pieces that can still be sold; 0 too where it is no longer offered at all.
        has_variants: Whether a variant must still be chosen.
        picture_url: The product's main picture, or empty.
        is_silent: Whether the shopper wants no news of it.
        is_line: Whether it is a line of a cart that was put aside, `saved_lines.id` its id.
        instead: Which variant of it was saved before, such as "Large"; empty where none was.
    """

    id: int
    product_id: int
    variant_id: int | None
    name: str
    variant: str
    quantity: int
    price: Decimal
    price_saved: Decimal | None
    left: int
    has_variants: bool
    picture_url: str
    is_silent: bool = False
    is_line: bool = False
    instead: str = ""


class SavedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a wishlist, what was saved last first. Pages count from 1.

    Attributes:
        items: What is on it.
        page: Which page it is; the last one where a later one was asked for.
        pages: How many there are, at least 1.
        total: Things on all pages.
        stopped: Why the shopper is told nothing of it: "wishes" or "promos" were stopped; empty where they are told.
    """

    items: tuple[Saved, ...]
    page: int
    pages: int
    total: int
    stopped: str = ""


def reading(table: str, *, quantity: str, price: str, is_silent: str, is_line: str) -> str:
    """SQL that reads saved things, to be narrowed: `w` is the table, `p` its products.

    Args:
        table: Where they stand.
        quantity, price, is_silent, is_line: SQL of those columns of `Saved`.
    """
    return f"""
    SELECT w.id, w.product_id, w.variant_id, p.name,
        COALESCE(CONCAT(v.variant_name, ': ', v.variant_value), ''), {quantity}, {price_now("w.variant_id")},
        {price}, {pieces_now("w.variant_id")},
        w.variant_id IS NULL AND EXISTS (SELECT 1 FROM product_variants WHERE product_id = p.id),
        COALESCE((SELECT image_url FROM product_images WHERE product_id = p.id AND image_type <> 'thumbnail'
                  ORDER BY is_primary DESC, display_order, id LIMIT 1), ''), {is_silent}, {is_line}
    FROM {table} w JOIN products p ON p.id = w.product_id LEFT JOIN product_variants v ON v.id = w.variant_id
    """


SAVED = reading("wishlists", quantity="1", price="w.price_saved", is_silent="w.is_silent", is_line="FALSE")
LINES = reading("saved_lines", quantity="w.quantity", price="w.price_put", is_silent="FALSE", is_line="TRUE")


async def page(conn: Connection, *, shopper_id: int, page: int, page_size: int) -> SavedPage:
    """A page of what the shopper has saved: what was put aside from the cart, then the wishlist.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        page: Which page, from 1; past the end it is the last one.
        page_size: Things on a page.
    """
    *found, told = await conn.batch(
        *_every(shopper_id),
        Statement(
            "SELECT CASE WHEN promos_stopped_at IS NOT NULL THEN 'promos'"
            " WHEN wish_news_stopped_at IS NOT NULL THEN 'wishes' ELSE '' END FROM users WHERE id = %(id)s",
            {"id": shopper_id},
        ),
    )
    rows = [row for result in found for row in result.rows]
    pages = pages_of(len(rows), page_size)
    shown = min(max(page, 1), pages)
    items = tuple(conn.read(Saved, row) for row in rows[(shown - 1) * page_size : shown * page_size])
    return SavedPage(items=items, page=shown, pages=pages, total=len(rows), stopped=text(told.rows[0][0]))


async def every(conn: Connection, *, shopper_id: int) -> tuple[Saved, ...]:
    """All that the shopper has saved, in the order of its pages.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    return tuple(conn.read(Saved, row) for result in await conn.batch(*_every(shopper_id)) for row in result.rows)


async def one(conn: Connection, *, shopper_id: int, saved_id: int, is_line: bool = False) -> Saved:
    """One thing that the shopper has saved.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        saved_id: `wishlists.id`, or `saved_lines.id`.
        is_line: Whether it is a line that was put aside.

    Raises:
        UnknownLine: There is no such thing.
    """
    saved = await conn.one(
        Saved,
        f"{LINES if is_line else SAVED} WHERE w.id = %(id)s AND w.user_id = %(shopper_id)s",
        id=saved_id,
        shopper_id=shopper_id,
    )
    if saved is None:
        raise UnknownLine(f"saved {saved_id}")
    return saved


def _every(shopper_id: int) -> tuple[Statement, ...]:
    """What reads all that a shopper has saved: a hundred things of either kind at most."""
    values: dict[str, Bound] = {"shopper_id": shopper_id}
    mine = "WHERE w.user_id = %(shopper_id)s"
    return (
        Statement(f"{LINES} {mine} ORDER BY w.saved_at DESC, w.id DESC", values),
        Statement(f"{SAVED} {mine} ORDER BY w.id DESC", values),
    )
