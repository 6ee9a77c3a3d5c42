"""What the bot says when the bot itself failed."""

from typing import ClassVar, Self

from replies.base import Reply


class SomethingWentWrong(Reply, frozen=True):
    """A turn could not be taken, for no fault of the shopper's."""

    name: ClassVar[str] = "trouble.sorry"
    about: ClassVar[str] = "A turn could not be taken, for no fault of the shopper's"

    @classmethod
    def example(cls) -> Self:
        return cls()
