"""The demo shop as one conversation finds it: at another time, with other rules, or with nothing to sell."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from repository import rules
from repository.database.connection import Connection, Statement
from repository.settings import store


class RuleRefused(ValueError):
    """A rule cannot be what a transcript says."""


async def move_dates(conn: Connection, *, by: timedelta) -> None:
    """Let the shop's promos begin and end by so much later.

    Args:
        conn: A connection in a transaction.
        by: How much; negative for earlier.
    """
    await conn.run(
        "UPDATE promos SET start_date = start_date + INTERVAL %(by)s SECOND,"
        " end_date = end_date + INTERVAL %(by)s SECOND",
        by=round(by.total_seconds()),
    )


async def set_rules(conn: Connection, said: Mapping[str, str]) -> None:
    """Set rules of the shop as they are written in a transcript: `3`, `true`, `cod|gcash`.

    Args:
        conn: A connection in a transaction.
        said: Each rule's value, by its name.

    Raises:
        RuleRefused: A value is not of the rule's kind, or beyond its limits.
    """
    for name, value in said.items():
        meant = _meant(name, value)
        try:
            await rules.change(conn, name=name, value=meant, admin_id=None)
        except ValueError as error:
            raise RuleRefused(f"shop: {name} cannot be {value!r}: {error}") from error


def _meant(name: str, value: str) -> object:
    if "|" in value:
        return tuple(value.split("|"))
    for tried in (value, f'"{value}"', f'["{value}"]'):
        try:
            return store.decoded(rules.Rules, name, tried)
        except (ValueError, msgspec.MsgspecError):
            continue
    return value


async def sell_nothing(conn: Connection) -> None:
    """Take everything off the shelves.

    Args:
        conn: A connection in a transaction.
    """
    await conn.batch(
        *(Statement(f"DELETE FROM {table}") for table in ("promos", "cart_items", "chatbot_replies")),
        Statement("UPDATE products SET status = 'discontinued'"),
    )
