"""A shopper's orders: the list, one with all its lines, and taking one back."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.catalogue.cards import pages_of
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotCancellable, UnknownOrder
from repository.database.scalars import number
from repository.orders.addresses import AddressDraft
from repository.orders.moves import CANCELLABLE, SHOPPER, move
from repository.orders.placing import Placed, place
from repository.orders.quotes import PriceChanged, Quote, quote
from repository.orders.standing import AHEAD
from repository.rules import Rules

__all__ = [
    "Order",
    "OrderLine",
    "OrderPage",
    "OrderSummary",
    "Placed",
    "PriceChanged",
    "Quote",
    "cancel",
    "order",
    "orders",
    "place",
    "quote",
]


class OrderLine(msgspec.Struct, frozen=True):
    """A line of an order, with the name and the price as they were.

    Attributes:
        name: The product's name when it was ordered.
        variant: Such as "Size: Large", or empty.
        quantity: Pieces.
        unit_price: What a piece cost.
        total: What the line cost.
        picture_url: The product's picture of today, or empty.
    """

    name: str
    variant: str
    quantity: int
    unit_price: Decimal
    total: Decimal
    picture_url: str


class OrderSummary(msgspec.Struct, frozen=True):
    """An order among others.

    Attributes:
        id: `orders.id`.
        order_number: What people call it.
        status: As in `orders.order_status`.
        payment_method: As in `orders.payment_method`.
        total: What it comes to.
        item_count: Pieces.
        created_at: When it was placed.
        first_item: The name of its first line.
        can_cancel: Whether the shopper may still take it back.
    """

    id: int
    order_number: str
    status: str
    payment_method: str
    total: Decimal
    item_count: int
    created_at: datetime
    first_item: str
    can_cancel: bool


class OrderPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of orders, the newest first. Pages count from 1."""

    items: tuple[OrderSummary, ...]
    page: int
    pages: int


class Order(OrderSummary, frozen=True, kw_only=True):
    """An order with all that its shopper may know.

    Attributes:
        lines: What was bought.
        subtotal: What that cost.
        shipping_fee: What sending it costs.
        discount: What a promo took off.
        promo_code: Which, or empty.
        delivery: Where it goes, as it was when it was ordered.
        payment_status: As in `orders.payment_status`.
        verification_status: As in `orders.verification_status`.
        verification_expires_at: Until when it must be verified, None where it need not be.
        tracking_number: The courier's, or empty.
        estimated_days: How long sending takes, or empty.
        paid: What came in so far.
        balance: What is still to be paid.
        down_payment: What is paid before it is confirmed, of a cash order.
        courier: Who delivers it, or empty.
        courier_link: The pattern of the courier's page about a parcel, or empty.
    """

    lines: tuple[OrderLine, ...]
    subtotal: Decimal
    shipping_fee: Decimal
    discount: Decimal
    promo_code: str
    delivery: AddressDraft
    payment_status: str
    verification_status: str
    verification_expires_at: datetime | None
    tracking_number: str
    estimated_days: str
    paid: Decimal = Decimal(0)
    balance: Decimal = Decimal(0)
    down_payment: Decimal = Decimal(0)
    courier: str = ""
    courier_link: str = ""

    @property
    def due(self) -> Decimal:
        """What must still come in before it is confirmed; nothing where that is there, or it is confirmed."""
        if self.status != "pending" or self.payment_status == "paid":
            return Decimal(0)
        asked = self.total if self.payment_method in AHEAD else self.down_payment
        return max(Decimal(0), asked - self.paid)


class _Rest(msgspec.Struct, frozen=True):
    subtotal: Decimal
    shipping_fee: Decimal
    discount: Decimal
    promo_code: str
    payment_status: str
    verification_status: str
    verification_expires_at: datetime | None
    tracking_number: str
    estimated_days: str
    paid: Decimal
    balance: Decimal
    down_payment: Decimal
    courier: str
    courier_link: str


_SUMMARY = """o.id, o.order_number, o.order_status, o.payment_method, o.total_amount,
    COALESCE((SELECT CAST(SUM(quantity) AS SIGNED) FROM order_items WHERE order_id = o.id), 0), o.created_at,
    COALESCE((SELECT product_name FROM order_items WHERE order_id = o.id ORDER BY id LIMIT 1), ''),
    o.order_status IN ('pending', 'confirmed')"""


