"""The way into checkout and out of it: begin, buy at once, a saved address, cancel."""

from msgspec.structs import replace

from dialogs.checkout.draft import with_saved
from dialogs.checkout.form import CHECKOUT, Known, begin
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.engine.state import Here, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import put_in
from dialogs.states import ChoosingVariant, Draft, InCheckout, Ordering, ReviewingCart, ViewingProduct
from replies.cart import CartSummary
from replies.taps import BuyNow, Cancel, Checkout, UseAddress
from repository.database.errors import UnknownAddress
from repository.orders import addresses, carts, shipping


async def checkout(state: State, tap: Checkout, turn: Turn) -> Next[Ordering]:
    """Begin to order what is in the cart, or go on where it was left."""
    return await begin(turn)


async def buy_now(state: Here, tap: BuyNow, turn: Turn) -> Next[Here | ViewingProduct | ChoosingVariant | Ordering]:
    """Put one piece into the cart and check out."""
    cart = await put_in(state, turn, product_id=tap.product_id, variant_id=tap.variant_id, buying=True)
    return cart if isinstance(cart, Next) else await begin(turn)


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


async def cancel(state: InCheckout, tap: Cancel, turn: Turn) -> Next[Ordering]:
    """Stop checkout; the cart stays as it is."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(ReviewingCart(), [CartSummary(cart=cart, note="kept")], draft=Draft(), intent="cancel_checkout")


CHECKOUT_START = Dialog(
    "checkout",
    (
        On(ANYWHERE, Checkout, checkout),
        On(ANYWHERE, BuyNow, buy_now),
        On(ANYWHERE, UseAddress, use_address),
        On(CHECKOUT, Cancel, cancel),
    ),
)
