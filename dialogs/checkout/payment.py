"""Checkout's questions about the payment, the promo code and what to change."""

from msgspec.structs import replace

from bot.language.addressing import parse
from bot.language.payments import method_in
from bot.language.texts import is_no, is_nothing, is_polite, tidy
from dialogs.checkout.asides import aside
from dialogs.checkout.filling import with_address
from dialogs.checkout.form import ask_again, change, proceed
from dialogs.checkout.promo import code_in, with_promo
from dialogs.checkout.questions import PARTS, part_in, question
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn
from dialogs.engine.table import Dialog, On
from dialogs.states import (
    CHECKOUT,
    ChoosingChange,
    ChoosingPayment,
    EnteringPromo,
    InCheckout,
    Ordering,
)
from replies.taps import EditCheckout, EnterPromo, PayWith, RemovePromo, ReviewOrder


async def pay_with(state: InCheckout, tap: PayWith, turn: Turn) -> Next[Ordering]:
    """Pay this way, where the shop takes it for this order."""
    return await proceed(replace(state.draft, payment_method=tap.method), turn)


async def name_payment(state: ChoosingPayment, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the way to pay that was typed."""
    if answered := await aside(state, heard.text, turn):
        return answered
    if is_polite(heard.text):
        return await ask_again(state, turn)
    draft = replace(state.draft, payment_method=method_in(heard.text))
    return await proceed(draft, turn, typed=tidy(heard.text))


async def enter_promo(state: InCheckout, tap: EnterPromo, turn: Turn) -> Next[EnteringPromo]:
    """Ask for the promo code."""
    entering = EnteringPromo(draft=state.draft)
    return Next(entering, [question(entering, turn)])


async def give_promo(state: EnteringPromo, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Use the promo code, or say why it cannot be used."""
    if is_nothing(heard.text) or is_no(heard.text):
        return await remove_promo(state, RemovePromo(), turn)
    if answered := await aside(state, heard.text, turn):
        return answered
    return await with_promo(state.draft, code_in(heard.text), turn)


async def remove_promo(state: InCheckout, tap: RemovePromo, turn: Turn) -> Next[Ordering]:
    """Order without a promo code."""
    return await proceed(replace(state.draft, promo_code=""), turn)


async def edit(state: InCheckout, tap: EditCheckout, turn: Turn) -> Next[Ordering]:
    """Ask again for the part that shall be changed; ask which where none was named."""
    if tap.part not in PARTS:
        changing = ChoosingChange(draft=state.draft)
        return Next(changing, [question(changing, turn)])
    return await change(state, tap.part, turn)


async def name_change(state: ChoosingChange, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the part that was typed; a typed no goes on with the order as it is."""
    if any(part.isdigit() for part in heard.text) and parse(heard.text).city:
        return await with_address(state.draft, heard.text, turn)
    if part := part_in(heard.text):
        return await edit(state, EditCheckout(part=part), turn)
    if is_no(heard.text) or is_nothing(heard.text):
        return await proceed(state.draft, turn)
    if answered := await aside(state, heard.text, turn):
        return answered
    return await ask_again(state, turn)


async def review_order(state: InCheckout, tap: ReviewOrder, turn: Turn) -> Next[Ordering]:
    """Show the summary again, or ask what is still missing."""
    return await proceed(state.draft, turn)


CHECKOUT_PAYMENT = Dialog(
    "checkout payment",
    (
        On(CHECKOUT, PayWith, pay_with),
        On(ChoosingPayment, Typed, name_payment),
        On(CHECKOUT, EnterPromo, enter_promo),
        On(EnteringPromo, Typed, give_promo),
        On(CHECKOUT, RemovePromo, remove_promo),
        On(CHECKOUT, EditCheckout, edit),
        On(ChoosingChange, Typed, name_change),
        On(CHECKOUT, ReviewOrder, review_order),
    ),
)
