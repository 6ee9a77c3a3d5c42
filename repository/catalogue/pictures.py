"""The pictures of a product, in order: kept once each, under an address that nobody can guess and that stays."""

import re

import msgspec

from bot.base import clock
from repository.catalogue import product_rows
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotFound, Unfit
from repository.database.scalars import text
from repository.files.pictures import Picture
from repository.staff import audit
from repository.staff.by import By

PATH = "/goods/"
"""Where they are served, below the shop's public address."""
SIDE = 1200
"""Pixels of the long side as it is kept: twice what Messenger shows of a card."""
PICTURES_MOST = 10
"""Pictures of one product, as many as Messenger has cards in a row."""

_ADDRESS = re.compile(r"https?://[^/]+" + PATH + r"([\w-]{32})\.jpg")


class Shown(msgspec.Struct, frozen=True):
    """A picture of a product.

    Attributes:
        id: `product_images.id`.
        url: Its address.
    """

    id: int
    url: str


class Kept(msgspec.Struct, frozen=True):
    """A picture as it is served.

    Attributes:
        media_type: Such as "image/jpeg".
        content: Its bytes.
    """

    media_type: str
    content: bytes


async def keep(conn: Connection, *, picture: Picture) -> str:
    """Keep a picture; the path of its address, the same one where the same file was sent before.

    Args:
        conn: An open connection. The caller owns the transaction.
        picture: What `repository.files.pictures.prepare` made, no larger than `SIDE`.
    """
    await conn.run(
        "INSERT INTO goods_pictures (name, digest, media_type, width, height, content)"
        " VALUES (%(name)s, %(digest)s, %(media_type)s, %(width)s, %(height)s, %(content)s)"
        " ON DUPLICATE KEY UPDATE unused_since = NULL",
        name=clock.token(24),
        digest=picture.digest,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        content=picture.content,
    )
    name = await conn.value("SELECT name FROM goods_pictures WHERE digest = %(digest)s", digest=picture.digest)
    return f"{PATH}{text(name)}.jpg"


async def kept(conn: Connection, *, name: str) -> Kept:
    """A picture by its name.

    Args:
        conn: An open connection.
        name: As `keep` made it.

    Raises:
        NotFound: There is none.
    """
    found = await conn.one(Kept, "SELECT media_type, content FROM goods_pictures WHERE name = %(name)s", name=name)
    if found is None:
        raise NotFound(name)
    return found


async def of_product(conn: Connection, *, product_id: int) -> list[Shown]:
    """The pictures of a product, in the order in which shoppers see them.

    Args:
        conn: An open connection.
        product_id: `products.id`.
    """
    return await conn.all(
        Shown,
        "SELECT id, image_url FROM product_images WHERE product_id = %(product_id)s AND image_type <> 'thumbnail'"
        " ORDER BY is_primary DESC, display_order, id",
        product_id=product_id,
    )


async def add(conn: Connection, *, product_id: int, urls: tuple[str, ...], by: By) -> None:
    """Put pictures behind those that a product has.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: `products.id`.
        urls: Their addresses.
        by: Who does it.

    Raises:
        NotFound: There is no such product.
        Unfit: There would be too many.
    """
    await product_rows.there(conn, product_id, lock=True)
    there = [one.url for one in await of_product(conn, product_id=product_id)]
    new = [url for url in dict.fromkeys(urls) if url not in there]
    if len(there) + len(new) > PICTURES_MOST:
        raise Unfit("pictures", f"{PICTURES_MOST} pictures are the most. Please take some away first.")
    for url in new:
        await conn.run(
            "INSERT INTO product_images (product_id, image_url, image_type, display_order)"
            " VALUES (%(product_id)s, %(url)s, 'gallery', 9999)",
            product_id=product_id,
            url=url,
        )
    await _in_order(conn, product_id, [one.id for one in await of_product(conn, product_id=product_id)], "added", by)


async def move(conn: Connection, *, product_id: int, picture_id: int, place: int, by: By) -> None:
    """Move a picture to another place; the first one stands on the product's card.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: `products.id`.
        picture_id: `product_images.id`.
        place: From 0; beyond the last it becomes the last.
        by: Who does it.

    Raises:
        NotFound: The product has no such picture.
    """
    ids = await _ids(conn, product_id, picture_id)
    ids.remove(picture_id)
    ids.insert(max(place, 0), picture_id)
    await _in_order(conn, product_id, ids, "moved", by)


async def remove(conn: Connection, *, product_id: int, picture_id: int, by: By) -> None:
    """Take a picture away from a product; its address goes on, for chats in which it was shown.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: `products.id`.
        picture_id: `product_images.id`.
        by: Who does it.

    Raises:
        NotFound: The product has no such picture.
    """
    ids = await _ids(conn, product_id, picture_id)
    await conn.run("DELETE FROM product_images WHERE id = %(id)s", id=picture_id)
    ids.remove(picture_id)
    await _in_order(conn, product_id, ids, "removed", by)


async def move_to(conn: Connection, *, base: str) -> int:
    """Let every picture that we serve be fetched from another address of the shop. How many it was of.

    Args:
        conn: An open connection.
        base: The shop's public address, such as "https://shop.example".
    """
    found = await conn.run(
        "UPDATE product_images i JOIN goods_pictures g"
        " ON i.image_url LIKE CONCAT('%%', %(path)s, '%%') AND g.name = SUBSTRING_INDEX(SUBSTRING_INDEX("
        "i.image_url, %(path)s, -1), '.', 1)"
        " SET i.image_url = CONCAT(%(base)s, %(path)s, g.name, '.jpg')"
        " WHERE i.image_url NOT LIKE CONCAT(%(base)s, %(path)s, '%%')",
        base=base.rstrip("/"),
        path=PATH,
    )
    return found.rowcount


def served_from(base: str, url: str) -> str:
    """The address of a picture that we serve, at the shop's public address of today; any other address as it is.

    Args:
        base: The shop's public address; empty where it has none.
        url: The address under which the picture was kept.
    """
    before, found, name = url.rpartition(PATH)
    return f"{base.rstrip('/')}{PATH}{name}" if base and found and "/" not in before.partition("://")[2] else url


def name_of(url: str) -> str:
    """The name of a picture that we serve; empty for any other address, where another picture may stand tomorrow.

    Args:
        url: An address.
    """
    found = _ADDRESS.fullmatch(url)
    return found[1] if found else ""


async def _ids(conn: Connection, product_id: int, picture_id: int) -> list[int]:
    await product_rows.there(conn, product_id, lock=True)
    ids = [one.id for one in await of_product(conn, product_id=product_id)]
    if picture_id not in ids:
        raise NotFound(str(picture_id))
    return ids


async def _in_order(conn: Connection, product_id: int, ids: list[int], done: str, by: By) -> None:
    """Number the pictures of a product, the first as the main one, and keep who did what."""
    about: dict[str, Bound] = {"product_id": product_id}
    await conn.batch(
        *(
            Statement(
                "UPDATE product_images SET display_order = %(place)s, is_primary = %(place)s = 0,"
                " image_type = IF(%(place)s = 0, 'main', 'gallery') WHERE id = %(id)s",
                {"id": one, "place": place},
            )
            for place, one in enumerate(ids)
        ),
        Statement("UPDATE products SET updated_at = NOW() WHERE id = %(product_id)s", about),
    )
    await audit.record(
        conn,
        action=f"product.picture_{done}",
        admin_id=by.admin_id,
        subject=f"product {product_id}",
        details={"pictures": len(ids)},
        ip_address=by.ip_address,
    )
