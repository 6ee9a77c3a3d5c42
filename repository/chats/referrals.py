"""Where shoppers came from: a row each time that a link, an ad, a shared post, product or cart led somebody here."""

from datetime import datetime

import msgspec

from repository.database.connection import Statement

_REF_MOST, _ID_MOST, _KIND_MOST = 255, 100, 20


class Referred(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody came from.

    Attributes:
        shopper_id: `users.id`.
        kind: By what way: link, ad, shop, post, product, card, cart, comment.
        ref: What the link or the ad carried, empty for nothing.
        ad_id: The ad, empty for none.
        ad_title: What stands on it.
        post_id: The post, without the page's id in front; empty for none.
        product_id: `products.id` of what was opened by it, None for none.
        at: When.
    """

    shopper_id: int
    kind: str
    ref: str = ""
    ad_id: str = ""
    ad_title: str = ""
    post_id: str = ""
    product_id: int | None = None
    at: datetime


def keeping(referred: Referred) -> Statement:
    """What keeps it; `LAST_INSERT_ID()` is its id for the statements behind it.

    Args:
        referred: Where somebody came from.
    """
    return Statement(
        "INSERT INTO referrals (user_id, kind, ref, ad_id, ad_title, post_id, product_id, came_at)"
        " VALUES (%(user_id)s, %(kind)s, NULLIF(%(ref)s, ''), NULLIF(%(ad_id)s, ''), NULLIF(%(ad_title)s, ''),"
        " NULLIF(%(post_id)s, ''), %(product_id)s, %(at)s)",
        {
            "user_id": referred.shopper_id,
            "kind": referred.kind[:_KIND_MOST],
            "ref": referred.ref[:_REF_MOST],
            "ad_id": referred.ad_id[:_ID_MOST],
            "ad_title": referred.ad_title[:_REF_MOST],
            "post_id": referred.post_id[:_ID_MOST],
            "product_id": referred.product_id,
            "at": referred.at,
        },
    )
