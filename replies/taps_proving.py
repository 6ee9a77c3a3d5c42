"""Taps about what an order waits for: that it was paid, who ordered, whether they will receive it."""

from replies.taps import ShopTap


class ProveOrder(ShopTap, frozen=True):
    """Send what proves an order: `kind` is "payment" or "identity", or empty for what the order waits for."""

    order_id: int
    kind: str = ""


class ChooseId(ShopTap, frozen=True):
    """Show this kind of ID for an order."""

    order_id: int
    id_type: str


class ReceiveOrder(ShopTap, frozen=True):
    """Yes, I will receive this order."""

    order_id: int
