"""An order with all that the desk shows of it, as facts."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.orders.addresses import AddressDraft
from repository.orders.flags import Flag
from repository.payments.ledger import Money


class DeskOrder(msgspec.Struct, frozen=True):
    """An order, as far as its own row tells it.

    Attributes:
        id: `orders.id`.
        order_number: What people call it.
        version: `orders.version`, which a form carries.
        status: As in `orders.order_status`.
        payment_method: As in `orders.payment_method`.
        payment_status: As in `orders.payment_status`.
        verification_status: As in `orders.verification_status`.
        needs_verification: Whether it must be verified before it is confirmed, and is not yet.
        held_until: Until when it waits to be paid or verified; None where it does not.
        subtotal: What the goods cost.
        shipping_fee: What sending them costs.
        discount: What a promo takes off.
        total: What it comes to.
        paid: What came in.
        promo_code: Which promo, or empty.
        promo_title: What that is called, or empty.
        zone: Where it goes, by the shop's zones, or empty.
        zone_id: `shipping_zones.id`, None where it has none.
        days: How long sending takes, or empty.
        notes: What was asked and answered at checkout, or empty.
        courier: Who brings it, or empty.
        tracking: The parcel's number, or empty.
        courier_link: Of that courier's page, with {number} where the number goes; or empty.
        reason: Why it was cancelled, or empty.
        language: "en" or "fil".
        risk_score: How risky it looks, None where nobody looked.
        risk_reasons: Why, by name.
        created_at: When it was placed.
        pin: The place on the map for the rider: "14.599512,120.984222", or an address of a map; or empty.
    """

    id: int
    order_number: str
    version: int
    status: str
    payment_method: str
    payment_status: str
    verification_status: str
    needs_verification: bool
    held_until: datetime | None
    subtotal: Decimal
    shipping_fee: Decimal
    discount: Decimal
    total: Decimal
    paid: Decimal
    promo_code: str
    promo_title: str
    zone: str
    zone_id: int | None
    days: str
    notes: str
    courier: str
    tracking: str
    courier_link: str
    reason: str
    language: str
    risk_score: int | None
    risk_reasons: tuple[str, ...]
    created_at: datetime
    pin: str = ""


class DeskReferral(msgspec.Struct, frozen=True):
    """What led the shopper to order.

    Attributes:
        kind: By what way: link, ad, shop, post, product, card, cart, comment.
        ref: What the link or the ad carried, or empty.
        ad_id: The ad, or empty.
        ad_title: What stands on it, or empty.
        post_id: The post, or empty.
        came_at: When.
    """

    kind: str
    ref: str
    ad_id: str
    ad_title: str
    post_id: str
    came_at: datetime


class DeskLine(msgspec.Struct, frozen=True):
    """A line of an order.

    Attributes:
        id: `order_items.id`.
        product_id: `products.id`.
        variant_id: `product_variants.id`, None where the product has none.
        name: The product's name when it was ordered.
        variant: Such as "Size: Large", or empty.
        sku: Its number, or empty.
        quantity: Pieces.
        unit_price: What a piece cost.
        total: What the line cost.
        returned: Pieces that came back.
        picture_url: The product's picture of today, or empty.
        left: Pieces that can still be sold today.
    """

    id: int
    product_id: int
    variant_id: int | None
    name: str
    variant: str
    sku: str
    quantity: int
    unit_price: Decimal
    total: Decimal
    returned: int
    picture_url: str
    left: int


class DeskShopper(msgspec.Struct, frozen=True):
    """Who ordered.

    Attributes:
        id: `users.id`.
        psid: Their page-scoped id.
        name: Their name on Facebook, or empty.
        tier: As in `users.customer_tier`.
        spent: What they have bought and kept.
        orders: Orders that they have placed.
        delivered: Those that reached them.
        cancelled: Those that were cancelled.
        returned: Those that came back.
        trust_level: As in `trusted_buyers`, or empty.
        skips: Whether a merchant lets them skip verification.
        window_until: Until when Messenger lets us write freely; None where it does not.
        quiet_reason: Why the bot is quiet in their chat, or empty.
        now: The present moment by the database's clock.
    """

    id: int
    psid: str
    name: str
    tier: str
    spent: Decimal
    orders: int
    delivered: int
    cancelled: int
    returned: int
    trust_level: str
    skips: bool
    window_until: datetime | None
    quiet_reason: str
    now: datetime

    @property
    def cancelled_percent(self) -> int:
        """How many of their orders were cancelled, in percent."""
        return round(100 * self.cancelled / self.orders) if self.orders else 0

    @property
    def window_minutes(self) -> int:
        """For how many minutes Messenger still lets us write freely."""
        return max(0, int((self.window_until - self.now).total_seconds() // 60)) if self.window_until else 0


class DeskProof(msgspec.Struct, frozen=True):
    """What the shopper sent to prove something.

    Attributes:
        id: `order_proofs.id`.
        kind: "payment" or "identity".
        status: "waiting", "accepted", "rejected" or "withdrawn".
        amount: How much it says, None where it does not.
        reference: The number of the transfer, or empty.
        file_id: `stored_files.id` of its picture, None where there is none any more.
        created_at: When it came.
    """

    id: int
    kind: str
    status: str
    amount: Decimal | None
    reference: str
    file_id: int | None
    created_at: datetime


class DeskPayment(msgspec.Struct, frozen=True):
    """Money that came in or went back.

    Attributes:
        kind: "payment" or "refund".
        amount: How much.
        method: As in `orders.payment_method`.
        reference: The number of the transfer, or empty.
        by: Who wrote it down, or empty.
        created_at: When.
    """

    kind: str
    amount: Decimal
    method: str
    reference: str
    by: str
    created_at: datetime


class DeskReturn(msgspec.Struct, frozen=True):
    """What the shopper wants to send back.

    Attributes:
        id: `order_returns.id`.
        status: "requested", "accepted", "refused" or "received".
        reason: Why, in their words.
        pieces: How many.
        pictures: `stored_files.id` of what they sent to show why.
        created_at: When they asked.
    """

    id: int
    status: str
    reason: str
    pieces: int
    pictures: tuple[int, ...]
    created_at: datetime


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An order, opened.

    Attributes:
        refundable: How much of its money may go back now.
        referral: What led the shopper to order, None where that is not known.
    """

    order: DeskOrder
    delivery: AddressDraft
    lines: tuple[DeskLine, ...]
    shopper: DeskShopper
    money: Money
    refundable: Decimal
    proofs: tuple[DeskProof, ...]
    payments: tuple[DeskPayment, ...]
    returns: tuple[DeskReturn, ...]
    flags: tuple[Flag, ...]
    referral: DeskReferral | None = None
