"""Methods, states and times in words, as the people of the shop say them."""

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import msgspec

METHODS: Final = MappingProxyType(
    {
        "cod": "Cash on delivery",
        "gcash": "GCash",
        "paymaya": "Maya",
        "bank_transfer": "Bank transfer",
        "credit_card": "Card",
    }
)
"""`orders.payment_method` in words."""
PAPERS: Final = MappingProxyType(
    {
        "umid": "UMID",
        "drivers_license": "Driver's licence",
        "passport": "Passport",
        "student": "Student ID",
        "company": "Company ID",
        "philsys": "National ID (PhilSys)",
    }
)
"""`order_proofs.id_type` in words."""
_RISKS: Final = MappingProxyType(
    {
        "returned_by_shopper": "their parcels came back",
        "cancelled_by_shopper": "they cancelled before",
        "returned_from_phone": "parcels for this phone came back",
        "cancelled_from_phone": "this phone cancelled before",
        "returned_from_address": "parcels to this address came back",
        "cancelled_from_address": "this address cancelled before",
        "blocked_shopper": "blocked shopper",
        "blocked_phone": "blocked phone",
        "blocked_address": "blocked address",
        "open_orders": "many open orders",
        "cancellations": "many cancelled lately",
    }
)
_SOON = timedelta(minutes=15)


class Due(msgspec.Struct, frozen=True):
    """How urgent a proof is.

    Attributes:
        text: In a few words.
        tone: "bad" where its window is over, "soon" where it nearly is, else empty.
    """

    text: str
    tone: str = ""


def due(*, sent: datetime, expires: datetime | None, now: datetime) -> Due:
    """How urgent a proof is: when its window ends, else how long it has waited.

    Args:
        sent: When the proof was sent.
        expires: When the window of its order ends; None where it has none.
        now: The present moment.
    """
    if expires is None:
        return Due(f"has waited {span(now - sent)}" if now - sent >= timedelta(minutes=1) else "came in just now")
    left = expires - now
    if left <= timedelta(0):
        return Due(f"window ended {span(-left)} ago", "bad")
    return Due(f"window ends in {span(left)}", "soon" if left <= _SOON else "")


def span(length: timedelta) -> str:
    """A length of time as people say it: "40 s", "12 min", "3 h 5 min", "2 days".

    Args:
        length: No less than nothing.
    """
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 2 * 86400:
        hours, minutes = seconds // 3600, seconds % 3600 // 60
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{seconds // 86400} days"


def moment(at: datetime) -> str:
    """A time of day with its date, such as "28 Nov, 3:45 PM".

    Args:
        at: In the shop's own zone.
    """
    hour = f"{at:%I:%M %p}".lstrip("0")
    return f"{at.day} {at:%b}, {hour}"


def between(start: datetime, end: datetime) -> str:
    """A span of time by its ends, such as "28 Nov, 3:10 PM to 3:42 PM"; one moment where both are the same minute.

    Args:
        start: In the shop's own zone.
        end: The same.
    """
    first, last = moment(start), moment(end)
    if first == last:
        return first
    return f"{first} to {last.partition(', ')[2] if start.date() == end.date() else last}"


def risk(name: str) -> str:
    """A reason of `orders.risk_reasons` in words.

    Args:
        name: Such as "blocked_phone".
    """
    return _RISKS.get(name, name.replace("_", " "))


def spaced(reference: str) -> str:
    """A reference in the groups in which apps show it: GCash 4-3-6, Maya 4-4-4.

    Args:
        reference: Without spaces.
    """
    if len(reference) == 13 and reference.isdigit():
        return f"{reference[:4]} {reference[4:7]} {reference[7:]}"
    if len(reference) == 12:
        return " ".join(reference[at : at + 4] for at in (0, 4, 8))
    return reference
