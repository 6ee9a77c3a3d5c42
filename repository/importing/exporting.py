"""The catalogue as a sheet: importing it again changes nothing."""

import re
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal

from bot.language.values import barcodes
from repository.database.connection import Database
from repository.database.scalars import number, text
from repository.importing import standing
from repository.importing.planning import AT_ONCE
from repository.importing.standing import PRODUCT, VARIANT, Standing, StandingVariant

_TITLES = (
    *("Product key", "SKU", "Name", "Description", "Category", "Brand", "Option 1 name", "Option 1 value"),
    *("Price", "Compare-at price", "Cost", "Stock", "Barcode", "Weight kg", "Status", "Images"),
)
_FACEBOOK = (
    *("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand"),
    *("item_group_id", "product_type", "quantity_to_sell_on_facebook", "sale_price", "gtin"),
)
_REF = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""What a ref may hold (contract, section 2, `messaging_referrals`)."""
_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_STATES = {"active": "active", "inactive": "draft", "coming_soon": "coming soon"}


async def ours(database: Database) -> AsyncIterator[Sequence[str]]:
    """The rows of our own sheet, its titles first. What is archived is left out.

    Args:
        database: The shop's.
    """
    yield _TITLES
    async for product, variants, path, images in _products(database):
        shared = (product.name, product.description, " > ".join(path), product.brand)
        state = _STATES[product.status]
        for variant in variants or (None,):
            shown = "hidden" if variant and not variant.is_available and state == "active" else state
            yield (
                product.sku,
                product.sku + (variant.sku_suffix if variant else ""),
                *shared,
                variant.name if variant else "",
                variant.value if variant else "",
                str(_price(product, variant)),
                str(product.was_price) if product.was_price else "",
                "" if product.cost is None else str(product.cost),
                str(variant.left + variant.held if variant else product.left + product.held),
                variant.barcode if variant else product.barcode,
                "" if product.weight_kg is None else str(product.weight_kg),
                shown,
                ", ".join(images),
            )


async def facebook(database: Database, *, currency: str, link: str) -> AsyncIterator[Sequence[str]]:
    """The rows of a feed for Facebook's catalogue, its titles first. What is not on sale is left out.

    Args:
        database: The shop's.
        currency: The shop's, as an ISO code.
        link: Of the page's chat; what follows it opens the product there (`bot/language/arriving/refs.py`).
    """
    yield _FACEBOOK
    async for product, variants, path, images in _products(database):
        if product.status != "active":
            continue
        for variant in [one for one in variants if one.is_available] or (() if variants else (None,)):
            left = variant.left if variant else product.left
            price, barcode = _price(product, variant), variant.barcode if variant else product.barcode
            is_less = product.was_price > price
            code = (f"{product.sku}{variant.sku_suffix or f'-{variant.id}'}" if variant else product.sku)[:100]
            yield (
                code,
                f"{product.name}{f', {variant.value}' if variant else ''}"[:200],
                (product.description or product.name)[:9999],
                "in stock" if left else "out of stock",
                "new",
                f"{product.was_price if is_less else price} {currency}",
                f"{link}?ref={f'sku_{code}' if _REF.fullmatch(code) else f'product_{product.id}'}",
                images[0] if images else "",
                product.brand[:100],
                product.sku if variant else "",
                " > ".join(path),
                str(left),
                f"{price} {currency}" if is_less else "",
                barcode if _GTIN.fullmatch(barcode) and not barcodes.is_mistyped(barcode) else "",
            )


def _price(product: Standing, variant: StandingVariant | None) -> Decimal:
    return max(product.price + (variant.price_adjustment if variant else 0), Decimal(0))


async def _products(
    database: Database,
) -> AsyncIterator[tuple[Standing, list[StandingVariant], tuple[str, ...], list[str]]]:
    """Every product that is not archived, with its variants, its category's path and its pictures; in pieces."""
    async with database.connection() as conn:
        paths = await standing.category_paths(conn)
    after = 0
    while True:
        async with database.connection() as conn:
            products = await conn.all(
                Standing,
                f"{PRODUCT} WHERE p.id > %(after)s AND p.status <> 'discontinued' ORDER BY p.id LIMIT {AT_ONCE}",
                after=after,
            )
            if not products:
                return
            ids = [product.id for product in products]
            variants = await conn.all(
                StandingVariant, f"{VARIANT} WHERE v.product_id IN %(ids)s ORDER BY v.id", ids=ids
            )
            pictures = await conn.run(
                "SELECT product_id, image_url FROM product_images WHERE product_id IN %(ids)s"
                " ORDER BY is_primary DESC, display_order, id",
                ids=ids,
            )
        after = ids[-1]
        for product in products:
            yield (
                product,
                [variant for variant in variants if variant.product_id == product.id],
                paths.get(product.category_id, ()),
                [text(link) for one, link in pictures.rows if number(one) == product.id],
            )
