"""What operators and their tools ask: is it up, is it ready, how is it doing."""

from aiohttp import web

from bot.base import metrics
from repository.database.connection import Database
from repository.database.errors import DatabaseError, WrongCharacterSet

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


async def measurements(_: web.Request) -> web.Response:
    """Every measurement, as Prometheus reads it."""
    return web.Response(body=metrics.render(), content_type="text/plain", charset="utf-8")
