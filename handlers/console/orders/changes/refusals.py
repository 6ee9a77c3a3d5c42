"""Why the shop does not do what a clerk asked, in words that say what to do instead."""

from handlers.console.orders.wordings import FULFILMENT
from replies.environment import money
from repository.database.errors import (
    AmountRefused,
    IllegalMove,
    NotChangeable,
    NothingToOrder,
    NotReturnable,
    OutOfStock,
    ProcedureRefused,
    PromoRefused,
    TooMany,
    UnknownProduct,
    UnknownZone,
    Unpaid,
    Unverified,
)

REFUSALS = (
    AmountRefused,
    IllegalMove,
    NotChangeable,
    NothingToOrder,
    NotReturnable,
    OutOfStock,
    ProcedureRefused,
    PromoRefused,
    TooMany,
    UnknownProduct,
    UnknownZone,
    Unpaid,
    Unverified,
)
"""What an order may be refused with."""


def refusal(error: Exception, currency: str) -> str:
    """A refusal in words.

    Args:
        error: One of `REFUSALS`.
        currency: ISO code of amounts.
    """
    match error:
        case Unpaid():
            return f"{money(error.due, currency)} has not come in yet. Mark it paid first, or look at the proof."
        case Unverified():
            return "Its shopper is not checked yet. Look at the proof, or say below that you know them."
        case IllegalMove() | NotChangeable():
            badge = FULFILMENT.get(error.status)
            return f"That cannot be done any more: the order is “{badge.text if badge else error.status}”."
        case AmountRefused():
            return f"It can be {money(error.most, currency)} at most, and not nothing."
        case OutOfStock():
            return f"Only {error.left} of {error.product or 'it'} can be had."
        case TooMany():
            return f"{error.most} pieces of one thing are the most."
        case NotReturnable():
            return "Nothing of that is still with the shopper."
        case NothingToOrder():
            return "Nothing would be left in the order. Cancel it instead."
        case UnknownZone():
            return "The shop does not send there: no shipping zone covers that place."
        case UnknownProduct():
            return "One of the products is not sold any more."
        case ProcedureRefused():
            return f"The stock does not allow it: {error.facts}."
    return "The promo does not allow that."
