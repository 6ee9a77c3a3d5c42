"""A cart that was filled in Facebook's own shop: what of it can be had here is in the cart, and the rest is said."""

from dialogs.engine.run import Next, Turn
from dialogs.engine.sent import SentCart
from dialogs.engine.state import Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import taken_cart
from dialogs.states import ReviewingCart
from dialogs.states_looking import ChoosingVariant


async def take_sent_cart(state: State, heard: SentCart, turn: Turn) -> Next[ReviewingCart | ChoosingVariant | Idle]:
    """Put what was sent into the cart and say what is other than it was sent; then the first variant is asked for."""
    return await taken_cart(heard, turn)


SENT_CART = Dialog("a cart from Facebook", (On(ANYWHERE, SentCart, take_sent_cart),))
