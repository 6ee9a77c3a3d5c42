"""What the address of an order list asks for."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated
from urllib.parse import parse_qsl

import msgspec

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.orders.wordings import METHODS
from repository.desk.lists.listing import Wanted

TABS = {
    "needs": "Needs you",
    "new": "New",
    "paid": "Paid",
    "to_ship": "To ship",
    "shipped": "Shipped",
    "done": "Done",
    "cancelled": "Cancelled",
    "all": "All",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The search and the filters."""

    q: Annotated[str, Field(label="Search by number, name, phone or tracking", most=100)]
    tab: Annotated[str, Field(label="List", choices={"": "What fits", **TABS})]
    method: Annotated[str, Field(label="Payment", choices={"": "Any", **METHODS})]
    courier: Annotated[str, Field(label="Courier", most=100)]
    since: Annotated[str, Field(label="From", most=10)]
    until: Annotated[str, Field(label="To", most=10)]
    why: Annotated[str, Field(label="Needs you because", most=40)]


FORM = Form(Asked)


def wanted_in(query: Mapping[str, str]) -> tuple[Wanted, Filled]:
    """What an address asks for, and the same as a form; what cannot be read does not matter.

    Args:
        query: What stands behind the "?".
    """
    asked, filled = FORM.asked(query)
    tab = asked.tab or ("all" if asked.q else "needs")
    wanted = Wanted(
        tab=tab,
        text=asked.q,
        method=asked.method,
        courier=asked.courier,
        since=_day(asked.since),
        until=_day(asked.until),
        why=asked.why if tab == "needs" else "",
    )
    return wanted, filled


def list_in(text: str) -> dict[str, str]:
    """The query of a list that another page's address carries.

    Args:
        text: Such as "tab=shipped&courier=LBC".
    """
    return dict(parse_qsl(text[:500]))


def _day(text: str) -> str:
    if not _DAY.fullmatch(text):
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
