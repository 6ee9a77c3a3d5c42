"""In which respects a shop grows, and what shoppers do in it meanwhile."""

from collections.abc import Awaitable, Callable

import msgspec

from bot.workshop.bench.shoppers import Walker
from repository.workshop.mass import growing
from repository.workshop.mass.growing import Grows

Does = Callable[[Walker, int], Awaitable[None]]
"""What a shopper does for the nth time."""


class Respect(msgspec.Struct, frozen=True):
    """Something of which a shop has few or many.

    Attributes:
        name: For people.
        grows: Puts in what is missing of it.
        few: How many a small shop has.
        many: How many a large one has.
    """

    name: str
    grows: Grows
    few: int
    many: int

    @property
    def sizes(self) -> tuple[int, ...]:
        """Few, as many times more as from there to many, and many."""
        between = round((self.few * self.many) ** 0.5)
        return tuple(sorted({self.few, between, self.many}))


RESPECTS = (
    Respect("shoppers", growing.shoppers, 1_000, 1_000_000),
    Respect("products", growing.goods, 100, 50_000),
    Respect("turns in the chat log", growing.log_rows, 1_000, 5_000_000),
    Respect("canned replies", growing.replies, 10, 5_000),
)


async def _greets(walker: Walker, _: int) -> None:
    await walker.says("hello po")


async def _asks(walker: Walker, _: int) -> None:
    await walker.says("warranty mug 0")  # the first of the replies, however many there are


async def _names(walker: Walker, time: int) -> None:
    await walker.says(("blue mug 77", "green basket 64", "lamp 45", "mug")[time % 4])


async def _buys(walker: Walker, _: int) -> None:
    await walker.buys()


DOINGS: tuple[tuple[str, Does], ...] = (
    ("a greeting", _greets),
    ("a keyword", _asks),
    ("a product by name", _names),
    ("a turn of a purchase", _buys),
)
