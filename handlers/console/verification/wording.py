"""What the shopper will read of a refusal, before it is sent."""

from datetime import datetime, timedelta

from aiohttp import web

from bot.base import clock
from handlers.console.base.nouns.preview import Tried, as_sent, bubbles
from handlers.console.base.visit import Visit
from replies.notices import ProofRejected
from replies.render import render
from repository.payments.settling import REST_LEAST
from repository.verification import cases, reasons
from repository.verification.case import Case


async def preview(visit: Visit) -> web.Response:
    """The bubbles of a refusal, in the shopper's language."""
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
        case = await cases.opened(conn, proof_id=visit.number("id"), rules=rules)
        reason = await reasons.named(conn, name=visit.field("reason"))
    until = _until(case)
    said = ProofRejected(
        order_id=case.order.id,
        number=case.order.number,
        kind=case.proof.kind,
        reason=reason.words(case.order.language),
        note=visit.field("note"),
        until=f"{until:%I:%M %p}".lstrip("0") if until else "",
    )
    return bubbles(visit, Tried(messages=as_sent(render([said], await visit.words(), case.order.language))))


def _until(case: Case) -> datetime | None:
    """Until when they can try again: the time that was left when they sent it, from now on."""
    expires = case.order.expires_at
    if expires is None or case.order.status != "pending":
        return None
    left: timedelta = max(REST_LEAST, expires - case.proof.created_at)
    return max(expires, clock.now().astimezone(expires.tzinfo) + left)
