"""Figures of a day: what is counted, of which part, how many, and what they come to."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.inserting import insert_rows

_AT_ONCE = 500
CHATS = (
    "messages", "unanswered", "bot_p50", "bot_p95", "wait_hour", "wait_p50", "wait_p95", "wait_open", "canned",
    "canned_order", "canned_person", "canned_wrong", "looked", "sold_out", "sent", "failed",
)  # fmt: skip
"""What is counted in the chats of a day."""
VISITS = ("source", "stopped")
"""What is counted in its visits, once it is known what became of them."""
ORDERS = ("ordered", "cancelled", "paid", "sold", "promo", "brought")
"""What is counted in its orders."""


class Figure(msgspec.Struct, frozen=True):
    """A figure.

    Attributes:
        measure: What is counted, one of `CHATS`, `VISITS` or `ORDERS`.
        part: Of which, such as a `products.id`; empty where there is but one.
        pieces: How many.
        amount: Money, milliseconds or seconds.
    """

    measure: str
    part: str
    pieces: int
    amount: Decimal = Decimal(0)


async def keep(conn: Connection, *, day: date, measures: Sequence[str], figures: Sequence[Figure]) -> None:
    """Put the figures of a day in place of those that were there.

    Args:
        conn: A connection in a transaction.
        day: Of the shop.
        measures: All that were counted, also those that came to nothing.
        figures: What they came to.
    """
    await conn.batch(
        *(
            Statement(
                "DELETE FROM analytics_figures WHERE measure = %(name)s AND day = %(day)s", {"name": name, "day": day}
            )
            for name in measures
        )
    )
    into = "INSERT INTO analytics_figures (measure, day, part, pieces, amount)"
    for begin in range(0, len(figures), _AT_ONCE):
        rows = [(one.measure, day, one.part, one.pieces, one.amount) for one in figures[begin : begin + _AT_ONCE]]
        await conn.batch(insert_rows(into, rows))
