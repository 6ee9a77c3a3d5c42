"""The states of what is kept for later."""

from dialogs.engine.state import State


class ListingWishlist(State, frozen=True, tag="wishlist"):
    """A page of the wishlist is shown."""

    page: int = 1
