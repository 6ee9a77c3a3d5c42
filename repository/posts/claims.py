"""What comments claim. In a live sale a claim holds its pieces, as a reservation does: it takes them off the stock.

So nothing that counts a stock can sell them again. A claim gives its pieces back when its time is over, or to the order
that its shopper places (`giving.py`). Whoever moves pieces locks the product first, then the claim.
"""

from datetime import datetime
from typing import Literal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number

Status = Literal["open", "asked", "held", "waiting", "ordered", "lapsed", "released", "over"]


class Line(msgspec.Struct, frozen=True):
    """What a claim is for. `variant_id` is None where the product has no variants, or the shopper has to choose."""

    product_id: int
    variant_id: int | None


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a comment wants, to be claimed.

    Attributes:
        comment: `post_comments.id`.
        post: `page_posts.id`.
        line: Of what.
        wanted: Pieces, at least 1.
        placed_at: When it was asked for: who asked first is served first.
        from_id: Who wrote the comment, as Facebook says there.
        must_choose: Whether the shopper has still to say which variant: nothing is held before.
    """

    comment: int
    post: int
    line: Line
    wanted: int
    placed_at: datetime
    from_id: str
    must_choose: bool = False


class Claim(msgspec.Struct, frozen=True):
    """What a comment claims, and what has come of it.

    Attributes:
        id: `post_claims.id`.
        comment: `post_comments.id`.
        status: As in the table.
        wanted: Pieces.
        held: Pieces that are off the stock for it.
        held_until: Until when, None where nothing is held.
    """

    id: int
    comment: int
    product_id: int
    variant_id: int | None
    status: Status
    wanted: int
    held: int
    held_until: datetime | None


CLAIM = (
    "SELECT c.id, c.comment, c.product_id, c.variant_id, c.status, c.wanted, c.held, c.held_until FROM post_claims c"
)
"""What reads a `Claim`."""
_SAME = "product_id = %(product_id)s AND variant_id <=> %(variant_id)s"
ABOUT = Statement("SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = 'Claimed in a comment'")
DONE = Statement("SET @qs_ref_note = NULL")


async def place(conn: Connection, wish: Wish, *, holds: bool, minutes: int) -> Claim:
    """Claim what a comment wants.

    Args:
        conn: A connection in a transaction.
        wish: What.
        holds: Whether it is a live sale: pieces are held as far as there are any, else the claim waits in line.
        minutes: How long they are held.
    """
    if wish.must_choose:
        return await _insert(conn, wish, "asked", held=0, minutes=minutes)
    if not holds:
        return await _insert(conn, wish, "open", held=0, minutes=minutes)
    left = await _lock(conn, wish.line)
    if left < 1 or await _is_awaited(conn, wish.line, before=wish.placed_at):
        return await _insert(conn, wish, "waiting", held=0, minutes=minutes)
    taken = min(wish.wanted, left)
    await _move(conn, wish.line, -taken)
    return await _insert(conn, wish, "held", held=taken, minutes=minutes)


async def note_over(conn: Connection, wish: Wish) -> None:
    """Note what a comment wants above what one person can claim: it is told, and shown, and holds nothing.

    Args:
        conn: A connection in a transaction.
        wish: What, with the pieces that are too many.
    """
    await _insert(conn, wish, "over", held=0, minutes=0)


async def choose(conn: Connection, claim: Claim, *, variant_id: int, holds: bool, minutes: int) -> None:
    """Say which variant a claim is for that was made without, and hold it where there is any.

    Args:
        conn: A connection in a transaction.
        claim: The claim; one that has a variant stays as it is.
        variant_id: Which, of its product.
        holds: Whether it is a live sale.
        minutes: How long the pieces are held.
    """
    line = Line(claim.product_id, variant_id)
    left = await _lock(conn, line)
    taken = min(claim.wanted, left) if holds else 0
    values: dict[str, Bound] = {
        "id": claim.id,
        "variant_id": variant_id,
        "status": "held" if taken else "waiting" if holds else "open",
        "held": taken,
        "minutes": minutes,
    }
    chosen = await conn.run(
        "UPDATE post_claims SET variant_id = %(variant_id)s, status = %(status)s, held = %(held)s, held_until ="
        " IF(%(held)s > 0, NOW() + INTERVAL %(minutes)s MINUTE, NULL) WHERE id = %(id)s AND status = 'asked'",
        **values,
    )
    if chosen.rowcount and taken:
        await _move(conn, line, -taken)


async def let_go(conn: Connection, claim: Claim, *, status: Status) -> bool:
    """End a claim, and put back what it holds. Whether it was still alive.

    Args:
        conn: A connection in a transaction.
        claim: Which.
        status: What has become of it: "released" or "lapsed".
    """
    line = Line(claim.product_id, claim.variant_id)
    await _lock(conn, line)
    now = await conn.one(
        Claim, f"{CLAIM} WHERE c.id = %(id)s AND c.status IN ('open', 'asked', 'held', 'waiting') FOR UPDATE",
        id=claim.id,
    )  # fmt: skip
    if now is None or (status == "lapsed" and now.status != "held"):
        return False
    await conn.run("UPDATE post_claims SET status = %(status)s, held = 0 WHERE id = %(id)s", status=status, id=claim.id)
    if now.held:
        await _move(conn, line, now.held)
    return True


async def next_in_line(conn: Connection, line: Line, *, minutes: int, publicly: bool) -> list[Claim]:
    """Hold what is left of something for those who wait for it, as far as they can be told.

    Args:
        conn: A connection in a transaction.
        line: Of what.
        minutes: How long the pieces are held.
        publicly: Whether they can be told below their comment too.

    Returns:
        The claims that hold something now.
    """
    served: list[Claim] = []
    left = await _lock(conn, line)
    while left > 0:
        first = await conn.one(
            Claim,
            f"{CLAIM} JOIN post_comments m ON m.id = c.comment LEFT JOIN conversations t ON t.psid = m.psid"
            f" WHERE c.product_id = %(product_id)s AND c.variant_id <=> %(variant_id)s AND c.status = 'waiting'"
            " AND (m.status = 'queued' OR (m.status = 'answered' AND (%(publicly)s OR t.window_expires_at > NOW())))"
            " ORDER BY c.placed_at, c.comment, c.id LIMIT 1",
            product_id=line.product_id,
            variant_id=line.variant_id,
            publicly=publicly,
        )
        if first is None:
            break
        taken = min(first.wanted, left)
        await _move(conn, line, -taken)
        await conn.run(
            "UPDATE post_claims SET status = 'held', held = %(held)s, served_at = NOW(3),"
            " held_until = NOW() + INTERVAL %(minutes)s MINUTE WHERE id = %(id)s",
            held=taken,
            minutes=minutes,
            id=first.id,
        )
        served += await conn.all(Claim, f"{CLAIM} WHERE c.id = %(id)s", id=first.id)
        left -= taken
    return served


async def _lock(conn: Connection, line: Line) -> int:
    """Lock a product, and its variant, and say how many pieces can be sold; 0 where it is not sold any more."""
    status = await conn.value("SELECT status FROM products WHERE id = %(id)s FOR UPDATE", id=line.product_id)
    if line.variant_id is None:
        sql = (
            "SELECT IF(EXISTS (SELECT 1 FROM product_variants WHERE product_id = p.id), 0, p.stock_quantity)"
            " FROM products p WHERE p.id = %(product_id)s"
        )
    else:
        sql = (
            "SELECT IF(is_available, stock_quantity, 0) FROM product_variants"
            " WHERE id = %(variant_id)s AND product_id = %(product_id)s FOR UPDATE"
        )
    left = await conn.value(sql, product_id=line.product_id, variant_id=line.variant_id)
    return number(left) if status == "active" and left is not None else 0


async def _move(conn: Connection, line: Line, pieces: int) -> None:
    """Put pieces back into the stock, or take them off; the triggers write its row in the history."""
    await conn.batch(ABOUT, *moving(line, pieces), DONE)


def moving(line: Line, pieces: int) -> tuple[Statement, ...]:
    """What puts pieces back into the stock, or takes them off, and counts them as claimed or no longer.

    Send `ABOUT` before it and `DONE` behind.

    Args:
        line: Of what; its product is locked.
        pieces: How many more; fewer where it is below 0.
    """
    values: dict[str, Bound] = {"pieces": pieces, "product_id": line.product_id, "variant_id": line.variant_id}
    claimed = "claimed_quantity = GREATEST(0, claimed_quantity - %(pieces)s)"
    if line.variant_id is None:
        return (
            Statement(
                f"UPDATE products SET stock_quantity = stock_quantity + %(pieces)s, {claimed}"
                " WHERE id = %(product_id)s",
                values,
            ),
        )
    return (
        Statement(f"UPDATE products SET {claimed} WHERE id = %(product_id)s", values),
        Statement(
            "UPDATE product_variants SET stock_quantity = stock_quantity + %(pieces)s WHERE id = %(variant_id)s", values
        ),
    )


async def _is_awaited(conn: Connection, line: Line, *, before: datetime) -> bool:
    """Whether somebody waits for the same who asked before."""
    return bool(
        await conn.value(
            f"SELECT EXISTS (SELECT 1 FROM post_claims WHERE {_SAME} AND status = 'waiting'"
            " AND placed_at <= %(before)s)",
            product_id=line.product_id,
            variant_id=line.variant_id,
            before=before,
        )
    )


async def _insert(conn: Connection, wish: Wish, status: Status, *, held: int, minutes: int) -> Claim:
    inserted = await conn.run(
        "INSERT INTO post_claims (comment, post, product_id, variant_id, wanted, held, status, placed_at, held_until,"
        " from_id) VALUES (%(comment)s, %(post)s, %(product_id)s, %(variant_id)s, %(wanted)s, %(held)s, %(status)s,"
        " %(placed_at)s, IF(%(held)s > 0, NOW() + INTERVAL %(minutes)s MINUTE, NULL), %(from_id)s)",
        comment=wish.comment,
        post=wish.post,
        product_id=wish.line.product_id,
        variant_id=wish.line.variant_id,
        wanted=wish.wanted,
        held=held,
        status=status,
        placed_at=wish.placed_at,
        minutes=minutes,
        from_id=wish.from_id,
    )
    (claim,) = await conn.all(Claim, f"{CLAIM} WHERE c.id = %(id)s", id=inserted.last_id)
    return claim
