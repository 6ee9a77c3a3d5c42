"""A cart that was filled in Facebook's own shop, put into ours: our products, our prices, what is left."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

import msgspec

from repository.database.connection import Connection
from repository.database.errors import CartFull, OutOfStock, TooMany, UnknownProduct, VariantNeeded
from repository.orders import carts
from repository.orders.carts import Cart, CartLine
from repository.referrals.opening import Goods, Named, find
from repository.rules import Rules

LINES_MOST = 100
"""Lines of a sent cart that are looked at."""
_PRICE_MOST = Decimal(10) ** 8
Why = Literal["unknown", "gone", "sold_out", "fewer", "too_many", "full", "variant", "none", "price"]
"""What is other than it was sent: not known here, no longer sold, sold out, fewer left, more than is sold at once, no
room in the cart, a variant must be chosen, no pieces asked for, another price."""


class SentLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the cart that was sent.

    Attributes:
        code: The article number that Facebook's catalogue knows, empty for none.
        facebook_id: Facebook's own number for it, empty for none.
        title: What it is called there.
        quantity: Pieces that are wanted.
        unit_price: What a piece costs there, as text.
        currency: In which currency, empty where that is not told.
    """

    code: str = ""
    facebook_id: str = ""
    title: str = ""
    quantity: int = 1
    unit_price: str = ""
    currency: str = ""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What of a sent cart is other than it was sent.

    Attributes:
        why: What.
        name: What the product is called.
        product_id: `products.id`, None where it is not known here.
        wanted: Pieces that were wanted.
        put: Pieces that are in the cart.
        price: What a piece costs here; None where that does not matter.
        theirs: What it cost there.
        currency: In which currency, empty where that is the shop's.
    """

    why: Why
    name: str
    product_id: int | None = None
    wanted: int = 0
    put: int = 0
    price: Decimal | None = None
    theirs: Decimal | None = None
    currency: str = ""


class TakenCart(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a sent cart.

    Attributes:
        cart: The shopper's cart as it is now.
        put: Pieces of what was sent that are in it.
        differences: What is other than it was sent, in the order of its lines.
    """

    cart: Cart
    put: int
    differences: tuple[Difference, ...] = ()


async def take_cart(conn: Connection, *, shopper_id: int, lines: Sequence[SentLine], rules: Rules) -> TakenCart:
    """Put what was sent into the shopper's cart: so many pieces as were sent, however many lay there before.

    Sent twice, it is in the cart once. What else is in the cart stays. Prices are ours.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        lines: What was sent, in order.
        rules: How much a cart and a line may hold.
    """
    lines = lines[:LINES_MOST]
    found = await find(conn, wanted=[Named(line.code, line.title, line.facebook_id) for line in lines])
    wanted: dict[Goods, SentLine] = {}
    differences: list[Difference] = []
    for line, goods in zip(lines, found, strict=True):
        if goods is None or not goods.is_sold:
            differences.append(_missing(line, goods))
        elif line.quantity < 1:
            differences.append(Difference(why="none", name=goods.name, product_id=goods.product_id))
        else:
            before = wanted.get(goods)
            pieces = line.quantity + (before.quantity if before else 0)
            wanted[goods] = msgspec.structs.replace(line, quantity=pieces)
    cart = await carts.cart(conn, shopper_id=shopper_id)
    put = 0
    for goods in sorted(wanted, key=lambda one: (one.product_id, one.variant_id or 0)):  # in the order of locks
        cart, difference, pieces = await _put(conn, shopper_id, cart, goods, wanted[goods], rules)
        put += pieces
        differences += [difference] if difference else []
    return TakenCart(cart=cart, put=put, differences=tuple(differences))


def _missing(line: SentLine, goods: Goods | None) -> Difference:
    return Difference(
        why="gone" if goods else "unknown",
        name=(goods.name if goods else "") or line.title or line.code,
        product_id=goods.product_id if goods else None,
        wanted=max(line.quantity, 0),
    )


async def _put(
    conn: Connection, shopper_id: int, cart: Cart, goods: Goods, line: SentLine, rules: Rules
) -> tuple[Cart, Difference | None, int]:
    """The cart with a line of it, what is other than it was sent, and how many pieces are in it."""
    held = _line_of(cart, goods)
    why: Why = "fewer"
    pieces = min(line.quantity, rules.line_quantity_most)
    if pieces < line.quantity:
        why = "too_many"
    for _ in range(2):  # once more with what is left
        try:
            if pieces < 1:
                break
            if held:
                cart = await carts.set_quantity(
                    conn, shopper_id=shopper_id, line_id=held.id, quantity=pieces, rules=rules
                )
            else:
                cart = await carts.add_line(
                    conn, shopper_id=shopper_id, product_id=goods.product_id, variant_id=goods.variant_id,
                    quantity=pieces, rules=rules,
                )  # fmt: skip
        except OutOfStock as short:
            pieces, why = short.left, "fewer" if short.left else "sold_out"
        except (UnknownProduct, TooMany):
            pieces, why = 0, "gone"
        except VariantNeeded:
            pieces, why = 0, "variant"
        except CartFull:
            pieces, why = 0, "full"
        else:
            break
    inside = _line_of(cart, goods)
    name = goods.name
    if inside is None or pieces < line.quantity:
        put = pieces if inside else 0
        difference = Difference(why=why, name=name, product_id=goods.product_id, wanted=line.quantity, put=put)
        return cart, difference, put
    theirs = _price(line.unit_price)
    is_foreign = bool(line.currency) and line.currency.upper() != rules.currency.upper()
    if theirs is not None and (is_foreign or theirs != inside.unit_price):
        said = Difference(
            why="price", name=name, product_id=goods.product_id, wanted=line.quantity, put=pieces,
            price=inside.unit_price, theirs=theirs, currency=line.currency.upper()[:3] if is_foreign else "",
        )  # fmt: skip
        return cart, said, pieces
    return cart, None, pieces


def _line_of(cart: Cart, goods: Goods) -> CartLine | None:
    key = (goods.product_id, goods.variant_id)
    return next((line for line in cart.lines if (line.product_id, line.variant_id) == key), None)


def _price(said: str) -> Decimal | None:
    """A price as Facebook tells it; None where it is none."""
    digits = "".join(sign for sign in said if sign.isdigit() or sign in ".-")
    try:
        price = Decimal(digits)
    except InvalidOperation:
        return None
    return price.quantize(Decimal("0.01")) if 0 <= price < _PRICE_MOST else None
