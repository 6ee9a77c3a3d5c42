"""What clerks do about an order: once, after reading what the shopper will read, and only as the order still is."""

import asyncio
import html
import json
import re

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.orders.conftest import HOSTILE, Clerk, an_order
from tests.handlers.console.test_console import Visitor, version_of
from tests.support.keeper import EASY


async def ordered(shop: Shop, *, payment: str = "cod", left: int = 5, quantity: int = 2) -> int:
    """An order that Ana has placed as shoppers do, its stock held."""
    shopper = await shop.shopper("Ana")
    zone = await shop.zone()
    mug = await shop.stocks("Blue mug", price="100.00", left=left)
    await shop.puts(shopper, mug, quantity)
    return (await shop.orders(shopper, zone, payment=payment, rules=EASY)).order_id


async def status(shop: Shop, order_id: int) -> object:
    return await shop.look("SELECT order_status FROM orders WHERE id = %(id)s", id=order_id)


async def does(clerk: Visitor, order_id: int, what: str, **fields: str) -> str:
    """Open the page of an action and send its form."""
    await clerk.opens(f"/orders/{order_id}/{what}")
    assert clerk.status == 200, clerk.page[:400]
    return await clerk.sends(f"/orders/{order_id}/{what}", version=version_of(clerk.page), **fields)


async def notices(shop: Shop) -> list[str]:
    return await shop.texts("SELECT template_name FROM notification_queue ORDER BY id")


async def test_an_order_goes_its_way_and_its_shopper_reads_each_step_before_it_is_done(
    shop: Shop, clerk: Clerk
) -> None:
    mia, jun = await clerk("mia"), await clerk("jun")
    order_id = await ordered(shop)
    steps: tuple[tuple[Visitor, str, str, str, dict[str, str]], ...] = (
        (mia, "confirm", "confirmed", "is confirmed!", {}),
        (jun, "pack", "processing", "packing your order", {}),
        (jun, "ship", "shipped", "is on its way", {"courier": "LBC", "tracking": "LBC 123/&<"}),
        (jun, "deliver", "delivered", "has arrived", {}),
    )
    for who, what, became, words, fields in steps:
        before = await notices(shop)
        page = html.unescape(await who.opens(f"/orders/{order_id}/{what}"))
        assert words in page, f"{what}: the shopper’s words are shown first"
        assert await notices(shop) == before, "looking tells nobody"
        await who.sends(f"/orders/{order_id}/{what}", version=version_of(who.page), **fields)
        assert who.path == f"/console/orders/{order_id}"
        assert await status(shop, order_id) == became
        assert len(await notices(shop)) == len(before) + 1
    assert await shop.look("SELECT courier, tracking_number FROM orders") == ("LBC", "LBC 123/&<")
    page = html.unescape(await mia.opens(f"/orders/{order_id}"))
    for told in ("Mia</b> confirmed it", "Jun</b> packed it", "Jun</b> shipped it", "Jun</b> marked it delivered"):
        assert told in page
    assert "The shopper</b> placed the order" in page
    assert await shop.look("SELECT total_orders FROM users") == 1


async def test_what_is_typed_is_in_what_the_shopper_will_read(shop: Shop, clerk: Clerk) -> None:
    mia = await clerk("mia")
    order_id = await ordered(shop)
    await mia.opens(f"/orders/{order_id}/cancel")
    shown = await mia.sends(
        f"/orders/{order_id}/cancel/preview", accept="application/json", version=version_of(mia.page), reason=HOSTILE
    )
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    assert await status(shop, order_id) == "pending"
    assert await notices(shop) == []


async def test_a_preview_that_comes_after_the_deed_says_why_in_its_place(shop: Shop, clerk: Clerk) -> None:
    mia = await clerk("mia")
    order_id = await ordered(shop)
    await mia.opens(f"/orders/{order_id}/cancel")
    version = version_of(mia.page)
    await mia.sends(f"/orders/{order_id}/cancel", version=version, reason="No stock")
    said = {}
    for what in ("cancel", "confirm", "return", "address", "items"):
        await mia.opens("/orders")
        shown = await mia.sends(
            f"/orders/{order_id}/{what}/preview", accept="application/json", version=version, reason="No stock"
        )
        assert mia.status == 200, what
        said[what] = json.loads(shown)
    assert said["confirm"]["refusal"] == "That cannot be done any more: the order is “Cancelled”."
    assert said["cancel"]["refusal"] == "", "it was done, and is done once"


