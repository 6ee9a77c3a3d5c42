"""`quicksell profile ...`: the page's greeting, Get Started and menu."""

from collections.abc import Awaitable, Callable

import click
import msgspec

from bot.base.exits import MISSING, Failure
from bot.base.settings import Settings
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from bot.run.running import load_settings, run
from handlers.doctor.examining import connected
from handlers.doctor.profiles import push as push_profile
from replies.profile import profile as properties
from replies.words import Wording, Words
from repository import rules
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.wording import wordings


@click.group()
def profile() -> None:
    """The Messenger profile: get started, greeting, persistent menu."""


@profile.command()
def show() -> None:
    """Print what Facebook has now."""

    async def look(graph: Graph) -> None:
        live = await graph.messenger_profile(properties(Words(), rules.Rules()))
        click.echo(msgspec.json.format(msgspec.json.encode(live), indent=2))

    _with_graph(look)


@profile.command()
def push() -> None:
    """Set the greeting, Get Started and the menu, in the merchant's words where a database is given."""
    settings = load_settings()

    async def send(graph: Graph) -> None:
        words, known = await _in_force(settings)
        await push_profile(graph, properties(words, known))
        click.echo("The greeting, Get Started, the menu and the questions are set.")

    _with_graph(send, settings)


async def _in_force(settings: Settings) -> tuple[Words, rules.Rules]:
    """The words and the rules in force: the merchant's where there is a database, else ours."""
    if not settings.database.is_given:
        return Words(), rules.Rules(shop_name=settings.shop_name)
    database = Database(settings.database, settings.offset, most=1)
    try:
        async with database.connection() as conn:
            rows = await wordings.active(conn)
            known = await rules.load(conn, shop_name=settings.shop_name, currency=settings.shop_currency)
    except DatabaseError as error:
        raise Failure(f"The database does not answer: {error}") from error
    finally:
        await database.close()
    own = [Wording(name=row.name, language=row.language, words=row.words) for row in rows]
    return Words(own, currency=settings.shop_currency), known


def _with_graph(work: Callable[[Graph], Awaitable[None]], settings: Settings | None = None) -> None:
    known = run(connected(settings or load_settings()))
    if not known.page_access_token:
        raise Failure("Connect the page in the console, or set PAGE_ACCESS_TOKEN in .env.", MISSING)

    async def go() -> None:
        async with Graph(
            known.page_access_token,
            app_secret=known.app_secret,
            base_url=known.graph_api_url,
            version=known.graph_api_version,
        ) as graph:
            await work(graph)

    try:
        run(go())
    except GraphError as error:
        raise Failure(f"Facebook answered: {error}") from error
