"""Where a shopper's order is: the one that is meant, with its timeline, and what can be done about it."""

from collections.abc import Callable

from bot.language.afterwards.wishes import asks_where
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.engine.state import Here, Idle
from dialogs.showing.answers import page_size
from dialogs.states import CancellingOrder, ListingOrders, ViewingOrder
from replies.orders import CannotCancel, OrderDetail, Orders, ReallyCancel, UnknownOrderText
from repository.aftersales import following
from repository.database.errors import UnknownOrder
from repository.orders import placed_orders
from repository.orders.placed_orders import OrderPage, OrderSummary

__all__ = ["ask_cancel", "asks_where", "detail", "my_orders_that", "show_numbered", "show_order", "show_where"]

UNDER_WAY = ("pending", "confirmed", "processing", "shipped")
_LOOKED_AT = 50
"""Orders among which one is looked for."""


async def detail(order_id: int, turn: Turn) -> OrderDetail:
    """One of the shopper's orders with its timeline.

    Args:
        order_id: `orders.id`.
        turn: The facts.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
    """
    order, progress = await together(
        ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=order_id),
        ask(following.progress, shopper_id=turn.shopper_id, order_id=order_id),
    )
    return OrderDetail(order=order, progress=progress)


async def show_numbered(state: Here, number: str, turn: Turn) -> Next[Here | ViewingOrder]:
    """Show the shopper's order of a number; nothing of somebody else's.

    Args:
        state: Where the conversation stands.
        number: `orders.order_number`, in capital letters.
        turn: The facts.
    """
    mine = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=_LOOKED_AT)
    return await show_order(state, next((one.id for one in mine.items if one.order_number.upper() == number), 0), turn)


async def show_order(state: Here, order_id: int, turn: Turn) -> Next[Here | ViewingOrder]:
    """Show one order; nothing of somebody else's.

    Args:
        state: Where the conversation stands.
        order_id: `orders.id`.
        turn: The facts.
    """
    try:
        shown = await detail(order_id, turn)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    return Next(ViewingOrder(order_id=shown.order.id), [shown])


async def my_orders_that(fits: Callable[[OrderSummary], bool], turn: Turn) -> list[OrderSummary]:
    """The shopper's newest orders of which something holds, the newest first.

    Args:
        fits: What must hold.
        turn: The facts.
    """
    listed: OrderPage = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=_LOOKED_AT)
    return [one for one in listed.items if fits(one)]


async def show_where(turn: Turn) -> Next[ViewingOrder | ListingOrders | Idle]:
    """The one order that is under way, or the list where there are several or none.

    Args:
        turn: The facts.
    """
    listed: OrderPage = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=page_size(turn))
    open_ones = [one for one in listed.items if one.status in UNDER_WAY]
    if len(open_ones) == 1:
        shown = await detail(open_ones[0].id, turn)
        return Next(ViewingOrder(order_id=shown.order.id), [shown], intent="track_order")
    listing = ListingOrders(page=listed.page) if listed.items else Idle()
    return Next(listing, [Orders(page=listed)], intent="track_order")


async def ask_cancel(state: Here, order_id: int, turn: Turn) -> Next[Here | ViewingOrder | CancellingOrder]:
    """Ask whether to cancel an order, where it still can be.

    Args:
        state: Where the conversation stands.
        order_id: `orders.id`.
        turn: The facts.
    """
    try:
        order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=order_id)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    if not order.can_cancel:
        return Next(ViewingOrder(order_id=order.id), [CannotCancel(status=order.status)])
    asked = ReallyCancel(order_id=order.id, number=order.order_number, total=order.total)
    return Next(CancellingOrder(order_id=order.id), [asked])
