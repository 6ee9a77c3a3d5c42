"""The job that looks what has changed of wishes and waits, and whose cart was left: one process of all does it."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from bot.base import clock, logs
from bot.messenger import window
from handlers.jobs.wishlist.nights import morning, reminded
from handlers.turns.in_force import Shop
from repository.database.connection import Connection, Database
from repository.notices import reminding
from repository.rules import Rules
from repository.wishlist import restocking, watching
from repository.wishlist.watching import Marked, When

_log = logs.get("jobs")
_Found = TypeVar("_Found", bound=Marked)


async def watch(shop: Shop, rules: Rules) -> None:
    """Queue what is to be said unasked, in steps that each commit; whoever comes later goes on where somebody died.

    Args:
        shop: The shop.
        rules: Its rules.
    """
    async with shop.database.connection() as conn:
        if not await watching.take_lease(conn):
            return
    try:
        if rules.wish_news:
            await look_at_goods(shop.database, rules)
        await _remind(shop.database, rules)
    finally:
        async with shop.database.connection() as conn:
            await watching.give_lease_back(conn)


async def look_at_goods(database: Database, rules: Rules) -> None:
    """Mark whom changed prices and stocks concern, and queue notices to them.

    Args:
        database: The shop's database.
        rules: How long pieces are held, and when it is night.
    """
    now = clock.now().astimezone(database.offset)
    when = When(
        open_after=window.open_after(now), at=morning(now, rules) or now, hold_minutes=rules.restock_hold_minutes
    )
    while await database.retry(partial(restocking.end_holds, hold_minutes=when.hold_minutes)) == watching.AT_ONCE:
        continue
    todo = await database.retry(watching.look)
    if todo.cheaper:
        await _in_steps(
            database, watching.cheaper, lambda some, conn: watching.mark_cheaper(conn, wishes=some, when=when)
        )
    if todo.dearer:
        await _in_steps(database, watching.dearer, lambda some, conn: watching.mark_dearer(conn, wishes=some))
    if todo.sold_out:
        await _in_steps(database, restocking.sold_out, lambda some, conn: restocking.wait(conn, wishes=some))
    if todo.back:
        for finds in (restocking.away, restocking.next_in_line):
            await _in_steps(
                database,
                partial(finds, when=when),
                lambda some, conn: restocking.mark_back(conn, waits=some, when=when),
            )
    async with database.connection() as conn:
        await watching.followed(conn)


async def _in_steps(
    database: Database,
    find: Callable[[Connection, int], Awaitable[Sequence[_Found]]],
    mark: Callable[[Sequence[_Found], Connection], Awaitable[None]],
) -> None:
    """Find what is to be marked, and mark it a thousand at a time; whoever is marked is not found again.

    It is marked good by good: what stands together in an index costs half of what it costs shopper by shopper.
    """
    good = 0
    while True:
        async with database.connection() as conn:
            found = await find(conn, good)
        for first in range(0, len(found), watching.AT_ONCE):
            await database.retry(partial(mark, found[first : first + watching.AT_ONCE]))
        if len(found) < watching.FOUND_MOST:
            return
        good = found[-1].good_id


async def _remind(database: Database, rules: Rules) -> None:
    now = clock.now().astimezone(database.offset)
    for silent in reminded(now, rules):
        step = partial(reminding.remind, silent=silent, open_after=window.open_after(now))
        while await database.retry(step) == reminding.AT_ONCE:
            continue
