"""What the bot can say, as data: a reply carries facts, its words live in `.j2` blocks."""

from collections.abc import Sequence
from typing import ClassVar, Protocol, Self

import msgspec

from bot.messenger.messages import Message, Text


class Say(Protocol):
    """Fills a block of words with facts, in the language of the shopper."""

    def __call__(self, block: str, /, **facts: object) -> str:
        """The words of a block.

        Args:
            block: Its full name, such as "cart.sold_out".
            facts: What its variables stand for.
        """


class About(msgspec.Struct, frozen=True):
    """What a fact of a reply is, in a phrase for merchants: `left: Annotated[int, About("Pieces that are left")]`."""

    text: str


class Reply(msgspec.Struct, frozen=True):
    """Something the bot says. Its fields are the variables of its words.

    Attributes:
        name: The block that holds its words, `file.block`; a reply made of several blocks uses it as a prefix.
        about: When it is said, or what, in a phrase for merchants.
    """

    name: ClassVar[str]
    about: ClassVar[str]

    def messages(self, say: Say) -> Sequence[Message]:
        """The Messenger messages that say it: one text, unless a subclass has more to show.

        Args:
            say: Fills a block with facts.
        """
        return [Text(text=say(self.name, **{field: getattr(self, field) for field in self.__struct_fields__}))]

    @classmethod
    def example(cls) -> Self:
        """A believable one, for previews in the console and for tests."""
        raise NotImplementedError(cls.__name__)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        """Believable ones, one for each block that holds its words; none where there are no words for it yet."""
        return (cls.example(),)
