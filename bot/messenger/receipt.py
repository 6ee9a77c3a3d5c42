"""The receipt template: what was ordered, where it goes, what it costs. Contract, section 3.3."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from bot.messenger import limits
from bot.messenger.outgoing import Message, template
from bot.messenger.wording import one_line

_CENT = Decimal("0.01")
_MISSING = "-"


class ReceiptLine(msgspec.Struct, frozen=True):
    """One thing that was ordered. `price` is for all pieces together, in the receipt's currency; 0 is allowed."""

    title: str
    price: Decimal
    subtitle: str = ""
    quantity: int = 1
    image_url: str = ""


class Adjustment(msgspec.Struct, frozen=True):
    """Something taken off the total: a promo, a coupon. `amount` is positive."""

    name: str
    amount: Decimal


class ReceiptAddress(msgspec.Struct, frozen=True):
    """Where it goes. `country` is two letters. Messenger wants every line but the second: an empty one shows a dash."""

    street_1: str
    city: str
    state: str
    country: str
    postal_code: str = ""
    street_2: str = ""

    def shape(self) -> dict[str, object]:
        """The address as Messenger wants it."""
        lines: dict[str, object] = {
            "street_1": self.street_1.strip() or _MISSING,
            "city": self.city.strip() or _MISSING,
            "postal_code": self.postal_code.strip() or _MISSING,
            "state": self.state.strip() or _MISSING,
            "country": self.country.strip() or _MISSING,
        }
        if self.street_2.strip():
            lines["street_2"] = self.street_2.strip()
        return lines


class Receipt(Message, frozen=True, kw_only=True):
    """The receipt of an order. Messenger refuses a second one with the same `order_number`; it shows 100 lines.

    Attributes:
        currency: Three letters (ISO 4217).
        payment_method: As the shopper reads it.
        lines: Their order is not kept.
        total_cost, subtotal, shipping_cost, total_tax: Money in `currency`; None leaves it out.
        ordered_at: Aware.
        order_url: A page about the order.
    """

    recipient_name: str
    order_number: str
    currency: str
    payment_method: str
    total_cost: Decimal
    lines: tuple[ReceiptLine, ...] = ()
    subtotal: Decimal | None = None
    shipping_cost: Decimal | None = None
    total_tax: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    address: ReceiptAddress | None = None
    ordered_at: datetime | None = None
    order_url: str = ""
    merchant_name: str = ""

    def payload(self) -> dict[str, object]:
        receipt: dict[str, object] = {
            "template_type": "receipt",
            "recipient_name": self.recipient_name.strip() or _MISSING,
            "order_number": self.order_number,
            "currency": self.currency,
            "payment_method": self.payment_method.strip() or _MISSING,
            "summary": {
                name: _amount(money)
                for name, money in (
                    ("subtotal", self.subtotal),
                    ("shipping_cost", self.shipping_cost),
                    ("total_tax", self.total_tax),
                    ("total_cost", self.total_cost),
                )
                if money is not None
            },
        }
        if self.lines:
            receipt["elements"] = [self._line(line) for line in self.lines[: limits.RECEIPT_LINES]]
        if self.adjustments:
            receipt["adjustments"] = [{"name": one.name, "amount": _amount(one.amount)} for one in self.adjustments]
        if self.address is not None:
            receipt["address"] = self.address.shape()
        if self.ordered_at is not None:
            receipt["timestamp"] = str(int(self.ordered_at.timestamp()))
        if self.order_url:
            receipt["order_url"] = self.order_url
        if self.merchant_name:
            receipt["merchant_name"] = self.merchant_name
        return template(receipt)

    def _line(self, line: ReceiptLine) -> dict[str, object]:
        element: dict[str, object] = {
            "title": one_line(line.title, limits.ELEMENT_TITLE),
            "quantity": line.quantity,
            "price": _amount(line.price),
            "currency": self.currency,
        }
        if line.subtitle.strip():
            element["subtitle"] = one_line(line.subtitle, limits.ELEMENT_SUBTITLE)
        if line.image_url:
            element["image_url"] = line.image_url
        return element


def _amount(money: Decimal) -> float:
    """A JSON number with at most two decimals, which is what Messenger takes; exact up to 13 digits before them."""
    return float(money.quantize(_CENT, ROUND_HALF_UP))