async def test_the_second_of_two_clerks_is_told_who_was_faster(shop: Shop, clerk: Clerk) -> None:
    mia, nena = await clerk("mia"), await clerk("nena")
    order_id = await ordered(shop)
    await mia.opens(f"/orders/{order_id}/confirm")
    await nena.opens(f"/orders/{order_id}/cancel")
    seen_by_nena = version_of(nena.page)
    await mia.sends(f"/orders/{order_id}/confirm", version=version_of(mia.page))
    await nena.sends(f"/orders/{order_id}/cancel", version=seen_by_nena, reason="No stock")
    assert nena.path == f"/console/orders/{order_id}"
    assert re.search(r"Mia confirmed this \d+ s ago", nena.page)
    assert "To pack" in nena.page, "she sees the order as it is now"
    assert await status(shop, order_id) == "confirmed"


async def test_a_double_click_pays_once(shop: Shop, clerk: Clerk) -> None:
    mia = await clerk("mia")
    order_id = await ordered(shop, payment="gcash")
    await mia.opens(f"/orders/{order_id}/paid")
    form = {"version": version_of(mia.page), "amount": "₱280.00", "method": "gcash", "reference": "9012 345 678901"}
    total = await shop.look("SELECT total_amount FROM orders")
    form["amount"] = f"{total}"
    csrf = mia.values("csrf")[0]
    assert "We&#39;ve received" in mia.page
    pages = await asyncio.gather(*(mia.sends(f"/orders/{order_id}/paid", csrf=csrf, **form) for _ in range(3)))
    assert await shop.look("SELECT COUNT(*), MIN(reference) FROM order_payments") == (1, "9012345678901")
    assert await shop.look("SELECT payment_status FROM orders") == "paid"
    assert any("The money is written down." in page for page in pages)
    assert not any("Nothing of yours was done" in page for page in pages)


@pytest.mark.parametrize("amount", ["", "0", "-5", "1e9999", "NaN", "a lot", "99999999999999"])
async def test_an_amount_that_is_none_is_told_beside_it(shop: Shop, clerk: Clerk, amount: str) -> None:
    mia = await clerk("mia")
    order_id = await ordered(shop, payment="gcash")
    await does(mia, order_id, "paid", amount=amount, method="gcash", reference="X")
    assert mia.status == 422
    assert "Please write" in mia.page
    assert await shop.count("order_payments") == 0


async def test_nothing_is_confirmed_before_its_money_is_there(shop: Shop, clerk: Clerk) -> None:
    mia = await clerk("mia")
    order_id = await ordered(shop, payment="gcash")
    page = html.unescape(await mia.opens(f"/orders/{order_id}/confirm"))
    assert "has not come in yet" in page
    await mia.sends(f"/orders/{order_id}/confirm", version=version_of(page))
    assert mia.status == 422
    assert await status(shop, order_id) == "pending"


async def test_a_cancelled_order_gives_its_stock_back_and_needs_a_person_until_its_money_went_back(
    shop: Shop, clerk: Clerk
) -> None:
    mia = await clerk("mia")
    order_id = await ordered(shop, payment="gcash", left=5, quantity=2)
    total = str(await shop.look("SELECT total_amount FROM orders"))
    await does(mia, order_id, "paid", amount=total, method="gcash", reference="9012345678901")
    await does(mia, order_id, "cancel", reason="The mug was damaged in our store.")
    assert await shop.look("SELECT stock_quantity FROM products") == 5
    await mia.opens("/orders?tab=needs")
    assert "Money is to go back" in mia.page
    await does(mia, order_id, "refund", amount="999999", method="gcash", reference="1")
    assert mia.status == 422
    await does(mia, order_id, "refund", amount="50", method="gcash", reference="1")
    await mia.opens("/orders?tab=needs")
    assert "Money is to go back" in mia.page, "a part of it does not settle it"
    page = html.unescape(await mia.opens(f"/orders/{order_id}/refund"))
    assert "We've sent back" in page
    rest = f"{float(total) - 50:.2f}"
    await does(mia, order_id, "refund", amount=rest, method="gcash", reference="2")
    await mia.opens("/orders?tab=needs")
    assert "Money is to go back" not in mia.page
    assert await shop.look("SELECT payment_status FROM orders") == "refunded"
    page = html.unescape(await mia.opens(f"/orders/{order_id}"))
    assert "Mia</b> cancelled it" in page
    assert "The mug was damaged in our store." in page
    assert "Mia</b> sent ₱50.00 by GCash back" in page


