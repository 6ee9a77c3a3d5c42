"""The list of orders: by what needs doing, found however it is written, a page at a time."""

import html
import re

import pytest

from repository.database.connection import Statement
from tests.conversations.conftest import Shop
from tests.handlers.console.orders.conftest import HOSTILE, Clerk, an_order, numbers


async def test_each_order_is_where_it_needs_doing(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    await an_order(shop, order_number="N-1")
    await an_order(shop, order_number="P-1", payment_method="gcash", payment_status="paid")
    await an_order(shop, order_number="C-1", status="confirmed")
    await an_order(shop, order_number="K-1", status="processing")
    await an_order(shop, order_number="S-1", status="shipped", courier="LBC", tracking_number="LBC123")
    await an_order(shop, order_number="D-1", status="delivered")
    await an_order(shop, order_number="R-1", status="returned")
    await an_order(shop, order_number="X-1", status="cancelled")
    lists = {
        "needs": ["C-1"],
        "new": ["P-1", "N-1"],
        "paid": ["P-1"],
        "to_ship": ["K-1", "C-1"],
        "shipped": ["S-1"],
        "done": ["R-1", "D-1"],
        "cancelled": ["X-1"],
        "all": ["X-1", "R-1", "D-1", "S-1", "K-1", "C-1", "P-1", "N-1"],
    }
    for tab, expected in lists.items():
        assert numbers(await jun.opens(f"/orders?tab={tab}")) == expected, tab
    assert numbers(await jun.opens("/orders")) == ["C-1"], "what needs a person comes first"
    tallies = re.findall(r"tab=(\w+)[^>]*>[^<]*<span class=\"tally[^>]*>(\d+)<", jun.page)
    assert dict(tallies) == {"needs": "1", "new": "2", "paid": "1", "to_ship": "2", "shipped": "1", "done": "2",
                             "cancelled": "1"}  # fmt: skip
    assert numbers(await jun.opens("/orders?tab=all&courier=LBC")) == ["S-1"]
    assert numbers(await jun.opens("/orders?tab=all&method=gcash")) == ["P-1"]
    assert numbers(await jun.opens("/orders?tab=all&since=2999-01-01")) == []
    assert len(numbers(await jun.opens("/orders?tab=all&until=2999-01-01"))) == 8


async def test_what_needs_a_person_says_why_the_oldest_first(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    risky = await an_order(shop, order_number="RISK")
    await an_order(shop, order_number="FINE")
    late = await an_order(shop, order_number="LATE", status="processing", created_at="2026-01-01 10:00:00")
    proof = await an_order(shop, order_number="PROOF", payment_method="gcash")
    unpaid = await an_order(shop, order_number="OLD", status="confirmed", payment_method="gcash")
    unheard = await an_order(shop, order_number="UNHEARD", status="shipped")
    await shop.run(
        "INSERT INTO order_flags (order_id, kind, raised_at) VALUES (%(id)s, 'risk', NOW() - INTERVAL 2 DAY)", id=risky
    )
    await shop.run("INSERT INTO order_flags (order_id, kind) VALUES (%(id)s, 'complaint')", id=risky)
    await shop.insert("order_proofs", order_id=proof, kind="payment")
    await shop.run(
        "INSERT INTO notification_queue (order_id, user_id, notification_type, channel, recipient, message, status)"
        " SELECT id, user_id, 'custom', 'messenger', 'x', 'x', 'failed' FROM orders WHERE id = %(id)s",
        id=unheard,
    )
    await shop.run("UPDATE orders SET confirmed_at = NOW() - INTERVAL 1 DAY WHERE id = %(id)s", id=unpaid)
    assert late
    shown = numbers(await jun.opens("/orders?tab=needs"))
    assert shown[:3] == ["LATE", "RISK", "OLD"]
    assert sorted(shown[3:]) == ["PROOF", "UNHEARD"]
    for why in ("Late: not shipped yet", "Looks risky", "The shopper complains", "Not paid yet"):
        assert why in jun.page
    assert "A payment proof waits for you" in jun.page
    assert "The shopper could not be told" in jun.page


@pytest.mark.parametrize(
    "typed",
    [
        "ORD-20261128-K7Q2M9XA", "ord-20261128-k7q", "#ORD-20261128-K7Q2M9XA", "M9XA", "m9xa", "Ana", "ana cruz",
        "CRUZ ana", "dela", "Pena", "Peñ", "0917 555 0123", "+63 917-555-0123", "9175550123", "63917555", "0123",
        "JT0123456789", "456789", "Annie",
    ],
)  # fmt: skip
async def test_an_order_is_found_however_it_is_written(shop: Shop, clerk: Clerk, typed: str) -> None:
    jun = await clerk("jun")
    await an_order(shop, "Ben Santos", order_number="ORD-20261128-AAAAAAAA", ship_phone="+639180000000")
    mine = await an_order(
        shop, "Annie", order_number="ORD-20261128-K7Q2M9XA", ship_recipient_name="Ana dela Peña Cruz",
        ship_phone="+639175550123",
    )  # fmt: skip
    await shop.run("UPDATE orders SET tracking_number = 'JT0123456789' WHERE id = %(id)s", id=mine)
    await jun.opens("/orders")
    await jun.opens(f"/orders?q={typed.replace('+', '%2B').replace('#', '%23')}")
    assert numbers(jun.page) == ["ORD-20261128-K7Q2M9XA"]


@pytest.mark.parametrize(
    "typed", ["%", "_", "'", '"', "\\", HOSTILE, "<", "  ", "🎁", "zzz", "0", "a" * 300, "+", "()"]
)
async def test_a_search_that_finds_nothing_says_so(shop: Shop, clerk: Clerk, typed: str) -> None:
    from urllib.parse import quote

    jun = await clerk("jun")
    await an_order(shop, "Ben Santos", order_number="ORD-1")
    await jun.opens(f"/orders?q={quote(typed)}")
    assert jun.status == 200
    if typed.strip():
        assert numbers(jun.page) == []
        assert "No order fits" in jun.page
    assert "<script>alert" not in jun.page


async def test_hostile_names_are_shown_as_text(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    await an_order(shop, HOSTILE, order_number="ORD-1")
    await jun.opens("/orders?tab=new")
    assert html.escape(HOSTILE) in jun.page
    assert "<script>alert" not in jun.page


async def test_every_order_is_on_one_page_of_the_list(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    shopper = await shop.shopper("Ana")
    async with shop.database.transaction() as conn:
        await conn.batch(
            *(
                Statement(
                    "INSERT INTO orders (order_number, user_id, total_amount, order_status, created_at) VALUES"
                    " (%(number)s, %(shopper)s, 100, %(status)s, NOW() - INTERVAL %(age)s MINUTE)",
                    {
                        "number": f"N-{number:03}",
                        "shopper": shopper,
                        "status": "delivered" if number % 3 else "returned",
                        "age": (number // 7) * 7,  # several at one moment
                    },
                )
                for number in range(180)
            )
        )
    expected = await shop.texts(
        "SELECT order_number FROM orders WHERE order_status IN ('delivered', 'returned')"
        " ORDER BY created_at DESC, id DESC"
    )
    seen: list[str] = []
    onward = "/orders?tab=done"
    pages = 0
    while onward:
        seen += numbers(await jun.opens(onward))
        link = re.search(r'rel="next" href="/console([^"]+)"', jun.page)
        onward = html.unescape(link[1]) if link else ""
        pages += 1
    assert (seen, pages) == (expected, 4)
    back = re.search(r'rel="prev" href="/console([^"]+)"', jun.page)
    assert back
    assert numbers(await jun.opens(html.unescape(back[1]))) == expected[100:150]
    for wrong in (
        "after=x",
        "after=[1]",
        "before=%5B%22x%22%2C1%5D",
        "tab=evil",
        "since=2026-99-99",
        "until=x",
        "page=9",
    ):
        await jun.opens(f"/orders?{wrong}")
        assert jun.status == 200, wrong


async def test_a_view_is_saved_for_everybody_and_forgotten(shop: Shop, clerk: Clerk) -> None:
    jun, mia = await clerk("jun"), await clerk("mia")
    await jun.opens("/orders?tab=shipped&courier=LBC")
    await jun.sends("/orders/views", query="tab=shipped&courier=LBC&evil=1", name=f"With LBC {HOSTILE}")
    assert "is saved for everybody" in jun.page
    assert "<script>alert" not in jun.page
    await mia.opens("/orders")
    assert "/console/orders?tab=shipped&amp;courier=LBC" in mia.page or "courier=LBC" in mia.page
    assert 'name="view"' not in mia.page
    await mia.sends("/orders/views", query="tab=new", name=f"With LBC {HOSTILE}")
    assert "A colleague has a view of that name" in mia.page
    view = str(await shop.look("SELECT id FROM order_views"))
    await mia.sends("/orders/views/delete", view=view)
    assert "Only who saved a view can forget it" in mia.page
    await jun.sends("/orders/views/delete", view=view)
    assert await shop.look("SELECT COUNT(*) FROM order_views") == 0
    await jun.opens("/orders")
    await jun.sends("/orders/views", query="tab=new", name="  ")
    assert "Please give the view a name" in jun.page
