"""What shoppers think of what they bought: asked, thanked for, and shown to others."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.changing import CHOICES, NUMBER, OfOrder
from replies.parts import NAME_IN_LIST, Said, common, day, fitting, named, pages, quick
from replies.taps import Cancel, OpenOrder, OpenProduct, Skip
from replies.taps_after import RateOrder, ReviewProduct, SeeReviews
from replies.words import cut
from repository.aftersales.reviews import Bought, Review, ReviewPage


def star_choices(say: Say, order_id: int) -> tuple[AnyQuickReply, ...]:
    """The quick replies for five stars down to one.

    Args:
        say: Fills a block with facts.
        order_id: `orders.id`.
    """
    return tuple(
        quick(say, "reviews.quick_stars", RateOrder(order_id=order_id, rating=stars), stars=stars)
        for stars in (5, 4, 3, 2, 1)
    )


class AskStars(OfOrder, frozen=True):
    """How many stars?"""

    name: ClassVar[str] = "reviews.ask_stars"
    about: ClassVar[str] = "How many stars?"
    product: Annotated[str, About("What was bought, the first of several; may be empty")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, number=self.number, product=cut(self.product, NAME_IN_LIST))
        return [Text(text=text, quick_replies=(*star_choices(say, self.order_id), *common(say, "cancel")))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, product="Blue mug")


class ThanksForReceiving(OfOrder, frozen=True):
    """Thanks for saying that an order is there."""

    name: ClassVar[str] = "reviews.received"
    about: ClassVar[str] = "Thanks for saying that an order is there"

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, number=self.number)
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return [Text(text=text, quick_replies=(see, *common(say, "products", "person", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER)


class ReviewWhich(OfOrder, frozen=True):
    """Which product are the stars for?"""

    name: ClassVar[str] = "reviews.which"
    about: ClassVar[str] = "Which product are the stars for?"
    rating: Annotated[int, About("The stars, 1 to 5")]
    products: Annotated[tuple[Bought, ...], About("What was bought")]

    def messages(self, say: Say) -> Sequence[Message]:
        everything = quick(say, "reviews.quick_all", ReviewProduct(order_id=self.order_id))
        picks = tuple(
            named(one.name, ReviewProduct(order_id=self.order_id, product_id=one.product_id))
            for one in self.products[:CHOICES]
        )
        text = say(self.name, stars=self.rating)
        return [Text(text=text, quick_replies=(everything, *picks, quick(say, "common.quick_cancel", Cancel())))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, rating=5, products=(Bought(7, "Blue mug"), Bought(8, "Linen shirt")))


class ReviewKept(Said, frozen=True):
    """The stars are kept; words and a picture may follow."""

    name: ClassVar[str] = "reviews.kept"
    about: ClassVar[str] = "The stars are kept; words and a picture may follow"
    rating: Annotated[int, About("The stars, 1 to 5")]
    wants: Annotated[str, About('What may still come: "words" or "picture"; empty for nothing')] = "words"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        skip = (quick(say, "common.quick_skip", Skip()),) if self.wants else ()
        person = common(say, "person") if self.rating <= 2 else ()
        return (*skip, *person, *common(say, "products", "orders", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(rating=5)


class NothingToReview(Said, frozen=True):
    """Nothing was delivered that is not reviewed already."""

    name: ClassVar[str] = "reviews.nothing"
    about: ClassVar[str] = "Nothing was delivered that is not reviewed already"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return common(say, "orders", "products", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class ProductReviews(Said, frozen=True):
    """What others think of a product, the newest first."""

    name: ClassVar[str] = "reviews.list"
    about: ClassVar[str] = "What others think of a product, the newest first"
    page: Annotated[ReviewPage, About("The page")]

    def messages(self, say: Say) -> Sequence[Message]:
        page = self.page
        head = say(
            self.name,
            product=cut(page.product, 120),
            average=str(page.average.quantize(Decimal("0.1"))),
            count=page.count,
            page=page.page,
            pages=page.pages,
        )
        lines = [
            say(
                "reviews.line",
                stars="⭐" * min(one.rating, 5),
                by=cut(one.by, 30),
                day=day(one.at),
                words=cut(one.words, 300),
            )
            for one in page.items
        ]
        turn = pages(say, page.page, page.pages, lambda number: SeeReviews(product_id=page.product_id, page=number))
        back = quick(say, "reviews.quick_product", OpenProduct(product_id=page.product_id))
        text = "\n\n".join((head, *lines[: fitting(lines, 1500)]))
        return split(Text(text=text, quick_replies=(back, *turn, *common(say, "cart", "menu"))))

    @classmethod
    def example(cls) -> Self:
        review = Review(5, "Ang ganda, at ang bilis dumating!", "Ana", datetime(2026, 11, 25, 7, tzinfo=UTC))
        return cls(
            page=ReviewPage(
                product_id=7, product="Blue mug", average=Decimal("4.80"), count=1, items=(review,), page=1, pages=1
            )
        )


class ReviewAsked(OfOrder, frozen=True):
    """Some days after the delivery: how was it?"""

    name: ClassVar[str] = "notices.review_asked"
    about: ClassVar[str] = "Some days after the delivery: how was it?"
    product: Annotated[str, About("What was bought, the first of several; may be empty")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, number=self.number, product=cut(self.product, NAME_IN_LIST))
        return [Text(text=text, quick_replies=star_choices(say, self.order_id))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, product="Blue mug")
