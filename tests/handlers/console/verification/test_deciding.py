"""Approving and rejecting: what is booked and told, and when; two reviewers; undo; what cannot be decided any more."""

from decimal import Decimal

import msgspec
import pytest

from repository.payments import proofs
from repository.rules import Rules
from tests.conversations.conftest import Shop
from tests.handlers.console.verification.sent import browser, hires, ordered, proved, time_stands

PROOF = "SELECT status, amount, reference, reason FROM order_proofs WHERE id = %(id)s"


async def settle(shop: Shop, order_id: int) -> None:
    """Let the ten seconds be over, and the worker come by."""
    await shop.run("UPDATE order_proofs SET effective_at = NOW(3) - INTERVAL 1 SECOND WHERE effective_at IS NOT NULL")
    async with shop.database.transaction() as conn:
        await proofs.settle(conn, order_id=order_id, rules=Rules())


async def proof(shop: Shop, proof_id: int) -> object:
    """How a proof stands: its status, amount, reference, and why it was refused."""
    return await shop.look(PROOF, id=proof_id)


async def test_an_approval_books_what_the_reviewer_saw_once_it_cannot_be_undone(shop: Shop) -> None:
    await hires(shop)
    order_id = await ordered(shop)
    proof_id = await proved(shop, order_id, reference="1111111111111")
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        assert 'name="amount" value="1,290.00"' in mara.page
        assert 'name="reference" value="1111 111 111111"' in mara.page
        await mara.sends(f"/verification/{proof_id}/approve", amount="₱1,289.50", reference="2222 222 222222")
        assert "Approved: ORD-20261128-" in mara.page
        assert f'action="/console/verification/{proof_id}/undo"' in mara.page
    assert await proof(shop, proof_id) == ("accepted", Decimal("1289.50"), "2222222222222", None)
    assert await shop.count("order_payments") == 0, "nothing is booked while it can be undone"
    assert await shop.count("notification_queue") == 0, "and nobody is told"
    await settle(shop, order_id)
    booked = await shop.look("SELECT amount, reference, proof_id FROM order_payments")
    assert booked == (Decimal("1289.50"), "2222222222222", proof_id)
    logged = await shop.look(
        "SELECT l.action, l.subject, a.username FROM console_audit l JOIN admin_users a ON a.id = l.admin_id"
        " WHERE l.action LIKE 'proof.%%'",
    )
    assert logged == ("proof.accepted", f"proof {proof_id}", "mara")


async def test_a_refusal_is_told_in_the_shoppers_language_with_the_note(shop: Shop) -> None:
    await hires(shop)
    order_id = await ordered(shop, language="fil")
    proof_id = await proved(shop, order_id)
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        note = "<b>Kulang po</b> ng ₱90"
        await mara.sends(f"/verification/{proof_id}/words", reason="payment_unreadable", note=note)
        html = msgspec.json.decode(mara.page)["html"]
        assert "Hindi po namin mabasa" in html
        assert "&lt;b&gt;Kulang po" in html
        await mara.opens(f"/verification/{proof_id}")
        await mara.sends(f"/verification/{proof_id}/reject", reason="payment_unreadable", note=note)
        assert "Rejected: ORD-20261128-" in mara.page
    assert await shop.count("notification_queue") == 0
    await settle(shop, order_id)
    told = str(
        await shop.look("SELECT template_data FROM notification_queue WHERE template_name LIKE 'notices.proof%%'")
    )
    assert "Hindi po namin mabasa" in told
    assert note in told


async def test_the_second_reviewer_is_told_who_decided_and_changes_nothing(shop: Shop) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "mara") as mara, browser(shop, "ada") as ada:
        await mara.opens(f"/verification/{proof_id}")
        await ada.opens(f"/verification/{proof_id}")
        await mara.sends(f"/verification/{proof_id}/approve", amount="1290", reference="1")
        await ada.sends(f"/verification/{proof_id}/reject", reason="payment_amount")
        assert "mara approved this" in ada.page
        assert "Nothing was changed." in ada.page
        assert ada.path == f"/console/verification/{proof_id}"
        await ada.sends(f"/verification/{proof_id}/approve", amount="9", reference="9")
        assert "mara approved this" in ada.page
    assert await proof(shop, proof_id) == ("accepted", Decimal(1290), "1", None)


async def test_a_double_click_decides_once_and_goes_on(shop: Shop) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        token = mara.values("csrf")[0]
        for _ in range(2):
            await mara.sends(f"/verification/{proof_id}/approve", csrf=token, amount="1290", reference="1")
            assert mara.path == "/console/verification"
            assert "Nothing was changed" not in mara.page
            await time_stands(shop)
    assert await shop.look("SELECT COUNT(*) FROM console_audit WHERE action = 'proof.accepted'") == 1