async def orders(conn: Connection, *, shopper_id: int, page: int, page_size: int) -> OrderPage:
    """The shopper's orders, the newest first.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        page: Which page, from 1; past the end it is the last one.
        page_size: Orders on a page.
    """
    page = max(page, 1)

    def listed(page: int) -> Statement:
        values: dict[str, Bound] = {"shopper_id": shopper_id, "most": page_size, "skip": (page - 1) * page_size}
        return Statement(
            f"SELECT {_SUMMARY} FROM orders o WHERE o.user_id = %(shopper_id)s"
            " ORDER BY o.created_at DESC, o.id DESC LIMIT %(most)s OFFSET %(skip)s",
            values,
        )

    counted, rows = await conn.batch(
        Statement("SELECT COUNT(*) FROM orders WHERE user_id = %(shopper_id)s", {"shopper_id": shopper_id}),
        listed(page),
    )
    pages = pages_of(number(counted.rows[0][0]), page_size)
    if page > pages:
        page = pages
        (rows,) = await conn.batch(listed(page))
    return OrderPage(items=tuple(conn.read(OrderSummary, row) for row in rows.rows), page=page, pages=pages)


async def order(conn: Connection, *, shopper_id: int, order_id: int) -> Order:
    """One of the shopper's orders with all its lines.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        order_id: `orders.id`.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
    """
    values: dict[str, Bound] = {"shopper_id": shopper_id, "order_id": order_id}
    mine = "FROM orders o WHERE o.id = %(order_id)s AND o.user_id = %(shopper_id)s"
    head, rest, delivery, lines = await conn.batch(
        Statement(f"SELECT {_SUMMARY} {mine}", values),
        Statement(
            f"""
            SELECT o.subtotal, o.shipping_fee, o.discount_amount, COALESCE(o.promo_code, ''), o.payment_status,
                o.verification_status, o.verification_expires_at, COALESCE(o.tracking_number, ''),
                COALESCE((SELECT estimated_days FROM shipping_zones WHERE id = o.shipping_zone_id), ''),
                GREATEST(o.upfront_paid, IF(o.payment_status = 'paid', o.total_amount, 0)),
                IF(o.payment_status = 'paid', 0, COALESCE(o.remaining_balance, o.total_amount - o.upfront_paid)),
                o.down_payment, COALESCE(o.courier, ''),
                COALESCE((SELECT link FROM couriers WHERE name = o.courier), '')
            {mine}
            """,
            values,
        ),
        Statement(
            f"""
            SELECT COALESCE(o.ship_recipient_name, ''), COALESCE(o.ship_phone, ''), COALESCE(o.ship_address_line1, ''),
                COALESCE(o.ship_city, ''), COALESCE(o.ship_province, ''), COALESCE(o.ship_address_line2, ''),
                COALESCE(o.ship_barangay, ''), COALESCE(o.ship_region, ''), COALESCE(o.ship_postal_code, ''),
                COALESCE(o.ship_landmark, '')
            {mine}
            """,
            values,
        ),
        Statement(
            """
            SELECT line.product_name, COALESCE(line.variant_details, ''), line.quantity, line.unit_price,
                line.total_price,
                COALESCE((SELECT image_url FROM product_images WHERE product_id = line.product_id
                          AND image_type <> 'thumbnail' ORDER BY is_primary DESC, display_order, id LIMIT 1), '')
            FROM order_items line WHERE line.order_id = %(order_id)s ORDER BY line.id
            """,
            values,
        ),
    )
    if not head.rows:
        raise UnknownOrder(f"order {order_id}")
    return Order(
        **msgspec.structs.asdict(conn.read(OrderSummary, head.rows[0])),
        **msgspec.structs.asdict(conn.read(_Rest, rest.rows[0])),
        delivery=AddressDraft(
            **dict(zip(AddressDraft.__struct_fields__, map(str, delivery.rows[0]), strict=True)),
        ),
        lines=tuple(conn.read(OrderLine, row) for row in lines.rows),
    )


async def cancel(conn: Connection, *, shopper_id: int, order_id: int, reason: str) -> Order:
    """Take an order back for its shopper: the stock returns, and so does the promo.

    Args:
        conn: A connection inside a transaction, which the caller owns.
        shopper_id: `users.id`.
        order_id: `orders.id`.
        reason: Why, for the merchant.

    Returns:
        The order as it is now.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        NotCancellable: It is too far on its way, or over already; says where it is.
    """
    status = await conn.value(
        "SELECT order_status FROM orders WHERE id = %(order_id)s AND user_id = %(shopper_id)s FOR UPDATE",
        shopper_id=shopper_id,
        order_id=order_id,
    )
    if status is None:
        raise UnknownOrder(f"order {order_id}")
    if status not in CANCELLABLE:
        raise NotCancellable(status=str(status))
    # No rule decides about a shopper's own cancellation.
    await move(conn, order_id=order_id, to="cancelled", actor=SHOPPER, rules=Rules(), reason=reason)
    return await order(conn, shopper_id=shopper_id, order_id=order_id)
