"""The moves of an order: what each brings with it, and which there are."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from repository.database.connection import Database
from repository.database.errors import IllegalMove, Stale, UnknownOrder, Unpaid, Unverified
from repository.orders.flags import open_flags
from repository.orders.moves import MOVES, SHOPPER, WORKER, Actor, Moved, may_move, move
from repository.payments import ledger
from repository.rules import Rules
from tests.support.keeper import Keeper

NENA = Actor("Nena", "admin")
STATUSES = tuple(MOVES)


async def moved(database: Database, order_id: int, *to: str, actor: Actor = NENA, **rest: object) -> Moved:
    """Move the order through these, each in a transaction of its own."""
    for each in to:
        async with database.transaction() as conn:
            last = await move(conn, order_id=order_id, to=each, actor=actor, rules=Rules(), **rest)  # type: ignore[arg-type]
    return last


async def placed(keeper: Keeper, *, payment: str = "cod", name: str = "Ana", quantity: int = 2) -> int:
    ana, zone = await keeper.shopper(name), await keeper.zone()
    await keeper.puts(ana, await keeper.stocks(f"Mug {name}", price="100.00", left=5, weight="0"), quantity)
    return (await keeper.orders(ana, zone, nonce=f"n-{name}", payment=payment)).order_id


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("to", STATUSES)
@pytest.mark.parametrize("actor", [NENA, SHOPPER, WORKER], ids=lambda actor: actor.kind)
def test_the_table_is_the_contracts(status: str, to: str, actor: Actor) -> None:
    allowed = {
        "pending confirmed", "confirmed processing", "processing shipped", "shipped delivered",
        "pending cancelled", "confirmed cancelled", "processing cancelled",
    }  # fmt: skip
    if actor is NENA:
        allowed |= {"shipped returned", "delivered returned"}
    if actor is SHOPPER:
        allowed = {"pending cancelled", "confirmed cancelled"}
    assert may_move(status, to, actor) == (f"{status} {to}" in allowed)


async def test_what_is_not_in_the_table_is_refused_and_changes_nothing(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    for to in ("pending", "processing", "shipped", "delivered", "returned", "nonsense"):
        if to == "pending":
            assert (await moved(database, order_id, to)).already
            continue
        with pytest.raises(IllegalMove) as refused:
            await moved(database, order_id, to)
        assert (refused.value.status, refused.value.to) == ("pending", to)
    assert await keeper.look("SELECT COUNT(*) FROM order_state_history") == 1
    with pytest.raises(UnknownOrder):
        await moved(database, order_id + 1, "confirmed")


async def test_an_order_goes_all_the_way(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    await keeper.insert("couriers", name="Mabilis", link="https://mabilis.example/{number}")
    await moved(database, order_id, "confirmed", "processing")
    await moved(database, order_id, "shipped", courier="Mabilis", tracking="M 1/2")
    await moved(database, order_id, "delivered")
    async with database.connection() as conn:
        history = await conn.run("SELECT to_status, changed_by, changed_by_type FROM order_state_history ORDER BY id")
        told = await conn.run(
            "SELECT notification_type, template_name, template_data FROM notification_queue ORDER BY id"
        )
    assert list(history.rows[1:]) == [
        (to, "Nena", "admin") for to in ("confirmed", "processing", "shipped", "delivered")
    ]
    assert [row[0] for row in told.rows] == ["order_confirmed", "custom", "order_shipped", "order_delivered"]
    assert "https://mabilis.example/M%201%2F2" in str(told.rows[2][2])
    times = "confirmed_at, processing_started_at, processing_completed_at, shipped_at, delivered_at, paid_at"
    assert None not in await keeper.look(f"SELECT {times} FROM orders")  # type: ignore[operator]
    assert await keeper.look("SELECT courier, tracking_number FROM orders") == ("Mabilis", "M 1/2")
    assert await keeper.look("SELECT status FROM inventory_reservations") == "committed"
    durations = "fulfillment_duration_ms, total_processing_duration_ms, payment_duration_ms"
    assert None not in await keeper.look(f"SELECT {durations} FROM order_metrics")  # type: ignore[operator]


async def test_a_shoppers_tier_goes_by_the_shops_rules(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    await moved(database, order_id, "confirmed", "processing", "shipped")
    rules = Rules(tier_silver_from=Decimal(100), tier_gold_from=Decimal(200), tier_platinum_from=Decimal(5000))
    async with database.transaction() as conn:
        await move(conn, order_id=order_id, to="delivered", actor=NENA, rules=rules)
        assert await conn.value("SELECT @qs_tier_gold") is None, "the next one on this connection has its own"
    assert await keeper.look("SELECT customer_tier FROM users") == "gold"


async def test_cash_on_delivery_is_paid_when_it_is_delivered(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    await moved(database, order_id, "confirmed", "processing", "shipped", "delivered")
    assert await keeper.look("SELECT payment_status, upfront_paid, remaining_balance FROM orders") == (
        "paid", Decimal("280.00"), Decimal("0.00"),
    )  # fmt: skip
    assert await keeper.look("SELECT kind, amount, method FROM order_payments") == ("payment", Decimal("280.00"), "cod")
    assert await keeper.look("SELECT total_orders, total_spent FROM users") == (1, Decimal("280.00"))


async def test_trust_grows_with_what_is_delivered_and_never_skips_by_itself(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    shopper = int(str(await keeper.look("SELECT id FROM users")))
    await keeper.insert("trusted_buyers", user_id=shopper, trust_level="bronze")
    await keeper.run("UPDATE users SET total_orders = 9")
    await moved(database, order_id, "confirmed", "processing", "shipped", "delivered")
    trust = "SELECT trust_level, successful_orders, verification_skip_enabled FROM trusted_buyers"
    assert await keeper.look(trust) == ("silver", 10, 0)
    await moved(database, order_id, "returned")
    assert await keeper.look(trust) == ("silver", 9, 0)


async def test_a_tier_and_a_point_begin_where_the_shops_rules_say(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    await moved(database, order_id, "confirmed", "processing", "shipped")
    async with database.transaction() as conn:
        rules = Rules(tier_silver_from=Decimal(280), spend_per_point=Decimal(50))
        await move(conn, order_id=order_id, to="delivered", actor=NENA, rules=rules)
    assert await keeper.look("SELECT customer_tier, loyalty_points FROM users") == ("silver", 5)
    assert await keeper.look("SELECT @qs_tier_silver") is None


async def test_cancelling_gives_all_back_and_asks_for_the_refund(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper, payment="gcash")
    async with database.transaction() as conn:
        await ledger.record(
            conn, order_id=order_id, kind="payment", amount=Decimal("280.00"), method="gcash", actor=NENA
        )
    await moved(database, order_id, "confirmed", "processing")
    await moved(database, order_id, "cancelled", reason="The mug broke")
    assert await keeper.look("SELECT SUM(stock_quantity), SUM(sales_count) FROM products") == (5, 0)
    assert await keeper.look("SELECT cancellation_reason FROM orders") == "The mug broke"
    said = await keeper.look("SELECT template_data FROM notification_queue WHERE notification_type = 'order_cancelled'")
    assert "The mug broke" in str(said)
    async with database.connection() as conn:
        (flag,) = await open_flags(conn, order_id=order_id)
    assert flag.kind == "refund"
    assert "280.00" in flag.note


@pytest.mark.parametrize(("restock", "left"), [(True, 5), (False, 3)])
async def test_a_return_is_restocked_or_not(keeper: Keeper, database: Database, restock: bool, left: int) -> None:
    order_id = await placed(keeper)
    await moved(database, order_id, "confirmed", "processing", "shipped", "delivered")
    await moved(database, order_id, "returned", restock=restock, reason="Wrong size")
    assert await keeper.look("SELECT SUM(stock_quantity), SUM(sales_count) FROM products") == (left, 0)
    assert await keeper.look("SELECT returned_quantity FROM order_items") == 2
    assert await keeper.look("SELECT returned_at IS NOT NULL FROM orders") == 1
    assert await keeper.look("SELECT total_orders, total_spent FROM users") == (0, Decimal("0.00"))


async def test_nothing_prepaid_moves_before_its_money_is_there(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper, payment="gcash")
    with pytest.raises(Unpaid) as refused:
        await moved(database, order_id, "confirmed")
    assert refused.value.due == Decimal("280.00")
    # One that 0.1.0 confirmed unpaid is not packed either.
    await keeper.run("UPDATE orders SET order_status = 'confirmed'")
    with pytest.raises(Unpaid):
        await moved(database, order_id, "processing")
    # What a merchant wrote onto the order at the prompt counts.
    await keeper.run("UPDATE orders SET payment_status = 'paid'")
    assert (await moved(database, order_id, "processing")).status == "processing"


async def test_a_down_payment_comes_before_the_confirmation(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    await keeper.run("UPDATE orders SET down_payment = 28")
    with pytest.raises(Unpaid) as refused:
        await moved(database, order_id, "confirmed")
    assert refused.value.due == Decimal("28.00")
    async with database.transaction() as conn:
        money = await ledger.record(
            conn, order_id=order_id, kind="payment", amount=Decimal(28), method="gcash", actor=NENA
        )
    assert money.balance == Decimal("252.00")
    await moved(database, order_id, "confirmed", "processing", "shipped", "delivered")
    assert await keeper.look("SELECT SUM(amount) FROM order_payments WHERE method = 'cod'") == Decimal("252.00")


async def test_an_unverified_order_is_not_confirmed_by_anybody(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    await keeper.run("UPDATE orders SET verification_required = TRUE, verification_status = 'under_review'")
    for actor in (NENA, WORKER):
        with pytest.raises(Unverified):
            await moved(database, order_id, "confirmed", actor=actor)
    await keeper.run("UPDATE orders SET verification_status = 'verified'")
    assert (await moved(database, order_id, "confirmed")).was == "pending"


async def test_the_second_of_two_clerks_hears_of_the_first(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    opened = int(str(await keeper.look("SELECT version FROM orders")))
    await moved(database, order_id, "confirmed", opened=opened)
    with pytest.raises(Stale) as refused:
        await moved(database, order_id, "cancelled", actor=Actor("Ben", "admin"), opened=opened)
    assert refused.value.saved_by == "Nena"
    assert refused.value.seconds is not None
    assert refused.value.seconds < timedelta(minutes=10).total_seconds()
    assert await keeper.look("SELECT order_status FROM orders") == "confirmed"
    admin = await keeper.insert("admin_users", username="ana", email="a@x", password_hash="", full_name="Ana Santos")
    opened = int(str(await keeper.look("SELECT version FROM orders")))
    async with database.transaction() as conn:
        ana = Actor("Ana Santos", "admin", admin)
        await ledger.record(conn, order_id=order_id, kind="payment", amount=Decimal(5), method="gcash", actor=ana)
    await keeper.run("UPDATE order_payments SET created_at = NOW() + INTERVAL 1 MINUTE")
    with pytest.raises(Stale) as refused:
        await moved(database, order_id, "processing", opened=opened)
    assert refused.value.saved_by == "Ana Santos"


async def test_a_double_click_acts_once(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    results = await asyncio.gather(*(moved(database, order_id, "confirmed") for _ in range(6)))
    assert sorted(result.already for result in results) == [False, True, True, True, True, True]
    assert await keeper.look("SELECT COUNT(*) FROM order_state_history WHERE to_status = 'confirmed'") == 1
    assert await keeper.look("SELECT COUNT(*) FROM notification_queue") == 1


async def test_a_shopper_who_cancels_is_answered_in_the_chat(keeper: Keeper, database: Database) -> None:
    order_id = await placed(keeper)
    await moved(database, order_id, "cancelled", actor=SHOPPER)
    assert await keeper.look("SELECT COUNT(*) FROM notification_queue") == 0
