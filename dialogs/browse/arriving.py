"""Coming in through a link or an ad, and with products shared from the page's own catalogue."""

import re
from contextlib import suppress

import msgspec

from dialogs.engine.heard import Arrived, SharedProducts
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answers import PAGE_MOST, hello, welcome
from dialogs.showing.listing import category_named
from dialogs.states import BrowsingCategories, BrowsingCategory, ViewingProduct
from replies.browsing import Products
from replies.product import ProductDetail, ProductGone
from repository.catalogue import products
from repository.catalogue.products import ProductPage
from repository.database.errors import UnknownProduct

_PRODUCT = re.compile(r"(?:p|product)[_=-]?(\d{1,9})", re.IGNORECASE)
_CATEGORY = re.compile(r"(?:c|cat|category)[_=-](.{1,100})", re.IGNORECASE)


async def arrive(
    state: State, heard: Arrived, turn: Turn
) -> Next[ViewingProduct | BrowsingCategory | BrowsingCategories | Idle]:
    """Show what a link or an ad was about; say hello where it was about nothing known."""
    if match := _PRODUCT.fullmatch(heard.ref):
        with suppress(UnknownProduct):
            product = await ask(products.product, product_id=int(match[1]))
            return Next(ViewingProduct(product_id=product.id), [*hello(turn), ProductDetail(product)])
    if match := _CATEGORY.fullmatch(heard.ref):
        shown = await category_named(match[1], turn)
        return msgspec.structs.replace(shown, replies=[*hello(turn), *shown.replies])
    return Next(Idle(), [welcome(turn, turn.language)])


async def look_up_shared(state: Here, heard: SharedProducts, turn: Turn) -> Next[Here | ViewingProduct | Idle]:
    """Show the products that were shared, as they are sold here."""
    cards = await ask(products.by_skus, skus=heard.skus[:PAGE_MOST])
    if not cards:
        return Next(state, [*hello(turn), ProductGone()])
    if len(cards) == 1:
        product = await ask(products.product, product_id=cards[0].id)
        return Next(ViewingProduct(product_id=product.id), [*hello(turn), ProductDetail(product)])
    page = ProductPage(items=cards[:PAGE_MOST], page=1, pages=1, total=len(cards), title="")
    return Next(Idle(), [*hello(turn), Products(page=page, kind="shared")])


ARRIVING = Dialog(
    "arriving",
    (
        On(ANYWHERE, Arrived, arrive),
        On(ANYWHERE, SharedProducts, look_up_shared),
    ),
)