async def test_an_order_that_waits_for_a_check_is_confirmed_by_who_knows_the_shopper(shop: Shop, clerk: Clerk) -> None:
    mia = await clerk("mia")
    order_id = await ordered(shop)
    await shop.run("UPDATE orders SET verification_required = TRUE, verification_status = 'pending'")
    page = html.unescape(await mia.opens(f"/orders/{order_id}/confirm"))
    assert "not checked yet" in page
    await mia.sends(f"/orders/{order_id}/confirm", version=version_of(page))
    assert await status(shop, order_id) == "pending"
    await does(mia, order_id, "confirm", trust="on")
    assert await status(shop, order_id) == "confirmed"
    assert "changed the check" in await mia.opens(f"/orders/{order_id}")


async def test_staff_pack_and_ship_and_managers_do_the_rest(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    order_id = await ordered(shop)
    for what in ("confirm", "paid", "cancel", "refund", "return"):
        await jun.opens(f"/orders/{order_id}/{what}")
        assert jun.status == 403, what
    await jun.opens(f"/orders/{order_id}")
    csrf = jun.values("csrf")[0]
    for what in ("confirm", "paid", "cancel", "refund", "return"):
        await jun.sends(f"/orders/{order_id}/{what}", csrf=csrf, version="0")
        assert jun.status == 403, what
    for hidden in ("Confirm", "Cancel the order", "Mark paid"):
        assert f">{hidden}<" not in await jun.opens(f"/orders/{order_id}")
    assert await status(shop, order_id) == "pending"


@pytest.mark.parametrize(
    "path", ["/orders/999999", "/orders/99999999999", "/orders/999999999999999999999", "/orders/1/evil"]
)
async def test_an_order_that_is_none_is_not_found(clerk: Clerk, path: str) -> None:
    mia = await clerk("mia")
    await mia.opens(path)
    assert mia.status == 404


async def test_notes_are_for_colleagues_and_cannot_be_edited(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    order_id = await an_order(shop, HOSTILE)
    await jun.opens(f"/orders/{order_id}")
    await jun.sends(f"/orders/{order_id}/note", note=f"Call first. {HOSTILE}")
    assert html.escape(f"Call first. {HOSTILE}") in jun.page
    assert "<script>alert" not in jun.page
    assert "Jun</b> noted" in jun.page
    await jun.sends(f"/orders/{order_id}/note", note="   ")
    assert await shop.count("order_notes") == 1
    assert await notices(shop) == []


async def test_what_was_typed_is_not_lost_where_a_session_has_ended(shop: Shop, clerk: Clerk) -> None:
    mia = await clerk("mia")
    order_id = await an_order(shop, status="confirmed")
    page = f"/orders/{order_id}"
    await mia.opens(page)
    await shop.run("DELETE FROM console_sessions")
    written = f"We ran out of boxes. {HOSTILE}"
    await mia.sends(f"{page}/cancel", here=page, version="1", reason=written, password="what nobody shall read")
    assert mia.status == 401
    assert "nothing was changed" in mia.page
    assert html.escape(written) in mia.page
    assert "<script>alert" not in mia.page
    assert "what nobody shall read" not in mia.page
    assert f"/console/login?next=/console{page}" in mia.page
    assert await shop.look("SELECT order_status FROM orders") == "confirmed"
    await mia.sends(f"{page}/cancel", csrf="", origin="https://evil.example", reason="call this number")
    assert "call this number" not in mia.page


async def test_the_conversation_and_what_became_of_each_notice_stand_beside(
    shop: Shop, clerk: Clerk, ana: Chat
) -> None:
    jun, mia = await clerk("jun"), await clerk("mia")
    await ana.says(f"hello {HOSTILE}")
    order_id = await an_order(shop, "Ana")
    await shop.run("UPDATE orders SET user_id = (SELECT id FROM users WHERE messenger_id = %(psid)s)", psid=ana.psid)
    await shop.run(
        "INSERT INTO notification_queue (order_id, user_id, notification_type, channel, recipient, message,"
        " template_name, status, error_message) SELECT id, user_id, 'custom', 'messenger', %(psid)s, 'Packed!',"
        " 'notices.processing', 'failed', 'window closed' FROM orders",
        psid=ana.psid,
    )
    page = html.unescape(await jun.opens(f"/orders/{order_id}"))
    assert f"hello {HOSTILE}" in page
    assert "<script>alert" not in jun.page
    assert "free to write for 2" in page
    assert "told the shopper: The order is being packed" in page
    assert "too long ago for Messenger" in page
    await mia.opens("/orders")
    assert "The shopper could not be told" in mia.page
    await mia.sends(f"/orders/{order_id}/settle", kind="unheard")
    assert "The shopper could not be told" not in await mia.opens("/orders?tab=needs")
