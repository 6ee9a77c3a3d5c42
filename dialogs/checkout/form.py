"""Making an order: what is still to be asked, and asking it. The steps of checkout stand in `dialogs/checkout_*.py`."""

import msgspec
from msgspec.structs import replace

from dialogs.checkout.draft import CHANGE, asked, delivery_of, missing
from dialogs.checkout.questions import PARTS, question, which_zone
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.states import (
    ChoosingAddress,
    ChoosingChange,
    ChoosingPayment,
    ChoosingZone,
    Draft,
    InCheckout,
    Ordering,
    ReviewingCart,
    ReviewingOrder,
)
from replies.base import Reply
from replies.cart import CartSummary, EmptyCartText
from replies.checkout import AskSavedAddress
from replies.paying import AskPayment
from replies.promos import PromoRefusal
from replies.summary import OrderSummaryText, ShortOf
from repository.database.errors import EmptyCart, OutOfStock, PromoRefused, UnknownZone
from repository.orders import addresses, carts, placed_orders, shipping
from repository.orders.addresses import Address
from repository.orders.carts import Cart
from repository.orders.placed_orders import Quote
from repository.orders.shipping import Zone, zone_of

_ON_ARRIVAL = "cod"


class Known(msgspec.Struct, frozen=True):
    """What an order needs from the shop: what is in the cart, and where the shop sends to."""

    cart: Cart
    zones: tuple[Zone, ...]


async def begin(draft: Draft, turn: Turn, *, known: Known | None = None) -> Next[Ordering]:
    """Begin to order what is in the cart, or go on with an order that was being made.

    Args:
        draft: What is known of it.
        turn: The facts.
        known: What the shop was asked already.
    """
    saved: tuple[Address, ...] = ()
    if known is not None:
        cart = known.cart
    elif replace(draft, payment_method="", promo_code="", asked=()) == Draft():
        cart, saved = await together(
            ask(carts.cart, shopper_id=turn.shopper_id), ask(addresses.addresses, shopper_id=turn.shopper_id)
        )
    elif missing(draft):
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    else:
        cart, zones = await together(ask(carts.cart, shopper_id=turn.shopper_id), ask(shipping.zones))
        known = Known(cart, zones)
    if not cart.lines:
        return Next(ReviewingCart(), [EmptyCartText()], intent="checkout_empty")
    if any(line.left < line.quantity for line in cart.lines):
        return Next(ReviewingCart(draft=draft), [CartSummary(cart=cart)], intent="checkout_short")
    if saved:
        return Next(ChoosingAddress(draft=draft), [AskSavedAddress(addresses=saved)])
    return await proceed(draft, turn, known=known)


async def choose_address(draft: Draft, turn: Turn) -> Next[Ordering]:
    """Ask which saved address; go on where there is none to choose from.

    Args:
        draft: What is known.
        turn: The facts.
    """
    saved = await ask(addresses.addresses, shopper_id=turn.shopper_id)
    if not saved:
        return await proceed(draft, turn)
    return Next(ChoosingAddress(draft=draft), [AskSavedAddress(addresses=saved)])


async def proceed(draft: Draft, turn: Turn, *, typed: str = "", known: Known | None = None) -> Next[Ordering]:
    """Ask the first thing that is not known yet; show the summary where everything is.

    Args:
        draft: What is known.
        turn: The facts.
        typed: What was typed for the payment, to be said back where the order cannot be paid so.
        known: What the shop was asked already.
    """
    if unknown := missing(draft):
        state = unknown(draft=draft)
        return Next(state, [question(state, turn)])
    if draft.address_id is None:
        saved = await ask(addresses.save, shopper_id=turn.shopper_id, draft=delivery_of(draft))
        draft = replace(draft, address_id=saved.id)
    if draft.zone_id and draft.payment_method in turn.rules.payment_methods:
        return await review(draft, turn)
    if known is None:
        cart, zones = await together(ask(carts.cart, shopper_id=turn.shopper_id), ask(shipping.zones))
        known = Known(cart, zones)
    zone = next((zone for zone in known.zones if zone.id == draft.zone_id), None) or zone_of(
        known.zones, city=draft.city, province=draft.province, region=draft.region
    )
    if zone is None:
        return Next(ChoosingZone(draft=replace(draft, zone_id=None)), [which_zone(draft, known.zones)])
    draft = replace(draft, zone_id=zone.id)
    methods = methods_for(zone.zone_type, turn)
    if draft.payment_method not in methods:
        refused = typed or draft.payment_method.replace("_", " ")
        draft = replace(draft, payment_method=methods[0] if len(methods) == 1 else "")
        if refused or not draft.payment_method:
            return ask_payment(draft, zone, known.cart, turn, refused=refused)
    return await review(draft, turn)


def ask_payment(draft: Draft, zone: Zone, cart: Cart, turn: Turn, *, refused: str = "") -> Next[Ordering]:
    """Ask how to pay, and say what shipping costs.

    Args:
        draft: What is known.
        zone: Where it goes.
        cart: What is bought.
        turn: The facts.
        refused: What was typed that is no way to pay here.
    """
    if not cart.lines:
        return Next(ReviewingCart(draft=draft), [EmptyCartText()])
    question = AskPayment(
        given=draft.payment_method,
        methods=methods_for(zone.zone_type, turn),
        place=draft.city,
        zone=zone.name,
        fee=shipping.fee(zone, subtotal=cart.subtotal, weight_kg=cart.weight_kg),
        days=zone.estimated_days,
        refused=refused,
    )
    return Next(ChoosingPayment(draft=draft), [question])


