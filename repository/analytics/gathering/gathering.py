"""Gathers the figures of one day after the other, in small steps: each reads without locks, and writes for a moment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.messenger.events import load
from repository.analytics.figures import CHATS, Figure, keep
from repository.analytics.gathering import days, orders
from repository.analytics.gathering.chats import ChatDay, Visit, waits
from repository.analytics.gathering.days import Due
from repository.analytics.gathering.sends import sends
from repository.analytics.gathering.turns import turns
from repository.database.connection import Bound, Connection, Database, Statement
from repository.database.inserting import insert_rows
from repository.wording import trials

_AT_ONCE = 500
_ANSWERED_WITHIN = timedelta(hours=days.CLOSED_HOURS)


async def gather_next(database: Database) -> Due | None:
    """Gather what is due next; None where nothing is. Two processes that do the same come to the same.

    Args:
        database: The shop's.
    """
    async with database.connection() as conn:
        await days.open_days(conn)
        due = await days.due(conn)
    if due is None:
        return None
    if due.of == "orders":
        await orders.gather(database, due=due)
    else:
        await _gather_chats(database, due)
    return due


async def _gather_chats(database: Database, due: Due) -> None:
    async with database.connection() as conn:
        began = await conn.value("SELECT NOW()")
        midnight = datetime(due.day.year, due.day.month, due.day.day, tzinfo=conn.offset)
        chats = ChatDay(await trials.between(conn, since=midnight, until=midnight + timedelta(days=1)))
        async for piece in turns(conn, day=due.day):
            for turn in piece:
                chats.hear(turn)
        spoken = await _spoken(conn, list(chats.waiting), due.day)
        ordered = await orders.ordered(conn, first=due.day, last=due.day + timedelta(days=1))
        heard = list(chats.heard(ordered=ordered))
        figures = [
            *chats.figures(ordered=ordered),
            *waits(chats.waiting, spoken),
            *await sends(conn, day=due.day),
        ]

    async def write(conn: Connection) -> None:
        await _keep(conn, due.day, figures, chats.visits)
        if heard:
            await trials.note(conn, heard=heard)

    await database.retry(write)
    await orders.settle(database, first=due.day, last=due.day)
    async with database.connection() as conn:
        await days.note(conn, gathered=due, began=began)


async def _keep(conn: Connection, day: date, figures: Sequence[Figure], visits: Sequence[Visit]) -> None:
    await keep(conn, day=day, measures=CHATS, figures=figures)
    await conn.run("DELETE FROM analytics_visits WHERE day = %(day)s", day=day)
    into = "INSERT INTO analytics_visits (day, user_id, first_at, turns, chat_step, step, stopped_at, source)"
    for begin in range(0, len(visits), _AT_ONCE):
        await conn.batch(
            insert_rows(
                into,
                [
                    (day, one.shopper_id, one.first_at, one.turns, one.step, one.step, one.stopped_at, one.source)
                    for one in visits[begin : begin + _AT_ONCE]
                ],
            )
        )


async def _spoken(conn: Connection, psids: Sequence[str], day: date) -> Mapping[str, Sequence[datetime]]:
    """When people of the shop wrote to some shoppers, in the console or in Facebook's, within a day and a half."""
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    began = datetime(day.year, day.month, day.day, tzinfo=conn.offset)
    for begin in range(0, len(psids), _AT_ONCE):
        values: dict[str, Bound] = {
            "psids": psids[begin : begin + _AT_ONCE],
            "since": began,
            "until": began + _ANSWERED_WITHIN,
        }
        typed, echoed = await conn.batch(
            Statement(
                "SELECT b.psid, b.created_at FROM outbox b FORCE INDEX (ix_outbox_shopper)"
                " JOIN typed_messages t ON t.outbox_id = b.id"
                " WHERE b.psid IN %(psids)s AND b.created_at >= %(since)s AND b.created_at < %(until)s",
                values,
            ),
            Statement(
                "SELECT psid, event FROM webhook_events FORCE INDEX (ix_webhook_events_shopper) WHERE psid IN %(psids)s"
                " AND kind = 'echo' AND received_at >= %(since)s AND received_at < %(until)s",
                values,
            ),
        )
        for psid, at in typed.rows:
            assert isinstance(at, datetime), "a column of times"
            found[str(psid)].append(at.replace(tzinfo=conn.offset))
        for psid, event in echoed.rows:
            found[str(psid)].append(load(str(event)).sent_at.astimezone(conn.offset))
    return found
