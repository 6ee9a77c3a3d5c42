"""Pictures that nothing shows any more: marked once a day, and deleted after some weeks, for chats still show them."""

from repository.catalogue.pictures import PATH
from repository.database.connection import Connection
from repository.database.scalars import number, text

UNUSED_DAYS = 90
"""As long as the chats in which a picture was shown."""
AT_ONCE = 2000
_DELETED_AT_ONCE = 50


async def mark(conn: Connection, *, after: str = "") -> str:
    """Note of some pictures whether anything shows them, in the order of their names.

    Args:
        conn: A connection on which each statement commits by itself.
        after: The name up to which that is done.

    Returns:
        The last name; empty where none is left.
    """
    rows = await conn.run(
        "SELECT name FROM goods_pictures WHERE name > %(after)s ORDER BY name LIMIT %(most)s",
        after=after,
        most=AT_ONCE,
    )
    names = [text(name) for (name,) in rows.rows]
    if not names:
        return ""
    shown = await _shown(conn, set(names))
    unused = [name for name in names if name not in shown]
    await conn.run(
        "UPDATE goods_pictures SET unused_since = NULL WHERE name IN %(names)s AND unused_since IS NOT NULL",
        names=["", *shown],
    )
    await conn.run(
        "UPDATE goods_pictures SET unused_since = NOW() WHERE name IN %(names)s AND unused_since IS NULL",
        names=["", *unused],
    )
    return names[-1]


async def _shown(conn: Connection, names: set[str]) -> set[str]:
    """Which of these pictures a product shows, looked for piece by piece."""
    found: set[str] = set()
    last = 0
    while True:
        rows = await conn.run(
            "SELECT id, SUBSTRING_INDEX(SUBSTRING_INDEX(image_url, %(path)s, -1), '.', 1) FROM product_images"
            " WHERE id > %(last)s ORDER BY id LIMIT %(most)s",
            path=PATH,
            last=last,
            most=AT_ONCE,
        )
        if not rows.rows:
            return found
        last = number(rows.rows[-1][0])
        found |= names & {text(name) for _, name in rows.rows}


async def delete(conn: Connection) -> int:
    """Delete some pictures that nothing has shown for long. How many; call it again where that is not 0.

    Args:
        conn: An open connection.
    """
    done = await conn.run(
        "DELETE FROM goods_pictures WHERE unused_since < NOW() - INTERVAL %(days)s DAY LIMIT %(most)s",
        days=UNUSED_DAYS,
        most=_DELETED_AT_ONCE,
    )
    return done.rowcount
