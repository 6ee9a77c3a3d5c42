"""The figures follow the shop: gathered from chats and orders, gathered anew when one moves, and equal to the rows."""

from datetime import date, timedelta

import pytest

from bot.base import clock
from handlers.jobs.figures import gather_due
from repository.analytics import behind
from repository.analytics.asking import Period, Question, ask, printed
from repository.analytics.gathering.chats import UNANSWERED
from repository.analytics.questions import answers, running, sales, shoppers
from repository.analytics.questions.sales import SOURCES
from repository.workshop import demo, history
from tests.conversations.aftersales.clerk import has_order, moves
from tests.conversations.conftest import Chat, Shop
from tests.conversations.conftest import ana as ana  # noqa: PLC0414  (the fixtures)
from tests.conversations.conftest import ben as ben  # noqa: PLC0414
from tests.conversations.conftest import shop as shop  # noqa: PLC0414
from tests.support.buying import buys

QUESTIONS = [
    found
    for place in (sales, shoppers, answers, running)
    for found in vars(place).values()
    if isinstance(found, Question)
]
BACK = timedelta(days=6)
VISIT = "SELECT step, orders, sales FROM analytics_visits ORDER BY day DESC, user_id LIMIT 1"


def today(shop: Shop) -> date:
    return clock.now().astimezone(shop.database.offset).date()


async def figure(shop: Shop, measure: str, part: str = "") -> object:
    return await shop.look(
        "SELECT pieces, amount FROM analytics_figures WHERE measure = %(measure)s AND part = %(part)s"
        " ORDER BY day DESC LIMIT 1",
        measure=measure,
        part=part,
    )


async def gathers(shop: Shop) -> int:
    """Gather, as if the last time was long ago."""
    await shop.run("UPDATE analytics_days SET chats_at = chats_at - INTERVAL 1 HOUR")
    await shop.run("UPDATE orders SET updated_at = NOW() - INTERVAL 2 SECOND")
    await shop.run("UPDATE analytics_days SET orders_at = orders_at - INTERVAL 1 HOUR")
    return await gather_due(shop.database)


async def test_a_chat_becomes_figures_and_an_order_that_moves_changes_them(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=5)
    number = await has_order(shop, ana, "confirmed")
    await ben.says("qwertyuiop zxcvb")
    await shop.run("UPDATE orders SET updated_at = updated_at - INTERVAL 10 SECOND")
    assert await gather_due(shop.database) == 2
    assert await gather_due(shop.database) == 0, "nothing has changed"
    assert await shop.look(VISIT) == (4, 1, await shop.look("SELECT total_amount FROM orders"))
    assert await figure(shop, "sold", str(mug)) == (1, await shop.look("SELECT subtotal FROM orders"))
    assert await shop.look("SELECT SUM(pieces) FROM analytics_figures WHERE measure = 'unanswered'") == 1
    for status in ("processing", "shipped", "delivered"):
        await moves(shop, number, status, courier="LBC" if status == "shipped" else "", tracking="T1")
    await gathers(shop)
    assert await shop.look("SELECT step FROM analytics_visits WHERE orders = 1") == 6
    assert await figure(shop, "paid") == (1, await shop.look("SELECT total_amount FROM orders"))
    await moves(shop, number, "returned")
    await ana.says("delete my data")
    await ana.taps("Delete my data")
    await shop.works()
    assert await shop.look("SELECT COUNT(*) FROM analytics_visits WHERE orders = 1") == 0, "a shopper who is deleted"
    assert await figure(shop, "sold", str(mug)) == (1, await shop.look("SELECT subtotal FROM orders")), "the books stay"


async def test_an_order_belongs_to_the_last_visit_before_it_alone(shop: Shop) -> None:
    ana = await shop.shopper("Ana")
    await shop.stocks("Blue mug", price="120.00", left=5)
    for hours in (30, 4, 2):  # of three days at most; each is a visit
        await shop.run(
            "INSERT INTO chat_logs (user_id, turn_status, user_message, intent, created_at)"
            " VALUES ('psid-Ana', 'done', 'hi', 'greeting', NOW() - INTERVAL %(hours)s HOUR)",
            hours=hours,
        )
    await shop.run(
        "INSERT INTO orders (order_number, user_id, subtotal, total_amount, remaining_balance)"
        " VALUES ('ORD-1', %(ana)s, 120, 120, 120)",
        ana=ana,
    )
    await gather_due(shop.database)
    assert str(await shop.look("SELECT SUM(orders) FROM analytics_visits")) == "1"
    assert str(await shop.look("SELECT orders FROM analytics_visits ORDER BY day DESC LIMIT 1")) == "1"


