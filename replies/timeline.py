"""How far an order has come, in plain words, and what can be done about it."""

from datetime import datetime
from decimal import Decimal

from bot.messenger.messages import AnyButton, AnyQuickReply, UrlButton
from replies.base import Say
from replies.parts import button, clock_time, common, quick
from replies.taps import CancelOrder, MyOrders
from replies.taps_after import ChangeDelivery, ChangeItems, OrderAgain, RateOrder, ReturnOrder
from replies.words import cut
from repository.aftersales.following import Progress, Step

STEPS_MOST = 9
"""Steps that are shown, the newest: an order that was paid in many parts has more."""


def timeline(say: Say, progress: Progress, method: str, due: Decimal) -> str:
    """The steps of an order, a line each, and what it waits for.

    Args:
        say: Fills a block with facts.
        progress: How far it has come.
        method: How it is paid ahead, in words; empty where it is not.
        due: Money that it waits for.
    """
    lines = [_line(say, step, progress) for step in progress.steps[-STEPS_MOST:]]
    if progress.waits:
        until = moment(progress.until)
        lines.append(say("timeline.waits", waits=progress.waits, until=until, payment=method, due=due))
    return "\n".join(lines)


def _line(say: Say, step: Step, progress: Progress) -> str:
    sent = step.kind == "shipped"
    return say(
        "timeline.step",
        kind=step.kind,
        when=moment(step.at),
        amount=step.amount,
        courier=cut(progress.courier, 40) if sent else "",
        tracking=cut(progress.tracking, 60) if sent else "",
        reason=cut(progress.reason, 120) if step.kind == "cancelled" else "",
        by=progress.cancelled_by if step.kind == "cancelled" else "",
    )


def moment(at: datetime | None) -> str:
    """A day and a time as people read them, such as "25 Nov, 3:45 PM"; empty for none."""
    return f"{at.day} {at:%b}, {clock_time(at)}" if at else ""


def ways_on(say: Say, order_id: int, progress: Progress) -> tuple[AnyQuickReply, ...]:
    """What can be done about an order where it is.

    Args:
        say: Fills a block with facts.
        order_id: `orders.id`.
        progress: How far it has come.
    """
    ways: list[AnyQuickReply] = []
    if progress.can_change:
        ways.append(quick(say, "timeline.quick_address", ChangeDelivery(order_id=order_id)))
        ways.append(quick(say, "timeline.quick_phone", ChangeDelivery(order_id=order_id, part="phone")))
        ways.append(quick(say, "timeline.quick_items", ChangeItems(order_id=order_id)))
    if progress.can_return:
        ways.append(quick(say, "timeline.quick_return", ReturnOrder(order_id=order_id)))
    if progress.can_review:
        ways.append(quick(say, "timeline.quick_review", RateOrder(order_id=order_id)))
    if progress.is_over:
        ways.append(quick(say, "timeline.quick_again", OrderAgain(order_id=order_id)))
    return (*ways, *common(say, "products", "person", "menu"))


def order_buttons(say: Say, order_id: int, *, can_cancel: bool, link: str) -> tuple[AnyButton, ...]:
    """The buttons below an order: the courier's page, taking it back, the list.

    Args:
        say: Fills a block with facts.
        order_id: `orders.id`.
        can_cancel: Whether the shopper may still take it back.
        link: The courier's page about the parcel; empty where there is none.
    """
    buttons: list[AnyButton] = []
    if link.startswith("https://"):
        buttons.append(UrlButton(say("timeline.button_parcel"), link))
    if can_cancel:
        buttons.append(button(say, "orders.button_cancel", CancelOrder(order_id=order_id)))
    return (*buttons, button(say, "orders.button_list", MyOrders()))
