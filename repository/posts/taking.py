"""What a shopper does with the private reply to their comment: everything that it claims goes into their cart."""

from datetime import datetime

import msgspec

from bot.language.quantities import number_in
from repository.catalogue import products
from repository.database.connection import Bound, Connection
from repository.database.errors import NotFound, OutOfStock, ShopError, VariantNeeded
from repository.database.scalars import number
from repository.orders import carts
from repository.orders.carts import Cart
from repository.posts import answers, claims, comments
from repository.posts.claims import CLAIM, Claim, Line, Wish
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


class AtMost(ShopError):
    """Somebody has claimed as much of a product as one person can in a live sale.

    Attributes:
        most: Pieces that one person can claim.
    """

    def __init__(self, *, most: int) -> None:
        super().__init__(f"{most} pieces at most")
        self.most = most


class _Owner(msgspec.Struct, frozen=True):
    psid: str
    messenger_id: str
    is_sale: bool
    post: int
    most_each: int
    from_id: str
    words: str
    written_at: datetime


async def take_up(
    conn: Connection,
    *,
    shopper_id: int,
    comment: int,
    rules: Rules,
    variant_id: int | None = None,
    product_id: int | None = None,
) -> Cart | InLine | ToChoose:
    """Put what a comment claims into the cart of who wrote it: as many pieces as are held, or as were wanted.

    What is there already is not added again.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        comment: `post_comments.id`.
        rules: How much a cart may hold, and how long a claim holds its pieces.
        variant_id: Which variant, where the comment did not say.
        product_id: Which product, where the comment did not say and its post sells several: it is claimed now, and in
            a live sale held, at the place in the line of when the comment was written.

    Returns:
        The cart; or that others have what was claimed, where that is so of everything; or what is to be chosen first.

    Raises:
        NotFound: It is somebody else's comment, or nothing is claimed by it any more.
        AtMost: The shopper picks more than one person can claim.
        UnknownProduct, TooMany, CartFull: As `carts.add_line`.
        OutOfStock: It has sold out, and nobody is to be waited for.
    """
    owner = await conn.one(
        _Owner,
        "SELECT COALESCE(m.psid, u.messenger_id), u.messenger_id, COALESCE(p.is_sale, FALSE), COALESCE(p.id, 0),"
        " IF(p.is_sale, p.most_each, 0), m.from_id, m.words, m.written_at FROM post_comments m"
        " JOIN users u ON u.id = %(shopper_id)s LEFT JOIN page_posts p ON p.post_id = m.post_id"
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
    await _came(conn, shopper_id, comment)
    if product_id is not None and owner.post:
        await _pick(conn, owner, comment, product_id, rules)
    if variant_id is not None:
        for asked in await conn.all(Claim, f"{CLAIM} WHERE c.comment = %(id)s AND c.status = 'asked'", id=comment):
            await claims.choose(conn, asked, variant_id=variant_id, holds=owner.is_sale, minutes=rules.claim_minutes)
    await conn.batch(answers.known(owner.messenger_id))
    wanted = [one for one in await answers.wanted(conn, comment=comment) if one.status != "over"]
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


async def _came(conn: Connection, shopper_id: int, comment: int) -> None:
    """Note that what is ordered next came of the post of a comment, once however often that is tapped."""
    about: dict[str, Bound] = {"shopper_id": shopper_id, "comment": comment}
    made = await conn.run(
        "INSERT INTO referrals (user_id, kind, post_id, came_at)"
        " SELECT %(shopper_id)s, 'comment', SUBSTRING_INDEX(m.post_id, '_', -1), NOW(3) FROM post_comments m"
        " JOIN users u ON u.id = %(shopper_id)s JOIN conversations c ON c.psid = u.messenger_id"
        " LEFT JOIN referrals r ON r.id = c.referral_id AND r.kind = 'comment'"
        " AND r.post_id = SUBSTRING_INDEX(m.post_id, '_', -1) WHERE m.id = %(comment)s AND r.id IS NULL",
        **about,
    )
    if made.rowcount:
        await conn.run(
            "UPDATE conversations SET referral_id = %(referral)s, referred_at = NOW(3)"
            " WHERE psid = (SELECT messenger_id FROM users WHERE id = %(shopper_id)s)",
            referral=made.last_id,
            **about,
        )


async def _pick(conn: Connection, owner: _Owner, comment: int, product_id: int, rules: Rules) -> None:
    """Claim what was picked of what a post sells, once, however often it is tapped."""
    sold = {one.product_id: one for one in await comments.tied(conn, post=owner.post)}
    had = await conn.run(
        "SELECT COALESCE(SUM(comment = %(comment)s), 0), CAST(COALESCE(SUM(wanted), 0) AS SIGNED) FROM post_claims"
        " WHERE product_id = %(product_id)s AND status IN ('open', 'asked', 'held', 'waiting', 'ordered')"
        " AND (comment = %(comment)s OR (from_id = %(from_id)s AND from_id <> '' AND post = %(post)s))",
        comment=comment,
        product_id=product_id,
        from_id=owner.from_id,
        post=owner.post,
    )
    of_this, pieces = (number(value) for value in had.rows[0])
    wanted = min(number_in(owner.words) or 1, rules.line_quantity_most)
    if owner.most_each:
        wanted = min(wanted, owner.most_each - pieces)
    if product_id not in sold or of_this:
        return
    if wanted < 1:
        raise AtMost(most=owner.most_each)
    product = await products.product(conn, product_id=product_id)
    variant_id = sold[product_id].variant_id
    if variant_id is None and len(product.variants) == 1:
        variant_id = product.variants[0].id
    wish = Wish(
        comment=comment,
        post=owner.post,
        line=Line(product_id, variant_id),
        wanted=wanted,
        placed_at=owner.written_at,
        from_id=owner.from_id,
        must_choose=bool(product.variants) and variant_id is None,
    )
    await claims.place(conn, wish, holds=owner.is_sale, minutes=rules.claim_minutes)
