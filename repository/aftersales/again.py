"""Ordering once more what was ordered before: into the cart, as far as it can still be had."""

from decimal import Decimal

import msgspec

from repository.database.connection import Connection
from repository.database.errors import CartFull, OutOfStock, TooMany, UnknownOrder, UnknownProduct, VariantNeeded
from repository.orders import carts
from repository.orders.carts import Cart
from repository.rules import Rules


class Short(msgspec.Struct, frozen=True):
    """A line that did not go into the cart as it was ordered.

    Attributes:
        name: The product's name when it was ordered.
        variant: Such as "Size: Large", or empty.
        wanted: Pieces that were ordered.
        put: Pieces that went into the cart.
    """

    name: str
    variant: str
    wanted: int
    put: int


class Refilled(msgspec.Struct, frozen=True):
    """What came of ordering again.

    Attributes:
        cart: The cart as it is now.
        put: Pieces that went into it.
        short: Lines that cannot be had, or not in that number.
    """

    cart: Cart
    put: int
    short: tuple[Short, ...]


class _Line(msgspec.Struct, frozen=True):
    product_id: int
    variant_id: int | None
    name: str
    variant: str
    quantity: int


async def refill(conn: Connection, *, shopper_id: int, order_id: int, rules: Rules) -> Refilled:
    """Put what an order held into its shopper's cart, on top of what is there, at today's prices.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        order_id: `orders.id`.
        rules: How much a cart and a line may hold.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
    """
    lines = await conn.all(
        _Line,
        "SELECT line.product_id, line.variant_id, line.product_name, COALESCE(line.variant_details, ''), line.quantity"
        " FROM order_items line JOIN orders o ON o.id = line.order_id"
        " WHERE o.id = %(order_id)s AND o.user_id = %(shopper_id)s ORDER BY line.product_id, line.variant_id",
        order_id=order_id,
        shopper_id=shopper_id,
    )
    if not lines:
        raise UnknownOrder(f"order {order_id}")
    cart = Cart(lines=(), subtotal=Decimal(0), count=0, weight_kg=Decimal(0))
    short: list[Short] = []
    put = 0
    for line in lines:
        done = await _put(conn, shopper_id, line, line.quantity, rules)
        put += done
        if done < line.quantity:
            short.append(Short(line.name, line.variant, line.quantity, done))
    cart = await carts.cart(conn, shopper_id=shopper_id)
    return Refilled(cart, put, tuple(short))


async def _put(conn: Connection, shopper_id: int, line: _Line, quantity: int, rules: Rules) -> int:
    """How many pieces of a line went into the cart: all, or as many as are left."""
    try:
        await carts.add_line(
            conn,
            shopper_id=shopper_id,
            product_id=line.product_id,
            variant_id=line.variant_id,
            quantity=quantity,
            rules=rules,
        )
    except OutOfStock as refused:
        fewer = min(refused.left, quantity - 1)
        return await _put(conn, shopper_id, line, fewer, rules) if fewer > 0 else 0
    except TooMany as refused:
        fewer = min(refused.most, quantity - 1)
        return await _put(conn, shopper_id, line, fewer, rules) if fewer > 0 else 0
    except (UnknownProduct, VariantNeeded, CartFull):
        return 0
    return quantity
