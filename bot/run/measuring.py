"""Where Prometheus reads what is counted: a door of its own, which no stranger reaches."""

import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from aiohttp import web

from bot.base import logs
from bot.base.settings import Settings
from handlers.web import health
from repository.database.connection import Database

PORTS = 16
"""Processes of a machine that are measured: each takes the first port that is free."""
_log = logs.get("metrics")


@asynccontextmanager
async def measured(settings: Settings, database: Database) -> AsyncIterator[int]:
    """Answer `/metrics` until the block is left; a process that finds no port for it runs all the same.

    Args:
        settings: This process's settings.
        database: The shop's, whose queues are measured too.

    Yields:
        The port, 0 where there is none.
    """
    held = _listening(settings.metrics_host, settings.metrics_port) if settings.metrics_port else None
    if held is None:
        yield 0
        return
    app = web.Application()
    app[health.DATABASE] = database
    app.router.add_get("/metrics", health.measurements)
    app.router.add_get("/readyz", health.readyz)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    with closing(held):
        await runner.setup()
        try:
            await web.SockSite(runner, held, backlog=16).start()
            port = held.getsockname()[1]
            _log.info("measured", address=f"http://{settings.metrics_host}:{port}/metrics")
            yield port
        finally:
            await runner.cleanup()


def _listening(host: str, port: int) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, port + PORTS):
        held = socket.socket(family, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((host, number))
            held.listen(16)
        except OSError as error:
            held.close()
            if error.errno != errno.EADDRINUSE:
                _log.warning("nothing is measured", reason=str(error.strerror), what_to_do="look at METRICS_HOST")
                return None
        else:
            return held
    _log.warning("nothing is measured", reason="no port is free", what_to_do="set METRICS_PORT to another")
    return None
