"""The page's token, looked at once a day: whoever connected the page is told on the day's page before it ends."""

from datetime import UTC, datetime

from bot.base import clock, logs
from bot.messenger.answers import TokenState
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from handlers.doctor.facebook import SOON
from handlers.turns.in_force import Shop
from repository.settings import steps
from repository.settings.steps import Outcome
from repository.work import schedule

_log = logs.get("doctor")
STEP = "page"
"""The step of connecting that a token belongs to."""
_SENT = "GET /debug_token with the page's token, as every day"
_ANEW = "Paste a new token: messages are kept until then."


async def watch_token(shop: Shop, graph: Graph | None) -> None:
    """Ask Facebook about the page's token where nobody has today, and keep what it says where the page is connected.

    Args:
        shop: The shop.
        graph: The page's way to Facebook; None while no page is connected.

    Raises:
        DatabaseError: The database cannot be asked.
    """
    app_id = shop.settings.app_id
    if graph is None or not app_id:
        return
    async with shop.database.connection() as conn:
        if not await schedule.take(conn, job=schedule.TOKEN):
            return
    try:
        state = await graph.debug_token(app_id)
    except GraphError as error:  # in half an hour somebody asks again
        _log.warning("the token cannot be looked at", error=type(error).__name__)
        return
    outcome = judged(state, clock.now())
    async with shop.database.transaction() as conn:
        await steps.keep(conn, STEP, outcome)
        await schedule.put_down(conn, job=schedule.TOKEN)
    _log.info("the token was looked at", light=outcome.light)


def judged(state: TokenState, now: datetime) -> Outcome:
    """How long a token is good for.

    Args:
        state: What Facebook says of it.
        now: The present moment, aware.
    """
    if not state.is_valid:
        return Outcome(light="broken", sent=_SENT, answered="The page’s token is dead.", what_to_do=_ANEW)
    if not state.expires_at:
        return Outcome(light="good", sent=_SENT, answered="The page’s token does not end.")
    ends = datetime.fromtimestamp(state.expires_at, UTC)
    told = f"The page’s token works until {ends:%-d %B %Y}."
    if ends - now >= SOON:
        return Outcome(light="good", sent=_SENT, answered=told)
    todo = "Paste a token of your own instead: the page’s token that is made from it does not end."
    return Outcome(light="warning", sent=_SENT, answered=told, what_to_do=todo)
