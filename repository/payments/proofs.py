"""What proves that an order was paid, or who ordered: sent by shoppers, reviewed by people, settled by the worker."""

from repository.payments.awaiting import Awaiting, Last, NothingToProve, awaiting, orders_of
from repository.payments.retention import delete_old
from repository.payments.reviewing import OrderOver, Reviewed, TooLate, review, undo_review
from repository.payments.settling import Settled, settle
from repository.payments.submitting import Submitted, submit
from repository.payments.warnings import Elsewhere, elsewhere

__all__ = [
    "Awaiting",
    "Elsewhere",
    "Last",
    "NothingToProve",
    "OrderOver",
    "Reviewed",
    "Settled",
    "Submitted",
    "TooLate",
    "awaiting",
    "delete_old",
    "elsewhere",
    "orders_of",
    "review",
    "settle",
    "submit",
    "undo_review",
]
