"""Every state of the shop's conversation: small, frozen, stored under a tag that is never reused for something else."""

from datetime import datetime
from decimal import Decimal

import msgspec

from dialogs.engine.state import Idle, State
from dialogs.states_after import (
    ChangingItem,
    ChangingItems,
    ChoosingCartOrOrder,
    ChoosingOrder,
    ChoosingOtherWay,
    ChoosingReturn,
    ChoosingReviewed,
    ConfirmingDelivery,
    ConfirmingItems,
    EnteringDelivery,
    RatingOrder,
    SayingReturnReason,
    SayingWhyCancelled,
    ShowingReturn,
    WritingReview,
)
from dialogs.states_looking import (
    BrowsingBrands,
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    ChoosingVariant,
    Searching,
    ViewingProduct,
)
from dialogs.states_proving import ChoosingIdType, ChoosingProof, SendingId, SendingProof, SendingSelfie
from dialogs.states_wishlist import ListingWishlist
from repository.orders.extras import Extra

# --- the cart -------------------------------------------------------------------------------------------------------


class ReviewingCart(State, frozen=True, tag="cart"):
    """The cart is shown."""


class ChangingLine(State, frozen=True, tag="cart.line"):
    """The shopper is asked how many pieces of a line."""

    line_id: int


class EmptyingCart(State, frozen=True, tag="cart.empty"):
    """The shopper is asked whether to empty the cart."""


# --- checkout -------------------------------------------------------------------------------------------------------


class Draft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of an order that is being made, kept beside the state until it is placed.

    Empty text is not given yet.

    Attributes:
        recipient: Who receives it.
        phone: E.164.
        line1: House number, street, building.
        barangay: Empty is possible where the shopper knows none.
        city: City or municipality.
        province: Province, or "Metro Manila".
        region: As the Philippines' regions are called.
        postal_code: Four digits, optional.
        landmark: For the rider, optional.
        address_id: A saved address that this is, None for one typed now.
        zone_id: `shipping_zones.id`; None where not known yet.
        payment_method: One of the shop's.
        promo_code: As the shopper typed it.
        asked: Optional parts that were asked already, so that they are not asked twice; and how the shopper came to
            the question, so that "back" leads there: "saved", "new", "change address".
        extras: The answers to extra questions, the last one given last; an empty one where it was skipped.
        note: What the shopper wrote to a cart that was sent from Facebook.
        pin: The place on the map where the rider finds them: "14.599512,120.984222", or an address of a map.
    """

    recipient: str = ""
    phone: str = ""
    line1: str = ""
    barangay: str = ""
    city: str = ""
    province: str = ""
    region: str = ""
    postal_code: str = ""
    landmark: str = ""
    address_id: int | None = None
    zone_id: int | None = None
    payment_method: str = ""
    promo_code: str = ""
    asked: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    note: str = ""
    pin: str = ""


class InCheckout(State, frozen=True):
    """Something of an order that is being made is asked; what is known of it is the turn's `Draft`."""


class ChoosingAddress(InCheckout, frozen=True, tag="checkout.saved"):
    """Which saved address, or a new one; `usual` is the way to pay that is offered with the first, empty for none."""

    usual: str = ""


class AskingRecipient(InCheckout, frozen=True, tag="checkout.recipient"):
    """Who receives it."""


class AskingPhone(InCheckout, frozen=True, tag="checkout.phone"):
    """The recipient's phone."""


class AskingAddress(InCheckout, frozen=True, tag="checkout.address"):
    """House number and street, or the whole address in one message."""


class AskingBarangay(InCheckout, frozen=True, tag="checkout.barangay"):
    """The barangay."""


class AskingCity(InCheckout, frozen=True, tag="checkout.city"):
    """The city or municipality."""


class AskingProvince(InCheckout, frozen=True, tag="checkout.province"):
    """The province."""


class AskingLandmark(InCheckout, frozen=True, tag="checkout.landmark"):
    """A landmark and the postal code, both optional."""


class ChoosingZone(InCheckout, frozen=True, tag="checkout.zone"):
    """Which shipping zone, where the address does not tell."""


class ChoosingPayment(InCheckout, frozen=True, tag="checkout.payment"):
    """How to pay."""


class AskingExtra(InCheckout, frozen=True, tag="checkout.extra"):
    """A plain question that needs no state of its own; `part` says which."""

    part: str = ""


class EnteringPromo(InCheckout, frozen=True, tag="checkout.promo"):
    """The promo code."""


class ChoosingChange(InCheckout, frozen=True, tag="checkout.change"):
    """Which part of the order to change."""


class ReviewingOrder(InCheckout, frozen=True, tag="checkout.review"):
    """The summary is shown: Confirm places it.

    Attributes:
        nonce: What makes this confirmation happen once.
        total: What the shopper was shown.
    """

    nonce: str = ""
    total: Decimal = Decimal(0)


# --- orders ---------------------------------------------------------------------------------------------------------


class OrderPlaced(State, frozen=True, tag="order.placed"):
    """An order was just placed."""

    order_id: int
    nonce: str = ""


class ListingOrders(State, frozen=True, tag="orders"):
    """A page of the shopper's orders is shown."""

    page: int = 1


class ViewingOrder(State, frozen=True, tag="order"):
    """One order is shown."""

    order_id: int


class CancellingOrder(State, frozen=True, tag="order.cancel"):
    """The shopper is asked whether to cancel an order."""

    order_id: int


class WaitingForPerson(State, frozen=True, tag="person"):
    """The shopper asked for a person; for a while after `since` what is typed is left for that person."""

    since: datetime | None = None


AnyState = (
    Idle
    | BrowsingCategories
    | BrowsingCategory
    | BrowsingFeatured
    | BrowsingList
    | BrowsingBrands
    | Searching
    | ViewingProduct
    | ChoosingVariant
    | ReviewingCart
    | ChangingLine
    | EmptyingCart
    | ListingWishlist
    | ChoosingAddress
    | AskingRecipient
    | AskingPhone
    | AskingAddress
    | AskingBarangay
    | AskingCity
    | AskingProvince
    | AskingLandmark
    | ChoosingZone
    | ChoosingPayment
    | AskingExtra
    | EnteringPromo
    | ChoosingChange
    | ReviewingOrder
    | OrderPlaced
    | ListingOrders
    | ViewingOrder
    | CancellingOrder
    | ChoosingOrder
    | ChoosingCartOrOrder
    | EnteringDelivery
    | ConfirmingDelivery
    | ChangingItems
    | ChangingItem
    | ConfirmingItems
    | ChoosingOtherWay
    | SayingWhyCancelled
    | ChoosingReturn
    | SayingReturnReason
    | ShowingReturn
    | RatingOrder
    | ChoosingReviewed
    | WritingReview
    | ChoosingProof
    | SendingProof
    | ChoosingIdType
    | SendingId
    | SendingSelfie
    | WaitingForPerson
)

Ordering = InCheckout | ReviewingCart
"""Where an order goes on: what is asked next, or the cart, where it cannot be ordered as it is."""
