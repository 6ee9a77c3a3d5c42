"""Whose turn it is once somebody else's claim is over, and how they hear of it."""

import msgspec

from repository.chats.notices import draft_statement
from repository.database.connection import Connection
from repository.posts.claims import Claim, Status


class _Told(msgspec.Struct, frozen=True):
    status: str
    psid: str
    user_id: int
    language: str
    can_write: bool
    product: str
    category_id: int
    variant: str
    until: str
    total: str


async def ends_as(conn: Connection, claim: Claim) -> Status:
    """What a claim that is held becomes: lapsed, or released where its comment was taken away.

    Args:
        conn: An open connection.
        claim: Which.
    """
    status = await conn.value("SELECT status FROM post_comments WHERE id = %(id)s", id=claim.comment)
    return "released" if status == "removed" else "lapsed"


async def tell(conn: Connection, claim: Claim) -> None:
    """Tell somebody that what they waited for is held for them now: in the chat, else below their comment.

    Whose private reply is still to be sent hears it there.

    Args:
        conn: A connection in a transaction.
        claim: Theirs.
    """
    told = await conn.one(
        _Told,
        "SELECT m.status, COALESCE(m.psid, ''), COALESCE(u.id, 0), COALESCE(u.language, 'en'),"
        " COALESCE(t.window_expires_at > NOW(3), FALSE), p.name, p.category_id, COALESCE(v.variant_value, ''),"
        " DATE_FORMAT(c.held_until, '%%l:%%i %%p'),"
        " CAST(c.held * GREATEST(p.base_price + COALESCE(v.price_adjustment, 0), 0) AS CHAR)"
        " FROM post_claims c JOIN post_comments m ON m.id = c.comment JOIN products p ON p.id = c.product_id"
        " LEFT JOIN product_variants v ON v.id = c.variant_id LEFT JOIN users u ON u.messenger_id = m.psid"
        " LEFT JOIN conversations t ON t.psid = m.psid WHERE c.id = %(id)s",
        id=claim.id,
    )
    if told is None or told.status != "answered":
        return
    if not (told.can_write and told.user_id):
        await conn.run("UPDATE post_comments SET public = 'queued' WHERE id = %(id)s", id=claim.comment)
        return
    facts: dict[str, str | int] = {
        "comment": claim.comment,
        "product_id": claim.product_id,
        "product": told.product,
        "variant": told.variant,
        "quantity": claim.held,
        "total": told.total,
        "until": told.until,
    }
    await conn.batch(draft_statement(told.user_id, "notices.claim_yours", facts))
