"""`quicksell try`: a shop of one's own in the simulator, before its page is connected."""

from contextlib import suppress

import click
from msgspec.structs import replace

from bot.base import logs
from bot.base.exits import FOUND_WRONG, MISSING, Failure
from bot.base.settings import Settings
from bot.commands.demo import forwarding
from bot.messenger.errors import GraphError
from bot.messenger.subscriptions import FIELDS
from bot.run.running import load_settings, needed, run, until_stopped
from handlers.doctor.examining import in_force
from handlers.doctor.profiles import push
from replies.profile import profile
from replies.words import Words
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.rules import Rules
from repository.settings import connections

_CONNECTED = "A page is connected already: write to it in Messenger. The simulator is for a shop that has none yet."


@click.command("try")
@click.option("--port", default=8090, show_default=True, type=click.IntRange(0, 65535), help="Where it listens.")
def try_it(port: int) -> None:
    """Chat with your own shop as a shopper, in a simulator, before its page is connected.

    It is the shop's own database: what is ordered here is an order of the shop.
    """
    settings = needed(load_settings())
    logs.configure("WARNING", as_json=False)
    try:
        run(_serve(replace(settings, host="127.0.0.1", port=port)))
    except OSError as error:
        raise Failure(f"Port {port} cannot be used ({error.strerror}). Try --port {port + 1 or 8091}.") from error


async def _serve(settings: Settings) -> None:
    from bot.workshop.emulator.emulator import Emulator, simulator_routes
    from bot.workshop.stage import staged

    words, known = await _found(settings)
    emulator = Emulator(page_name=known.shop_name)
    emulator.facebook.subscribes(FIELDS)
    async with staged(
        settings, emulator=emulator, with_workers=True, more=lambda facebook: list(simulator_routes(facebook))
    ) as stage:
        graph = stage.parts.graph
        assert graph is not None, "a stage is always connected to its emulator"
        with suppress(GraphError):
            await push(graph, profile(words, known))
        click.echo(f"Simulator  {stage.url}/simulator/  chat with your shop as a shopper")
        click.echo("What you order here is an order of the shop: it stands under Orders, and can be cancelled there.")
        click.echo(f"(Not at this machine? Forward the port: {forwarding(stage.url)})")
        click.echo("Ctrl-C stops it.")
        await until_stopped()


async def _found(settings: Settings) -> tuple[Words, Rules]:
    """The words and the rules in force.

    Raises:
        Failure: There is no database, or a page is connected.
    """
    database = Database(settings.database, settings.offset, most=1)
    try:
        if (await _connected(database, settings)).has_facebook:
            raise Failure(_CONNECTED, FOUND_WRONG)
        words, known = await in_force(database, settings)
    except DatabaseError as error:
        raise Failure(f"The database does not answer: {error}", MISSING) from error
    finally:
        await database.close()
    return words or Words(), known


async def _connected(database: Database, settings: Settings) -> Settings:
    """The settings with what the console has connected.

    Args:
        database: The shop's.
        settings: As this process was started.
    """
    async with database.connection() as conn:
        return await connections.in_force(conn, settings)
