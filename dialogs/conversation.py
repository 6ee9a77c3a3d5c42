"""The whole conversation: every dialog in one table, and states and drafts as they are stored."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import get_args

import msgspec

from dialogs.aftersales.wishing import AFTERSALES
from dialogs.browse.arriving import ARRIVING
from dialogs.browse.browsing import BROWSING
from dialogs.browse.changing import CHANGING
from dialogs.browse.commented import COMMENTED
from dialogs.browse.kinds import KINDS
from dialogs.browse.looking import LOOKING
from dialogs.browse.pointing import POINTING
from dialogs.browse.product import PRODUCT
from dialogs.browse.searching import SEARCHING
from dialogs.browse.several import SEVERAL
from dialogs.cart.sent import SENT_CART
from dialogs.cart.steps import CART
from dialogs.checkout.answering import CHECKOUT_ANSWERS
from dialogs.checkout.between.correcting import CORRECTING
from dialogs.checkout.between.meanwhile import CHECKOUT_MEANWHILE
from dialogs.checkout.between.sent import CHECKOUT_SENT
from dialogs.checkout.questions import still_asked
from dialogs.checkout.start import CHECKOUT_START
from dialogs.engine.run import H, Next, S, Step, Turn
from dialogs.engine.state import Idle, State
from dialogs.engine.table import Table
from dialogs.orders.receiving import RECEIVING
from dialogs.orders.steps import ORDERS
from dialogs.proving.steps import PROVING
from dialogs.showing.answers import menu
from dialogs.states import AnyState, Draft
from dialogs.talk.linking import LINKING
from dialogs.talk.sending import SENDING
from dialogs.talk.talking import TALKING
from dialogs.talk.welcome import WELCOME
from dialogs.wishlist.steps import WISHLIST

TABLE = Table(
    (
        WELCOME,
        ARRIVING,
        BROWSING,
        LOOKING,
        SEARCHING,
        PRODUCT,
        POINTING,
        KINDS,
        SEVERAL,
        COMMENTED,
        CHANGING,
        CART,
        SENT_CART,
        WISHLIST,
        CHECKOUT_START,
        CHECKOUT_ANSWERS,
        CORRECTING,
        CHECKOUT_MEANWHILE,
        CHECKOUT_SENT,
        ORDERS,
        AFTERSALES,
        PROVING,
        RECEIVING,
        SENDING,
        TALKING,
        LINKING,
    )
)

STATES_BY_TAG: Mapping[str, type[State]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyState)}
"""Every state by the name under which it is stored."""
DRAFT_KEPT = timedelta(days=30)
"""How long after the shopper's last turn an order that is being made is gone on with."""


class _Kept(msgspec.Struct, frozen=True):
    """A draft as it is stored, with the time of the last turn; without one inside a state of 0.1.0."""

    draft: Draft = Draft()
    kept_at: datetime | None = None


_encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[State] = msgspec.json.Decoder(AnyState)
_kept: msgspec.json.Decoder[_Kept] = msgspec.json.Decoder(_Kept)


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


def load_state(stored: str | bytes, *, on_lost: Callable[[], None] = lambda: None) -> State:
    """A stored state; `Idle` where it does not decode, so that a new version of the program strands nobody.

    Args:
        stored: What `dump_state` made, perhaps in another version.
        on_lost: Called where it does not decode.
    """
    try:
        return _decoder.decode(stored)
    except (ValueError, RecursionError):
        on_lost()
        return Idle()


def dump_state(state: State) -> str:
    """A state as it is stored.

    Args:
        state: Any state of the shop.
    """
    return _encode(state).decode()


def load_draft(stored: str | None, state: str, now: datetime) -> Draft:
    """What was known of the order that a shopper was making; empty where nothing was, or too long ago.

    Args:
        stored: What `dump_draft` made, perhaps in another version; None where nothing is stored.
        state: The conversation's stored state, inside of which 0.1.0 kept the draft.
        now: The time.
    """
    if stored is None and '"draft"' not in state:
        return Draft()
    try:
        kept = _kept.decode(state if stored is None else stored)
    except (ValueError, RecursionError):
        return Draft()
    return still_asked(kept.draft) if kept.kept_at is None or now - kept.kept_at <= DRAFT_KEPT else Draft()


def dump_draft(draft: Draft, now: datetime) -> str | None:
    """A draft as it is stored; None where nothing is known.

    Args:
        draft: What is known of the order that is being made.
        now: The time.
    """
    return None if draft == Draft() else _encode(_Kept(draft, now)).decode()
