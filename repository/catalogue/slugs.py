"""The names of products, categories and brands as an address or a file has them."""

import re

from bot.base import clock
from bot.language.fold import unaccented
from repository.database.connection import Connection

_MOST = 80
_OTHER = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """A name in small plain letters with hyphens; "item" where nothing of it is left.

    Args:
        name: As people write it.
    """
    return _OTHER.sub("-", unaccented(name).lower()).strip("-")[:_MOST].strip("-") or "item"


async def free_slug(conn: Connection, table: str, name: str) -> str:
    """A slug that no row of a table has yet.

    Args:
        conn: An open connection.
        table: "products", "categories" or "brands".
        name: What it is made from.
    """
    slug = slug_of(name)
    known = await conn.value(f"SELECT id FROM {table} WHERE slug = %(slug)s", slug=slug)
    return slug if known is None else f"{slug}-{clock.token(4).lower()}"
