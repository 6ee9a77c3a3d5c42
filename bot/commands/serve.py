"""`quicksell serve` and `quicksell work`: production."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from importlib.metadata import version

import click

from bot.base import logs, sentences, tracing
from bot.base.exits import MISSING
from bot.base.settings import Settings
from bot.run.running import lacking, load_settings, needed, run, until_stopped


@click.command()
@click.option("--no-workers", is_flag=True, help="Leave the background work to `quicksell work`.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="How many servers.")
@click.option(
    "--pictures",
    is_flag=False,
    flag_value="",  # 0.1.0 asked for a folder to draw them into: one may still stand here, and is left alone
    metavar="",
    help="Serve the demo shop's pictures too.",
)
@click.option("--shared", is_flag=True, hidden=True, help="One of several servers on one port.")
def serve(no_workers: bool, processes: int, pictures: str | None, shared: bool) -> None:
    """Serve the webhook, the console and health, and do the background work."""
    settings = needed(load_settings())
    logs.configure(settings.log_level, as_json=True)
    if not shared:  # the first of several says it for all
        for sentence in lacking(settings):
            logs.get("serve").warning(sentence)
    sentences.begin(settings.sentence_vectors)
    if processes > 1:
        sys.exit(run(_supervise(settings, processes, no_workers, pictures is not None)))
    with _traced(settings):
        run(_serve(settings, with_workers=not no_workers, pictures=pictures is not None, shared=shared))


@click.command()
def work() -> None:
    """Do the background work only: orders, expiry, notices, deliveries."""
    settings = needed(load_settings())
    logs.configure(settings.log_level, as_json=True)
    with _traced(settings):
        run(_work(settings))


@contextmanager
def _traced(settings: Settings) -> Iterator[None]:
    """Trace what this process does, where the settings say where to send it."""
    end = tracing.begin(settings.traces_url, version=version("quicksell"))
    try:
        yield
    finally:
        end()


async def _serve(settings: Settings, *, with_workers: bool, pictures: bool, shared: bool) -> None:
    from bot.run.app import application
    from bot.run.door import Door
    from bot.run.measuring import measured
    from bot.run.parts import running
    from bot.run.starting import listening, waiting_room
    from repository.catalogue.pictures import move_to

    stopping = asyncio.create_task(until_stopped())
    with closing(listening(settings.host, settings.port, shared=shared)) as held:
        async with waiting_room(held):
            if not await _comes(settings, stopping):
                return
        async with running(settings, with_workers=with_workers, shared=shared) as parts:
            if settings.public_url:
                await parts.database.retry(partial(move_to, base=settings.public_url))
            app = application(parts, pictures=pictures)
            door = Door(proxies=settings.proxies)
            async with measured(settings, parts.database), door.open(app, held, shutdown_timeout=5):
                address = f"http://{settings.host}:{held.getsockname()[1]}"
                logs.get("serve").info("ready", address=address)
                await stopping


async def _work(settings: Settings) -> None:
    from bot.run.measuring import measured
    from bot.run.parts import running

    stopping = asyncio.create_task(until_stopped())
    if not await _comes(settings, stopping):
        return
    async with running(settings, shared=True) as parts, measured(settings, parts.database):
        logs.get("work").info("ready")
        await stopping


async def _comes(settings: Settings, stopping: "asyncio.Task[None]") -> bool:
    """Wait for the database; not where the process was stopped meanwhile."""
    from bot.run.starting import comes
    from repository.database.connection import Database

    database = Database(settings.database, settings.offset, most=1)
    try:
        return await comes(database, settings, stopping.done)
    finally:
        await database.close()


async def _supervise(settings: Settings, processes: int, no_workers: bool, pictures: bool) -> int:
    """Keep that many servers running on one port; one that ends is started again, unless it can never run."""
    from bot.run.starting import found, listening
    from repository.database.connection import Database

    log = logs.get("serve")
    command = [sys.executable, "-m", "bot", "serve", "--shared"]
    command += ["--pictures"] if pictures else []
    stopping = asyncio.create_task(until_stopped())
    children: list[subprocess.Popen[bytes]] = []

    def start(number: int) -> "subprocess.Popen[bytes]":
        # One of them does the background work; it is safe in several, but one is enough.
        extra = ["--no-workers"] if no_workers or number else []
        return subprocess.Popen([*command, *extra])  # noqa: S603  (our own command)

    database = Database(settings.database, settings.offset, most=1)
    with closing(listening(settings.host, settings.port, shared=True)):  # said once, and kept from strangers
        try:
            await found(database)
        finally:
            await database.close()
        children = [start(number) for number in range(processes)]
        while not stopping.done():
            await asyncio.wait({stopping}, timeout=0.5)
            for number, child in enumerate(children):
                if stopping.done() or child.poll() is None:
                    continue
                if child.returncode == MISSING:
                    stopping.cancel()
                    break
                log.error("a server ended", exit_code=child.returncode)
                await asyncio.sleep(1)
                children[number] = start(number)
        for child in children:
            child.terminate()
        return max(child.wait() for child in children)
