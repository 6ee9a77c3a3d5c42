"""What the buttons mean with which the bot asks what was meant."""

from replies.taps import ShopTap


class PickReply(ShopTap, frozen=True):
    """Say what the merchant has written about this."""

    reply_id: int
