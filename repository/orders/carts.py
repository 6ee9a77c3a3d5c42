"""The shopper's cart: what is in it, and at which of today's prices."""

from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Result, Statement
from repository.database.errors import OutOfStock, TooMany, UnknownLine
from repository.orders.offered import OFFERED, OURS, PUT, Offer, refusal
from repository.rules import Rules


class CartLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of a cart.

    Attributes:
        id: `cart_items.id`.
        product_id: `products.id`.
        variant_id: `product_variants.id`, None where the product has none.
        name: The product's name.
        variant: Such as "Size: Large", or empty.
        quantity: Pieces.
        unit_price: What a piece costs now.
        total: What the line costs now.
        left: Pieces that can still be sold; 0 too where it is no longer offered at all.
        picture_url: The product's main picture, or empty.
        price_put: What a piece cost when it was put in; None where nobody noted that.
    """

    id: int
    product_id: int
    variant_id: int | None
    name: str
    variant: str
    quantity: int
    unit_price: Decimal
    total: Decimal
    left: int
    picture_url: str
    price_put: Decimal | None = None

    @property
    def was(self) -> Decimal | None:
        """What a piece cost when it was put in, where that is another price than now; else None."""
        return self.price_put if self.price_put is not None and self.price_put != self.unit_price else None

    @property
    def has_changed(self) -> bool:
        """Whether it is not what was put in: it costs something else, or there is not enough of it."""
        return self.was is not None or self.left < self.quantity


class Cart(msgspec.Struct, frozen=True, kw_only=True):
    """What a shopper wants to buy.

    Attributes:
        lines: The oldest first.
        subtotal: What they cost together now.
        count: Pieces.
        weight_kg: What they weigh together; products without a weight count as nothing.
    """

    lines: tuple[CartLine, ...]
    subtotal: Decimal
    count: int
    weight_kg: Decimal


_CART = f"""
    SELECT line.id, line.product_id, line.variant_id, p.name,
        COALESCE(CONCAT(v.variant_name, ': ', v.variant_value), ''), line.quantity,
        GREATEST(p.base_price + COALESCE(v.price_adjustment, 0), 0),
        line.quantity * GREATEST(p.base_price + COALESCE(v.price_adjustment, 0), 0),
        CASE WHEN p.status <> 'active' THEN 0
             WHEN line.variant_id IS NOT NULL THEN IF(v.is_available, v.stock_quantity, 0)
             WHEN EXISTS (SELECT 1 FROM product_variants WHERE product_id = p.id) THEN 0
             ELSE p.stock_quantity END
        + IF(p.status = 'active', {OURS.format(variant="line.variant_id")}, 0),
        COALESCE((SELECT image_url FROM product_images WHERE product_id = p.id AND image_type <> 'thumbnail'
                  ORDER BY is_primary DESC, display_order, id LIMIT 1), ''),
        line.price_put, line.quantity * COALESCE(p.weight_kg, 0)
    FROM cart_items line
    JOIN products p ON p.id = line.product_id
    LEFT JOIN product_variants v ON v.id = line.variant_id
    WHERE line.user_id = %(shopper_id)s
    ORDER BY line.id
"""


async def cart(conn: Connection, *, shopper_id: int) -> Cart:
    """The shopper's cart at today's prices.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    return read_cart(conn, await conn.run(_CART, shopper_id=shopper_id))


async def add_line(
    conn: Connection,
    *,
    shopper_id: int,
    product_id: int,
    rules: Rules,
    variant_id: int | None = None,
    quantity: int = 1,
) -> Cart:
    """Put a product in the shopper's cart, on top of any already there.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id` of whose cart it is.
        product_id: What to add.
        rules: How much a cart and a line may hold.
        variant_id: Which variant, where the product has any.
        quantity: How many pieces to add, at least 1.

    Returns:
        The whole cart after the change, oldest line first.

    Raises:
        UnknownProduct: The product or the variant does not exist or is no longer sold.
        VariantNeeded: The product comes in variants and none was chosen.
        OutOfStock: The cart would hold more than can still be sold; `left` says how many pieces that is.
        TooMany: The line would hold more pieces than the shop sells at once.
        CartFull: The cart has no room for another line.
    """
    wanted = max(quantity, 1)
    most = min(wanted, rules.line_quantity_most + 1)  # more is refused, and may not fit the column
    what = {"shopper_id": shopper_id, "product_id": product_id, "variant_id": variant_id, "wanted": most}
    # The product is locked before the cart, as placing an order does it: the insert locks its neighbours in the index
    # (lines of other shoppers) and then, by its foreign key, the product. It is put in and looked at in one round trip,
    # and taken out again where it is refused.
    put = Statement("SAVEPOINT line"), Statement(PUT, what)
    offered, *_, lines = await conn.batch(Statement(OFFERED, what), *put, cart_statement(shopper_id))
    offer = conn.read(Offer, offered.rows[0]) if offered.rows else None
    if refused := refusal(offer, product_id, variant_id, wanted, rules):
        await conn.run("ROLLBACK TO SAVEPOINT line")
        raise refused
    return read_cart(conn, lines)


