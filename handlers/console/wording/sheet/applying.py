"""A file of replies, written: a hundred at a time, so that the bot's turns go on between."""

from collections.abc import Callable, Sequence

import msgspec

from handlers.console.wording.sheet.planning import Plan, Step
from repository.database.connection import Connection, Database
from repository.database.errors import NotFound, Stale, Taken, Unfit
from repository.staff.by import By
from repository.wording import attached, canned_edits, wording_edits
from repository.wording.canned_rows import CannedBody

AT_ONCE = 100
"""Replies that are written in one transaction."""


class Overtaken(Exception):
    """Somebody has changed a reply since the file was looked at; what is written stays, the rest can be done again."""


async def apply(database: Database, plan: Plan, *, by: By, told: Callable[[int, int], object] = lambda *_: None) -> int:
    """Write what a plan says; how many were written.

    Args:
        database: The shop's.
        plan: What shall be done.
        by: Who does it.
        told: Is told how many are done, and of how many.

    Raises:
        Overtaken: Somebody was faster with one of them.
    """
    links: list[Step] = []
    done = 0
    for start in range(0, len(plan.steps), AT_ONCE):
        piece = plan.steps[start : start + AT_ONCE]
        links += await _written(database, piece, by)
        done += len(piece)
        told(done, len(plan.steps))
    for start in range(0, len(links), AT_ONCE):
        await _written(database, links[start : start + AT_ONCE], by)
    return done


async def _written(database: Database, piece: Sequence[Step], by: By) -> list[Step]:
    """Write some; those of which buttons lead to replies are to be saved once more, when all replies are there."""

    async def work(conn: Connection) -> list[Step]:
        return [again for step in piece if (again := await _write(conn, step, by))]

    try:
        return await database.retry(work)
    except (Stale, Taken, NotFound, Unfit) as error:
        rows = f"rows {piece[0].row} to {piece[-1].row}" if len(piece) > 1 else f"row {piece[0].row}"
        raise Overtaken(f"something in {rows} was changed meanwhile ({error})") from None


async def _write(conn: Connection, step: Step, by: By) -> Step | None:
    body = step.body
    if not isinstance(body, CannedBody):
        await wording_edits.save(conn, body=body, version=step.version, by=by)
        return None
    if step.subject_id:
        await canned_edits.save(conn, reply_id=step.subject_id, body=body, version=step.version, by=by)
        return None
    leads = any(one.does == "reply" for lines in (body.buttons, body.quick_replies) for one in attached.choices(lines))
    if not leads:
        await canned_edits.create(conn, body=body, by=by)
        return None
    first = msgspec.structs.replace(body, buttons="", quick_replies="")
    reply_id = await canned_edits.create(conn, body=first, by=by)
    last = await canned_edits.CANNED.latest(conn, reply_id)
    return msgspec.structs.replace(step, subject_id=reply_id, version=last.id if last else 0, was=first)
