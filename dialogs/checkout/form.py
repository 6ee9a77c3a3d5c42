"""The one loop of checkout: what is still missing is asked, until the order can be shown."""

import msgspec
from msgspec.structs import replace

from dialogs.checkout import overview
from dialogs.checkout.address import as_before, which_saved, which_zone
from dialogs.checkout.draft import CHANGE, NEW, asked, delivery_of
from dialogs.checkout.payment import methods_for, payment_question
from dialogs.checkout.question import Question, When
from dialogs.checkout.questions import CHANGEABLE, EXTRAS, GONE, PARTS
from dialogs.checkout.summary import review
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.states import AskingExtra, ChoosingChange, Draft, InCheckout, Ordering, ReviewingCart, ReviewingOrder
from replies.base import Reply
from replies.cart import CartSummary, EmptyCartText
from repository.orders import addresses, carts, shipping
from repository.orders.carts import Cart
from repository.orders.coming import suki
from repository.orders.coming.suki import Usual
from repository.orders.shipping import Zone, zone_of

QUESTIONS = (*PARTS, GONE, overview.CHANGE, overview.REVIEW)
"""Everything that checkout asks."""
CHECKOUT = tuple(dict.fromkeys(type(question.state) for question in QUESTIONS))
"""Every state in which an order is being made."""
_OF_STATE = {type(question.state): question for question in QUESTIONS}


class Known(msgspec.Struct, frozen=True):
    """What an order needs from the shop: what is in the cart, and where the shop sends to."""

    cart: Cart
    zones: tuple[Zone, ...]


def question_of(state: InCheckout) -> Question:
    """The question that is asked in a state of checkout."""
    if isinstance(state, AskingExtra):
        return EXTRAS.get(state.part, GONE)
    return _OF_STATE[type(state)]


def missing(draft: Draft) -> Question | None:
    """The first question that has no answer yet, of those that the shop cannot answer itself."""
    return next((question for question in PARTS if question.is_missing(draft)), None)


def before(question: Question) -> Question | None:
    """The question to which "back" leads; None from the first one.

    Args:
        question: What is asked now. From a detail it leads to the question before, from others past all details.
    """
    earlier = PARTS[: PARTS.index(question)] if question in PARTS else PARTS
    passed = (When.ALWAYS, When.DETAIL) if question.when is When.DETAIL else (When.ALWAYS,)
    return next((one for one in reversed(earlier) if one.when in passed), None)


def is_changing(question: Question, draft: Draft) -> bool:
    """Whether this is asked because that part of the order shall be changed."""
    return CHANGE + question.part in draft.asked


async def begin(turn: Turn, *, known: Known | None = None) -> Next[Ordering]:
    """Begin to order what is in the cart, or go on with the order that was being made.

    Args:
        turn: The facts, with the draft.
        known: What the shop was asked already.
    """
    draft = turn.draft
    before = Usual()
    beside = replace(draft, payment_method="", promo_code="", asked=(), extras=(), note="", pin="")
    is_new = NEW not in draft.asked and beside == Draft()
    if known is not None:
        cart = known.cart
    elif is_new:
        cart, before = await together(
            ask(carts.cart, shopper_id=turn.shopper_id),
            ask(suki.usual, shopper_id=turn.shopper_id, rules=turn.rules),
        )
    elif missing(draft):
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    else:
        cart, zones = await together(ask(carts.cart, shopper_id=turn.shopper_id), ask(shipping.zones))
        known = Known(cart, zones)
    if not cart.lines:
        return Next(ReviewingCart(), [EmptyCartText()], draft=draft, intent="checkout_empty")
    if any(line.left < line.quantity for line in cart.lines):
        return Next(ReviewingCart(), [CartSummary(cart=cart)], draft=draft, intent="checkout_short")
    if before.addresses:
        return as_before(turn, before) if before.method else which_saved(turn, before.addresses)
    return await proceed(turn, known=known)


async def proceed(turn: Turn, *, known: Known | None = None) -> Next[Ordering]:
    """Ask the first thing that is not known yet; show the summary where everything is.

    Args:
        turn: The facts, with the draft.
        known: What the shop was asked already.
    """
    draft = turn.draft
    if question := missing(draft):
        return await ask_again(question.state, turn)
    is_whole = draft.zone_id and draft.payment_method in turn.rules.payment_methods
    if draft.address_id is None:
        saving = ask(addresses.save, shopper_id=turn.shopper_id, draft=delivery_of(draft))
        if is_whole or known:
            saved = await saving
        else:
            saved, cart, zones = await together(
                saving, ask(carts.cart, shopper_id=turn.shopper_id), ask(shipping.zones)
            )
            known = Known(cart, zones)
        draft = replace(draft, address_id=saved.id)
    if is_whole:
        return await review(replace(turn, draft=draft))
    if known is None:
        cart, zones = await together(ask(carts.cart, shopper_id=turn.shopper_id), ask(shipping.zones))
        known = Known(cart, zones)
    zone = next((zone for zone in known.zones if zone.id == draft.zone_id), None) or zone_of(
        known.zones, city=draft.city, province=draft.province, region=draft.region
    )
    if zone is None:
        return which_zone(replace(turn, draft=draft), known.zones)
    methods = methods_for(zone.zone_type, turn)
    refused, draft = "", replace(draft, zone_id=zone.id)
    if draft.payment_method not in methods:
        refused = draft.payment_method.replace("_", " ")
        draft = replace(draft, payment_method=methods[0] if len(methods) == 1 else "")
    turn = replace(turn, draft=draft)
    if refused or not draft.payment_method:
        return payment_question(zone, known.cart, turn, refused=refused)
    return await review(turn)


async def ask_again(state: InCheckout, turn: Turn, *said: Reply) -> Next[Ordering]:
    """Ask what a state of checkout asks, once more after something else was said; go on where nothing is to be asked.

    Args:
        state: The state.
        turn: The facts, with the draft.
        said: What is said first.
    """
    asking = question_of(state).asks(state, turn)
    if isinstance(asking, Reply):
        return Next(state, [*said, asking], draft=turn.draft)
    again = await asking or await proceed(turn)
    return replace(again, replies=[*said, *again.replies])


async def change(state: InCheckout, part: str, turn: Turn) -> Next[Ordering]:
    """Ask for a part of the order again; "back" from there leads to what can be changed, if that is where it began.

    Args:
        state: The state.
        part: What shall be changed; what that is, is asked where it is nothing that can be.
        turn: The facts, with the draft.
    """
    if part not in CHANGEABLE:
        return await ask_again(ChoosingChange(), turn)
    if isinstance(state, ChoosingChange | ReviewingOrder) and not missing(turn.draft):
        turn = replace(turn, draft=asked(turn.draft, CHANGE + part))
    return await ask_again(CHANGEABLE[part].state, turn)
