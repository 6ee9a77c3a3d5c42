"""The process that `bench turns` measures: the shop's server, or the bare one, alone on one core."""

import asyncio
import itertools
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC

import aiohttp
import msgspec
from aiohttp import web

from bot.base import logs
from bot.base.settings import Settings
from bot.run.app import application
from bot.run.parts import running
from bot.run.running import run, until_stopped
from bot.workshop.bench import bare
from handlers.turns import turn
from repository.database.binding import Statement, bind
from repository.database.connection import Counts


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to run.

    Attributes:
        kind: "shop" or "bare".
        core: Which core to keep to, None for any.
    """

    kind: str
    settings: Settings
    core: int | None


_WEIGHED = 16
"""Of so many recordings one is weighed: to weigh it costs more than to make it."""


class Recording(msgspec.Struct):
    """What the recordings of turns have cost.

    Attributes:
        seconds: Of processor time.
    """

    seconds: float = 0.0


def _weighed(encode: Callable[[object], bytes], spent: Recording) -> Callable[[object], bytes]:
    """An encoder that notes what recordings cost: to be encoded, and to be written into a statement."""

    seen = itertools.count()

    def weighed(value: object) -> bytes:
        if not isinstance(value, turn.Recording) or next(seen) % _WEIGHED:
            return encode(value)
        began = time.thread_time()
        encoded = encode(value)
        bind(Statement("%(recording)s", {"recording": encoded.decode()}), UTC, str)
        spent.seconds += _WEIGHED * (time.thread_time() - began)
        return encoded

    return weighed


async def _bare(settings: Settings) -> tuple[web.Application, Counts]:
    http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100))
    send_url = f"{settings.graph_api_url}/{settings.graph_api_version}/me/messages"
    app = await bare.application(settings, http, secret=settings.app_secret, send_url=send_url)

    async def hang_up(_: web.Application) -> None:
        await http.close()

    app.on_cleanup.append(hang_up)
    return app, Counts()


async def _serve(job: Job) -> None:
    recording = Recording()
    if job.kind == "bare":
        app, counts = await _bare(job.settings)
        await _listen(app, counts, recording)
    else:
        turn._encode = _weighed(turn._encode, recording)  # noqa: SLF001
        async with running(job.settings, with_workers=False) as parts:
            await parts.shop.warm()  # what a server does once is no part of a turn
            await _listen(application(parts), parts.database.counts, recording)


async def _listen(app: web.Application, counts: Counts, recording: Recording) -> None:
    async def counted(_: web.Request) -> web.Response:
        return web.Response(body=msgspec.json.encode(counts))

    async def recorded(_: web.Request) -> web.Response:
        return web.Response(body=msgspec.json.encode(recording))

    app.router.add_get("/bench/counts", counted)
    app.router.add_get("/bench/recording", recorded)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await until_stopped()
    await asyncio.wait_for(runner.cleanup(), 5)


def main() -> None:
    """Read a job from standard input, say the port on standard output, and serve until stopped."""
    logs.configure("ERROR", as_json=True)
    job = msgspec.json.decode(sys.stdin.buffer.readline(), type=Job)
    if job.core is not None:
        os.sched_setaffinity(0, {job.core})
    run(_serve(job))


if __name__ == "__main__":
    main()
