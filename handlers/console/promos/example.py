"""A promo on an example's cart, line by line, by the function that charges shoppers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import msgspec

from handlers.console.promos.sentence import minute
from repository.database.connection import Connection
from repository.database.errors import PromoRefused
from repository.desk import promos
from repository.desk.promos import PromoBody
from repository.orders import shipping
from repository.orders.carts import CartLine
from repository.orders.promos import NOTHING, Promo, discount
from repository.orders.shipping import Zone, fee

_PIECES = re.compile(r"(.+?)\s*[x×*]\s*(\d{1,4})", re.IGNORECASE)
_WHY = {
    "minimum": "the cart is worth less than it asks for",
    "wrong_products": "what it is about is not in the cart",
    "free_already": "shipping is free for this cart already",
}


class Line(msgspec.Struct, frozen=True):
    """A line of the reckoning.

    Attributes:
        text: What.
        amount: How much; None where it is no amount.
    """

    text: str
    amount: Decimal | None = None


class Example(msgspec.Struct, frozen=True):
    """A promo on a cart.

    Attributes:
        promo: The promo as the bot would know it.
        lines: The reckoning, the total last.
        refused: Why it takes nothing off, as `PromoRefused.reason` says it; empty where it does.
    """

    promo: Promo
    lines: tuple[Line, ...]
    refused: str


def wanted(cart: str) -> list[tuple[str, int]]:
    """What a cart holds, as it is typed: "MUG-01 x 2, TEE-02".

    Args:
        cart: What was typed.
    """
    found = []
    for part in filter(None, (each.strip() for each in cart.split(","))):
        pieces = _PIECES.fullmatch(part)
        found.append((pieces[1], int(pieces[2])) if pieces else (part, 1))
    return found[:50]


async def example(conn: Connection, body: PromoBody, *, cart: str, zone_id: int) -> Example:
    """A promo, on a cart that is sent to a zone.

    Args:
        conn: An open connection.
        body: The promo, as it is typed now.
        cart: As `wanted` reads it.
        zone_id: `shipping_zones.id`; the first one where there is none of that number.
    """
    lines, weight = await promos.cart_of(conn, wanted(cart))
    zones = await shipping.zones(conn)
    zone = next((one for one in zones if one.id == zone_id), zones[0] if zones else None)
    promo = promo_of(body, await promos.ids_of(conn, body.products))
    return reckoned(promo, lines, zone, weight)


def reckoned(promo: Promo, lines: tuple[CartLine, ...], zone: Zone | None, weight: Decimal) -> Example:
    """The reckoning of a cart with a promo, on the promo's first day.

    Args:
        promo: The promo.
        lines: What is bought.
        zone: Where it goes; None where the shop sends nowhere yet.
        weight: What it weighs, in kilograms.
    """
    subtotal = sum((line.total for line in lines), NOTHING)
    shipped = fee(zone, subtotal=subtotal, weight_kg=weight) if zone else NOTHING
    told = [Line(f"{line.quantity} × {line.name}", line.total) for line in lines]
    told.append(Line(f"Shipping to {zone.name}" if zone else "Shipping: no zone yet", shipped))
    off, refused = NOTHING, ""
    try:
        off = discount(promo, lines=lines, shipping_fee=shipped, buyer=None, now=promo.starts_at)
    except PromoRefused as why:
        refused = why.reason
        told.append(Line(f"{promo.code} takes nothing off: {_WHY.get(refused, refused)}."))
    else:
        told.append(Line(promo.code or "The promo", -off))
    return Example(promo, (*told, Line("To pay", subtotal + shipped - off)), refused)


def promo_of(body: PromoBody, product_ids: tuple[int, ...]) -> Promo:
    """A promo as the bot would know it.

    Args:
        body: What the merchant decides.
        product_ids: `products.id` of what it is about; a product that is not there is none.
    """
    about = product_ids or ((0,) if body.products else ())
    return Promo(
        0,
        body.promo_code or "CODE",
        body.title,
        body.description,
        body.promo_type,
        body.discount_value,
        body.min_purchase_amount or None,
        body.max_discount_amount or None,
        body.usage_limit or None,
        0,
        body.once_per_shopper,
        _moment(body.start_date),
        datetime.max.replace(tzinfo=UTC),
        about,
        body.for_tier,
        body.away_days or None,
    )


def _moment(typed: str) -> datetime:
    return (minute(typed) or datetime(1, 1, 1)).replace(tzinfo=UTC)  # noqa: DTZ001  (its zone is given here)


def told(lines: tuple[Line, ...], money: Callable[[Decimal], str]) -> list[str]:
    """The lines as sentences.

    Args:
        lines: Of an example.
        money: How an amount is written.
    """
    return [line.text if line.amount is None else f"{line.text}: {money(line.amount)}" for line in lines]
