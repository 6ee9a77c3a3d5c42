"""What is told of a wishlist, read when it is said: what is still true, to no more people than there are pieces."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import number
from repository.wishlist.goods import pieces_now, price_now
from repository.wishlist.listed import SAVED, Saved
from repository.wishlist.waits import BOUGHT, WANTS


class News(msgspec.Struct, frozen=True):
    """Something that a shopper is told of.

    Attributes:
        product_id: `products.id`.
        variant_id: `product_variants.id`; None where none was chosen.
        saved_id: `wishlists.id`; 0 where it is not on the wishlist.
        name: The product's name.
        variant: Such as "Size: Large", or empty.
        price: What a piece costs now.
        was: What it cost when it was saved, where it has become cheaper; else None.
        left: Pieces that can be bought.
        has_variants: Whether a variant must still be chosen.
        picture_url: The product's main picture, or empty.
    """

    product_id: int
    variant_id: int | None
    saved_id: int
    name: str
    variant: str
    price: Decimal
    was: Decimal | None
    left: int
    has_variants: bool
    picture_url: str


class _Wait(msgspec.Struct, frozen=True):
    id: int
    saved_id: int
    product_id: int
    variant_id: int | None
    name: str
    variant: str
    price: Decimal
    left: int
    has_variants: bool
    picture_url: str


async def news(conn: Connection, *, shopper_id: int, hold_minutes: int) -> tuple[News, ...]:
    """What a shopper is told of now; it counts as told with the caller's commit.

    Args:
        conn: A connection in the transaction that says it.
        shopper_id: `users.id`.
        hold_minutes: How long whoever was told of a piece before is waited for.

    Returns:
        What came back, then what became cheaper; empty where nothing is true any more, or the shopper wants no news.
    """
    back = await _back(conn, shopper_id, hold_minutes)
    cheaper = await _cheaper(conn, shopper_id)
    there = {(one.product_id, one.variant_id) for one in back}
    return (*back, *(one for one in cheaper if (one.product_id, one.variant_id) not in there))


async def _back(conn: Connection, shopper_id: int, hold_minutes: int) -> Sequence[News]:
    """What the shopper waits for and can have. The goods are locked, so that nobody else is told of the same piece."""
    noticed = await conn.run(
        "SELECT w.id, g.id FROM stock_waits w FORCE INDEX (uq_stock_waits_line) JOIN users u ON u.id = w.user_id"
        " JOIN watched_goods g ON g.product_id = w.product_id AND g.variant_key = w.variant_key"
        f" WHERE w.user_id = %(id)s AND w.noticed_at IS NOT NULL AND w.told_at IS NULL AND {WANTS} ORDER BY w.id",
        id=shopper_id,
    )
    if not noticed.rows:
        return ()
    ids = [number(row[0]) for row in noticed.rows]
    _, found, taken = await conn.batch(
        Statement(
            "SELECT id FROM watched_goods WHERE id IN %(goods)s ORDER BY id FOR UPDATE",
            {"goods": sorted({number(row[1]) for row in noticed.rows})},
        ),
        Statement(
            f"""
            SELECT w.id, COALESCE(s.id, 0), w.product_id, w.variant_id, p.name,
                COALESCE(CONCAT(v.variant_name, ': ', v.variant_value), ''), {price_now("w.variant_id")},
                {pieces_now("w.variant_id")},
                w.variant_id IS NULL AND EXISTS (SELECT 1 FROM product_variants WHERE product_id = p.id),
                COALESCE((SELECT image_url FROM product_images WHERE product_id = p.id AND image_type <> 'thumbnail'
                          ORDER BY is_primary DESC, display_order, id LIMIT 1), '')
            FROM stock_waits w JOIN products p ON p.id = w.product_id
                LEFT JOIN product_variants v ON v.id = w.variant_id
                LEFT JOIN wishlists s ON s.user_id = w.user_id AND s.product_id = w.product_id
                    AND s.variant_key = w.variant_key
            WHERE w.id IN %(ids)s ORDER BY w.id
            """,
            {"ids": ids},
        ),
        Statement(
            f"""
            SELECT mine.id, COUNT(*) FROM stock_waits mine JOIN stock_waits w ON w.product_id = mine.product_id
                AND w.variant_key = mine.variant_key AND w.told_at > NOW() - INTERVAL %(hold)s MINUTE
            WHERE mine.id IN %(ids)s AND NOT {BOUGHT}
            GROUP BY mine.id
            """,
            {"ids": ids, "hold": hold_minutes},
        ),
    )
    others = {number(row[0]): number(row[1]) for row in taken.rows}
    waits = [conn.read(_Wait, row) for row in found.rows]
    can_have = [wait for wait in waits if wait.left > others.get(wait.id, 0)]
    told = {wait.id for wait in can_have}
    marks = []
    if told:
        marks.append(Statement("UPDATE stock_waits SET told_at = NOW() WHERE id IN %(ids)s", {"ids": sorted(told)}))
    if in_line := sorted(set(ids) - told):  # sold meanwhile: they keep their place
        marks.append(Statement("UPDATE stock_waits SET noticed_at = NULL WHERE id IN %(ids)s", {"ids": in_line}))
    await conn.batch(*marks)
    return [
        News(
            product_id=wait.product_id, variant_id=wait.variant_id, saved_id=wait.saved_id, name=wait.name,
            variant=wait.variant, price=wait.price, was=None, left=wait.left, has_variants=wait.has_variants,
            picture_url=wait.picture_url,
        )
        for wait in can_have
    ]  # fmt: skip


async def _cheaper(conn: Connection, shopper_id: int) -> Sequence[News]:
    """What has become cheaper since the shopper saved it, and can be bought."""
    dropped = await conn.all(
        Saved,
        f"{SAVED} JOIN users u ON u.id = w.user_id WHERE w.user_id = %(id)s AND w.dropped_at IS NOT NULL"
        " AND u.promos_stopped_at IS NULL AND u.wish_news_stopped_at IS NULL"
        " ORDER BY w.dropped_at DESC, w.id DESC",
        id=shopper_id,
    )
    if not dropped:
        return ()
    await conn.run("UPDATE wishlists SET dropped_at = NULL WHERE id IN %(ids)s", ids=[one.id for one in dropped])
    return [
        News(
            product_id=one.product_id, variant_id=one.variant_id, saved_id=one.id, name=one.name, variant=one.variant,
            price=one.price, was=one.price_saved, left=one.left, has_variants=one.has_variants,
            picture_url=one.picture_url,
        )
        for one in dropped
        if one.left > 0 and one.price_saved is not None and one.price < one.price_saved
    ]  # fmt: skip
