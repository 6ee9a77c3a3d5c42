"""What a shopper does with the private reply to their comment: everything that it claims goes into their cart."""

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound, OutOfStock, VariantNeeded
from repository.database.scalars import number
from repository.orders import carts
from repository.orders.carts import Cart
from repository.posts import answers, claims
from repository.posts.claims import CLAIM, Claim
from repository.rules import Rules


class InLine(msgspec.Struct, frozen=True):
    """What a comment claims is held for others: nothing was put into the cart.

    Attributes:
        ahead: Claims before it that wait for the same.
    """

    ahead: int


class ToChoose(msgspec.Struct, frozen=True):
    """The shopper has to say first which variant of a product they want."""

    product_id: int


class _Owner(msgspec.Struct, frozen=True):
    psid: str
    messenger_id: str
    is_sale: bool


async def take_up(
    conn: Connection, *, shopper_id: int, comment: int, rules: Rules, variant_id: int | None = None
) -> Cart | InLine | ToChoose:
    """Put what a comment claims into the cart of who wrote it: as many pieces as are held, or as were wanted.

    What is there already is not added again.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        comment: `post_comments.id`.
        rules: How much a cart may hold, and how long a claim holds its pieces.
        variant_id: Which variant, where the comment did not say.

    Returns:
        The cart; or that others have what was claimed, where that is so of everything; or what is to be chosen first.

    Raises:
        NotFound: It is somebody else's comment, or nothing is claimed by it any more.
        UnknownProduct, TooMany, CartFull: As `carts.add_line`.
        OutOfStock: It has sold out, and nobody is to be waited for.
    """
    owner = await conn.one(
        _Owner,
        "SELECT COALESCE(m.psid, u.messenger_id), u.messenger_id, COALESCE(p.is_sale, FALSE)"
        " FROM post_comments m JOIN users u ON u.id = %(shopper_id)s LEFT JOIN page_posts p ON p.post_id = m.post_id"
        " WHERE m.id = %(comment)s AND m.status IN ('answered', 'sending', 'queued')",
        shopper_id=shopper_id,
        comment=comment,
    )
    if owner is None or owner.psid != owner.messenger_id:
        raise NotFound(f"comment {comment}")
    await conn.run(
        "UPDATE post_comments SET psid = %(psid)s WHERE id = %(comment)s AND psid IS NULL",
        psid=owner.messenger_id,
        comment=comment,
    )
    if variant_id is not None:
        for asked in await conn.all(Claim, f"{CLAIM} WHERE c.comment = %(id)s AND c.status = 'asked'", id=comment):
            await claims.choose(conn, asked, variant_id=variant_id, holds=owner.is_sale, minutes=rules.claim_minutes)
    await conn.batch(answers.known(owner.messenger_id))
    wanted = await answers.wanted(conn, comment=comment)
    if not wanted:
        raise NotFound(f"comment {comment}")
    cart, short = await carts.cart(conn, shopper_id=shopper_id), None
    for claim in wanted:
        if claim.status == "asked":
            return ToChoose(claim.product_id)
        if claim.status == "waiting":
            continue
        there = sum(
            line.quantity
            for line in cart.lines
            if (line.product_id, line.variant_id) == (claim.product_id, claim.variant_id)
        )
        pieces = claim.held if claim.status == "held" else claim.wanted
        if pieces <= there:
            continue
        try:
            cart = await carts.add_line(
                conn,
                shopper_id=shopper_id,
                product_id=claim.product_id,
                variant_id=claim.variant_id,
                quantity=pieces - there,
                rules=rules,
            )
        except OutOfStock as error:
            short = error
        except VariantNeeded:  # it has got variants since
            return ToChoose(claim.product_id)
    if all(claim.status == "waiting" for claim in wanted):
        return InLine(ahead=min(number(claim.ahead) for claim in wanted))
    if short and not cart.lines:
        raise short
    return cart
