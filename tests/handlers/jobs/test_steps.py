"""The work on orders by its kinds: money that comes, reviews that take effect, reminders, taps, risk."""

from decimal import Decimal

import pytest

from repository.database.connection import Database
from repository.database.errors import UnknownOrder
from repository.orders.flags import open_flags
from repository.orders.moves import Actor, move
from repository.payments import ledger
from repository.rules import Rules
from repository.verification.receiving import receive
from repository.work.queueing import queue_statement
from tests.handlers.jobs.crew import Crew, order, said
from tests.support.keeper import EASY, Keeper

NENA = Actor("Nena", "admin")
STATUS = "SELECT order_status FROM orders ORDER BY id DESC LIMIT 1"
OUTCOMES = (
    "SELECT GROUP_CONCAT(queue_type, ' ', JSON_VALUE(result, '$.outcome') ORDER BY id) FROM order_processing_queue"
)


async def pays(database: Database, order_id: int, amount: str) -> None:
    async with database.transaction() as conn:
        await ledger.record(conn, order_id=order_id, kind="payment", amount=Decimal(amount), method="gcash", actor=NENA)


async def flags(database: Database, order_id: int) -> list[str]:
    async with database.connection() as conn:
        return [flag.kind for flag in await open_flags(conn, order_id=order_id)]


async def test_the_last_of_the_money_confirms_the_order_and_is_told_once(
    keeper: Keeper, crew: Crew, database: Database
) -> None:
    order_id = await order(keeper, await keeper.shopper(), payment="gcash")
    await crew.work()
    await pays(database, order_id, "80.00")
    await crew.work()
    assert await keeper.look(STATUS) == "pending"
    await pays(database, order_id, "100.00")
    await crew.work()
    first, second = await said(keeper)
    assert "We've received your ₱80.00" in first
    assert "₱100.00 is still to be paid" in first
    assert "is confirmed!" in second
    assert "We've received your ₱180.00" in second
    assert await keeper.look(STATUS) == "confirmed"
    assert await keeper.look("SELECT status FROM inventory_reservations") == "committed"
    await crew.work()
    assert len(await said(keeper)) == 2


async def test_a_merchant_who_marks_it_paid_and_confirms_it_says_it_once(
    keeper: Keeper, crew: Crew, database: Database
) -> None:
    order_id = await order(keeper, await keeper.shopper(), payment="gcash")
    async with database.transaction() as conn:
        await ledger.record(conn, order_id=order_id, kind="payment", amount=Decimal(180), method="gcash", actor=NENA)
        await move(conn, order_id=order_id, to="confirmed", actor=NENA, rules=Rules())
    await crew.work()
    (words,) = await said(keeper)
    assert "is confirmed!" in words


async def test_an_old_order_that_is_paid_at_last_says_thank_you(keeper: Keeper, crew: Crew, database: Database) -> None:
    order_id = await order(keeper, await keeper.shopper(), payment="gcash")
    await keeper.run(
        "UPDATE orders SET order_status = 'confirmed', confirmed_at = NOW() - INTERVAL 1 DAY WHERE id = %(id)s",
        id=order_id,
    )
    await pays(database, order_id, "180.00")
    await crew.work()
    (words,) = await said(keeper)
    assert "We've received your ₱180.00" in words


async def test_a_review_takes_effect_when_its_seconds_are_over(keeper: Keeper, crew: Crew, database: Database) -> None:
    order_id = await order(keeper, await keeper.shopper(), payment="gcash")
    await crew.work()
    await keeper.run(
        "INSERT INTO order_proofs (order_id, kind, method, status, amount, reviewed_at, effective_at)"
        " VALUES (%(id)s, 'payment', 'gcash', 'accepted', 180, NOW(3), NOW(3) + INTERVAL 600 SECOND)",
        id=order_id,
    )
    async with database.connection() as conn:
        await conn.batch(queue_statement(order_id, "verification", step="settle", seconds=600))
    await crew.work()
    assert await keeper.look(STATUS) == "pending"
    await keeper.run("UPDATE order_proofs SET effective_at = NOW(3)")
    await keeper.run("UPDATE order_processing_queue SET scheduled_at = NOW()")
    await crew.work()
    assert await keeper.look(STATUS) == "confirmed"
    assert len(await said(keeper)) == 1


