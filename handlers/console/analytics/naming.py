"""What stands in the figures by the program's own names, in words."""

import re
from collections.abc import Mapping
from typing import Final

from bot.messenger.error_table import ANYWHERE, BY_CODE, BY_SUBCODE
from bot.messenger.errors import (
    AttachmentGone,
    BadRequest,
    Declined,
    GraphError,
    MediaRefused,
    NoPermission,
    NotFound,
    NotThreadOwner,
    OutsideWindow,
    PageRestricted,
    RateLimited,
    TemporaryError,
    TokenDead,
    Unconfirmed,
    Unreachable,
    ValueRefused,
)

STEPS: Final = (
    "Wrote to the shop",
    "Saw products",
    "Put something into the cart",
    "Began the checkout",
    "Ordered",
    "Paid",
    "Has it",
)
"""How far shoppers come, by `analytics_visits.step`."""
STOPS: Mapping[str, str] = {
    "checkout.saved": "Which saved address",
    "checkout.recipient": "Who receives it",
    "checkout.phone": "The phone number",
    "checkout.address": "House number and street",
    "checkout.barangay": "The barangay",
    "checkout.city": "The city",
    "checkout.province": "The province",
    "checkout.landmark": "A landmark",
    "checkout.zone": "Where the shop delivers",
    "checkout.payment": "How to pay",
    "checkout.extra": "An extra question of the shop",
    "checkout.promo": "The promo code",
    "checkout.change": "What to change",
    "checkout.review": "The summary, before Confirm",
}
"""The questions of the checkout, by the tags of their states."""
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SOURCES: Mapping[str, str] = {
    "ref": "Link",
    "ad": "Ad",
    "post": "Post",
    "comment": "Comment below post",
    "product": "Facebook shop, product",
}
_WAYS: Mapping[str, str] = {
    "direct": "Directly",
    "link": "A link",
    "ad": "An ad",
    "shop": "The shop on Facebook",
    "post": "A shared post",
    "product": "A shared product",
    "card": "A card that was passed on",
    "cart": "A cart filled on Facebook",
    "comment": "A comment",
}
_PROMO = re.compile(r"^promo[:_-](.+)$", re.IGNORECASE)
_FAILURES: Mapping[type[GraphError], str] = {
    AttachmentGone: "A picture that Facebook no longer has",
    BadRequest: "Facebook did not understand the message",
    Declined: "Facebook declined this message",
    MediaRefused: "Facebook did not take the picture",
    NoPermission: "The page may not do this",
    NotFound: "There is no such shopper any more",
    NotThreadOwner: "Another app has the chat",
    OutsideWindow: "More than 24 hours after the shopper wrote",
    PageRestricted: "Facebook has restricted the page",
    RateLimited: "Too many messages at once",
    TemporaryError: "Facebook had trouble of its own",
    TokenDead: "Facebook no longer accepted the page's access",
    Unconfirmed: "Facebook did not say whether it arrived",
    Unreachable: "The shopper cannot be reached",
    ValueRefused: "Meta did not take what a template was filled with",
}
_OURS: Mapping[str, str] = {
    "window": "More than 24 hours after the shopper wrote",
    "words failed": "The words could not be filled in",
}


def source(name: str) -> str:
    """Where shoppers came from, such as "Ad 2300012".

    Args:
        name: As in the figures, such as "ad:2300012" or "direct".
    """
    kind, _, which = name.partition(":")
    if kind == "ref" and (promo := _PROMO.match(which)):
        return f"Link of promo {promo[1]}"
    return f"{_SOURCES.get(kind, kind)} {which}" if which else _WAYS.get(kind, name)


def failure(code: str) -> str:
    """Why messages failed, with Facebook's code.

    Args:
        code: As in `outbox.error_code`, such as "551/0".
    """
    code = code.strip()
    main, _, sub = code.partition("/")
    if not main.isdigit():
        return _OURS.get(code, f"Not sent ({code})" if code else "Not sent")
    numbers = (int(main), int(sub) if sub.isdigit() else 0)
    row = BY_SUBCODE.get(numbers) or ANYWHERE.get(numbers[1]) or BY_CODE.get(numbers[0])
    words = _FAILURES.get(row.kind) if row else None
    return f"{words or 'Facebook did not take it'} ({code.removesuffix('/0')})"
