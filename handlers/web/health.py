"""What operators and their tools ask: is it up, is it ready, how is it doing."""

import asyncio
from ipaddress import IPv4Network, IPv6Network
from typing import get_args

from aiohttp import web

from bot.base import metrics
from bot.base.settings import Network
from handlers.inbound.addresses import address_of, contains
from repository.chats.troubles import Kind
from repository.database.connection import Database
from repository.database.errors import DatabaseError, WrongCharacterSet
from repository.work.measures import Measures, measures

_PATIENCE = 5.0  # seconds until the measurements go without those of the database
WATCHERS: web.AppKey[tuple[Network, ...]] = web.AppKey("watchers")
_PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via", "X-Forwarded-Proto")  # by a proxy, for somebody else
_THIS_MACHINE, _THIS_MACHINE_6 = IPv4Network("127.0.0.0/8"), IPv6Network("::1/128")
DATABASE = web.AppKey("database", Database)


async def healthz(_: web.Request) -> web.Response:
    """The process runs."""
    return web.Response(text="ok\n")


async def readyz(request: web.Request) -> web.Response:
    """The process can take events: its database answers."""
    try:
        async with request.app[DATABASE].connection() as conn:
            await conn.value("SELECT words FROM shop_versions WHERE id = 1")
    except WrongCharacterSet as error:
        return web.Response(status=503, text=f"The database cannot be used: {error}\n")
    except DatabaseError:
        return web.Response(status=503, text="The database does not answer.\n")
    return web.Response(text="ready\n")


async def for_watchers(request: web.Request) -> web.Response:
    """Every measurement at the public port: for this machine itself and the networks that may; nothing for others."""
    is_passed_on = any(header in request.headers for header in _PASSED_ON)
    own = () if is_passed_on else (_THIS_MACHINE, _THIS_MACHINE_6)
    address = address_of(request)
    if not any(contains(network, address) for network in (*own, *request.app[WATCHERS])):
        raise web.HTTPNotFound
    return await measurements(request)


async def measurements(request: web.Request) -> web.Response:
    """Every measurement, as Prometheus reads it; without the queues while the database does not answer."""
    try:
        async with asyncio.timeout(_PATIENCE), request.app[DATABASE].connection() as conn:
            seen = await measures(conn)
    except (DatabaseError, TimeoutError):
        metrics.database_up.set(0)
    else:
        metrics.database_up.set(1)
        _note(seen)
    return web.Response(body=metrics.render(), content_type="text/plain", charset="utf-8")


def _note(seen: Measures) -> None:
    for name, depth in seen.queues.items():
        metrics.queue_waiting.labels(name).set(depth.waiting)
        metrics.queue_seconds.labels(name).set(depth.waits_seconds)
        metrics.queue_stuck.labels(name).set(depth.stuck)
    for kind in get_args(Kind):
        metrics.page_stopped.labels(kind).set(kind in seen.troubles)
    metrics.processes.set(seen.processes)
    metrics.sent_again.set(seen.sent_again)
    metrics.unanswered.set(seen.unanswered)
    metrics.unanswered_seconds.set(seen.unanswered_seconds)
