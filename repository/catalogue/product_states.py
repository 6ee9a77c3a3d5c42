"""Products put on sale and away again, deleted, brought back, and copied."""

from collections.abc import Mapping, Sequence

import msgspec

from repository.catalogue import product_rows
from repository.catalogue.product_edits import create, save
from repository.catalogue.product_rows import ROW, ProductRow, free_sku, there
from repository.database.connection import Bound, Connection, Statement
from repository.staff.by import By


async def switch(conn: Connection, *, product_ids: Sequence[int], status: str, by: By) -> Mapping[int, str]:
    """Put products on sale, back to the drafts, or into the archive; of each that changed, what it was.

    What has no price stays as it is where it should go on sale.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_ids: `products.id` of each.
        status: One of `STATES`.
        by: Who does it.
    """
    rows = await conn.all(
        ProductRow,
        f"{ROW} WHERE p.id IN %(ids)s AND p.status <> %(status)s AND (%(status)s <> 'active' OR p.base_price > 0)"
        " ORDER BY p.id FOR UPDATE",
        ids=[*product_ids, 0],
        status=status,
    )
    if rows:
        await product_rows.PRODUCTS.change_all(
            conn,
            [(row.id, row.body, msgspec.structs.replace(row.body, status=status)) for row in rows],
            by=by,
            action="switched_on" if status == "active" else "switched_off",
            write=Statement(
                "UPDATE products SET status = %(status)s WHERE id IN %(ids)s",
                {"status": status, "ids": [row.id for row in rows]},
            ),
        )
    return {row.id: row.status for row in rows}


async def archive(conn: Connection, *, product_id: int, version: int, by: By) -> int:
    """Delete a product, as far as anybody sees: orders, reviews and the history of its stock keep what they point at.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: `products.id`.
        version: The number of its last save when it was opened.
        by: Who deletes it.

    Returns:
        The number of the save that brings it back.

    Raises:
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
    """
    was = (await there(conn, product_id, lock=True)).body

    async def write() -> None:
        await conn.run("UPDATE products SET status = 'discontinued' WHERE id = %(product_id)s", product_id=product_id)

    return await product_rows.PRODUCTS.delete(conn, product_id, was=was, version=version, by=by, write=write)


async def bring_back(conn: Connection, *, version_id: int, by: By) -> int:
    """Undo a deletion; the product is what it was, with its SKU, its pictures and its stock. Its `products.id`.

    Args:
        conn: An open connection. The caller owns the transaction.
        version_id: The number of the save that `archive` answered.
        by: Who wants it back.

    Raises:
        NotFound: No such product was deleted.
    """
    product_id, body = await product_rows.PRODUCTS.deleted(conn, version_id)
    now = (await there(conn, product_id, lock=True)).body
    body = msgspec.structs.replace(now, status=body.status)
    last = await product_rows.PRODUCTS.latest(conn, product_id)
    await save(conn, product_id=product_id, body=body, version=last.id if last else 0, by=by, action="restored")
    return product_id


async def duplicate(conn: Connection, *, product_id: int, by: By) -> int:
    """Make a draft like a product, with its variants and pictures and nothing in stock; its `products.id`.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: `products.id`.
        by: Who makes it.

    Raises:
        NotFound: There is none.
    """
    body = (await there(conn, product_id)).body
    name = f"{body.name[:240]} (copy)"
    copy = msgspec.structs.replace(body, name=name, sku=await free_sku(conn, body.sku[:40], 2), status="inactive")
    copy = msgspec.structs.replace(copy, barcode="")  # it names one product on a shelf
    made = await create(conn, body=copy, by=by)
    about: dict[str, Bound] = {"of": product_id, "to": made}
    await conn.batch(
        Statement(
            "INSERT INTO product_variants"
            " (product_id, variant_name, variant_value, sku_suffix, price_adjustment, is_available)"
            " SELECT %(to)s, variant_name, variant_value, sku_suffix, price_adjustment, is_available"
            " FROM product_variants WHERE product_id = %(of)s ORDER BY id",
            about,
        ),
        Statement(
            "INSERT INTO product_images"
            " (product_id, image_url, thumbnail_url, image_type, alt_text, display_order, is_primary)"
            " SELECT %(to)s, image_url, thumbnail_url, image_type, alt_text, display_order, is_primary"
            " FROM product_images WHERE product_id = %(of)s ORDER BY id",
            about,
        ),
    )
    return made
