"""The round trip: a message that somebody writes to the page, until Facebook has taken the answer."""

import msgspec

from handlers.console.base.visit import Visit
from handlers.console.connect.saving import keep
from repository.settings import steps as steps_
from repository.settings.steps import Kept, Outcome

_MOST = 10.0
"""Seconds that an answer may take and still be called quick."""


async def looked_at(visit: Visit, kept: Kept) -> Kept:
    """How the round trip stands, kept once it has come round.

    Args:
        visit: Any.
        kept: How it stood.
    """
    if kept.light != "waiting":
        return kept
    async with visit.shop.database.connection() as conn:
        came = await steps_.trip_since(conn, kept.looked_at)
    if came is None:
        return kept
    outcome = trip_of(came)
    if outcome.light != "waiting":
        await keep(visit, "trip", outcome)
    return Kept(looked_at=kept.looked_at, **msgspec.structs.asdict(outcome))


def trip_of(came: steps_.Trip) -> Outcome:
    """What a round trip says.

    Args:
        came: The message that came in, and its answer.
    """
    sent = "a message, from Messenger to this shop"
    if came.sent_at is None:
        todo = "Wait a moment. If it stays so, the Doctor says why nothing leaves."
        return Outcome(
            light="waiting", sent=sent, answered="It has arrived; its answer has not left yet.", what_to_do=todo
        )
    took = max(0.0, (came.sent_at - came.arrived_at).total_seconds())
    thought = f", {came.milliseconds} ms of that to decide" if came.milliseconds is not None else ""
    told = f"It arrived, and Facebook took our answer {took:.1f} s later{thought}."
    if took > _MOST:
        return Outcome(light="warning", sent=sent, answered=told, what_to_do="Look into the Doctor: that is slow.")
    return Outcome(light="good", sent=sent, answered=told)
