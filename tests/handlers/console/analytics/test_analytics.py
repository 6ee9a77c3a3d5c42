"""The pages of analytics: what they say, their files and statements, the rows behind, and what is refused."""

import csv
import html
import io
import re
from decimal import Decimal

import pytest

from handlers.console.analytics.plots import PLOTS, SECTIONS
from handlers.jobs.figures import gather_due
from repository.analytics.behind import KINDS
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.orders.conftest import HOSTILE, an_order
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def busy(shop: Shop, ana: Chat) -> None:
    """Let something happen, and be gathered."""
    await an_order(shop, "Bea", paid_at="2026-11-01 10:00:00")
    await an_order(shop, HOSTILE, status="cancelled")
    await shop.run("UPDATE orders SET paid_at = NOW(), payment_status = 'paid' WHERE order_status = 'pending'")
    await ana.says("qwertyuiop zxcvb")
    await ana.says("pakausap sa tao")
    await shop.insert("outbox", psid=ana.psid, message='{"text": "x"}', status="failed", error_code="551/0")
    await gather_due(shop.database)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
async def test_each_plot_has_a_sentence_a_table_a_file_and_a_statement_that_agree(
    shop: Shop, nena: Visitor, ana: Chat, section: object
) -> None:
    await busy(shop, ana)
    await nena.logs_in()
    for name in [plot.name for plot in next(one for one in SECTIONS if one is section).plots]:
        page = await nena.opens(f"/analytics?about={section.name}&days=7")  # type: ignore[attr-defined]
        part = page[page.index(f'id="{name}"') : page.index("</section>", page.index(f'id="{name}"'))]
        says = re.search(r'class="says">([^<]+)<', part)
        assert says, name
        file = (await nena.gets(f"/analytics/{name}.csv?days=7")).decode("utf-8-sig")
        _, *rows = csv.reader(io.StringIO(file))
        shown = [column.unit != "key" for column in PLOTS[name].question.columns]
        for sql in re.findall(r'class="sql"[^>]*><code>(.*?)</code>', part, re.DOTALL):
            async with shop.database.connection() as conn:
                found = (await conn.run(html.unescape(sql).removesuffix(";"))).rows
            kept = [[value for value, keep in zip(row, shown, strict=True) if keep] for row in found]
            assert [[_same(cell) for cell in row[1:]] for row in rows] == [
                ["" if value is None else _same(str(value)) for value in row[1:]] for row in kept
            ], f"{name}: {sql}"
        for place, _ in enumerate(PLOTS[name].drawings):
            drawn = (await nena.gets(f"/analytics/{name}.svg?days=7&drawing={place}&width=390")).decode()
            assert drawn.startswith("<svg")
            assert not re.search(r"<style|<script|\bstyle=|<desc|\bon\w+=", drawn)
            assert html.unescape(says[1]).split("“")[0].split("’")[0][:30] in html.unescape(drawn)


def _same(cell: str) -> str:
    """Numbers by their value: 1.50 is 1.5."""
    return str(Decimal(cell).normalize()) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell


async def test_the_page_tells_what_came_in_and_compares_it(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await busy(shop, ana)
    await nena.logs_in()
    page = await nena.opens("/analytics?days=1")
    assert "₱100.00 came in; the day before had none. 2 orders were placed, 1 of them cancelled since" in page
    assert "compared with the day before" in page
    page = await nena.opens("/analytics?about=answers&days=1")
    assert "The bot had no answer to 1 of 2 messages: 50.0 %." in page
    assert "1 shopper was never answered" in page or "1 shopper waited in vain" in page
    page = await nena.opens("/analytics?about=running&days=1")
    assert "Most failed for this: The shopper cannot be reached (551), 1." in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("since=2026-02-30&until=2026-03-01", "written like 2026-11-28"),
        ("since=2026-03-02&until=2026-03-01", "comes after the last one"),
        ("since=2999-01-01&until=2999-01-02", "have not come yet"),
        ("since=2020-01-01&until=2026-03-01", "At most 366 days"),
        ("since=0001-01-01&until=0001-01-02", "too long ago"),
        ("since=2026-03-01", "both ends are needed"),
        ("days=999999999999999999999", "compared with the 30 days before"),
        ("days=&about=%3Cscript%3E", "compared with the 30 days before"),
    ],
)
async def test_days_that_cannot_be_are_told_and_the_usual_ones_shown(
    shop: Shop, nena: Visitor, query: str, says: str
) -> None:
    await nena.logs_in()
    page = await nena.opens(f"/analytics?{query}")
    assert nena.status == 200
    assert says in page
    assert "compared with the 30 days before" in page
    assert "<script>" not in page


