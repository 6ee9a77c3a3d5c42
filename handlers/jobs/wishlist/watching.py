"""The job that looks what has changed of wishes and waits, and whose cart was left: one process of all does it."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.base import clock, logs
from bot.messenger import window
from handlers.jobs.wishlist.nights import morning, reminded
from handlers.turns.in_force import Shop
from repository.database.connection import Connection, Database
from repository.notices import reminding
from repository.rules import Rules
from repository.wishlist import restocking, watching
from repository.wishlist.watching import Change, When

_log = logs.get("jobs")


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
    async with database.connection() as conn:
        changes = await watching.changed(conn)
    for change in changes:
        await _follow(database, change, when)
    if changes:
        _log.info("wishes looked at", goods=len(changes))


async def _follow(database: Database, change: Change, when: When) -> None:
    """Do all that follows from how a good is now, and only then note that it was seen."""
    if change.price < change.price_before:
        await _in_steps(database, partial(watching.mark_drop, change=change, when=when))
    elif change.price > change.price_before:
        await _in_steps(database, partial(watching.mark_rise, change=change))
    if not change.pieces and change.pieces_before:
        await _in_steps(database, partial(restocking.mark_sold_out, change=change))
    if change.pieces:
        while await database.retry(partial(restocking.mark_back, change=change, when=when)):
            continue
    async with database.connection() as conn:
        await watching.seen(conn, change=change)


async def _in_steps(database: Database, step: Callable[..., Awaitable[int]]) -> None:
    after = -1
    while after:

        async def work(conn: Connection, after: int = after) -> int:
            return await step(conn, after=max(after, 0))

        after = await database.retry(work)


async def _remind(database: Database, rules: Rules) -> None:
    now = clock.now().astimezone(database.offset)
    for silent in reminded(now, rules):
        step = partial(reminding.remind, silent=silent, open_after=window.open_after(now))
        while await database.retry(step) == reminding.AT_ONCE:
            continue
