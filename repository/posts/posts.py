"""Posts of the page: what each says, and the products that its words name until a merchant ties some."""

import re

import msgspec

from bot.language.buying.commenting import code_key
from bot.language.fold import fold
from bot.language.spelling import singular
from repository.catalogue import search
from repository.database.connection import Connection

LINES_MOST = 40
"""Lines of a post that are looked through for products."""
TIES_MOST = 30
_CODE = re.compile(r"\W*([A-Za-z]{1,3}[-\s]?\d{1,4}|\d{1,3})\s*[-–—:.)=|]+\s*(\S.*)")
_PRICE = re.compile(r"(?:₱|\bphp|\bp)\s*\d[\d,.]*|\d[\d,.]*\s*(?:pesos?|php)\b", re.IGNORECASE)


class Unknown(msgspec.Struct, frozen=True):
    """A post whose words were not looked at yet. `words` is empty where Facebook must be asked."""

    id: int
    post_id: str
    words: str


async def to_learn(conn: Connection, *, most: int) -> list[Unknown]:
    """Posts whose words were not looked at yet.

    Args:
        conn: An open connection.
        most: How many.
    """
    return await conn.all(
        Unknown,
        "SELECT id, post_id, COALESCE(words, '') FROM page_posts WHERE asked_at IS NULL ORDER BY id DESC"
        " LIMIT %(most)s",
        most=most,
    )


async def learn(conn: Connection, *, post: int, words: str) -> None:
    """Write what a post says, and tie the products that it names where nobody has tied any.

    Args:
        conn: A connection in a transaction.
        post: `page_posts.id`.
        words: What it says; empty where Facebook does not tell.
    """
    await conn.run(
        "UPDATE page_posts SET asked_at = NOW(), words = COALESCE(NULLIF(%(words)s, ''), words),"
        " title = IF(title = '', %(title)s, title) WHERE id = %(post)s",
        post=post,
        words=words[:4000],
        title=(next((line.strip() for line in words.splitlines() if line.strip()), "") if words else "")[:100],
    )
    is_tied = await conn.value("SELECT EXISTS (SELECT 1 FROM post_products WHERE post = %(post)s)", post=post)
    if is_tied or not words:
        return
    seen: set[int] = set()
    for line in [part.strip() for part in words.splitlines() if part.strip()][:LINES_MOST]:
        match = _CODE.match(line)
        code, named = (code_key(match[1]), match[2]) if match else ("", line)
        product_id = await _product(conn, _PRICE.sub(" ", named))
        if product_id and product_id not in seen and len(seen) < TIES_MOST:
            seen.add(product_id)
            await conn.run(
                "INSERT IGNORE INTO post_products (post, product_id, code, by_words)"
                " VALUES (%(post)s, %(product_id)s, NULLIF(%(code)s, ''), TRUE)",
                post=post,
                product_id=product_id,
                code=code,
            )


async def _product(conn: Connection, line: str) -> int:
    """The product whose whole name stands in a line; 0 where there is none, or several."""
    said = {singular(word) for word in fold(line).split()}
    if not said:
        return 0
    page = await search.search(conn, text=line[:120], page=1, page_size=10)
    named = {
        card.id: len(words)
        for card in page.items
        if (words := {singular(word) for word in fold(card.name).split()}) and words <= said
    }
    longest = max(named.values(), default=0)
    best = [product_id for product_id, length in named.items() if length == longest]
    return best[0] if len(best) == 1 else 0
