"""The index of a process, and how it stays what the database says, whoever changes that.

Triggers write down what has changed (`search_changes`); whoever searches asks in the same round trip what came since,
and takes in what is little. A process that serves shoppers looks once a second besides, and takes in what is much.
"""

import asyncio
from collections.abc import Sequence

import msgspec

from repository.catalogue.finding import synonyms
from repository.catalogue.finding.index import Index
from repository.catalogue.finding.sold import Sold
from repository.database.binding import Bound
from repository.database.connection import Connection, Database, Result, Statement, Value
from repository.database.scalars import number

AT_ONCE = 200
"""Changes that are taken in at once: some milliseconds, with everybody else between each few products."""
PAGE = 200
"""Products read in one statement."""
_PIECE = 8  # products that are taken in before somebody else has a turn: half a millisecond
_REMADE = 2000  # changes, and as many as there are products, beyond which everything is read anew
_KEPT = __name__
_READING = """
    SELECT p.id, p.name, COALESCE(b.name, ''), CONCAT_WS(' ', c.name, above.name), p.sku,
        COALESCE(LEFT(p.description, 500), ''),
        COALESCE(LEFT((SELECT GROUP_CONCAT(DISTINCT v.variant_value ORDER BY v.variant_value SEPARATOR ' ')
                       FROM product_variants v WHERE v.product_id = p.id AND v.is_available), 500), '')
    FROM products p STRAIGHT_JOIN brands b ON b.id = p.brand_id STRAIGHT_JOIN categories c ON c.id = p.category_id
    LEFT JOIN categories above ON above.id = c.parent_id
"""


_NEWEST = Statement("SELECT COALESCE(MAX(version), 0) FROM search_changes")
_SHELVES = Statement(
    "SELECT (SELECT SUM(CRC32(CONCAT_WS('\\n', id, name))) FROM brands), (SELECT COUNT(*) FROM brands),"
    " (SELECT SUM(CRC32(CONCAT_WS('\\n', id, name, parent_id))) FROM categories), (SELECT COUNT(*) FROM categories)"
)
"""Is another when a brand or a category has got another name, or place."""
_NAMED = Statement(
    "SELECT 'brand_id', id, name FROM brands UNION ALL"
    " SELECT 'category_id', c.id, CONCAT_WS('\\n', c.name, above.name)"
    " FROM categories c LEFT JOIN categories above ON above.id = c.parent_id"
)


class CatalogueUnread(Exception):
    """The products have not been read yet by this process: a search has to wait, without a connection.

    Attributes:
        read: Set once they are.
    """

    def __init__(self, read: asyncio.Event) -> None:
        super().__init__("the products are being read")
        self.read = read


class _Change(msgspec.Struct, frozen=True):
    kind: str
    row_id: int
    version: int


