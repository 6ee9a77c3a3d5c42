"""What a shopper sends to prove an order: which order it is for, and what is still missing."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from bot.language.references import money_in, reference_in
from dialogs.engine.heard import SaysPaid, SentPictures
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, State
from dialogs.states import Draft, ViewingOrder
from dialogs.states_proving import ChoosingIdType, ChoosingProof, SendingProof
from replies.orders import UnknownOrderText
from replies.parts import clock_time
from replies.proving import AskIdType, AskProof, NothingToProve, PaymentOrId, PictureRefused, ProofReceived, WhichOrder
from repository.database.errors import NotFound, UnknownOrder
from repository.orders import flags
from repository.payments import accounts, proofs
from repository.payments.proofs import Awaiting

Proving = ChoosingProof | SendingProof | ChoosingIdType | ViewingOrder
"""Where a proof leads: to what is asked next, or to the order that it is for."""

PICTURES_MOST = 3
"""Screenshots of one payment that are taken at once: InstaPay moves so much, and no more, in one transfer."""
_RECENT = timedelta(days=7)
_ORDER_NUMBER = re.compile(r"\bORD-\d{8}-[A-Z0-9]{4,12}\b", re.IGNORECASE)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What a shopper sent to prove something.

    Attributes:
        files: The pictures, as `stored_files.id`.
        reference: The number of a transfer, empty for none.
        method: Whose number that looks like.
        amount: How much was sent, None where it was not told.
        text: What was typed with it.
        is_payment: Whether it can only be about money.
    """

    files: tuple[int, ...] = ()
    reference: str = ""
    method: str = ""
    amount: Decimal | None = None
    text: str = ""
    is_payment: bool = False


def claim_of(heard: SentPictures | SaysPaid) -> Claim:
    """What was sent, with what its words say.

    Args:
        heard: What the shopper did.
    """
    if isinstance(heard, SaysPaid):
        return claim_in(heard.text)
    said = claim_in(heard.text) if heard.text else Claim()
    return msgspec.structs.replace(said, files=heard.files, is_payment=bool(said.reference or said.amount))


def claim_in(text: str, *, asked: bool = False) -> Claim:
    """What a text says about a payment.

    Args:
        text: What was typed.
        asked: Whether a reference was asked for.
    """
    reference = reference_in(text, asked=asked)
    return Claim(
        reference=reference.number if reference else "",
        method=reference.method if reference else "",
        amount=money_in(text),
        text=text,
        is_payment=True,
    )


async def prove(
    state: Here, claim: Claim, turn: Turn, *, order_id: int = 0, kind: str = "", alone: bool = True
) -> Next[Here | Proving] | None:
    """Take what was sent for the order that it is for, or ask which; None where none of the shopper's waits for it.

    Args:
        state: Where the conversation stands.
        claim: What was sent.
        turn: The facts.
        order_id: Which order, where the shopper has said so.
        kind: "payment" or "identity", where the shopper has said so.
        alone: Whether nothing more is said behind the answer.
    """
    waiting = await ask(proofs.awaiting, shopper_id=turn.shopper_id, rules=turn.rules)
    fitting = _fitting(waiting, claim, order_id, kind)
    if len(fitting) > 1 and (shown := getattr(state, "order_id", 0)):
        fitting = [order for order in fitting if order.order_id == shown] or fitting
    if not fitting:
        return None
    if len(fitting) > 1:
        which = WhichOrder(orders=tuple(fitting), kind=kind or ("payment" if claim.is_payment else ""))
        return Next(_held(claim), [which], intent="prove_which")
    (order,) = fitting
    kind = kind or _kind_of(order, claim)
    if kind == "payment":
        return await _pay(state, order, claim, turn, alone)
    if kind == "identity":
        return ask_id_type(of(order), turn, files=claim.files)
    asked = msgspec.structs.replace(_held(claim), order_id=order.order_id)
    return Next(asked, [PaymentOrId(order_id=order.order_id, number=order.number)], intent="prove_what")


async def nothing_waits(state: Here, claim: Claim, turn: Turn, *, alone: bool = True) -> Next[Here] | None:
    """Say why what was sent is for no order; None where there is no order that it could be about.

    Money that may have been sent for a cancelled order is shown to the people of the shop.

    Args:
        state: Where the conversation stands.
        claim: What was sent.
        turn: The facts.
        alone: Whether nothing more is said behind the answer.
    """
    numbers = _ORDER_NUMBER.findall(claim.text)
    orders = await ask(proofs.orders_of, shopper_id=turn.shopper_id, numbers=tuple(numbers))
    if not orders:
        return Next(state, [UnknownOrderText()], intent="prove_unknown") if numbers else None
    order = orders[0]
    if not claim.is_payment and (order.status != "cancelled" or turn.now - order.created_at > _RECENT):
        return None
    told = order.status == "cancelled" and claim.is_payment
    if told:
        sent = f"reference {claim.reference}" if claim.reference else "no reference yet"
        note = f"The shopper says that they paid after the order was cancelled: {sent}."
        await ask(flags.raise_flag, order_id=order.order_id, kind="payment", note=note)
    said = NothingToProve(number=order.number, status=order.status, paid=order.is_paid, told=told, alone=alone)
    return Next(state, [said], intent="prove_nothing")


