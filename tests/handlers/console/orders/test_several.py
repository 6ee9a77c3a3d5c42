"""Several orders at once: confirmed, packed, shipped, printed, downloaded; each row is told what came of it."""

import csv
import html
import io

import pytest

from handlers.console.base.sheets import harmless
from tests.conversations.conftest import Shop
from tests.handlers.console.orders.conftest import HOSTILE, Clerk, an_order
from tests.handlers.console.test_console import Visitor


async def picks(clerk: Visitor, *, tab: str) -> list[tuple[str, str]]:
    """What the boxes of a list hold."""
    await clerk.opens(f"/orders?tab={tab}")
    return [("pick", value) for value in clerk.values("pick")]


async def three(shop: Shop) -> list[int]:
    """Three orders that can be confirmed."""
    zone = await shop.zone()
    mug = await shop.stocks("Mug", left=20)
    ids = []
    for name in ("Ana", "Ben", "Cora"):
        shopper = await shop.shopper(name)
        await shop.puts(shopper, mug, 2)
        ids.append((await shop.orders(shopper, zone, nonce=name)).order_id)
    return ids


async def test_each_order_is_told_what_came_of_it(shop: Shop, clerk: Clerk) -> None:
    mia, nena = await clerk("mia"), await clerk("nena")
    first, second, third = await three(shop)
    picked = await picks(mia, tab="new")
    await nena.opens(f"/orders/{second}/cancel")
    await nena.sends(f"/orders/{second}/cancel", version="0", reason="")
    await mia.sends_all("/orders/bulk", *picked, ("do", "confirm"), ("query", "tab=new"))
    page = html.unescape(mia.page)
    assert "Confirm: 2 of 3 done" in page
    assert "Nena cancelled this" in page
    assert await shop.texts("SELECT order_status FROM orders ORDER BY id") == ["confirmed", "cancelled", "confirmed"]
    await mia.sends_all("/orders/bulk", *picked, ("do", "confirm"), ("query", ""), ("csrf", mia.values("csrf")[0]))
    assert (first, third) != (0, 0)
    assert await shop.look("SELECT COUNT(*) FROM order_state_history WHERE to_status = 'confirmed'") == 2


async def test_each_parcel_has_its_own_courier_and_number(shop: Shop, clerk: Clerk) -> None:
    mia, jun = await clerk("mia"), await clerk("jun")
    ids = await three(shop)
    for what, tab in (("confirm", "new"), ("pack", "to_ship")):
        picked = await picks(mia, tab=tab)
        await mia.sends_all("/orders/bulk", *picked, ("do", what), ("query", ""))
    picked = await picks(jun, tab="to_ship")
    await jun.sends_all("/orders/bulk", *picked, ("do", "ship"), ("query", ""))
    assert jun.path == "/console/orders/ship"
    fields = [("pick", value) for value in jun.values("pick")]
    assert len(fields) == 3
    for number, order_id in enumerate(ids):
        fields += [(f"courier_{order_id}", "" if number == 2 else "LBC"), (f"tracking_{order_id}", f"T{number}")]
    await jun.sends_all("/orders/ship", *fields)
    assert jun.status == 422
    assert 'value="T2"' in jun.page, "what was typed is still there"
    fields = [("pick", value) for value in jun.values("pick")]
    for number, order_id in enumerate(ids):
        fields += [(f"courier_{order_id}", "LBC"), (f"tracking_{order_id}", f"T{number}")]
    await jun.sends_all("/orders/ship", *fields)
    assert "3 of 3 done" in jun.page
    assert await shop.texts("SELECT tracking_number FROM orders ORDER BY id") == ["T0", "T1", "T2"]
    told = await shop.texts("SELECT template_name FROM notification_queue WHERE template_name = 'notices.shipped'")
    assert len(told) == 3


async def test_staff_do_not_confirm_several_either(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    await three(shop)
    picked = await picks(jun, tab="new")
    await jun.sends_all("/orders/bulk", *picked, ("do", "confirm"), ("query", ""))
    assert "may not do that" in jun.page
    await jun.sends_all("/orders/bulk", ("do", "confirm"), ("query", ""))
    assert "Pick some orders first" in jun.page
    assert set(await shop.texts("SELECT order_status FROM orders")) == {"pending"}


async def test_slips_say_what_to_pack_where_to_and_what_to_collect(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    cod = await an_order(shop, HOSTILE, order_number="ORD-COD1", status="confirmed", notes=f"Gift message: {HOSTILE}")
    paid = await an_order(
        shop, order_number="ORD-PAID", status="confirmed", payment_method="gcash", payment_status="paid"
    )
    page = await jun.opens(f"/orders/slips?ids={cod},{paid},999999,x,-1&size=a4")
    assert page.count('class="slip"') == 2
    assert "Collect in cash" in page
    assert page.count("₱100.00") > 2
    assert "Nothing to collect" in page
    assert "<script>alert" not in page
    assert "slips-a4.css" in page
    page = await jun.opens(f"/orders/slips?ids={paid}&prices=off&size=evil")
    assert "₱" not in page
    assert "slips-a6.css" in page
    await jun.opens("/orders/slips?ids=")
    assert "There is no order to print" in jun.page


async def test_the_file_holds_what_is_filtered_and_starts_no_formula(shop: Shop, clerk: Clerk) -> None:
    mia, jun = await clerk("mia"), await clerk("jun")
    await an_order(shop, "=HYPERLINK(1)", order_number="ORD-1", tracking_number="+1", courier="@LBC")
    await an_order(shop, 'Ben "B", Jr.', order_number="ORD-2")
    await an_order(shop, order_number="ORD-3", status="cancelled")
    await shop.run(
        "INSERT INTO referrals (user_id, kind, ref, came_at) SELECT user_id, 'link', '=bio', NOW() FROM orders"
        " WHERE order_number = 'ORD-1'"
    )
    await shop.run("UPDATE orders SET referral_id = (SELECT MAX(id) FROM referrals) WHERE order_number = 'ORD-1'")
    await mia.opens("/orders/export.csv?tab=new")
    assert mia.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in mia.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(mia.page.removeprefix("\ufeff"))))
    assert [row["Order"] for row in rows] == ["ORD-2", "ORD-1"]
    assert rows[0]["Recipient"] == 'Ben "B", Jr.'
    assert (rows[1]["Recipient"], rows[1]["Courier"], rows[1]["Tracking"]) == ("'=HYPERLINK(1)", "'@LBC", "'+1")
    assert rows[1]["Phone"] == "'+639171234567"
    assert (rows[1]["Came by"], rows[1]["Link, ad or post"]) == ("a link", "'=bio")
    assert rows[0]["Came by"] == ""
    await jun.opens("/orders/export.csv")
    assert jun.status == 403


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_no_cell_begins_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"
