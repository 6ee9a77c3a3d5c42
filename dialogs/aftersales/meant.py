"""Which order is meant by a wish, and what can be done where there is none of the kind."""

from collections.abc import Mapping

from bot.language.fold import fold
from dialogs.engine.run import Turn
from dialogs.showing.tracking import my_orders_that
from repository.orders.placed_orders import OrderSummary

FITS: Mapping[str, tuple[str, ...]] = {
    "cancel": ("pending", "confirmed"),
    "address": ("pending", "confirmed"),
    "phone": ("pending", "confirmed"),
    "items": ("pending", "confirmed"),
    "method": ("pending", "confirmed", "processing"),
    "terms": ("pending",),
    "delivery": ("pending", "confirmed", "processing", "shipped"),
    "return": ("shipped", "delivered"),
    "received": ("shipped", "delivered"),
    "again": ("pending", "confirmed", "processing", "shipped", "delivered", "cancelled", "returned"),
    "track": ("pending", "confirmed", "processing", "shipped"),
    "when": ("pending", "confirmed", "processing", "shipped"),
    "courier": ("shipped",),
    "refuse": ("pending", "confirmed", "processing", "shipped"),
    "payment": ("pending", "confirmed", "processing", "shipped", "delivered", "cancelled"),
    "receipt": ("pending", "confirmed", "processing", "shipped"),
}
"""Where an order is that a wish can be about."""
CHANGES = ("cancel", "address", "phone", "items", "method")


async def orders_meant(wish: str, text: str, turn: Turn) -> tuple[list[OrderSummary], list[OrderSummary]]:
    """The shopper's orders that a wish can be about, the newest first, and all that the shopper has.

    Args:
        wish: As `bot.language.afterwards.wishes` tells it.
        text: What was typed: an order's number in it names the one.
        turn: The facts.
    """
    mine = await my_orders_that(lambda _: True, turn)
    said = fold(text)
    named = [one for one in mine if fold(one.order_number) in said]
    fitting = [one for one in (named or mine) if one.status in FITS.get(wish, ())]
    return fitting[:1] if wish == "again" and not named else fitting, named or mine
