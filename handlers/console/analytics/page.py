"""The page of plots, each plot's drawing, and its figures as a file."""

import asyncio
from collections.abc import Sequence

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.analytics.asked import Asked, asked_in
from handlers.console.analytics.cells import Money, change, plain, shown, total
from handlers.console.analytics.plots import PLOTS, SECTIONS, Drawing, Plot
from handlers.console.analytics.sentences import SENTENCES, Telling
from handlers.console.base.look import HEADERS
from handlers.console.base.sheets import begin, lines
from handlers.console.base.visit import Visit, whole
from replies.environment import money
from repository.analytics.asking import DAYS_MOST, PERIODS, Answer, Period, Row, ask, printed
from repository.analytics.gathering.days import count_open
from repository.database.errors import NotFound

HOME = "/analytics"


class Figure(msgspec.Struct, frozen=True):
    """What a column comes to, beside its name.

    Attributes:
        title: The column's.
        text: What it comes to.
        change: How it compares with the days before; empty where nothing can be said.
        color: Which colour it is drawn in; empty where it is not drawn.
    """

    title: str
    text: str
    change: str
    color: str


class Line(msgspec.Struct, frozen=True):
    """A row of a table.

    Attributes:
        cells: What stands in it, the first its name.
        link: Where the rows behind it are, below the console; empty for nowhere.
    """

    cells: tuple[str, ...]
    link: str


class Shown(msgspec.Struct, frozen=True):
    """A plot as the page shows it.

    Attributes:
        plot: Which.
        says: What it says, in a sentence or two.
        figures: What its columns come to.
        heads: The names of the table's columns, and whether each holds numbers.
        lines: The table.
        sql: The statements that give the same.
        is_empty: Whether there is nothing to draw.
    """

    plot: Plot
    says: str
    figures: tuple[Figure, ...]
    heads: tuple[tuple[str, bool], ...]
    lines: tuple[Line, ...]
    sql: tuple[str, ...]
    is_empty: bool

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """How it is drawn."""
        return self.plot.drawings


async def show(visit: Visit) -> web.Response:
    """The plots of a section."""
    section = next((one for one in SECTIONS if one.name == visit.request.query.get("about")), SECTIONS[0])
    asked = _asked(visit)
    async with visit.shop.database.connection() as conn:
        answers = await ask(conn, questions=[plot.question for plot in section.plots], period=asked.period)
        open_days = await count_open(conn)
    return await visit.page(
        "analytics.html",
        home=HOME,
        asked=asked,
        section=section,
        sections=SECTIONS,
        periods=PERIODS,
        days_most=DAYS_MOST,
        open_days=open_days,
        plots=[_shown(plot, answers[plot.name], asked, _money(visit)) for plot in section.plots],
    )


async def drawing(visit: Visit) -> web.Response:
    """One drawing of a plot, as wide as the address says."""
    from handlers.console.analytics.drawing import WIDE, draw  # pygal, of which no other page has need

    plot = _plot(visit)
    asked = _asked(visit)
    place = whole(visit.request.query.get("drawing", ""))
    if place >= len(plot.drawings):
        raise NotFound(str(place))
    async with visit.shop.database.connection() as conn:
        answer = (await ask(conn, questions=[plot.question], period=asked.period))[plot.name]
    svg = await asyncio.to_thread(
        draw,
        plot,
        plot.drawings[place],
        answer.rows,
        asked.period,
        width=min(whole(visit.request.query.get("width", "")), WIDE),
        money=_money(visit),
        says=_says(plot, answer, asked, _money(visit)),
    )
    return web.Response(text=svg, content_type="image/svg+xml", charset="utf-8", headers=HEADERS)


async def download(visit: Visit) -> web.StreamResponse:
    """The figures of a plot, for a spreadsheet."""
    plot = _plot(visit)
    asked = _asked(visit)
    async with visit.shop.database.connection() as conn:
        answer = (await ask(conn, questions=[plot.question], period=asked.period))[plot.name]
    places = _places(plot)
    columns = [plot.question.columns[place].title for place in places]
    name = f"{plot.name}-{asked.period.first}-{asked.period.last}.csv"
    response = await begin(visit, name, columns)
    is_day = plot.question.columns[0].unit == "day"
    await response.write(
        lines(
            [
                [plain(row[0]) if is_day else plot.names(str(row[0])), *(plain(row[place]) for place in places[1:])]
                for row in answer.rows
            ]
        )
    )
    await response.write_eof()
    return response


def _plot(visit: Visit) -> Plot:
    name = visit.request.match_info["plot"]
    if name not in PLOTS:
        raise NotFound(name)
    return PLOTS[name]


def _asked(visit: Visit) -> Asked:
    return asked_in(visit.request.query, clock.now().astimezone(visit.shop.database.offset).date())


def _money(visit: Visit) -> Money:
    currency = visit.shop.settings.shop_currency
    return lambda amount: money(amount, currency)


def _says(plot: Plot, answer: Answer, asked: Asked, money: Money) -> str:
    return SENTENCES[plot.name](Telling(answer, asked.compared, money))


def _places(plot: Plot) -> Sequence[int]:
    return [place for place, column in enumerate(plot.question.columns) if column.unit != "key"]


def _shown(plot: Plot, answer: Answer, asked: Asked, money: Money) -> Shown:
    columns = plot.question.columns
    return Shown(
        plot=plot,
        says=_says(plot, answer, asked, money),
        figures=tuple(_figures(plot, answer, money)),
        heads=tuple((columns[place].title, columns[place].unit not in ("day", "text")) for place in _places(plot)),
        lines=tuple(_line(plot, row, asked.period, money) for row in answer.rows),
        sql=printed(plot.question, asked.period),
        is_empty=not any(row[place] for row in answer.rows for one in plot.drawings for place in one.columns),
    )


def _figures(plot: Plot, answer: Answer, money: Money) -> list[Figure]:
    drawn = {place: color for one in plot.drawings for color, place in enumerate(one.columns)}
    several = {place for one in plot.drawings if len(one.columns) > 1 for place in one.columns}
    found = []
    for place, column in enumerate(plot.question.columns):
        if column.unit in ("day", "text", "key") or not (column.total or place in several):
            continue
        now, before = total(answer.rows, place, column), total(answer.before, place, column)
        text = shown(now, column.unit, money) if column.total else ""
        color = f"color-{drawn[place]}" if place in several else ""
        found.append(Figure(column.title, text, change(now, before) if column.total else "", color))
    return found


def _line(plot: Plot, row: Row, period: Period, money: Money) -> Line:
    columns = plot.question.columns
    cells = [shown(row[place], columns[place].unit, money) for place in _places(plot)]
    if columns[0].unit == "text":
        cells[0] = plot.names(str(row[0]))
    return Line(tuple(cells), plot.link(row, period))
