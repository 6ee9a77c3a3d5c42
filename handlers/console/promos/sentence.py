"""A promo as a sentence: "10 % off 3 products, when spending ₱500, until 30 Nov 2026, once per shopper, first 100"."""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from repository.desk.promos import PromoBody

_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", re.ASCII)
_LIKE_DIGITS = re.compile(r"O(?=\d)|(?<=\d)O|I(?=\d)|(?<=\d)I")


def sentence(body: PromoBody, money: Callable[[Decimal], str], *, is_dated: bool = True) -> str:
    """What a promo gives, to whom, and until when.

    Args:
        body: The promo.
        money: How an amount is written.
        is_dated: Whether it says until when.
    """
    if len(body.products) > 1:
        about = f"{len(body.products)} products"
    else:
        about = body.products[0] if body.products else "everything"
    if body.promo_type == "free_shipping":
        gives = "Free shipping" + (f" for {about}" if body.products else "")
    elif body.promo_type == "percentage":
        gives = f"{_plain(body.discount_value)} % off {about}"
    elif body.promo_type == "bundle":
        gives = f"{money(body.discount_value)} off when {about} are bought together"
    else:
        gives = f"{money(body.discount_value)} off {about}"
    if body.max_discount_amount:
        gives += f" ({money(body.max_discount_amount)} at most)"
    ends = minute(body.end_date)
    parts = [
        gives,
        _whose(body),
        f"when spending {money(body.min_purchase_amount)}" if body.min_purchase_amount else "",
        f"until {ends.day} {ends:%b %Y}" if ends and is_dated else "",
        "once per shopper" if body.once_per_shopper else "",
        f"first {body.usage_limit:,}" if body.usage_limit else "",
    ]
    return ", ".join(filter(None, parts))


def _whose(body: PromoBody) -> str:
    """For which shoppers it is; empty for all of them."""
    tier = body.for_tier and f"{body.for_tier.capitalize()} suki{'' if body.for_tier == 'platinum' else ' and up'}"
    away = body.away_days and f"whose last order was {body.away_days:,} days ago or more"
    if not (tier or away):
        return ""
    return " ".join(filter(None, ("for", tier or "shoppers", away or "")))


def minute(typed: str) -> datetime | None:
    """A minute as browsers and the database write it, without a zone; None where it is none.

    Args:
        typed: Such as "2026-11-30T23:59" or "2026-11-30 23:59".
    """
    try:
        return datetime.fromisoformat(typed) if _MINUTE.fullmatch(typed) else None
    except ValueError:
        return None


def mistaken(code: str) -> str:
    """What in a code shoppers could read as something else, in a sentence; empty where nothing is.

    Args:
        code: In capitals.
    """
    found = _LIKE_DIGITS.search(code)
    if not found:
        return ""
    digit = {"O": "0", "I": "1"}[found[0]]
    return f"Shoppers may take the {found[0]} in {code} for a {digit}."


def _plain(amount: Decimal) -> str:
    return f"{amount:,.2f}".rstrip("0").rstrip(".")