async def test_what_brings_sales_is_what_the_order_keeps(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.follows_link(f"product:{mug}")
    await buys(ana, "mug")
    await buys(ben, "mug")
    await shop.run("UPDATE referrals SET ref = 'summer', ad_id = NULL")
    await shop.run(
        "INSERT INTO referrals (user_id, kind, post_id, came_at)"
        " SELECT user_id, 'comment', '77', NOW() FROM orders ORDER BY id DESC LIMIT 1"
    )
    await shop.run("UPDATE orders SET referral_id = (SELECT MAX(id) FROM referrals) WHERE referral_id IS NULL")
    await gather_due(shop.database)
    async with shop.database.connection() as conn:
        period = Period(today(shop), today(shop))
        (row, other) = (await ask(conn, questions=[SOURCES], period=period))["sources"].rows[:2]
    assert sorted((str(row[0]), str(other[0]))) == ["comment:77", "ref:summer"]
    assert row[2:] == other[2:] == (1, row[3])


async def test_old_days_keep_the_figures_of_chats_that_are_gone(shop: Shop, ana: Chat) -> None:
    await ana.says("qwertyuiop zxcvb")
    await gather_due(shop.database)
    await shop.run("UPDATE analytics_figures SET day = day - INTERVAL 100 DAY")
    await shop.run("UPDATE analytics_days SET day = day - INTERVAL 100 DAY")
    await shop.run("DELETE FROM chat_logs")
    await gather_due(shop.database)
    found = await shop.look("SELECT pieces FROM analytics_figures WHERE measure = 'messages' AND pieces > 0")
    assert found == 1


@pytest.fixture
async def past(shop: Shop) -> Shop:
    """The demo shop with some days behind it, gathered."""
    async with shop.database.transaction() as conn:
        await demo.load(conn, pictures_url="http://127.0.0.1/pictures", now=clock.now())
        rules = await shop.stage.parts.shop.rules(conn, 0)
    now = clock.now().astimezone(shop.database.offset)
    made = await history.make(shop.database, rules=rules, now=now, days=7)
    assert made is not None
    assert made.orders > 3
    assert await history.make(shop.database, rules=rules, now=now, days=7) is None, "once"
    await gather_due(shop.database)
    return shop


async def test_every_printed_statement_gives_the_figures_and_the_rows_give_the_same(past: Shop) -> None:
    period = Period(today(past) - BACK, today(past))
    async with past.database.connection() as conn:
        found = await ask(conn, questions=QUESTIONS, period=period)
        for question in QUESTIONS:
            for sql in printed(question, period):
                rows = (await conn.run(sql.removesuffix(";"))).rows
                assert [tuple(map(str, row)) for row in rows] == [
                    tuple(map(str, row)) for row in found[question.name].rows
                ], f"{question.name}: {sql}"
        views = await conn.run(
            "SELECT SUM(total_orders - cancelled_orders), SUM(total_revenue) FROM vw_daily_metrics"
            " WHERE date >= %(first)s",
            first=period.first,
        )
    days = found["sales"].rows
    assert (sum(int(str(row[1])) for row in days), str(sum(row[3] for row in days))) == (  # type: ignore[misc]
        int(str(views.rows[0][0])),
        str(views.rows[0][1]),
    )
    visits = found["funnel"].rows[0][1]
    orders = await past.look("SELECT COUNT(*) FROM orders WHERE order_status <> 'cancelled'")
    assert int(str(visits)) == await past.look("SELECT COUNT(DISTINCT user_id) FROM chat_logs")
    assert sum(int(str(row[2])) for row in found["sources"].rows) == orders, "each order once"
    assert {str(row[0]) for row in found["sources"].rows} > {"direct", "ad:23850001"}  # who buys is each day's chance
    async with past.database.connection() as conn:
        places: tuple[tuple[str, behind.Kind, int], ...] = (
            ("funnel", "step", 3), ("checkout", "stopped", 1), ("sources", "source", 1)
        )  # fmt: skip
        for name, kind, place in places:
            for row in found[name].rows:
                listed = await behind.page(conn, kind=kind, of=str(row[0]), period=period, limit=10_000)
                assert len(listed) == int(str(row[place])), f"the rows behind {name}: {row}"
        failed = await behind.page(conn, kind="failed", of=None, period=period, limit=10_000)
        misses = await behind.page(conn, kind="unanswered", of=None, period=period, limit=10_000)
    assert len(failed) == sum(int(str(row[2])) for row in found["sends"].rows)
    assert len(misses) == sum(int(str(row[2])) for row in found["unanswered"].rows) > 0
    assert all(found[name].rows for name in ("products", "sources", "checkout", "canned", "stock"))


def test_the_statement_from_the_rows_knows_the_same_misses() -> None:
    assert str(UNANSWERED).replace('"', "'") in answers.UNANSWERED.slow


async def test_a_past_is_not_put_below_real_chats(shop: Shop, ana: Chat) -> None:
    await ana.says("hi")
    async with shop.database.connection() as conn:
        rules = await shop.stage.parts.shop.rules(conn, 0)
    with pytest.raises(history.NotEmpty):
        await history.make(shop.database, rules=rules, now=clock.now())
