"""What the buttons mean with which a comment below a post is answered."""

from replies.taps import ShopTap


class TakeCommented(ShopTap, frozen=True):
    """Put what a comment claims into the cart and, unless told otherwise, check out.

    `product_id` is what was picked where the comment did not say which product it means.
    """

    comment: int
    variant_id: int | None = None
    buying: bool = True
    product_id: int | None = None
