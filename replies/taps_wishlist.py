"""What the buttons mean about what is kept for later: the wishlist, what is sold out, a cart that was left."""

from replies.taps import ShopTap


class SaveForLater(ShopTap, frozen=True):
    """Put a product on the wishlist."""

    product_id: int
    variant_id: int | None = None


class OpenWishlist(ShopTap, frozen=True):
    """Show the wishlist."""

    page: int = 1


class DropSaved(ShopTap, frozen=True):
    """Take something off the wishlist. `is_line` is whether it is a line that was put aside from the cart."""

    saved_id: int
    is_line: bool = False


class TakeSaved(ShopTap, frozen=True):
    """Move something from the wishlist into the cart. `is_line` as in `DropSaved`."""

    saved_id: int
    is_line: bool = False


class PutAside(ShopTap, frozen=True):
    """Move a line of the cart to the wishlist."""

    line_id: int


class NotifyMe(ShopTap, frozen=True):
    """Be told when something is back that is sold out."""

    product_id: int
    variant_id: int | None = None


class StopWaiting(ShopTap, frozen=True):
    """Not be told of it any more."""

    product_id: int
    variant_id: int | None = None


class SilenceSaved(ShopTap, frozen=True):
    """Be told nothing more of something on the wishlist."""

    saved_id: int


class StopWishNews(ShopTap, frozen=True):
    """Be told nothing more of the wishlist at all."""


class ResumeWishNews(ShopTap, frozen=True):
    """Be told of the wishlist again."""


class NoReminders(ShopTap, frozen=True):
    """Never be reminded of a cart again."""


class LeaveCart(ShopTap, frozen=True):
    """Leave the cart as it is for now."""
