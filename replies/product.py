"""One product, and the choice between its variants."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

import msgspec

from bot.messenger.limits import TEXT
from bot.messenger.messages import AnyQuickReply, Buttons, Message, PostbackButton, Text, split
from bot.messenger.wording import size
from replies.base import About, Say
from replies.codec import Tap
from replies.looking import pictured
from replies.parts import Said, button, common, fitting, named, quick
from replies.taps import AddToCart, BuyNow, ChooseVariant, OpenProduct
from replies.taps_after import SeeReviews
from replies.taps_looking import OpenList, SeePictures, SeeSizes, ShareProduct, WhenItArrives
from replies.taps_wishlist import NotifyMe, SaveForLater
from replies.words import cut
from repository.catalogue.goods import Specification
from repository.catalogue.products import Product, Variant

PICTURES = 6
"""Pictures of one product that its card shows: as many as a grid holds."""
SPECIFICATIONS = 12
"""Things that are said of what a product is made of."""
_TENTH = Decimal("0.1")
CHOICES = 10
"""Variants that become quick replies; all stand in the text."""


class ProductDetail(Said, frozen=True):
    """One product with its pictures."""

    name: ClassVar[str] = "product.detail"
    about: ClassVar[str] = "One product with its pictures"
    product: Annotated[Product, About("The product")]
    has_grid: Annotated[bool, About("Whether several pictures are shown in one bubble")] = False
    can_share: Annotated[bool, About("Whether there is a link to it")] = False

    def messages(self, say: Say) -> Sequence[Message]:
        product = self.product
        left = [variant.value for variant in product.variants if variant.left > 0]
        text = say(
            "product.detail",
            name=product.name,
            price=product.price,
            most=product.price_most,
            has_range=product.price_most > product.price,
            was=product.was,
            brand=cut(product.brand, 60),
            left=product.left,
            options=", ".join(cut(value, 40) for value in left[:20]),
            description=cut(product.description, 1200),
            rating=str(product.rating.quantize(_TENTH)) if product.review_count else "",
            reviews=product.review_count,
            specifications=self._specifications(say),
        )
        buttons = self._buttons(say)
        save = (quick(say, "wishlist.quick_save", SaveForLater(product_id=product.id)),) if product.left else ()
        quick_replies = (*common(say, "cart", "checkout"), *save, *self._closer(say), *common(say, "back", "menu"))
        if size(text) <= 600:
            said: list[Message] = [Buttons(text, buttons, quick_replies)]
        else:
            said = [*split(Text(text)), Buttons(say("product.next", name=product.name), buttons, quick_replies)]
        return [*self._pictures(say), *said]

    def _specifications(self, say: Say) -> str:
        """What it is made of and how large it is, a line each."""
        told = [
            say("product.specification", name=cut(one.name, 40), value=cut(one.value, 100))
            for one in self.product.specifications[:SPECIFICATIONS]
        ]
        if self.product.dimensions:
            told.append(say("product.dimensions", dimensions=cut(self.product.dimensions, 50)))
        return "\n".join(told)

    def _closer(self, say: Say) -> tuple[AnyQuickReply, ...]:
        """What can be asked about it with one tap."""
        product = self.product
        similar = OpenList(kind="similar", of=product.id)
        asks: list[tuple[str, Tap, bool]] = [
            ("product.quick_similar", similar, True),
            ("looking.quick_pictures", SeePictures(product.id), len(product.picture_urls) > PICTURES),
            ("looking.quick_sizes", SeeSizes(product.id), product.has_size_guide),
            ("looking.quick_arrives", WhenItArrives(), True),
            ("looking.quick_share", ShareProduct(product.id), self.can_share),
        ]
        return tuple(quick(say, block, tap) for block, tap, is_there in asks if is_there)

    def _buttons(self, say: Say) -> tuple[PostbackButton, ...]:
        product = self.product
        reviews = (
            (button(say, "product.button_reviews", SeeReviews(product_id=product.id)),) if product.review_count else ()
        )
        if not product.left:
            similar = OpenList(kind="similar", of=product.id)
            notify = button(say, "wishlist.button_notify", NotifyMe(product_id=product.id))
            return (notify, button(say, "product.button_similar", similar), *reviews)
        if product.variants:
            return (button(say, "product.button_options", ChooseVariant(product_id=product.id)), *reviews)
        return (
            button(say, "product.button_add", AddToCart(product_id=product.id)),
            button(say, "product.button_buy_now", BuyNow(product_id=product.id)),
            *reviews,
        )

    def _pictures(self, say: Say) -> Sequence[Message]:
        return pictured(say, self.product.name, self.product.picture_urls[:PICTURES], has_grid=self.has_grid)

    @classmethod
    def example(cls) -> Self:
        return cls(
            product=Product(
                id=7,
                name="Barako Stoneware Mug (Tasa) 350 ml",
                description="A sturdy mug for your morning kape. Thick walls keep the coffee warm.",
                price=Decimal("149.00"),
                left=3,
                picture_urls=("https://shop.example/mug.jpg", "https://shop.example/mug-2.jpg"),
                category_id=1,
                category="Kitchen & Dining",
                variants=(),
                weight_kg=Decimal("0.380"),
                rating=Decimal("4.80"),
                review_count=12,
                brand="Tasa Pilipino",
                specifications=(Specification("Material", "Stoneware"), Specification("Dishwasher safe", "yes")),
                dimensions="12 x 9 x 10",
            )
        )


class ProductGone(Said, frozen=True):
    """The product is not sold here, or no longer."""

    name: ClassVar[str] = "product.gone"
    about: ClassVar[str] = "The product is not sold here, or no longer"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "best", "search", "cart", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class Variants(Said, frozen=True):
    """Which variant?"""

    name: ClassVar[str] = "product.variants"
    about: ClassVar[str] = "Which variant?"
    product: Annotated[Product, About("The product; what has sold out is left out")]
    buying: Annotated[bool, About("Whether choosing one goes on to checkout")] = False
    unheard: Annotated[str, About("What was typed that names none of them, empty where nothing was")] = ""
    quantity: Annotated[int, About("Pieces that are wanted")] = 1

    def messages(self, say: Say) -> Sequence[Message]:
        left = tuple(variant for variant in self.product.variants if variant.left > 0)
        similar = quick(say, "product.quick_similar", OpenList(kind="similar", of=self.product.id))
        if not left:
            text = say("product.variants_gone", name=self.product.name)
            notify = quick(say, "wishlist.quick_notify", NotifyMe(product_id=self.product.id))
            return [Text(text=text, quick_replies=(notify, similar, *common(say, "products", "cart", "menu")))]
        kinds = {variant.name for variant in left}
        text = say(
            "product.variants",
            name=cut(self.product.name, 200),
            kind=left[0].name if len(kinds) == 1 else "",
            unheard=cut(self.unheard, 80),
        )
        lines = [
            say("product.variant_line", value=cut(variant.value, 60), price=variant.price, left=variant.left)
            for variant in left
        ]
        lines = lines[: fitting(lines, TEXT - size(text) - 10)]
        choices = tuple(self._choice(say, variant) for variant in left[:CHOICES])
        return [Text(text="\n".join((text, *lines)), quick_replies=(*choices, *common(say, "back", "cart", "menu")))]

    def _choice(self, say: Say, variant: Variant) -> AnyQuickReply:
        tap = BuyNow if self.buying else AddToCart
        same_price = len({one.price for one in self.product.variants}) == 1
        title = say("product.quick_variant", value=variant.value, price=variant.price, same_price=same_price)
        fits = len(variant.value) + 2 + len(f"{variant.price:,.2f}") <= 20
        quantity = self.quantity if self.quantity > 1 else None
        meant = tap(product_id=self.product.id, variant_id=variant.id, quantity=quantity)
        return named(title if fits else variant.value, meant)

    @classmethod
    def example(cls) -> Self:
        variants = (
            Variant(11, "Color", "Terracotta", Decimal("149.00"), 18),
            Variant(12, "Color", "Navy", Decimal("159.00"), 2),
            Variant(13, "Color", "Cream", Decimal("149.00"), 0),
        )
        return cls(product=msgspec.structs.replace(ProductDetail.example().product, variants=variants, left=20))


class Offer(Said, frozen=True):
    """A product, its kind and a number, to be put into the cart with one tap."""

    name: ClassVar[str] = "product.offer"
    about: ClassVar[str] = "A product, its kind and a number, to be put into the cart with one tap"
    product_id: Annotated[int, About("The product")]
    product: Annotated[str, About("The name of what would be put into the cart")]
    variant_id: Annotated[int | None, About("Its variant")]
    variant: Annotated[str, About('Which variant of it, such as "Large"; empty where it has none')]
    quantity: Annotated[int, About("Pieces that are wanted")]
    price: Annotated[Decimal, About("What one costs")]
    left: Annotated[int, About("Pieces that can still be sold")]
    asked: Annotated[bool, About("Whether it was asked how many are left")] = False

    def messages(self, say: Say) -> Sequence[Message]:
        quantity = min(self.quantity, self.left)
        text = say(
            "product.offer",
            product=cut(self.product, 150),
            variant=cut(self.variant, 80),
            quantity=quantity,
            wanted=self.quantity,
            total=self.price * quantity,
            left=self.left,
            asked=self.asked,
        )
        taps: dict[str, Tap] = {
            "product.button_add": AddToCart(self.product_id, self.variant_id, quantity),
            "product.button_buy_now": BuyNow(self.product_id, self.variant_id, quantity),
        }
        if not self.left:
            taps = {
                "wishlist.button_notify": NotifyMe(self.product_id, self.variant_id),
                "product.button_details": OpenProduct(product_id=self.product_id),
            }
        buttons = tuple(button(say, block, tap) for block, tap in taps.items())
        return [Buttons(text, buttons, common(say, "back", "cart", "menu"))]

    @classmethod
    def example(cls) -> Self:
        return cls(
            product_id=8, product="Everyday Cotton T-Shirt", variant_id=31, variant="Navy, L", quantity=2,
            price=Decimal("199.00"), left=12,
        )  # fmt: skip


class Which(Said, frozen=True):
    """Which of several products on show?"""

    name: ClassVar[str] = "product.which"
    about: ClassVar[str] = "Which of several products on show?"
    products: Annotated[tuple[int, ...], About("Each product, in order")]
    names: Annotated[tuple[str, ...], About("What each is called, in the same order")]
    quantity: Annotated[int, About("Pieces that are wanted")] = 1
    variants: Annotated[tuple[int, ...], About("The kind of each that is wanted; empty where none is said")] = ()
    opens: Annotated[bool, About("Whether one of them is asked about, to which there is no answer")] = False

    def messages(self, say: Say) -> Sequence[Message]:
        names = [cut(name, 80) for name in self.names[:CHOICES]]
        text = "\n".join(
            (
                say("product.which", count=len(names), opens=self.opens),
                *(say("product.which_line", number=number, product=name) for number, name in enumerate(names, 1)),
            )
        )
        quantity = self.quantity if self.quantity > 1 else None
        kinds = self.variants or (None,) * len(names)
        choices = (
            named(
                f"{number}. {name}",
                OpenProduct(product_id=product_id)
                if self.opens
                else AddToCart(product_id=product_id, variant_id=kind, quantity=quantity),
            )
            for number, (product_id, name, kind) in enumerate(zip(self.products, names, kinds, strict=False), 1)
        )
        asks = ("person",) if self.opens else ()
        return [Text(text=text, quick_replies=(*choices, *common(say, *asks, "back", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(products=(7, 8), names=("Blue mug", "Takure Whistling Kettle 2.5 L"))