async def test_who_waits_is_reminded_once_and_then_told_why_it_is_over(
    keeper: Keeper, crew: Crew, database: Database
) -> None:
    order_id = await order(keeper, await keeper.shopper(), payment="gcash")
    await crew.work()
    due_in = (
        "SELECT TIMESTAMPDIFF(MINUTE, NOW(), scheduled_at) FROM order_processing_queue"
        " WHERE queue_type = 'notification'"
    )
    assert await keeper.look(due_in) in (44, 45)
    await pays(database, order_id, "50.00")
    await keeper.run("UPDATE orders SET verification_expires_at = NOW() + INTERVAL 14 MINUTE")
    await keeper.run("UPDATE order_processing_queue SET scheduled_at = NOW()")
    await crew.work()
    reminders = [words for words in await said(keeper) if "still waits for your payment of ₱130.00" in words]
    assert len(reminders) == 1
    await keeper.run("UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND")
    await crew.work()
    assert await keeper.look(STATUS) == "cancelled"
    over = (await said(keeper))[-1]
    assert "because we didn't receive your payment in time" in over
    assert "We'll send back what you've paid" in over
    assert await flags(database, order_id) == ["refund"]
    assert await keeper.look("SELECT SUM(stock_quantity) FROM products") == 3


async def test_nobody_is_reminded_while_a_person_looks(keeper: Keeper, crew: Crew) -> None:
    order_id = await order(keeper, await keeper.shopper(), payment="gcash")
    await crew.work()
    await keeper.insert("order_proofs", order_id=order_id, kind="payment")
    await keeper.run("UPDATE orders SET verification_expires_at = NOW() + INTERVAL 14 MINUTE")
    await keeper.run("UPDATE order_processing_queue SET scheduled_at = NOW()")
    await crew.work()
    assert await said(keeper) == []


async def test_more_time_means_a_later_reminder(keeper: Keeper, crew: Crew) -> None:
    await order(keeper, await keeper.shopper(), payment="gcash")
    await crew.work()
    await keeper.run("UPDATE orders SET verification_expires_at = NOW() + INTERVAL 3 HOUR")
    await keeper.run("UPDATE order_processing_queue SET scheduled_at = NOW()")
    await crew.work()
    assert await said(keeper) == []
    again = "SELECT COUNT(*) FROM order_processing_queue WHERE queue_type = 'notification' AND scheduled_at > NOW()"
    assert await keeper.look(again) == 1


async def past(keeper: Keeper, shopper: int, status: str, times: int, **columns: object) -> None:
    """Earlier orders of a shopper, to the same phone and door."""
    for number in range(times):
        await keeper.run(
            "INSERT INTO orders (order_number, user_id, total_amount, order_status, ship_phone, ship_address_line1,"
            " ship_city) VALUES (%(number)s, %(shopper)s, 100, %(status)s, '+639171234567', '12 Mabini St.', 'Makati')",
            number=f"OLD-{shopper}-{status}-{number}",
            shopper=shopper,
            status=status,
        )


async def test_a_risky_cash_order_waits_for_its_shoppers_tap(keeper: Keeper, crew: Crew, database: Database) -> None:
    ana = await keeper.shopper()
    await past(keeper, ana, "returned", 1)
    order_id = await order(keeper, ana)
    await crew.work()
    assert await keeper.look(STATUS) == "pending"
    (asked,) = await said(keeper)
    assert "Will you be there to receive and pay for it?" in asked
    held = "SELECT TIMESTAMPDIFF(MINUTE, NOW(), MIN(expires_at)) >= 1438 FROM inventory_reservations"
    assert await keeper.look(held) == 1
    assert await keeper.look("SELECT risk_score, risk_reasons FROM orders ORDER BY id DESC LIMIT 1") == (
        25, '["returned_by_shopper"]',
    )  # fmt: skip
    for expected in ("confirmed", "already"):
        async with database.transaction() as conn:
            assert await receive(conn, shopper_id=ana, order_id=order_id) == expected
    await crew.work()
    assert await keeper.look(STATUS) == "confirmed"
    assert await keeper.look("SELECT customer_response_time_ms IS NOT NULL FROM order_metrics") == 1


