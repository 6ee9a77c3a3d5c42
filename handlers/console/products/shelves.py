"""Categories and brands: few, each with a small page."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.preview import Sentence, Tried
from handlers.console.base.visit import Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from repository.catalogue import shelf_edits
from repository.catalogue.shelf_edits import BRANDS as BRAND_ROWS
from repository.catalogue.shelf_edits import CATEGORIES as CATEGORY_ROWS
from repository.catalogue.shelf_edits import BrandBody, CategoryBody
from repository.database.connection import Connection

CATEGORIES_AT = "/products/categories"
BRANDS_AT = "/products/brands"
_NAME = "Please write what it is called."
_SIZES = "Shoppers who ask for a size chart read it, where the product has none of its own."
_TAKEN = "There is one of that name already."


class CategoryForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a category."""

    name: Annotated[str, Field(label="Name", needed=_NAME, most=100, taken=_TAKEN)]
    parent_id: Annotated[int, Field(label="Stands in")]
    icon_emoji: Annotated[str, Field(label="Emoji", help="Shown before the name.", most=10, placeholder="☕")]
    display_order: Annotated[int, Field(label="Place in the list", help="The lowest one stands first.", most=100_000)]
    size_guide: Annotated[str, Field(label="Size guide", help=_SIZES, rows=4, most=1500)]
    is_active: Annotated[bool, Field(label="Shoppers see it", in_history="State")]


class BrandForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a brand."""

    name: Annotated[str, Field(label="Name", needed=_NAME, most=100, taken=_TAKEN)]
    website: Annotated[str, Field(label="Website", most=255, placeholder="https://brand.example")]


_CATEGORY = Form(CategoryForm)


class CategoryEditor(RowEditor[CategoryBody]):
    """The pages of a category."""

    saved = "Saved. Shoppers see it so from now on."
    last = "Products or other categories stand in it. Move those first, or switch it off."

    def blank(self, visit: Visit) -> CategoryBody:  # noqa: ARG002  (what nouns may ask)
        return CategoryBody(name="")

    def title(self, body: CategoryBody) -> str:
        return body.name

    async def looked(self, visit: Visit, filled: Filled) -> Tried:  # noqa: ARG002  (what nouns may ask)
        typed = _CATEGORY.typed(filled)
        seen = f"Shoppers read: {typed.icon_emoji} {typed.name or '…'}".replace("  ", " ")
        return Tried(messages=(), sentences=(Sentence(seen if typed.is_active else "Shoppers do not see it."),))

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:  # noqa: ARG002  (what nouns show)
        return {"shelves": await shelf_edits.tree(conn)}


class BrandEditor(RowEditor[BrandBody]):
    """The pages of a brand."""

    last = "Products are of that brand. Give those another one first."

    def blank(self, visit: Visit) -> BrandBody:  # noqa: ARG002  (what nouns may ask)
        return BrandBody(name="")

    def title(self, body: BrandBody) -> str:
        return body.name

    async def looked(self, visit: Visit, filled: Filled) -> Tried:  # noqa: ARG002  (what nouns may ask)
        name = filled.fields["name"].text or "…"
        return Tried(messages=(), sentences=(Sentence(f"Shoppers who type “{name}” find its products."),))


CATEGORY = CategoryEditor(
    CATEGORY_ROWS,
    _CATEGORY,
    template="category.html",
    home=CATEGORIES_AT,
    called="category",
    edits="products.edit",
    views="products.view",
    deletes="products.edit",
)
BRAND = BrandEditor(
    BRAND_ROWS,
    Form(BrandForm),
    template="brand.html",
    home=BRANDS_AT,
    called="brand",
    edits="products.edit",
    views="products.view",
    deletes="products.edit",
)


def _category(_: Visit, body: CategoryBody) -> Shown:
    tags = ("inside another",) if body.parent_id else ()
    return Shown(f"{body.icon_emoji} {body.name}".strip(), tags=tags)


def _brand(_: Visit, body: BrandBody) -> Shown:
    return Shown(body.name, body.website)


CATEGORY_LIST = list_of(CATEGORY, _category, template="categories.html", many="categories")
BRAND_LIST = list_of(BRAND, _brand, template="brands.html", many="brands", switches=False)
