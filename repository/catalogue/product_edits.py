"""Products as merchants change them; `repository.catalogue.products` is how shoppers see them."""

from decimal import Decimal

import msgspec

from bot.language.values import barcodes
from repository.catalogue import product_rows, shelf_edits
from repository.catalogue.product_rows import ProductBody, free_sku, there
from repository.catalogue.slugs import free_slug
from repository.database.connection import Bound, Connection
from repository.database.errors import Duplicate, Taken, Unfit
from repository.database.scalars import number
from repository.staff.by import By

_NO_PRICE = "Please give it a price before it goes on sale."
_NONE = "Please pick one, or write a new one."
_GONE = "It is gone meanwhile. Please pick another one."


class OpenedProduct(msgspec.Struct, frozen=True):
    """A product, open to be edited.

    Attributes:
        id: `products.id`.
        body: What the merchant decides.
        version: The number of its last save, 0 where there was none.
    """

    id: int
    body: ProductBody
    version: int


_SET = """
    name = %(name)s, sku = %(sku)s, category_id = %(category_id)s, brand_id = %(brand_id)s,
    description = NULLIF(%(description)s, ''), base_price = %(price)s, low_stock_threshold = %(low_stock_threshold)s,
    weight_kg = NULLIF(%(weight_kg)s, 0), is_featured = %(is_featured)s, status = %(status)s,
    was_price = NULLIF(%(was_price)s, 0), specifications = %(specifications)s, size_guide = NULLIF(%(size_guide)s, ''),
    barcode = NULLIF(%(barcode)s, '')
"""


async def opened(conn: Connection, *, product_id: int) -> OpenedProduct:
    """A product with the number of its last save.

    Args:
        conn: An open connection.
        product_id: `products.id`.

    Raises:
        NotFound: There is none.
    """
    row = await there(conn, product_id)
    last = await product_rows.PRODUCTS.latest(conn, product_id)
    return OpenedProduct(row.id, row.body, last.id if last else 0)


async def create(conn: Connection, *, body: ProductBody, by: By, stock: int = 0) -> int:
    """Make a product; its `products.id`.

    Args:
        conn: An open connection. The caller owns the transaction.
        body: What it is.
        by: Who makes it.
        stock: Pieces that there are of it; they stand in the history of its stock.

    Raises:
        Taken: Another one has this SKU.
        Unfit: It cannot be so: on sale without a price, a category that is gone.
    """
    barcode = barcodes.tidy(body.barcode)
    body = msgspec.structs.replace(body, sku=body.sku or await free_sku(conn, "P", 1), barcode=barcode)
    columns = await _columns(conn, body)
    slug = await free_slug(conn, "products", body.name)
    await conn.run("SET @qs_performed_by = %(by)s", by=by.admin_id)
    try:
        made = await conn.run(
            f"INSERT INTO products SET {_SET}, slug = %(slug)s, stock_quantity = %(stock)s",
            **columns,
            slug=slug,
            stock=stock,
        )
    except Duplicate:
        raise Taken("sku", await _who_has(conn, body.sku)) from None
    finally:
        await conn.run("SET @qs_performed_by = NULL")
    await product_rows.PRODUCTS.record(conn, made.last_id, "created", body, by)
    return made.last_id


async def save(
    conn: Connection, *, product_id: int, body: ProductBody, version: int, by: By, action: str = "changed"
) -> bool:
    """Change a product; the next shopper sees it. Whether anything changed.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: `products.id`.
        body: What it shall be.
        version: The number of its last save when it was opened.
        by: Who changes it.
        action: "changed", "restored", "switched_on" or "switched_off".

    Raises:
        NotFound: There is none.
        SavedMeanwhile: Somebody else saved it meanwhile.
        Taken: Another one has this SKU.
        Unfit: It cannot be so: on sale without a price, a category that is gone.
    """
    was = (await there(conn, product_id, lock=True)).body
    body = msgspec.structs.replace(body, sku=body.sku or was.sku, barcode=barcodes.tidy(body.barcode))
    if action == "restored":  # a save of an earlier release knew none of these
        body = msgspec.structs.replace(
            body,
            specifications=body.specifications or was.specifications,
            size_guide=body.size_guide or was.size_guide,
            barcode=body.barcode or was.barcode,
        )

    async def write() -> None:
        columns = await _columns(conn, body)
        try:
            await conn.run(f"UPDATE products SET {_SET} WHERE id = %(product_id)s", product_id=product_id, **columns)
        except Duplicate:
            raise Taken("sku", await _who_has(conn, body.sku)) from None

    return await product_rows.PRODUCTS.change(
        conn, product_id, was=was, body=body, version=version, by=by, action=action, write=write
    )


async def set_price(conn: Connection, *, product_id: int, was: Decimal, price: Decimal, by: By) -> bool:
    """Change the price alone. Whether anything changed.

    Args:
        conn: An open connection. The caller owns the transaction.
        product_id: `products.id`.
        was: The price that was seen.
        price: What it shall be.
        by: Who changes it.

    Raises:
        NotFound: There is none.
        Unfit: The price is another one by now, or it is on sale and would have none.
    """
    now = (await there(conn, product_id, lock=True)).body
    if now.price not in (was, price):
        raise Unfit("price", f"Somebody has set it to ₱{now.price:,.2f} meanwhile. Please look first.")
    last = await product_rows.PRODUCTS.latest(conn, product_id)
    body = msgspec.structs.replace(now, price=price)
    return await save(conn, product_id=product_id, body=body, version=last.id if last else 0, by=by)


async def _columns(conn: Connection, body: ProductBody) -> dict[str, Bound]:
    """What is written, once it is sure that it can be.

    Raises:
        Unfit: It cannot.
    """
    if body.status == "active" and not body.price:
        raise Unfit("price", _NO_PRICE)
    for field, table in (("category_id", "categories"), ("brand_id", "brands")):
        chosen = getattr(body, field)
        if field == "brand_id" and not chosen:
            continue
        there = await conn.value(f"SELECT id FROM {table} WHERE id = %(id)s LOCK IN SHARE MODE", id=chosen)
        if there is None:
            raise Unfit(
                field, "Please pick one, or write a new one." if not chosen else "It is gone. Please pick another."
            )
    columns: dict[str, Bound] = {name: getattr(body, name) for name in ProductBody.__struct_fields__}
    columns["specifications"] = product_rows.specified(body.specifications)
    columns["brand_id"] = body.brand_id or await shelf_edits.no_brand(conn)
    return columns


async def _who_has(conn: Connection, sku: str) -> int:
    return number(await conn.value("SELECT COALESCE(MAX(id), 0) FROM products WHERE sku = %(sku)s", sku=sku))
