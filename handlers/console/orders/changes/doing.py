"""What can be done about an order from where it is: the one thing that comes next, and the rest."""

import msgspec

from repository.desk.order.opened import Opened
from repository.orders.moves import MOVES, NEEDS_MONEY, due


class Step(msgspec.Struct, frozen=True):
    """Something that can be done.

    Attributes:
        key: The last part of its page's address.
        label: What its button says.
        right: Who may.
    """

    key: str
    label: str
    right: str


CONFIRM = Step("confirm", "Confirm", "orders.approve")
PAID = Step("paid", "Mark paid", "orders.approve")
PACK = Step("pack", "Mark packed", "orders.pack")
SHIP = Step("ship", "Ship", "orders.ship")
DELIVER = Step("deliver", "Mark delivered", "orders.ship")
CANCEL = Step("cancel", "Cancel the order", "orders.approve")
RETURN = Step("return", "Take a return", "orders.refund")
ACCEPT = Step("accept-return", "Accept the return", "orders.refund")
REFUSE = Step("refuse-return", "Refuse the return", "orders.refund")
REFUND = Step("refund", "Send money back", "orders.refund")
ADDRESS = Step("address", "Change address", "orders.pack")
ITEMS = Step("items", "Change items", "orders.pack")
STEPS = {
    one.key: one for one in (CONFIRM, PAID, PACK, SHIP, DELIVER, CANCEL, ACCEPT, REFUSE, RETURN, REFUND, ADDRESS, ITEMS)
}
_MOVED = {"confirmed": CONFIRM, "processing": PACK, "shipped": SHIP, "delivered": DELIVER}


def steps(opened: Opened) -> tuple[Step, ...]:
    """What can be done about an order, the one that comes next first.

    Args:
        opened: The order.
    """
    order, money = opened.order, opened.money
    next_moves = [_MOVED[to] for to in MOVES.get(order.status, ()) if to in _MOVED]
    missing = due(money, order.payment_method)
    is_over = order.status in ("cancelled", "returned")
    to_refund = is_over and opened.refundable > 0
    possible = [
        *((PAID,) if missing and not is_over else ()),
        *((REFUND,) if to_refund else ()),
        *next_moves,
        *((PAID,) if money.balance and not missing and not is_over else ()),
        *((ADDRESS, ITEMS) if order.status in ("pending", "confirmed") else ()),
        *((ACCEPT, REFUSE) if any(one.status == "requested" for one in opened.returns) else ()),
        *((RETURN,) if "returned" in MOVES.get(order.status, ()) else ()),
        *((REFUND,) if opened.refundable > 0 and not to_refund else ()),
        *((CANCEL,) if "cancelled" in MOVES.get(order.status, ()) else ()),
    ]
    return tuple(dict.fromkeys(possible))


def offered(opened: Opened) -> tuple[Step, ...]:
    """What has a button: what can be done, without what only waits for money.

    Args:
        opened: The order.
    """
    waits = {_MOVED[to] for to in NEEDS_MONEY if due(opened.money, opened.order.payment_method)}
    return tuple(step for step in steps(opened) if step not in waits)


def primary(opened: Opened) -> Step | None:
    """What comes next for an order; None where nothing does.

    Args:
        opened: The order.
    """
    first = next(iter(steps(opened)), None)
    return first if first in (PAID, REFUND, CONFIRM, PACK, SHIP, DELIVER) else None
