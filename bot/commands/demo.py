"""`quicksell demo`: the whole shop on this machine."""

import shlex
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.base import logs
from bot.base.exits import MISSING, Failure
from bot.run.running import run
from bot.workshop.database.errors import ServerFailed, ServerMissing


@click.command()
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Where it listens.")
@click.option(
    "--data",
    default=".quicksell",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Its data.",
)
@click.option("--fresh", is_flag=True, help="Begin with a new shop; what was in it is gone.")
@click.option("--history", is_flag=True, help="Give a new shop a past: ninety days of chats and orders, in a minute.")
@click.option("--no-browser-check", is_flag=True, help="Do not look for a browser to recommend.")
def demo(port: int, data: Path, fresh: bool, history: bool, no_browser_check: bool) -> None:
    """Run a demo shop: open the simulator, buy something; open the console, change what the bot says."""
    from bot.workshop.demo.run import Ready
    from bot.workshop.demo.run import run as run_demo
    from bot.workshop.replay.behind import BehindDemo
    from repository.workshop.history import NotEmpty

    logs.configure("WARNING", as_json=False)

    def ready(demo: Ready) -> None:
        password = f"{demo.password} (one-time)" if demo.password else "the one you have chosen"
        click.echo(f"Simulator  {demo.simulator}  chat with the shop as a shopper")
        click.echo(f"Console    {demo.console}  name {demo.merchant}, password {password}")
        click.echo(f"Data       {demo.data.resolve()}")
        click.echo(f"Database   ./quicksell db shell --data {shlex.quote(_shown(demo.data))}")
        click.echo("Ctrl-C stops everything; nothing is lost.")
        if not no_browser_check and not _has_browser():
            click.echo(f"(No browser here? Forward the port: {forwarding(demo.console)})")

    def made(day: int) -> None:
        if day % 30 == 0:
            click.echo(f"  {day} days of history are made", err=True)

    try:
        past = made if history else None
        run(run_demo(data.resolve(), port=port, fresh=fresh, ready=ready, history=past, behind=BehindDemo))
    except NotEmpty as error:
        raise Failure("This shop has chats already, so it can be given no past. Add --fresh for a new one.") from error
    except ServerMissing as error:
        raise Failure(str(error), MISSING) from error
    except ServerFailed as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"Port {port} cannot be used ({error.strerror}). Try --port {port + 1 or 8081}.") from error


def forwarding(address: str) -> str:
    """The command that brings an address of this machine to the machine at which somebody sits.

    Args:
        address: With its port.
    """
    port = urlsplit(address).port
    return f"ssh -L {port}:127.0.0.1:{port} this-machine"


def _shown(data: Path) -> str:
    """The folder as somebody types it who is where the demo was started."""
    here = Path.cwd()
    return str(data.relative_to(here) if data.is_relative_to(here) else data)


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
