"""What a sheet's products become as rows of ours; no I/O."""

import hashlib
import ipaddress
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from urllib.parse import urlsplit

import msgspec

from bot.language.fold import unaccented
from repository.sheets.goods import Reading, Remark, SheetProduct, SheetVariant
from repository.sheets.titles import OURS, Field

_SKU_MOST = 50
_SUFFIX_MOST = 20
_NAME_MOST = 255
_OPTION_MOST = 100
_DEEPEST = 5
_SAY_STATUS = frozenset({Field.STATUS, Field.AVAILABILITY})
_SAY_WAS = frozenset({Field.LIST_PRICE, Field.SALE_PRICE, Field.DISCOUNT})


class WantedVariant(msgspec.Struct, frozen=True):
    """A variant as `product_variants` would have it; what the file does not say is None."""

    row: int
    name: str
    value: str
    sku_suffix: str
    price_adjustment: Decimal
    stock: int | None
    is_available: bool | None
    barcode: str | None = None


class Wanted(msgspec.Struct, frozen=True):
    """A product as `products` would have it. What the file does not say is None, and stays what it is.

    Attributes:
        row: Its first row in the file.
        sku: By which it is found again.
        variants: Empty for a product without options.
        was_price: What it cost before, 0 where it is not on sale.
        barcode: Of a product without options.
    """

    row: int
    sku: str
    name: str
    description: str | None
    category: tuple[str, ...] | None
    brand: str | None
    price: Decimal
    cost: Decimal | None
    weight_kg: Decimal | None
    status: str | None
    stock: int | None
    images: tuple[str, ...]
    variants: tuple[WantedVariant, ...]
    was_price: Decimal | None = None
    barcode: str | None = None


def folded(sku: str) -> str:
    """A SKU as the database compares it.

    Args:
        sku: As it is written.
    """
    return unaccented(sku).casefold().strip()


def wanted(reading: Reading, errors: list[Remark]) -> Iterator[Wanted]:
    """Each product as our rows would have it.

    Args:
        reading: What the file says.
        errors: Where to put what cannot be.
    """
    fields = frozenset(column.field for column in reading.columns if column.field)
    is_ours = reading.made_by == OURS
    taken: set[str] = set()
    for product in reading.products:
        sku = next((one for one in _skus(product, is_ours=is_ours) if folded(one) not in taken), "")
        if not sku:
            errors.append(Remark(product.row, "", "another product of the file has the same SKU"))
            continue
        taken.add(folded(sku))
        if len(product.category) > _DEEPEST:
            errors.append(Remark(product.row, "", f"its category is deeper than {_DEEPEST}"))
            continue
        images = []
        for link in product.images:
            if is_private(link):
                errors.append(
                    Remark(product.row, "", f"the picture {link[:80]} leads into a private network: left out")
                )
            else:
                images.append(link)
        yield _one(product, sku, tuple(images), fields, is_ours=is_ours)


def is_private(link: str) -> bool:
    """Whether a link names an address that is not of the public internet; names are looked up when it is fetched.

    Args:
        link: An address that begins with http.
    """
    try:
        host = (urlsplit(link).hostname or "").rstrip(".").casefold()
    except ValueError:
        return True
    if not host or host == "localhost" or host.endswith((".local", ".localhost", ".internal", ".lan")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or re.fullmatch(r"[\dxa-f.]+", host) is not None


def _one(
    product: SheetProduct, sku: str, images: tuple[str, ...], fields: frozenset[Field], *, is_ours: bool
) -> Wanted:
    price = min(variant.price for variant in product.variants)
    shown = min(product.variants, key=lambda variant: (variant.is_hidden, variant.price))
    first = product.variants[0]
    has_options = len(product.variants) > 1 or (is_ours and bool(first.options))
    unit = f" ({product.unit})" if product.unit and product.unit.casefold() not in product.name.casefold() else ""
    name = product.name
    if product.key and not product.handle and not has_options and first.options:
        name = f"{name}, {first.options[-1][1]}"  # told apart by where it comes from
    draft = "inactive" if product.is_draft or not price else None
    return Wanted(
        row=product.row,
        sku=sku,
        name=f"{name[: _NAME_MOST - len(unit)]}{unit}"[:_NAME_MOST],
        description=product.description or None,
        category=product.category or None,
        brand=product.brand or None,
        price=price,
        cost=product.cost,
        weight_kg=product.weight_kg,
        status=draft or ("active" if fields & _SAY_STATUS else None),
        stock=None if has_options or first.stock is None else max(first.stock, 0),
        images=images,
        variants=tuple(_variant(variant, sku, price, fields, is_draft=product.is_draft) for variant in product.variants)
        if has_options
        else (),
        was_price=(shown.list_price or Decimal(0)) if fields & _SAY_WAS else None,
        barcode=first.barcode if Field.BARCODE in fields and not has_options else None,
    )


def _variant(
    variant: SheetVariant, sku: str, price: Decimal, fields: frozenset[Field], *, is_draft: bool
) -> WantedVariant:
    own = variant.sku
    suffix = own[len(sku) :] if own.startswith(sku) else ""
    return WantedVariant(
        row=variant.row,
        name=" / ".join(name for name, _ in variant.options)[:_OPTION_MOST] or "Variant",
        value=" / ".join(value for _, value in variant.options)[:_OPTION_MOST] or "Regular",
        sku_suffix=suffix if len(suffix) <= _SUFFIX_MOST else "",
        price_adjustment=variant.price - price,
        stock=None if variant.stock is None else max(variant.stock, 0),
        is_available=None if is_draft else not variant.is_hidden,
        barcode=variant.barcode if Field.BARCODE in fields else None,
    )


def _skus(product: SheetProduct, *, is_ours: bool) -> Iterator[str]:
    """What a product could be found again by, the best first: the same file gives the same each time."""
    if is_ours and product.handle:
        yield product.handle
    if len(product.variants) == 1 and product.sku:
        yield _short(product.sku)
    elif beginning := _common(product.variants):
        yield beginning
    if product.handle:
        yield _short(product.handle)
    if product.sku:
        yield _short(product.sku)
    yield _made(f"{product.name} {product.unit} {product.key}")


def _common(variants: Sequence[SheetVariant]) -> str:
    """With what the SKUs of all variants begin, up to a mark; empty where that leaves too little or too much."""
    skus = [variant.sku for variant in variants]
    beginning = re.sub(r"[-_./ ]*[^-_./ ]*$", "", _beginning(skus))
    fits = len(set(skus)) == len(skus) and all(len(sku) - len(beginning) <= _SUFFIX_MOST for sku in skus)
    return beginning if 2 <= len(beginning) <= _SKU_MOST and fits else ""


def _beginning(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    return next((first[:at] for at, letter in enumerate(first) if letter != last[at : at + 1]), first)


def _short(sku: str) -> str:
    return sku if len(sku) <= _SKU_MOST else f"{sku[: _SKU_MOST - 9]}-{mark(sku)}"


def _made(name: str) -> str:
    plain = re.sub(r"[^A-Z0-9]+", "-", unaccented(name).upper()).strip("-")[:24].strip("-")
    return f"{plain or 'ITEM'}-{mark(name)}"


def mark(text: str) -> str:
    """A short mark of a text, the same each time.

    Args:
        text: Of any length.
    """
    return hashlib.blake2s(text.casefold().encode(), digest_size=4).hexdigest().upper()
