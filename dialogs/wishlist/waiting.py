"""What is sold out and waited for."""

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.showing.adding import after_adding, origin_of
from dialogs.states import ReviewingCart
from dialogs.states_looking import ViewingProduct
from replies.product import Offer, ProductDetail, ProductGone
from replies.taps_wishlist import NotifyMe, StopWaiting
from replies.wishlist import NoLongerTold, WillTell
from repository.catalogue import products
from repository.database.errors import UnknownProduct
from repository.wishlist import waits

Waits = ViewingProduct | ReviewingCart
"""Where waiting can lead, where the conversation does not stay."""


async def notify_me(state: Here, tap: NotifyMe, turn: Turn) -> Next[Here | Waits]:
    """Tell the shopper when it is back; show it at once where it is there."""
    return await wait_for(state, turn, tap.product_id, tap.variant_id)


async def stop_waiting(state: Here, tap: StopWaiting, turn: Turn) -> Next[Here]:
    """Tell the shopper of it no more."""
    await ask(waits.stop_waiting, shopper_id=turn.shopper_id, product_id=tap.product_id, variant_id=tap.variant_id)
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    return Next(state, [NoLongerTold(product=product.name)])


async def wait_for(state: Here, turn: Turn, product_id: int, variant_id: int | None) -> Next[Here | Waits]:
    """Note that a shopper waits for something; offer it where it can be had already.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        product_id: What.
        variant_id: Which variant; None where any will do.
    """
    try:
        waiting = await ask(waits.wait_for, shopper_id=turn.shopper_id, product_id=product_id, variant_id=variant_id)
        if not waiting.left:
            return Next(after_adding(state), [WillTell(waiting=waiting)])
        product = await ask(products.product, product_id=product_id)
    except UnknownProduct:
        return Next(after_adding(state), [ProductGone()])
    viewing = ViewingProduct(product_id=product.id, origin=origin_of(state))
    variant = next((one for one in product.variants if one.id == variant_id), None)
    if variant is None:
        return Next(viewing, [ProductDetail(product=product)])
    offer = Offer(
        product_id=product.id,
        product=product.name,
        variant_id=variant.id,
        variant=variant.value,
        quantity=1,
        price=variant.price,
        left=variant.left,
    )
    return Next(viewing, [offer])
