"""Categories, and pages of products."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Card, Cards, Message, PostbackButton, Text
from replies.base import About, Say
from replies.codec import Tap
from replies.looking import all_in
from replies.parts import Said, button, common, pages, quick, turned
from replies.taps import (
    AddToCart,
    BrowseCategories,
    BuyNow,
    ChooseVariant,
    MoreResults,
    MyOrders,
    OpenCategory,
    OpenFeatured,
    OpenProduct,
)
from replies.taps_looking import BrowseBrands, OpenList, SortList
from replies.taps_wishlist import NotifyMe
from replies.words import cut
from repository.catalogue.products import Category, CategoryPage, ProductCard, ProductPage

MUG = ProductCard(
    7, "Barako Stoneware Mug", "A sturdy mug for your morning kape.", Decimal("149.00"), True, 45, "", True, 1
)
KETTLE = ProductCard(8, "Takure Whistling Kettle", "Whistles when it is ready.", Decimal(599), False, 0, "", False, 1)
"""For examples."""
BELOW = 5
"""Categories within one that are offered by themselves."""
SORTED_LEAST = 3
"""Products of a list that is worth sorting."""
_CRUMBS = 3


class Categories(Said, frozen=True):
    """A page of the categories."""

    name: ClassVar[str] = "browsing.categories"
    about: ClassVar[str] = "A page of the categories"
    page: Annotated[CategoryPage, About("The page")]
    note: Annotated[
        str, About('What is said before it: "", or "gone" where the category that was asked for is no longer there')
    ] = ""
    within: Annotated[int, About("The category in which these stand, 0 for none")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        if not self.page.items:
            return [Text(text=say("browsing.no_categories"), quick_replies=common(say, "person", "menu"))]
        cards = tuple(self._card(say, category) for category in self.page.items)
        paging = pages(say, self.page.page, self.page.pages, self._another)
        text = say("browsing.categories", note=self.note, page=self.page.page, pages=self.page.pages)
        ways = (
            quick(say, "looking.quick_new", OpenList(kind="new")),
            *common(say, "best"),
            quick(say, "looking.quick_sale", OpenList(kind="sale")),
            quick(say, "looking.quick_brands", BrowseBrands()),
        )
        return [Text(text=text), Cards(cards, (*paging, *ways, *common(say, "search", "cart", "menu")))]

    def _another(self, page: int) -> Tap:
        return BrowseCategories(page=page, within=self.within)

    def _card(self, say: Say, category: Category) -> Card:
        return Card(
            title=say("browsing.title_category", icon=category.icon, name=category.name),
            subtitle=say("browsing.subtitle_category", count=category.product_count),
            image_url=category.picture_url,
            buttons=(button(say, "browsing.button_open_category", OpenCategory(category_id=category.id)),),
        )

    @classmethod
    def example(cls) -> Self:
        items = (Category(1, "Kitchen & Dining", "🍳", "", 24), Category(2, "Beauty", "💄", "", 1))
        return cls(page=CategoryPage(items=items, page=1, pages=2))


class Products(Said, frozen=True):
    """A page of products."""

    name: ClassVar[str] = "browsing.products"
    about: ClassVar[str] = "A page of products"
    page: Annotated[ProductPage, About("The page")]
    kind: Annotated[
        str,
        About(
            'What it shows: "category", "featured", "search", "shared", "all", "new", "best", "sale", "brand" or'
            ' "similar"; "over" is the cheapest, where nothing costs as little as was said'
        ),
    ]
    more: Annotated[
        Tap | None, About("The tap that opens another page, with any page number; None where there is only this one")
    ] = None
    sort: Annotated[str | None, About('How it is sorted: "", "cheap" or "dear"; None where it cannot be sorted')] = None
    category_id: Annotated[int, About("The category that is shown, 0 for none")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        shown = self.page
        text = say(
            "browsing.products", kind=self.kind, title=self._titled(), meant=cut(shown.meant, 80),
            total=shown.total, page=shown.page, pages=shown.pages, sort=self.sort or "",
        )  # fmt: skip
        if not shown.items:
            return [Text(text=text, quick_replies=common(say, "products", "best", "search", "menu"))]
        cards = tuple(product_card(say, product) for product in shown.items)
        quick_replies = (
            *self._paging(say),
            *self._below(say),
            *self._above(say),
            *self._sorting(say),
            *common(say, "products", "search", "cart", "menu"),
        )
        return [Text(text=text), Cards(cards, quick_replies)]

    def _titled(self) -> str:
        """What it shows, with the way to it through the shelves, the outermost first."""
        names = [cut(one.name, 40) for one in self.page.above[-_CRUMBS:]]
        return " › ".join((*names, cut(self.page.title, 80)))

    def _below(self, say: Say) -> tuple[AnyQuickReply, ...]:
        below = self.page.below
        if len(below) > BELOW:
            return (all_in(say, self.page.title, self.category_id),)
        return tuple(quick(say, "looking.quick_below", OpenCategory(one.id), name=cut(one.name, 18)) for one in below)

    def _above(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return tuple(
            quick(say, "looking.quick_above", OpenCategory(one.id), name=cut(one.name, 18))
            for one in self.page.above[-1:]
        )

    def _sorting(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if self.sort is None or self.page.total < SORTED_LEAST:
            return ()
        return tuple(
            quick(say, f"looking.quick_{sort}", SortList(sort=sort)) for sort in ("cheap", "dear") if sort != self.sort
        )

    def _paging(self, say: Say) -> tuple[AnyQuickReply, ...]:
        more = self.more
        if more is None:
            return ()
        return pages(say, self.page.page, self.page.pages, lambda page: turned(more, page))

    @classmethod
    def example(cls) -> Self:
        return cls(
            page=ProductPage(items=(MUG, KETTLE), page=1, pages=3, total=24, title="Kitchen & Dining"),
            kind="category",
            more=OpenCategory(category_id=1),
        )


class NothingFound(Said, frozen=True):
    """Nothing was found for what was typed."""

    name: ClassVar[str] = "browsing.nothing_found"
    about: ClassVar[str] = "Nothing was found for what was typed"
    text: Annotated[str, About("What the shopper typed")]
    near: Annotated[tuple[ProductCard, ...], About("Products below it that may do in place of it")] = ()

    def messages(self, say: Say) -> Sequence[Message]:
        quick_replies = common(say, "products", "best", "orders", "person", "menu")
        text = say(self.name, text=cut(self.text, 80), near=bool(self.near))
        if not self.near:
            return [Text(text=text, quick_replies=quick_replies)]
        return [Text(text=text), Cards(tuple(product_card(say, product) for product in self.near), quick_replies)]

    @classmethod
    def example(cls) -> Self:
        return cls(text="flying carpet")


class AskSearch(Said, frozen=True):
    """What are you looking for?"""

    name: ClassVar[str] = "browsing.ask_search"
    about: ClassVar[str] = "What are you looking for?"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "best", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class EndOfList(Said, frozen=True):
    """There is no other page."""

    name: ClassVar[str] = "browsing.end_of_list"
    about: ClassVar[str] = "There is no other page"
    again: Annotated[
        BrowseCategories | OpenCategory | OpenFeatured | OpenList | MoreResults | MyOrders,
        About("The tap that shows the page on which the list came to its end"),
    ]

    def messages(self, say: Say) -> Sequence[Message]:
        return [Text(text=say(self.name), quick_replies=self.quick_replies(say))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        page = self.again.page
        before = (quick(say, "common.quick_previous", turned(self.again, page - 1)),) if page > 1 else ()
        list_again = quick(say, "browsing.quick_list", self.again)
        return (*before, list_again, *common(say, "products", "best", "search", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(again=OpenCategory(category_id=1, page=3))


def product_card(say: Say, product: ProductCard) -> Card:
    """The card of one product: price and stock in words, and what can be done with it.

    Args:
        say: Fills a block with facts.
        product: The product.
    """
    details = button(say, "browsing.button_details", OpenProduct(product_id=product.id))
    buttons: tuple[PostbackButton, ...] = (details,)
    if product.left > 0 and product.has_variants:
        buttons = (button(say, "browsing.button_options", ChooseVariant(product_id=product.id)), details)
    elif product.left <= 0:
        buttons = (button(say, "wishlist.button_notify", NotifyMe(product_id=product.id)), details)
    else:
        buttons = (
            button(say, "browsing.button_add", AddToCart(product_id=product.id)),
            button(say, "browsing.button_buy_now", BuyNow(product_id=product.id)),
            details,
        )
    subtitle = say(
        "browsing.subtitle_product", price=product.price, has_range=product.has_range, left=product.left,
                rating=str(product.rating.quantize(Decimal("0.1"))) if product.rating else "",
        description=" ".join(product.description.split()), was=product.was,
    )  # fmt: skip
    return Card(
        title=say("browsing.title_product", name=product.name),
        subtitle=subtitle,
        image_url=product.picture_url,
        buttons=buttons,
    )
