"""Amounts of money as people type them."""

import re
from decimal import Decimal

_AMOUNT = re.compile(r"(?:₱|php|p)?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?", re.IGNORECASE | re.ASCII)
_MOST = Decimal("99999999.99")  # of the column


def typed_amount(text: str) -> Decimal | None:
    """The amount that was typed: "1,290.50", "₱1290"; None where it is none, or nothing.

    Args:
        text: What was typed.
    """
    written = _AMOUNT.fullmatch(text.strip())
    if not written:
        return None
    amount = Decimal(written[1].replace(",", "") + (written[2] or ""))
    return amount if 0 < amount <= _MOST else None


def amount_wrong(text: str) -> str:
    """The sentence about what was typed where it is no amount, else an empty text.

    Args:
        text: What was typed.
    """
    return "" if typed_amount(text) is not None else "Please write an amount such as 1,290.50."
