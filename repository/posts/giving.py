"""The pieces that are held for a shopper go to the order that they place."""

from collections.abc import Collection, Sequence

import msgspec

from repository.database.connection import Statement
from repository.posts.claims import ABOUT, DONE, Line, moving


class Ours(msgspec.Struct, frozen=True):
    """A claim of a shopper who orders."""

    id: int
    product_id: int
    variant_id: int | None
    held: int


def ours_statement(shopper_id: int) -> Statement:
    """What reads a shopper's claims, to be sent behind the locks of the products that they order.

    Args:
        shopper_id: `users.id`.
    """
    return Statement(
        "SELECT id, product_id, variant_id, held FROM post_claims FORCE INDEX (ix_post_claims_user)"
        " WHERE user_id = %(shopper_id)s AND status IN ('open', 'held', 'waiting') ORDER BY id",
        {"shopper_id": shopper_id},
    )


def giving(ours: Sequence[Ours], lines: Collection[Line]) -> dict[str, Statement]:
    """What gives the pieces that are held for a shopper to the order that is being written, `@qs_order`.

    It goes before the reservation, which takes them again. Each row is named by its id, so that no other is locked.

    Args:
        ours: The shopper's claims.
        lines: What is ordered.
    """
    given = [one for one in ours if Line(one.product_id, one.variant_id) in lines]
    if not given:
        return {}
    moved: dict[str, Statement] = {}
    for one in given:
        if one.held:
            for place, statement in enumerate(moving(Line(one.product_id, one.variant_id), one.held)):
                moved[f"claim {one.id}.{place}"] = statement
    return {
        "claims' note": ABOUT,
        **moved,
        "claims' note done": DONE,
        "claims": Statement(
            "UPDATE post_claims FORCE INDEX (PRIMARY) SET status = 'ordered', held = 0, order_id = @qs_order"
            " WHERE id IN %(ids)s",
            {"ids": [one.id for one in given]},
        ),
    }
