"""What the shop has just offered to put into the cart."""

from dialogs.reading.context import Context
from replies.taps import AddToCart, BuyNow


def offered_in(context: Context) -> tuple[int, int | None, int] | None:
    """What the shop offered to put into the cart just before: who names another thing now wants both.

    An offer can be bought at once; the numbers of a question which one is meant cannot.

    Args:
        context: What a text is read against.
    """
    shown = [tap for one, tap in zip(context.offered, context.taps, strict=True) if not (one.of or one.is_above)]
    bought = {tap.product_id for tap in shown if isinstance(tap, BuyNow)}
    for tap in shown:
        if isinstance(tap, AddToCart) and tap.quantity and tap.product_id in bought:
            return tap.product_id, tap.variant_id, tap.quantity
    return None
