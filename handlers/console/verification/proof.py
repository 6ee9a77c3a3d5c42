"""One proof: its picture on one side, what must agree with it on the other."""

from datetime import datetime
from functools import partial
from typing import Annotated

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Notice, Visit
from handlers.console.verification.amounts import amount_wrong
from handlers.console.verification.comparing import checklist, concerns
from handlers.console.verification.listing import HOME, SHOWS, show_in
from handlers.console.verification.said import METHODS, PAPERS, due, moment, risk, spaced
from replies.environment import money
from repository.database.errors import NotFound
from repository.payments.accounts import parts_of
from repository.verification import cases, queue, reasons
from repository.verification.case import Case


class AcceptForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer confirms before a payment is booked."""

    amount: Annotated[
        str,
        Field(
            label="Amount that arrived",
            needed="Please write the amount that arrived.",
            most=15,
            check=amount_wrong,
            help="This much is booked.",
        ),
    ]
    reference: Annotated[str, Field(label="Reference number", most=40)]


ACCEPT = Form(AcceptForm)


async def show(visit: Visit, *, status: int = 200, filled: Filled | None = None) -> web.Response:
    """The page of a proof.

    Args:
        visit: With the proof's id in the address.
        status: The HTTP status.
        filled: The form as it was sent, where something in it cannot be.
    """
    chosen = show_in(visit.form or visit.request.query)
    proof_id = visit.number("id")
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
        case = await cases.opened(conn, proof_id=proof_id, rules=rules)
        offered = await reasons.offered(conn, kind=case.proof.kind)
        counts = await queue.counts(conn, rules=rules)
    written = partial(money, currency=rules.currency)
    told = concerns(case, money=written, transfer_most=rules.transfer_most)
    return await visit.page(
        "proof.html",
        status=status,
        case=case,
        proof=case.proof,
        order=case.order,
        shopper=case.shopper,
        title=_title(case),
        concerns=told,
        is_serious=any(one.is_serious for one in told),
        checks=checklist(case, money=written),
        reasons=offered,
        may_see=case.proof.kind == "payment" or visit.may("identity.view"),
        may_decide=may_decide(visit, case.proof.kind),
        form=filled or ACCEPT.of(_prefilled(case)),
        due=due(sent=case.proof.created_at, expires=case.order.expires_at, now=clock.now()),
        seconds_left=_seconds_left(case.proof.effective_at),
        parts=len(parts_of(case.order.balance, most=rules.transfer_most)),
        identity_days=rules.identity_kept_days,
        show=chosen,
        waiting=getattr(counts, chosen or "all"),
        money=written,
        methods=METHODS,
        papers=PAPERS,
        moment=moment,
        spaced=spaced,
        in_words=risk,
    )


async def following(visit: Visit) -> web.Response:
    """Go on to the proof that waits next."""
    query = visit.request.query
    chosen = show_in(query)
    after = query.get("after", "")
    return await go_on(visit, int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0, chosen)


async def go_on(visit: Visit, proof_id: int, chosen: str, notice: Notice | None = None) -> web.Response:
    """Go on to the proof that waits next behind one; where none does, to the queue.

    Args:
        visit: Whose.
        proof_id: `order_proofs.id` of the one that was looked at; 0 begins with the oldest.
        chosen: The filter.
        notice: What to say there.
    """
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
        upcoming = await queue.after(conn, proof_id=proof_id, wanted=SHOWS[chosen], rules=rules)
    if upcoming:
        return visit.to(path_of(upcoming, chosen), notice)
    return visit.to(HOME + (f"?show={chosen}" if chosen else ""), notice or Notice("No other proof waits."))


def path_of(proof_id: int, chosen: str = "") -> str:
    """Where a proof is looked at, below the console.

    Args:
        proof_id: `order_proofs.id`.
        chosen: The filter, which the address keeps.
    """
    return f"{HOME}/{proof_id}" + (f"?show={chosen}" if chosen else "")


def may_decide(visit: Visit, kind: str) -> bool:
    """Whether this person may decide about proofs of a kind: nobody about papers that they may not see.

    Args:
        visit: Whose.
        kind: "payment" or "identity".
    """
    return visit.may("orders.approve") and (kind == "payment" or visit.may("identity.view"))


async def kind_of(visit: Visit) -> str:
    """The kind of the proof in the address.

    Args:
        visit: With the proof's id in the address.

    Raises:
        NotFound: There is no such proof.
        HTTPForbidden: This person may not decide about it.
    """
    async with visit.shop.database.connection() as conn:
        kind = await conn.value("SELECT kind FROM order_proofs WHERE id = %(id)s", id=visit.number("id"))
    if kind is None:
        raise NotFound(visit.request.match_info["id"])
    if not may_decide(visit, str(kind)):
        raise web.HTTPForbidden
    return str(kind)


def _prefilled(case: Case) -> AcceptForm:
    proof = case.proof
    amount = proof.amount if proof.amount is not None else case.due
    return AcceptForm(amount=f"{amount:,.2f}" if amount else "", reference=spaced(proof.reference))


def _title(case: Case) -> str:
    if case.proof.kind == "identity":
        return "ID and selfie"
    method = METHODS.get(case.proof.method, "")
    return f"{method} payment" if method else "Payment"


def _seconds_left(effective_at: datetime | None) -> int:
    return max(0, round((effective_at - clock.now()).total_seconds())) if effective_at else 0
