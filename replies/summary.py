"""The summary that is confirmed, and what follows: the receipt and what happens next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import (
    Adjustment,
    AnyQuickReply,
    Buttons,
    Message,
    PostbackButton,
    Receipt,
    ReceiptAddress,
    ReceiptLine,
    Text,
    split,
)
from bot.messenger.wording import size
from replies.base import About, Say
from replies.cart import CartSummary, line_text
from replies.delivery import address_lines
from replies.extras import extra_lines, extra_parts
from replies.orders import ANA, example_order, payment
from replies.parts import Said, button, clock_time, common, facts, fitting, quick, short_day
from replies.sending import accounts_in_words, parts_in_words, qr_codes
from replies.taps import Cancel, Confirm, EditCheckout, EnterPromo, OpenOrder, RemovePromo
from replies.words import cut
from repository.orders.addresses import AddressDraft
from repository.orders.coming.arrival import Arrival
from repository.orders.extras import Extra
from repository.orders.placed_orders import Order, Quote
from repository.orders.standing import AHEAD
from repository.payments.accounts import Account


class OrderSummaryText(Said, frozen=True):
    """Everything about the order before it is placed, and the button that places it."""

    name: ClassVar[str] = "summary.summary"
    about: ClassVar[str] = "Everything about the order before it is placed, and the button that places it"
    quote: Annotated[Quote, About("What it comes to")]
    delivery: Annotated[AddressDraft, About("Where it goes")]
    method: Annotated[str, About("How it is paid")]
    nonce: Annotated[str, About("What the Confirm button carries")]
    extras: Annotated[tuple[Extra, ...], About("What was answered to what this shop asks beside the usual")] = ()
    remark: Annotated[str, About("What the shopper wrote to the order; empty for nothing")] = ""
    has_pin: Annotated[bool, About("Whether the rider gets a place on the map")] = False
    arrival: Annotated[Arrival | None, About("Between which days it arrives; None where nobody knows")] = None
    note: Annotated[
        str, About('What just happened: "", "price_changed", "old" (an old summary\'s button was tapped)')
    ] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        quote = self.quote
        head = say("summary.head", note=self.note)
        lines = [line_text(say, line) for line in quote.lines]
        goes_to = say("summary.goes_to", address=address_lines(say, self.delivery))
        beside = ("\n" + say("summary.beside", remark=cut(self.remark, 200), has_pin=self.has_pin)).rstrip()
        goes_to = "\n".join((goes_to, *extra_lines(say, self.extras))) + beside
        foot = say(
            "summary.summary",
            subtotal=quote.subtotal,
            shipping_fee=quote.shipping_fee,
            zone=cut(quote.zone_name, 60),
            days=cut(quote.estimated_days, 30),
            first=short_day(self.arrival.first) if self.arrival else "",
            last=short_day(self.arrival.last) if self.arrival else "",
            discount=quote.discount,
            promo_code=quote.promo_code,
            total=quote.total,
            payment=payment(say, self.method),
            verify=quote.needs_verification,
            reason=quote.verification_reason,
            down_payment=quote.down_payment,
            balance=quote.total - quote.down_payment,
            ahead=self.method in AHEAD,
            confirm=say("summary.button_confirm"),
        )
        whole = "\n".join((head, *lines, "", goes_to, "", foot))
        if size(whole) <= 640:
            return [Buttons(whole, self._buttons(say), self.quick_replies(say))]
        shown = fitting(lines, 1200)
        if shown < len(lines):
            lines = [*lines[:shown], say("cart.more_lines", more=len(lines) - shown)]
        text = "\n".join((head, *lines, "", goes_to))
        return [*split(Text(text)), Buttons(foot, self._buttons(say), self.quick_replies(say))]

    def _buttons(self, say: Say) -> tuple[PostbackButton, ...]:
        return (
            button(say, "summary.button_confirm", Confirm(nonce=self.nonce)),
            button(say, "summary.button_change", EditCheckout()),
            button(say, "summary.button_cancel", Cancel()),
        )

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if self.quote.promo_code:
            return (quick(say, "summary.quick_remove_promo", RemovePromo()),)
        return (quick(say, "summary.quick_promo", EnterPromo()),)

    @classmethod
    def example(cls) -> Self:
        cart = CartSummary.example().cart
        quote = Quote(
            lines=cart.lines, subtotal=cart.subtotal, shipping_fee=Decimal(79), discount=Decimal(50),
            total=Decimal(868), promo_code="SUKI50", zone_name="Metro Manila", estimated_days="1-3 days",
            needs_verification=False, verification_reason="",
        )  # fmt: skip
        extras = tuple(Extra(part, "Happy birthday, Nanay!") for part in extra_parts())
        arrival = Arrival(date(2026, 12, 3), date(2026, 12, 5), ())
        return cls(
            quote=quote,
            delivery=ANA,
            method="cod",
            nonce="kX3",
            extras=extras,
            remark="Pa-gift wrap po!",
            arrival=arrival,
        )


class ShortOf(Said, frozen=True):
    """Something in the cart cannot be had in that number any more."""

    name: ClassVar[str] = "summary.short"
    about: ClassVar[str] = "Something in the cart cannot be had in that number any more"
    product: Annotated[str, About("The product's name; may be empty")]
    left: Annotated[int, About("Pieces that are left")]

    def messages(self, say: Say) -> Sequence[Message]:
        return [Text(text=say(self.name, product=self.product[:200], left=self.left))]

    @classmethod
    def example(cls) -> Self:
        return cls(product="Blue mug (Size: Large)", left=1)


class TapConfirm(Said, frozen=True):
    """The summary stands: tap Confirm, or type yes."""

    name: ClassVar[str] = "summary.tap_confirm"
    about: ClassVar[str] = "The summary stands: tap Confirm, or type yes"
    nonce: str
    total: Decimal

    def messages(self, say: Say) -> Sequence[Message]:
        buttons = (
            button(say, "summary.button_confirm", Confirm(nonce=self.nonce)),
            button(say, "summary.button_change", EditCheckout()),
            button(say, "summary.button_cancel", Cancel()),
        )
        confirm, change, _ = (one.title for one in buttons)
        text = say(self.name, total=self.total, confirm=confirm, change=change)
        return [Buttons(text, buttons, self.quick_replies(say))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (quick(say, "summary.quick_promo", EnterPromo()), *common(say, "shipping", "person"))

    @classmethod
    def example(cls) -> Self:
        return cls(nonce="kX3", total=Decimal(868))


class OrderReceipt(Said, frozen=True):
    """The receipt, as Messenger draws one."""

    name: ClassVar[str] = "summary.receipt"
    about: ClassVar[str] = "The receipt, as Messenger draws one"
    order: Annotated[Order, About("The order")]
    currency: Annotated[str, About("ISO code")]
    shop_name: Annotated[str, About("The shop's name")]

    def messages(self, say: Say) -> Sequence[Message]:
        return [self._receipt(say)]

    def _receipt(self, say: Say) -> Receipt:
        order = self.order
        delivery = order.delivery
        adjustments = (
            (Adjustment(say("summary.receipt_discount", code=order.promo_code), order.discount),)
            if order.discount
            else ()
        )
        return Receipt(
            recipient_name=delivery.recipient_name,
            order_number=order.order_number,
            currency=self.currency,
            payment_method=say(
                "summary.receipt_payment",
                payment=payment(say, order.payment_method),
                down_payment=order.down_payment,
                balance=order.total - order.down_payment,
            ),
            lines=tuple(
                ReceiptLine(
                    title=line.name,
                    subtitle=line.variant,
                    quantity=line.quantity,
                    price=line.total,
                    image_url=line.picture_url,
                )
                for line in order.lines
            ),
            subtotal=order.subtotal,
            shipping_cost=order.shipping_fee,
            total_cost=order.total,
            adjustments=adjustments,
            address=ReceiptAddress(
                street_1=", ".join(part for part in (delivery.address_line1, delivery.barangay) if part),
                street_2=delivery.landmark,
                city=delivery.city,
                state=delivery.province,
                postal_code=delivery.postal_code,
                country="PH",
            ),
            ordered_at=order.created_at,
            merchant_name=self.shop_name,
        )

    @classmethod
    def example(cls) -> Self:
        return cls(order=example_order(), currency="PHP", shop_name="Bahay at Baon")


class OrderPlacedText(Said, frozen=True):
    """The order is placed, and this happens next."""

    name: ClassVar[str] = "summary.placed"
    about: ClassVar[str] = "The order is placed, and this happens next"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    total: Annotated[Decimal, About("What is to be paid")]
    method: Annotated[str, About('How it is paid, such as "cod" or "gcash"')]
    account: Annotated[str, About("Where a payment in advance goes to, as the merchant has set it; may be empty")]
    verify_until: Annotated[datetime | None, About("Until when it must be verified; None where it need not be")]
    first_name: Annotated[str, About("The shopper's first name; may be empty")]
    pay_now: Annotated[Decimal, About("What is to be paid before it is confirmed; may be nothing")] = Decimal(0)
    pay_until: Annotated[datetime | None, About("Until when that is waited for")] = None
    accounts: Annotated[tuple[Account, ...], About("Where it may be sent to")] = ()
    parts: Annotated[tuple[Decimal, ...], About("The transfers that it is sent in")] = ()
    no_invoice: Annotated[bool, About("Whether it is said that the receipt is no official invoice")] = False

    def messages(self, say: Say) -> Sequence[Message]:
        variables = facts(self) | {"until": clock_time(self.verify_until), "payment": payment(say, self.method)}
        variables |= {
            "account": self.account[:200],
            "pay_until": clock_time(self.pay_until),
            "where": accounts_in_words(say, self.accounts),
            "parts": parts_in_words(say, self.parts),
            "balance": self.total - self.pay_now,
        }
        del variables["verify_until"], variables["order_id"], variables["accounts"], variables["no_invoice"]
        quick_replies = (
            quick(say, "summary.quick_see_order", OpenOrder(order_id=self.order_id)),
            *common(say, "products", "person", "menu"),
        )
        text = say(self.name, **variables)
        if self.no_invoice:
            text = "\n\n".join((text, say("summary.no_invoice")))
        return [*qr_codes(self.accounts), Text(text=text, quick_replies=quick_replies)]

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41,
            number="ORD-20261125-K7M2Q9XA",
            total=Decimal(868),
            method="gcash",
            account="0917 000 0000, Bahay at Baon",
            verify_until=None,
            first_name="Ana",
            pay_now=Decimal(868),
            pay_until=datetime(2026, 11, 25, 15, 45, tzinfo=UTC),
            accounts=(Account("gcash", "", "Bahay at Baon", "0917 000 0000"),),
            parts=(Decimal(868),),
            no_invoice=True,
        )


class AlreadyPlaced(Said, frozen=True):
    """The order of this summary was placed before; it is placed once."""

    name: ClassVar[str] = "summary.already_placed"
    about: ClassVar[str] = "The order of this summary was placed before; it is placed once"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    total: Annotated[Decimal, About("What is to be paid")]

    def messages(self, say: Say) -> Sequence[Message]:
        quick_replies = (
            quick(say, "summary.quick_see_order", OpenOrder(order_id=self.order_id)),
            *common(say, "orders", "products", "menu"),
        )
        return [Text(text=say(self.name, number=self.number, total=self.total), quick_replies=quick_replies)]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number="ORD-20261125-K7M2Q9XA", total=Decimal(868))
