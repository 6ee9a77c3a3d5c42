"""Orders that were placed: listed, looked at, taken back."""

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import meaning
from bot.language.texts import is_no, is_question, is_yes
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import menu, page_size
from dialogs.showing.proving import Verifiable, ask_id_type
from dialogs.showing.tracking import ask_cancel, show_order, show_where
from dialogs.states import CancellingOrder, ListingOrders, OrderPlaced, ViewingOrder
from dialogs.states_after import SayingWhyCancelled
from dialogs.states_proving import ChoosingIdType, SendingProof
from replies.browsing import EndOfList
from replies.changing import AskWhyCancelled
from replies.orders import (
    CannotCancel,
    OrderCancelled,
    Orders,
    UnknownOrderText,
)
from replies.parts import clock_time
from replies.proving import AskProof
from replies.taps import (
    Cancel,
    CancelOrder,
    ConfirmCancelOrder,
    GoBack,
    MyOrders,
    OpenOrder,
    ShowMore,
    ShowPrevious,
    TrackOrder,
    VerifyOrder,
)
from repository.chats import shoppers
from repository.database.errors import NotCancellable, UnknownOrder
from repository.orders import placed_orders
from repository.payments import accounts, awaiting

AfterCancelling = ViewingOrder | CancellingOrder | SayingWhyCancelled
"""Where the question whether to cancel an order leads."""
_CENT = Decimal("0.01")
_OPEN = ("pending", "rejected")
"""Where a verification still waits for the shopper (`orders.verification_status`)."""
_GOES_ON = words_for("answer.goes_on")
_SENTENCE = 2  # words from which a text is no slip of a yes or no
_LOOKED_AT = 50
"""Orders among which an order number is looked for."""


async def my_orders(state: State, tap: MyOrders, turn: Turn) -> Next[ListingOrders]:
    """Show a page of the shopper's orders."""
    return await _list(tap.page, turn)


async def track_order(state: State, tap: TrackOrder, turn: Turn) -> Next[ViewingOrder | ListingOrders | Idle]:
    """Show the one order that is under way, or the list."""
    if turn.chose_language or tap.language in ("", turn.language):
        return await show_where(turn)
    await ask(shoppers.set_language, shopper_id=turn.shopper_id, language=tap.language)
    return msgspec.structs.replace(await show_where(turn), language=tap.language)


async def more_orders(state: ListingOrders, tap: ShowMore, turn: Turn) -> Next[ListingOrders]:
    """Show the orders before these, or say that there are none."""
    older = await _list(state.page + 1, turn)
    if isinstance(older.state, ListingOrders) and older.state.page <= state.page:
        return Next(state, [_end(state)])
    return older


async def previous_orders(state: ListingOrders, tap: ShowPrevious, turn: Turn) -> Next[ListingOrders]:
    """Show the orders after these, or say that there are none."""
    return await _list(state.page - 1, turn) if state.page > 1 else Next(state, [_end(state)])


async def open_order(state: Here, tap: OpenOrder, turn: Turn) -> Next[Here | ViewingOrder]:
    """Show one order; nothing of somebody else's."""
    return await show_order(state, tap.order_id, turn)


async def cancel_order(state: Here, tap: CancelOrder, turn: Turn) -> Next[Here | ViewingOrder | CancellingOrder]:
    """Ask whether to cancel an order, where it still can be."""
    return await ask_cancel(state, tap.order_id, turn)


async def confirm_cancel_order(
    state: Here, tap: ConfirmCancelOrder, turn: Turn
) -> Next[Here | ViewingOrder | SayingWhyCancelled]:
    """Cancel an order; its stock goes back on the shelf. Why is asked behind it."""
    try:
        order = await ask(
            placed_orders.cancel, shopper_id=turn.shopper_id, order_id=tap.order_id, reason="Cancelled in Messenger"
        )
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    except NotCancellable as refused:
        return Next(ViewingOrder(order_id=tap.order_id), [CannotCancel(status=refused.status)])
    paid = order.paid > 0
    is_sent = not paid and await ask(awaiting.is_looked_at, order_id=order.id)
    said = OrderCancelled(number=order.order_number, paid=paid, is_sent=is_sent)
    return Next(
        SayingWhyCancelled(order_id=order.id),
        [said, AskWhyCancelled(order_id=order.id, number=order.order_number)],
    )


