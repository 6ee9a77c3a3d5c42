"""Where a browser is sent on to."""

from typing import Final
from urllib.parse import quote

MOST: Final = 2000
"""Letters of an address that every browser and proxy takes."""


def in_a_header(path: str) -> str:
    """An address as it can stand in a header: nothing typed into it ends the line, an endless one loses its query.

    Args:
        path: With its query.
    """
    safe = "".join(letter if letter.isprintable() else quote(letter, errors="replace") for letter in path)
    return safe if len(safe) <= MOST else safe.partition("?")[0]
