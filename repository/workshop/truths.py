"""What is true of a shop's rows whatever was said in it."""

from repository.database.connection import Connection

_BROKEN = (
    ("a stock is negative", "SELECT COUNT(*) FROM products WHERE stock_quantity < 0"),
    ("the stock of a variant is negative", "SELECT COUNT(*) FROM product_variants WHERE stock_quantity < 0"),
    (
        "the lines of an order do not add up to its subtotal",
        "SELECT COUNT(*) FROM orders o WHERE o.subtotal <>"
        " (SELECT COALESCE(SUM(i.total_price), 0) FROM order_items i WHERE i.order_id = o.id)",
    ),
    (
        "an order's amounts do not add up to its total",
        "SELECT COUNT(*) FROM orders WHERE total_amount <> subtotal + shipping_fee + tax_amount - discount_amount",
    ),
    (
        "a confirmation placed more than one order",
        "SELECT COUNT(*) FROM (SELECT placement_nonce FROM orders WHERE placement_nonce IS NOT NULL"
        " GROUP BY user_id, placement_nonce HAVING COUNT(*) > 1) AS doubled",
    ),
)


async def broken(conn: Connection) -> list[str]:
    """What of it does not hold, in words; nothing where all is well.

    Args:
        conn: An open connection.
    """
    return [words for words, question in _BROKEN if await conn.value(question)]
