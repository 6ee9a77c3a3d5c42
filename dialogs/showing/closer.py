"""One product shown, by its picture too, and when something arrives: several dialogs do so."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlsplit

from bot.language.places import Place, city_of, province_of
from bot.language.values import barcodes
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.showing.answers import hello, shipping_fees
from dialogs.states_looking import ViewingProduct
from replies.asked import FeeTo
from replies.base import Reply
from replies.looking import Arrives
from replies.product import ProductDetail
from repository.catalogue import products, search
from repository.catalogue.products import Product
from repository.orders import addresses, carts, shipping
from repository.orders.coming.arrival import arrival
from repository.orders.shipping import zone_of
from repository.referrals import opening

_FACEBOOK = ("fbcdn.net", "fbsbx.com", "facebook.com")
"""Where Facebook keeps what people send: nothing of ours is there."""


def detail(product: Product, turn: Turn) -> ProductDetail:
    """One product, with what can be asked about it.

    Args:
        product: The product.
        turn: The facts.
    """
    return ProductDetail(product=product, has_grid=turn.rules.has_grids, can_share=bool(turn.rules.page_id))


async def scanned(text: str, turn: Turn) -> Next[ViewingProduct] | None:
    """The product whose barcode or SKU was typed or scanned; None where the text is no such code of this shop.

    Args:
        text: All that was typed.
        turn: The facts.
    """
    found = await ask(search.by_code, text=text) if len(barcodes.tidy(text).split()) == 1 else []
    if len(found) != 1:
        return None
    product = await ask(products.product, product_id=found[0])
    viewing = ViewingProduct(product_id=product.id)
    return Next(viewing, [*hello(turn), detail(product, turn)], intent="product_detail")


async def arrives(turn: Turn, place: Place | None = None, *, alone: bool = True) -> Reply:
    """When something arrives that is ordered now: at the place that was named, else where the order goes that is being
    made, else at the shopper's address; the zones and their fees where none is known.

    Args:
        turn: The facts.
        place: Where, None where nothing was named.
        alone: Whether nothing more is said after it.
    """
    draft = turn.draft
    if place is None and (draft.city or draft.province):
        place = Place(draft.city, draft.province)
    if place is None:
        zones, saved = await together(ask(shipping.zones), ask(addresses.addresses, shopper_id=turn.shopper_id))
        place = Place(saved[0].city, saved[0].province) if saved else None
    else:
        zones = await ask(shipping.zones)
    if place is None:
        return await shipping_fees(turn, alone=alone)
    zone = zone_of(zones, city=place.city, province=place.province, region=place.region)
    days = zone.estimated_days if zone else ""
    return Arrives(
        place=place.city or place.province,
        zone=zone.name if zone else "",
        days=days,
        arrival=arrival(days, today=turn.now.date(), rules=turn.rules) if zone else None,
        alone=alone,
    )


async def fee_to(place: Place, turn: Turn, *, alone: bool = True) -> FeeTo:
    """What it costs to send to a place: what is in the cart, else the least.

    Args:
        place: Where.
        turn: The facts.
        alone: Whether nothing more is said after it.
    """
    zones, cart = await together(ask(shipping.zones), ask(carts.cart, shopper_id=turn.shopper_id))
    zone = zone_of(zones, city=place.city, province=place.province, region=place.region)
    named = place.city or place.province
    if zone is None:
        return FeeTo(place=named, zone="", alone=alone)
    fee = shipping.fee(zone, subtotal=cart.subtotal, weight_kg=cart.weight_kg) if cart.lines else zone.base_fee
    return FeeTo(
        place=named,
        zone=zone.name,
        fee=fee,
        of_cart=bool(cart.lines),
        total=cart.subtotal + fee if cart.lines else Decimal(0),
        free_from=zone.free_from,
        days=zone.estimated_days,
        alone=alone,
    )


async def sends_to(named: str, turn: Turn) -> Reply:
    """What it costs to send to what is called so; every zone where that is no one place.

    Args:
        named: A city, a town, a province or a region, as typed.
        turn: The facts.
    """
    city, province = city_of(named), province_of(named)
    if city is None and province is None:
        return await shipping_fees(turn)
    told = await fee_to(city or Place("", province or ""), turn)
    return told if told.zone else await shipping_fees(turn)


async def pictured(urls: Sequence[str]) -> int | None:
    """The product whose picture was sent, None where it is none of ours.

    Args:
        urls: Where the pictures are.
    """
    ours = tuple(url for url in urls if not (urlsplit(url).hostname or "").endswith(_FACEBOOK))
    found: int | None = await ask(opening.pictured, urls=ours) if ours else None
    return found
