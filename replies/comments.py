"""What somebody is told who has written below a post: one private message, and a line below the comment."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.limits import BUTTON_TEXT
from bot.messenger.messages import AnyQuickReply, Buttons, Message, PostbackButton, Text
from bot.messenger.wording import size
from replies.base import About, Say
from replies.parts import Said, button, common, facts, fitting, named
from replies.product import ProductDetail
from replies.taps import OpenCategory, OpenProduct
from replies.taps_posts import TakeCommented
from replies.words import cut
from repository.catalogue.products import Product, Variant

CHOICES = 10
"""Variants or products that become quick replies."""


class CommentOffer(Said, frozen=True):
    """The product that a comment means, with the kind and the number, ready to be ordered."""

    name: ClassVar[str] = "comments.offer"
    about: ClassVar[str] = "Private reply to a comment: the product that it means, ready to be ordered"
    comment: Annotated[int, About("The number of the comment")]
    first_name: Annotated[str, About("The first name of who wrote it; may be empty")]
    product_id: Annotated[int, About("The number of the product")]
    category_id: Annotated[int, About("The number of its category")]
    product: Annotated[str, About("What the product is called")]
    variant: Annotated[str, About('Which variant of it, such as "Large"; empty where it has none')]
    quantity: Annotated[int, About("Pieces that can be ordered now")]
    wanted: Annotated[int, About("Pieces that were asked for")]
    total: Annotated[Decimal, About("What the pieces cost together")]
    until: Annotated[str, About('Until when they are held, such as "3:45 PM"; empty where they are not')] = ""
    place: Annotated[int, About("The place in the line of those who wait for it; 0 where nobody waits")] = 0
    most: Annotated[int, About("Pieces that one person can claim, where more were wanted; else 0")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, **facts(self) | {"product": cut(self.product, 150), "variant": cut(self.variant, 80)})
        return [Buttons(cut(text, BUTTON_TEXT), self._buttons(say))]

    def _buttons(self, say: Say) -> tuple[PostbackButton, ...]:
        take = TakeCommented(comment=self.comment)
        see = button(say, "comments.button_see", OpenProduct(product_id=self.product_id))
        if self.place:
            similar = OpenCategory(category_id=self.category_id)
            return (button(say, "comments.button_wait", take), button(say, "comments.button_similar", similar))
        if not self.quantity:
            similar = OpenCategory(category_id=self.category_id)
            return (button(say, "comments.button_similar", similar), see)
        more = TakeCommented(comment=self.comment, buying=False)
        return (button(say, "comments.button_order", take), button(say, "comments.button_cart", more), see)

    @classmethod
    def example(cls) -> Self:
        return cls(
            comment=5, first_name="Ana", product_id=8, category_id=1, product="Everyday Cotton T-Shirt",
            variant="Red, L", quantity=2, wanted=2, total=Decimal("398.00"), until="3:45 PM",
        )  # fmt: skip


class CommentKinds(Said, frozen=True):
    """Which variant does the comment mean?"""

    name: ClassVar[str] = "comments.kinds"
    about: ClassVar[str] = "Private reply to a comment that does not say which variant is wanted"
    comment: Annotated[int, About("The number of the comment")]
    first_name: Annotated[str, About("The first name of who wrote it; may be empty")]
    product: Annotated[Product, About("The product; what has sold out is left out")]
    quantity: Annotated[int, About("Pieces that are wanted")] = 1

    def messages(self, say: Say) -> Sequence[Message]:
        left = tuple(variant for variant in self.product.variants if variant.left > 0)
        kinds = {variant.name for variant in left}
        text = say(
            self.name,
            first_name=self.first_name,
            product=cut(self.product.name, 150),
            kind=left[0].name if len(kinds) == 1 else "",
            quantity=self.quantity,
            is_gone=not left,
        )
        if not left:
            similar = OpenCategory(category_id=self.product.category_id)
            return [Buttons(cut(text, BUTTON_TEXT), (button(say, "comments.button_similar", similar),))]
        lines = [
            say("comments.kind_line", value=cut(variant.value, 60), price=variant.price, left=variant.left)
            for variant in left
        ]
        lines = lines[: fitting(lines, 1500 - size(text))]
        choices = tuple(
            named(variant.value, TakeCommented(comment=self.comment, variant_id=variant.id))
            for variant in left[:CHOICES]
        )
        see = named(say("comments.button_see"), OpenProduct(product_id=self.product.id))
        return [Text(text="\n".join((text, *lines)), quick_replies=(*choices, see))]

    @classmethod
    def example(cls) -> Self:
        variants = (
            Variant(31, "Size", "Large", Decimal("199.00"), 4),
            Variant(32, "Size", "Small", Decimal("199.00"), 2),
        )
        product = ProductDetail.example().product
        shirt = Product(
            id=8, name="Everyday Cotton T-Shirt", description="", price=Decimal("199.00"), left=6, picture_urls=(),
            category_id=product.category_id, category=product.category, variants=variants,
            weight_kg=product.weight_kg,
        )  # fmt: skip
        return cls(comment=5, first_name="Ana", product=shirt, quantity=1)


class CommentLines(Said, frozen=True):
    """Everything that a comment with several codes claims."""

    name: ClassVar[str] = "comments.lines"
    about: ClassVar[str] = "Private reply to a comment that claims several things"
    comment: Annotated[int, About("The number of the comment")]
    first_name: Annotated[str, About("The first name of who wrote it; may be empty")]
    products: Annotated[tuple[str, ...], About("What each is called, in order")]
    quantities: Annotated[tuple[int, ...], About("Pieces of each that can be ordered now")]
    total: Annotated[Decimal, About("What the pieces cost together")]
    until: Annotated[str, About('Until when they are held, such as "3:45 PM"; empty where they are not')] = ""
    most: Annotated[int, About("Pieces of one thing that one person can claim, where more were wanted; else 0")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(
            self.name, first_name=self.first_name, total=self.total, until=self.until, count=sum(self.quantities)
        )
        lines = [
            say("comments.line", product=cut(product, 60), quantity=quantity)
            for product, quantity in zip(self.products, self.quantities, strict=True)
        ]
        limit = [say("comments.at_most", most=self.most)] if self.most else []
        lines = lines[: fitting(lines, BUTTON_TEXT - size(text) - sum(size(line) for line in limit) - 10)]
        take = TakeCommented(comment=self.comment)
        more = TakeCommented(comment=self.comment, buying=False)
        buttons: tuple[PostbackButton, ...] = (
            button(say, "comments.button_order", take),
            button(say, "comments.button_cart", more),
        )
        if not sum(self.quantities):
            buttons = (button(say, "comments.button_wait", take),)
        return [Buttons("\n".join((text, *lines, *limit)), buttons)]

    @classmethod
    def example(cls) -> Self:
        return cls(
            comment=5, first_name="Ana", products=("Blue mug", "Everyday Cotton T-Shirt (Red, L)"), quantities=(1, 0),
            total=Decimal("149.00"), until="3:45 PM",
        )  # fmt: skip


class CommentLimit(Said, frozen=True):
    """The comment claims more than one person can have of something in a live sale."""

    name: ClassVar[str] = "comments.limit"
    about: ClassVar[str] = "Private reply to a comment that claims more than one person can have in a live sale"
    comment: Annotated[int, About("The number of the comment by which they have theirs; 0 where none is left to take")]
    first_name: Annotated[str, About("The first name of who wrote it; may be empty")]
    product_id: Annotated[int, About("The number of the product")]
    category_id: Annotated[int, About("The number of its category")]
    product: Annotated[str, About("What the product is called")]
    most: Annotated[int, About("Pieces that one person can claim")]
    held: Annotated[int, About("Pieces that are held for them already")] = 0
    until: Annotated[str, About('Until when they are held, such as "3:45 PM"; empty where they are not')] = ""
    ordered: Annotated[int, About("Pieces that they have ordered already")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, **facts(self) | {"product": cut(self.product, 150)})
        take = TakeCommented(comment=self.comment)
        first = (
            button(say, "comments.button_order", take)
            if self.comment
            else button(say, "comments.button_similar", OpenCategory(category_id=self.category_id))
        )
        see = button(say, "comments.button_see", OpenProduct(product_id=self.product_id))
        return [Buttons(cut(text, BUTTON_TEXT), (first, see))]

    @classmethod
    def example(cls) -> Self:
        return cls(
            comment=5, first_name="Ana", product_id=8, category_id=1, product="Everyday Cotton T-Shirt", most=2,
            held=2, until="3:45 PM",
        )  # fmt: skip


class CommentAtMost(Said, frozen=True):
    """Nobody can claim more of something in a live sale."""

    name: ClassVar[str] = "comments.at_most"
    about: ClassVar[str] = "How many pieces of one thing each person can claim in a live sale"
    most: Annotated[int, About("Pieces that one person can claim")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "cart", "orders", "products", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(most=2)


class CommentWhich(Said, frozen=True):
    """Which product does the comment mean?"""

    name: ClassVar[str] = "comments.which"
    about: ClassVar[str] = "Private reply to a comment that does not say which product is meant"
    first_name: Annotated[str, About("The first name of who wrote it; may be empty")]
    products: Annotated[tuple[int, ...], About("Each product that it may mean, in order; may be none")] = ()
    names: Annotated[tuple[str, ...], About("What each is called, in the same order")] = ()
    quantity: Annotated[int, About("Pieces that are wanted")] = 1
    comment: Annotated[int, About("The number of the comment")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        names = [cut(name, 80) for name in self.names[:CHOICES]]
        lines = (say("comments.which_line", number=number, product=name) for number, name in enumerate(names, 1))
        text = "\n".join((say(self.name, first_name=self.first_name, count=len(names)), *lines))
        choices = tuple(
            named(f"{number}. {name}", TakeCommented(comment=self.comment, product_id=product_id))
            for number, (product_id, name) in enumerate(zip(self.products, names, strict=False), 1)
        )
        rest: tuple[AnyQuickReply, ...] = () if choices else common(say, "best", "search")
        return [Text(text=text, quick_replies=(*choices, *rest, *common(say, "products")))]

    @classmethod
    def example(cls) -> Self:
        return cls(first_name="Ana", products=(7, 8), names=("Blue mug", "Iron pan"))


class CommentStillWaits(Said, frozen=True):
    """What the comment claims is still held for others."""

    name: ClassVar[str] = "comments.still_waits"
    about: ClassVar[str] = "What was claimed in a live sale is still held for others"
    place: Annotated[int, About("The place in the line of those who wait for it")]

    @classmethod
    def example(cls) -> Self:
        return cls(place=2)


class ClaimYours(Said, frozen=True):
    """What somebody waited for in a live sale is held for them now."""

    name: ClassVar[str] = "notices.claim_yours"
    about: ClassVar[str] = "What somebody waited for in a live sale is held for them now"
    comment: Annotated[int, About("The number of the comment")]
    product_id: Annotated[int, About("The number of the product")]
    product: Annotated[str, About("What the product is called")]
    variant: Annotated[str, About('Which variant of it, such as "Large"; empty where it has none')]
    quantity: Annotated[int, About("Pieces that are held")]
    total: Annotated[Decimal, About("What they cost together")]
    until: Annotated[str, About('Until when they are held, such as "3:45 PM"')]

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, **facts(self) | {"product": cut(self.product, 150), "variant": cut(self.variant, 80)})
        take = button(say, "comments.button_order", TakeCommented(comment=self.comment))
        see = button(say, "comments.button_see", OpenProduct(product_id=self.product_id))
        return [Buttons(cut(text, BUTTON_TEXT), (take, see))]

    @classmethod
    def example(cls) -> Self:
        return cls(
            comment=5, product_id=8, product="Everyday Cotton T-Shirt", variant="Red, L", quantity=1,
            total=Decimal("199.00"), until="3:45 PM",
        )  # fmt: skip


class CommentGone(Said, frozen=True):
    """Nothing is claimed by the comment any more."""

    name: ClassVar[str] = "comments.gone"
    about: ClassVar[str] = "What a comment claimed was let go, ordered before, or is somebody else's"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "cart", "orders", "products", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class CommentPublic(Said, frozen=True):
    """What everybody reads below the comment."""

    name: ClassVar[str] = "comments.public"
    about: ClassVar[str] = "What everybody reads below a comment that was answered in Messenger"
    first_name: Annotated[str, About("The first name of who wrote it; may be empty")]
    is_next: Annotated[bool, About("Whether what they waited for in a live sale is theirs now")] = False

    def messages(self, say: Say) -> Sequence[Message]:
        return [Text(text=say(self.name, **facts(self)))]

    @classmethod
    def example(cls) -> Self:
        return cls(first_name="Ana")
