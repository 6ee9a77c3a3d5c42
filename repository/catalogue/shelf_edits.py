"""Categories and brands as merchants change them: few, each with a name of its own."""

import msgspec

from repository.catalogue.slugs import free_slug
from repository.database.connection import Connection
from repository.database.errors import NotFound, Taken, Unfit
from repository.database.scalars import number, text
from repository.settings.row import MustStay
from repository.settings.rows import Rows
from repository.staff.by import By
from repository.staff.versions import Body, Noun

DEEPEST = 5
"""How deep categories may stand in one another."""
NO_BRAND = "No brand"
"""The brand of what has none: the contract's column must name one."""
_NO_BRAND_SLUG = "no-brand"


class CategoryBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a category that a merchant decides.

    Attributes:
        name: What shoppers read.
        slug: Its name in addresses; made from the name when it is created, and kept.
        parent_id: The category in which it stands, 0 for none.
        icon_emoji: An emoji before the name, or empty.
        display_order: Its place in the list.
        is_active: Whether shoppers see it.
        size_guide: Which size fits whom, for what stands in it and has no size guide of its own.
    """

    name: str
    slug: str = ""
    parent_id: int = 0
    icon_emoji: str = ""
    display_order: int = 0
    is_active: bool = True
    size_guide: str = ""


class BrandBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a brand that a merchant decides.

    Attributes:
        name: What it is called; shoppers find products by it.
        slug: Its name in addresses; made from the name when it is created, and kept.
        website: Its own page, or empty.
    """

    name: str
    slug: str = ""
    website: str = ""


class Shelf(msgspec.Struct, frozen=True):
    """A category in its tree.

    Attributes:
        id: `categories.id`.
        path: Its name behind those that it stands in, such as "Home / Kitchen".
        depth: In how many it stands.
        products: How many products stand right in it, archived ones too.
    """

    id: int
    path: str
    depth: int
    products: int


class Shelves(Rows[Body]):
    """Categories, or brands: a name that only one has beside its neighbours, and a slug that stays.

    Args:
        noun: How its saves are kept.
        table: The table.
        column: The column of `products` that names one.
        order: How they stand in their list.
        empty: See `Rows`.
        beside: The field of the neighbours among which a name must be the only one; empty for all of them.
    """

    def __init__(
        self, noun: Noun[Body], table: str, *, column: str, order: str, empty: dict[str, str], beside: str = ""
    ) -> None:
        super().__init__(noun, table, unique="slug", order=order, empty=empty)
        self._column = column
        self._beside = beside

    async def create(self, conn: Connection, *, body: Body, by: By) -> int:
        """See `Rows`."""
        await self._alone(conn, 0, body)
        slug = await free_slug(conn, self._table, str(getattr(body, "name", "")))
        return await super().create(conn, body=msgspec.structs.replace(body, slug=slug), by=by)

    async def save(
        self, conn: Connection, *, subject_id: int, body: Body, version: int, by: By, action: str = "changed"
    ) -> bool:
        """See `Rows`; the slug stays what it is."""
        await self._lock(conn)
        slug = await conn.value(f"SELECT slug FROM {self._table} WHERE id = %(id)s", id=subject_id)
        if slug is None:
            raise NotFound(str(subject_id))
        await self._alone(conn, subject_id, body)
        body = msgspec.structs.replace(body, slug=text(slug))
        return await super().save(conn, subject_id=subject_id, body=body, version=version, by=by, action=action)

    async def delete(self, conn: Connection, *, subject_id: int, version: int, by: By) -> int:
        """See `Rows`.

        Raises:
            MustStay: Products or other categories stand in it.
        """
        await self._lock(conn)
        used = f"SELECT id FROM products WHERE {self._column} = %(id)s LIMIT 1"
        inside = f"SELECT id FROM {self._table} WHERE {self._beside} = %(id)s LIMIT 1" if self._beside else ""
        for question in filter(None, (used, inside)):
            if await conn.value(question, id=subject_id) is not None:
                raise MustStay(self.noun.kind)
        return await super().delete(conn, subject_id=subject_id, version=version, by=by)

    async def named(self, conn: Connection, *, body: Body, by: By) -> int:
        """The one of this name, made where there is none yet; its id.

        Args:
            conn: An open connection. The caller owns the transaction.
            body: What it becomes where it is made.
            by: Who wants it.
        """
        try:
            return await self.create(conn, body=body, by=by)
        except Taken as taken:
            return taken.subject_id

    async def check(self, conn: Connection) -> None:
        """See `Rows`: no category stands in itself, whichever way round."""
        if not self._beside:
            return
        rows = await conn.run("SELECT id, COALESCE(parent_id, 0) FROM categories LOCK IN SHARE MODE")
        parents = {number(one): number(parent) for one, parent in rows.rows}
        for one, parent in parents.items():
            above, steps = parent, 1
            while above:
                if above == one:
                    raise Unfit("parent_id", "A category cannot stand in itself, or in one that stands in it.")
                above, steps = parents.get(above, 0), steps + 1
                if steps > len(parents):
                    break  # a loop further up, which its own members tell
            if steps > DEEPEST:
                raise Unfit("parent_id", f"Categories may be {DEEPEST} deep. Please pick one that is further up.")

    async def _alone(self, conn: Connection, subject_id: int, body: Body) -> None:
        """Refuse a name that a neighbour has.

        Raises:
            Taken: One has.
            Unfit: The one in which it shall stand is gone.
        """
        parent_id = int(getattr(body, self._beside)) if self._beside else 0
        if parent_id and await conn.value(f"SELECT id FROM {self._table} WHERE id = %(id)s", id=parent_id) is None:
            raise Unfit(self._beside, "That category has been deleted meanwhile. Please pick another one.")
        beside = f" AND COALESCE({self._beside}, 0) = %(parent_id)s" if self._beside else ""
        holder = await conn.value(
            f"SELECT id FROM {self._table} WHERE name = %(name)s AND id <> %(id)s{beside} LIMIT 1",
            name=str(getattr(body, "name", "")),
            id=subject_id,
            parent_id=parent_id,
        )
        if holder is not None:
            raise Taken("name", number(holder))


