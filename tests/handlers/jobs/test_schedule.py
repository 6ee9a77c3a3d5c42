"""What workers do by the clock: daily figures, the words of the catalogue; and how they wait and stop."""

import asyncio

from bot.base import clock
from bot.base.sealing import keys_of
from handlers.jobs.workers import Workers
from repository import rules
from repository.database.connection import Database
from repository.files.files import keep
from repository.files.pictures import prepare
from tests.handlers.jobs.crew import Crew, order
from tests.support.keeper import Keeper
from tests.support.pictures import receipt
from tests.support.waiting import PATIENCE, comes


async def test_daily_jobs_run_once_in_a_cluster_and_close_the_day(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    await keeper.run("UPDATE users SET created_at = NOW() - INTERVAL 3 DAY")
    await keeper.run("UPDATE orders SET created_at = NOW() - INTERVAL 2 DAY WHERE id = %(id)s", id=order_id)
    for days in (1, 100, 800):
        await keeper.run(
            "INSERT INTO console_audit (action, created_at) VALUES ('login', NOW() - INTERVAL %(days)s DAY)", days=days
        )
        await keeper.run(
            "INSERT INTO webhook_events (event_key, kind, page_id, psid, event, received_at)"
            " VALUES (UNHEX(MD5(%(days)s)), 'echo', '1', '2', '{}', NOW() - INTERVAL %(days)s DAY)",
            days=days,
        )
    await asyncio.gather(*(Crew(database).work() for _ in range(3)))
    assert await keeper.look("SELECT COUNT(*) FROM analytics_daily") == 3
    assert await keeper.look("SELECT COUNT(*) FROM console_audit WHERE action = 'login'") == 2
    assert await keeper.look("SELECT COUNT(*) FROM webhook_events") == 1
    assert await keeper.look("SELECT SUM(total_orders) FROM analytics_daily") == 1
    assert await keeper.look("SELECT COUNT(*) FROM scheduled_jobs WHERE next_at >= CURDATE() + INTERVAL 1 DAY") == 5
    await keeper.run("UPDATE scheduled_jobs SET next_at = NOW()")
    await keeper.run("DELETE FROM analytics_daily")
    await Crew(database).work()
    assert await keeper.look("SELECT COUNT(*) FROM analytics_daily") == 3


async def test_what_a_merchant_wants_gone_sooner_goes_sooner(keeper: Keeper, database: Database) -> None:
    for days in (1, 20, 40):
        await keeper.run(
            "INSERT INTO console_audit (action, created_at) VALUES ('login', NOW() - INTERVAL %(days)s DAY)", days=days
        )
        await keeper.run(
            "INSERT INTO chat_logs (user_id, page_id, event_key, event, event_at, message_type, user_message,"
            " session_id, turn_status, created_at)"
            " VALUES ('7', '1', UNHEX(MD5(%(days)s)), '{}', NOW(), 'text', 'hi', 's',"
            " IF(%(days)s = 40, 'received', 'done'), NOW() - INTERVAL %(days)s DAY)",
            days=days,
        )
    async with database.transaction() as conn:
        for name, value in {"chat_kept_days": 10, "audit_kept_days": 30}.items():
            await rules.change(conn, name=name, value=value, admin_id=None)
    await Crew(database).work()
    assert await keeper.look("SELECT COUNT(*) FROM console_audit WHERE action = 'login'") == 2
    assert await keeper.look("SELECT GROUP_CONCAT(DATEDIFF(NOW(), created_at) ORDER BY id) FROM chat_logs") == "1,40", (
        "what still waits for an answer stays"
    )


async def test_pictures_whose_time_is_over_are_deleted_once_a_day(database: Database) -> None:
    keeping = Database(database.settings, database.offset, keys=keys_of("a key of the tests that nobody else has: 41"))
    async with keeping.transaction() as conn:
        await keep(conn, purpose="proof", picture=prepare(receipt()), delete_after=clock.now())
    await keeping.close()
    keeper = Keeper(database)
    await asyncio.gather(*(Crew(database).work() for _ in range(2)))
    assert await keeper.look("SELECT COUNT(*) FROM stored_files WHERE deleted_at IS NOT NULL") == 1
    assert await keeper.look("SELECT COUNT(*) FROM stored_file_pieces") == 0
    await keeper.run("UPDATE stored_files SET deleted_at = NULL")
    await Crew(database).work()
    assert await keeper.look("SELECT deleted_at FROM stored_files") is None, "tomorrow"


async def test_idle_workers_ask_once(database: Database) -> None:
    crew = Crew(database)
    calm = Workers(crew.shop, on_outbox=crew.wake, sweep_every=3600)
    await calm.run_due()
    before = database.counts.round_trips
    await calm.run_due()
    assert database.counts.round_trips - before == 1


async def test_workers_run_until_they_are_stopped(keeper: Keeper, crew: Crew) -> None:
    running = asyncio.create_task(crew.workers.run())
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    crew.workers.wake()

    async def is_confirmed() -> bool:
        return (await keeper.order(ana, order_id)).status == "confirmed"

    await comes(is_confirmed, "the order's confirmation")
    crew.workers.stop()
    async with asyncio.timeout(PATIENCE):
        await running
