"""The plots of `bench scale`."""

from collections.abc import Mapping, Sequence
from math import log10
from pathlib import Path

from handlers.console.analytics.charts import pygal

_WIDE = 100  # times: an axis that spans more shows powers of ten


def draw(file: Path, title: str, lines: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Write a plot as SVG.

    Args:
        file: Which.
        title: Above it, with the units.
        lines: The points of each line, by its name.
    """
    places = [x for points in lines.values() for x, _ in points]
    is_wide = max(places) > _WIDE * min(places) > 0
    shown: dict[float, str] = {(log10(x) if is_wide else x): f"{x:,.0f}" for x in sorted(set(places))}
    chart = pygal.XY(
        title=title,
        range=(0, 1.1 * max(y for points in lines.values() for _, y in points)),
        x_labels=list(shown),
        x_value_formatter=lambda x: shown.get(x, ""),
        value_formatter=lambda y: f"{y:,.3g}",
        legend_at_bottom=True,
        js=[],
    )
    for name, points in lines.items():
        chart.add(name, [(log10(x) if is_wide else x, y) for x, y in points])
    file.write_bytes(chart.render())
