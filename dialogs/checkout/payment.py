"""How the order is paid: asked with what shipping costs, read from what was typed."""

from msgspec.structs import replace

from bot.language.meaning import meaning
from bot.language.payments import method_in
from bot.language.texts import is_polite, is_question, tidy
from dialogs.checkout.address import which_zone
from dialogs.checkout.question import Read
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.states import ChoosingPayment, InCheckout, Ordering, ReviewingCart
from replies.cart import EmptyCartText
from replies.paying import AskPayment
from replies.talk import NotUnderstood
from repository.database.errors import UnknownZone
from repository.orders import carts, shipping
from repository.orders.carts import Cart
from repository.orders.shipping import Zone

_ON_ARRIVAL = "cod"
_ASKED = frozenset({"price", "how", "where", "when"})
_NAMED_MOST = 4
"""Words of a text that may name a way to pay that nobody knows."""


async def ask_payment(state: InCheckout, turn: Turn) -> Next[Ordering]:
    """Ask how to pay."""
    return await payment_again(turn)


async def payment_again(turn: Turn, *, refused: str = "") -> Next[Ordering]:
    """Ask how to pay, with what the shop must be asked for it.

    Args:
        turn: The facts, with the draft.
        refused: What was given that is no way to pay here.
    """
    draft = turn.draft
    if draft.zone_id is None and (draft.city or draft.province):  # asked before it was looked up
        zones, cart = await together(ask(shipping.zones), ask(carts.cart, shopper_id=turn.shopper_id))
        found = shipping.zone_of(zones, city=draft.city, province=draft.province, region=draft.region)
        if found is None:
            return which_zone(turn, zones)
        return payment_question(found, cart, replace(turn, draft=replace(draft, zone_id=found.id)), refused=refused)
    try:
        zone, cart = await together(
            ask(shipping.zone, zone_id=draft.zone_id or 0), ask(carts.cart, shopper_id=turn.shopper_id)
        )
    except UnknownZone:
        return which_zone(turn, await ask(shipping.zones))
    return payment_question(zone, cart, turn, refused=refused)


def payment_question(zone: Zone, cart: Cart, turn: Turn, *, refused: str = "") -> Next[Ordering]:
    """The question how to pay, and what shipping costs.

    Args:
        zone: Where it goes.
        cart: What is bought.
        turn: The facts, with the draft.
        refused: What was given that is no way to pay here.
    """
    if not cart.lines:
        return Next(ReviewingCart(), [EmptyCartText()], draft=turn.draft)
    question = AskPayment(
        given=turn.draft.payment_method,
        methods=methods_for(zone.zone_type, turn),
        place=turn.draft.city,
        zone=zone.name,
        fee=shipping.fee(zone, subtotal=cart.subtotal, weight_kg=cart.weight_kg),
        days=zone.estimated_days,
        refused=refused,
    )
    return Next(ChoosingPayment(), [question], draft=turn.draft)


async def read_payment(state: InCheckout, text: str, turn: Turn) -> Read:
    """The way to pay that was typed; what is none of the shop's is said back."""
    if is_polite(text):
        return None
    method = method_in(text)
    if method in turn.rules.payment_methods:
        return replace(turn.draft, payment_method=method)
    if not method and len(text.split()) > _NAMED_MOST:
        asked = await payment_again(turn)
        return replace(asked, replies=[NotUnderstood(text=text, alone=False), *asked.replies], intent="not_understood")
    return await payment_again(turn, refused=tidy(text))


def asks_at_payment(text: str) -> bool:
    """Whether a text is a question and names no way to pay: "pwede po gcash?" names one.

    Args:
        text: What was typed.
    """
    return is_question(text) and (not method_in(text) or bool(meaning(text).concepts & _ASKED))


def methods_for(zone_type: str, turn: Turn) -> tuple[str, ...]:
    """The ways to pay that the shop takes for a kind of zone: no cash abroad, unless it takes nothing else."""
    methods = turn.rules.payment_methods or (_ON_ARRIVAL,)
    if zone_type == "international":
        return tuple(method for method in methods if method != _ON_ARRIVAL) or methods
    return methods
