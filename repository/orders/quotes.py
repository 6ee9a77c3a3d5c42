"""What an order would come to: the summary that a shopper confirms."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Result, Statement
from repository.database.errors import NothingToOrder, OutOfStock, ShopError, UnknownZone
from repository.orders.carts import Cart, CartLine, cart_statement, read_cart
from repository.orders.promos import NOTHING, Buyer, Promo, discount, promo_statements
from repository.orders.shipping import Zone, fee, zone_statement
from repository.orders.standing import Standing, down_payment, standing_statement, why_verify
from repository.rules import Rules


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """What an order comes to at this moment.

    Attributes:
        lines: What is bought, the oldest line first.
        subtotal: What that costs.
        shipping_fee: What sending it costs, before a promo takes it off.
        discount: What the promo takes off.
        total: What is to be paid.
        promo_code: The promo's code as the merchant spells it, or empty.
        zone_name: Where it goes.
        zone_type: metro, provincial, island or international.
        estimated_days: How long that takes, such as "2-3 days", or empty.
        needs_verification: Whether a person must approve it, or the shopper prove who they are, before it is confirmed.
        verification_reason: Why, as `standing.why_verify` says it; empty where it need not be.
        down_payment: What of a cash order is paid before it is confirmed.
    """

    lines: tuple[CartLine, ...]
    subtotal: Decimal
    shipping_fee: Decimal
    discount: Decimal
    total: Decimal
    promo_code: str
    zone_name: str
    zone_type: str = "provincial"
    estimated_days: str
    needs_verification: bool
    verification_reason: str
    down_payment: Decimal = Decimal(0)


class PriceChanged(ShopError):
    """The order comes to something else than the shopper was shown, and nothing was placed.

    Attributes:
        quote: What it comes to now.
    """

    def __init__(self, *, quote: Quote) -> None:
        super().__init__(str(quote.total))
        self.quote = quote


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the database knows that decides about an order."""

    cart: Cart
    zone: Zone | None
    promo: Promo | None
    buyer: Buyer
    standing: Standing


async def quote(
    conn: Connection, *, shopper_id: int, zone_id: int, promo_code: str, payment_method: str, rules: Rules
) -> Quote:
    """What the shopper's cart comes to now.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        zone_id: `shipping_zones.id` of where it goes.
        promo_code: What the shopper typed, or empty.
        payment_method: As in `orders.payment_method`.
        rules: The shop's rules.

    Raises:
        NothingToOrder: There is nothing in the cart.
        OutOfStock: More of a product is in the cart than can still be sold; says which and how many are left.
        UnknownZone: The shop does not send there.
        PromoRefused: The promo does not apply; says why.
    """
    results = await conn.batch(*reading_statements(shopper_id=shopper_id, zone_id=zone_id, promo_code=promo_code))
    return quoted(read(conn, results), promo_code=promo_code, payment_method=payment_method, rules=rules)


def reading_statements(*, shopper_id: int, zone_id: int, promo_code: str) -> tuple[Statement, ...]:
    """What reads everything that decides about an order, in one round trip.

    Args:
        shopper_id: `users.id`.
        zone_id: `shipping_zones.id`.
        promo_code: What the shopper typed, or empty.
    """
    return (
        cart_statement(shopper_id),
        zone_statement(zone_id),
        standing_statement(shopper_id),
        *(promo_statements(promo_code, shopper_id) if promo_code else ()),
    )


def read(conn: Connection, results: Sequence[Result]) -> Reading:
    """What `reading_statements` found.

    Args:
        conn: The connection on which it was found.
        results: Their results, in order.
    """
    cart, zone, standing, *promo = results
    return Reading(
        cart=read_cart(conn, cart),
        zone=conn.read(Zone, zone.rows[0]) if zone.rows else None,
        standing=conn.read(Standing, standing.rows[0]),
        promo=conn.read(Promo, promo[0].rows[0]) if promo and promo[0].rows else None,
        buyer=conn.read(Buyer, promo[1].rows[0]) if promo else Buyer(),
    )


def quoted(reading: Reading, *, promo_code: str, payment_method: str, rules: Rules) -> Quote:
    """What an order comes to, from what the database knows.

    Args:
        reading: What the database knows.
        promo_code: What the shopper typed, or empty.
        payment_method: As in `orders.payment_method`.
        rules: The shop's rules.

    Raises:
        NothingToOrder, OutOfStock, UnknownZone, PromoRefused: As `quote`.
    """
    cart = reading.cart
    if not cart.lines:
        raise NothingToOrder("nothing to order")
    if short := first_short(cart):
        raise short
    if reading.zone is None:
        raise UnknownZone("no such zone")
    shipping_fee = fee(reading.zone, subtotal=cart.subtotal, weight_kg=cart.weight_kg)
    off, code = NOTHING, ""
    if promo_code:
        now = reading.standing.now
        off = discount(reading.promo, lines=cart.lines, shipping_fee=shipping_fee, buyer=reading.buyer, now=now)
        code = reading.promo.code if reading.promo else ""
    total = cart.subtotal + shipping_fee - off
    reason = why_verify(reading.standing, total=total, payment_method=payment_method, rules=rules)
    return Quote(
        lines=cart.lines,
        subtotal=cart.subtotal,
        shipping_fee=shipping_fee,
        discount=off,
        total=total,
        promo_code=code,
        zone_name=reading.zone.name,
        zone_type=reading.zone.zone_type,
        estimated_days=reading.zone.estimated_days,
        needs_verification=bool(reason),
        verification_reason=reason,
        down_payment=down_payment(total, payment_method=payment_method, rules=rules),
    )


def first_short(cart: Cart, *, product_id: int = 0) -> OutOfStock | None:
    """The refusal for the first line that holds more than can be sold, None where every line can be had.

    Args:
        cart: The cart.
        product_id: Refuse this product's line in any case, with what is left.
    """
    for line in cart.lines:
        if line.quantity > line.left or line.product_id == product_id:
            name = f"{line.name} ({line.variant})" if line.variant else line.name
            return OutOfStock(left=min(line.left, line.quantity - 1), product_id=line.product_id, product=name)
    return None