class Standing:
    """The index of this process.

    Attributes:
        index: What is found; None before everything has been read once.
        read: Set once it has.
        is_kept: Whether somebody keeps it up to date: see `keep`.
    """

    def __init__(self) -> None:
        self.index: Index | None = None
        self.read = asyncio.Event()
        self.is_kept = False
        self._version = 0
        self._shelves: Sequence[Value] = ()
        self._named: dict[tuple[str, int], str] = {}
        self._taking = asyncio.Lock()

    def changes(self) -> Statement:
        """Asks what has changed since."""
        return Statement(
            "SELECT kind, row_id, version FROM search_changes WHERE version > %(known)s AND kind <> 'all'"
            f" ORDER BY version LIMIT {AT_ONCE}",
            {"known": self._version},
        )

    async def take(self, conn: Connection, changed: Result) -> bool:
        """Take in what has changed, where it is little or nobody else will; whether the index is another now.

        Args:
            conn: An open connection.
            changed: What `changes` found.
        """
        rows = [conn.read(_Change, row) for row in changed.rows]
        if not rows or (len(rows) >= AT_ONCE and self.is_kept):
            return False
        async with self._taking:
            while rows:
                await self._take(conn, [row for row in rows if row.version > self._version])
                rows = await self._changed(conn)
        return True

    async def follow(self, conn: Connection) -> None:
        """Take in everything that has changed, or read everything anew after much.

        Args:
            conn: An open connection on which every statement commits by itself.
        """
        known = self._version
        newest, shelves, changed = await conn.batch(_NEWEST, _SHELVES, self.changes())
        if self.index is not None and number(newest.rows[0][0]) >= known:  # else it is another database than before
            most = max(_REMADE, len(self.index))
            if number(newest.rows[0][0]) - known <= most and self.index.changed <= most:
                rows = [conn.read(_Change, row) for row in changed.rows]
                while rows:
                    async with self._taking:
                        await self._take(conn, [row for row in rows if row.version > self._version])
                    rows = await self._changed(conn)
                if shelves.rows[0] != self._shelves:
                    await self._rename(conn)
                return
        await self.make(conn)

    async def make(self, conn: Connection) -> None:
        """Read everything, piece by piece, while everybody else goes on.

        Args:
            conn: An open connection, whose statements see what others have committed.
        """
        newest, shelves, named, same = await conn.batch(_NEWEST, _SHELVES, _NAMED, synonyms.READING)
        index = Index()
        index.use(synonyms.groups(same))
        after = 0
        while sold := await _sold(conn, "p.id > %(after)s", {"after": after}):
            await _put(index, sold)
            after = sold[-1].id
        async with self._taking:  # what was taken into the one before is read again
            self.index, self._version = index, number(newest.rows[0][0])
        self._shelves, self._named = shelves.rows[0], _by_id(named)
        self.read.set()

    async def _changed(self, conn: Connection) -> list[_Change]:
        return [conn.read(_Change, row) for row in (await conn.batch(self.changes()))[0].rows]

    async def _take(self, conn: Connection, rows: Sequence[_Change]) -> None:
        index = self.index
        if index is None or not rows:
            return
        if any(row.kind == "synonym" for row in rows):
            index.use(synonyms.groups((await conn.batch(synonyms.READING))[0]))
        if ids := [row.row_id for row in rows if row.kind == "product"]:
            sold = await _sold(conn, "p.id IN %(ids)s", {"ids": ids}, most=AT_ONCE)
            for gone in set(ids) - {product.id for product in sold}:
                index.forget(gone)
            await _put(index, sold)
        self._version = rows[-1].version

    async def _rename(self, conn: Connection) -> None:
        """Read what stands on shelves of another name, or is made by a brand of another."""
        shelves, read = await conn.batch(_SHELVES, _NAMED)
        named = _by_id(read)
        others = {key for key, name in named.items() if self._named.get(key) != name}
        for column in ("brand_id", "category_id"):
            ids = sorted(row_id for kind, row_id in others if kind == column)
            after = 0
            while ids and (
                sold := await _sold(conn, f"p.{column} IN %(ids)s AND p.id > %(after)s", {"ids": ids, "after": after})
            ):
                async with self._taking:
                    if self.index is not None:
                        await _put(self.index, sold)
                after = sold[-1].id
        self._shelves, self._named = shelves.rows[0], named


async def in_force(conn: Connection) -> Standing:
    """The index of this process, made now where nobody keeps one.

    Args:
        conn: An open connection.

    Raises:
        CatalogueUnread: Somebody is making it.
    """
    standing = _standing(conn.kept)
    if standing.index is None and standing.is_kept:
        raise CatalogueUnread(standing.read)
    if standing.index is None:
        await standing.make(conn)
    return standing


def begin(database: Database) -> None:
    """Let searches of this process wait for `keep`, which somebody is going to call again and again.

    Args:
        database: The shop's.
    """
    _standing(database.kept).is_kept = True


async def keep(database: Database) -> None:
    """Make the index of this process, and later bring it up to date.

    Args:
        database: The shop's.

    Raises:
        DatabaseError: The database cannot be asked.
    """
    async with database.connection() as conn:
        await _standing(database.kept).follow(conn)


async def wait_until_read(database: Database) -> None:
    """Wait until searches of this process can be answered.

    Args:
        database: The shop's.
    """
    standing = _standing(database.kept)
    if standing.is_kept:
        await standing.read.wait()


def _standing(kept: dict[str, object]) -> Standing:
    standing = kept.setdefault(_KEPT, Standing())
    assert isinstance(standing, Standing)
    return standing


async def _sold(conn: Connection, where: str, values: dict[str, Bound], *, most: int = PAGE) -> list[Sold]:
    """Some of what is sold, by id."""
    return await conn.all(
        Sold, f"{_READING} WHERE p.status = 'active' AND {where} ORDER BY p.id LIMIT {most}", **values
    )


def _by_id(named: Result) -> dict[tuple[str, int], str]:
    return {(str(kind), number(row_id)): str(name) for kind, row_id, name in named.rows}


async def _put(index: Index, sold: Sequence[Sold]) -> None:
    for place in range(0, len(sold), _PIECE):
        for product in sold[place : place + _PIECE]:
            index.put(product)
        await asyncio.sleep(0)
