"""`quicksell bench ...`: the benchmarks."""

from collections.abc import Coroutine
from pathlib import Path

import click
import msgspec

from bot.base.exits import MISSING, Failure
from bot.run.running import run
from bot.workshop.bench.figures import Figure, show


@click.group()
def bench() -> None:
    """Benchmarks, with ratios against limits measured in the same run."""


def _print(title: str, work: Coroutine[object, object, list[Figure]], *, as_json: bool) -> None:
    figures = run(work)
    if as_json:
        click.echo(msgspec.json.encode(figures))
    else:
        show(title, figures)


@bench.command()
@click.option("--connections", default=32, show_default=True, help="How many reserve at once.")
@click.option("--rounds", default=5, show_default=True, help="How often each way is measured.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def reserve(connections: int, rounds: int, as_json: bool) -> None:
    """Baskets reserved in a second, beside the bare statements; how long `db init` and `db verify` take."""
    from bot.workshop.bench.reserve import reserve as measured

    _print("bench reserve", measured(connections=connections, rounds=rounds), as_json=as_json)


@bench.command()
@click.option("--orders", default=1_000_000, show_default=True, help="Orders of the large shop, three lines each.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def views(orders: int, as_json: bool) -> None:
    """Filtered questions to the five views, beside 10,000 orders, and an upgrade beside writers.

    A million orders take some minutes to make.
    """
    from bot.workshop.bench.views import views as measured

    _print("bench views", measured(orders=orders, tell=lambda step: click.echo(f"  {step}", err=True)), as_json=as_json)


@bench.command()
@click.option("--orders", default=100_000, show_default=True, help="Orders of the shop, three lines each.")
@click.option("--turns", default=1_000_000, show_default=True, help="Turns of its chats.")
@click.option("--products", default=20_000, show_default=True, help="Its products, two variants each.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def console(orders: int, turns: int, products: int, as_json: bool) -> None:
    """The console's pages in a shop with a long history, beside what is promised; it takes minutes to make."""
    from bot.workshop.bench.clerks.pages import console as measured

    def tell(step: str) -> None:
        click.echo(f"  {step}", err=True)

    _print("bench console", measured(orders=orders, turns=turns, products=products, tell=tell), as_json=as_json)


@bench.command()
@click.option("--clerks", default=20, show_default=True, help="How many have a chat open.")
@click.option("--shoppers", default=200, show_default=True, help="How many write, one after the other.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def people(clerks: int, shoppers: int, as_json: bool) -> None:
    """How soon clerks see what shoppers write, and shoppers what clerks write."""
    from bot.workshop.bench.clerks.chats import people as measured

    _print("bench people", measured(clerks=clerks, shoppers=shoppers), as_json=as_json)


@bench.command()
@click.option("--orders", default=25, show_default=True, help="Orders that a clerk clicks through to their delivery.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def desk(orders: int, as_json: bool) -> None:
    """How soon shoppers hear what clerks click, in the same and in another process; and what large proofs take."""
    from bot.workshop.bench.clerks.clicks import desk as measured

    _print("bench desk", measured(orders=orders), as_json=as_json)


@bench.command()
@click.option("--shoppers", default=16, show_default=True, help="How many walk at once, each in a closed loop.")
@click.option("--seconds", default=8.0, show_default=True, help="How long each round of each kind is measured.")
@click.option("--rounds", default=2, show_default=True, help="How often each kind is measured.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def turns(shoppers: int, seconds: float, rounds: int, as_json: bool) -> None:
    """Turns taken on one core, beside the least that a server on these libraries can do."""
    from bot.workshop.bench.turns import turns as measured

    _print("bench turns", measured(shoppers=shoppers, seconds=seconds, rounds=rounds), as_json=as_json)


@bench.command()
@click.option("--seconds", default=4.0, show_default=True, help="How long each kind of turn is measured at each size.")
@click.option("--shoppers", default=100_000, show_default=True, help="After how many the memory is looked at.")
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=1.0,
    show_default=True,
    help="Of the large sizes that the shop grows to.",
)
@click.option("--plots", type=click.Path(path_type=Path, file_okay=False), help="A folder for the plots, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def scale(seconds: float, shoppers: int, share: float, plots: Path | None, *, as_json: bool) -> None:
    """What a turn costs in a large shop beside a small one, with one process and more, and their memory.

    The shop grows to 1,000,000 shoppers, 50,000 products, 5,000,000 turns in its log and 5,000 canned replies, one
    after the other; that takes some minutes and 5 GB of disk.
    """
    from bot.workshop.bench.growth.scale import scale as measured

    def tell(step: str) -> None:
        click.echo(f"  {step}", err=True)

    figures = measured(seconds=seconds, shoppers=shoppers, share=share, plots=plots, tell=tell)
    _print("bench scale", figures, as_json=as_json)


@bench.command()
@click.option("--messages", default=5000, show_default=True, help="That the shopper has written.")
@click.option("--orders", default=40, show_default=True, help="That the shopper has.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def deletion(messages: int, orders: int, as_json: bool) -> None:
    """How long it takes to forget a shopper, and what the turns of others feel of it."""
    from bot.workshop.bench.background.deletion import deletion as measured

    _print("bench deletion", measured(messages=messages, orders=orders), as_json=as_json)


@bench.command()
@click.option("--wishes", default=100_000, show_default=True, help="How many, ten of each shopper.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def wishes(wishes: int, as_json: bool) -> None:
    """How long changed prices and stocks of many wishes take to be followed, and what turns feel of it."""
    from bot.workshop.bench.background.wishes import wishes as measured

    _print("bench wishes", measured(count=wishes), as_json=as_json)


@bench.command()
@click.option(
    "--transcripts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path("tests/transcripts"),
    show_default=True,
    help="The folder whose conversations are played.",
)
@click.option("--conversations", default=200, show_default=True, help="How many are played live.")
@click.option("--times", default=100, show_default=True, help="How often the recordings are taken again.")
@click.option(
    "--before", type=click.Path(path_type=Path, file_okay=False, exists=True), help="A folder with an older QuickSell."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="In how many processes.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def replay(transcripts: Path, conversations: int, times: int, before: Path | None, jobs: int, *, as_json: bool) -> None:
    """Conversations played live and as they were recorded, and whether it is the same every time."""
    from bot.workshop.bench.replaying import replays

    figures = replays(transcripts=transcripts, conversations=conversations, times=times, before=before, jobs=jobs)
    if as_json:
        click.echo(msgspec.json.encode(figures))
    else:
        show("bench replay", figures)


@bench.command()
@click.option(
    "--shared",
    type=click.Path(path_type=Path),
    default=Path("../shared"),
    show_default=True,
    help="The folder whose data/ is measured with.",
)
@click.option("--long", "is_long", is_flag=True, help="With 0.1.0 beside it, and with every miss.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def understanding(shared: Path, *, is_long: bool, as_json: bool) -> None:
    """How well what shoppers type is understood, beside other programs, with what was missed."""
    from bot.workshop.bench.understanding.report import measured, report, show

    if not (shared / "data").is_dir():
        raise Failure(f"{shared / 'data'} is not there: say with --shared where the samples lie", MISSING)
    rows = measured(shared, tell=lambda area: click.echo(f"  {area}", err=True))
    if as_json:
        click.echo(msgspec.json.encode([row for _, row in report(rows)]).decode())
    else:
        show(rows, long=is_long)
