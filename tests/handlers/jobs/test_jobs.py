"""Orders that workers do: confirmed, held, expired, cancelled and buried."""

import asyncio
from datetime import timedelta

import pytest

from handlers.outbound.life import Life
from repository.database.connection import Database
from repository.orders import placed_orders
from repository.rules import Rules
from repository.work import jobs
from repository.work.jobs import Job, LostClaim
from tests.handlers.jobs.crew import Crew, order, said
from tests.support.keeper import Keeper

FIRST_WORK = "SELECT CONCAT_WS('|', status, attempts) FROM order_processing_queue WHERE queue_type = 'new_order'"


async def test_an_order_is_confirmed_sold_measured_and_told(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    number = await keeper.order(ana, await order(keeper, ana))
    await crew.work()
    confirmed = await keeper.order(ana, number.id)
    assert (confirmed.status, confirmed.can_cancel) == ("confirmed", True)
    last = (
        "SELECT CONCAT_WS('|', from_status, to_status, changed_by_type) FROM order_state_history"
        " ORDER BY id DESC LIMIT 1"
    )
    assert await keeper.look(last) == "pending|confirmed|system"
    assert await keeper.look("SELECT status FROM inventory_reservations") == "committed"
    assert await keeper.look("SELECT sales_count FROM products") == 1
    assert (
        await keeper.look("SELECT queue_wait_time_ms >= 0 AND total_processing_duration_ms >= 0 FROM order_metrics")
        == 1
    )
    assert (
        await keeper.look(
            "SELECT CONCAT_WS('|', status, attempts) FROM order_processing_queue WHERE queue_type = 'new_order'"
        )
        == "completed|1"
    )
    (words,) = await said(keeper)
    assert f"Your order {confirmed.order_number} is confirmed" in words
    assert "₱180.00 ready" in words
    assert "2-3 days" in words
    assert crew.woken == ["psid-Ana"]
    assert await keeper.look("SELECT CONCAT_WS('|', status, message) FROM notification_queue") == f"sent|{words}"
    await crew.work()
    assert len(await said(keeper)) == 1


async def test_one_paid_by_gcash_waits_for_its_money(keeper: Keeper, crew: Crew, database: Database) -> None:
    ana = await keeper.shopper(language="fil")
    order_id = await order(keeper, ana, payment="gcash")
    await keeper.run("UPDATE orders SET language = 'fil'")
    await crew.work()
    assert await said(keeper) == []
    assert (await keeper.order(ana, order_id)).status == "pending"


async def test_one_to_be_verified_is_held_and_says_so(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana, rules=Rules())
    await crew.work()
    await crew.work()
    held = await keeper.order(ana, order_id)
    assert (held.status, held.verification_status) == ("pending", "pending")
    assert await keeper.look("SELECT status FROM inventory_reservations") == "reserved"
    (words,) = await said(keeper)
    assert "pay ₱18.00 ahead" in words
    assert held.verification_expires_at is not None
    assert f"{held.verification_expires_at:%I:%M %p}".lstrip("0") in words


async def test_what_runs_out_of_time_is_cancelled_once_and_told(keeper: Keeper, crew: Crew, database: Database) -> None:
    ana, ben = await keeper.shopper(), await keeper.shopper("Ben")
    late = await order(keeper, ana, rules=Rules())
    await keeper.promo("ONCE", limit=1)
    zone = await keeper.zone()
    await keeper.puts(ben, await keeper.stocks("Lamp", left=2))
    other = (await keeper.orders(ben, zone, promo="ONCE", rules=Rules(), nonce="ben")).order_id
    await crew.work()
    assert len(await said(keeper)) == 2
    await keeper.run("UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND")
    other_crew = Crew(database)
    await asyncio.gather(crew.work(), other_crew.work())
    assert (await keeper.order(ana, late)).status == "cancelled"
    assert (await keeper.order(ben, other)).status == "cancelled"
    assert await keeper.look("SELECT SUM(stock_quantity) FROM products") == 5
    assert await keeper.look("SELECT usage_count FROM promos") == 0
    assert await keeper.look("SELECT COUNT(*) FROM promo_redemptions") == 0
    last = (await said(keeper))[2:]
    assert len(last) == 2
    assert all("it wasn't verified in time" in words for words in last)
    assert sorted(crew.woken[2:] + other_crew.woken) == ["psid-Ana", "psid-Ben"]


async def test_a_confirmed_order_does_not_run_out_of_time(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    # The workers were away for longer than the reservation: what is still held is honoured.
    await keeper.run("UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND")
    await crew.work()
    assert (await keeper.order(ana, order_id)).status == "confirmed"


async def test_an_order_that_its_shopper_took_back_is_left_alone(
    keeper: Keeper, crew: Crew, database: Database
) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    async with database.transaction() as conn:
        await placed_orders.cancel(conn, shopper_id=ana, order_id=order_id, reason="")
    await crew.work()
    assert (await keeper.order(ana, order_id)).status == "cancelled"
    assert await keeper.look("SELECT JSON_VALUE(result, '$.outcome') FROM order_processing_queue") == "over"
    assert await said(keeper) == []


async def test_many_workers_confirm_each_order_once(keeper: Keeper, database: Database) -> None:
    for number in range(8):
        await order(keeper, await keeper.shopper(f"Shopper {number}"))
    crews = [Crew(database) for _ in range(4)]
    await asyncio.gather(*(crew.work() for crew in crews))
    assert await keeper.look("SELECT COUNT(*) FROM orders WHERE order_status = 'confirmed'") == 8
    assert await keeper.look("SELECT COUNT(*) FROM order_state_history WHERE to_status = 'confirmed'") == 8
    assert len(await said(keeper)) == 8
    assert await keeper.look("SELECT SUM(sales_count) FROM products") == 8


async def test_a_cancel_and_a_confirmation_at_the_same_moment(keeper: Keeper, database: Database) -> None:
    for number in range(6):
        ana = await keeper.shopper(f"Ana {number}")
        order_id = await order(keeper, ana, left=1)

        async def cancel(ana: int = ana, order_id: int = order_id) -> None:
            async with database.transaction() as conn:
                await placed_orders.cancel(conn, shopper_id=ana, order_id=order_id, reason="")

        await asyncio.gather(Crew(database).work(), cancel())
        assert (await keeper.order(ana, order_id)).status == "cancelled"
    assert await keeper.look("SELECT MIN(stock_quantity) FROM products") == 1
    assert await keeper.look("SELECT SUM(sales_count) FROM products") == 0


async def test_what_cannot_be_done_is_tried_again_then_buried_and_shown(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    # Somebody at a prompt gave the stock back and left the order pending.
    async with keeper.database.connection() as conn:
        await conn.sets("CALL sp_release_order_inventory(%(id)s, 'by hand')", id=order_id)
    await crew.work()
    queue = "SELECT CONCAT_WS('|', status, attempts, scheduled_at > NOW()) FROM order_processing_queue"
    assert await keeper.look(queue) == "retry|1|1"
    await crew.work()
    assert await keeper.look(queue) == "retry|1|1"
    for _ in range(2):
        await keeper.run("UPDATE order_processing_queue SET scheduled_at = NOW()")
        await crew.work()
    assert (
        await keeper.look(
            "SELECT CONCAT_WS('|', status, attempts) FROM order_processing_queue WHERE queue_type = 'new_order'"
        )
        == "failed|3"
    )
    assert (await keeper.order(ana, order_id)).status == "pending"
    assert (
        await keeper.look("SELECT CONCAT_WS('|', error_type, error_code, severity) FROM order_errors")
        == "system|QS_NO_ACTIVE_RESERVATION|high"
    )
    assert await keeper.look("SELECT CONCAT_WS('|', error_count, retry_count) FROM orders") == "3|2"
    assert await keeper.look("SELECT CONCAT_WS('|', error_count, retry_count) FROM order_metrics") == "3|2"
    assert await said(keeper) == []
    await crew.work()
    assert await keeper.look("SELECT attempts FROM order_processing_queue") == 3


async def claim(database: Database) -> list[Job]:
    async with database.transaction() as conn:
        return await jobs.claim(conn, most=10)


async def test_a_worker_that_lost_its_claim_finishes_nothing(keeper: Keeper, crew: Crew, database: Database) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    (slow,) = await claim(database)
    assert await claim(database) == []
    await keeper.run("UPDATE order_processing_queue SET processing_started_at = NOW() - INTERVAL 5 MINUTE")
    await crew.work()  # rescues it
    await crew.work()  # and does it
    assert (await keeper.order(ana, order_id)).status == "confirmed"
    for late in (
        lambda conn: jobs.finish(conn, job=slow, outcome="confirmed"),
        lambda conn: jobs.fail(conn, job=slow, error="late", code="LATE", pause=timedelta(seconds=1)),
    ):
        with pytest.raises(LostClaim):
            await database.retry(late)
    assert (
        await keeper.look(
            "SELECT CONCAT_WS('|', status, attempts) FROM order_processing_queue WHERE queue_type = 'new_order'"
        )
        == "completed|2"
    )
    assert await keeper.look("SELECT error_count FROM orders") == 0


async def test_a_job_whose_workers_always_die_is_buried(keeper: Keeper, crew: Crew, database: Database) -> None:
    await order(keeper, await keeper.shopper())
    await keeper.run("UPDATE order_processing_queue SET max_attempts = 1")
    await claim(database)
    await keeper.run("UPDATE order_processing_queue SET processing_started_at = NOW() - INTERVAL 5 MINUTE")
    await crew.work()
    assert await keeper.look("SELECT status FROM order_processing_queue") == "failed"
    assert await keeper.look("SELECT error_code FROM order_errors") == "WORKER_LOST"


async def test_a_claim_is_free_as_soon_as_its_worker_is_gone(keeper: Keeper, crew: Crew, database: Database) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    worker, heir = Life(database, name="worker"), Life(database, name="heir")
    told: list[str] = []
    heir.when_gone.append(lambda: told.append("gone"))
    await worker.beat()
    await heir.beat()
    for death in range(5):  # none of which is the job's fault
        async with database.transaction() as conn:
            assert len(await jobs.claim(conn, most=10, worker="worker")) == 1
        await crew.work()
        assert (await keeper.order(ana, order_id)).status == "pending", "it lives"
        await worker.end()
        await heir.beat()
        assert len(told) == death + 1
        assert await database.retry(jobs.rescue) == 1
        await worker.beat()
        await heir.beat()
    await crew.work()
    assert (await keeper.order(ana, order_id)).status == "confirmed"
    assert await keeper.look("SELECT COUNT(*) FROM order_errors") == 0


async def test_what_a_worker_has_lost_on_its_way_it_takes_up_again(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana)
    await Life(database, name="worker").beat()
    async with database.transaction() as conn:
        assert len(await jobs.claim(conn, most=10, worker="worker")) == 1  # and then the database went away
    crew = Crew(database, name="worker")
    await crew.work()
    assert (await keeper.order(ana, order_id)).status == "confirmed"
