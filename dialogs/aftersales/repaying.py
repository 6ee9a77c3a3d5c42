"""Paying an order that was placed in another way; in parts or later, which is said plainly where it cannot be."""

from msgspec.structs import replace

from bot.language.afterwards.paying import method_wanted, terms_in
from bot.language.fold import fold
from bot.language.payments import method_alone
from bot.language.texts import is_no, is_yes
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.proving import Claim, Proving, prove
from dialogs.showing.tracking import show_order
from dialogs.states import ViewingOrder
from dialogs.states_after import ChoosingOtherWay
from replies.orders import UnknownOrderText
from replies.repaying import OtherWays, PaidOtherwise
from replies.taps import Cancel, GoBack
from replies.taps_after import PayOtherwise
from repository.aftersales import repaying
from repository.aftersales.repaying import WaysToPay
from repository.database.errors import NotChangeable, UnknownOrder
from repository.orders.standing import AHEAD


async def begin(state: Here, order_id: int, text: str, turn: Turn) -> Next[Here | ViewingOrder | ChoosingOtherWay]:
    """Say how an order can be paid.

    Args:
        state: Where the conversation stands.
        order_id: `orders.id`.
        text: What was typed, such as "pwede cod na lang?", or empty.
        turn: The facts.
    """
    try:
        ways = await ask(repaying.ways_to_pay, shopper_id=turn.shopper_id, order_id=order_id, rules=turn.rules)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    return _shown(ways, text)


async def pay_otherwise(state: Here, tap: PayOtherwise, turn: Turn) -> Next[Here | Proving | ChoosingOtherWay]:
    """Have an order paid in the way that was tapped, and say where to; without one ask in which."""
    if not tap.method:
        return await begin(state, tap.order_id, "", turn)
    try:
        ways = await ask(
            repaying.change_method,
            shopper_id=turn.shopper_id,
            order_id=tap.order_id,
            method=tap.method,
            rules=turn.rules,
        )
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    except NotChangeable:
        return await begin(state, tap.order_id, "", turn)
    changed = Next(
        ViewingOrder(order_id=ways.order_id), [PaidOtherwise(order_id=ways.order_id, number=ways.number, ways=ways)]
    )
    if ways.method not in AHEAD and not ways.due:
        return changed
    told = await prove(state, Claim(), turn, order_id=ways.order_id, kind="payment")
    return replace(told, replies=[*changed.replies, *told.replies]) if told else changed


async def hear_way(state: ChoosingOtherWay, heard: Typed, turn: Turn) -> Next[Here | Proving | ChoosingOtherWay | Told]:
    """Have it paid in the way that was offered, on a typed yes, or in the one that is typed; leave it on a no."""
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    method = state.method if is_yes(heard.text) else method_alone(heard.text)
    if method and method in turn.rules.payment_methods:
        return await pay_otherwise(state, PayOtherwise(order_id=state.order_id, method=method), turn)
    return await answer_text(ViewingOrder(order_id=state.order_id), heard.text, turn)


async def leave_way(state: ChoosingOtherWay, tap: Cancel | GoBack, turn: Turn) -> Next[ChoosingOtherWay | ViewingOrder]:
    """Leave the order as it is."""
    return await show_order(state, state.order_id, turn)


def _shown(ways: WaysToPay, text: str) -> Next[ViewingOrder | ChoosingOtherWay]:
    wanted = method_wanted(text, ways.method)
    shown = OtherWays(
        order_id=ways.order_id,
        number=ways.number,
        ways=ways,
        wanted=wanted,
        reason=terms_in(set(fold(text).split())),
    )
    if not ways.others:
        return Next(ViewingOrder(order_id=ways.order_id), [shown])
    offered = wanted if wanted in ways.others else ways.others[0] if len(ways.others) == 1 else ""
    return Next(ChoosingOtherWay(order_id=ways.order_id, method=offered), [shown])


ROWS = (
    On(ANYWHERE, PayOtherwise, pay_otherwise),
    On(ChoosingOtherWay, Typed, hear_way),
    On(ChoosingOtherWay, (Cancel, GoBack), leave_way),
)
