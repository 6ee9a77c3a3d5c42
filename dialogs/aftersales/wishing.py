"""What somebody wants of an order, typed: which one is meant, and what is done about it; and the dialog's table."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import meaning
from dialogs.aftersales import (
    cancelled,
    delivery,
    items,
    leaving,
    placed,
    privacy,
    repaying,
    returning,
    reviewing,
    troubled,
)
from dialogs.aftersales.cancelled import order_again
from dialogs.aftersales.delivery import Entering
from dialogs.aftersales.items import Items
from dialogs.aftersales.meant import CHANGES, FITS, orders_meant
from dialogs.aftersales.returning import Returning
from dialogs.aftersales.reviewing import Reviewing, it_came, rate_order, see_reviews
from dialogs.browse.searching import PATIENCE
from dialogs.engine.heard import Typed, Wished
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.reading import commands
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import canned_answer, spoken_to
from dialogs.showing.knowing import what_we_know
from dialogs.showing.proving import Claim, Proving, prove
from dialogs.showing.quiet import AT_ANY_TIME
from dialogs.showing.tracking import ask_cancel, show_order, show_where
from dialogs.states import (
    CancellingOrder,
    ListingOrders,
    ReviewingCart,
    ViewingOrder,
    WaitingForPerson,
)
from dialogs.states_after import ChoosingOrder, ChoosingOtherWay, ChoosingReturn
from dialogs.states_looking import (
    ViewingProduct,
)
from replies.changing import CourierLater, NotChanged, TooLateToChange, WhichOrder
from replies.leaving import PromosResumed, PromosStopped
from replies.orders import CannotCancel
from replies.privacy import AskDeletion
from replies.talk import NothingToCancel, PersonWillRead
from replies.taps import Cancel, GoBack
from replies.taps_after import OrderAgain, PickOrder, RateOrder, SeeReviews
from repository.aftersales import leaving as leavings
from repository.orders import placed_orders
from repository.orders.placed_orders import OrderSummary

_PARTS = {
    "address": words_for("wish.address"),
    "phone": words_for("wish.phone"),
    "track": words_for("wish.track", "wish.late", "topic.where"),
    "again": words_for("wish.again"),
}
"""Words of what a wish is about, so that a merchant's answer about something else is none to it."""
Done = (
    ChoosingOrder
    | ChoosingOtherWay
    | Entering
    | Items
    | Returning
    | Reviewing
    | CancellingOrder
    | ListingOrders
    | ReviewingCart
    | ViewingProduct
    | Proving
)
"""Where a wish can lead."""


async def answer_wish(state: Here, heard: Wished, turn: Turn) -> Next[Here | Done | Told]:
    """Do what is wanted of an order, where there is one that it can be about; else answer the text as any other."""
    spoken = await spoken_to(heard.text, turn)
    decided = await _decided(state, heard, spoken)
    if decided is None and heard.wish == "cancel" and isinstance(commands.find(heard.text), Cancel):
        return Next(state, [NothingToCancel()], language=spoken.language)
    if decided is None and heard.wish in _PARTS:  # of an order that there is not
        answer = await canned_answer(heard.text, spoken)
        is_of_it = answer is not None and not _PARTS[heard.wish].isdisjoint(fold(answer.keyword).split())
        decided = None if is_of_it else await show_where(spoken)
    if decided is None:
        return await answer_text(state, heard.text, turn)
    return replace(decided, language=spoken.language, intent=decided.intent or heard.wish)


async def wish_in_return(state: ChoosingReturn, heard: Wished, turn: Turn) -> Next[ChoosingReturn | Done | Told]:
    """What is said of the return itself belongs to it; any other wish is done."""
    if heard.wish in ("return", "received", "items"):
        return await returning.hear_return(state, Typed(text=heard.text), turn)
    return await answer_wish(state, heard, turn)


