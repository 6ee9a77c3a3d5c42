"""Each page, looked at in the background: once a day how long its token is good for, every hour what it tells. Whoever
connected it is told on the day's page before anything ends."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from bot.base import clock, logs
from bot.messenger import connecting
from bot.messenger.answers import SubscribedApp, TokenState
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from bot.messenger.subscriptions import FIELDS
from handlers.doctor.facebook import SOON
from handlers.outbound.ways import Ways
from handlers.turns.in_force import Shop
from repository.chats.troubles import FIRST
from repository.settings import steps
from repository.settings.steps import Outcome
from repository.work import schedule

_log = logs.get("doctor")
STEP = "page"
"""The step of connecting that a token belongs to."""
FIELDS_STEP = "fields"
"""The step of connecting in which a page is subscribed."""
HOUR = 60
"""Minutes between two looks at what a page tells."""
_ASKED = "GET /subscribed_apps of the page, as every hour"
_SUBSCRIBE = "Subscribe the page: one tap under “Tell the app”."
_SENT = "GET /debug_token with the page's token, as every day"
_ANEW = "Paste a new token: messages are kept until then."


class _Watched(NamedTuple):
    """A page that is looked at.

    Attributes:
        page_id: `FIRST` for the first.
        called: What stands before what is said of it.
        graph: Its way to Facebook.
    """

    page_id: str
    called: str
    graph: Graph


def step_of(name: str, page_id: str) -> str:
    """Under which name it is kept how a step ended for a page.

    Args:
        name: The step.
        page_id: A further page, `FIRST` for the first.
    """
    return f"{name}:{page_id}" if page_id else name


async def watch_pages(shop: Shop, ways: Ways) -> None:
    """Ask Facebook about each page what nobody has asked lately: once a day about its token, every hour what it tells.

    Args:
        shop: The shop.
        ways: To Facebook, one for each page.

    Raises:
        DatabaseError: The database cannot be asked.
    """
    if ways.first is None or not shop.settings.app_id:
        return
    pages = _watched(shop, ways)
    async with shop.database.connection() as conn:
        is_hour = await schedule.take(conn, job=schedule.SUBSCRIPTIONS, minutes=HOUR)
        is_day = await schedule.take(conn, job=schedule.TOKEN)
    if is_hour:
        for page in pages:
            await _look_at(shop, page, FIELDS_STEP, _fields)
    if is_day:
        looked = [await _look_at(shop, page, STEP, _token) for page in pages]
        if all(looked):  # else in half an hour somebody asks again
            async with shop.database.connection() as conn:
                await schedule.put_down(conn, job=schedule.TOKEN)


def _watched(shop: Shop, ways: Ways) -> list[_Watched]:
    pages = [(FIRST, ""), *((page.page_id, f"“{page.name}”: ") for page in shop.further_pages)]
    return [_Watched(page_id, called, graph) for page_id, called in pages if (graph := ways.of(page_id)) is not None]


async def _look_at(shop: Shop, page: _Watched, step: str, ask: Callable[[Graph, str], Awaitable[Outcome]]) -> bool:
    """Keep what Facebook says of a page; whether it said anything."""
    try:
        outcome = await ask(page.graph, shop.settings.app_id)
    except GraphError as error:
        _log.warning("a page cannot be looked at", step=step, error=type(error).__name__)
        return False
    outcome = msgspec.structs.replace(outcome, answered=f"{page.called}{outcome.answered}")
    async with shop.database.transaction() as conn:
        await steps.keep(conn, step_of(step, page.page_id), outcome)
    _log.info("a page was looked at", step=step, light=outcome.light)
    return True


async def _token(graph: Graph, app_id: str) -> Outcome:
    return judged(await graph.debug_token(app_id), clock.now())


async def _fields(graph: Graph, app_id: str) -> Outcome:
    return told_of(await connecting.subscribed(graph), app_id, _ASKED)


def told_of(apps: Sequence[SubscribedApp], app_id: str, sent: str) -> Outcome:
    """Whether a page tells this app of everything that it reads, and whom else it tells.

    Args:
        apps: Those that the page tells.
        app_id: This shop's app.
        sent: What was asked.
    """
    ours = [field for one in apps if one.id == app_id for field in one.subscribed_fields]
    others = [one.name or one.id for one in apps if one.id != app_id]
    if not ours:
        return Outcome(light="broken", sent=sent, answered="The page tells this app nothing.", what_to_do=_SUBSCRIBE)
    if lacking := [field for field in FIELDS if field not in ours]:
        told = f"The page does not tell {', '.join(lacking)}."
        return Outcome(light="broken", sent=sent, answered=told, what_to_do=_SUBSCRIBE)
    if others:
        told = f"All {len(FIELDS)} fields are told, and to {', '.join(others)} as well."
        todo = "Take the other app off the page where it answers too: shoppers would hear two bots."
        return Outcome(light="warning", sent=sent, answered=told, what_to_do=todo)
    return Outcome(light="good", sent=sent, answered=f"The page tells this app all {len(FIELDS)} fields.")


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
