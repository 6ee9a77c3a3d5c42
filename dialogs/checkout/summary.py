"""The summary of an order, and what stands in its way: what it comes to, and why it cannot be ordered as it is."""

from msgspec.structs import replace

from dialogs.checkout.address import which_zone
from dialogs.checkout.draft import CHANGE, delivery_of
from dialogs.checkout.payment import methods_for, payment_again
from dialogs.engine.run import Next, Turn, ask
from dialogs.states import Ordering, ReviewingCart, ReviewingOrder
from replies.cart import CartSummary, EmptyCartText
from replies.promos import PromoRefusal
from replies.summary import OrderSummaryText, ShortOf
from repository.database.errors import NothingToOrder, OutOfStock, PromoRefused, UnknownZone
from repository.orders import carts, placed_orders, shipping
from repository.orders.coming.arrival import arrival
from repository.orders.placed_orders import Quote


async def review(turn: Turn, *, note: str = "") -> Next[Ordering]:
    """Show the summary, with a new nonce for its Confirm; say what stands in the way where it cannot be ordered.

    Args:
        turn: The facts; everything is in the draft, with a zone and a payment method.
        note: What the summary says first: "" or "old".
    """
    draft = turn.draft
    try:
        quote = await quoted(turn)
    except PromoRefused as refused:
        return await without_promo(refused, turn)
    except (NothingToOrder, OutOfStock, UnknownZone) as refused:
        return await refused_order(refused, turn)
    if draft.payment_method not in methods_for(quote.zone_type, turn):
        # Chosen for another place: cash on delivery does not reach this one.
        unpaid = replace(turn, draft=replace(draft, payment_method=""))
        return await payment_again(unpaid, refused=draft.payment_method.replace("_", " "))
    return summary(quote, turn, note=note)


async def quoted(turn: Turn) -> Quote:
    """What the order comes to now.

    Raises:
        NothingToOrder, OutOfStock, PromoRefused, UnknownZone: As `orders.quote`.
    """
    quote: Quote = await ask(
        placed_orders.quote,
        shopper_id=turn.shopper_id,
        zone_id=turn.draft.zone_id or 0,
        promo_code=turn.draft.promo_code,
        payment_method=turn.draft.payment_method,
        rules=turn.rules,
    )
    return quote


def summary(quote: Quote, turn: Turn, *, note: str = "") -> Next[Ordering]:
    """The summary of an order, to be confirmed.

    Args:
        quote: What it comes to.
        turn: The facts, with the draft.
        note: What it says first.
    """
    draft = replace(turn.draft, asked=tuple(part for part in turn.draft.asked if not part.startswith(CHANGE)))
    shown = OrderSummaryText(
        quote=quote,
        delivery=delivery_of(draft),
        extras=draft.extras,
        remark=draft.note,
        has_pin=bool(draft.pin),
        method=draft.payment_method,
        arrival=arrival(quote.estimated_days, today=turn.now.date(), rules=turn.rules),
        nonce=turn.nonce,
        note=note,
    )
    state = ReviewingOrder(nonce=turn.nonce, total=quote.total)
    return Next(state, [shown], draft=draft, intent="review_order")


async def without_promo(refused: PromoRefused, turn: Turn) -> Next[Ordering]:
    """Why the promo code cannot be used, and the summary without it.

    Args:
        refused: Why.
        turn: The facts, with the draft.
    """
    refusal = PromoRefusal.of(turn.draft.promo_code, refused, alone=False)
    without = await review(replace(turn, draft=replace(turn.draft, promo_code="")))
    return replace(without, replies=[refusal, *without.replies])


async def refused_order(refused: NothingToOrder | OutOfStock | UnknownZone, turn: Turn) -> Next[Ordering]:
    """What is said where the cart cannot be ordered as it is, and the next step.

    Args:
        refused: Why.
        turn: The facts, with the draft, which is kept.
    """
    if isinstance(refused, NothingToOrder):
        return Next(ReviewingCart(), [EmptyCartText()], draft=turn.draft, intent="checkout_empty")
    if isinstance(refused, UnknownZone):
        return which_zone(turn, await ask(shipping.zones))
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    short = ShortOf(product=refused.product, left=refused.left)
    return Next(ReviewingCart(), [short, CartSummary(cart=cart)], draft=turn.draft, intent="checkout_short")
