"""A product: its form, with the card that shoppers see beside it."""

from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from typing import Annotated

import msgspec
from aiohttp import web
from msgspec.structs import replace

from bot.messenger.chat_links import chat_link
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.editable import Opened
from handlers.console.base.nouns.maker import Maker
from handlers.console.base.nouns.preview import Tried, as_sent
from handlers.console.base.visit import Notice, Visit
from handlers.console.products import past
from handlers.console.products.listing import HOME
from handlers.console.products.variant_form import VARIANT, typed_variant, unfit_barcode
from replies.browsing import Products
from replies.product import ProductDetail
from replies.render import render
from repository.catalogue import pictures, product_edits, product_rows, product_states, shelf_edits, variant_edits
from repository.catalogue.cards import DESCRIPTION_MOST, ProductCard, ProductPage
from repository.catalogue.goods import Product, specifications
from repository.catalogue.product_edits import OpenedProduct
from repository.catalogue.product_rows import STATES, ProductBody
from repository.catalogue.shelf_edits import BRANDS, CATEGORIES, BrandBody, CategoryBody
from repository.database.connection import Connection
from repository.staff.by import By
from repository.stock import moving, standing

_SKU = "Your own article number. Leave it empty and we make one."
_PRICE = "Leave it empty while you don’t know: it stays a draft."
_WAS = "While it is on sale: shoppers see what it cost. Empty or 0 for no sale."
_BARCODE = "Scan it, or type the digits below the stripes. The search finds the product by it."
_SPECS = "One a line, such as Material: Cotton."
_SIZES = "For those who ask for a size chart. Empty shows that of its category."
_TAKEN = "Another product has this SKU already. Please use another one."
_STATE = "Shoppers see only what is on sale."


class ProductForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a product."""

    name: Annotated[str, Field(label="Name", needed="Please write what it is called.", most=255)]
    description: Annotated[str, Field(label="Description", rows=5, most=5000)]
    price: Annotated[Decimal, Field(label="Price", unit="₱", help=_PRICE, most=99_999_999)]
    status: Annotated[str, Field(label="State", choices=STATES, help=_STATE)]
    sku: Annotated[str, Field(label="SKU", help=_SKU, most=50, taken=_TAKEN)]
    barcode: Annotated[str, Field(label="Barcode", help=_BARCODE, check=unfit_barcode)]
    category_id: Annotated[int, Field(label="Category")]
    brand_id: Annotated[int, Field(label="Brand")]
    was_price: Annotated[Decimal, Field(label="Price before", unit="₱", help=_WAS, most=99_999_999)]
    specifications: Annotated[
        str, Field(label="Specifications", help=_SPECS, rows=4, most=3000, placeholder="Material: Cotton")
    ]
    size_guide: Annotated[str, Field(label="Size guide", help=_SIZES, rows=3, most=1500)]
    weight_kg: Annotated[Decimal, Field(label="Weight in kg", help="For the shipping fee.", most=99_999)]
    low_stock_threshold: Annotated[int, Field(label="Tell me at", unit="pieces left", most=1_000_000)]
    is_featured: Annotated[bool, Field(label="Show it among the featured products")]


class StockForm(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are when a product is made."""

    stock: Annotated[int, Field(label="Pieces in stock", most=moving.PIECES_MOST)]


_FORM = Form(ProductForm)
_STOCK = Form(StockForm)


