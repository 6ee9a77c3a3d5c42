"""Many names in little memory: sets of the country's take several times as much as their letters do."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator


class Names:
    """A few names, one behind the other: those of a city's barangays.

    Args:
        names: A `key` each.
    """

    __slots__ = ("_text",)

    def __init__(self, names: Iterable[str]) -> None:
        self._text = "\n" + "".join(f" {name} \n" for name in dict.fromkeys(names))

    def __contains__(self, name: str) -> bool:
        return f"\n {name} \n" in self._text

    def __iter__(self) -> Iterator[str]:
        return (line[1:-1] for line in self._text[1:-1].split("\n") if line)

    def has_within(self, name: str) -> bool:
        """Whether the words of one stand beside each other in one of them.

        Args:
            name: A `key`.
        """
        return f" {name} " in self._text


class Known:
    """Whether a name is one of very many, by its hash: two of 64 bits are not the same by chance.

    Args:
        names: All of them.
    """

    __slots__ = ("_hashes",)

    def __init__(self, names: Iterable[str]) -> None:
        self._hashes = array("q", sorted({hash(name) for name in names}))

    def __contains__(self, name: str) -> bool:
        sought = hash(name)
        at = bisect_left(self._hashes, sought)
        return at < len(self._hashes) and self._hashes[at] == sought
