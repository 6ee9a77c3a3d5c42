"""The queue of proofs: what waits, oldest first, who sees what of it, and going from one to the next."""

import re

import pytest

from repository.rules import Rules
from repository.verification import queue
from repository.verification.queue import Wanted
from tests.conversations.conftest import Shop
from tests.handlers.console.verification.sent import browser, hires, ordered, pictured, proved

HOSTILE = "<script>alert(1)</script>"


def rows_in(page: str) -> list[str]:
    """The ids of the proofs in a list, in order."""
    return re.findall(r'<td class="what"><a href="/console/verification/(\d+)', page)


async def test_what_waits_is_listed_oldest_first_with_its_due_line_and_filters(shop: Shop) -> None:
    await hires(shop)
    late, soon, calm = [await ordered(shop, name=name) for name in (HOSTILE, "Ben", "Liza")]
    await shop.run(
        "UPDATE orders SET verification_expires_at = NOW() + INTERVAL IF(id = %(late)s, -5, 8) MINUTE"
        " WHERE id IN (%(late)s, %(soon)s)",
        late=late,
        soon=soon,
    )
    first = await proved(shop, late, warnings='["same_reference"]')
    second = await proved(shop, soon, kind="identity")
    third = await proved(shop, calm)
    refused = await proved(shop, calm, status="rejected", kind="identity")
    await shop.run(
        "UPDATE order_proofs SET reviewed_at = NOW(3), reason = 'Too blurred', reviewed_by ="
        " (SELECT MIN(id) FROM admin_users WHERE username = 'mara') WHERE id = %(id)s",
        id=refused,
    )
    async with browser(shop, "nena") as nena:
        page = await nena.opens("/verification")
        assert rows_in(page) == [str(first), str(second), str(third)]
        assert page.index("window ended 5 min ago") < page.index("window ends in") < page.index("came in just now")
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page
        assert re.findall(r'<span class="counted">(\d+)</span>', page) == ["3", "2", "1", "1", "1"]
        for show, ids in (("payment", [first, third]), ("identity", [second]), ("flagged", [first]), ("x' OR 1", None)):
            page = await nena.opens(f"/verification?show={show}")
            assert rows_in(page) == [str(one) for one in ids or (first, second, third)]
        page = await nena.opens("/verification?show=refused")
        assert rows_in(page) == [str(refused)]
        assert re.search(r"refused by \w+: Too blurred", page)


async def test_a_long_queue_is_read_in_pages_and_any_key_is_taken(shop: Shop) -> None:
    await hires(shop)
    order_id = await ordered(shop)
    ids = [str(await proved(shop, order_id)) for _ in range(53)]
    async with browser(shop, "mara") as mara:
        assert rows_in(await mara.opens("/verification")) == ids[:50]
        following = re.findall(r'rel="next" href="/console([^"]+)"', mara.page)[0].replace("&amp;", "&")
        assert rows_in(await mara.opens(following)) == ids[50:]
        before = re.findall(r'rel="prev" href="/console([^"]+)"', mara.page)[0].replace("&amp;", "&")
        assert rows_in(await mara.opens(before)) == ids[:50]
        for key in ("after=999999999999999999999999", "after=%22x%22", "before=-1", "page=99", "after=null&page=2"):
            await mara.opens(f"/verification?{key}")
            assert mara.status == 200, key


async def test_only_who_may_approve_sees_the_queue_and_nobody_else_a_number_of_it(shop: Shop) -> None:
    await hires(shop)
    proof_id = await proved(shop, await ordered(shop))
    async with browser(shop, "jun") as jun:
        for path in ("", f"/{proof_id}", "/next", "/events"):
            await jun.opens(f"/verification{path}")
            assert jun.status == 403, path
        await jun.opens("/account")
        assert "Proofs</a>" not in jun.page


async def test_a_manager_sees_that_an_id_waits_and_cannot_decide_about_it(shop: Shop) -> None:
    await hires(shop)
    paper = await pictured(shop, purpose="identity")
    proof_id = await proved(shop, await ordered(shop), kind="identity", file_id=paper)
    async with browser(shop, "mara") as mara:
        page = await mara.opens(f"/verification/{proof_id}")
        assert "only for people with that right" in page
        assert "/approve" not in page
        assert f"/files/{paper}" not in page
        for action in ("approve", "reject", "undo"):
            await mara.opens("/account")
            await mara.sends(f"/verification/{proof_id}/{action}", reason="identity_name")
            assert mara.status == 403
    assert await shop.look("SELECT status FROM order_proofs") == "waiting"


async def test_next_goes_on_by_age_within_the_filter_and_says_when_nothing_is_left(shop: Shop) -> None:
    await hires(shop)
    order_id = await ordered(shop)
    one, paper, two = [await proved(shop, order_id, kind=kind) for kind in ("payment", "identity", "payment")]
    async with browser(shop, "ada") as ada:
        for after, show, then in ((0, "", one), (one, "", paper), (one, "payment", two), (two, "", one)):
            await ada.opens(f"/verification/next?after={after}&show={show}")
            assert ada.path == f"/console/verification/{then}"
            assert f'name="show" value="{show}"' in ada.page, "the filter is kept"
        await ada.opens(f"/verification/next?after={paper}&show=identity")
        assert ada.path == "/console/verification"
        assert "No other proof waits." in ada.page
        await ada.opens("/verification/next?after=' OR 1=1 --")
        assert ada.path == f"/console/verification/{one}"
        await ada.opens("/verification/99999999")
        assert ada.status == 404


async def test_a_proof_without_an_amount_is_listed_with_what_is_due(shop: Shop) -> None:
    await hires(shop)
    await proved(shop, await ordered(shop), amount=None)
    await proved(shop, await ordered(shop, payment_method="cod", down_payment="500"), amount=None)
    await proved(shop, await ordered(shop, payment_status="paid", upfront_paid="1290"), amount=None)
    async with browser(shop, "mara") as mara:
        page = await mara.opens("/verification")
        assert "GCash, no amount said; ₱1,290.00 is due" in page
        assert "GCash, no amount said; ₱500.00 is due" in page
        assert "GCash, no amount said</span>" in page


async def test_refused_proofs_are_listed_for_as_long_as_the_rule_says(shop: Shop) -> None:
    await hires(shop)
    await proved(shop, await ordered(shop), status="rejected")
    await shop.run("UPDATE order_proofs SET created_at = NOW() - INTERVAL 5 DAY")
    async with browser(shop, "mara") as mara:
        assert len(rows_in(await mara.opens("/verification?show=refused"))) == 1
        await shop.sets(refused_days=4)
        page = await mara.opens("/verification?show=refused")
        assert rows_in(page) == []
        assert "in the last 4 days" in page


@pytest.mark.parametrize("backwards", [False, True])
async def test_every_proof_is_on_one_page(shop: Shop, backwards: bool) -> None:
    order_id = await ordered(shop)
    ids = [await proved(shop, order_id) for _ in range(7)]
    seen: list[int] = []
    async with shop.database.connection() as conn:
        while rows := await queue.page(
            conn, wanted=Wanted(), rules=Rules(), limit=3, at=seen[-1] if seen else 0, backwards=backwards
        ):
            seen += [row.id for row in rows]
    assert seen == (ids[::-1] if backwards else ids)