async def test_a_decision_is_taken_back_within_ten_seconds_and_not_later(shop: Shop) -> None:
    await hires(shop)
    order_id = await ordered(shop)
    proof_id = await proved(shop, order_id, reference="3333333333333")
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        await mara.sends(f"/verification/{proof_id}/reject", reason="payment_amount", note="No")
        await time_stands(shop)
        await mara.sends(f"/verification/{proof_id}/undo")
        assert "it waits again, and the shopper was told nothing" in mara.page
        assert mara.path == f"/console/verification/{proof_id}"
        assert await proof(shop, proof_id) == ("waiting", Decimal(1290), "3333333333333", None)
        await mara.sends(f"/verification/{proof_id}/reject", reason="payment_amount")
        await settle(shop, order_id)
        await mara.opens("/account")
        await mara.sends(f"/verification/{proof_id}/undo")
        assert "Too late to undo" in mara.page
        assert "rejected this" in mara.page
        assert "/undo" not in mara.page
    assert await shop.count("notification_queue") == 1


async def test_a_proof_of_an_order_that_was_cancelled_meanwhile_books_nothing(shop: Shop) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        await shop.run("UPDATE orders SET order_status = 'cancelled'")
        await mara.sends(f"/verification/{proof_id}/approve", amount="1290", reference="1")
        assert "The order was cancelled meanwhile, so this proof changes nothing any more." in mara.page
    assert await shop.look("SELECT status FROM order_proofs") == "waiting"
    assert await shop.look("SELECT COUNT(*) FROM console_audit WHERE action LIKE 'proof.%%'") == 0


async def test_a_proof_that_the_shopper_took_back_is_told_so(shop: Shop) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        await shop.run("UPDATE order_proofs SET status = 'withdrawn'")
        await mara.sends(f"/verification/{proof_id}/approve", amount="1290", reference="1")
        assert "The shopper withdrew this. Nothing was changed." in mara.page


async def test_serious_warnings_must_be_ticked_before_an_approval(shop: Shop) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop), warnings='["same_file"]')
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        await mara.sends(f"/verification/{proof_id}/approve", amount="1290", reference="1")
        assert "Please look at the warnings first" in mara.page
        assert await shop.look("SELECT status FROM order_proofs") == "waiting"
        await mara.sends(f"/verification/{proof_id}/approve", amount="1290", reference="1", seen="on")
    assert await shop.look("SELECT status FROM order_proofs") == "accepted"


@pytest.mark.parametrize("amount", ["", "0", "-5", "1e9", "12.345", "NaN", "1,29", "99999999999", "' OR 1=1", "١٢٣"])
async def test_what_is_no_amount_is_told_beside_the_field_and_kept(shop: Shop, amount: str) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        await mara.sends(f"/verification/{proof_id}/approve", amount=amount, reference="REF KEPT")
        assert mara.status == 422
        assert 'role="alert">Please write' in mara.page
        assert 'value="REF KEPT"' in mara.page
    assert await shop.look("SELECT status FROM order_proofs") == "waiting"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Please pick why."),
        ({"reason": "identity_name"}, "That reason is not offered any more."),
        ({"reason": "' OR 1=1 --"}, "That reason is not offered any more."),
        ({"reason": "payment_amount", "note": "x" * 501}, "500 characters are the most"),
    ],
)
async def test_a_refusal_needs_a_reason_that_is_offered(shop: Shop, fields: dict[str, str], said: str) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "mara") as mara:
        await mara.opens(f"/verification/{proof_id}")
        await mara.sends(f"/verification/{proof_id}/reject", **fields)
        assert said in mara.page
    assert await shop.look("SELECT status FROM order_proofs") == "waiting"


@pytest.mark.parametrize("who", ["ada", "nena"])
async def test_an_id_is_approved_without_money(shop: Shop, who: str) -> None:
    await hires(shop)
    order_id = await ordered(shop, payment_method="cod", verification_required=True, verification_status="under_review")
    proof_id = await proved(shop, order_id, kind="identity", id_type="umid")
    async with browser(shop, who) as visitor:
        await visitor.opens(f"/verification/{proof_id}")
        assert 'name="amount"' not in visitor.page
        await visitor.sends(f"/verification/{proof_id}/approve")
        assert "Approved:" in visitor.page
    await settle(shop, order_id)
    assert await shop.look("SELECT verification_status FROM orders") == "verified"
    assert await shop.count("order_payments") == 0


async def test_staff_decides_nothing(shop: Shop) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "jun") as jun:
        for action in ("approve", "reject", "undo", "words"):
            await jun.opens("/account")
            await jun.sends(f"/verification/{proof_id}/{action}", amount="1290", reason="payment_amount")
            assert jun.status == 403, action
    assert await shop.look("SELECT status FROM order_proofs") == "waiting"
