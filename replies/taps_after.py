"""What the buttons mean that come after an order: changing it, sending something back, reviewing what was bought."""

from replies.taps import ShopTap


class PickOrder(ShopTap, frozen=True):
    """This order is meant, of several that it could be."""

    order_id: int


class ChangeDelivery(ShopTap, frozen=True):
    """Have an order delivered elsewhere ("address"), or called for on another number ("phone")."""

    order_id: int
    part: str = "address"


class ConfirmDelivery(ShopTap, frozen=True):
    """Change where the order goes to what was understood."""

    order_id: int


class PayOtherwise(ShopTap, frozen=True):
    """Pay an order in another way; empty to be asked in which."""

    order_id: int
    method: str = ""


class ChangeItems(ShopTap, frozen=True):
    """Show what is in an order, to change it."""

    order_id: int


class ChangeItem(ShopTap, frozen=True):
    """Ask how many of a line of an order there shall be."""

    order_id: int
    item_id: int


class SetItem(ShopTap, frozen=True):
    """Have so many of a line of an order; none takes it out."""

    order_id: int
    item_id: int
    quantity: int


class AddItem(ShopTap, frozen=True):
    """Put one more product into an order."""

    order_id: int
    product_id: int
    variant_id: int | None = None


class ConfirmItems(ShopTap, frozen=True):
    """Change what is in the order to what was understood."""

    order_id: int


class CancelBecause(ShopTap, frozen=True):
    """Say why an order was cancelled: a word of `orders.quick_because`."""

    order_id: int
    reason: str


class OrderAgain(ShopTap, frozen=True):
    """Put what an order held into the cart."""

    order_id: int


class ReturnOrder(ShopTap, frozen=True):
    """Ask what of an order shall be sent back."""

    order_id: int


class ReturnItem(ShopTap, frozen=True):
    """Send back so many of a line of an order, 0 for all of it; of everything where the line is 0."""

    order_id: int
    item_id: int = 0
    quantity: int = 0


class ReturnBecause(ShopTap, frozen=True):
    """Say why something is sent back: a word of `returns.quick_because`."""

    order_id: int
    reason: str


class SendReturn(ShopTap, frozen=True):
    """Ask for the return, with the pictures that were sent so far."""

    order_id: int


class RateOrder(ShopTap, frozen=True):
    """Give what was bought so many stars; 0 asks how many."""

    order_id: int
    rating: int = 0


class ReviewProduct(ShopTap, frozen=True):
    """The stars are for this product of the order; 0 for all of it."""

    order_id: int
    product_id: int = 0


class SeeReviews(ShopTap, frozen=True):
    """Show what others think of a product."""

    product_id: int
    page: int = 1


class DeleteMyData(ShopTap, frozen=True):
    """Be deleted, once it was said what that means."""


class KeepMyData(ShopTap, frozen=True):
    """Not be deleted after all."""


class ResumePromos(ShopTap, frozen=True):
    """Have promos and reminders again."""
