"""A product as the search reads it, and the words by which it is found."""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from bot.language.spelling import fold_words
from bot.language.values.measures import measures_in

NAME, SKU, BRAND, CATEGORY, VARIANT, DESCRIPTION = 10, 8, 6, 5, 4, 1
"""How much a word says about a product, by where it stands."""
_APOSTROPHES = re.compile("['’ʼ‘´＇`]")
_MARKS = re.compile("[™®©℠]")
_UNITS = re.compile("m?l|[km]?g|oz|lb|[cm]?m|in|inch|ft|[gtm]b|mah|[wv]|hz|mp|pcs?|pack")
"""Units that are written together with their number or apart."""


class Sold(msgspec.Struct, frozen=True):
    """A product as the search reads it.

    Attributes:
        id: `products.id`.
        name: What it is called.
        brand: Who makes it.
        category: On which shelf it stands, and on which that one stands.
        sku: Its own code.
        description: The beginning of its description.
        variants: What its variants are called, such as "Red XL".
    """

    id: int
    name: str
    brand: str
    category: str
    sku: str
    description: str
    variants: str = ""


class Words(msgspec.Struct, frozen=True):
    """What a product is found by.

    Attributes:
        name: The words of its name in their order, measures by their one name.
        weights: Every word with how much it says about the product, from 1 to 15.
    """

    name: Sequence[str]
    weights: dict[str, int]


def words_of(product: Sold) -> Words:
    """The words of a product.

    Args:
        product: What is read of it.
    """
    name = _MARKS.sub(" ", product.name)
    weights: dict[str, int] = {}
    places = (
        (name, NAME),
        (_code(product.sku), SKU),
        (product.brand, BRAND),
        (product.category, CATEGORY),
        (product.variants, VARIANT),
        (product.description, DESCRIPTION),
    )
    for text, weight in places:
        for word in fold_words(text):
            weights.setdefault(word, weight)
    apart = fold_words(_APOSTROPHES.sub(" ", name))  # "women's" is found as "women s" too
    joined = [left + right for left, right in pairwise(apart) if left.isdigit() and _UNITS.fullmatch(right)]
    in_order = typed_words(_APOSTROPHES.sub(" ", name))
    for word in (*apart, *joined, *in_order):
        weights.setdefault(word, NAME)
    for measure in measures_in(product.variants):
        weights.setdefault(measure.name, VARIANT)
    return Words(in_order, weights)


def _code(sku: str) -> str:
    """The parts of a code by which it is found: a "PAN" that all of the pantry's share is no pan."""
    parts = fold_words(sku)
    telling = [part for part in parts if any(map(str.isdigit, part))] or parts
    return " ".join((*telling, "".join(parts)))


def typed_words(text: str) -> list[str]:
    """The words of a text in their order, each measure as one word by its one name.

    Args:
        text: A name, or what was typed.
    """
    words: list[str] = []
    at = 0
    for measure in measures_in(text):
        words += fold_words(text[at : measure.start])
        words.append(measure.name)
        at = measure.end
    return words + fold_words(text[at:])
