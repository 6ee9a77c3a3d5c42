"""Orders that are paid ahead wait for their money, and say so until it is there or the time is over."""

from decimal import Decimal

import pytest

from repository.database.connection import Value
from repository.orders.history import Actor
from repository.payments import ledger
from repository.payments.reviewing import review
from repository.staff.by import By
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, buys, comes_to_payment, comes_to_summary

NENA = Actor("Nena", "admin")
STATUS = "SELECT order_status FROM orders ORDER BY id DESC LIMIT 1"
METHODS = ["cod", "gcash", "paymaya", "bank_transfer", "credit_card"]


async def account(shop: Shop, method: str, account_number: str, **columns: Value) -> None:
    await shop.insert(
        "payment_accounts", method=method, account_name="Nena R.", account_number=account_number, **columns
    )


async def pays(shop: Shop, amount: str) -> None:
    """A clerk says that the money is there."""
    async with shop.database.transaction() as conn:
        order_id = int(str(await conn.value("SELECT MAX(id) FROM orders")))
        await ledger.record(conn, order_id=order_id, kind="payment", amount=Decimal(amount), method="gcash", actor=NENA)
    await shop.works()


async def test_gcash_waits_and_is_confirmed_when_the_money_is_there(shop: Shop, ana: Chat) -> None:
    await account(shop, "gcash", "0917 555 0101")
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug", pay="GCash")
    ana.hears("Total: ₱200.00, GCash", "We'll confirm it once we've received your payment.")
    await ana.taps(CONFIRM)
    ana.hears("Please send ₱200.00 to:", "GCash: 0917 555 0101, Nena R.", "the screenshot or the reference number")
    ana.hears("We hold your items until")
    ana.hears_no("packing")
    ana.hears_no("is confirmed")
    await shop.works()
    assert await shop.look(STATUS) == "pending"
    ana.hears_no("is confirmed")
    await ana.taps("See my order")
    ana.hears("Pending", "Waiting for your GCash payment of ₱200.00 until")
    await pays(shop, "200.00")
    ana.hears("is confirmed! We'll tell you here when it ships.", "We've received your ₱200.00")
    assert await shop.look(STATUS) == "confirmed"
    await ana.says("my orders")
    ana.hears("Confirmed")


async def test_a_proof_that_is_accepted_confirms_the_order_after_its_ten_seconds(shop: Shop, ana: Chat) -> None:
    await account(shop, "gcash", "0917 555 0101")
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug", pay="GCash")
    await shop.works()
    await ana.says("1234 567 890123")
    ana.hears("Got reference 1234567890123")
    nena = await shop.insert("admin_users", username="nena", email="n@x", password_hash="", full_name="Nena")
    async with shop.database.transaction() as conn:
        proof = int(str(await conn.value("SELECT id FROM order_proofs")))
        await review(conn, proof_id=proof, accepted=True, by=By(nena))
    await shop.works()
    assert await shop.look(STATUS) == "pending"
    await shop.run("UPDATE order_proofs SET effective_at = NOW(3)")
    await shop.run("UPDATE order_processing_queue SET scheduled_at = NOW() WHERE queue_type = 'verification'")
    await shop.works()
    ana.hears("is confirmed!", "We've received your ₱200.00")
    assert await shop.look(STATUS) == "confirmed"
    assert await shop.look("SELECT recorded_by, proof_id FROM order_payments") == (nena, proof)
    assert await shop.look("SELECT customer_response_time_ms IS NOT NULL FROM order_metrics") == 1


async def test_the_same_in_filipino(shop: Shop) -> None:
    await account(shop, "gcash", "0917 555 0101")
    await shop.stocks("Blue mug", price="120.00")
    liza = shop.stage.shopper("Liza Reyes", locale="tl_PH")
    await liza.opens_chat()
    await liza.says("filipino")
    await liza.says("blue mug")
    await liza.taps("Add to cart")
    await liza.says("checkout")
    await liza.taps("Liza Reyes")
    await liza.says("0917 123 4567")
    await liza.says("12 Mabini St, Brgy San Roque, Marikina City 1801")
    await liza.says("wala")
    await liza.says("gcash po")
    liza.hears("Ico-confirm po namin ito kapag natanggap na ang bayad ninyo.")
    await liza.says("opo")
    liza.hears("Pakipadala po ang ₱200.00 sa:", "GCash: 0917 555 0101", "Nakatabi ang mga item ninyo hanggang")
    await shop.works()
    liza.hears_no("Confirmed na")
    await pays(shop, "50.00")
    liza.hears("Natanggap na po namin ang ₱50.00", "May natitira pa pong ₱150.00")
    await pays(shop, "150.00")
    liza.hears("Confirmed na po ang order ninyong", "Natanggap na po namin ang bayad ninyong ₱200.00")


