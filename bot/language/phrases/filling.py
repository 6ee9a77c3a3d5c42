"""What can be filled into a canned reply: "{first_name|suki}" is a name, and what is said where it is not known.

No more than that: no conditions, no calculations, and only what stands in `BLANKS`. Other braces are sent as they are
written; the console says so before it is saved.
"""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec
from rapidfuzz import process

Source = Literal["chat", "cart", "order", "product"]


class Blank(msgspec.Struct, frozen=True):
    """Something that can be filled in.

    Attributes:
        name: What it is called.
        about: What it is, in words.
        example: What it could stand for.
        fallback: What may stand in its place; empty where it is always known.
        source: Where it comes from: the chat, the shopper's cart, their newest order, or the product on the card.
    """

    name: str
    about: str
    example: str
    fallback: str = ""
    source: Source = "chat"

    @property
    def written(self) -> str:
        """How it is written into words."""
        return f"{{{self.name}|{self.fallback}}}" if self.fallback else f"{{{self.name}}}"


_ALL = (
    Blank("first_name", "The shopper’s first name", "Maria", "suki"),
    Blank("name", "The shopper’s whole name", "Maria Santos", "suki"),
    Blank("shop_name", "The shop’s name", "QuickSell"),
    Blank("today", "Today’s date", "25 Nov 2026"),
    Blank("time", "The time of day", "3:45 PM"),
    Blank("cart_count", "How many pieces are in the shopper’s cart", "3", "0", "cart"),
    Blank("cart_total", "What the goods in the cart cost", "₱447.00", "nothing yet", "cart"),
    Blank("order_number", "The number of the shopper’s newest order", "QS-20261125-0007", "your order", "order"),
    Blank("order_total", "What the newest order comes to", "₱1,298.00", "what we agreed on", "order"),
    Blank("product", "The name of the product on the card", "Barako Stoneware Mug", "this", "product"),
    Blank("price", "What that product costs", "₱149.00", "ask us", "product"),
    Blank("left", "How many of it are left", "3", "none", "product"),
)
BLANKS: Mapping[str, Blank] = {one.name: one for one in _ALL}
"""Everything that can be filled in, by name."""
FALLBACK_MOST = 80
"""Characters of what stands in the place of something unknown."""
_BRACES = re.compile(r"(?<!\{)\{[ \t]*([\w.-]+)[ \t]*(?:\|([^{}\n]*))?\}(?!\})")
_BEGUN = re.compile(r"\{[ \t]*([\w.-]+)[ \t]*[|}]")
_JINJA = re.compile(r"\{\{|\{%|\{#")


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with words in which something is to be filled in.

    Attributes:
        line: Which line, from 1.
        reason: Why, for the person who wrote it.
    """

    line: int
    reason: str


def names_in(words: str) -> frozenset[str]:
    """What is filled into some words, by its names.

    Args:
        words: Of a canned reply.
    """
    return (
        frozenset(found[1] for found in _BRACES.finditer(words) if found[1] in BLANKS) if "{" in words else frozenset()
    )


def filled(words: str, values: Mapping[str, str]) -> str:
    """Words with what is known in its place, and what the merchant has written for what is not.

    What has no such words stays as it is written, as in replies that were there before anything could be filled in.

    Args:
        words: Of a canned reply.
        values: What is known, by name; empty is not known.
    """
    if "{" not in words:
        return words

    def put(found: re.Match[str]) -> str:
        if found[1] not in BLANKS:
            return found[0]
        return values.get(found[1]) or (found[2] or "").strip() or found[0]

    return _BRACES.sub(put, words)


def filling_problem(words: str, *, has_product: bool) -> Problem | None:
    """What is wrong with what is to be filled into some words; None where nothing is.

    Args:
        words: Of a canned reply.
        has_product: Whether a product's card stands below them.
    """
    if found := _JINJA.search(words):
        return Problem(_line(words, found.start()), "One brace is enough here, such as {first_name|suki}.")
    whole = {found.start() for found in _BRACES.finditer(words)}
    for found in _BEGUN.finditer(words):
        if found[1] in BLANKS and found.start() not in whole:
            reason = (
                f"“{found[1]}” is not closed as it should be. Write it in one line, such as {BLANKS[found[1]].written}."
            )
            return Problem(_line(words, found.start()), reason)
    for found in _BRACES.finditer(words):
        if reason := _reason(found[1], found[2], has_product=has_product):
            return Problem(_line(words, found.start()), reason)
    return None


def _reason(name: str, fallback: str | None, *, has_product: bool) -> str:
    blank = BLANKS.get(name)
    if blank is None:
        near = process.extractOne(name, list(BLANKS), score_cutoff=60)
        meant = f"Did you mean {BLANKS[near[0]].written}?" if near else f"You can use {', '.join(BLANKS)}."
        return f"There is no “{name}” to be filled in. {meant}"
    if blank.source == "product" and not has_product:
        return f"“{name}” is of the product on the card below the words: please choose one there."
    if blank.fallback and not (fallback or "").strip():
        return f"“{name}” is not always known. Write what to say then, such as {blank.written}."
    if len(fallback or "") > FALLBACK_MOST:
        return f"What is said in the place of “{name}” has {FALLBACK_MOST} characters at most."
    return ""


def _line(words: str, at: int) -> int:
    return words.count("\n", 0, at) + 1
