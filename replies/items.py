"""What is in an order, changed before it is packed: which line, how many, what else, and what it would come to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import Message, Text, split
from replies.base import About, Say
from replies.changing import CHOICES, NUMBER, OfOrder
from replies.orders import order_line
from replies.parts import NAME_IN_LIST, common, fitting, named, quick
from replies.taps_after import AddItem, ChangeItem, ChangeItems, ConfirmItems, SetItem
from replies.words import cut
from repository.aftersales.changing import ItemLine
from repository.catalogue.cards import ProductCard
from repository.orders.placed_orders import OrderLine

LINE = ItemLine(5, 7, 11, "Blue mug", "Size: Large", 2, Decimal(120))
"""For examples."""


class ItemsOfOrder(OfOrder, frozen=True):
    """What is in the order: which of it shall be changed?"""

    name: ClassVar[str] = "items.list"
    about: ClassVar[str] = "What is in the order: which of it shall be changed?"
    lines: Annotated[tuple[ItemLine, ...], About("What is in it")]

    def messages(self, say: Say) -> Sequence[Message]:
        lines = item_lines(say, self.lines)
        text = "\n".join((say(self.name, number=self.number), *lines[: fitting(lines, 1400)]))
        picks = tuple(
            named(line.name, ChangeItem(order_id=self.order_id, item_id=line.item_id)) for line in self.lines[:CHOICES]
        )
        return split(Text(text=text, quick_replies=(*picks, self.keep(say), *common(say, "person"))))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, lines=(LINE,))


class HowManyOfIt(OfOrder, frozen=True):
    """How many of a line of the order there shall be."""

    name: ClassVar[str] = "items.how_many"
    about: ClassVar[str] = "How many of a line of the order there shall be"
    item_id: int
    product: Annotated[str, About("The product's name")]
    quantity: Annotated[int, About("Pieces that there are")]

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, product=cut(self.product, 120), quantity=self.quantity)
        counts = [count for count in (1, 2, 3, 4, 5) if count != self.quantity]
        picks = tuple(named(str(count), self._set(count)) for count in counts)
        out = quick(say, "items.quick_remove", self._set(0))
        return [Text(text=text, quick_replies=(*picks, out, self.keep(say)))]

    def _set(self, quantity: int) -> SetItem:
        return SetItem(order_id=self.order_id, item_id=self.item_id, quantity=quantity)

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, item_id=5, product="Blue mug", quantity=2)


class AddWhich(OfOrder, frozen=True):
    """Which of these shall be put into the order?"""

    name: ClassVar[str] = "items.add_which"
    about: ClassVar[str] = "Which of these shall be put into the order?"
    cards: Annotated[tuple[ProductCard, ...], About("What was found")]

    def messages(self, say: Say) -> Sequence[Message]:
        lines = [
            say("items.card_line", product=cut(card.name, NAME_IN_LIST), price=card.price, left=card.left)
            for card in self.cards[:CHOICES]
        ]
        picks = tuple(
            named(card.name, AddItem(order_id=self.order_id, product_id=card.id)) for card in self.cards[:CHOICES]
        )
        text = "\n".join((say(self.name, number=self.number), *lines))
        return split(Text(text=text, quick_replies=(*picks, self.keep(say))))

    @classmethod
    def example(cls) -> Self:
        card = ProductCard(7, "Linen shirt", "", Decimal(599), False, 4, "", False, 1)
        return cls(order_id=41, number=NUMBER, cards=(card,))


class ItemsCheck(OfOrder, frozen=True):
    """This is what the order would hold: is it right?"""

    name: ClassVar[str] = "items.check"
    about: ClassVar[str] = "This is what the order would hold: is it right?"
    lines: Annotated[tuple[ItemLine, ...], About("What it would hold")]
    total_before: Annotated[Decimal, About("What it comes to now")]
    total: Annotated[Decimal, About("What it would come to")]
    fee: Annotated[Decimal, About("What sending it would cost")]

    def messages(self, say: Say) -> Sequence[Message]:
        lines = item_lines(say, self.lines)
        head = say("items.head", number=self.number)
        foot = say(self.name, total_before=self.total_before, total=self.total, fee=self.fee)
        quick_replies = (
            quick(say, "changing.quick_yes", ConfirmItems(order_id=self.order_id)),
            quick(say, "changing.quick_items", ChangeItems(order_id=self.order_id)),
            self.keep(say),
        )
        text = "\n".join((head, *lines[: fitting(lines, 1400)], foot))
        return split(Text(text=text, quick_replies=quick_replies))

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41, number=NUMBER, lines=(LINE,), total_before=Decimal(918), total=Decimal(319), fee=Decimal(79)
        )


def item_lines(say: Say, lines: Sequence[ItemLine]) -> list[str]:
    """The lines of an order that is being changed, in words.

    Args:
        say: Fills a block with facts.
        lines: The lines.
    """
    return [
        order_line(
            say,
            OrderLine(line.name, line.variant, line.quantity, line.unit_price, line.quantity * line.unit_price, ""),
        )
        for line in lines
    ]
