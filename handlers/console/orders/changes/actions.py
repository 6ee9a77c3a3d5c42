"""What clerks do about an order, each with its form and the work behind it."""

from collections.abc import Awaitable, Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Form
from handlers.console.orders.changes import doing
from handlers.console.orders.changes.doing import Step
from handlers.console.orders.wordings import METHODS
from repository.aftersales.deciding import answer_return
from repository.chats.notices import notice_statement
from repository.database.connection import Connection
from repository.desk.order import approving
from repository.desk.order.opened import Opened
from repository.orders.history import Actor
from repository.orders.moves import move
from repository.payments import ledger
from repository.rules import Rules

__all__ = ["ACTIONS", "Acting", "Action", "amount_of"]


class Acting(msgspec.Struct, frozen=True):
    """Somebody does something about an order.

    Attributes:
        opened: The order as they saw it.
        typed: Their form.
        actor: They.
        rules: The shop's rules.
        is_rehearsal: Whether it is only tried, to see what the shopper would read.
    """

    opened: Opened
    typed: msgspec.Struct
    actor: Actor
    rules: Rules
    is_rehearsal: bool = False

    @property
    def order_id(self) -> int:
        """`orders.id`."""
        return self.opened.order.id


class Action(msgspec.Struct, frozen=True):
    """Something that can be done about an order.

    Attributes:
        step: Its button, and who may.
        lead: What it does, in a sentence.
        form: What it asks.
        first: What the form begins with.
        work: Does it, in a transaction in which the order is locked and as it was seen.
        done: What to say when it is done.
        change: What `repository.orders.history.Change` calls it, so that a second click is known for one.
    """

    step: Step
    lead: str
    form: Form[msgspec.Struct]
    first: Callable[[Opened], msgspec.Struct]
    work: Callable[[Connection, Acting], Awaitable[None]]
    done: str
    change: str


def amount_of(text: str) -> Decimal | None:
    """An amount of money as people write it; None where it is none.

    Args:
        text: Such as "1,234.50" or "₱500".
    """
    try:
        amount = Decimal(text.replace("₱", "").replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 < amount < 10**8:
        return None
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP) or None  # less than half a centavo is none


def _amount_wrong(text: str) -> str:
    return "" if amount_of(text) is not None else "Please write an amount, such as 1234.50."


class Nothing(msgspec.Struct, frozen=True):
    """A form that asks nothing."""


class ConfirmForm(msgspec.Struct, frozen=True):
    """Confirming an order whose shopper is not checked."""

    trust: Annotated[bool, Field(label="I know this shopper: confirm without the check")] = False


class PaidForm(msgspec.Struct, frozen=True):
    """Money that came in."""

    amount: Annotated[str, Field(label="Amount", needed="Please write how much came in.", check=_amount_wrong)]
    method: Annotated[str, Field(label="By", choices=METHODS)]
    reference: Annotated[
        str, Field(label="Reference number", most=100, help="As it stands in your app. Leave it empty for cash.")
    ] = ""


class ShipForm(msgspec.Struct, frozen=True):
    """Who brings the parcel."""

    courier: Annotated[str, Field(label="Courier", most=100, needed="Please say who brings it.")]
    tracking: Annotated[
        str, Field(label="Tracking number", most=100, help="The shopper gets it, with the courier’s page.")
    ] = ""


class CancelForm(msgspec.Struct, frozen=True):
    """Why an order is cancelled."""

    reason: Annotated[
        str, Field(label="Why", rows=3, most=500, help="The shopper reads this. Its pieces go back on the shelf.")
    ] = ""


class RefundForm(msgspec.Struct, frozen=True):
    """Money that went back."""

    amount: Annotated[str, Field(label="Amount", needed="Please write how much went back.", check=_amount_wrong)]
    method: Annotated[str, Field(label="By", choices=METHODS)]
    reference: Annotated[str, Field(label="Reference number", most=100, help="The shopper gets it.")] = ""
    note: Annotated[str, Field(label="Note for your colleagues", most=500)] = ""


class AcceptForm(msgspec.Struct, frozen=True):
    """How something is sent back."""

    words: Annotated[
        str,
        Field(label="What to do", rows=3, most=500, help="Where to send it, and who pays. The shopper reads it."),
    ] = ""


class RefuseForm(msgspec.Struct, frozen=True):
    """Why something is not taken back."""

    words: Annotated[
        str,
        Field(label="Why", rows=3, most=500, help="The shopper reads this.", needed="Please write why."),
    ] = ""


def _plain(amount: Decimal) -> str:
    return f"{amount:f}" if amount > 0 else ""


def _moving(to: str) -> Callable[[Connection, Acting], Awaitable[None]]:
    async def work(conn: Connection, acting: Acting) -> None:
        await move(conn, order_id=acting.order_id, to=to, actor=acting.actor, rules=acting.rules)

    return work


