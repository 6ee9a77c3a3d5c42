"""Figures as people read them, and as spreadsheets do."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from repository.analytics.asking import Cell, Column, Row, Unit

Money = Callable[[Decimal], str]
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def shown(value: Cell, unit: Unit, money: Money) -> str:
    """A figure in words; a dash where there is none.

    Args:
        value: The figure.
        unit: What it measures.
        money: How amounts of money are written.
    """
    if value is None:
        return "–"
    if isinstance(value, date):
        return f"{value:%a} {value.day} {value:%b}"
    if unit == "money":
        return money(amount(value))
    if unit == "seconds":
        return lasting(int(amount(value)))
    if unit == "ms":
        return f"{int(amount(value)):,} ms" if amount(value) < 1000 else f"{amount(value) / 1000:.1f} s"
    if unit == "percent":
        return f"{amount(value):.1f} %"
    if unit == "days":
        days = int(amount(value))
        return f"{days:,} day" if days == 1 else f"{days:,} days"
    return f"{int(amount(value)):,}" if unit == "count" else str(value)


def plain(value: Cell) -> str:
    """A figure as a spreadsheet reads it; empty where there is none.

    Args:
        value: The figure.
    """
    return "" if value is None else str(value)


def lasting(seconds: int) -> str:
    """How long something takes, such as "1 h 5 min".

    Args:
        seconds: How many.
    """
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} min"
    return f"{seconds // _DAY} d {seconds % _DAY // _HOUR} h"


def amount(value: Cell) -> Decimal:
    """A figure as a number; 0 where there is none.

    Args:
        value: The figure.
    """
    return Decimal(str(value)) if isinstance(value, Decimal | int | float) else Decimal(0)


def total(rows: Sequence[Row], place: int, column: Column) -> Decimal | None:
    """What a column comes to; None where that means nothing, or there is nothing.

    Args:
        rows: All of them.
        place: Which column.
        column: What it holds.
    """
    there = [amount(row[place]) for row in rows if row[place] is not None]
    if column.total == "sum":
        return sum(there, Decimal(0))
    return sorted(there)[len(there) // 2] if column.total == "middle" and there else None


def change(now: Decimal | None, before: Decimal | None) -> str:
    """How a figure compares with the one of the days before, such as "+12 %"; empty where nothing can be said.

    Args:
        now: The figure.
        before: The one before.
    """
    if now is None or not before:
        return ""
    percent = round(100 * (now - before) / before)
    return "as before" if not percent else f"{percent:+,} %".replace("-", "−")
