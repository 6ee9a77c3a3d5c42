"""`quicksell emulate`: the Graph API emulator and the simulator alone, for a bot of one's own."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.base import clock, logs
from bot.base.exits import FOUND_WRONG, Failure
from bot.base.settings import Settings
from bot.run.running import load_settings, run, until_stopped
from bot.workshop.emulator.emulator import Emulator, NotLoopback
from bot.workshop.emulator.faults import KINDS

#: How the tokens begin that Facebook gives out.
_REAL = "EAA"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8090, show_default=True, type=click.IntRange(0, 65535), help="Where it listens.")
@click.option("--webhook", default="http://127.0.0.1:8080/webhook", show_default=True, help="Where the bot listens.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keeps people and chats in a folder.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    type=click.Choice(sorted(set(KINDS) - {"error"})),
    help="Lets this go wrong from the start; may be given several times.",
)
@click.option("--chance", default=1.0, show_default=True, type=click.FloatRange(0, 1, min_open=True), help="How often.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same things go wrong.")
@click.option("--https", is_flag=True, help="Be https://graph.facebook.com as well, for bots that know only that.")
@click.option("--https-port", default=8443, show_default=True, type=click.IntRange(0, 65535), help="Where it is that.")
@click.option("--with-real-token", is_flag=True, help="Emulate although a token of the real Facebook is configured.")
def emulate(
    host: str,
    port: int,
    webhook: str,
    data: Path | None,
    faults: Sequence[str],
    chance: float,
    seed: int,
    https: bool,
    https_port: int,
    with_real_token: bool,
) -> None:
    """Be Facebook for a bot of your own: a Graph API, webhooks, and the simulator to chat with it.

    The page and its secrets are those of the environment and of .env; what is missing there is made up and printed.
    """
    logs.configure("WARNING", as_json=False)
    settings = load_settings()
    if settings.page_access_token.startswith(_REAL) and with_real_token and https:
        raise Failure(
            "--https hands a bot this emulator in the place of Facebook, so it never runs beside a real token. "
            "Take PAGE_ACCESS_TOKEN out of .env.",
            FOUND_WRONG,
        )
    if settings.page_access_token.startswith(_REAL) and not with_real_token:
        raise Failure(
            "PAGE_ACCESS_TOKEN is one of the real Facebook. Take it out of .env while you emulate, "
            "or add --with-real-token.",
            FOUND_WRONG,
        )
    emulator = _emulator(settings, webhook, data, seed)
    for name in faults:
        emulator.faults.arm(name, times=None, chance=chance)
    try:
        run(_serve(emulator, host, port, data, https_port if https else None))
    except NotLoopback as error:
        raise Failure(f"{error}.", FOUND_WRONG) from error
    except OSError as error:
        raise Failure(f"Port {port} cannot be used ({error.strerror}). Try --port {port + 1}.") from error


def _emulator(settings: Settings, webhook: str, data: Path | None, seed: int) -> Emulator:
    return Emulator(
        page_id=settings.page_id or "100200300400500",
        page_token=settings.page_access_token,
        app_id=settings.app_id or "900800700600500",
        app_secret=settings.app_secret,
        verify_token=settings.verify_token,
        webhook_url=webhook,
        page_name=settings.shop_name,
        now=clock.now,
        seed=seed,
        journal=data,
    )


async def _serve(emulator: Emulator, host: str, port: int, data: Path | None, https_port: int | None) -> None:
    base = await emulator.start(host, port)
    emulator.courier.pauses = (1.0, 5.0, 15.0)
    app = emulator.app
    click.echo(f"Simulator  {base}/simulator/  chat with your bot as a shopper")
    click.echo(f"Webhooks   {emulator.webhook_url}  signed, as Facebook posts them")
    click.echo("Give your bot these:")
    for name, value in (
        ("GRAPH_API_URL", base),
        ("PAGE_ID", app.page_id),
        ("PAGE_ACCESS_TOKEN", app.page_token),
        ("APP_ID", app.app_id),
        ("APP_SECRET", app.app_secret),
        ("VERIFY_TOKEN", app.verify_token),
        ("USER_ACCESS_TOKEN", app.user_token),
    ):
        click.echo(f"  {name}={value}")
    with TemporaryDirectory() as made:
        try:
            if https_port is not None:
                taken, before = await emulator.start_https(data or Path(made), https_port)
                click.echo("Where it knows only https://graph.facebook.com, begin its command line with this:")
                click.echo(f"  {before}")
                click.echo(
                    "Where it knows no proxies either, it needs the line 127.0.0.1 graph.facebook.com in the hosts "
                    f"file of its container, and --https-port 443 here (now {taken})."
                )
            await until_stopped()
        finally:
            await emulator.stop()
