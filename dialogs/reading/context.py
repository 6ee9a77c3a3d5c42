"""What a text is read against: what is asked, what is on the screen, what was replied to, what is being ordered."""

import re
from collections.abc import Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from bot.messenger.referring import Came
from dialogs.engine.state import Idle, State
from dialogs.states import Draft, ReviewingCart, WaitingForPerson
from dialogs.states_after import (
    ChangingItem,
    ChangingItems,
    ChoosingCartOrOrder,
    ChoosingOrder,
    ChoosingOtherWay,
    ChoosingReturn,
    ChoosingReviewed,
    ConfirmingDelivery,
    ConfirmingItems,
    EnteringDelivery,
    RatingOrder,
    SayingReturnReason,
    SayingWhyCancelled,
    ShowingReturn,
    WritingReview,
)
from dialogs.states_looking import BrowsingBrands, ChoosingVariant, Looking, ViewingProduct
from dialogs.states_proving import ChoosingIdType, ChoosingProof, SendingId, SendingProof, SendingSelfie
from replies.codec import Tap
from replies.payloads import CODEC
from replies.taps import AddToCart, BuyNow, ChangeLine, ChooseVariant, OpenProduct

_LISTENING = (
    WaitingForPerson, ChoosingOrder, ChoosingCartOrOrder, EnteringDelivery, ConfirmingDelivery, ChangingItems,
    ChangingItem, ConfirmingItems,
    SayingWhyCancelled, ChoosingReturn, SayingReturnReason, ShowingReturn, RatingOrder, ChoosingReviewed, WritingReview,
    ChoosingOtherWay, ChoosingProof, SendingProof, ChoosingIdType, SendingId, SendingSelfie,
)  # fmt: skip
"""States in which whatever is typed is about an order that was placed."""


_SHOWING = (OpenProduct, AddToCart, ChooseVariant, BuyNow)
"""The taps of buttons that stand on products."""
_LOOKING = Looking | BrowsingBrands | ViewingProduct | ChoosingVariant
"""Where nothing but looking around is going on."""
_NUMBERED = re.compile(r"\d{1,2}\. (.+)")
"""A product's name on a quick reply that asks which one is meant."""


class Offered(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button or quick reply of some messages.

    Attributes:
        title: What stands on it.
        payload: What it sends back.
        of: The title of the card that it stands on, such as a product's name; empty where it stands on none.
        is_above: Whether something else was said since, below it.
    """

    title: str
    payload: str
    of: str = ""
    is_above: bool = False


class Goods(msgspec.Struct, frozen=True):
    """A product that is on show.

    Attributes:
        product_id: Which.
        name: As its card calls it, empty where it stands on none.
        is_above: Whether something else was said since: it is still meant by "this", but by nothing less.
    """

    product_id: int
    name: str = ""
    is_above: bool = False


class Context(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What a text is read against.

    Attributes:
        state: Where the conversation stands: what is asked.
        offered: The buttons and quick replies of the last messages, in order.
        replied: Those of the message that the shopper replied to; empty where it was none of the shop's.
        draft: What is known of the order that is being made.
        shared: What the shopper's own message had come with that is replied to; None where it was words, or the shop's.
        edited: What was asked when a message was typed that is changed now; None for any other event.
    """

    state: State = Idle()
    offered: Sequence[Offered] = ()
    replied: Sequence[Offered] = ()
    draft: Draft = Draft()
    shared: Came | None = None
    edited: State | None = None

    @cached_property
    def taps(self) -> tuple[Tap | None, ...]:
        """What each of `offered` means."""
        return tuple(CODEC.unpack(one.payload) for one in self.offered)

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The cart's lines with a button to change them, each once: on what was replied to, else on show."""
        taps = [CODEC.unpack(one.payload) for one in self.replied] if self.replied else self.taps
        return tuple(dict.fromkeys(tap.line_id for tap in taps if isinstance(tap, ChangeLine)))

    @cached_property
    def is_line_above(self) -> bool:
        """Whether something else was said since the cart's lines were on show."""
        lines = [one for one in self.offered if isinstance(CODEC.unpack(one.payload), ChangeLine)]
        return not self.replied and any(one.is_above for one in lines)

    @cached_property
    def goods(self) -> tuple[Goods, ...]:
        """The products that are meant by "this", in order: replied to, opened, or on show."""
        if replied := _goods(self.replied, [CODEC.unpack(one.payload) for one in self.replied]):
            return replied
        shown = _goods(self.offered, self.taps)
        if self.replied:  # to something else than a product: not to one that stands above it
            shown = tuple(one for one in shown if not one.is_above)
        if isinstance(self.state, ViewingProduct | ChoosingVariant):
            opened = self.state.product_id
            return (next((one for one in shown if one.product_id == opened), Goods(opened)),)
        return shown

    @property
    def is_looking(self) -> bool:
        """Whether nothing is going on but looking around and filling the cart."""
        return isinstance(self.state, _LOOKING | ReviewingCart)

    @property
    def listens(self) -> bool:
        """Whether the text is for a dialog about a placed order, or for a person: nothing is bought in between."""
        return isinstance(self.state, _LISTENING) and not self.replied


def on_screen(said: Sequence[Offered], before: Sequence[Offered], state: State) -> list[Offered]:
    """What can be tapped once something was said: its buttons, and the products above it where it shows none itself.

    An answer to a question does not take away the list that the question came from.

    Args:
        said: The buttons and quick replies of what is said.
        before: Those of what was on the screen.
        state: Where the conversation stands then; where something is asked, products above are not what is answered.
    """
    if not isinstance(state, _LOOKING) or any(_shows(CODEC.unpack(one.payload)) for one in said):
        return list(said)
    kept = [one for one in before if _is_kept(one)]
    if any(isinstance(CODEC.unpack(one.payload), ChangeLine) for one in said):
        kept = [one for one in kept if one.of]
    return [*said, *(replace(one, is_above=True) for one in kept)]


NOWHERE = Context()
"""Nothing is asked, and nothing is on the screen."""


def _goods(offered: Sequence[Offered], taps: Sequence[Tap | None]) -> tuple[Goods, ...]:
    found: dict[int, Goods] = {}
    for one, tap in zip(offered, taps, strict=True):
        if isinstance(tap, _SHOWING):
            numbered = _NUMBERED.match(one.title)
            known = found.get(tap.product_id, Goods(tap.product_id, "", one.is_above))
            found[tap.product_id] = replace(known, name=known.name or one.of or (numbered[1] if numbered else ""))
    return tuple(found.values())


def _is_kept(one: Offered) -> bool:
    """Whether a button is meant by what is typed below an answer: a product's, an offer's, a line's of the cart."""
    tap = CODEC.unpack(one.payload)
    is_offer = isinstance(tap, AddToCart | BuyNow) and bool(tap.quantity)
    return isinstance(tap, ChangeLine) or is_offer or (bool(one.of) and _shows(tap))


def _shows(tap: Tap | None) -> bool:
    """Whether a button with this tap shows a product."""
    return isinstance(tap, _SHOWING)
