"""Every area measured in one run, and printed for whoever owns a shop."""

import pkgutil
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.workshop.bench.understanding.row import Row
from bot.workshop.bench.understanding.wanted import WANTED, Wanted

MISSES_SHOWN = 5
"""Misses of a line that are listed in the short form."""
_NOT_MEASURED = "not measured"


def areas() -> list[str]:
    """The modules of this folder that measure something, by their names."""
    folder = import_module(__name__.rpartition(".")[0])
    names = (f"{folder.__name__}.{found.name}" for found in pkgutil.iter_modules(folder.__path__))
    return [name for name in names if hasattr(import_module(name), "measure")]


def measured(shared: Path, *, tell: Callable[[str], None]) -> list[Row]:
    """What every area comes to.

    Args:
        shared: The folder whose `data` is measured with.
        tell: Told what is being measured.
    """
    rows: list[Row] = []
    for name in areas():
        tell(name.rpartition(".")[2])
        rows += import_module(name).measure(shared)
    return rows


def report(rows: Sequence[Row]) -> list[tuple[Wanted, Row]]:
    """The lines of the report: what is wanted in its order, then whatever else was measured.

    Args:
        rows: Of `measured`.
    """
    lines: list[tuple[Wanted, Row]] = []
    for line in WANTED:
        of_it = [each for each in rows if each.what.startswith(line.what)]
        lines += [(line, each) for each in of_it or [Row(what=line.what, ours=_NOT_MEASURED, aim=line.aim)]]
    known = {id(each) for _, each in lines}
    return lines + [(Wanted(each.what, "", each.aim), each) for each in rows if id(each) not in known]


def show(rows: Sequence[Row], *, long: bool) -> None:
    """Print the report.

    Args:
        rows: Of `measured`.
        long: With 0.1.0 beside it, and with every miss.
    """
    lines = report(rows)
    table = Table(title="How well shoppers are understood", title_justify="left")
    table.add_column("what")
    table.add_column("ours", justify="right")
    if long:
        table.add_column("0.1.0", justify="right")
    table.add_column("others, same run")
    table.add_column("aim", justify="right")
    for line, each in lines:
        before = (line.before,) if long else ()
        table.add_row(each.what, _figure(each.ours), *before, each.others, each.aim or line.aim)
    console = Console()
    console.print(table)
    for each in rows:
        if each.misses:
            console.print(f"\n{each.what}: {len(each.misses)} missed", style="bold", highlight=False)
            for miss in _some(each.misses, long=long):
                console.print(f"  {miss}", markup=False, highlight=False)


def _some(misses: Sequence[str], *, long: bool) -> Iterable[str]:
    if long or len(misses) <= MISSES_SHOWN:
        return misses
    return [*misses[:MISSES_SHOWN], f"... and {len(misses) - MISSES_SHOWN} more: --long lists them"]


def _figure(ours: str | float) -> str:
    return ours if isinstance(ours, str) else f"{ours:.3f}".removeprefix("0")
