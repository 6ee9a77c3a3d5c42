"""The money of an order: in, back out, and what the order says of it."""

import asyncio
from decimal import Decimal

import pytest

from repository.database.connection import Connection, Database
from repository.database.errors import AmountRefused, NotFound, UnknownOrder
from repository.orders.flags import open_flags
from repository.orders.history import Actor
from repository.payments import ledger
from repository.payments.ledger import Kind, Money
from tests.support import factory
from tests.support.keeper import Keeper

NENA = Actor("Nena", "admin")
STATE = "SELECT payment_status, upfront_paid, remaining_balance, paid_at IS NOT NULL FROM orders ORDER BY id LIMIT 1"


async def order(keeper: Keeper, status: str = "pending", total: str = "500.00") -> int:
    mug = await keeper.stocks("Mug", left=9)
    return await keeper.make(
        factory.order([(mug, None, 4)], total_amount=Decimal(total), order_status=status, payment_method="gcash")
    )


async def book(
    database: Database, order_id: int, kind: Kind, amount: str, *, proof: int | None = None, reference: str = ""
) -> Money:
    async with database.transaction() as conn:
        return await ledger.record(
            conn, order_id=order_id, kind=kind, amount=Decimal(amount), method="gcash", actor=NENA, proof_id=proof,
            reference=reference,
        )  # fmt: skip


async def test_money_comes_in_parts_until_all_is_there(keeper: Keeper, database: Database) -> None:
    order_id = await order(keeper)
    assert (await book(database, order_id, "payment", "200.00")).balance == Decimal(300)
    assert await keeper.look(STATE) == ("pending", Decimal(200), Decimal(300), 0)
    money = await book(database, order_id, "payment", "300.00")
    assert money == Money(Decimal(500), Decimal(500), Decimal(0), Decimal(0), Decimal(0))
    assert await keeper.look(STATE) == ("paid", Decimal(500), Decimal(0), 1)
    assert await keeper.look("SELECT payment_duration_ms IS NOT NULL FROM order_metrics") == 1
    assert await keeper.look("SELECT COUNT(*) FROM order_processing_queue WHERE queue_type = 'payment'") == 2
    async with database.connection() as conn:
        assert await ledger.money_of(conn, order_id=order_id) == money
        with pytest.raises(UnknownOrder):
            await ledger.money_of(conn, order_id=order_id + 1)


@pytest.mark.parametrize("amount", ["0", "-5"])
async def test_no_amount_is_nothing_or_less(keeper: Keeper, database: Database, amount: str) -> None:
    order_id = await order(keeper)
    for kind in ("payment", "refund"):
        with pytest.raises(AmountRefused):
            await book(database, order_id, kind, amount)


async def test_a_proof_is_booked_once_whoever_books_it(keeper: Keeper, database: Database) -> None:
    order_id = await order(keeper)
    proof = await keeper.insert("order_proofs", order_id=order_id, kind="payment", amount=Decimal(500))
    paid = await asyncio.gather(*(book(database, order_id, "payment", "500.00", proof=proof) for _ in range(4)))
    assert {money.paid for money in paid} == {Decimal(500)}
    assert await keeper.look("SELECT COUNT(*) FROM order_payments") == 1
    other = await keeper.make(factory.order())
    with pytest.raises(NotFound):
        await book(database, other, "payment", "1.00", proof=proof)


async def test_a_refund_is_of_an_order_that_is_over_and_never_more_than_came_in(
    keeper: Keeper, database: Database
) -> None:
    order_id = await order(keeper)
    await book(database, order_id, "payment", "500.00")
    with pytest.raises(AmountRefused) as refused:
        await book(database, order_id, "refund", "1.00")
    assert refused.value.most == Decimal(0)
    await keeper.run("UPDATE orders SET order_status = 'cancelled'")
    await keeper.insert("order_flags", order_id=order_id, kind="refund")
    assert (await book(database, order_id, "refund", "200.00", reference="9012345678901")).refunded == Decimal(200)
    async with database.connection() as conn:
        assert [flag.kind for flag in await open_flags(conn, order_id=order_id)] == ["refund"]
        assert await ledger.refundable(conn, order_id=order_id) == Decimal(300)
    assert await keeper.look(STATE) == ("paid", Decimal(500), Decimal(0), 1)
    with pytest.raises(AmountRefused) as refused:
        await book(database, order_id, "refund", "300.01")
    assert refused.value.most == Decimal(300)
    await book(database, order_id, "refund", "300.00")
    async with database.connection() as conn:
        assert await open_flags(conn, order_id=order_id) == ()
    assert await keeper.look(STATE) == ("refunded", Decimal(500), Decimal(0), 1)
    assert await keeper.look("SELECT COUNT(*) FROM notification_queue WHERE template_name = 'notices.refunded'") == 2


async def test_two_clerks_refund_once(keeper: Keeper, database: Database) -> None:
    order_id = await order(keeper)
    await book(database, order_id, "payment", "500.00")
    await keeper.run("UPDATE orders SET order_status = 'cancelled'")
    results = await asyncio.gather(
        *(book(database, order_id, "refund", "400.00") for _ in range(3)), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["AmountRefused", "AmountRefused", "Money"]


async def test_returned_lines_and_what_was_paid_too_much_may_go_back(keeper: Keeper, database: Database) -> None:
    order_id = await order(keeper, total="400.00")
    await book(database, order_id, "payment", "450.00")
    await keeper.run("UPDATE orders SET order_status = 'delivered'")
    await keeper.run("UPDATE order_items SET returned_quantity = 1")
    with pytest.raises(AmountRefused) as refused:
        await book(database, order_id, "refund", "150.01")
    assert refused.value.most == Decimal(150)
    await book(database, order_id, "refund", "150.00")


async def test_money_for_an_order_that_is_over_needs_a_person(keeper: Keeper, database: Database) -> None:
    order_id = await order(keeper, status="cancelled")
    await book(database, order_id, "payment", "500.00")
    async with database.connection() as conn:
        assert [flag.kind for flag in await open_flags(conn, order_id=order_id)] == ["refund"]


async def test_what_was_written_at_the_prompt_counts(keeper: Keeper, database: Database) -> None:
    order_id = await order(keeper)
    await keeper.run("UPDATE orders SET payment_status = 'paid'")
    async with database.connection() as conn:
        assert (await ledger.money_of(conn, order_id=order_id)).paid == Decimal(500)
    await keeper.run("UPDATE orders SET order_status = 'cancelled'")
    await book(database, order_id, "refund", "500.00")
    assert await keeper.look(STATE) == ("refunded", Decimal(500), Decimal(0), 0)


async def test_nothing_stays_of_what_is_undone(keeper: Keeper, database: Database) -> None:
    order_id = await order(keeper)

    async def dies(conn: Connection) -> None:
        await ledger.record(conn, order_id=order_id, kind="payment", amount=Decimal(5), method="gcash", actor=NENA)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        await database.retry(dies)
    assert await keeper.look("SELECT COUNT(*) FROM order_payments") == 0
    assert await keeper.look("SELECT upfront_paid FROM orders") == Decimal(0)