async def _confirm(conn: Connection, acting: Acting) -> None:
    if acting.opened.order.needs_verification and getattr(acting.typed, "trust", False):
        await approving.approve(conn, order_id=acting.order_id, actor=acting.actor)
    await move(conn, order_id=acting.order_id, to="confirmed", actor=acting.actor, rules=acting.rules)


async def _paid(conn: Connection, acting: Acting) -> None:
    typed = acting.typed
    assert isinstance(typed, PaidForm)
    amount = amount_of(typed.amount) or Decimal(0)
    money = await ledger.record(
        conn,
        order_id=acting.order_id,
        kind="payment",
        amount=amount,
        method=typed.method,
        reference="".join(typed.reference.split()),
        actor=acting.actor,
    )
    if acting.is_rehearsal and acting.opened.order.status != "delivered":
        # The shopper is told by what works on the queue, in the same words.
        order = acting.opened.order
        on_delivery = int(order.payment_method == "cod")
        facts: dict[str, str | int] = {"order_id": order.id, "number": order.order_number, "amount": str(amount),
                                       "balance": str(money.balance), "on_delivery": on_delivery}  # fmt: skip
        await conn.batch(notice_statement(order.id, "payment_received", "notices.payment_received", facts))


async def _ship(conn: Connection, acting: Acting) -> None:
    typed = acting.typed
    assert isinstance(typed, ShipForm)
    await move(
        conn,
        order_id=acting.order_id,
        to="shipped",
        actor=acting.actor,
        rules=acting.rules,
        courier=typed.courier,
        tracking=typed.tracking,
    )


async def _cancel(conn: Connection, acting: Acting) -> None:
    assert isinstance(acting.typed, CancelForm)
    await move(
        conn,
        order_id=acting.order_id,
        to="cancelled",
        actor=acting.actor,
        rules=acting.rules,
        reason=acting.typed.reason,
    )


async def _accept(conn: Connection, acting: Acting) -> None:
    assert isinstance(acting.typed, AcceptForm)
    await answer_return(conn, order_id=acting.order_id, accepted=True, words=acting.typed.words, actor=acting.actor)


async def _refuse(conn: Connection, acting: Acting) -> None:
    assert isinstance(acting.typed, RefuseForm)
    await answer_return(conn, order_id=acting.order_id, accepted=False, words=acting.typed.words, actor=acting.actor)


async def _refund(conn: Connection, acting: Acting) -> None:
    typed = acting.typed
    assert isinstance(typed, RefundForm)
    await ledger.record(
        conn,
        order_id=acting.order_id,
        kind="refund",
        amount=amount_of(typed.amount) or Decimal(0),
        method=typed.method,
        reference="".join(typed.reference.split()),
        note=typed.note,
        actor=acting.actor,
    )


def _way_of(opened: Opened) -> str:
    """How the order's money usually travels."""
    return opened.order.payment_method if opened.order.payment_method in METHODS else "cod"


_NOTHING: Form[msgspec.Struct] = Form(Nothing)
ACTIONS = {
    action.step.key: action
    for action in (
        Action(doing.CONFIRM, "Its pieces are sold, and it can be packed.", Form(ConfirmForm),
               lambda _: ConfirmForm(), _confirm, "The order is confirmed.", "confirmed"),
        Action(doing.PAID, "Write down money that you have seen in your account or hand.", Form(PaidForm),
               lambda one: PaidForm(_plain(one.money.balance), _way_of(one)), _paid, "The money is written down.",
               "payment"),
        Action(doing.PACK, "It is in its box, and nothing of it can be changed any more.", _NOTHING,
               lambda _: Nothing(), _moving("processing"), "The order is packed.", "processing"),
        Action(doing.SHIP, "The courier has it.", Form(ShipForm),
               lambda one: ShipForm(one.order.courier, one.order.tracking), _ship, "The order is on its way.",
               "shipped"),
        Action(doing.DELIVER, "It has reached its shopper. Cash for the rider is written down with it.", _NOTHING,
               lambda _: Nothing(), _moving("delivered"), "The order is delivered.", "delivered"),
        Action(doing.CANCEL, "Nothing will be sent. This cannot be taken back.", Form(CancelForm),
               lambda _: CancelForm(), _cancel, "The order is cancelled.", "cancelled"),
        Action(doing.ACCEPT, "The pieces may come back; take them once the parcel is here.", Form(AcceptForm),
               lambda _: AcceptForm(), _accept, "The return is accepted.", "back"),
        Action(doing.REFUSE, "The shopper keeps the pieces, and may ask again.", Form(RefuseForm),
               lambda _: RefuseForm(), _refuse, "The return is refused.", "back"),
        Action(doing.REFUND, "Send the money first, then write it down here.", Form(RefundForm),
               lambda one: RefundForm(_plain(one.refundable), _way_of(one)), _refund, "The refund is written down.",
               "refund"),
    )
}  # fmt: skip
"""By the last part of their addresses."""
