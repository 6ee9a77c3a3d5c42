"""What the bot says when the bot itself failed."""

from typing import ClassVar, Self

from replies.base import Reply


class SomethingWentWrong(Reply, frozen=True):
    """A turn could not be taken, for no fault of the shopper's."""

    name: ClassVar[str] = "trouble.sorry"

    @classmethod
    def example(cls) -> Self:
        return cls()
