"""The couriers that a shop sends with, as merchants edit them."""

from urllib.parse import urlsplit

import msgspec

from repository.settings.rows import Rows
from repository.staff.versions import Noun

NUMBER = "{number}"
"""Where the tracking number stands in a link."""


class CourierBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a courier that a merchant decides.

    Attributes:
        name: What shoppers read.
        link: The page where a parcel is looked up, with `{number}` where its number goes; without it shoppers type the
            number there; empty where there is no such page.
        is_active: Whether it can be picked.
        display_order: Its place in the list.
    """

    name: str
    link: str = ""
    is_active: bool = True
    display_order: int = 0


COURIERS = Rows(
    Noun("courier", CourierBody, audited="courier", called=lambda _, body: body.name[:100], many="couriers"),
    "couriers",
    unique="name",
)


def problem(link: str) -> str:
    """Why a link cannot be one, as a sentence; empty where it can, and where there is none.

    Args:
        link: As a merchant types it.
    """
    if not link:
        return ""
    if any(letter.isspace() or not letter.isprintable() for letter in link):
        return "A link has no spaces in it."
    try:
        parts = urlsplit(link.replace(NUMBER, "0"))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "That is no link."
    if parts.scheme != "https" or parts.username is not None or port not in (None, 443):
        return "Please write a link that begins with https://"
    if "." not in host or NUMBER in urlsplit(link).netloc:
        return "Please write the courier’s own page, such as https://courier.example/track?no={number}"
    left = link.replace(NUMBER, "")
    return f"Only {NUMBER} can stand in braces." if "{" in left or "}" in left else ""
