"""A variant taken, where it was asked for: into the cart, or to be bought at once."""

from dialogs.checkout.form import begin
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from dialogs.showing.adding import Added, put_in, put_in_and_say
from dialogs.states import Ordering
from dialogs.states_looking import (
    ChoosingVariant,
)


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
