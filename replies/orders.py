"""Orders that were placed: the list, one of them, taking one back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Buttons, Card, Cards, Message, PostbackButton, Text, split
from bot.messenger.wording import size
from replies.base import About, Say
from replies.delivery import address_lines
from replies.parts import NAME_IN_LIST, Said, button, clock_time, common, day, fitting, pages, quick
from replies.taps import CancelOrder, ConfirmCancelOrder, MyOrders, OpenOrder, VerifyOrder
from replies.timeline import order_buttons, timeline, ways_on
from replies.words import cut
from repository.aftersales.following import Progress, Step
from repository.orders.addresses import AddressDraft
from repository.orders.placed_orders import Order, OrderLine, OrderPage, OrderSummary

ANA = AddressDraft(
    recipient_name="Ana Reyes",
    phone="+639171234567",
    address_line1="12 Mabini St",
    barangay="San Roque",
    city="Marikina",
    province="Metro Manila",
    region="National Capital Region",
    postal_code="1801",
    landmark="beside the chapel",
)
"""For examples."""
SUMMARY = OrderSummary(
    41, "ORD-20261125-K7M2Q9XA", "confirmed", "cod", Decimal("918.00"), 3, datetime(2026, 11, 25, 7, tzinfo=UTC),
    "Blue mug", True,
)  # fmt: skip
"""For examples."""


class Orders(Said, frozen=True):
    """A page of the shopper's orders."""

    name: ClassVar[str] = "orders.list"
    about: ClassVar[str] = "A page of the shopper's orders"
    page: Annotated[OrderPage, About("The page")]

    def messages(self, say: Say) -> Sequence[Message]:
        if not self.page.items:
            quick_replies = common(say, "products", "best", "cart", "menu")
            return [Text(text=say("orders.none"), quick_replies=quick_replies)]
        cards = tuple(self._card(say, order) for order in self.page.items)
        paging = pages(say, self.page.page, self.page.pages, lambda page: MyOrders(page=page))
        text = say("orders.list", page=self.page.page, pages=self.page.pages)
        return [Text(text=text), Cards(cards, (*paging, *common(say, "products", "cart", "menu")))]

    def _card(self, say: Say, order: OrderSummary) -> Card:
        buttons: tuple[PostbackButton, ...] = (button(say, "orders.button_open", OpenOrder(order_id=order.id)),)
        if order.can_cancel:
            buttons += (button(say, "orders.button_cancel", CancelOrder(order_id=order.id)),)
        return Card(
            title=say("orders.title_order", number=order.order_number, status=status(say, order.status)),
            subtitle=say(
                "orders.subtitle_order",
                total=order.total,
                count=order.item_count,
                first=cut(order.first_item, 35),
                day=day(order.created_at),
            ),
            buttons=buttons,
        )

    @classmethod
    def example(cls) -> Self:
        return cls(page=OrderPage(items=(SUMMARY,), page=1, pages=1))


class OrderDetail(Said, frozen=True):
    """One order with all its lines."""

    name: ClassVar[str] = "orders.order"
    about: ClassVar[str] = "One order with all its lines"
    order: Annotated[Order, About("The order")]
    note: Annotated[str, About('What just happened: "", "cancelled", "already" (it had been placed before)')] = ""
    progress: Annotated[Progress | None, About("How far it has come; None where that is not shown")] = None

    def messages(self, say: Say) -> Sequence[Message]:
        order, progress = self.order, self.progress
        head = say(
            "orders.order_head",
            note=self.note,
            number=order.order_number,
            status=status(say, order.status),
            day="" if progress else day(order.created_at),
            tracking="" if progress else cut(order.tracking_number, 100),
            waiting=not progress and order.status == "pending" and order.verification_status in ("pending", "rejected"),
            until=clock_time(order.verification_expires_at),
            due=Decimal(0) if progress else order.due,
        )
        if progress:
            ahead = "" if order.payment_method == "cod" else payment(say, order.payment_method)
            head = "\n".join((head, timeline(say, progress, ahead, order.due), ""))
        foot = say(
            "orders.order",
            subtotal=order.subtotal,
            shipping_fee=order.shipping_fee,
            discount=order.discount,
            promo_code=order.promo_code,
            total=order.total,
            payment=payment(say, order.payment_method),
            paid=order.payment_status == "paid",
            paid_part=order.paid if order.balance else Decimal(0),
            balance=order.balance,
            down_payment=order.down_payment,
            address=address_lines(say, order.delivery),
            days=order.estimated_days if order.status in ("confirmed", "processing", "shipped") else "",
        )
        lines = [order_line(say, line) for line in order.lines]
        link = progress.link if progress else ""
        buttons = order_buttons(say, order.id, can_cancel=order.can_cancel, link=link)
        quick_replies = ways_on(say, order.id, progress) if progress else common(say, "products", "person", "menu")
        whole = "\n".join((head, *lines, "", foot))
        if size(whole) <= 640:
            return [Buttons(whole, buttons, quick_replies)]
        shown = fitting(lines, 1400)
        if shown < len(lines):
            lines = [*lines[:shown], say("orders.more_lines", more=len(lines) - shown)]
        closing = say("orders.next", number=order.order_number, total=order.total)
        texts = split(Text("\n".join((head, *lines, "", foot))))
        return [*texts, Buttons(closing, buttons, quick_replies)]

    @classmethod
    def example(cls) -> Self:
        at = SUMMARY.created_at
        steps = (Step("placed", at), Step("confirmed", at))
        return cls(order=example_order(), progress=Progress(steps=steps, can_change=True, can_cancel=True))


