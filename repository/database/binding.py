"""Statements with their values, and how values are written into them: the one place where that is done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Literal

import msgspec

from repository.database.errors import Invalid
from repository.database.wire.packets import Value

Bound = Value | Sequence[str] | Sequence[int] | Sequence[bytes]
Feeds = Literal["", "work", "notices", "uses"]
Escape = Callable[[object], object]


class Statement(msgspec.Struct, frozen=True):
    """One SQL statement with its values, not yet sent.

    Attributes:
        sql: The statement.
        values: What its `%(name)s` stand for.
        feeds_queue: Into which queue it puts something, so that this process looks at once after the commit: "work",
            "notices" or "uses" of canned replies; empty for none.
    """

    sql: str
    values: Mapping[str, Bound] = {}
    feeds_queue: Feeds = ""


def bind(statement: Statement, offset: timezone, escape: Escape) -> str:
    """The statement as it travels, every value written into it.

    Args:
        statement: What to run.
        offset: The shop's fixed offset from UTC, in which times are written.
        escape: The driver's way to write numbers with fractions, dates and durations.

    Raises:
        Invalid: A text holds what utf8mb4 does not have.
        ValueError: A time has no zone.
    """
    values = statement.values
    if not values:
        return statement.sql
    # The most frequent kinds first: this runs for every value of every statement.
    bound: dict[str, object] = {}
    for name, value in values.items():
        kind = type(value)
        if kind is str:
            bound[name] = _quoted(value)  # type: ignore[arg-type]  # kind says so, faster than isinstance
        elif kind is int:
            bound[name] = value
        elif value is None:
            bound[name] = "NULL"
        else:
            bound[name] = _literal(value, offset, escape)
    return statement.sql % bound


def _literal(value: Bound, offset: timezone, escape: Escape) -> str:
    """A value as it stands in a statement."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int):
        return str(int(value))
    if value is None:
        return "NULL"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        local = value if value.tzinfo is offset else value.astimezone(offset)
        return f"'{local.replace(tzinfo=None)}'"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, float | Decimal | date | timedelta):
        return str(escape(value))
    return f"({', '.join(_literal(each, offset, escape) for each in value)})" if value else "(NULL)"


def _quoted(text: str) -> str:
    """A text as it stands in a statement. The session's SQL mode and character set are ours: a backslash escapes."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise Invalid("a text holds half of a character, which utf8mb4 does not have") from None
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "'" in text:
        text = text.replace("'", "\\'")
    return f"'{text}'"