async def test_nobody_elses_tap_counts(keeper: Keeper, crew: Crew, database: Database) -> None:
    ana, ben = await keeper.shopper(), await keeper.shopper("Ben")
    await past(keeper, ana, "returned", 1)
    order_id = await order(keeper, ana)
    await crew.work()
    async with database.transaction() as conn:
        with pytest.raises(UnknownOrder):
            await receive(conn, shopper_id=ben, order_id=order_id)
    assert await keeper.look("SELECT verification_status FROM orders ORDER BY id DESC LIMIT 1") == "pending"


async def test_one_who_does_not_tap_in_time_is_told_so(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    await past(keeper, ana, "returned", 1)
    await order(keeper, ana)
    await crew.work()
    await keeper.run("UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND")
    await crew.work()
    assert await keeper.look(STATUS) == "cancelled"
    assert "you didn't tell us in time that you'll receive it" in (await said(keeper))[-1]


@pytest.mark.parametrize("kind", ["shopper", "phone", "address"])
async def test_who_is_blocked_waits_for_a_person_however_they_pay(
    keeper: Keeper, crew: Crew, database: Database, kind: str
) -> None:
    ana = await keeper.shopper()
    value = {"shopper": str(ana), "phone": "+639171234567", "address": "12 mabini street, makati"}[kind]
    await keeper.insert("blocked_people", kind=kind, value=value)
    await keeper.insert("trusted_buyers", user_id=ana, verification_skip_enabled=True)
    order_id = await order(keeper, ana)
    await crew.work()
    assert await keeper.look(STATUS) == "pending"
    assert await flags(database, order_id) == ["risk"]
    assert f"blocked_{kind}" in str(await keeper.look("SELECT risk_reasons FROM orders ORDER BY id DESC LIMIT 1"))
    await pays(database, order_id, "180.00")
    await crew.work()
    assert await keeper.look(STATUS) == "pending"


async def test_parcels_that_came_back_from_a_phone_count_for_others_too(
    keeper: Keeper, crew: Crew, database: Database
) -> None:
    ben = await keeper.shopper("Ben")
    await past(keeper, ben, "returned", 2)
    await past(keeper, ben, "cancelled", 1)
    order_id = await order(keeper, await keeper.shopper())
    await crew.work()
    assert await keeper.look("SELECT risk_score FROM orders ORDER BY id DESC LIMIT 1") == 2 * 20 + 2 * 15 + 4 + 3
    reasons = await keeper.look("SELECT risk_reasons FROM orders ORDER BY id DESC LIMIT 1")
    assert str(reasons).startswith('["returned_from_phone","returned_from_address"')
    assert await flags(database, order_id) == ["risk"]


async def test_a_trusted_buyer_goes_through(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    await past(keeper, ana, "returned", 2)
    await keeper.insert("trusted_buyers", user_id=ana, verification_skip_enabled=True)
    await order(keeper, ana)
    await crew.work()
    assert await keeper.look(STATUS) == "confirmed"


async def test_a_parcel_that_lacks_something_is_shown(keeper: Keeper, crew: Crew, database: Database) -> None:
    order_id = await order(keeper, await keeper.shopper())
    await keeper.run("UPDATE orders SET ship_phone = NULL")
    await crew.work()
    assert await keeper.look(OUTCOMES) == "new_order confirmed,fulfillment incomplete"
    assert await flags(database, order_id) == ["address"]


async def test_work_that_nobody_knows_is_buried_and_shown(keeper: Keeper, crew: Crew, database: Database) -> None:
    order_id = await order(keeper, await keeper.shopper())
    await crew.work()
    async with database.connection() as conn:
        await conn.batch(queue_statement(order_id, "notification", step="sing"))
    await keeper.run("UPDATE order_processing_queue SET max_attempts = 1")
    await crew.work()
    assert await keeper.look("SELECT error_code FROM order_errors") == "UnknownWork"


async def test_a_down_payment_is_asked_for_by_the_rules(keeper: Keeper, crew: Crew, database: Database) -> None:
    rules = Rules(verification_orders=0, down_payment_percent=25, down_payment_from=Decimal(100))
    order_id = await order(keeper, await keeper.shopper(), rules=rules)
    await crew.work()
    assert await keeper.look("SELECT down_payment, order_status FROM orders") == (Decimal("45.00"), "pending")
    await pays(database, order_id, "45.00")
    await crew.work()
    (words,) = await said(keeper)
    assert "We've received ₱45.00. Please have the remaining ₱135.00 ready" in words
    assert (await order(keeper, await keeper.shopper("Ben"), rules=EASY)) > order_id