class Verifiable(msgspec.Struct, frozen=True, kw_only=True):
    """An order that an ID verifies.

    Attributes:
        order_id: `orders.id`.
        number: What people call it.
        until: Until when it waits, None where no time is set.
        ahead: Whether paying a part ahead verifies it too.
    """

    order_id: int
    number: str
    until: datetime | None
    ahead: bool


def of(order: Awaiting) -> Verifiable:
    """An order that waits for an ID."""
    return Verifiable(
        order_id=order.order_id, number=order.number, until=order.until, ahead=bool(order.payment and order.identity)
    )


def ask_id_type(order: Verifiable, turn: Turn, *, files: tuple[int, ...] = ()) -> Next[ChoosingIdType]:
    """Ask which ID it is; what was sent already is kept for the answer.

    Args:
        order: The order that is verified.
        turn: The facts.
        files: The pictures that were sent: at most the ID and the selfie.
    """
    asked = AskIdType(
        order_id=order.order_id,
        number=order.number,
        days=turn.rules.identity_kept_days,
        until=clock_time(order.until),
        ahead=order.ahead,
    )
    several = [PictureRefused(trouble="several", identity=True, alone=False)] if len(files) > 2 else []
    kept = files if len(files) <= 2 else ()
    return Next(ChoosingIdType(order_id=order.order_id, files=kept), [*several, asked], intent="prove_id")


def _fitting(waiting: Sequence[Awaiting], claim: Claim, order_id: int, kind: str) -> list[Awaiting]:
    """The orders that it can be for; the one that is most likely meant where only one is."""
    named = {number.upper() for number in _ORDER_NUMBER.findall(claim.text)}
    fitting = [
        order
        for order in waiting
        if (not order_id or order.order_id == order_id)
        and (not named or order.number.upper() in named)
        and (not (kind == "payment" or claim.is_payment) or order.payment)
        and (kind != "identity" or order.identity)
    ]
    for likely in (
        [order for order in fitting if claim.method and order.method == claim.method],
        [order for order in fitting if not order.under_review],
    ):
        if len(fitting) > 1 and len(likely) == 1:
            return likely
    return fitting


def _kind_of(order: Awaiting, claim: Claim) -> str:
    """What it proves, where that is plain."""
    if claim.is_payment or not order.identity:
        return "payment"
    return "" if order.payment else "identity"


def _held(claim: Claim) -> ChoosingProof:
    return ChoosingProof(
        files=claim.files, reference=claim.reference, method=claim.method, amount=claim.amount, text=claim.text[:500]
    )


async def _pay(state: Here, order: Awaiting, claim: Claim, turn: Turn, alone: bool) -> Next[Here | Proving]:
    sending = SendingProof(order_id=order.order_id)
    if len(claim.files) > PICTURES_MOST:
        return Next(sending, [PictureRefused(trouble="several", alone=alone)], intent="prove_several")
    if not claim.files and not claim.reference:
        method = order.method if order.method != "cod" else ""
        pay_to = () if claim.text else await ask(accounts.accounts_for, method=method, public_url=turn.rules.public_url)
        asked = AskProof(
            order_id=order.order_id,
            number=order.number,
            amount=order.payment,
            account=turn.rules.payment_account[:200],
            until=clock_time(order.until),
            paid=bool(claim.text),
            accounts=pay_to,
            identity=order.identity,
            parts=() if claim.text else accounts.parts_of(order.payment, most=turn.rules.transfer_most),
        )
        return Next(sending, [asked], intent="prove_ask")
    try:
        for place, file_id in enumerate(claim.files or (None,)):
            sent = await ask(
                proofs.submit,
                shopper_id=turn.shopper_id,
                order_id=order.order_id,
                kind="payment",
                rules=turn.rules,
                method=claim.method if order.method == "cod" else "",
                reference="" if place else claim.reference,
                amount=None if place else claim.amount,
                file_id=file_id,
                words=claim.text,
            )
    except NotFound:
        return Next(sending, [PictureRefused(trouble="dead", alone=alone)], intent="prove_gone")
    except (proofs.NothingToProve, UnknownOrder):
        return Next(state, [NothingToProve(number=order.number, status=order.status, alone=alone)])
    lacks = "picture" if not sent.has_picture else "reference" if not sent.reference else ""
    received = ProofReceived(
        order_id=order.order_id,
        number=order.number,
        reference=claim.reference,
        lacks=lacks,
        already=sent.already,
        alone=alone,
        checkout=turn.draft != Draft(),
    )
    after: State = sending if lacks else ViewingOrder(order_id=order.order_id)
    assert isinstance(after, SendingProof | ViewingOrder)
    return Next(after, [received], intent="prove_payment")
