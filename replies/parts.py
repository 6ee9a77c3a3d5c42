"""What replies are put together from: quick replies, buttons, and lists of lines that fit."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec

from bot.messenger.messages import AnyQuickReply, Message, PostbackButton, QuickReplyOption, Text, split
from bot.messenger.wording import size
from replies.base import Reply, Say
from replies.codec import Tap
from replies.payloads import CODEC
from replies.taps import (
    BrowseCategories,
    Cancel,
    Checkout,
    GoBack,
    Keep,
    MyOrders,
    OpenCart,
    OpenMenu,
    SearchAgain,
    SetLanguage,
    ShippingInfo,
    Skip,
    TalkToPerson,
    ViewPromos,
)
from replies.taps_looking import OpenList
from replies.words import cut

NAME_IN_LIST = 60
"""Characters of a product's name in a list of several."""

COMMON: dict[str, Tap] = {
    "menu": OpenMenu(),
    "products": BrowseCategories(),
    "best": OpenList(kind="best"),
    "search": SearchAgain(),
    "cart": OpenCart(),
    "checkout": Checkout(),
    "orders": MyOrders(),
    "promos": ViewPromos(),
    "shipping": ShippingInfo(),
    "person": TalkToPerson(),
    "back": GoBack(),
    "cancel": Cancel(),
    "skip": Skip(),
    "keep": Keep(),
}
"""What the quick replies that many replies share mean, by name."""


class Said(Reply, frozen=True):
    """A text with quick replies below it."""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        """What can be tapped next.

        Args:
            say: Fills a block with facts.
        """
        return common(say, "menu")

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, **facts(self))
        return split(Text(text=text, quick_replies=self.quick_replies(say)))


def facts(reply: Reply) -> dict[str, object]:
    """The fields of a reply, as the variables of its words."""
    return {field: getattr(reply, field) for field in reply.__struct_fields__}


def quick(say: Say, block: str, tap: Tap, **variables: object) -> QuickReplyOption:
    """A quick reply.

    Args:
        say: Fills a block with facts.
        block: What stands on it.
        tap: What it means.
        variables: The block's.
    """
    return QuickReplyOption(title=say(block, **variables), payload=CODEC.pack(tap))


def named(title: str, tap: Tap) -> QuickReplyOption:
    """A quick reply with a name on it: of a product, a place, a person.

    Args:
        title: The name; cut where it is too long.
        tap: What it means.
    """
    return QuickReplyOption(title=cut(" ".join(title.split()), 20), payload=CODEC.pack(tap))


def button(say: Say, block: str, tap: Tap, **variables: object) -> PostbackButton:
    """A button below a text or on a card.

    Args:
        say: Fills a block with facts.
        block: What stands on it.
        tap: What it means.
        variables: The block's.
    """
    return PostbackButton(title=say(block, **variables), payload=CODEC.pack(tap))


def common(say: Say, *names: str) -> tuple[AnyQuickReply, ...]:
    """The quick replies that many replies share, by name: "menu", "cart", "checkout", "back", "skip"...

    Args:
        say: Fills a block with facts.
        names: Which, in order.
    """
    return tuple(quick(say, f"common.quick_{name}", COMMON[name]) for name in names)


def other_language(say: Say, language: str) -> QuickReplyOption:
    """The quick reply that changes to the other language.

    Args:
        say: Fills a block with facts.
        language: Which one the shopper is answered in.
    """
    return quick(say, "common.quick_language", SetLanguage(language="en" if language == "fil" else "fil"))


def fitting(lines: Sequence[str], most: int) -> int:
    """How many lines, from the first, fit into a text, as the stricter way to count has it.

    Args:
        lines: The lines.
        most: Characters or bytes that there is room for.
    """
    used = 0
    for count, line in enumerate(lines):
        used += size(line) + 1
        if used > most:
            return count
    return len(lines)


def pages(say: Say, page: int, count: int, tap: Callable[[int], Tap]) -> tuple[AnyQuickReply, ...]:
    """The quick replies to the next and the previous page, where there is one.

    Args:
        say: Fills a block with facts.
        page: Which page is shown, from 1.
        count: How many there are.
        tap: Makes the tap that opens a page.
    """
    quick_replies: list[AnyQuickReply] = []
    if page < count:
        quick_replies.append(quick(say, "common.quick_more", tap(page + 1)))
    if page > 1:
        quick_replies.append(quick(say, "common.quick_previous", tap(page - 1)))
    return tuple(quick_replies)


def turned(tap: Tap, page: int) -> Tap:
    """The same tap for another page of its list.

    Args:
        tap: A tap with a page.
        page: Which page, from 1.
    """
    return msgspec.structs.replace(tap, page=page)


def day(moment: datetime) -> str:
    """A day as people read it, such as "25 Nov 2026"."""
    return f"{moment.day} {moment:%b %Y}"


def short_day(moment: date) -> str:
    """A day of these weeks as people read it, such as "3 Dec"."""
    return f"{moment.day} {moment:%b}"


def clock_time(moment: datetime | None) -> str:
    """A time of day as people read it, such as "3:45 PM"; empty for none."""
    return f"{moment:%I:%M %p}".lstrip("0") if moment else ""
