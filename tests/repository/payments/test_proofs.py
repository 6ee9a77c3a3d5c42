"""A proof on its way: sent, held, reviewed, taken back, settled, beside cancellations."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.base.settings import DatabaseSettings
from repository.database.errors import NotFound, Stale, UnknownOrder
from repository.files.files import delete_due
from repository.orders import placed_orders
from repository.payments import proofs
from repository.payments.proofs import NothingToProve, OrderOver, TooLate
from repository.rules import Rules
from tests.conftest import empty
from tests.repository.payments.proving import Prover

REFERENCE = "1002345678901"
EASY = Rules(verification_orders=0)


@pytest.fixture
async def shop(schema: DatabaseSettings) -> AsyncIterator[Prover]:
    shop = Prover.on(schema)
    await empty(shop.database)
    yield shop
    await shop.database.close()


async def test_orders_say_what_they_wait_for(shop: Prover) -> None:
    gcash, cod = await shop.ordered("gcash"), await shop.ordered("cod")
    await shop.ordered("cod", rules=EASY)
    waiting = {one.order_id: one for one in await shop.awaiting()}
    assert waiting.keys() == {gcash, cod}
    assert (waiting[gcash].payment, waiting[gcash].identity) == (Decimal("180.00"), False)
    assert (waiting[cod].payment, waiting[cod].identity) == (Decimal("18.00"), True)
    assert waiting[gcash].until
    await shop.run("UPDATE orders SET verification_type = 'id_verification' WHERE id = %(id)s", id=cod)
    waiting = {one.order_id: one for one in await shop.awaiting()}
    assert (waiting[cod].payment, waiting[cod].identity) == (Decimal(0), True)


async def test_a_proof_holds_its_order_until_it_is_reviewed(shop: Prover) -> None:
    order_id = await shop.ordered()
    sent = await shop.proves(order_id, file=await shop.sent())
    assert (sent.has_picture, sent.reference, sent.already) == (True, "", False)
    assert await shop.status(order_id) == ("pending", "under_review", "pending")
    async with shop.database.transaction() as conn:
        assert not await delete_due(conn), "its file stays"
    await shop.passes(order_id, 300)
    await shop.sweeps()
    assert await shop.status(order_id) == ("pending", "under_review", "pending")


async def test_what_comes_in_two_messages_is_one_proof(shop: Prover) -> None:
    order_id, file_id = await shop.ordered(), await shop.sent()
    first = await shop.proves(order_id, file=file_id)
    both = await shop.proves(order_id, reference=REFERENCE)
    assert both.proof_id == first.proof_id
    assert (both.has_picture, both.reference, both.already) == (True, REFERENCE, False)
    assert (await shop.proves(order_id, reference=REFERENCE, file=file_id)).already
    other = await shop.proves(order_id, reference="2002345678901")
    assert other.proof_id != first.proof_id
    assert await shop.look("SELECT COUNT(*) FROM order_verifications") == 1


async def test_an_accepted_payment_is_booked_once(shop: Prover) -> None:
    order_id = await shop.ordered()
    sent = await shop.proves(order_id, reference=REFERENCE)
    await shop.reviews(sent.proof_id, True)
    assert [each.outcome for each in await shop.settles(order_id)] == ["paid"]
    assert await shop.settles(order_id) == ()
    assert await shop.status(order_id) == ("pending", "verified", "paid")
    booked = await shop.look("SELECT amount, method, reference, proof_id FROM order_payments")
    assert booked == (Decimal("180.00"), "gcash", REFERENCE, sent.proof_id)
    assert await shop.awaiting() == ()


async def test_a_review_does_nothing_before_its_ten_seconds_are_over(shop: Prover) -> None:
    order_id = await shop.ordered()
    sent = await shop.proves(order_id, reference=REFERENCE)
    reviewed = await shop.reviews(sent.proof_id, True)
    assert await shop.settles(order_id, at_once=False) == ()
    seconds = await shop.look("SELECT TIMESTAMPDIFF(MICROSECOND, reviewed_at, effective_at) / 1e6 FROM order_proofs")
    assert 10 <= float(str(seconds)) <= 11
    due = await shop.look("SELECT scheduled_at FROM order_processing_queue WHERE queue_type = 'verification'")
    assert str(due) >= f"{reviewed.effective_at:%Y-%m-%d %H:%M:%S}"
    async with shop.database.transaction() as conn:
        await proofs.undo_review(conn, proof_id=sent.proof_id)
        await proofs.undo_review(conn, proof_id=sent.proof_id)
    assert await shop.settles(order_id) == ()
    assert await shop.status(order_id) == ("pending", "under_review", "pending")
    await shop.reviews(sent.proof_id, False)
    assert [each.outcome for each in await shop.settles(order_id)] == ["rejected"]
    async with shop.database.transaction() as conn:
        with pytest.raises(TooLate):
            await proofs.undo_review(conn, proof_id=sent.proof_id)


async def test_two_clerks_decide_once(shop: Prover) -> None:
    sent = await shop.proves(await shop.ordered(), reference=REFERENCE)
    await shop.reviews(sent.proof_id, False)
    with pytest.raises(Stale) as stale:
        await shop.reviews(sent.proof_id, True)
    assert stale.value.seconds is not None
    with pytest.raises(NotFound):
        await shop.reviews(0, True)


async def test_a_rejected_proof_gives_back_the_time_that_its_review_took(shop: Prover) -> None:
    await shop.insert(
        "review_reasons",
        name="unreadable",
        kind="payment",
        title="Unreadable",
        words_en="Too dark.",
        words_fil="Madilim.",
    )
    order_id = await shop.ordered()
    await shop.passes(order_id, 5)
    sent = await shop.proves(order_id, file=await shop.sent())
    await shop.passes(order_id, 120)
    await shop.reviews(sent.proof_id, False, reason="unreadable", note="Ask us if you need help.")
    assert [each.outcome for each in await shop.settles(order_id)] == ["rejected"]
    assert await shop.status(order_id) == ("pending", "rejected", "pending")
    left = await shop.look(
        "SELECT TIMESTAMPDIFF(MINUTE, NOW(), MIN(expires_at)) FROM inventory_reservations WHERE order_id = %(id)s",
        id=order_id,
    )
    assert 50 <= int(str(left)) <= 56, "what the review took is not taken from the shopper's hour"
    await shop.sweeps()
    assert await shop.status(order_id) == ("pending", "rejected", "pending")
    notice = str(await shop.look("SELECT template_data FROM notification_queue WHERE template_name LIKE '%rejected'"))
    assert "Too dark." in notice
    assert "Ask us" in notice
    again = await shop.proves(order_id, reference=REFERENCE)
    assert await shop.status(order_id) == ("pending", "under_review", "pending")
    await shop.reviews(again.proof_id, False)
    await shop.settles(order_id)
    await shop.passes(order_id, 300)
    await shop.sweeps()
    assert await shop.status(order_id) == ("cancelled", "rejected", "pending")
    assert await shop.look("SELECT stock_quantity FROM products") == 99, "the stock is back"


async def test_what_was_sent_for_another_order_is_flagged(shop: Prover) -> None:
    first, second, third = [await shop.ordered() for _ in range(3)]
    file_id = await shop.sent()
    one = await shop.proves(first, reference=REFERENCE, amount="180")
    two = await shop.proves(second, reference=REFERENCE, file=file_id, amount="100")
    three = await shop.proves(third, file=file_id)
    said = [
        str(await shop.look("SELECT warnings FROM order_proofs WHERE id = %(id)s", id=each.proof_id))
        for each in (one, two, three)
    ]
    assert said[0] == "[]"
    assert said[1] == '["same_reference","amount_differs"]'
    assert said[2] == '["same_file"]'
    async with shop.database.connection() as conn:
        (where,) = await proofs.elsewhere(conn, proof_id=one.proof_id)
        assert (where.order_id, where.what, where.amount) == (second, "same_reference", Decimal("100.00"))
        assert {each.what for each in await proofs.elsewhere(conn, proof_id=two.proof_id)} == {
            "same_reference",
            "same_file",
        }


async def test_what_is_older_than_its_order_or_too_late_is_flagged(shop: Prover) -> None:
    file_id = await shop.sent()
    await shop.run("UPDATE stored_files SET created_at = NOW() - INTERVAL 1 DAY")
    order_id = await shop.ordered()
    await shop.run("UPDATE orders SET verification_expires_at = NOW() - INTERVAL 1 MINUTE")
    await shop.proves(order_id, file=file_id)
    assert await shop.look("SELECT warnings FROM order_proofs") == '["older_than_order","after_window"]'


async def test_an_id_verifies_its_order_and_is_deleted_after_its_days(shop: Prover) -> None:
    order_id = await shop.ordered("cod")
    paper, selfie = await shop.sent(1), await shop.sent(2)
    sent = await shop.proves(order_id, "identity", file=paper, selfie=selfie)
    assert await shop.look("SELECT COUNT(*) FROM stored_files WHERE purpose = 'identity' AND delete_after IS NULL") == 2
    await shop.reviews(sent.proof_id, True)
    assert [each.outcome for each in await shop.settles(order_id)] == ["verified"]
    assert await shop.status(order_id) == ("pending", "verified", "pending")
    history = await shop.look(
        "SELECT verification_count, successful_verifications, trust_score, is_verified_buyer"
        " FROM user_verification_history"
    )
    assert history == (1, 1, Decimal("1.00"), 1)
    days = await shop.look("SELECT MIN(DATEDIFF(delete_after, NOW())) FROM stored_files WHERE purpose = 'identity'")
    assert days == 30


async def test_proofs_stay_some_days_after_the_parcel_came(shop: Prover) -> None:
    order_id = await shop.ordered()
    await shop.proves(order_id, file=await shop.sent())
    still = "SELECT COUNT(*) FROM stored_file_pieces"

    async def cleans() -> None:
        async with shop.database.transaction() as conn:
            await proofs.delete_old(conn, rules=shop.rules)

    await cleans()
    assert await shop.look(still) == 1
    await shop.run("UPDATE orders SET order_status = 'delivered', delivered_at = NOW() - INTERVAL 179 DAY")
    await cleans()
    assert await shop.look(still) == 1
    await shop.run("UPDATE orders SET delivered_at = NOW() - INTERVAL 181 DAY")
    await shop.run("UPDATE stored_files SET delete_after = NULL")
    await cleans()
    assert await shop.look(still) == 0
    assert await shop.look("SELECT COUNT(*) FROM stored_files WHERE deleted_at IS NOT NULL") == 1


@pytest.mark.parametrize("status", ["cancelled", "delivered", "shipped", "returned"])
async def test_no_proof_is_for_an_order_that_is_over(shop: Prover, status: str) -> None:
    order_id = await shop.ordered()
    file_id = await shop.sent()
    await shop.run("UPDATE orders SET order_status = %(status)s", status=status)
    with pytest.raises(NothingToProve) as refused:
        await shop.proves(order_id, file=file_id)
    assert refused.value.status == status
    assert await shop.look("SELECT COUNT(*) FROM order_proofs") == 0


async def test_nobody_proves_somebody_elses_order(shop: Prover) -> None:
    order_id = await shop.ordered()
    ben = await shop.shopper("Ben")
    with pytest.raises(UnknownOrder):
        await shop.proves(order_id, by=ben, reference=REFERENCE)


async def test_an_order_that_was_cancelled_meanwhile_is_not_approved(shop: Prover) -> None:
    order_id = await shop.ordered()
    sent = await shop.proves(order_id, reference=REFERENCE)
    await shop.run("UPDATE orders SET order_status = 'cancelled', cancelled_at = NOW()")
    with pytest.raises(OrderOver) as over:
        await shop.reviews(sent.proof_id, True)
    assert over.value.status == "cancelled"
    assert await shop.look("SELECT status FROM order_proofs") == "waiting"


async def test_money_that_was_approved_while_its_order_was_cancelled_goes_back(shop: Prover) -> None:
    order_id = await shop.ordered()
    sent = await shop.proves(order_id, reference=REFERENCE)
    await shop.reviews(sent.proof_id, True)
    await shop.run("UPDATE orders SET order_status = 'cancelled', cancelled_at = NOW()")
    assert [each.outcome for each in await shop.settles(order_id)] == ["over"]
    assert await shop.look("SELECT order_status FROM orders") == "cancelled"
    assert await shop.look("SELECT open_kind FROM order_flags") == "refund", "a person must send it back"


async def test_a_part_of_the_money_waits_for_the_rest(shop: Prover) -> None:
    order_id = await shop.ordered()
    sent = await shop.proves(order_id, reference=REFERENCE, amount="100")
    await shop.reviews(sent.proof_id, True)
    assert [each.outcome for each in await shop.settles(order_id)] == ["part_paid"]
    assert await shop.status(order_id) == ("pending", "not_required", "pending")
    (waiting,) = await shop.awaiting()
    assert waiting.payment == Decimal("80.00")
    rest = await shop.proves(order_id, reference="2002345678901")
    await shop.reviews(rest.proof_id, True)
    assert [each.outcome for each in await shop.settles(order_id)] == ["paid"]


async def test_an_approval_beside_a_cancellation_and_another_clerk_is_one_thing_or_the_other(shop: Prover) -> None:
    ana = await shop.ana()
    for place in range(6):
        order_id = await shop.ordered()
        sent = await shop.proves(order_id, reference=f"{1_000_000_000_000 + place}")

        async def cancels(order_id: int = order_id) -> None:
            async with shop.database.transaction() as conn:
                await placed_orders.cancel(conn, shopper_id=ana, order_id=order_id, reason="Changed my mind")

        done = await asyncio.gather(
            shop.reviews(sent.proof_id, True), cancels(), shop.reviews(sent.proof_id, True), return_exceptions=True
        )
        failed = [each for each in done if isinstance(each, Exception)]
        assert all(isinstance(each, OrderOver | Stale) for each in failed), failed
        assert failed, "two clerks cannot both decide"
        outcomes = [each.outcome for each in await shop.settles(order_id)]
        assert outcomes in ([], ["over"]), "the order was cancelled in any case"
        flags = await shop.look("SELECT COUNT(*) FROM order_flags WHERE order_id = %(id)s", id=order_id)
        booked = await shop.look("SELECT COUNT(*) FROM order_payments WHERE order_id = %(id)s", id=order_id)
        assert flags == booked == len(outcomes), "money that was approved goes back, and only that"
    assert await shop.look("SELECT stock_quantity FROM products") == 99
