"""What the search knows about the catalogue, kept up to date by a worker."""

import msgspec

from bot.language.spelling import fold_words, shorter
from repository.catalogue.search import READ_FROM, READING, Unread, weights
from repository.database.connection import Connection, Database, Statement
from repository.database.inserting import insert_rows
from repository.database.scalars import number

AT_ONCE = 50
"""Products read in one transaction: some ten milliseconds of work."""
_PRINT = "CRC32(CONCAT_WS('\\n', 'fold 2', p.name, b.name, c.name, p.sku, LEFT(p.description, 500)))"
"""What a product was read from, and by which `fold`: when that changes, every product is read again."""


class _Read(msgspec.Struct, frozen=True):
    id: int
    name: str
    brand: str
    category: str
    sku: str
    description: str
    fingerprint: int


async def index_due(database: Database, *, after: int = 0, most: int = 1_000_000) -> tuple[int, int | None]:
    """Read products that are new, or whose words have changed since they were read.

    Any number of processes may do it at once: what they write is the same.

    Args:
        database: The shop's database.
        after: Look at products behind this id only.
        most: Products at most, in steps of fifty.

    Returns:
        How many were read, and behind which id to go on; None where there are no more.
    """
    done = 0
    while done < most:

        async def work(conn: Connection, start: int = after) -> tuple[int, int]:
            return await _index_some(conn, after=start)

        read, after = await database.retry(work)
        done += read
        if read < AT_ONCE:
            await _forget(database)
            return done, None
    return done, after


async def newest_read(conn: Connection) -> int:
    """The id behind which no product has been read yet.

    Args:
        conn: An open connection.
    """
    return number(await conn.value("SELECT COALESCE(MAX(product_id), 0) FROM search_products"))


async def _index_some(conn: Connection, *, after: int) -> tuple[int, int]:
    """Read some products behind an id; gives how many, and the last one's id."""
    products = await conn.all(
        _Read,
        f"""
        SELECT {READING}, {_PRINT} FROM {READ_FROM}
        LEFT JOIN search_products s ON s.product_id = p.id
        WHERE p.id > %(after)s AND (s.product_id IS NULL OR s.fingerprint <> {_PRINT})
        ORDER BY p.id LIMIT {AT_ONCE}
        """,
        after=after,
    )
    if not products:
        return 0, after
    words_of = {
        product.id: weights(
            Unread(product.id, product.name, product.brand, product.category, product.sku, product.description)
        )
        for product in products
    }
    words = {word for each in words_of.values() for word in each}
    known = await conn.run(
        "SELECT word FROM search_spellings WHERE is_whole = TRUE AND spelling IN %(words)s", words=sorted(words)
    )
    new = words - {str(word) for (word,) in known.rows}
    spellings = {(True, word, word) for word in new} | {(False, short, word) for word in new for short in shorter(word)}
    ids = [product.id for product in products]
    await conn.batch(
        Statement(
            "DELETE w FROM search_words w FORCE INDEX (ix_search_words_product) WHERE w.product_id IN %(ids)s",
            {"ids": ids},
        ),
        insert_rows(
            "INSERT IGNORE INTO search_words (word, product_id, weight)",
            sorted(
                (word, product_id, weight) for product_id, each in words_of.items() for word, weight in each.items()
            ),
        ),
        *(
            [insert_rows("INSERT IGNORE INTO search_spellings (is_whole, spelling, word)", sorted(spellings))]
            if spellings
            else []
        ),
        insert_rows(
            "REPLACE INTO search_products (product_id, fingerprint, words)",
            [(product.id, product.fingerprint, len(fold_words(product.name))) for product in products],
        ),
    )
    return len(products), ids[-1]


async def _forget(database: Database) -> None:
    """Forget products that are no longer there."""
    async with database.connection() as conn:
        gone = await conn.run(
            "SELECT s.product_id FROM search_products s LEFT JOIN products p ON p.id = s.product_id"
            " WHERE p.id IS NULL LIMIT 1000"
        )
        if gone.rows:
            ids = [number(product_id) for (product_id,) in gone.rows]
            await conn.batch(
                Statement("DELETE FROM search_words WHERE product_id IN %(ids)s", {"ids": ids}),
                Statement("DELETE FROM search_products WHERE product_id IN %(ids)s", {"ids": ids}),
            )
