"""`quicksell serve` and `quicksell work`: production."""

import asyncio
import subprocess
import sys

import click

from bot.base import logs
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
    if processes > 1:
        sys.exit(run(_supervise(processes, no_workers, pictures is not None)))
    run(_serve(settings, with_workers=not no_workers, pictures=pictures is not None, shared=shared))


@click.command()
def work() -> None:
    """Do the background work only: orders, expiry, notices, deliveries."""
    settings = needed(load_settings())
    logs.configure(settings.log_level, as_json=True)
    run(_work(settings))


async def _serve(settings: Settings, *, with_workers: bool, pictures: bool, shared: bool) -> None:
    from aiohttp import web

    from bot.run.app import application
    from bot.run.parts import running

    async with running(settings, with_workers=with_workers, shared=shared) as parts:
        runner = web.AppRunner(application(parts, pictures=pictures), access_log=None, shutdown_timeout=5)
        await runner.setup()
        try:
            site = web.TCPSite(runner, settings.host, settings.port, reuse_port=shared or None, backlog=1024)
            await site.start()
            logs.get("serve").info("ready", address=f"http://{settings.host}:{settings.port}")
            await until_stopped()
        finally:
            await runner.cleanup()


async def _work(settings: Settings) -> None:
    from bot.run.parts import running

    async with running(settings, shared=True):
        logs.get("work").info("ready")
        await until_stopped()


async def _supervise(processes: int, no_workers: bool, pictures: bool) -> int:
    """Keep that many servers running on one port; one that ends is started again."""
    log = logs.get("serve")
    command = [sys.executable, "-m", "bot", "serve", "--shared"]
    command += ["--pictures"] if pictures else []
    stopping = asyncio.create_task(until_stopped())
    children: list[subprocess.Popen[bytes]] = []

    def start(number: int) -> "subprocess.Popen[bytes]":
        # One of them does the background work; it is safe in several, but one is enough.
        extra = ["--no-workers"] if no_workers or number else []
        return subprocess.Popen([*command, *extra])  # noqa: S603  (our own command)

    children = [start(number) for number in range(processes)]
    while not stopping.done():
        await asyncio.wait({stopping}, timeout=0.5)
        for number, child in enumerate(children):
            if not stopping.done() and child.poll() is not None:
                log.error("a server ended", exit_code=child.returncode)
                await asyncio.sleep(1)
                children[number] = start(number)
    for child in children:
        child.terminate()
    return max(child.wait() for child in children)