class UnknownOrderText(Said, frozen=True):
    """The shopper has no such order."""

    name: ClassVar[str] = "orders.unknown"
    about: ClassVar[str] = "The shopper has no such order"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "orders", "products", "person", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class ReallyCancel(Said, frozen=True):
    """Shall the order be cancelled?"""

    name: ClassVar[str] = "orders.really_cancel"
    about: ClassVar[str] = "Shall the order be cancelled?"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    total: Annotated[Decimal, About("What the order comes to")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (
            quick(say, "orders.quick_yes_cancel", ConfirmCancelOrder(order_id=self.order_id)),
            quick(say, "orders.quick_no_keep", OpenOrder(order_id=self.order_id)),
        )

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, total=SUMMARY.total)


class OrderCancelled(Said, frozen=True):
    """The order was cancelled."""

    name: ClassVar[str] = "orders.cancelled"
    about: ClassVar[str] = "The order was cancelled"
    number: Annotated[str, About("The order's number, as people call it")]
    paid: Annotated[bool, About("Whether the order was paid already")]
    is_sent: Annotated[bool, About("Whether a payment was sent that nobody has looked at yet")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "orders", "person", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(number=SUMMARY.order_number, paid=False)


class CannotCancel(Said, frozen=True):
    """The order is too far on its way to be cancelled here, or over."""

    name: ClassVar[str] = "orders.cannot_cancel"
    about: ClassVar[str] = "The order is too far on its way to be cancelled here, or over"
    status: Annotated[str, About('Where the order is, such as "shipped" or "delivered"')]

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, status=self.status, word=status(say, self.status))
        return [Text(text=text, quick_replies=common(say, "orders", "person", "products", "menu"))]

    @classmethod
    def example(cls) -> Self:
        return cls(status="shipped")


def ways_to_verify(say: Say, order_id: int, amount: Decimal) -> tuple[AnyQuickReply, ...]:
    """The quick replies to show an ID, and to pay ahead where the shop takes that.

    Args:
        say: Fills a block with facts.
        order_id: The order's id.
        amount: What paying ahead would take; nothing where only an ID will do.
    """
    order = str(order_id)
    show_id = quick(say, "notices.quick_show_id", VerifyOrder(order=order, kind="id"))
    if not amount:
        return (show_id,)
    return (show_id, quick(say, "notices.quick_pay_ahead", VerifyOrder(order=order, kind="upfront")))


def order_line(say: Say, line: OrderLine) -> str:
    """One line of an order in words.

    Args:
        say: Fills a block with facts.
        line: The line.
    """
    return say(
        "orders.line",
        product=cut(line.name, NAME_IN_LIST),
        variant=cut(line.variant, 40),
        quantity=line.quantity,
        total=line.total,
    )


def status(say: Say, word: str) -> str:
    """Where an order is, in words: `orders.order_status`."""
    return say("orders.status", status=word)


def payment(say: Say, method: str) -> str:
    """A payment method in words: `orders.payment_method`."""
    return say("orders.payment", method=method)


def example_order() -> Order:
    """A believable order, for examples."""
    return Order(
        id=SUMMARY.id,
        order_number=SUMMARY.order_number,
        status=SUMMARY.status,
        payment_method=SUMMARY.payment_method,
        total=SUMMARY.total,
        item_count=SUMMARY.item_count,
        created_at=SUMMARY.created_at,
        first_item=SUMMARY.first_item,
        can_cancel=SUMMARY.can_cancel,
        lines=(
            OrderLine("Blue mug", "Size: Large", 2, Decimal(120), Decimal(240), ""),
            OrderLine("Takure Whistling Kettle", "", 1, Decimal(599), Decimal(599), ""),
        ),
        subtotal=Decimal(839),
        shipping_fee=Decimal(79),
        discount=Decimal(0),
        promo_code="",
        delivery=ANA,
        payment_status="pending",
        verification_status="not_required",
        verification_expires_at=None,
        tracking_number="",
        estimated_days="1-3 days",
    )
