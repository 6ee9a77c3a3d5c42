"""The lines of an order that is changed: judged by what can be had, and written anew."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from repository.aftersales.unpacked import ItemLine, Unpacked
from repository.database.connection import Connection, Statement
from repository.database.errors import OutOfStock, TooMany, UnknownProduct
from repository.database.inserting import insert_rows
from repository.rules import Rules


class Offer(msgspec.Struct, frozen=True):
    """What is sold of a product or a variant, locked.

    Attributes:
        left: Pieces that can still be sold.
        is_offered: Whether it is sold at all, in this variant.
    """

    product_id: int
    variant_id: int | None
    name: str
    variant: str
    sku: str
    price: Decimal
    left: int
    is_offered: bool


Key = tuple[int, int | None]
"""A product and its variant."""
Offers = dict[Key, Offer]


async def offers_of(conn: Connection, keys: set[Key]) -> Offers:
    """What is sold of each, behind the lock that whoever writes order_items takes first.

    Args:
        conn: A connection in a transaction.
        keys: Products and variants.
    """
    _, rows = await conn.batch(
        Statement(
            "SELECT id FROM products FORCE INDEX (PRIMARY) WHERE id IN %(ids)s ORDER BY id FOR UPDATE",
            {"ids": sorted({product_id for product_id, _ in keys})},
        ),
        Statement(
            """
            SELECT p.id, v.id, p.name, CONCAT(v.variant_name, ': ', v.variant_value), p.sku,
                GREATEST(p.base_price + v.price_adjustment, 0), v.stock_quantity,
                p.status = 'active' AND v.is_available
            FROM product_variants v JOIN products p ON p.id = v.product_id
            WHERE v.id IN %(variants)s AND p.id IN %(ids)s
            UNION ALL
            SELECT p.id, NULL, p.name, '', p.sku, p.base_price, p.stock_quantity,
                p.status = 'active' AND NOT EXISTS (SELECT 1 FROM product_variants WHERE product_id = p.id)
            FROM products p WHERE p.id IN %(ids)s
            """,
            {
                "ids": sorted({product_id for product_id, _ in keys}),
                "variants": sorted(variant_id for _, variant_id in keys if variant_id) or [0],
            },
        ),
    )
    return {(offer.product_id, offer.variant_id): offer for offer in (conn.read(Offer, row) for row in rows.rows)}


def line_of(
    offers: Offers,
    held: ItemLine | None,
    key: Key,
    quantity: int,
    rules: Rules,
) -> ItemLine:
    """A line as it shall be.

    Args:
        offers: What is sold.
        held: The line as it is, None where there is none.
        key: Of what.
        quantity: Pieces.
        rules: How much a line may hold.

    Raises:
        UnknownProduct: It is not sold, or not any more.
        TooMany: It is more than the shop sells at once.
        OutOfStock: There is less of it; says how many.
    """
    offer = offers.get(key)
    had = held.quantity if held else 0
    if held and quantity <= had:
        return msgspec.structs.replace(held, quantity=quantity)
    if offer is None or not offer.is_offered:
        raise UnknownProduct(f"product {key[0]}")
    if quantity > rules.line_quantity_most:
        raise TooMany(most=rules.line_quantity_most)
    if quantity - had > offer.left:
        raise OutOfStock(left=offer.left + had, product_id=key[0], product=offer.name)
    if held:
        return msgspec.structs.replace(held, quantity=quantity)
    return ItemLine(0, offer.product_id, offer.variant_id, offer.name, offer.variant, quantity, offer.price)


async def write(conn: Connection, unpacked: Unpacked, lines: Sequence[ItemLine], offers: Offers) -> None:
    """Give back what the order holds and write its lines anew. `inventory_logs` and `order_edits` keep what was.

    Args:
        conn: The connection on which the order is locked.
        unpacked: The order as it was.
        lines: What it shall hold.
        offers: What is sold of each.
    """
    order_id = unpacked.order.id
    await conn.sets("CALL sp_release_order_inventory(%(id)s, 'Items changed')", id=order_id)
    kept = {line.item_id: line for line in lines if line.item_id}
    gone = [line.item_id for line in unpacked.lines if line.item_id not in kept]
    changed = [line for line in unpacked.lines if line.item_id in kept and kept[line.item_id] != line]
    fresh = sorted((line for line in lines if not line.item_id), key=lambda one: (one.product_id, one.variant_id or 0))
    statements = [
        Statement(
            "UPDATE order_items SET quantity = %(quantity)s, total_price = unit_price * %(quantity)s WHERE id = %(id)s",
            {"quantity": kept[line.item_id].quantity, "id": line.item_id},
        )
        for line in changed
    ]
    if gone:
        # What they held went back just now; a line cannot go while a reservation names it.
        statements.append(Statement("DELETE FROM inventory_reservations WHERE order_item_id IN %(ids)s", {"ids": gone}))
        statements.append(Statement("DELETE FROM order_items WHERE id IN %(ids)s", {"ids": gone}))
    if fresh:
        statements.append(
            insert_rows(
                "INSERT INTO order_items (order_id, product_id, variant_id, product_name, variant_details, sku,"
                " quantity, unit_price, total_price)",
                [
                    (
                        order_id, line.product_id, line.variant_id, line.name, line.variant or None,
                        offers[line.product_id, line.variant_id].sku, line.quantity, line.unit_price,
                        line.unit_price * line.quantity,
                    )
                    for line in fresh
                ],
            )
        )  # fmt: skip
    if statements:
        await conn.batch(*statements)