async def leave_wish(state: WaitingForPerson, heard: Wished, turn: Turn) -> Next[WaitingForPerson | Done | Told]:
    """Leave a wish for the person who was asked for; "stop" is heard at any time."""
    if heard.wish in AT_ANY_TIME or state.since is None or turn.now - state.since > PATIENCE:
        return await answer_wish(state, heard, turn)
    return Next(state, [PersonWillRead()])


async def pick_order(state: ChoosingOrder, tap: PickOrder, turn: Turn) -> Next[ChoosingOrder | Done]:
    """This order is meant."""
    return await _begin(state, state.wish, tap.order_id, state.said, turn)


async def pick_elsewhere(state: Here, tap: PickOrder, turn: Turn) -> Next[Here | ViewingOrder]:
    """An old button: show the order."""
    return await show_order(state, tap.order_id, turn)


async def type_order(state: ChoosingOrder, heard: Typed, turn: Turn) -> Next[ChoosingOrder | Done | Told]:
    """Take the order whose number, or the end of it, was typed; anything else is answered as ever."""
    fitting, _ = await orders_meant(state.wish, "", turn)
    said = heard.text.upper().strip(" .!#")
    meant = [one for one in fitting if len(said) > 3 and one.order_number.upper().endswith(said[-13:])]
    if len(meant) == 1:
        return await _begin(state, state.wish, meant[0].id, state.said, turn)
    return await answer_text(state, heard.text, turn)


async def leave_choice(
    state: ChoosingOrder, tap: Cancel | GoBack, turn: Turn
) -> Next[ViewingOrder | ListingOrders | Idle]:
    """Nothing of it: where the orders are."""
    return await show_where(turn)


async def _decided(state: Here, heard: Wished, turn: Turn) -> Next[Here | Done] | None:
    match heard.wish:
        case "stop":
            has_open = await ask(leavings.stop_promos, shopper_id=turn.shopper_id)
            return Next(state, [PromosStopped(has_open=has_open)])
        case "start":
            await ask(leavings.resume_promos, shopper_id=turn.shopper_id)
            return Next(state, [PromosResumed()])
        case "forget":
            return Next(state, [AskDeletion()])
        case "known":
            return Next(state, [await what_we_know(turn)])
        case "reviews" if isinstance(state, ViewingProduct):
            return await see_reviews(state, SeeReviews(product_id=state.product_id), turn)
        case "review":
            return await rate_order(state, RateOrder(order_id=0), turn)
        case "pay":
            return await prove(state, Claim(), turn, kind="payment") or await _owed(state, heard.text, turn)
    fitting, mine = await orders_meant(heard.wish, heard.text, turn)
    if heard.wish == "return" and not fitting and "exchange" in meaning(heard.text).concepts:
        swapped = [one for one in mine if one.status in FITS["items"]]  # it has not come: "palitan ng gumamela"
        return await _decided(state, replace(heard, wish="items"), turn) if swapped else None
    if heard.wish == "courier":
        return await _courier(state, heard.text, fitting, mine, turn)
    if heard.wish == "when" and not fitting:
        return None
    if heard.wish in ("track", "receipt", "when"):
        return await _track(state, heard.text, fitting, mine, turn)
    if heard.wish == "received":  # what is under way came now; without that what was delivered last
        fitting = [one for one in fitting if one.status == "shipped"] or fitting[:1]
        if mine and not fitting:
            return await show_order(state, mine[0].id, turn)
    if len(fitting) > 1:  # the one that is spoken of, where one is
        fitting = [one for one in fitting if one.id == getattr(state, "order_id", 0)] or fitting
    if len(fitting) > 1:
        return Next(ChoosingOrder(wish=heard.wish, said=heard.text), [WhichOrder(orders=tuple(fitting))])
    if fitting:
        return await _begin(state, heard.wish, fitting[0].id, heard.text, turn)
    return _too_late(heard.wish, mine)


