"""The categories and brands that an import needs, found or made."""

from collections.abc import Iterable

import msgspec

from repository.catalogue import shelf_edits
from repository.catalogue.shelf_edits import BRANDS, CATEGORIES, BrandBody, CategoryBody
from repository.database.connection import Connection, Database
from repository.importing.planning import ProductStep
from repository.staff.by import By

_ELSE = "Other"


class Shelves(msgspec.Struct, frozen=True):
    """Where products go.

    Attributes:
        categories: `categories.id` by path, folded; the empty path is that of products without one.
        brands: `brands.id` by name, folded; the empty name is that of products without one.
    """

    categories: dict[tuple[str, ...], int]
    brands: dict[str, int]

    def category(self, path: tuple[str, ...] | None) -> int:
        """The category of a path."""
        return self.categories[_folded(path or ())]

    def brand(self, name: str | None) -> int:
        """The brand of a name."""
        return self.brands[(name or "").casefold()]


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in path)


async def shelves_for(database: Database, steps: Iterable[ProductStep], by: By) -> Shelves:
    """Find what products need, and make what is not there.

    Args:
        database: The shop's.
        steps: What will be written.
        by: Who imports.
    """
    shelves = Shelves({}, {})
    for step in steps:
        path, brand = step.wanted.category or (), step.wanted.brand or ""
        if _folded(path) not in shelves.categories or brand.casefold() not in shelves.brands:

            async def find(conn: Connection, path: tuple[str, ...] = path, brand: str = brand) -> None:
                shelves.categories[_folded(path)] = await _category(conn, path or (_ELSE,), by)
                shelves.brands[brand.casefold()] = await _brand(conn, brand, by)

            await database.retry(find)
    return shelves


async def _category(conn: Connection, path: tuple[str, ...], by: By) -> int:
    parent_id = 0
    for name in path:
        parent_id = await CATEGORIES.named(conn, body=CategoryBody(name=name, parent_id=parent_id), by=by)
    return parent_id


async def _brand(conn: Connection, name: str, by: By) -> int:
    if not name:
        return await shelf_edits.no_brand(conn)
    return await BRANDS.named(conn, body=BrandBody(name=name), by=by)
