"""What a reviewer is told to look at twice, and what must agree."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from handlers.console.verification.said import between
from tests.conversations.conftest import Shop
from tests.handlers.console.verification.sent import browser, hires, ordered, pictured, proved

REFERENCE = "1234567890123"


async def opened(shop: Shop, proof_id: int) -> str:
    """The page of a proof, its white space put together."""
    await hires(shop)
    async with browser(shop, "mara") as mara:
        return " ".join((await mara.opens(f"/verification/{proof_id}")).split())


async def test_a_proof_that_agrees_has_no_warnings(shop: Shop) -> None:
    await shop.insert("payment_accounts", method="gcash", account_name="Maria S.", account_number="0917 555 4567")
    page = await opened(shop, await proved(shop, await ordered(shop), reference=REFERENCE))
    assert "Look twice" not in page
    assert 'name="seen"' not in page
    assert "shopper says ₱1,290.00" in page
    assert 'class="given agrees"' in page
    assert "… 4567 Maria S." in page
    assert "1234 567 890123" in page


async def test_a_reference_or_a_picture_of_another_order_leads_to_it(shop: Shop) -> None:
    picture = await pictured(shop)
    before = await ordered(shop, name="Ben", order_number="ORD-20261101-BEN1")
    await proved(shop, before, reference=REFERENCE, file_id=picture, status="accepted", amount=Decimal("560.00"))
    page = await opened(shop, await proved(shop, await ordered(shop), reference=REFERENCE, file_id=picture))
    link = f'<a href="/console/orders/{before}">ORD-20261101-BEN1</a>'
    assert f"This reference was accepted as a payment of ₱560.00 for another order: {link}" in page
    assert f"The very same picture was accepted as a payment of ₱560.00 for another order: {link}" in page
    assert 'name="seen" required' in page


async def test_what_was_booked_by_hand_and_what_this_order_has_already_are_named(shop: Shop) -> None:
    other, order_id = await ordered(shop), await ordered(shop)
    await shop.insert(
        "order_payments", order_id=other, kind="payment", amount=Decimal(900), method="gcash", reference=REFERENCE
    )
    await proved(shop, order_id, reference=REFERENCE, status="accepted")
    page = await opened(shop, await proved(shop, order_id, reference=REFERENCE))
    assert "This reference was booked by hand as a payment of ₱900.00 for another order:" in page
    assert "was accepted as a payment of ₱1,290.00 for this same order already." in page


@pytest.mark.parametrize("status", ["withdrawn", "rejected"])
async def test_what_the_same_order_tried_before_in_vain_is_no_warning(shop: Shop, status: str) -> None:
    order_id = await ordered(shop)
    await proved(shop, order_id, reference=REFERENCE, status=status)
    assert "Look twice" not in await opened(shop, await proved(shop, order_id, reference=REFERENCE))


@pytest.mark.parametrize(
    ("amount", "order", "said"),
    [
        ("1200.00", {}, "₱1,200.00 is less than what is due. ₱90.00 would stay open."),
        ("1300.00", {}, "₱1,300.00 is more than the balance of ₱1,290.00."),
        (
            "50000.00",
            {"total": "62000.00"},
            "a part, since one transfer carries ₱50,000.00 at most. ₱12,000.00 would stay open.",
        ),
        (
            "700.00",
            {"payment_method": "cod", "down_payment": "500"},
            "is not the amount that was asked for, ₱500.00.",
        ),
        ("1290.00", {"payment_status": "paid", "upfront_paid": "1290"}, "This order is paid in full already."),
        ("1290.00", {"payment_method": "bank_transfer"}, "It was paid by GCash; the order says Bank transfer."),
        ("1290.00", {"order_status": "cancelled"}, "The order is cancelled: approving changes nothing any more."),
    ],
)
async def test_an_amount_that_does_not_fit_is_told_in_words(
    shop: Shop, amount: str, order: dict[str, str], said: str
) -> None:
    proof_id = await proved(shop, await ordered(shop, **order), amount=Decimal(amount))
    assert said in await opened(shop, proof_id)


async def test_a_proof_after_the_window_and_a_picture_before_the_order_are_told(shop: Shop) -> None:
    picture = await pictured(shop)
    await shop.run("UPDATE stored_files SET created_at = NOW() - INTERVAL 2 DAY")
    order_id = await ordered(shop)
    proof_id = await proved(shop, order_id, file_id=picture)
    await shop.run("UPDATE orders SET verification_expires_at = NOW() - INTERVAL 20 MINUTE")
    page = await opened(shop, proof_id)
    assert "It was sent 20 min after the window had ended." in page
    assert "This picture was first sent before the order was placed." in page


async def test_what_was_noticed_when_it_came_in_is_told_too(shop: Shop) -> None:
    warnings = '["same_reference", "same_file", "older_than_order", "of_another_release"]'
    page = await opened(shop, await proved(shop, await ordered(shop), warnings=warnings))
    assert "This reference was seen before, with another order." in page
    assert "The very same picture was sent before, with another order." in page
    assert "The receipt is older than the order." in page


async def test_hostile_texts_are_shown_as_they_are(shop: Shop) -> None:
    hostile = "<img src=x onerror=alert(1)>{{ 7 * 7 }}"
    order_id = await ordered(shop, name=hostile, risk_reasons='["<b>blocked</b>"]')
    await proved(shop, order_id, reference=hostile, status="rejected", note=hostile, reason="payment_unreadable")
    proof_id = await proved(shop, order_id, words=hostile, reference=hostile, id_type=hostile, method="<i>")
    page = await opened(shop, proof_id)
    assert "<img src=x" not in page
    assert "<b>blocked" not in page
    assert "<i>" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7 * 7 }}" in page
    assert "Picture cannot be read" in page, "why an earlier one was refused"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "28 Nov, 3:10 PM"), (32, "28 Nov, 3:10 PM to 3:42 PM"), (600, "28 Nov, 3:10 PM to 29 Nov, 1:10 AM")],
)
def test_a_span_of_time_is_told_by_its_ends(minutes: int, words: str) -> None:
    at = datetime(2026, 11, 28, 15, 10, 5, tzinfo=UTC)
    assert between(at, at + timedelta(minutes=minutes)) == words
