"""What the shop says to many shoppers at once: a merchant's own words, a product's card, and a way to hear no more."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import Cards, Message, Text, split
from replies.base import About, Say
from replies.browsing import MUG, product_card
from replies.parts import Said, common, quick
from replies.taps_looking import StopNews
from repository.catalogue.cards import ProductCard


class Broadcast(Said, frozen=True):
    """What the shop says to many shoppers at once."""

    name: ClassVar[str] = "broadcasts.message"
    about: ClassVar[str] = "What the shop says to many shoppers at once"
    words: Annotated[str, About("What the merchant has written")]
    first_name: Annotated[str, About("The shopper's first name, or empty")] = ""
    product: Annotated[ProductCard | None, About("The product whose card stands below it, None for none")] = None

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, words=self.words, first_name=self.first_name)
        below = (*common(say, "products", "promos", "cart"), quick(say, "broadcasts.quick_stop", StopNews()))
        if self.product is None:
            return split(Text(text=text, quick_replies=below))
        return [*split(Text(text=text)), Cards((product_card(say, self.product),), below)]

    @classmethod
    def example(cls) -> Self:
        return cls(words="Bagong dating: mga tasa! Free shipping hanggang Biyernes.", first_name="Ana", product=MUG)
