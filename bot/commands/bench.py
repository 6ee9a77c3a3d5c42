"""`quicksell bench ...`: the benchmarks."""

from collections.abc import Coroutine

import click
import msgspec

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
@click.option("--shoppers", default=16, show_default=True, help="How many walk at once, each in a closed loop.")
@click.option("--seconds", default=8.0, show_default=True, help="How long each round of each kind is measured.")
@click.option("--rounds", default=2, show_default=True, help="How often each kind is measured.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def turns(shoppers: int, seconds: float, rounds: int, as_json: bool) -> None:
    """Turns taken on one core, beside the least that a server on these libraries can do."""
    from bot.workshop.bench.turns import turns as measured

    _print("bench turns", measured(shoppers=shoppers, seconds=seconds, rounds=rounds), as_json=as_json)
