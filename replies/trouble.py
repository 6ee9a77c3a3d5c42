"""What the bot says when the bot itself failed."""

from typing import ClassVar, Self

from replies.base import Reply


class TooManyMessages(Reply, frozen=True):
    """More messages came than anybody types."""

    name: ClassVar[str] = "trouble.too_many"
    about: ClassVar[str] = "A shopper sent more messages at once than anybody types, and not each is answered"

    @classmethod
    def example(cls) -> Self:
        return cls()


class SomethingWentWrong(Reply, frozen=True):
    """A turn could not be taken, for no fault of the shopper's."""

    name: ClassVar[str] = "trouble.sorry"
    about: ClassVar[str] = "A turn could not be taken, for no fault of the shopper's"

    @classmethod
    def example(cls) -> Self:
        return cls()