async def review(draft: Draft, turn: Turn, *, note: str = "", nonce: str = "") -> Next[Ordering]:
    """Show the summary, with a new nonce for its Confirm; say what stands in the way where it cannot be ordered.

    Args:
        draft: Everything that is known, with a zone and a payment method.
        turn: The facts.
        note: What the summary says first: "" or "old".
        nonce: The nonce of the summary that is only shown again; "" makes a new one.
    """
    try:
        quote = await quoted(draft, turn)
    except PromoRefused as refused:
        refusal = PromoRefusal(code=draft.promo_code, reason=refused.reason, minimum=refused.minimum, alone=False)
        without = await review(replace(draft, promo_code=""), turn)
        return replace(without, replies=[refusal, *without.replies])
    except (EmptyCart, OutOfStock, UnknownZone) as refused:
        return await refused_order(refused, draft, turn)
    if draft.payment_method not in methods_for(quote.zone_type, turn):
        # Chosen for another place: cash on delivery does not reach this one.
        refused_method = draft.payment_method.replace("_", " ")
        return await _payment_again(replace(draft, payment_method=""), turn, refused=refused_method)
    return summary(draft, quote, turn, note=note, nonce=nonce)


async def quoted(draft: Draft, turn: Turn) -> Quote:
    """What the order comes to now.

    Raises:
        EmptyCart, OutOfStock, PromoRefused, UnknownZone: As `orders.quote`.
    """
    quote: Quote = await ask(
        placed_orders.quote,
        shopper_id=turn.shopper_id,
        zone_id=draft.zone_id or 0,
        promo_code=draft.promo_code,
        payment_method=draft.payment_method,
        rules=turn.rules,
    )
    return quote


def summary(draft: Draft, quote: Quote, turn: Turn, *, note: str = "", nonce: str = "") -> Next[Ordering]:
    """The summary of an order, to be confirmed.

    Args:
        draft: Everything that is known.
        quote: What it comes to.
        turn: The facts.
        note: What it says first.
        nonce: Its nonce; "" takes the turn's.
    """
    draft = replace(draft, asked=tuple(part for part in draft.asked if not part.startswith(CHANGE)))
    state = ReviewingOrder(draft=draft, nonce=nonce or turn.nonce, total=quote.total)
    shown = OrderSummaryText(
        quote=quote, delivery=delivery_of(draft), method=draft.payment_method, nonce=state.nonce, note=note
    )
    return Next(state, [shown], intent="review_order")


async def refused_order(refused: EmptyCart | OutOfStock | UnknownZone, draft: Draft, turn: Turn) -> Next[Ordering]:
    """What is said where the cart cannot be ordered as it is, and the next step.

    Args:
        refused: Why.
        draft: What is known; it is kept.
        turn: The facts.
    """
    if isinstance(refused, EmptyCart):
        return Next(ReviewingCart(), [EmptyCartText()], intent="checkout_empty")
    if isinstance(refused, UnknownZone):
        zones = await ask(shipping.zones)
        return Next(ChoosingZone(draft=replace(draft, zone_id=None)), [which_zone(draft, zones)])
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    short = ShortOf(product=refused.product, left=refused.left)
    return Next(ReviewingCart(draft=draft), [short, CartSummary(cart=cart)], intent="checkout_short")


def methods_for(zone_type: str, turn: Turn) -> tuple[str, ...]:
    """The ways to pay that the shop takes for a kind of zone: no cash abroad, unless it takes nothing else."""
    methods = turn.rules.payment_methods or (_ON_ARRIVAL,)
    if zone_type == "international":
        return tuple(method for method in methods if method != _ON_ARRIVAL) or methods
    return methods


async def change(state: InCheckout, part: str, turn: Turn) -> Next[Ordering]:
    """Ask for a part of the order again; "back" from there leads to what can be changed, if that is where it began.

    Args:
        state: The state.
        part: One of `PARTS`.
        turn: The facts.
    """
    draft = state.draft
    if isinstance(state, ChoosingChange | ReviewingOrder) and not missing(draft):
        draft = asked(draft, CHANGE + part)
    return await ask_again(PARTS[part](draft=draft), turn)


async def ask_again(state: InCheckout, turn: Turn, *said: Reply) -> Next[Ordering]:
    """Ask once more what a state of checkout asks, after something else was said.

    Args:
        state: The state.
        turn: The facts.
        said: What is said first.
    """
    draft = state.draft
    if isinstance(state, ChoosingAddress):
        again = await choose_address(draft, turn)
    elif isinstance(state, ChoosingZone):
        again = Next(state, [which_zone(draft, await ask(shipping.zones))])
    elif isinstance(state, ChoosingPayment):
        try:
            again = await _payment_again(draft, turn)
        except UnknownZone as gone:
            again = await refused_order(gone, draft, turn)
    else:
        again = Next(state, [question(state, turn)])
    return replace(again, replies=[*said, *again.replies])


async def _payment_again(draft: Draft, turn: Turn, *, refused: str = "") -> Next[Ordering]:
    zone, cart = await together(
        ask(shipping.zone, zone_id=draft.zone_id or 0), ask(carts.cart, shopper_id=turn.shopper_id)
    )
    return ask_payment(draft, zone, cart, turn, refused=refused)
