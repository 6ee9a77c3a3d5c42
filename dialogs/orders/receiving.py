"""A risky cash order: its shopper says that they will receive it, or takes it back."""

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.states import ViewingOrder
from replies.orders import UnknownOrderText
from replies.receiving import WillReceive
from replies.taps_proving import ReceiveOrder
from repository.database.errors import UnknownOrder
from repository.verification import receiving


async def receive_order(state: Here, tap: ReceiveOrder, turn: Turn) -> Next[Here | ViewingOrder]:
    """Take the shopper's word; the worker confirms the order."""
    try:
        outcome = await ask(receiving.receive, shopper_id=turn.shopper_id, order_id=tap.order_id)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    return Next(ViewingOrder(order_id=tap.order_id), [WillReceive(order_id=tap.order_id, outcome=outcome)])


RECEIVING = Dialog("receiving", (On(ANYWHERE, ReceiveOrder, receive_order),))
