"""What the buttons mean with which the shop itself offers something."""

from replies.taps import ShopTap


class TakeDraft(ShopTap, frozen=True):
    """Order what a clerk has put together."""

    draft_id: int
