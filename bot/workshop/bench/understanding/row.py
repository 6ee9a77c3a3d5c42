"""A line of the report: what was measured, ours beside others, what was aimed at, and what was missed."""

import msgspec


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measured figure.

    Attributes:
        what: What was measured. It begins with the name that the line has in `wanted.WANTED`, where it is one of those.
        ours: The figure, or several as a text, such as ".985/.960".
        others: What others make of the same in the same run, such as "bm25s .963/.924"; empty where nobody else was.
        aim: What is aimed at.
        misses: What went wrong, a line each: what was typed, what came of it, what should have.
    """

    what: str
    ours: str | float
    others: str = ""
    aim: str = ""
    misses: list[str] = []


def share(right: int, of: int) -> float:
    """How many were right, between 0 and 1.

    Args:
        right: How many.
        of: Of how many; 0 of none is 0.
    """
    return right / of if of else 0.0
