"""Plots are drawn whatever the figures are, and hold nothing that our pages forbid."""

import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from handlers.console.analytics.cells import change, lasting, shown
from handlers.console.analytics.drawing import draw
from handlers.console.analytics.naming import failure, source
from handlers.console.analytics.plots import PLOTS, Plot
from handlers.console.analytics.sentences import SENTENCES, Telling
from replies.environment import money
from repository.analytics.asking import Answer, Cell, Period, Row

PERIOD = Period(date(2026, 9, 1), date(2026, 11, 29))
HOSTILE = "<script>alert(1)</script>\x00\x08 \u202e “Mug” & 'plate' \U0001f962" + "W" * 300
_FORBIDDEN = re.compile(r"<style|<script|\sstyle=|\son\w+=|<desc|http://www\.w3\.org/1999/xlink", re.IGNORECASE)


def rows(plot: Plot, value: Cell, days: int) -> list[Row]:
    """Rows of a plot, each with the same value in every column that is none of its name."""
    first = plot.question.columns[0]
    made: list[Row] = []
    for number in range(days):
        name: Cell = HOSTILE if plot.names is str else str(number % 7)
        if first.unit == "day":
            name = PERIOD.first + timedelta(days=number)
        made.append((name, *([value] * (len(plot.question.columns) - 1))))
    return made


@pytest.mark.parametrize("plot", PLOTS.values(), ids=lambda plot: plot.name)
@pytest.mark.parametrize("value", [None, 0, Decimal("0.01"), Decimal("99999999999.99")])
def test_any_figures_are_drawn(plot: Plot, value: Cell) -> None:
    for days in (1, 90):
        for drawing in plot.drawings:
            svg = draw(
                plot, drawing, rows(plot, value, days), PERIOD, width=340, money=money, says=f"It says {HOSTILE}"
            )
            assert not _FORBIDDEN.search(svg.replace("&lt;script", ""))
            root = ElementTree.fromstring(svg)
            assert root.get("viewBox", "").startswith("0 0 340 ")
            assert HOSTILE[:25] in root.get("aria-label", "")
            assert "<script>" not in svg


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("value", [None, 0, 1, Decimal("2.50")])
def test_any_figures_are_told(name: str, value: Cell) -> None:
    plot = PLOTS[name]
    cases = [rows(plot, value, days) for days in (0, 1, 3)]
    if name == "funnel":
        cases = [[(step, value, value, value) for step in range(7)], []]
    for now in cases:
        for before in cases:
            said = SENTENCES[name](Telling(Answer(now, before), "the 7 days before", money))
            assert said.strip().endswith(".")
            assert not re.search(r"None(?! seems)|nan|Decimal", said)


def test_every_plot_has_its_sentence() -> None:
    assert set(SENTENCES) == set(PLOTS)


def test_bars_stand_in_the_order_of_the_table_and_lead_to_their_rows() -> None:
    plot = PLOTS["products"]
    found: list[Row] = [("Mug", 3, Decimal("300.00"), 7), ("Plate & cup", 1, Decimal("50.50"), 8)]
    svg = draw(plot, plot.drawings[0], found, PERIOD, width=700, money=money, says="")
    told = re.findall(r'data-told="([^"]*)" data-link="([^"]*)"', svg)
    assert sorted(told) == [
        ("Mug, sales: ₱300.00", "/console/products/7"),
        ("Plate &amp; cup, sales: ₱50.50", "/console/products/8"),
    ]
    high = [float(y) for y in re.findall(r'<rect x="[\d.]+" y="([\d.]+)"[^>]*data-told', svg)]
    assert high[[name for name, _ in told].index("Mug, sales: ₱300.00")] == min(high), "the first one is on top"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "count", "–"),
        (Decimal("1234.5"), "money", "₱1,234.50"),
        (12345, "count", "12,345"),
        (950, "ms", "950 ms"),
        (1940, "ms", "1.9 s"),
        (59, "seconds", "59 s"),
        (Decimal("12.34"), "percent", "12.3 %"),
        (1, "days", "1 day"),
        (date(2026, 11, 2), "day", "Mon 2 Nov"),
    ],
)
def test_figures_are_written_as_people_read_them(value: Cell, unit: str, text: str) -> None:
    assert shown(value, unit, money) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (60, "1 min"), (3900, "1 h 5 min"), (90_000, "1 d 1 h"), (86_400, "1 d 0 h")]
)
def test_times_are_written_as_people_say_them(seconds: int, text: str) -> None:
    assert lasting(seconds) == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [(112, 100, "+12 %"), (88, 100, "−12 %"), (100, 100, "as before"), (5, 0, ""), (0, 4, "−100 %")],
)
def test_a_change_says_how_much(now: int, before: int, text: str) -> None:
    assert change(Decimal(now), Decimal(before)) == text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("551/0", "The shopper cannot be reached (551)"),
        ("10/2018278", "More than 24 hours after the shopper wrote (10/2018278)"),
        ("424242/1", "Facebook did not take it (424242/1)"),
        ("window", "More than 24 hours after the shopper wrote"),
        ("", "Not sent"),
        ("bug TypeError", "Not sent (bug TypeError)"),
    ],
)
def test_failures_are_told_in_words(code: str, words: str) -> None:
    assert failure(code) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("direct", "Directly"),
        ("ad:23", "Ad 23"),
        ("ref:a:b", "Link a:b"),
        ("post:x", "Post x"),
        ("odd", "odd"),
        ("comment:7", "Comment below post 7"),
        ("cart", "A cart filled on Facebook"),
        ("ref:promo:SUKI10", "Link of promo SUKI10"),
    ],
)
def test_sources_are_told_in_words(name: str, words: str) -> None:
    assert source(name) == words