async def test_rows_behind_a_number_lead_to_the_chat(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await busy(shop, ana)
    await shop.run("UPDATE users SET facebook_name = %(name)s WHERE facebook_name = 'Ana Cruz'", name=HOSTILE)
    shopper = await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid)
    await nena.logs_in()
    for kind in KINDS:
        of = {"step": "0", "stopped": "checkout.phone", "source": "direct", "failed": "551/0"}.get(kind, "")
        page = await nena.opens(f"/analytics/behind/{kind}?days=1{f'&of={of}' if of else ''}")
        assert nena.status == 200
        assert "<script>alert" not in page
        assert (f"/console/inbox/{shopper}" in page) == (kind != "stopped"), kind
    assert "qwertyuiop zxcvb" in await nena.opens("/analytics/behind/unanswered?days=1")
    await nena.opens("/analytics/behind/step?days=1&of=%F0%9F%98%80&before=x.99999999999999999999")
    assert nena.status == 200
    for path in ("/analytics/behind/nothing", "/analytics/nothing.svg", "/analytics/sales.svg?drawing=9"):
        await nena.opens(path)
        assert nena.status == 404


async def test_older_rows_follow_on_the_next_page(shop: Shop, nena: Visitor) -> None:
    for number in range(60):
        await shop.insert(
            "chat_logs", user_id="1", user_message=f"miss {number}", intent="not_understood", turn_status="done"
        )
    await nena.logs_in()
    page = await nena.opens("/analytics/behind/unanswered?days=1")
    older = re.search(r'rel="next" href="/console([^"]+)"', page)
    assert older
    further = await nena.opens(html.unescape(older[1]))
    seen = [*re.findall(r"miss \d+", page), *re.findall(r"miss \d+", further)]
    assert sorted(seen) == sorted(f"miss {number}" for number in range(60))


async def test_no_page_asks_more_for_more_rows(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await busy(shop, ana)
    async with shop.database.transaction() as conn:
        for number in range(60):
            shopper = await conn.run("INSERT INTO users (messenger_id) VALUES (%(psid)s)", psid=f"many-{number}")
            await conn.run(
                "INSERT INTO analytics_visits (day, user_id, first_at, source)"
                " VALUES (CURDATE(), %(id)s, NOW(), %(s)s)",
                id=shopper.last_id,
                s=f"ref:{number}",
            )
            for measure in ("source", "sold", "canned", "stopped", "promo", "failed", "looked"):
                await conn.run(
                    "INSERT IGNORE INTO analytics_figures (measure, day, part, pieces)"
                    " VALUES (%(m)s, CURDATE(), %(p)s, 1)",
                    m=measure,
                    p=str(number),
                )
    await nena.logs_in()
    for path, plots in [
        *((f"/analytics?about={section.name}", len(section.plots)) for section in SECTIONS),
        ("/analytics/sales.svg", 1),
        ("/analytics/funnel.csv", 1),
        ("/analytics/behind/step?of=0", 1),
    ]:
        before = shop.database.counts.statements
        await nena.gets(path)
        # Two for each plot, and those of every page; what the process does meanwhile by itself is a few.
        assert shop.database.counts.statements - before <= 2 * plots + 25, path


async def test_staff_do_not_see_the_figures(nena: Visitor) -> None:
    await nena.logs_in("jun")
    for path in ("/analytics", "/analytics/sales.csv", "/analytics/sales.svg", "/analytics/behind/step"):
        await nena.opens(path)
        assert nena.status == 403