async def _courier(
    state: Here, text: str, fitting: list[OrderSummary], mine: list[OrderSummary], turn: Turn
) -> Next[Here | Done] | None:
    """The parcel that is on its way; before that when it will be known, where the merchant has no words about it."""
    if fitting:
        return await show_order(state, fitting[0].id, turn) if len(fitting) == 1 else None
    waiting = next((one for one in mine if one.status in FITS["track"]), None)
    if waiting is None:
        return None
    answer = await canned_answer(text, turn)
    if answer is not None and words_for("tracking.courier") & set(fold(answer.keyword).split()):
        return None
    return Next(state, [CourierLater(order_id=waiting.id, number=waiting.order_number)])


async def _track(
    state: Here, text: str, fitting: list[OrderSummary], mine: list[OrderSummary], turn: Turn
) -> Next[Here | Done] | None:
    """The order that is under way, the newest where none is; the list where several are."""
    if not mine:
        return None
    if len(fitting) > 1:
        return await show_where(turn)
    return await show_order(state, (fitting or mine)[0].id, turn)


def _too_late(wish: str, mine: list[OrderSummary]) -> Next[ViewingOrder] | None:
    """A plain no to a change of an order that is packed or over, with what can be done."""
    if wish not in CHANGES or not mine:
        return None
    late = next((one for one in mine if one.status in ("processing", "shipped")), mine[0])
    viewing = ViewingOrder(order_id=late.id)
    if wish == "cancel":
        return Next(viewing, [CannotCancel(status=late.status)])
    return Next(viewing, [TooLateToChange(order_id=late.id, number=late.order_number, status=late.status)])


async def _begin(state: Here, wish: str, order_id: int, text: str, turn: Turn) -> Next[Here | Done]:
    match wish:
        case "cancel":
            return await ask_cancel(state, order_id, turn)
        case "address" | "phone":
            return await delivery.begin(state, order_id, wish, text, turn)
        case "items":
            return await items.begin(state, order_id, text, turn)
        case "method" | "terms":
            return await repaying.begin(state, order_id, text, turn)
        case "delivery":
            return await _left_to_people(order_id, turn)
        case "return":
            return await returning.begin(state, order_id, turn, said=text)
        case "received":
            return await it_came(state, order_id, text, turn)
        case "refuse" | "payment":
            return await troubled.begin(state, wish, order_id, text, turn)
        case "again":
            return await order_again(state, OrderAgain(order_id=order_id), turn)
    return await show_order(state, order_id, turn)


async def _left_to_people(order_id: int, turn: Turn) -> Next[ViewingOrder]:
    """A plain word that the courier sets the day, and that people pass on what the rider shall do."""
    order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=order_id)
    said = NotChanged(order_id=order.id, number=order.order_number, reason="delivery")
    return Next(ViewingOrder(order_id=order.id), [said], intent="delivery_of_order")


async def _owed(state: Here, text: str, turn: Turn) -> Next[Here | ViewingOrder] | None:
    """The order that the rider is paid for, where it is asked how much that is and it is the only one."""
    if "price" not in meaning(text).concepts:
        return None
    open_orders, _ = await orders_meant("track", text, turn)
    return await show_order(state, open_orders[0].id, turn) if len(open_orders) == 1 else None


AFTERSALES = Dialog(
    "after the order",
    (
        On(ANYWHERE, Wished, answer_wish),
        On(WaitingForPerson, Wished, leave_wish),
        On(ChoosingReturn, Wished, wish_in_return),
        On(ChoosingOrder, PickOrder, pick_order),
        On(ANYWHERE, PickOrder, pick_elsewhere),
        On(ChoosingOrder, Typed, type_order),
        On(ChoosingOrder, (Cancel, GoBack), leave_choice),
        *delivery.ROWS,
        *items.ROWS,
        *placed.ROWS,
        *troubled.ROWS,
        *repaying.ROWS,
        *cancelled.ROWS,
        *returning.ROWS,
        *reviewing.ROWS,
        *leaving.ROWS,
        *privacy.ROWS,
    ),
)
