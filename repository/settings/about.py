"""What the shop says of a setting: in which group it is, in words, with its limits."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Annotated, get_args, get_origin, get_type_hints

import msgspec

_NO_CHOICES: Mapping[str, str] = MappingProxyType({})


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a setting: `page_size: Annotated[int, About(group="shop", label="Cards", most=10)] = 8`.

    Attributes:
        group: The group that it is saved with.
        label: What it is called.
        unit: What a number of it is of: "minutes", "orders", "%", or "money" for the shop's currency; empty for others.
        help: A sentence about it.
        least: The lowest number.
        most: The highest number, or characters at most.
        rows: How many lines of a longer text are shown; 0 for one line.
        choices: What it can hold, by value, in words.
        is_secret: Whether it is stored encrypted and never shown again.
    """

    group: str
    label: str
    unit: str = ""
    help: str = ""
    least: int = 0
    most: int = 0
    rows: int = 0
    choices: Mapping[str, str] = _NO_CHOICES
    is_secret: bool = False


def priced(group: str, label: str, *, least: int = 0) -> About:
    """What is said of a sum.

    Args:
        group: The group that it is saved with.
        label: What it is called.
        least: The lowest sum.
    """
    return About(group=group, label=label, unit="money", least=least, most=10_000_000)


def counted(group: str, label: str, unit: str, least: int, most: int, note: str = "") -> About:
    """What is said of a number.

    Args:
        group: The group that it is saved with.
        label: What it is called.
        unit: What it is of.
        least: The lowest number.
        most: The highest.
        note: A sentence about it.
    """
    return About(group=group, label=label, help=note, unit=unit, least=least, most=most)


@cache
def abouts(whole: type[msgspec.Struct]) -> Mapping[str, tuple[object, About]]:
    """The type of each setting of a struct that merchants can change, and what is said of it.

    Args:
        whole: A frozen struct, each such field annotated with an `About`.
    """
    fields: dict[str, tuple[object, About]] = {}
    for name, hint in get_type_hints(whole, include_extras=True).items():
        kind, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        for about in notes:
            if isinstance(about, About):
                fields[name] = (kind, about)
    return fields


def problem(about: About, value: object) -> str:
    """Why a setting cannot be this, as a sentence; empty where it can.

    Args:
        about: What is said of it.
        value: A value of its type.
    """
    if isinstance(value, bool) or about.is_secret:  # how a secret is stored says nothing of its length
        return ""
    if isinstance(value, int | Decimal):
        if isinstance(value, Decimal) and not value.is_finite():
            return "Please write a number."
        if not about.least <= value or (about.most and value > about.most):
            return f"Please write a number from {about.least:,} to {about.most:,}."
        if isinstance(value, Decimal) and value != round(value, 2):
            return "Please write no more than two decimals."
        return ""
    if isinstance(value, tuple):
        return "" if all(one in about.choices for one in value) else "Please pick some of those that there are."
    text = str(value)
    if about.choices and text not in about.choices:
        return "Please pick one of those that there are."
    return f"{about.most} characters are the most." if about.most and len(text) > about.most else ""
