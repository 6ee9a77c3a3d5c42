"""What a reviewer has to compare, and what looks wrong, in plain words."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import msgspec

from handlers.console.verification.said import METHODS, PAPERS, between, spaced, span
from repository.verification.case import Case, Twin

Money = Callable[[Decimal], str]


class Concern(msgspec.Struct, frozen=True):
    """Something to look at before deciding.

    Attributes:
        text: In a sentence.
        order_id: The order that it is about; 0 where it is this one.
        number: What people call that order.
        is_serious: Whether a reviewer has to say that they looked, before they can approve.
    """

    text: str
    order_id: int = 0
    number: str = ""
    is_serious: bool = False


class Check(msgspec.Struct, frozen=True):
    """A line of the checklist.

    Attributes:
        name: What must agree.
        expected: What it must be.
        given: What the shopper says; empty where they did not.
        state: "agrees", "differs", or empty where only a person can tell.
    """

    name: str
    expected: str
    given: str = ""
    state: str = ""


def concerns(case: Case, *, money: Money, transfer_most: Decimal) -> list[Concern]:
    """What looks wrong, the most serious first.

    Args:
        case: The proof and what it is compared with.
        money: Writes an amount.
        transfer_most: What one transfer can be at most; nothing for no limit.
    """
    proof, order = case.proof, case.order
    told = [_of_twin(twin, case, money) for twin in case.twins]
    names = {twin.same for twin in case.twins}
    if "same_reference" in proof.warnings and not names & {"reference", "booked"}:
        told.append(Concern("This reference was seen before, with another order.", is_serious=True))
    if "same_file" in proof.warnings and "file" not in names:
        told.append(Concern("The very same picture was sent before, with another order.", is_serious=True))
    if order.is_over:
        told.append(Concern(f"The order is {order.status}: approving changes nothing any more."))
    if proof.kind == "payment":
        told += _of_money(case, money, transfer_most)
    if any(picture.created_at < order.created_at for picture in case.pictures if proof.kind == "payment"):
        told.append(Concern("This picture was first sent before the order was placed.", is_serious=True))
    elif "older_than_order" in proof.warnings:
        told.append(Concern("The receipt is older than the order.", is_serious=True))
    if order.expires_at is not None and proof.created_at > order.expires_at:
        told.append(Concern(f"It was sent {span(proof.created_at - order.expires_at)} after the window had ended."))
    return sorted(told, key=lambda one: not one.is_serious)


def checklist(case: Case, *, money: Money) -> list[Check]:
    """What must agree between the picture and what we know.

    Args:
        case: The proof and what it is compared with.
        money: Writes an amount.
    """
    proof, order = case.proof, case.order
    if proof.kind == "identity":
        return [
            Check("Name", order.recipient or case.shopper.name or "the recipient's"),
            Check("Paper", PAPERS.get(proof.id_type, proof.id_type or "any that is accepted")),
            Check("Face", "the selfie shows the face on the paper"),
            Check("Date", f"valid on {_day(proof.created_at)}"),
        ]
    due = case.due
    given = "" if proof.amount is None else money(proof.amount)
    state = "" if proof.amount is None or not due else "agrees" if proof.amount == due else "differs"
    method = METHODS.get(proof.method or order.payment_method, "")
    accounts = [
        " ".join(part for part in (f"… {one.last_four}" if one.last_four else "", one.name, one.bank) if part)
        for one in case.accounts
    ]
    return [
        Check("Amount", money(due) if due else "nothing is due any more", given, state),
        Check("Sent to", " or ".join(accounts) or f"your {method} account"),
        Check("Reference", spaced(proof.reference) or "read it off the receipt"),
        Check("Date", between(order.created_at, proof.created_at)),
    ]


def _of_twin(twin: Twin, case: Case, money: Money) -> Concern:
    what = "The very same picture" if twin.same == "file" else "This reference"
    amount = "" if twin.amount is None else f" of {money(twin.amount)}"
    how = {
        "accepted": f"was accepted as a payment{amount}",
        "rejected": f"was refused as a payment{amount}",
        "waiting": f"waits as a payment{amount}",
    }.get(twin.status, "was sent")
    if twin.same == "booked":
        how = f"was booked by hand as a payment{amount}"
    if twin.order_id == case.order.id:
        return Concern(f"{what} {how} for this same order already.", is_serious=True)
    return Concern(f"{what} {how} for another order:", twin.order_id, twin.number, is_serious=True)


def _of_money(case: Case, money: Money, most: Decimal) -> list[Concern]:
    proof, order = case.proof, case.order
    if not order.balance and not order.is_over and proof.status == "waiting":
        return [Concern("This order is paid in full already.", is_serious=True)]
    told = []
    if proof.amount is not None and case.due and proof.amount < case.due:
        rest = money(case.due - proof.amount)
        is_part = case.due > most > 0 and proof.amount <= most
        why = f": a part, since one transfer carries {money(most)} at most" if is_part else ""
        told.append(Concern(f"{money(proof.amount)} is less than what is due{why}. {rest} would stay open."))
    elif proof.amount is not None and proof.amount > order.balance:
        told.append(Concern(f"{money(proof.amount)} is more than the balance of {money(order.balance)}."))
    elif proof.amount is not None and case.due and proof.amount != case.due and proof.amount != order.balance:
        told.append(Concern(f"{money(proof.amount)} is not the amount that was asked for, {money(case.due)}."))
    if proof.method and order.payment_method not in (proof.method, "cod"):
        asked, used = METHODS.get(order.payment_method, ""), METHODS.get(proof.method, proof.method)
        told.append(Concern(f"It was paid by {used}; the order says {asked}."))
    return told


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"
