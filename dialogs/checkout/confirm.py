"""The Confirm button: an order is placed once, whatever is tapped twice."""

from dialogs.checkout.form import ask_again, proceed
from dialogs.checkout.overview import place
from dialogs.checkout.summary import review
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.states import ChoosingChange, EnteringPromo, InCheckout, Ordering, OrderPlaced, ReviewingOrder
from replies.summary import AlreadyPlaced
from replies.talk import NotNow
from replies.taps import Confirm
from repository.database.errors import UnknownOrder
from repository.orders import carts, placed_orders, placing


async def confirm(state: ReviewingOrder, tap: Confirm, turn: Turn) -> Next[Ordering | OrderPlaced]:
    """Place the order of the summary on show; an older summary's button only shows what became of it."""
    if tap.nonce in ("", state.nonce):
        return await place(state, turn)
    if earlier := await ask(placing.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce):
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again)
    return await review(turn, note="old")


async def confirm_elsewhere(state: Here, tap: Confirm, turn: Turn) -> Next[Here | Ordering]:
    """Confirm, tapped where no summary is on show: the order it placed, or the next sensible step."""
    earlier = await ask(placing.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce) if tap.nonce else None
    if earlier:
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again) if isinstance(state, InCheckout) else Next(state, [again])
    if isinstance(state, EnteringPromo | ChoosingChange):
        return await proceed(turn)
    if isinstance(state, InCheckout):
        return await ask_again(state, turn)
    if isinstance(state, OrderPlaced) and not tap.nonce:
        return await _placed_before(state, state.order_id, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(state, [NotNow(has_cart=bool(cart.lines))])


async def _placed_before(state: Here, order_id: int, turn: Turn) -> Next[Here]:
    try:
        order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=order_id)
    except UnknownOrder:
        return Next(state, [NotNow(has_cart=False)])
    return Next(state, [AlreadyPlaced(order_id=order.id, number=order.order_number, total=order.total)])


CHECKOUT_CONFIRM = Dialog(
    "checkout confirm",
    (
        On(ReviewingOrder, Confirm, confirm),
        On(ANYWHERE, Confirm, confirm_elsewhere),
    ),
)