async def test_the_hour_passes(shop: Shop, ana: Chat) -> None:
    await account(shop, "gcash", "0917 555 0101")
    await shop.stocks("Blue mug", price="120.00", left=3)
    await buys(ana, "mug", pay="GCash")
    await shop.works()
    await shop.run("UPDATE orders SET verification_expires_at = NOW() + INTERVAL 10 MINUTE")
    await shop.run("UPDATE order_processing_queue SET scheduled_at = NOW()")
    await shop.works()
    ana.hears("still waits for your payment of ₱200.00", "after that, it's cancelled automatically")
    await shop.run("UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND")
    await shop.works()
    ana.hears("was cancelled because we didn't receive your payment in time", "If you've already sent it")
    assert await shop.look("SELECT stock_quantity FROM products WHERE name = 'Blue mug'") == 3
    assert await shop.look(STATUS) == "cancelled"


@pytest.mark.parametrize(
    ("method", "button", "columns", "words"),
    [
        ("paymaya", "Maya", {}, "Maya: 0917 555 0102, Nena R."),
        ("bank_transfer", "Bank transfer", {"bank": "BPI"}, "BPI: 0917 555 0102, Nena R."),
        ("credit_card", "Card", {"link": "https://pay.example/nena"}, "Card: https://pay.example/nena"),
    ],
)
async def test_other_ways_to_pay_ahead(
    shop: Shop, ana: Chat, method: str, button: str, columns: dict[str, str], words: str
) -> None:
    await shop.sets(payment_methods=METHODS)
    await account(shop, method, "0917 555 0102", **columns)
    await account(shop, "gcash", "0917 555 0101")
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug", pay=button)
    ana.hears(words)
    ana.hears_no("0917 555 0101")
    await shop.works()
    assert await shop.look(STATUS) == "pending"


async def test_more_than_one_transfer_takes_is_told_in_parts(shop: Shop, ana: Chat) -> None:
    await account(shop, "gcash", "0917 555 0101")
    await shop.stocks("Golden mug", price="120000.00")
    await buys(ana, "mug", pay="GCash")
    ana.hears("₱50,000.00 at most", "in 3 parts: ₱50,000.00 + ₱50,000.00 + ₱20,000.00")


async def test_a_shop_without_an_account_says_that_it_will_write(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug", pay="GCash")
    ana.hears("Our team will message you here with the GCash details for your ₱200.00.")


async def test_a_down_payment_is_asked_for_and_the_rest_is_for_the_rider(shop: Shop, ana: Chat) -> None:
    await shop.sets(down_payment_percent=20, down_payment_from=100)
    await account(shop, "gcash", "0917 555 0101")
    await account(shop, "bank_transfer", "1234 5678", bank="BDO")
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says("cod")
    ana.hears("Down payment now: ₱40.00", "On delivery: ₱160.00")
    await ana.taps(CONFIRM)
    ana.hears("Please send ₱40.00 as your down payment to any of these:", "BDO: 1234 5678", "GCash: 0917 555 0101")
    ana.hears("₱40.00 down payment, ₱160.00 on delivery")
    await ana.taps("See my order")
    ana.hears("Waiting for your payment of ₱40.00", "Down payment: ₱40.00")
    await pays(shop, "40.00")
    ana.hears("We've received ₱40.00. Please have the remaining ₱160.00 ready when the rider comes.")


async def test_a_cancelled_order_that_was_paid_promises_the_money_back(shop: Shop, ana: Chat) -> None:
    await account(shop, "gcash", "0917 555 0101")
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug", pay="GCash")
    await pays(shop, "50.00")
    await ana.says("my orders")
    await ana.taps("Cancel order")
    await ana.taps("Yes, cancel it")
    ana.hears("is cancelled", "refund")
    assert await shop.look("SELECT open_kind FROM order_flags") == "refund"
