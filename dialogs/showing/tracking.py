"""Where a shopper's order is: the question in its many words, and the answer."""

from bot.language.meaning import meaning
from bot.language.texts import plain, words_of
from dialogs.engine.run import Next, Turn, ask
from dialogs.showing.answers import page_size
from dialogs.states import ListingOrders, ViewingOrder
from replies.orders import OrderDetail, Orders
from repository.orders import placed_orders
from repository.orders.placed_orders import Order, OrderPage

_UNDER_WAY = ("pending", "confirmed", "processing", "shipped")
_ORDER = words_of("order orders inorder parcel package parcels shipment item items delivery purchase padala")
_MINE = words_of("my our ko namin koh q akin yung ung iyong the")
_STATE = words_of("status track tracking update updates shipped delivered naship nadeliver follow eta progress")
_NOT_YET = words_of("wala hindi di havent hasnt not didnt never")
_OTHER = frozenset(["cancel", "change", "return", "refund", "exchange", "damaged", "wrong", "pay"])
"""What else may be asked of an order that one has."""


def asks_where(text: str) -> bool:
    """Whether a text asks where an order is, or when it comes.

    Args:
        text: What was typed, such as "nasaan na po yung order ko".
    """
    words = plain(text).split()
    said, meant = set(words), meaning(text).concepts
    if not said & _ORDER or meant & _OTHER or "pwede" in said or "how" in meant - {"when"}:
        return bool({"track", "tracking"} & said and {"how", "order"} <= meant)
    mine = bool(said & _MINE)
    if "where" in meant:
        return mine or "na" in said
    if said & _STATE:
        return True
    if "arrive" in meant or "shipping" in meant:
        return mine and bool("when" in meant or said & _NOT_YET or "na" in said)
    return bool("wala" in said and {"ko", "namin"} & said)


async def show_where(turn: Turn) -> Next[ViewingOrder | ListingOrders]:
    """The one order that is under way, or the list where there are several or none.

    Args:
        turn: The facts.
    """
    found: OrderPage = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=page_size(turn))
    open_ones = [one for one in found.items if one.status in _UNDER_WAY]
    if len(open_ones) == 1:
        order: Order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=open_ones[0].id)
        return Next(ViewingOrder(order_id=order.id), [OrderDetail(order=order)], intent="track_order")
    return Next(ListingOrders(page=found.page), [Orders(page=found)], intent="track_order")
