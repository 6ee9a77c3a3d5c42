"""Where a shopper's order is: the question in its many words, and the answer."""

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import meaning
from dialogs.engine.run import Next, Turn, ask
from dialogs.showing.answers import page_size
from dialogs.states import ListingOrders, ViewingOrder
from replies.orders import OrderDetail, Orders
from repository.orders import placed_orders
from repository.orders.placed_orders import Order, OrderPage

_UNDER_WAY = ("pending", "confirmed", "processing", "shipped")
_ORDER = words_for("tracking.order")
_MINE = words_for("tracking.mine")
_STATE = words_for("tracking.state")
_NOT_YET = words_for("tracking.not_yet")
_TRACK = words_for("tracking.word")
_MAY = words_for("tracking.may")
_BY_NOW = words_for("tracking.by_now")
_NOTHING_CAME = words_for("tracking.nothing_came")
_OF_ME = words_for("tracking.of_me")
_OTHER = frozenset(["cancel", "change", "return", "refund", "exchange", "damaged", "wrong", "pay"])
"""What else may be asked of an order that one has."""


def asks_where(text: str) -> bool:
    """Whether a text asks where an order is, or when it comes.

    Args:
        text: What was typed, such as "nasaan na po yung order ko".
    """
    said, meant = set(fold(text).split()), meaning(text).concepts
    if not said & _ORDER or meant & _OTHER or said & _MAY or "how" in meant - {"when"}:
        return bool(said & _TRACK and {"how", "order"} <= meant)
    mine = bool(said & _MINE)
    if "where" in meant:
        return mine or bool(said & _BY_NOW)
    if said & _STATE:
        return True
    if "arrive" in meant or "shipping" in meant:
        return mine and bool("when" in meant or said & (_NOT_YET | _BY_NOW))
    return bool(said & _NOTHING_CAME and said & _OF_ME)


async def show_where(turn: Turn) -> Next[ViewingOrder | ListingOrders]:
    """The one order that is under way, or the list where there are several or none.

    Args:
        turn: The facts.
    """
    listed: OrderPage = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=page_size(turn))
    open_ones = [one for one in listed.items if one.status in _UNDER_WAY]
    if len(open_ones) == 1:
        order: Order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=open_ones[0].id)
        return Next(ViewingOrder(order_id=order.id), [OrderDetail(order=order)], intent="track_order")
    return Next(ListingOrders(page=listed.page), [Orders(page=listed)], intent="track_order")
