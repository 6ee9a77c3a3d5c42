"""A benchmark's figures, for people and for scripts."""

from collections.abc import Sequence

import msgspec
from rich.console import Console
from rich.table import Table


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measured figure.

    Attributes:
        name: What was measured.
        value: The figure.
        unit: Of the figure and its limit.
        limit: What was measured as the limit in the same run, or what is promised; None where there is neither.
        ratio: The figure over its limit; None where there is no limit.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    ratio: float | None = None


def figure(name: str, value: float, unit: str, limit: float | None = None) -> Figure:
    """A figure with its ratio worked out."""
    return Figure(name=name, value=value, unit=unit, limit=limit, ratio=value / limit if limit else None)


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print figures as a table.

    Args:
        title: Above it.
        figures: Its lines.
    """
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    for heading in ("value", "limit", "ratio"):
        table.add_column(heading, justify="right")
    table.add_column("unit")
    for each in figures:
        table.add_row(each.name, _number(each.value), _number(each.limit), _number(each.ratio), each.unit)
    Console().print(table)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed.

    Args:
        values: At least one.
        share: Between 0 and 1.
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
