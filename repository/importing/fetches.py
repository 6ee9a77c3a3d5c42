"""The pictures that sheets link to: each fetched once in the background, then served by the shop itself."""

from collections.abc import Sequence

import msgspec

from repository.catalogue import pictures
from repository.database.connection import Bound, Connection, Statement
from repository.database.inserting import insert_rows
from repository.database.scalars import number, text
from repository.files.pictures import Picture

ATTEMPTS_MOST = 3
LEASE_MINUTES = 5
"""How long whoever took a picture has for it, before somebody else takes it."""


class ToFetch(msgspec.Struct, frozen=True):
    """A picture that is to be fetched.

    Attributes:
        id: `picture_fetches.id`.
        import_id: Of the sheet that names it.
        product_id: Whose picture it is.
        link: Where it is.
        attempts: How often it was tried, this time included.
    """

    id: int
    import_id: int
    product_id: int
    link: str
    attempts: int


class Failed(msgspec.Struct, frozen=True):
    """A picture that could not be had.

    Attributes:
        product_id: Whose it is.
        product: Its name.
        link: Where it should have been.
        reason: Why, in words.
    """

    product_id: int
    product: str
    link: str
    reason: str


class HowFar(msgspec.Struct, frozen=True):
    """How far the pictures of an import are.

    Attributes:
        waiting: To be fetched.
        done: Served by the shop.
        failed: Could not be had.
        failures: The first of those.
    """

    waiting: int = 0
    done: int = 0
    failed: int = 0
    failures: Sequence[Failed] = ()


def wanted(import_id: int, links: Sequence[tuple[int, str]]) -> Statement:
    """What lets pictures be fetched.

    Args:
        import_id: `catalogue_imports.id`.
        links: Product and link, at least one.
    """
    rows = [(import_id, product_id, link) for product_id, link in links]
    return insert_rows("INSERT INTO picture_fetches (import_id, product_id, link)", rows)


async def take(conn: Connection, *, most: int) -> list[ToFetch]:
    """Take some pictures to fetch them; whoever dies over one leaves it to others after a while.

    Args:
        conn: A connection in a transaction.
        most: How many.
    """
    rows = await conn.all(
        ToFetch,
        "SELECT id, import_id, product_id, link, attempts + 1 FROM picture_fetches"
        " WHERE status = 'queued' AND due_at <= NOW() ORDER BY due_at, id LIMIT %(most)s FOR UPDATE",
        most=most,
    )
    if rows:
        await conn.run(
            "UPDATE picture_fetches SET attempts = attempts + 1, due_at = NOW() + INTERVAL %(minutes)s MINUTE"
            " WHERE id IN %(ids)s",
            minutes=LEASE_MINUTES,
            ids=[row.id for row in rows],
        )
    return rows


async def fetched(conn: Connection, *, one: ToFetch, picture: Picture, base: str) -> None:
    """Let a product show a picture that was fetched in place of its link, where it still has that.

    Args:
        conn: A connection in a transaction.
        one: Which.
        picture: Ready to be kept.
        base: The shop's address, in front of the picture's path.
    """
    path = await pictures.keep(conn, picture=picture)
    values: dict[str, Bound] = {
        "id": one.id, "import_id": one.import_id, "product": one.product_id, "link": one.link, "path": path,
        "url": base + path,
    }  # fmt: skip
    await conn.batch(
        Statement("UPDATE picture_fetches SET status = 'done', reason = NULL WHERE id = %(id)s", values),
        Statement(
            "UPDATE product_images SET image_url = %(url)s WHERE product_id = %(product)s AND image_url = %(link)s",
            values,
        ),
        Statement(  # so that the import can be taken back
            "UPDATE catalogue_import_rows SET now = JSON_ARRAY_APPEND(now, '$', %(path)s)"
            " WHERE import_id = %(import_id)s AND kind = 'pictures' AND subject_id = %(product)s",
            values,
        ),
    )


async def not_fetched(conn: Connection, *, one: ToFetch, reason: str, for_good: bool) -> None:
    """Note that a picture could not be had; it is tried a few times unless that is for good.

    Args:
        conn: An open connection.
        one: Which.
        reason: Why, in words.
        for_good: Whether trying again is of no use.
    """
    is_over = for_good or one.attempts >= ATTEMPTS_MOST
    await conn.run(
        "UPDATE picture_fetches SET status = %(status)s, reason = %(reason)s,"
        " due_at = NOW() + INTERVAL %(minutes)s MINUTE WHERE id = %(id)s",
        status="failed" if is_over else "queued",
        reason=reason[:200],
        minutes=2**one.attempts,
        id=one.id,
    )


async def how_far(conn: Connection, *, import_id: int, shown: int = 20) -> HowFar:
    """How far the pictures of an import are.

    Args:
        conn: An open connection.
        import_id: `catalogue_imports.id`.
        shown: Failures at most.
    """
    counted, failures = await conn.batch(
        Statement(
            "SELECT status, COUNT(*) FROM picture_fetches WHERE import_id = %(id)s GROUP BY status", {"id": import_id}
        ),
        Statement(
            "SELECT f.product_id, p.name, f.link, COALESCE(f.reason, '') FROM picture_fetches f"
            " JOIN products p ON p.id = f.product_id WHERE f.import_id = %(id)s AND f.status = 'failed'"
            " ORDER BY f.id LIMIT %(shown)s",
            {"id": import_id, "shown": shown},
        ),
    )
    counts = {text(status): number(count) for status, count in counted.rows}
    return HowFar(
        waiting=counts.get("queued", 0),
        done=counts.get("done", 0),
        failed=counts.get("failed", 0),
        failures=[conn.read(Failed, row) for row in failures.rows],
    )