CATEGORIES = Shelves(
    Noun("category", CategoryBody, audited="category", called=lambda _, body: body.name[:100], many="categories"),
    "categories",
    column="category_id",
    order="display_order, name, id",
    empty={"parent_id": "0", "icon_emoji": "''", "size_guide": "''"},
    beside="parent_id",
)
BRANDS = Shelves(
    Noun("brand", BrandBody, audited="brand", called=lambda _, body: body.name[:100], many="brands"),
    "brands",
    column="brand_id",
    order="name, id",
    empty={"website": "''"},
)


async def tree(conn: Connection) -> list[Shelf]:
    """Every category in the order of the tree, each behind the one that it stands in.

    Args:
        conn: An open connection.
    """
    rows = await conn.run(
        "SELECT c.id, c.name, COALESCE(c.parent_id, 0), COUNT(p.id) FROM categories c"
        " LEFT JOIN products p ON p.category_id = c.id GROUP BY c.id, c.name, c.parent_id, c.display_order"
        " ORDER BY c.display_order, c.name, c.id LIMIT 2000"
    )
    inside: dict[int, list[tuple[int, str, int]]] = {}
    for one, name, parent, products in rows.rows:
        inside.setdefault(number(parent), []).append((number(one), text(name), number(products)))
    shelves: list[Shelf] = []

    def walk(parent: int, path: str, depth: int) -> None:
        for one, name, products in inside.pop(parent, ()):
            shelves.append(Shelf(one, path + name, depth, products))
            walk(one, f"{path}{name} / ", depth + 1)

    walk(0, "", 0)
    for parent in list(inside):  # a loop that was made at a SQL prompt: still to be seen, so that it can be mended
        walk(parent, "… / ", 1)
    return shelves


async def brands(conn: Connection) -> list[tuple[int, str]]:
    """Every brand, by name.

    Args:
        conn: An open connection.
    """
    rows = await conn.run(
        "SELECT id, name FROM brands WHERE slug <> %(none)s ORDER BY name, id LIMIT 2000", none=_NO_BRAND_SLUG
    )
    return [(number(one), text(name)) for one, name in rows.rows]


async def no_brand(conn: Connection) -> int:
    """`brands.id` of the brand of what has none, made where it is not there yet.

    Args:
        conn: An open connection. The caller owns the transaction.
    """
    await conn.run(
        "INSERT IGNORE INTO brands (name, slug) VALUES (%(name)s, %(slug)s)", name=NO_BRAND, slug=_NO_BRAND_SLUG
    )
    return number(await conn.value("SELECT id FROM brands WHERE slug = %(slug)s", slug=_NO_BRAND_SLUG))