class ProductEditor(Maker[ProductBody]):
    """The pages of a product."""

    async def opened(self, conn: Connection, visit: Visit) -> OpenedProduct | None:
        is_new = "id" not in visit.request.match_info
        if is_new:
            await visit.rules(conn)  # a new product begins with one of them
        return None if is_new else await product_edits.opened(conn, product_id=visit.number("id"))

    def blank(self, visit: Visit) -> ProductBody:
        return ProductBody(name="", category_id=0, low_stock_threshold=visit.shop.rules_known.low_stock_from)

    async def make(self, conn: Connection, body: ProductBody, by: By) -> int:
        return await product_edits.create(conn, body=body, by=by)

    async def write(
        self, conn: Connection, subject_id: int, body: ProductBody, *, version: int, by: By, action: str
    ) -> bool:
        return await product_edits.save(conn, product_id=subject_id, body=body, version=version, by=by, action=action)

    async def remove(self, conn: Connection, subject_id: int, *, version: int, by: By) -> int:
        return await product_states.archive(conn, product_id=subject_id, version=version, by=by)

    async def take_back(self, conn: Connection, version_id: int, by: By) -> int:
        return await product_states.bring_back(conn, version_id=version_id, by=by)

    def title(self, body: ProductBody) -> str:
        return body.name

    def problems(self, _: Visit, body: ProductBody) -> Mapping[str, str]:
        if body.status == "active" and not body.price:
            return {"price": "Please give it a price before it goes on sale, or save it as a draft."}
        return {}

    def said(self, body: ProductBody) -> str:
        return "Saved. Shoppers see it now." if body.status == "active" else "Saved. Shoppers do not see it yet."

    async def stored(
        self,
        visit: Visit,
        one: Opened[ProductBody] | None,
        write: Callable[[Connection, ProductBody, int], Awaitable[tuple[int, bool]]],
    ) -> web.Response:
        """Save what was typed, with a category or brand that was written anew, and what there is of a new product."""
        if visit.form.get("to") == "sell":
            visit.form = {**visit.form, "status": "active"}
        stock, counted = _STOCK.read(visit)
        if one is None and counted.is_wrong:
            _, filled = self.form.read(visit)
            return await self.page(visit, one, filled, status=422)
        category, brand = (" ".join(visit.field(name).split())[:100] for name in ("new_category", "new_brand"))

        async def with_shelves(conn: Connection, body: ProductBody, version: int) -> tuple[int, bool]:
            if category:
                made = await CATEGORIES.named(conn, body=CategoryBody(name=category), by=visit.by)
                body = replace(body, category_id=made)
            if brand:
                body = replace(body, brand_id=await BRANDS.named(conn, body=BrandBody(name=brand), by=visit.by))
            if one is not None:
                return await write(conn, body, version)
            return await product_edits.create(conn, body=body, by=visit.by, stock=stock.stock), True

        return await super().stored(visit, one, with_shelves)

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """The card of what is typed, and what a shopper reads who opens it, just as Messenger cuts it."""
        texts = {name: one.text for name, one in filled.fields.items()}
        typed, _ = _FORM.asked(texts)
        product_id = visit.number("id") if "id" in visit.request.match_info else 0
        urls: tuple[str, ...] = ()
        left, has_variants = _STOCK.asked(visit.form)[0].stock, False
        if product_id:
            async with visit.shop.database.connection() as conn:
                urls = tuple(one.url for one in await pictures.of_product(conn, product_id=product_id))
                lines = await standing.of_product(conn, product_id=product_id)
                left, has_variants = sum(one.left for one in lines), any(one.variant_id for one in lines)
        description = " ".join(texts["description"].split())[:DESCRIPTION_MOST]
        card = ProductCard(
            id=product_id,
            name=typed.name or "…",
            description=description,
            price=typed.price,
            has_range=False,
            left=left,
            picture_url=urls[0] if urls else "",
            has_variants=has_variants,
            category_id=typed.category_id,
            was=typed.was_price if typed.was_price > typed.price else Decimal(0),
        )
        page = ProductPage(items=(card,), page=1, pages=1, total=1, title="…")
        product = Product(
            id=product_id,
            name=typed.name or "…",
            description=texts["description"],
            price=typed.price,
            left=left,
            picture_urls=urls,
            category_id=typed.category_id,
            category="…",
            variants=(),
            weight_kg=Decimal(0),
            was=card.was,
            specifications=specifications(product_rows.specified(texts["specifications"]) or ""),
            has_size_guide=bool(texts["size_guide"].strip()),
        )
        words = await visit.words()
        shown = as_sent(render([Products(page=page, kind="category")], words, "en"))[1:]
        return Tried(messages=(*shown, *as_sent(render([ProductDetail(product=product)], words, "en"))))

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        product_id = visit.number("id") if "id" in visit.request.match_info else 0
        typed = typed_variant(visit)
        facts: dict[str, object] = {
            "shelves": await shelf_edits.tree(conn),
            "brands": await shelf_edits.brands(conn),
            "new_category": visit.form.get("new_category", ""),
            "new_brand": visit.form.get("new_brand", ""),
            "stock": _STOCK.asked({"stock": visit.form.get("stock", "")})[1].fields["stock"],
            "pictures_most": pictures.PICTURES_MOST,
            "new_variant": typed[1] if typed and not typed[0] else VARIANT.empty(),
        }
        if product_id:
            base = (await product_rows.there(conn, product_id)).price
            variants = await variant_edits.of_product(conn, product_id=product_id)
            facts["chat_link"] = chat_link(visit.shop.settings.page_id, f"product_{product_id}")
            facts["shown_pictures"] = await pictures.of_product(conn, product_id=product_id)
            facts["past"] = await past.recent(conn, product_id)
            facts["standing"] = await standing.of_product(conn, product_id=product_id)
            facts["variants"] = [
                (
                    one,
                    typed[1] if typed and typed[0] == one.id else VARIANT.of(_form_of(one, base), version=one.version),
                )
                for one in variants
            ]
        return facts

    async def copy(self, visit: Visit) -> web.Response:
        """Make a draft like it."""
        product_id = visit.number("id")
        made = await visit.write(lambda conn: product_states.duplicate(conn, product_id=product_id, by=visit.by))
        return visit.to(f"{HOME}/{made}", Notice("This is the copy: a draft, with nothing in stock yet."))

    async def again(self, visit: Visit) -> web.Response:
        """The page as it is, with what was typed about a variant or a picture that cannot be."""
        one = await self.there(visit)
        filled = self.form.of(one.body, version=one.version)
        return await self.page(visit, one, filled, status=422)


class _VariantTyped(msgspec.Struct, frozen=True):
    name: str
    value: str
    price: Decimal
    sku_suffix: str
    barcode: str
    is_available: bool


def _form_of(one: variant_edits.KeptVariant, base: Decimal) -> _VariantTyped:
    """A variant as its form has it: with what it costs, not with what it adds."""
    body = one.body
    price = base + body.price_adjustment
    return _VariantTyped(body.name, body.value, price, body.sku_suffix, body.barcode, body.is_available)


PRODUCT = ProductEditor(
    product_rows.PRODUCTS,
    _FORM,
    template="product.html",
    home=HOME,
    called="product",
    words="",
    views="products.view",
    edits="products.edit",
    deletes="products.edit",
)
