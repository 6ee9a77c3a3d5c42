"""How the last try of each step ended that connects the page with Facebook, the same for every process."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from bot.base import clock
from repository.database.connection import Connection

Light = Literal["good", "warning", "broken", "waiting"]
_SENT, _ANSWERED, _TODO = 500, 800, 500  # characters that the table has room for


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a step ended.

    Attributes:
        light: "good", "warning" where it works but something is to be seen to, "broken", or "waiting" for somebody.
        sent: What was asked, without secrets.
        answered: What came back.
        what_to_do: The one thing to do; empty where there is nothing.
    """

    light: Light
    sent: str
    answered: str
    what_to_do: str = ""


class Kept(Outcome, frozen=True, kw_only=True):
    """How a step ended, and when that was."""

    looked_at: datetime


class _Row(msgspec.Struct, frozen=True):
    name: str
    light: Light
    sent: str
    answered: str
    what_to_do: str
    looked_at: datetime


async def kept(conn: Connection) -> Mapping[str, Kept]:
    """How each step ended that was tried, by its name.

    Args:
        conn: An open connection.
    """
    rows = await conn.all(_Row, "SELECT name, light, sent, answered, what_to_do, looked_at FROM connection_steps")
    return {
        row.name: Kept(
            light=row.light,
            sent=row.sent,
            answered=row.answered,
            what_to_do=row.what_to_do,
            looked_at=row.looked_at,
        )
        for row in rows
    }


async def keep(conn: Connection, name: str, outcome: Outcome) -> None:
    """Keep how a step ended, in place of how it ended before.

    Args:
        conn: An open connection. The caller owns the transaction.
        name: The step.
        outcome: How.
    """
    await conn.run(
        "REPLACE INTO connection_steps (name, light, sent, answered, what_to_do, looked_at)"
        " VALUES (%(name)s, %(light)s, %(sent)s, %(answered)s, %(what_to_do)s, %(now)s)",
        name=name,
        light=outcome.light,
        sent=outcome.sent[:_SENT],
        answered=outcome.answered[:_ANSWERED],
        what_to_do=outcome.what_to_do[:_TODO],
        now=clock.now(),
    )


async def forget(conn: Connection, names: Collection[str]) -> None:
    """Let steps be as if they had never been tried: what they stood on is another now.

    Args:
        conn: An open connection. The caller owns the transaction.
        names: Which.
    """
    if names:
        await conn.run("DELETE FROM connection_steps WHERE name IN %(names)s", names=list(names))


class Trip(msgspec.Struct, frozen=True):
    """A message that came in, and how its answer went out.

    Attributes:
        arrived_at: When Facebook's webhook was stored; a whole second.
        sent_at: When Facebook took the answer; None where it has not.
        milliseconds: From the webhook to the decision, as the turn measured it; None where it was not taken yet.
    """

    arrived_at: datetime
    sent_at: datetime | None
    milliseconds: int | None


async def trip_since(conn: Connection, since: datetime) -> Trip | None:
    """The first message that arrived after a moment, with its answer; None where none did.

    Args:
        conn: An open connection.
        since: The moment.
    """
    return await conn.one(
        Trip,
        "SELECT c.created_at, (SELECT MAX(o.sent_at) FROM outbox o WHERE o.turn_id = c.id), c.response_time_ms"
        " FROM chat_logs c WHERE c.created_at >= %(since)s ORDER BY c.created_at, c.id LIMIT 1",
        since=since.replace(microsecond=0),
    )