async def answer_cancelling(state: CancellingOrder, heard: Typed, turn: Turn) -> Next[AfterCancelling | Told]:
    """Cancel the order on a typed yes, keep it on a typed no; anything else is answered, and nothing is cancelled.

    "Ituloy na lang po" goes on with the order, though to any other question it is a yes.
    """
    if set(fold(heard.text).split()) & _GOES_ON and "cancel" not in meaning(heard.text).concepts:
        return await show_order(state, state.order_id, turn)
    if is_yes(heard.text):
        return await confirm_cancel_order(state, ConfirmCancelOrder(order_id=state.order_id), turn)
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    if len(heard.text.split()) < _SENTENCE and not is_question(heard.text):
        return await cancel_order(state, CancelOrder(order_id=state.order_id), turn)
    return await answer_text(ViewingOrder(order_id=state.order_id), heard.text, turn)


async def keep_order(state: CancellingOrder, tap: GoBack | Cancel, turn: Turn) -> Next[CancellingOrder | ViewingOrder]:
    """Keep the order: "cancel" said to the question is about the question."""
    return await show_order(state, state.order_id, turn)


async def cancel_shown_order(
    state: ViewingOrder | OrderPlaced, tap: Cancel, turn: Turn
) -> Next[ViewingOrder | OrderPlaced | CancellingOrder]:
    """ "Cancel", said where an order is on show, is about that order."""
    return await cancel_order(state, CancelOrder(order_id=state.order_id), turn)


async def back_to_orders(state: ViewingOrder | OrderPlaced, tap: GoBack, turn: Turn) -> Next[ListingOrders]:
    """From an order back to the list."""
    return await _list(1, turn)


async def back_to_menu(state: ListingOrders, tap: GoBack, turn: Turn) -> Next[Idle]:
    """From the list back to the menu."""
    return Next(Idle(), [menu(turn)])


async def verify_order(
    state: Here, tap: VerifyOrder, turn: Turn
) -> Next[Here | ViewingOrder | SendingProof | ChoosingIdType]:
    """Ask for the ID, or for the payment, that verifies an order; show it where it waits for neither."""
    order_id = await _id_of(tap.order, turn)
    try:
        order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=order_id)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    if order.status != "pending" or order.verification_status not in _OPEN:
        return await show_order(state, order.id, turn)
    until, ahead = order.verification_expires_at, order.total < turn.rules.verification_id_from
    if tap.kind != "upfront":
        return ask_id_type(Verifiable(order_id=order.id, number=order.order_number, until=until, ahead=ahead), turn)
    pay_to = await ask(accounts.accounts_for, method=tap.method, public_url=turn.rules.public_url)
    asked = AskProof(
        order_id=order.id,
        number=order.order_number,
        amount=(order.total * turn.rules.upfront_percent / 100).quantize(_CENT, ROUND_HALF_UP),
        account=turn.rules.payment_account[:200],
        until=clock_time(until),
        accounts=pay_to,
        identity=True,
    )
    return Next(SendingProof(order_id=order.id), [asked])


async def _list(page: int, turn: Turn) -> Next[ListingOrders]:
    listed = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=max(1, page), page_size=page_size(turn))
    return Next(ListingOrders(page=listed.page), [Orders(page=listed)])


def _end(state: ListingOrders) -> EndOfList:
    return EndOfList(again=MyOrders(page=state.page))


async def _id_of(order: str, turn: Turn) -> int:
    """The id of an order that a button of the earlier bot names by id or by number; 0 where it is none of theirs."""
    if order.isdecimal() and len(order) <= 9:
        return int(order)
    mine = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=_LOOKED_AT)
    return next((one.id for one in mine.items if one.order_number.casefold() == order.casefold()), 0)


ORDERS = Dialog(
    "orders",
    (
        On(ANYWHERE, MyOrders, my_orders),
        On(ListingOrders, ShowMore, more_orders),
        On(ListingOrders, ShowPrevious, previous_orders),
        On(ANYWHERE, TrackOrder, track_order),
        On(ANYWHERE, OpenOrder, open_order),
        On(ANYWHERE, CancelOrder, cancel_order),
        On(ANYWHERE, ConfirmCancelOrder, confirm_cancel_order),
        On(CancellingOrder, Typed, answer_cancelling),
        On(CancellingOrder, (GoBack, Cancel), keep_order),
        On((ViewingOrder, OrderPlaced), Cancel, cancel_shown_order),
        On((ViewingOrder, OrderPlaced), GoBack, back_to_orders),
        On(ListingOrders, GoBack, back_to_menu),
        On(ANYWHERE, VerifyOrder, verify_order),
    ),
)
