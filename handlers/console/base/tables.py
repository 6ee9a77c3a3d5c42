"""Lists a page at a time: each page begins where another one ended, so that the last costs as little as the first."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar
from urllib.parse import urlencode

import msgspec

from handlers.console.base.visit import whole

Row = TypeVar("Row")
Key = TypeVar("Key")
PAGE_SIZE = 50


class Place(msgspec.Struct, Generic[Key], frozen=True):
    """Where a page of a list lies, as the address says it.

    Attributes:
        after: The key of the row before its first; None where it is the first of all.
        before: The key of the row after its last; None where that does not matter.
        page: Its number, from 1, as people count. Without a key only the first and the last page can be reached.
    """

    after: Key | None = None
    before: Key | None = None
    page: int = 1


class Listed(msgspec.Struct, Generic[Row], frozen=True):
    """A page of a list.

    Attributes:
        rows: Its rows.
        total: How many there are on all pages.
        page: Which page, from 1.
        pages: How many there are.
        here: Its own address behind the "?".
        previous: That of the page before; empty where there is none.
        next: That of the page after; empty where there is none.
    """

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    here: str
    previous: str
    next: str


def place_in(query: Mapping[str, str], key: type[Key]) -> Place[Key]:
    """Where the page of an address lies; the first page where the address cannot be read.

    Args:
        query: What stands behind the "?".
        key: The type of the keys: a struct that becomes a short JSON array.
    """

    def read(name: str) -> Key | None:
        try:
            return msgspec.json.decode(query.get(name, ""), type=key)
        except (msgspec.MsgspecError, UnicodeEncodeError):
            return None

    return Place(read("after"), read("before"), max(1, whole(query.get("page", ""))))


async def listed(
    place: Place[Key],
    *,
    total: int,
    fetch: Callable[[Key | None, bool, int], Awaitable[list[Row]]],
    key: Callable[[Row], Key],
    filters: Mapping[str, str],
) -> Listed[Row]:
    """A page of a list.

    Args:
        place: Where it lies.
        total: How many rows there are on all pages.
        fetch: At most so many rows that come after a key, or before it, the nearest first, where the second argument is
            true; None begins at that end.
        key: The key of a row.
        filters: What the address says besides.
    """
    pages = max(1, -(-total // PAGE_SIZE))
    rows: list[Row] = []
    page = min(place.page, pages)
    if place.after is not None:
        rows = await fetch(place.after, False, PAGE_SIZE)
    elif place.before is not None:
        rows = (await fetch(place.before, True, PAGE_SIZE))[::-1]
        rows = rows if len(rows) == PAGE_SIZE else []  # the list has become shorter: begin anew
    elif 1 < pages <= place.page:
        rows = (await fetch(None, True, total - (pages - 1) * PAGE_SIZE))[::-1]
    if not rows:
        page, rows = 1, await fetch(None, False, PAGE_SIZE)

    def address(number: int, **keys: Key | None) -> str:
        told = {name: msgspec.json.encode(value).decode() for name, value in keys.items() if value is not None}
        return urlencode({**filters, "page": str(number), **told})

    return Listed(
        rows=tuple(rows),
        total=total,
        page=page,
        pages=pages,
        here=address(page, after=place.after, before=place.before),
        previous=address(page - 1, before=key(rows[0])) if page > 1 and rows else "",
        next=address(page + 1, after=key(rows[-1])) if page < pages and rows else "",
    )


class Turned(msgspec.Struct, Generic[Row], frozen=True):
    """A page of a list that nobody counts, for it would take too long.

    Attributes:
        rows: Its rows.
        here: Its own address behind the "?".
        previous: That of the page before; empty where there is none.
        next: That of the page after; empty where there is none.
    """

    rows: tuple[Row, ...]
    here: str
    previous: str
    next: str


async def turned(
    place: Place[Key],
    *,
    fetch: Callable[[Key | None, bool, int], Awaitable[list[Row]]],
    key: Callable[[Row], Key],
    filters: Mapping[str, str],
) -> Turned[Row]:
    """A page of a list whose length does not matter.

    Args:
        place: Where it lies.
        fetch: As `listed` takes it.
        key: The key of a row.
        filters: What the address says besides.
    """
    backwards = place.after is None and place.before is not None
    rows = await fetch(place.before if backwards else place.after, backwards, PAGE_SIZE + 1)
    if backwards and len(rows) <= PAGE_SIZE:  # the list begins here: show its whole first page
        backwards, place = False, Place()
        rows = await fetch(None, False, PAGE_SIZE + 1)
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if backwards:
        rows = rows[::-1]

    def address(**keys: Key | None) -> str:
        told = {name: msgspec.json.encode(value).decode() for name, value in keys.items() if value is not None}
        return urlencode({**filters, **told})

    has_previous = backwards or place.after is not None
    has_next = more or backwards
    return Turned(
        rows=tuple(rows),
        here=address(after=place.after, before=place.before),
        previous=address(before=key(rows[0])) if has_previous and rows else "",
        next=address(after=key(rows[-1])) if has_next and rows else "",
    )
