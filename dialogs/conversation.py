"""The whole conversation: every dialog in one table, and the states as they are stored."""

import msgspec

from dialogs.browse.arriving import ARRIVING
from dialogs.browse.browsing import BROWSING
from dialogs.browse.product import PRODUCT
from dialogs.browse.searching import SEARCHING
from dialogs.cart.steps import CART
from dialogs.checkout.address import CHECKOUT_ADDRESS
from dialogs.checkout.confirm import CHECKOUT_CONFIRM
from dialogs.checkout.meanwhile import CHECKOUT_MEANWHILE
from dialogs.checkout.payment import CHECKOUT_PAYMENT
from dialogs.checkout.start import CHECKOUT_START
from dialogs.engine.run import H, Next, S, Step, Turn
from dialogs.engine.state import Idle, State
from dialogs.engine.table import Table
from dialogs.orders.steps import ORDERS
from dialogs.showing.answers import menu
from dialogs.states import AnyState
from dialogs.talk.talking import TALKING
from dialogs.talk.welcome import WELCOME

TABLE = Table(
    (
        WELCOME,
        ARRIVING,
        BROWSING,
        SEARCHING,
        PRODUCT,
        CART,
        CHECKOUT_START,
        CHECKOUT_ADDRESS,
        CHECKOUT_PAYMENT,
        CHECKOUT_CONFIRM,
        CHECKOUT_MEANWHILE,
        ORDERS,
        TALKING,
    )
)

_encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[State] = msgspec.json.Decoder(AnyState)


def step_for(state: S, heard: H) -> Step[S, H]:
    """The step that answers, whatever is heard wherever.

    Args:
        state: Where the conversation stands.
        heard: What the shopper did.
    """
    return TABLE.find(state, heard) or offer_menu


async def offer_menu(state: State, heard: msgspec.Struct, turn: Turn) -> Next[Idle]:
    """Show what can be done, where no dialog has an answer."""
    return Next(Idle(), [menu(turn)], intent="not_understood")


def load_state(stored: str | bytes) -> State:
    """A stored state; `Idle` where it does not decode, so that a new version of the program strands nobody.

    Args:
        stored: What `dump_state` made, perhaps in another version.
    """
    try:
        return _decoder.decode(stored)
    except (ValueError, RecursionError):
        return Idle()


def dump_state(state: State) -> str:
    """A state as it is stored.

    Args:
        state: Any state of the shop.
    """
    return _encode(state).decode()
