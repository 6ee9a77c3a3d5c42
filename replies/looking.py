"""Looking around and closer: brands, prices, sizes, pictures, a link, when things arrive, a shopper's points."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.limits import GRID_IMAGES
from bot.messenger.messages import AnyQuickReply, Card, Cards, Grid, Message, Picture, Text, split
from replies.base import About, Say
from replies.parts import Said, button, common, facts, pages, quick
from replies.taps import BrowseCategories, OpenProduct, ShippingInfo
from replies.taps_looking import BrowseBrands, OpenList
from replies.words import cut
from repository.catalogue.looking.lists import Brand, BrandPage
from repository.orders.coming.arrival import Arrival

_SKIPPED_MOST = 4


class Brands(Said, frozen=True):
    """A page of the brands."""

    name: ClassVar[str] = "looking.brands"
    about: ClassVar[str] = "A page of the brands"
    page: Annotated[BrandPage, About("The page")]

    def messages(self, say: Say) -> Sequence[Message]:
        shown = self.page
        if not shown.items:
            return [Text(text=say("looking.no_brands"), quick_replies=common(say, "products", "search", "menu"))]
        cards = tuple(
            Card(
                title=brand.name,
                subtitle=say("looking.subtitle_brand", count=brand.product_count),
                image_url=brand.picture_url,
                buttons=(button(say, "looking.button_brand", OpenList(kind="brand", of=brand.id)),),
            )
            for brand in shown.items
        )
        paging = pages(say, shown.page, shown.pages, lambda page: BrowseBrands(page=page))
        text = say("looking.brands", page=shown.page, pages=shown.pages)
        return [Text(text=text), Cards(cards, (*paging, *common(say, "products", "best", "search", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(
            page=BrandPage(items=(Brand(1, "Tasa Pilipino", "", 12), Brand(2, "Takure", "", 1)), page=1, pages=1)
        )


class Prices(Said, frozen=True):
    """Between which prices what is sold lies."""

    name: ClassVar[str] = "looking.prices"
    about: ClassVar[str] = "Between which prices what is sold lies"
    of: Annotated[str, About("The category's name, empty for the whole shop")]
    least: Annotated[Decimal, About("What the cheapest costs")]
    most: Annotated[Decimal, About("What the dearest costs")]
    total: Annotated[int, About("How many products there are; 0 where nothing is sold yet")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        cheap = quick(say, "looking.quick_cheapest", OpenList(kind="all", sort="cheap"))
        return (cheap, *common(say, "products", "best", "search", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(of="Kitchen & Dining", least=Decimal(79), most=Decimal(1599), total=24)


class Sizes(Said, frozen=True):
    """Which size fits whom."""

    name: ClassVar[str] = "looking.sizes"
    about: ClassVar[str] = "Which size fits whom, in the merchant's words"
    product_id: Annotated[int, About("The product")]
    product: Annotated[str, About("What it is called")]
    words: Annotated[str, About("The size guide; empty where there is none")]

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, product=cut(self.product, 150), words=self.words)
        return split(Text(text=text, quick_replies=self.quick_replies(say)))

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        again = quick(say, "looking.quick_again", OpenProduct(product_id=self.product_id))
        return (again, *(() if self.words else common(say, "person")), *common(say, "cart", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(product_id=8, product="Everyday Cotton T-Shirt", words="S: chest 36 in\nM: chest 38 in")


class WhichProduct(Said, frozen=True):
    """What was asked is about one product, and none is open."""

    name: ClassVar[str] = "looking.which"
    about: ClassVar[str] = "What was asked is about one product, and none is open"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "best", "search", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class AllPictures(Said, frozen=True):
    """Every picture of a product."""

    name: ClassVar[str] = "looking.pictures"
    about: ClassVar[str] = "Every picture of a product"
    product_id: Annotated[int, About("The product")]
    product: Annotated[str, About("What it is called")]
    urls: Annotated[tuple[str, ...], About("The pictures")]
    has_grid: Annotated[bool, About("Whether several are shown in one bubble")] = False

    def messages(self, say: Say) -> Sequence[Message]:
        again = quick(say, "looking.quick_again", OpenProduct(product_id=self.product_id))
        text = say(self.name, product=cut(self.product, 150), count=len(self.urls))
        below = (again, *common(say, "cart", "menu"))
        return [*pictured(say, self.product, self.urls, has_grid=self.has_grid), Text(text, below)]

    @classmethod
    def example(cls) -> Self:
        return cls(product_id=7, product="Barako Stoneware Mug", urls=("https://shop.example/mug.jpg",))


class Shared(Said, frozen=True):
    """The link that leads to a product, or to the shop."""

    name: ClassVar[str] = "looking.share"
    about: ClassVar[str] = "The link that leads to a product, or to the shop"
    link: Annotated[str, About("The link; empty while no page is connected")]
    product: Annotated[str, About("The product's name, empty for the shop")] = ""
    product_id: Annotated[int, About("The product, 0 for the shop")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, **{**facts(self), "product": cut(self.product, 150)})
        again = (quick(say, "looking.quick_again", OpenProduct(product_id=self.product_id)),) if self.product_id else ()
        return [Text(text=text, quick_replies=(*again, *common(say, "cart", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(link="https://m.me/100200300?ref=product_7", product="Barako Stoneware Mug", product_id=7)


class Arrives(Said, frozen=True):
    """When something that is ordered now arrives."""

    name: ClassVar[str] = "looking.arrives"
    about: ClassVar[str] = "When something that is ordered now arrives"
    place: Annotated[str, About("Where to, such as Cebu City")]
    zone: Annotated[str, About("The shipping zone in which that lies; empty where the shop does not send there")]
    days: Annotated[str, About("What the zone says of it, such as “2-3 days”, or empty")]
    arrival: Annotated[Arrival | None, About("Between which days that is; None where the zone names no number of days")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        found = self.arrival
        text = say(
            self.name,
            place=cut(self.place, 100),
            zone=cut(self.zone, 100),
            days=cut(self.days, 50),
            first=_day(found.first) if found else "",
            last=_day(found.last) if found else "",
            skipped=", ".join(found.skipped[:_SKIPPED_MOST]) if found else "",
        )
        return [Text(text=text, quick_replies=self.quick_replies(say))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return (quick(say, "common.quick_shipping", ShippingInfo()), *common(say, "products", "cart", "menu"))

    @classmethod
    def example(cls) -> Self:
        found = Arrival(date(2026, 12, 3), date(2026, 12, 5), ("Bonifacio Day",))
        return cls(place="Cebu City", zone="Visayas", days="3-5 days", arrival=found)


class Points(Said, frozen=True):
    """Which tier and how many points a shopper has."""

    name: ClassVar[str] = "looking.points"
    about: ClassVar[str] = "Which tier and how many points a shopper has"
    first_name: Annotated[str, About("The shopper's first name, or empty")]
    tier: Annotated[str, About('Which it is: "regular", "silver", "gold" or "platinum"')]
    points: Annotated[int, About("How many points there are")]
    next_tier: Annotated[str, About("The tier above; empty at the top")]
    to_next: Annotated[Decimal, About("For how much more must be delivered until then")]
    promos: Annotated[int, About("Promos that run for shoppers of this tier, or who have been away")] = 0

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, *(("promos",) if self.promos else ()), "products", "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(first_name="Ana", tier="silver", points=245, next_tier="gold", to_next=Decimal(25500), promos=1)


def pictured(say: Say, product: str, urls: Sequence[str], *, has_grid: bool) -> list[Message]:
    """The pictures of a product: one by itself, several in grids or as cards.

    Args:
        say: Fills a block with facts.
        product: What it is called.
        urls: The pictures.
        has_grid: Whether several are shown in one bubble.
    """
    urls = [url for url in urls if url]
    if len(urls) <= 1:
        return [Picture(url=url) for url in urls]
    title = say("product.title_picture", name=product)
    if not has_grid:
        cards = (
            Card(title=title, subtitle=say("product.subtitle_picture", number=number, count=len(urls)), image_url=url)
            for number, url in enumerate(urls, 1)
        )
        return [Cards(tuple(cards))]
    most = GRID_IMAGES[1]
    parts = [tuple(urls[start : start + most]) for start in range(0, len(urls), most)]
    return [Grid(urls=part, title=title) if len(part) > 1 else Picture(url=part[0]) for part in parts]


def all_in(say: Say, category: str, category_id: int) -> AnyQuickReply:
    """The quick reply that shows every category within one.

    Args:
        say: Fills a block with facts.
        category: What that is called.
        category_id: Which it is.
    """
    return quick(say, "looking.quick_inside", BrowseCategories(within=category_id), name=category)


def _day(moment: date) -> str:
    return f"{moment:%a} {moment.day} {moment:%b}"
