"""What the `ref` of a link asks for: a product, a promo, a category, or only which campaign it was.

A ref is the merchant's own text: `product_12`, `sku=KIT-1`, `promo_SUKI50`, `c-kitchen`, `campaign_xmas`, or the bare
slug, sku or code; several may stand behind each other. Facebook allows letters, digits and `_=-`, old links hold more.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import msgspec

REF_READ = 500
"""Characters of a ref that are read."""
CODES_MOST = 12
"""Codes of one kind at most that a ref may name."""

_KEYS = {
    "product": ("productid", "product_id", "product", "prod", "item", "sku", "slug", "pid", "p"),
    "category": ("category", "categ", "collection", "cat", "c"),
    "promo": ("promocode", "promo_code", "promo", "voucher", "coupon", "code"),
    "campaign": ("utm_campaign", "campaign", "camp", "utm_source", "source", "src", "adset", "ad"),
}
_NOUN_OF = {key: noun for noun, keys in _KEYS.items() for key in keys}
_LONG = sorted((key for key in _NOUN_OF if len(key) > 2), key=len, reverse=True)
_ANY = sorted(_NOUN_OF, key=len, reverse=True)
_KEYED = re.compile(rf"({'|'.join(_ANY)})(?:[_=:./-]+|(?=\d+(?:[_-]|$)))(.+)", re.IGNORECASE | re.DOTALL)
_NEXT = re.compile(rf"[_.-]+(?=(?:{'|'.join(_LONG)})[_=:-])", re.IGNORECASE)
_BETWEEN = re.compile(r"[&;,|\s]+|__+")
_ID = re.compile(r"(\d{1,9})(?:[_.-].*)?", re.DOTALL)


class Sought(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a ref names, each noun's codes in the order in which they are tried.

    Attributes:
        products: Ids, article numbers and slugs of a product.
        categories: Ids and slugs of a category.
        promos: Codes of a promo.
        anything: Codes that may be of any of these.
    """

    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    promos: tuple[str, ...] = ()
    anything: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it says of what it speaks."""
        return bool(self.products or self.categories or self.promos)


def read_ref(ref: str) -> Sought:
    """What a ref asks for; nothing where it is empty.

    Args:
        ref: As the link carried it.
    """
    said = unquote(ref[:REF_READ]).strip()
    found: dict[str, list[str]] = {noun: [] for noun in _KEYS}
    loose: list[str] = []
    for part in filter(None, _BETWEEN.split(said)):
        for piece in filter(None, _NEXT.split(part)):
            keyed = _KEYED.fullmatch(piece)
            if keyed:
                noun = _NOUN_OF[keyed[1].lower()]
                found[noun].extend(_ways(keyed[2], is_id=noun in ("product", "category")))
            if not keyed or noun == "campaign":
                ways = _ways(keyed[2] if keyed else piece, is_id=piece.isdigit())
                loose.extend(way for way in ways if len(way) > 1 or piece == said)
            else:
                loose.append(piece)
    return Sought(
        products=_each(found["product"]),
        categories=_each(found["category"]),
        promos=_each(found["promo"]),
        anything=_each([said, said.replace("_", "-"), *loose] if said else []),
    )


def _ways(value: str, *, is_id: bool) -> Iterator[str]:
    """A code as it stands, as slugs have it, its first number, and without what campaigns hang on to it."""
    yield value
    yield value.replace("_", "-")
    if is_id and (number := _ID.fullmatch(value)):
        yield number[1]
    parts = value.split("_")
    for end in range(len(parts) - 1, 0, -1):
        yield "-".join(parts[:end])
    yield from (part for part in parts if len(part) > 2 and not part.isdigit())


def _each(codes: Iterable[str]) -> tuple[str, ...]:
    stripped = (code.strip(" _-=./") for code in codes)
    return tuple(dict.fromkeys(code for code in stripped if code))[:CODES_MOST]
