"""Questions about how the shop does: each is one statement, which people can run by themselves and get the same."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta
from decimal import Decimal
from textwrap import dedent
from typing import Final, Literal

import msgspec

from repository.database.binding import bind
from repository.database.connection import Connection, Result, Statement, Value

Unit = Literal["day", "text", "count", "money", "percent", "ms", "seconds", "days", "key"]
"""What a column holds; a key is not shown, but says which row it is."""
Cell = str | int | float | Decimal | date | None
Row = Sequence[Cell]
PERIODS: Final = (1, 7, 30, 90)
"""Days that one can look at with one click."""
DAYS_MOST: Final = 366


class Period(msgspec.Struct, frozen=True):
    """Some days of the shop, both ends included.

    Attributes:
        first: The first day.
        last: The last day.
    """

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days before it."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


class Column(msgspec.Struct, frozen=True):
    """A column of an answer.

    Attributes:
        title: What it is called.
        unit: What it holds.
        total: What it comes to over all rows: their sum, the one in the middle, or nothing that means anything.
    """

    title: str
    unit: Unit
    total: Literal["sum", "middle", ""] = ""


class Question(msgspec.Struct, frozen=True):
    """A question about some days.

    Attributes:
        name: Names it among all.
        columns: What its answer holds, in order.
        sql: The statement, in which `%(first)s` and `%(last)s` are the days.
        slow: One that gives the same from the rows that were counted, as long as they are kept; empty where it is that.
    """

    name: str
    columns: tuple[Column, ...]
    sql: str
    slow: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What a question came to, and the same for the days before.

    Attributes:
        rows: Its rows, a value for each column.
        before: The rows of as many days before.
    """

    rows: Sequence[Row]
    before: Sequence[Row]


DAYS: Final = """WITH RECURSIVE days (day) AS (
    SELECT CAST(%(first)s AS DATE) UNION ALL SELECT day + INTERVAL 1 DAY FROM days WHERE day < %(last)s
)
"""
"""What stands before a statement whose answer has a row for each day, also for those on which nothing happened."""


async def ask(conn: Connection, *, questions: Sequence[Question], period: Period) -> Mapping[str, Answer]:
    """The answers to some questions, in one round trip and two statements each.

    Args:
        conn: An open connection.
        questions: Which.
        period: Of which days; each is also asked about as many days before.
    """
    statements = [
        Statement(_tidy(question.sql), _values(days)) for question in questions for days in (period, period.before)
    ]
    results = await conn.batch(*statements)
    return {
        question.name: Answer(_rows(results[2 * place]), _rows(results[2 * place + 1]))
        for place, question in enumerate(questions)
    }


def printed(question: Question, period: Period) -> tuple[str, ...]:
    """The statements that give the answer, as they are sent, for people who want to run them.

    Args:
        question: Which.
        period: Of which days.

    Returns:
        The one that was run, and behind it the slow one, where there is one.
    """
    return tuple(
        bind(Statement(_tidy(sql), _values(period)), UTC, str) + ";" for sql in (question.sql, question.slow) if sql
    )


def _rows(result: Result) -> Sequence[Row]:
    return [tuple(map(_cell, row)) for row in result.rows]


def _cell(value: Value) -> Cell:
    """A value as it is shown; the server gives some of its texts as bytes."""
    if isinstance(value, bytes):
        return value.decode()
    return None if isinstance(value, timedelta) else value


def _tidy(sql: str) -> str:
    return dedent(sql).strip()


def _values(period: Period) -> dict[str, Value]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
