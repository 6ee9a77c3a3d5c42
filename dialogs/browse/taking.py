"""Putting a product of the shop into the cart, and saying so; several dialogs of looking around do it."""

from dialogs.checkout.form import begin
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from dialogs.showing.adding import added, after_adding, put_in
from dialogs.states import ChoosingVariant, Ordering, ReviewingCart, ViewingProduct
from replies.cart import CartSummary

Added = ViewingProduct | ChoosingVariant | ReviewingCart
"""Where putting something into the cart can lead, where the conversation does not stay."""


async def take_variant(
    state: Here, turn: Turn, product_id: int, variant_id: int, quantity: int
) -> Next[Here | Added | Ordering]:
    """Put a variant into the cart; go on to checkout where it was asked for in order to buy it at once.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        product_id: What.
        variant_id: Which variant.
        quantity: Pieces, at least 1.
    """
    if not (isinstance(state, ChoosingVariant) and state.buying):
        return await put_in_and_say(state, turn, product_id, variant_id, quantity=quantity)
    cart = await put_in(state, turn, product_id=product_id, variant_id=variant_id, buying=True, quantity=quantity)
    return cart if isinstance(cart, Next) else await begin(turn)


async def put_in_and_say(
    state: Here, turn: Turn, product_id: int, variant_id: int | None, quantity: int = 1
) -> Next[Here | Added]:
    """Put pieces into the cart and say so, or ask which variant, or say what is left.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        product_id: What.
        variant_id: Which variant; None where none was chosen.
        quantity: Pieces, at least 1.
    """
    cart = await put_in(state, turn, product_id=product_id, variant_id=variant_id, buying=False, quantity=quantity)
    if isinstance(cart, Next):
        return cart
    line = next((one for one in cart.lines if (one.product_id, one.variant_id) == (product_id, variant_id)), None)
    if line is None:  # taken out again at the same moment
        return Next(after_adding(state), [CartSummary(cart=cart)])
    return Next(after_adding(state), [added(state, cart, line)])
