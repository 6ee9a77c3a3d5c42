"""What the catalogue holds of the products that a sheet names."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from repository.database.connection import Connection
from repository.database.scalars import number, text
from repository.importing.wanted import folded


class StandingVariant(msgspec.Struct, frozen=True):
    """A variant as it is; `held` are pieces reserved for orders that wait."""

    id: int
    product_id: int
    name: str
    value: str
    sku_suffix: str
    price_adjustment: Decimal
    left: int
    is_available: bool
    held: int
    barcode: str


class Standing(msgspec.Struct, frozen=True):
    """A product as it is; `held` are pieces reserved for orders that wait."""

    id: int
    sku: str
    name: str
    description: str
    category_id: int
    brand: str
    price: Decimal
    cost: Decimal | None
    weight_kg: Decimal | None
    status: str
    left: int
    images: int
    held: int
    was_price: Decimal
    barcode: str


_HELD = """
    COALESCE((SELECT SUM(r.quantity) FROM inventory_reservations r FORCE INDEX (ix_inventory_reservations_product)
              WHERE r.product_id = p.id AND r.status = 'reserved' AND r.variant_id <=> {variant}), 0)
    + COALESCE((SELECT SUM(c.held) FROM post_claims c WHERE c.product_id = p.id AND c.variant_id <=> {variant}
                AND c.status = 'held'), 0)
"""
PRODUCT = f"""
    SELECT p.id, p.sku, p.name, COALESCE(p.description, ''), p.category_id, IF(b.slug = 'no-brand', '', b.name),
           p.base_price, p.cost_price, p.weight_kg, p.status, p.stock_quantity,
           (SELECT COUNT(*) FROM product_images i WHERE i.product_id = p.id), {_HELD.format(variant="NULL")},
           COALESCE(p.was_price, 0), COALESCE(p.barcode, '')
    FROM products p JOIN brands b ON b.id = p.brand_id
"""
VARIANT = f"""
    SELECT v.id, v.product_id, v.variant_name, v.variant_value, COALESCE(v.sku_suffix, ''), v.price_adjustment,
           v.stock_quantity, v.is_available, {_HELD.format(variant="v.id")}, COALESCE(v.barcode, '')
    FROM product_variants v JOIN products p ON p.id = v.product_id
"""


async def standing(conn: Connection, skus: Sequence[str]) -> dict[str, Standing]:
    """The products that there are already, by their folded SKU.

    Args:
        conn: An open connection.
        skus: At least one.
    """
    rows = await conn.all(Standing, f"{PRODUCT} WHERE p.sku IN %(skus)s", skus=list(skus))
    return {folded(row.sku): row for row in rows}


async def variants(conn: Connection, product_ids: Sequence[int]) -> dict[tuple[int, str, str], StandingVariant]:
    """Their variants, by product and folded option.

    Args:
        conn: An open connection.
        product_ids: `products.id`; may be empty.
    """
    if not product_ids:
        return {}
    rows = await conn.all(
        StandingVariant, f"{VARIANT} WHERE v.product_id IN %(ids)s ORDER BY v.id", ids=list(product_ids)
    )
    return {(row.product_id, folded(row.name), folded(row.value)): row for row in rows}


async def category_paths(conn: Connection) -> dict[int, tuple[str, ...]]:
    """Every category with those around it, from the outermost in.

    Args:
        conn: An open connection.
    """
    rows = await conn.run("SELECT id, name, COALESCE(parent_id, 0) FROM categories")
    known = {number(one): (text(name), number(parent)) for one, name, parent in rows.rows}
    paths = {}
    for one in known:
        path: list[str] = []
        at, seen = one, set[int]()
        while at in known and at not in seen:
            seen.add(at)
            path.insert(0, known[at][0])
            at = known[at][1]
        paths[one] = tuple(path)
    return paths
