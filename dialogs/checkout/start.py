"""The way into checkout and out of it: begin, buy at once, a saved address; cancel, and confirm, which happens once."""

from msgspec.structs import replace

from dialogs.checkout.draft import with_saved
from dialogs.checkout.form import CHECKOUT, Known, ask_again, begin, proceed
from dialogs.checkout.given import begin_with, kind_first
from dialogs.checkout.overview import place
from dialogs.checkout.summary import review
from dialogs.engine.claimed import Gives
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.engine.state import Here, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import put_in
from dialogs.states import (
    ChoosingChange,
    Draft,
    EnteringPromo,
    InCheckout,
    Ordering,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
)
from dialogs.states_looking import (
    ChoosingVariant,
    ViewingProduct,
)
from replies.asked import KindMissing
from replies.cart import CartSummary
from replies.changed import DraftGone
from replies.product import Variants
from replies.summary import AlreadyPlaced
from replies.talk import NotNow
from replies.taps import BuyNow, Cancel, Checkout, Confirm, UseAddress
from replies.taps_desk import TakeDraft
from replies.taps_looking import UseUsual
from repository.database.errors import NotFound, UnknownAddress, UnknownOrder, UnknownProduct
from repository.desk import drafts
from repository.orders import addresses, carts, placed_orders, placing, shipping


async def checkout(state: State, tap: Checkout, turn: Turn) -> Next[Ordering | ChoosingVariant]:
    """Begin to order what is in the cart, or go on where it was left; with nothing in it, what is chosen just now."""
    if isinstance(state, ChoosingVariant):
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
        first = await kind_first(state)
        if first and not cart.lines:
            return replace(first, replies=[KindMissing(), *first.replies])
        begun = await begin(turn)
        asked = [said.product.name for said in first.replies if isinstance(said, Variants)] if first else []
        return replace(begun, replies=[*(KindMissing(product=name) for name in asked), *begun.replies])
    return await begin(turn)


async def buy_now(state: Here, tap: BuyNow, turn: Turn) -> Next[Here | ViewingProduct | ChoosingVariant | Ordering]:
    """Put what was tapped into the cart and check out."""
    cart = await put_in(
        state, turn, product_id=tap.product_id, variant_id=tap.variant_id, buying=True, quantity=tap.quantity or 1
    )
    return cart if isinstance(cart, Next) else await begin(turn)


async def take_draft(state: Here, tap: TakeDraft, turn: Turn) -> Next[Here | Ordering]:
    """Put what somebody of the shop has made ready into the cart, in place of what was in it, and check out."""
    try:
        await ask(drafts.take, shopper_id=turn.shopper_id, draft_id=tap.draft_id, rules=turn.rules)
    except (NotFound, UnknownProduct):
        return Next(state, [DraftGone()])
    return await begin(turn)


async def use_address(state: State, tap: UseAddress, turn: Turn) -> Next[Ordering]:
    """Deliver to a saved address."""
    try:
        address, cart, zones = await together(
            ask(addresses.address, shopper_id=turn.shopper_id, address_id=tap.address_id),
            ask(carts.cart, shopper_id=turn.shopper_id),
            ask(shipping.zones),
        )
    except UnknownAddress:
        return await begin(turn)
    return await begin(replace(turn, draft=with_saved(turn.draft, address)), known=Known(cart, zones))


async def use_usual(state: State, tap: UseUsual, turn: Turn) -> Next[Ordering]:
    """Order with the usual address and the usual way to pay."""
    paying = replace(turn, draft=replace(turn.draft, payment_method=tap.method))
    return await use_address(state, UseAddress(address_id=tap.address_id), paying)


async def cancel(state: InCheckout, tap: Cancel, turn: Turn) -> Next[Ordering]:
    """Stop checkout; the cart stays as it is."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(ReviewingCart(), [CartSummary(cart=cart, note="kept")], draft=Draft(), intent="cancel_checkout")


async def confirm(state: ReviewingOrder, tap: Confirm, turn: Turn) -> Next[Ordering | OrderPlaced]:
    """Place the order of the summary on show; an older summary's button only shows what became of it."""
    if tap.nonce in ("", state.nonce):
        return await place(state, turn)
    if earlier := await ask(placing.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce):
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again)
    return await review(turn, note="old")


async def confirm_elsewhere(state: Here, tap: Confirm, turn: Turn) -> Next[Here | Ordering]:
    """Confirm, tapped where no summary is on show: the order it placed, or the next sensible step."""
    earlier = await ask(placing.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce) if tap.nonce else None
    if earlier:
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again) if isinstance(state, InCheckout) else Next(state, [again])
    if isinstance(state, EnteringPromo | ChoosingChange):
        return await proceed(turn)
    if isinstance(state, InCheckout):
        return await ask_again(state, turn)
    if isinstance(state, OrderPlaced) and not tap.nonce:
        return await _placed_before(state, state.order_id, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(state, [NotNow(has_cart=bool(cart.lines))])


async def _placed_before(state: Here, order_id: int, turn: Turn) -> Next[Here]:
    try:
        order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=order_id)
    except UnknownOrder:
        return Next(state, [NotNow(has_cart=False)])
    return Next(state, [AlreadyPlaced(order_id=order.id, number=order.order_number, total=order.total)])


CHECKOUT_START = Dialog(
    "checkout",
    (
        On(ANYWHERE, Checkout, checkout),
        On(ANYWHERE, BuyNow, buy_now),
        On(ANYWHERE, Gives, begin_with),
        On(ANYWHERE, TakeDraft, take_draft),
        On(ANYWHERE, UseAddress, use_address),
        On(ANYWHERE, UseUsual, use_usual),
        On(ReviewingOrder, Confirm, confirm),
        On(ANYWHERE, Confirm, confirm_elsewhere),
        On(CHECKOUT, Cancel, cancel),
    ),
)
