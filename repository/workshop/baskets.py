"""Baskets for `bench reserve`: orders with lines in no order, how they are reserved, and whether the books balance."""

import random
from collections.abc import Sequence

import msgspec

from repository.database.connection import Connection
from repository.database.inserting import insert_rows
from repository.database.scalars import number

_TOGETHER = 500  # orders that one statement inserts

SESSION = ("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",)
"""As the program's own sessions."""

BY_HAND = ("SET @qs_ref_type = 'order', @qs_ref_note = 'Reserved'",)
"""What tells the log of stock that the changes of a session belong to orders."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a basket."""

    item_id: int
    product_id: int
    quantity: int


class Basket(msgspec.Struct, frozen=True, kw_only=True):
    """An order that holds nothing yet, its lines in the order in which the shopper took them."""

    order_id: int
    lines: tuple[Line, ...]


class Books(msgspec.Struct, frozen=True):
    """What must be 0 whatever happened, and the lowest stock there is."""

    lowest_stock: int
    wrong_stock: int
    """Products where what is left and what is held are not what was received."""

    wrong_logs: int
    """Products whose log does not add up to their stock."""

    half_reserved: int
    """Orders that hold some of their lines and not all."""


async def fill(conn: Connection, *, products: int, stock: int) -> None:
    """Fill an empty shop.

    Args:
        conn: A connection in a transaction.
        products: How many, numbered from 1.
        stock: Pieces of each.
    """
    await conn.run("INSERT INTO brands (id, name, slug) VALUES (1, 'Bench', 'bench')")
    await conn.run("INSERT INTO categories (id, name, slug) VALUES (1, 'Bench', 'bench')")
    await conn.run(
        "INSERT INTO users (id, messenger_id) WITH RECURSIVE n (id) AS"
        " (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 1000) SELECT id, CONCAT('bench-', id) FROM n"
    )
    for first in range(1, products + 1, 1000):
        await conn.batch(
            insert_rows(
                "INSERT INTO products (id, sku, slug, name, category_id, brand_id, base_price, stock_quantity)",
                [
                    (number, f"B-{number}", f"b-{number}", f"Product {number}", 1, 1, 199, stock)
                    for number in range(first, min(first + 1000, products + 1))
                ],
            )
        )


async def order(conn: Connection, *, baskets: int, products: range, chance: random.Random) -> list[Basket]:
    """Place orders of 1 to 5 lines, each of another product.

    Args:
        conn: A connection in a transaction.
        baskets: How many.
        products: What they choose from.
        chance: Decides what.
    """
    order_id = number(await conn.value("SELECT COALESCE(MAX(id), 0) FROM orders"))
    item_id = number(await conn.value("SELECT COALESCE(MAX(id), 0) FROM order_items"))
    made: list[Basket] = []
    for _ in range(baskets):
        order_id += 1
        lines = []
        for product_id in chance.sample(products, chance.randint(1, 5)):
            item_id += 1
            lines.append(Line(item_id=item_id, product_id=product_id, quantity=chance.randint(1, 3)))
        made.append(Basket(order_id=order_id, lines=tuple(lines)))
    for first in range(0, len(made), _TOGETHER):
        await _insert(conn, made[first : first + _TOGETHER])
    return made


async def _insert(conn: Connection, baskets: Sequence[Basket]) -> None:
    orders = insert_rows(
        "INSERT INTO orders (id, order_number, user_id, total_amount)",
        [(b.order_id, f"B-{b.order_id}", b.order_id % 1000 + 1, 199) for b in baskets],
    )
    lines = insert_rows(
        "INSERT INTO order_items (id, order_id, product_id, product_name, quantity, unit_price, total_price)",
        [
            (line.item_id, b.order_id, line.product_id, f"Product {line.product_id}", line.quantity, 199, 199)
            for b in baskets
            for line in b.lines
        ],
    )
    await conn.batch(orders)
    await conn.batch(lines)


def by_procedure(basket: Basket) -> list[str]:
    """Reserve a basket as the shop does: one call."""
    return [f"CALL sp_reserve_order_inventory({basket.order_id}, 30)"]


def bare(basket: Basket) -> list[str]:
    """The least statements that move the same stock: for each line a conditional update and an insert, on their own.

    The log of stock is written by the same trigger. The order's state, what it holds already and whether a line failed
    is nobody's business; nothing is undone.
    """
    return [statement for line in basket.lines for statement in _least(basket, line)]


def bare_together(basket: Basket) -> list[str]:
    """The same in one transaction, in the order of the products, since any other order deadlocks."""
    lines = sorted(basket.lines, key=lambda line: line.product_id)
    return ["BEGIN", *(statement for line in lines for statement in _least(basket, line)), "COMMIT"]


def _least(basket: Basket, line: Line) -> tuple[str, str]:
    return (
        f"UPDATE products SET stock_quantity = stock_quantity - {line.quantity}"
        f" WHERE id = {line.product_id} AND stock_quantity >= {line.quantity}",
        "INSERT INTO inventory_reservations (order_id, order_item_id, product_id, variant_id, quantity, expires_at)"
        f" VALUES ({basket.order_id}, {line.item_id}, {line.product_id}, NULL, {line.quantity},"
        " NOW() + INTERVAL 30 MINUTE)",
    )


async def restock(conn: Connection, *, products: range, stock: int) -> None:
    """Set the stock of some products, as a merchant would by hand."""
    await conn.run(
        "UPDATE products SET stock_quantity = %(stock)s WHERE id BETWEEN %(first)s AND %(last)s ORDER BY id",
        stock=stock,
        first=products.start,
        last=products.stop - 1,
    )


async def audit(conn: Connection) -> Books:
    """Add everything up."""
    totals = await conn.one(
        Books,
        """
        SELECT (SELECT MIN(stock_quantity) FROM products),
               (SELECT COUNT(*) FROM products p
                LEFT JOIN (SELECT product_id, SUM(quantity) AS held FROM inventory_reservations
                           WHERE status IN ('reserved', 'committed') GROUP BY product_id) r ON r.product_id = p.id
                LEFT JOIN (SELECT product_id, SUM(quantity_change) AS received FROM inventory_logs
                           WHERE reference_type <> 'order' GROUP BY product_id) l ON l.product_id = p.id
                WHERE p.stock_quantity + COALESCE(r.held, 0) <> COALESCE(l.received, 0)),
               (SELECT COUNT(*) FROM products p
                LEFT JOIN (SELECT product_id, SUM(quantity_change) AS changes FROM inventory_logs GROUP BY product_id) l
                    ON l.product_id = p.id
                WHERE p.stock_quantity <> COALESCE(l.changes, 0)),
               (SELECT COUNT(*) FROM (
                    SELECT i.order_id FROM order_items i
                    LEFT JOIN inventory_reservations r ON r.order_item_id = i.id AND r.live_slot = 1
                    GROUP BY i.order_id HAVING COUNT(r.id) NOT IN (0, COUNT(*))) h)
        """,
    )
    assert totals is not None
    return totals
