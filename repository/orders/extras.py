"""What a shop asks beside who receives an order, where it goes and how it is paid; how an order keeps the answers."""

from collections.abc import Iterable

import msgspec


class Extra(msgspec.Struct, frozen=True):
    """The answer to an extra question.

    Attributes:
        part: What was asked for, in a word or several: "gift_message".
        answer: What was typed; empty where the question was left out.
    """

    part: str
    answer: str


def notes_of(extras: Iterable[Extra]) -> str:
    """The answers as `orders.notes` keeps them for the merchant, each on a line behind what was asked for.

    Args:
        extras: The answers; what was left out is left out.
    """
    return "\n".join(f"{extra.part.replace('_', ' ').capitalize()}: {extra.answer}" for extra in extras if extra.answer)
