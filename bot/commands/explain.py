"""`quicksell explain`: what a message means, every candidate with its score and reason, and the row that won."""

from pathlib import Path

import click
import msgspec

from bot.base import sentences
from bot.base.settings import Settings
from bot.commands.demo_data import demo_database
from bot.run.running import load_settings, run
from dialogs.conversation import STATES_BY_TAG
from dialogs.engine.state import State
from dialogs.reading.context import Context, Offered
from dialogs.reading.explaining import Explained, Explanation, explain, order
from handlers.turns.explaining import explain_with_shop
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.rules import load as load_rules

_FROM_TAG = {**{tag.removeprefix("checkout."): kind for tag, kind in STATES_BY_TAG.items()}, **STATES_BY_TAG}
"""States by their stored names, those of checkout by the part alone too: "recipient"."""


@click.command(name="explain")
@click.argument("text", default="")
@click.option("--state", "--asked", default="idle", help="Where the shopper stands: product, recipient, review ...")
@click.option("--shopper", default="", help="The PSID of a shopper, whose conversation it is read against.")
@click.option("--product", "products", multiple=True, help="The name of a product on the screen; may be given again.")
@click.option("--table", "as_table", is_flag=True, help="The rows of the decision, in their order.")
@click.option("--json", "as_json", is_flag=True, help="One object for scripts.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="The data of a demo that runs, such as .quicksell."
)
def explain_text(
    text: str, state: str, shopper: str, products: tuple[str, ...], as_table: bool, as_json: bool, data: Path | None
) -> None:
    """What a message means, and why: `quicksell explain "isa po nito" --state product`.

    Where a database is set, or the data of a demo is named, it also says what the shop would answer to each reading.
    """
    if as_table:
        for number, name in enumerate(order(), 1):
            click.echo(f"{number:2}  {name}")
        return
    context = Context(state=_state(state), offered=tuple(_cards(products)))
    settings = Settings(database=demo_database(data)) if data else load_settings()
    if settings.database.is_given or data:
        told = _with_shop(settings, text, context, shopper)
    else:
        told = explain(text, context)
    if as_json:
        click.echo(msgspec.json.encode(told).decode())
    else:
        _show(told)


def _with_shop(settings: Settings, text: str, context: Context, psid: str) -> Explanation:
    sentences.begin(settings.sentence_vectors)

    async def go() -> Explanation:
        database = Database(settings.database, settings.offset, most=1)
        try:
            async with database.connection() as conn:
                rules = await load_rules(conn, shop_name=settings.shop_name, currency=settings.shop_currency)
            language = settings.shop_locale
            return await explain_with_shop(database, rules, text, context, language=language, psid=psid)
        finally:
            await database.close()

    try:
        return run(go())
    except DatabaseError as error:
        click.echo(f"quicksell: by the words alone, for the database does not answer: {error}", err=True)
        return explain(text, context)


def _state(called: str) -> State:
    """A state by its stored name, with or without "checkout." before it; its fields as for an example."""
    kind = _FROM_TAG.get(called)
    if kind is None:
        raise click.BadParameter(
            f"there is no state {called!r}: {', '.join(sorted(STATES_BY_TAG))}", param_hint="--state"
        )
    required = [field for field in msgspec.structs.fields(kind) if field.required]
    state: State = kind(**{field.name: 1 if field.type is int else "" for field in required})
    return state


def _cards(products: tuple[str, ...]) -> list[Offered]:
    return [
        Offered(title=title, payload=f"{tap}:{number}", of=name)
        for number, name in enumerate(products, 1)
        for title, tap in (("Add to cart", "add_to_cart"), ("Details", "open_product"))
    ]


def _show(told: Explanation) -> None:
    click.echo(f"{told.text!r}, asked: {told.asked}")
    click.echo(f"-> {_line(told.decision)}")
    click.echo(f"   because of the row: {told.decision.row}\n")
    for one in told.candidates:
        mark = "*" if one == told.decision else " "
        click.echo(f"{mark} {one.score:4.2f}  {_line(one)}")
        click.echo(f"         {one.row}: {one.why}")


def _line(one: Explained) -> str:
    return f"{one.kind} {one.name}" + (f" = {one.value}" if one.value and one.value != one.name else "")
