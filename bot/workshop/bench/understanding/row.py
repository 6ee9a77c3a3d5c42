"""A line of what was measured about understanding."""

import msgspec


class Row(msgspec.Struct, frozen=True):
    """What was measured, beside what others reach and what is aimed at.

    Attributes:
        what: What it is about.
        ours: What the shop reaches.
        others: What others reach on the same, or empty where none was measured.
        aim: What is to be reached.
        misses: What went wrong, a line each.
    """

    what: str
    ours: str | float
    others: str
    aim: str
    misses: list[str]
