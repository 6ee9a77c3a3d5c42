"""Taps about what proves that an order was paid, or who ordered."""

from replies.taps import ShopTap


class ProveOrder(ShopTap, frozen=True):
    """Send what proves an order: `kind` is "payment" or "identity", or empty for what the order waits for."""

    order_id: int
    kind: str = ""


class ChooseId(ShopTap, frozen=True):
    """Show this kind of ID for an order."""

    order_id: int
    id_type: str
