"""What time brings: what ran out of it is cancelled, claims of dead workers are freed, days are closed."""

from functools import partial

from bot.base import clock, logs, metrics
from handlers.jobs.erasing import erase_due
from handlers.jobs.uses import add_up_uses
from handlers.jobs.wishlist.watching import watch
from handlers.turns.in_force import Shop
from repository.aftersales import reviews
from repository.catalogue import orphans
from repository.chats import automations
from repository.payments import proofs
from repository.privacy import keeping
from repository.rules import Rules
from repository.unanswered import grouping
from repository.wishlist import watching
from repository.work import going_back, jobs, schedule

_log = logs.get("jobs")


async def sweep(shop: Shop, *, worker: str) -> None:
    """Do what time has brought since the last sweep, whoever swept last.

    Args:
        shop: The shop.
        worker: This process, as in `processes.name`, whose workers have nothing in hand now; empty where it has no row.
    """
    database = shop.database
    late = await database.retry(going_back.catch_up)
    async with database.connection() as conn:
        cancelled = await schedule.sweep(conn)
        back = await schedule.cancelled_with_promo(conn)
        await schedule.flag_refunds(conn)
    for order_id in back:
        await database.retry(partial(schedule.give_promo_back, order_id=order_id))
    rescued = await database.retry(partial(jobs.rescue, worker=worker))
    if cancelled or rescued:
        metrics.jobs.labels("orders", "expired").inc(cancelled)
        _log.info("swept", orders_cancelled=cancelled, jobs_rescued=rescued)
    if late:
        _log.warning("the clock has gone back: what was queued is due anew", rows=late)
    async with database.connection() as conn:
        rules = await shop.rules(conn, (await jobs.due(conn)).rules_version)
    await _ask_for_reviews(shop, rules)
    await watch(shop, rules)
    await _delete_old_files(shop)
    await erase_due(database)
    await add_up_uses(database)
    await _delete_old_rows(shop)
    await _delete_unused_pictures(shop)
    for job in schedule.DAILY:
        async with database.connection() as conn:
            if await schedule.take(conn, job=job):
                await schedule.do(conn, job=job)
                _log.info("daily job done", job=job.name)


async def _ask_for_reviews(shop: Shop, rules: Rules) -> None:
    """Ask for a review of what was delivered some days ago."""
    asked = reviews.ASKED_AT_ONCE
    while asked == reviews.ASKED_AT_ONCE:
        asked = await shop.database.retry(partial(reviews.ask_due, days=rules.review_days))


async def _delete_old_files(shop: Shop) -> None:
    """Once a day: pictures whose time is over are deleted, and what the page has not said by itself for long."""
    database = shop.database
    async with database.connection() as conn:
        if not await schedule.take(conn, job=schedule.OLD_FILES):
            return
        rules = await shop.rules(conn, (await jobs.due(conn)).rules_version)
    deleted = 0
    while count := await database.retry(partial(proofs.delete_old, rules=rules)):
        deleted += count
    async with database.connection() as conn:
        await automations.forget_old(conn, before=clock.now() - automations.KEPT)
        await schedule.put_down(conn, job=schedule.OLD_FILES)
    _log.info("daily job done", job=schedule.OLD_FILES.name, files_deleted=deleted)


async def _delete_unused_pictures(shop: Shop) -> None:
    """Once a day: pictures of goods that nothing shows are marked, and go once they have been so for long."""
    database = shop.database
    async with database.connection() as conn:
        if not await schedule.take(conn, job=schedule.PICTURES):
            return
        name = await orphans.mark(conn)
    while name:
        async with database.connection() as conn:
            name = await orphans.mark(conn, after=name)
    deleted = 0
    while count := await database.retry(orphans.delete):
        deleted += count
    async with database.connection() as conn:
        await schedule.put_down(conn, job=schedule.PICTURES)
    _log.info("daily job done", job=schedule.PICTURES.name, pictures_deleted=deleted)


async def _delete_old_rows(shop: Shop) -> None:
    """Once a day: what is older than it is kept goes, a thousand rows at a time."""
    database = shop.database
    async with database.connection() as conn:
        if not await schedule.take(conn, job=schedule.OLD_ROWS):
            return
        rules = await shop.rules(conn, (await jobs.due(conn)).rules_version)
    deleted = 0
    for old in keeping.OLD:
        count = keeping.MOST
        while count == keeping.MOST:
            count = await database.retry(partial(keeping.delete_old, old=old, rules=rules))
            deleted += count
    async with database.connection() as conn:
        await grouping.tidy(conn)
        await watching.tidy(conn)
        await schedule.put_down(conn, job=schedule.OLD_ROWS)
    _log.info("daily job done", job=schedule.OLD_ROWS.name, rows_deleted=deleted)
