"""What a transcript can ask the database: each fact as a word or two that people read."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Connection
from repository.database.scalars import number, text

NOTHING = "nothing"
_QUEUES = {
    "orders": "SELECT queue_type, COUNT(*) FROM order_processing_queue"
    " WHERE status IN ('pending', 'processing', 'retry') GROUP BY queue_type ORDER BY queue_type",
    "notices": "SELECT notification_type, COUNT(*) FROM notification_queue WHERE status = 'pending'"
    " GROUP BY notification_type ORDER BY notification_type",
    "outbox": "SELECT messaging_type, COUNT(*) FROM outbox WHERE status = 'queued'"
    " GROUP BY messaging_type ORDER BY messaging_type",
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what a fact is about.

    Attributes:
        psid: The shopper.
        of: The order, product or queue that is named; empty for none.
        since: When the exchange began.
    """

    psid: str
    of: str = ""
    since: datetime = datetime(2000, 1, 1, tzinfo=UTC)


async def fact(conn: Connection, name: str, asked: Asked) -> str:
    """What is so now, in words; "nothing" where there is no such row.

    Args:
        conn: An open connection.
        name: Which fact.
        asked: About whom and what.

    Raises:
        KeyError: There is no such fact.
    """
    return await _FACTS[name](conn, asked) or NOTHING


async def _state(conn: Connection, asked: Asked) -> str:
    state = await conn.value("SELECT state FROM conversations WHERE psid = %(psid)s", psid=asked.psid)
    return str(json.loads(str(state)).get("at", "")) if state else ""


async def _language(conn: Connection, asked: Asked) -> str:
    found = await conn.value("SELECT language FROM users WHERE messenger_id = %(psid)s", psid=asked.psid)
    return str(found or "")


async def _cart(conn: Connection, asked: Asked) -> str:
    pieces = await conn.value(
        "SELECT COALESCE(SUM(c.quantity), 0) FROM cart_items c JOIN users u ON u.id = c.user_id"
        " WHERE u.messenger_id = %(psid)s",
        psid=asked.psid,
    )
    return str(int(str(pieces)))


async def said(conn: Connection, asked: Asked) -> list[tuple[str, object]]:
    """The replies of a shopper's turns, each by its name and its facts.

    Args:
        conn: An open connection.
        asked: Whose, and since when.
    """
    found = await conn.run(
        "SELECT recording FROM chat_logs WHERE user_id = %(psid)s AND decided_at >= %(since)s AND recording IS NOT NULL"
        " ORDER BY decided_at, id",
        psid=asked.psid,
        since=asked.since,
    )
    return [(str(name), facts) for (recording,) in found.rows for name, facts in json.loads(text(recording))["replies"]]


async def _said(conn: Connection, asked: Asked) -> str:
    return ", ".join(name for name, _ in await said(conn, asked))


async def _left_to(conn: Connection, asked: Asked) -> str:
    row = await conn.run("SELECT quiet_since FROM conversations WHERE psid = %(psid)s", psid=asked.psid)
    return ("person" if row.rows[0][0] is not None else "bot") if row.rows else ""


async def _orders(conn: Connection, _asked: Asked) -> str:
    return str(await conn.value("SELECT COUNT(*) FROM orders"))


async def _order(conn: Connection, asked: Asked) -> str:
    row = await conn.run(
        "SELECT order_status, FORMAT(total_amount, 2), payment_method, payment_status FROM orders"
        " WHERE order_number = %(number)s",
        number=asked.of,
    )
    return "{}, ₱{}, {} {}".format(*map(text, row.rows[0])) if row.rows else ""


async def _stock(conn: Connection, asked: Asked) -> str:
    found = await shelf(conn, asked.of)
    return str(found.left) if found else ""


async def _queue(conn: Connection, asked: Asked) -> str:
    found = await conn.run(_QUEUES[asked.of])
    return ", ".join(f"{text(kind)} × {number(count)}" for kind, count in found.rows)


_FACTS: Mapping[str, Callable[[Connection, Asked], Awaitable[str]]] = {
    "state": _state,
    "language": _language,
    "cart": _cart,
    "said": _said,
    "left to": _left_to,
    "orders": _orders,
    "order": _order,
    "stock": _stock,
    "queue": _queue,
}


class Shelf(msgspec.Struct, frozen=True):
    """Something on the shelf: `products.id`, `product_variants.id` or 0, what it costs and how many are left."""

    product_id: int
    variant_id: int
    price: Decimal
    left: int


async def shelf(conn: Connection, named: str) -> Shelf | None:
    """What is on the shelf under a name, as the fact "stock" finds it; None where nothing is.

    Args:
        conn: An open connection.
        named: A SKU, a slug or a name; with ", " and the variant behind it for one.
    """
    return await conn.one(
        Shelf,
        "SELECT p.id, COALESCE(v.id, 0), p.base_price, COALESCE(v.stock_quantity, p.stock_quantity)"
        " FROM products p LEFT JOIN product_variants v ON v.product_id = p.id"
        " AND %(of)s IN (CONCAT(p.sku, v.sku_suffix), CONCAT(p.name, ', ', v.variant_value))"
        " WHERE v.id IS NOT NULL OR %(of)s IN (p.sku, p.slug, p.name) ORDER BY v.id IS NULL, p.id LIMIT 1",
        of=named,
    )


async def order_id(conn: Connection, number: str) -> int | None:
    """`orders.id` of an order.

    Args:
        conn: An open connection.
        number: `orders.order_number`.

    Returns:
        None where there is no such order.
    """
    found = await conn.value("SELECT id FROM orders WHERE order_number = %(number)s", number=number)
    return None if found is None else int(str(found))
