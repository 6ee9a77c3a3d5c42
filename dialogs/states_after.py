"""The states after an order was placed: changing it, sending something back, saying what one thinks of it."""

from typing import ClassVar

import msgspec

from dialogs.engine.state import State
from repository.aftersales.returning import Picked
from repository.files.files import Purpose


class ChoosingOrder(State, frozen=True, tag="order.which"):
    """Several orders could be meant.

    Attributes:
        wish: What is wanted of it, as `bot.language.afterwards.wishes` tells it.
        said: What was typed.
    """

    wish: str
    said: str = ""


class ChoosingCartOrOrder(State, frozen=True, tag="order.or_cart"):
    """A change could be for the cart or for an order that is not packed yet.

    Attributes:
        said: What was typed.
    """

    order_id: int
    said: str = ""


class EnteringDelivery(State, frozen=True, tag="order.delivery"):
    """Where an order shall go instead is asked, or which number to call; what is known of it so far.

    Attributes:
        part: "address" or "phone".
    """

    order_id: int
    part: str = "address"
    line1: str = ""
    barangay: str = ""
    city: str = ""
    province: str = ""


class ConfirmingDelivery(State, frozen=True, tag="order.delivery.confirm"):
    """Whether an order shall go where it was understood. Empty text leaves a part as it is."""

    order_id: int
    part: str = "address"
    phone: str = ""
    line1: str = ""
    barangay: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    landmark: str = ""


class ChangingItems(State, frozen=True, tag="order.items"):
    """What is in an order is shown, to be changed; something to add can be typed."""

    order_id: int


class ChangingItem(State, frozen=True, tag="order.item"):
    """How many of a line of an order there shall be."""

    order_id: int
    item_id: int


class Wanted(msgspec.Struct, frozen=True):
    """So many pieces of a product that an order shall hold."""

    product_id: int
    variant_id: int | None
    quantity: int


class ConfirmingItems(State, frozen=True, tag="order.items.confirm"):
    """Whether an order shall hold what was understood."""

    order_id: int
    items: tuple[Wanted, ...] = ()


class ChoosingOtherWay(State, frozen=True, tag="order.method"):
    """In which other way an order shall be paid; `method` is the one that was offered, empty where several were."""

    order_id: int
    method: str = ""


class SayingWhyCancelled(State, frozen=True, tag="order.cancelled"):
    """Why the order was cancelled, which need not be said."""

    order_id: int


class ChoosingReturn(State, frozen=True, tag="return.lines"):
    """What of an order shall be sent back. `file_ids` are pictures that came already, `reason` what was said why."""

    pictures: ClassVar[Purpose | None] = "return"

    order_id: int
    picked: tuple[Picked, ...] = ()
    file_ids: tuple[int, ...] = ()
    reason: str = ""


class SayingReturnReason(State, frozen=True, tag="return.reason"):
    """Why it shall be sent back. `file_ids` are pictures that came already."""

    pictures: ClassVar[Purpose | None] = "return"

    order_id: int
    picked: tuple[Picked, ...] = ()
    file_ids: tuple[int, ...] = ()


class ShowingReturn(State, frozen=True, tag="return.pictures"):
    """Pictures that show why."""

    pictures: ClassVar[Purpose | None] = "return"

    order_id: int
    picked: tuple[Picked, ...] = ()
    reason: str = ""
    file_ids: tuple[int, ...] = ()


class RatingOrder(State, frozen=True, tag="review.stars"):
    """How many stars; the words were typed already."""

    order_id: int
    words: str = ""


class ChoosingReviewed(State, frozen=True, tag="review.product"):
    """Which product of an order the stars are for."""

    order_id: int
    rating: int = 5
    words: str = ""


class WritingReview(State, frozen=True, tag="review.words"):
    """The stars are kept; words and a picture may follow.

    Attributes:
        product_ids: What they are for.
        said: Whether words were written.
    """

    pictures: ClassVar[Purpose | None] = "review"

    order_id: int
    product_ids: tuple[int, ...] = ()
    rating: int = 5
    said: bool = False
