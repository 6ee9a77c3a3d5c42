"""Draws plots as SVG that takes its colours from the console's styles, and holds its values as text."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from xml.etree import ElementTree

import msgspec

from handlers.console.analytics.cells import Money, amount, shown
from handlers.console.analytics.charts import Style, pygal
from handlers.console.analytics.naming import WEEKDAYS
from handlers.console.analytics.plots import Drawing, Plot
from repository.analytics.asking import Cell, Column, Period, Row

NARROW, WIDE = 280, 1100
_HEIGHT = 220
_MANY = 40  # days from which on the line alone is drawn, and a day's dot only where the pointer is
_BAR = 34  # pixels of a bar and the space around it
_LETTER = 6.6  # pixels that a letter takes on average
_SVG = "{http://www.w3.org/2000/svg}"
_LEFT_OUT = ("plot text-overlay", "plot tooltip-overlay", "titles")
_STYLE = Style(
    font_family="system-ui", label_font_size=12, major_label_font_size=12, value_font_size=12, legend_font_size=12
)
_HOURS = range(24)
_SCALES = {"seconds": tuple(map(Decimal, (15, 60, 300, 900, 1800, 3600, 7200, 21600, 43200, 86400)))}
"""Steps of an axis of time; others are round by their digits."""
ElementTree.register_namespace("", "http://www.w3.org/2000/svg")


class Point(msgspec.Struct, frozen=True):
    """A value as it is drawn.

    Attributes:
        value: How much.
        told: What it is, in words.
        link: Where the rows behind it are; empty for nowhere.
    """

    value: float | None
    told: str
    link: str


def draw(
    plot: Plot,
    drawing: Drawing,
    rows: Sequence[Row],
    period: Period,
    *,
    width: int,
    money: Money,
    says: str,
) -> str:
    """A plot as SVG, ready to stand in a page.

    Args:
        plot: Which.
        drawing: Which of its drawings.
        rows: The figures.
        period: Of which days.
        width: In pixels.
        money: How amounts of money are written.
        says: What the plot says, for those who do not see it.
    """
    made = _Drawn(plot, drawing, rows, period, width, money)
    chart = {"line": made.line, "columns": made.over_days, "bars": made.bars, "dots": made.dots}[drawing.kind]()
    drawn = chart.render_tree()
    drawn.set("class", "drawn many" if len(rows) > _MANY else "drawn")
    return _told(drawn, title=drawing.title or plot.title, says=says, points=made.points)


class _Drawn:
    """A drawing that is being made."""

    def __init__(
        self, plot: Plot, drawing: Drawing, rows: Sequence[Row], period: Period, width: int, money: Money
    ) -> None:
        self._plot = plot
        self._drawing = drawing
        self._rows = rows
        self._period = period
        self._width = max(NARROW, min(WIDE, width))
        self._money = money
        self.points: list[Point] = []

    def line(self) -> pygal.Line:
        """A line for each column, over the days."""
        return self._days(pygal.Line, show_dots=True, dots_size=3.5, stroke=True)

    def over_days(self) -> pygal.StackedBar:
        """Columns over the days, one on top of the other."""
        return self._days(pygal.StackedBar)

    def bars(self) -> pygal.HorizontalBar:
        """A bar for each row, the first one on top."""
        places = self._drawing.columns
        rows = self._rows[: 12 if len(places) == 1 else 8]
        names = [self._name(row) for row in rows]
        most = int(self._width * 0.4 / _LETTER)
        height = 40 + max(1, len(names)) * (_BAR + 16 * (len(places) - 1))
        chart = pygal.HorizontalBar(**self._settings(self._column(places[0])), height=height)
        chart.y_labels = self._ticks(max(self._values(places), default=0), across=int(self._width * 0.5))
        chart.x_labels = [_cut(name, most) for name in reversed(names)]
        for place in reversed(places):
            chart.add(self._column(place).title, list(reversed(self._series(place, rows))))
        return chart

    def dots(self) -> pygal.Dot:
        """A dot for each hour of each weekday."""
        place = self._drawing.columns[0]
        found = {(int(amount(row[0])), int(amount(row[1]))): row for row in self._rows}
        chart = pygal.Dot(**self._settings(self._column(place)), height=_HEIGHT + 40)
        chart.x_labels = [f"{hour}" if hour % 3 == 0 else "" for hour in _HOURS]
        for weekday, name in enumerate(WEEKDAYS):
            points = []
            for hour in _HOURS:
                row = found.get((weekday, hour))
                value = row[place] if row else None
                words = shown(value, self._column(place).unit, self._money) if row else "nobody waited"
                link = self._plot.link(row, self._period) if row else ""
                points.append(self._point(value, f"{name} {hour}:00: {words}", link))
            chart.add(name[:3], points)
        return chart

    def _days(self, kind: Callable[..., pygal.Graph], **settings: object) -> pygal.Graph:
        unit = self._column(self._drawing.columns[0])
        chart = kind(**self._settings(unit), height=_HEIGHT, show_minor_x_labels=False, **settings)
        values = self._values(self._drawing.columns)
        if kind is pygal.StackedBar:
            values = [sum((amount(row[place]) for place in self._drawing.columns), Decimal(0)) for row in self._rows]
        chart.y_labels = self._ticks(max(values, default=0))
        labels = [self._short(row[0]) for row in self._rows]
        chart.x_labels = labels
        every = max(1, -(-len(labels) * 60 // (self._width - 70)))
        chart.x_labels_major = labels[::-1][::every][::-1]
        for place in self._drawing.columns:
            chart.add(self._column(place).title, self._series(place, self._rows))
        return chart

    def _values(self, places: Sequence[int]) -> list[Decimal]:
        return [amount(row[place]) for row in self._rows for place in places if row[place] is not None]

    def _ticks(self, most: Decimal | int, *, across: int = 0) -> list[float]:
        """Round values beside an axis, up to the first that is not below the greatest."""
        unit = self._column(self._drawing.columns[0]).unit
        wanted = max(2, min(5, across // 80)) if across else 4
        scale = next((each for each in _SCALES.get(unit, ()) if most <= each * wanted), None)
        if scale is None:
            power = Decimal(10) ** Decimal(max(most, 1) / wanted).adjusted()
            scale = next(power * each for each in (1, 2, 5, 10) if most <= power * each * wanted)
            scale = max(scale, Decimal(1))
        return [float(scale * place) for place in range(int(-(-most // scale)) + 1)] if most else [0.0, float(scale)]

    def _series(self, place: int, rows: Sequence[Row]) -> list[dict[str, object]]:
        column = self._column(place)
        return [
            self._point(
                row[place],
                f"{self._name(row)}, {column.title.lower()}: {shown(row[place], column.unit, self._money)}",
                self._plot.link(row, self._period),
            )
            for row in rows
        ]

    def _point(self, value: Cell, told: str, link: str) -> dict[str, object]:
        """A value, known by its number afterwards."""
        drawn = None if value is None else float(amount(value))
        self.points.append(Point(drawn, told, f"/console{link}" if link else ""))
        return {"value": drawn, "label": str(len(self.points) - 1)}

    def _settings(self, column: Column) -> dict[str, object]:
        return {
            "width": self._width,
            "css": [],
            "js": [],
            "style": _STYLE,
            "show_legend": False,
            "margin": 4,
            "margin_top": 10,
            "margin_right": 12,
            "spacing": 8,
            "max_scale": 5,
            "truncate_label": -1,
            "disable_xml_declaration": True,
            "include_x_axis": True,
            "no_data_text": "",
            "value_formatter": lambda value: _axis(value, column, self._money),
        }

    def _column(self, place: int) -> Column:
        return self._plot.question.columns[place]

    def _name(self, row: Row) -> str:
        first = self._plot.question.columns[0]
        return shown(row[0], "day", self._money) if first.unit == "day" else self._plot.names(str(row[0]))

    def _short(self, day: Cell) -> str:
        return shown(day, "day", self._money)[4:]


def _told(root: ElementTree.Element, *, title: str, says: str, points: Sequence[Point]) -> str:
    """The drawing without what our pages forbid and do not need, with its values in words on every point."""
    root.attrib.pop("id", None)
    root.set("role", "group")
    root.set("aria-label", _plain(f"{title}. {says}"))
    root.set("tabindex", "0")
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}defs", "defs", f"{_SVG}title", "title") or child.get("class") in _LEFT_OUT:
                parent.remove(child)
        parent.attrib.pop("style", None)
        if parent is not root:
            parent.attrib.pop("id", None)
    for group in root.iter():
        label = next((each for each in group if each.get("class") == "label"), None)
        if label is None:
            continue
        point = points[int(label.text or 0)]
        for child in list(group):
            if child.tag.endswith("desc"):
                group.remove(child)
        for shape in group:
            shape.set("data-told", _plain(point.told))
            shape.set("class", f"{shape.get('class', '')} point")
            if point.link:
                shape.set("data-link", point.link)
            ElementTree.SubElement(shape, "title").text = _plain(point.told)
    return ElementTree.tostring(root, encoding="unicode")


def _axis(value: float | None, column: Column, money: Money) -> str:
    """A figure beside an axis, as short as it can be."""
    if value is None:
        return ""
    if column.unit == "money" and abs(value) >= 1000:
        return money(Decimal(round(value))).removesuffix(".00")
    if column.unit in ("seconds", "ms", "percent", "days"):
        return shown(round(value), column.unit, money).replace(".0 %", " %")
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _plain(text: str) -> str:
    """A text without the marks that XML cannot hold."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _cut(name: str, most: int) -> str:
    name = _plain(name)
    return name if len(name) <= most else name[: max(1, most - 1)].rstrip() + "…"