async def set_quantity(conn: Connection, *, shopper_id: int, line_id: int, quantity: int, rules: Rules) -> Cart:
    """Change how many pieces of a line the shopper wants.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id` of whose cart it is.
        line_id: `cart_items.id`.
        quantity: Pieces from now on; 0 takes the line out.
        rules: How much a line may hold.

    Returns:
        The whole cart after the change.

    Raises:
        UnknownLine: The cart has no such line.
        OutOfStock: So many cannot be sold; `left` says how many can.
        TooMany: It is more than the shop sells at once.
    """
    if quantity < 1:
        return await remove_line(conn, shopper_id=shopper_id, line_id=line_id)
    before = await cart(conn, shopper_id=shopper_id)
    line = next((line for line in before.lines if line.id == line_id), None)
    if line is None:
        raise UnknownLine(f"line {line_id}")
    if quantity > rules.line_quantity_most:
        raise TooMany(most=rules.line_quantity_most)
    if quantity > line.left:
        raise OutOfStock(left=line.left, product_id=line.product_id)
    _, lines = await conn.batch(
        Statement(
            "UPDATE cart_items SET quantity = %(quantity)s, price_put = %(price)s WHERE id = %(line_id)s",
            {"quantity": quantity, "line_id": line_id, "price": line.unit_price},
        ),
        cart_statement(shopper_id),
    )
    return read_cart(conn, lines)


async def remove_line(conn: Connection, *, shopper_id: int, line_id: int) -> Cart:
    """Take a line out of the cart.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id` of whose cart it is.
        line_id: `cart_items.id`.

    Returns:
        The whole cart after the change.

    Raises:
        UnknownLine: The cart has no such line.
    """
    gone, lines = await conn.batch(
        Statement(
            "DELETE FROM cart_items WHERE id = %(line_id)s AND user_id = %(shopper_id)s",
            {"line_id": line_id, "shopper_id": shopper_id},
        ),
        cart_statement(shopper_id),
    )
    if not gone.rowcount:
        raise UnknownLine(f"line {line_id}")
    return read_cart(conn, lines)


async def empty(conn: Connection, *, shopper_id: int) -> None:
    """Take everything out of the cart.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id` of whose cart it is.
    """
    await conn.batch(emptying(shopper_id))


def emptying(shopper_id: int) -> Statement:
    """What takes everything out of a cart, to be sent together with something else.

    Without the named index a small table would be read from end to end, and other shoppers' lines locked.

    Args:
        shopper_id: `users.id` of whose cart it is.
    """
    return Statement(
        "DELETE line FROM cart_items line FORCE INDEX (uq_cart_items_line) WHERE line.user_id = %(shopper_id)s",
        {"shopper_id": shopper_id},
    )


def cart_statement(shopper_id: int) -> Statement:
    """What reads a cart, to be sent together with something else.

    Args:
        shopper_id: `users.id` of whose cart it is.
    """
    return Statement(_CART, {"shopper_id": shopper_id})


def read_cart(conn: Connection, result: Result) -> Cart:
    """The cart that `cart_statement` found.

    Args:
        conn: The connection on which it was found.
        result: Its result.
    """
    lines = tuple(conn.read(CartLine, row[:-1]) for row in result.rows)
    return Cart(
        lines=lines,
        subtotal=sum((line.total for line in lines), Decimal("0.00")),
        count=sum(line.quantity for line in lines),
        weight_kg=sum((Decimal(str(row[-1])) for row in result.rows), Decimal(0)),
    )
