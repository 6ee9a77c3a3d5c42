"""What the shop has just offered to put into the cart."""

from dialogs.reading.context import Context
from replies.taps import AddToCart


def offered_in(context: Context) -> tuple[int, int | None, int] | None:
    """What the shop offered to put into the cart just before: who names another thing now wants both.

    Args:
        context: What a text is read against.
    """
    for one, tap in zip(context.offered, context.taps, strict=True):
        if isinstance(tap, AddToCart) and tap.quantity and not one.of and not one.is_above:
            return tap.product_id, tap.variant_id, tap.quantity
    return None
