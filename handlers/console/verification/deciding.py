"""Approving, rejecting, and taking that back while there is time."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.base.forms import Field, Form
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.verification import proof
from handlers.console.verification.amounts import typed_amount
from handlers.console.verification.comparing import concerns
from handlers.console.verification.listing import HOME, show_in
from handlers.console.verification.proof import ACCEPT, AcceptForm, path_of
from handlers.console.verification.said import span
from replies.environment import money
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.payments.proofs import OrderOver, Reviewed, TooLate
from repository.verification import cases, deciding
from repository.verification.deciding import AlreadyDecided

_DONE = {"accepted": "approved", "rejected": "rejected", "withdrawn": "withdrew"}


class RejectForm(msgspec.Struct, frozen=True, kw_only=True):
    """Why a proof is refused."""

    reason: Annotated[str, Field(label="Why", needed="Please pick why.", most=100)]
    note: Annotated[str, Field(label="A note for the shopper", most=500, rows=2)]


REJECT = Form(RejectForm)


async def accept(visit: Visit) -> web.Response:
    """Approve a proof."""
    proof_id, chosen = visit.number("id"), show_in(visit.form)
    kind = await proof.kind_of(visit)
    typed, filled = ACCEPT.read(visit) if kind == "payment" else (AcceptForm(amount="", reference=""), None)
    amount, reference = typed_amount(typed.amount), "".join(each for each in typed.reference if each.isalnum()).upper()
    if filled is not None and filled.is_wrong:
        return await proof.show(visit, status=422, filled=filled)

    async def work(conn: Connection) -> Reviewed:
        rules = await visit.rules(conn)
        case = await cases.opened(conn, proof_id=proof_id, rules=rules)
        is_serious = any(one.is_serious for one in concerns(case, money=money, transfer_most=rules.transfer_most))
        if case.proof.status == "waiting" and is_serious and not visit.form.get("seen"):
            raise Declined("Please look at the warnings first, and tick that you did.", path_of(proof_id, chosen))
        return await deciding.accept(conn, proof_id=proof_id, amount=amount, reference=reference, by=visit.by)

    return await _decide(visit, proof_id, chosen, "Approved", work)


async def reject(visit: Visit) -> web.Response:
    """Refuse a proof."""
    proof_id, chosen = visit.number("id"), show_in(visit.form)
    await proof.kind_of(visit)
    typed, filled = REJECT.read(visit)
    if filled.is_wrong:
        wrong = next(one.wrong for one in filled.fields.values() if one.wrong)
        raise Declined(wrong, path_of(proof_id, chosen))

    async def work(conn: Connection) -> Reviewed:
        return await deciding.refuse(conn, proof_id=proof_id, reason=typed.reason, note=typed.note, by=visit.by)

    try:
        return await _decide(visit, proof_id, chosen, "Rejected", work)
    except NotFound:
        raise Declined("That reason is not offered any more. Please pick another.", path_of(proof_id, chosen)) from None


async def undo(visit: Visit) -> web.Response:
    """Take a decision back."""
    proof_id, chosen = visit.number("id"), show_in(visit.form)
    await proof.kind_of(visit)
    try:
        await visit.write(lambda conn: deciding.take_back(conn, proof_id=proof_id, by=visit.by))
    except TooLate:
        raise Declined("Too late to undo: the shopper has been told.", path_of(proof_id, chosen)) from None
    return visit.to(path_of(proof_id, chosen), Notice("Taken back: it waits again, and the shopper was told nothing."))


async def _decide(
    visit: Visit, proof_id: int, chosen: str, done: str, work: Callable[[Connection], Awaitable[Reviewed]]
) -> web.Response:
    """Write a decision down and go on; in words where it cannot be any more. The second click of two is none."""
    try:
        reviewed = await visit.write(work)
    except AlreadyDecided as decided:
        if decided.admin_id == visit.who.id and decided.is_fresh:
            return await proof.go_on(visit, proof_id, chosen)
        ago = f" {span(clock.now() - decided.at)} ago" if decided.at else ""
        who = "The shopper" if decided.status == "withdrawn" else decided.by
        said = f"{who} {_DONE.get(decided.status, decided.status)} this{ago}. Nothing was changed."
        raise Declined(said, path_of(proof_id, chosen)) from None
    except OrderOver as over:
        why = "The order was cancelled" if over.status == "cancelled" else f"The order is {over.status}"
        said = f"{why} meanwhile, so this proof changes nothing any more. Nothing was booked, and nobody was told."
        raise Declined(said, path_of(proof_id, chosen)) from None
    seconds = int((reviewed.effective_at - clock.now()).total_seconds())
    notice = Notice(
        f"{done}: {reviewed.number}. The shopper is told when these seconds are over.",
        undo=f"{HOME}/{proof_id}/undo",
        fields=(("show", chosen), ("seconds", str(max(seconds, 0)))),
    )
    return await proof.go_on(visit, proof_id, chosen, notice)
