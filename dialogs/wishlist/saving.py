"""Saving something for later, which several steps do: from a card, by its name, from the cart."""

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.showing.adding import after_adding
from dialogs.states import ReviewingCart
from dialogs.states_looking import ViewingProduct
from replies.cart import CartSummary
from replies.product import ProductGone
from replies.taps_wishlist import PutAside, SaveForLater
from replies.wishlist import SavedIt, WishlistIsFull
from repository.database.errors import UnknownLine, UnknownProduct
from repository.orders import carts
from repository.wishlist import saved as wishlists
from repository.wishlist.saved import WishlistFull

Kept = ViewingProduct | ReviewingCart
"""Where saving something can lead, where the conversation does not stay."""


async def save_for_later(state: Here, tap: SaveForLater, turn: Turn) -> Next[Here | Kept]:
    """Put a product on the wishlist."""
    return await save_it(state, turn, tap.product_id, tap.variant_id)


async def put_aside(state: Here, tap: PutAside, turn: Turn) -> Next[Here | ReviewingCart]:
    """Move a line of the cart to the wishlist."""
    return await put_aside_line(state, turn, tap.line_id)


async def save_it(state: Here, turn: Turn, product_id: int, variant_id: int | None) -> Next[Here | Kept]:
    """Put a product on the wishlist and say so.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        product_id: What.
        variant_id: Which variant; None where none was chosen.
    """
    try:
        saved = await ask(wishlists.save, shopper_id=turn.shopper_id, product_id=product_id, variant_id=variant_id)
    except UnknownProduct:
        return Next(after_adding(state), [ProductGone()])
    except WishlistFull as full:
        return Next(after_adding(state), [WishlistIsFull(most=full.most)])
    return Next(after_adding(state), [SavedIt(saved=saved, is_told=turn.rules.wish_news)])


async def put_aside_line(state: Here, turn: Turn, line_id: int) -> Next[Here | ReviewingCart]:
    """Move a line of the cart to the wishlist, with its variant and its pieces, and show the cart.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        line_id: `cart_items.id`.
    """
    try:
        cart = await ask(wishlists.put_aside, shopper_id=turn.shopper_id, line_id=line_id)
    except UnknownLine:
        return Next(ReviewingCart(), [CartSummary(cart=await ask(carts.cart, shopper_id=turn.shopper_id))])
    except WishlistFull as full:
        return Next(ReviewingCart(), [WishlistIsFull(most=full.most)])
    return Next(ReviewingCart(), [CartSummary(cart=cart, note="aside")])
