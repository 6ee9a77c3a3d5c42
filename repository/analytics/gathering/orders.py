"""What the orders of a day come to, and what became of the visits that led to them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from repository.analytics.figures import ORDERS, VISITS, Figure, keep
from repository.analytics.gathering.chats import BEGAN, HAS, ORDER_WITHIN, ORDERED, PAID
from repository.analytics.gathering.days import Due, note
from repository.analytics.questions.sales import SOURCE
from repository.database.connection import Connection, Database, Statement
from repository.database.scalars import number

_AT_ONCE = 200
_TOGETHER = 1000  # visits that are looked at together, so that nobody waits for them
_OF_DAY = "FROM orders o FORCE INDEX (ix_orders_day) WHERE o.order_day = %(day)s AND o.order_status"
_FIGURES = (
    f"SELECT 'ordered', '', COUNT(*), SUM(o.total_amount) {_OF_DAY} <> 'cancelled' HAVING COUNT(*) > 0",
    f"SELECT 'cancelled', '', COUNT(*), SUM(o.total_amount) {_OF_DAY} = 'cancelled' HAVING COUNT(*) > 0",
    "SELECT 'paid', '', COUNT(*), SUM(total_amount) FROM orders WHERE payment_status = 'paid'"
    " AND paid_at >= %(day)s AND paid_at < %(day)s + INTERVAL 1 DAY HAVING COUNT(*) > 0",
    "SELECT 'sold', CAST(i.product_id AS CHAR), CAST(SUM(i.quantity) AS SIGNED), SUM(i.total_price)"
    " FROM orders o FORCE INDEX (ix_orders_day) JOIN order_items i ON i.order_id = o.id"
    " WHERE o.order_day = %(day)s AND o.order_status <> 'cancelled' GROUP BY i.product_id",
    f"SELECT 'promo', UPPER(o.promo_code), COUNT(*), SUM(o.total_amount) {_OF_DAY} <> 'cancelled'"
    " AND o.promo_code <> '' GROUP BY UPPER(o.promo_code)",
    f"SELECT 'brought', LEFT({SOURCE}, 190), COUNT(*), SUM(o.total_amount) FROM orders o FORCE INDEX (ix_orders_day)"
    " LEFT JOIN referrals r ON r.id = o.referral_id WHERE o.order_day = %(day)s AND o.order_status <> 'cancelled'"
    " GROUP BY 2",
)
"""What is counted in the orders of a day, by whether they still stand now, and in what was paid on it."""


class _Order(msgspec.Struct, frozen=True):
    shopper_id: int
    at: datetime
    status: str
    is_paid: bool
    total: Decimal


class _Visited(msgspec.Struct, frozen=True):
    day: str
    shopper_id: int
    first_at: datetime
    chat_step: int
    step: int
    orders: int
    sales: Decimal
    source: str
    stopped_at: str


async def gather(database: Database, *, due: Due) -> None:
    """Gather the figures of a day's orders, and put down how far the visits of that day and the one before came.

    Args:
        database: The shop's.
        due: Which day.
    """
    async with database.connection() as conn:
        began = await conn.value("SELECT NOW()")
        figures = [figure for sql in _FIGURES for figure in await conn.all(Figure, sql, day=due.day)]

    async def write(conn: Connection) -> None:
        await keep(conn, day=due.day, measures=ORDERS, figures=figures)

    await database.retry(write)
    await settle(database, first=due.day - timedelta(days=1), last=due.day)
    async with database.connection() as conn:
        await note(conn, gathered=due, began=began)


async def ordered(conn: Connection, *, first: date, last: date) -> Mapping[int, Sequence[datetime]]:
    """When shoppers ordered, by `users.id`.

    Args:
        conn: An open connection.
        first: The first day.
        last: The last day.
    """
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    for order in await _orders(conn, first, last):
        found[order.shopper_id].append(order.at)
    return found


async def settle(database: Database, *, first: date, last: date) -> None:
    """Put down which visits of some days led to orders, and what became of these.

    Args:
        database: The shop's.
        first: The first day.
        last: The last day.
    """
    after = last + timedelta(days=1)
    settled: list[_Visited] = []
    async with database.connection() as conn:
        count = number(
            await conn.value(
                "SELECT COUNT(*) FROM analytics_visits WHERE day BETWEEN %(first)s AND %(after)s",
                first=first,
                after=after,
            )
        )
        orders = await _orders(conn, first, after) if count else []
        parts = -(-count // _TOGETHER)
        for part in range(parts):
            visits = await conn.all(
                _Visited,
                "SELECT CAST(day AS CHAR), user_id, first_at, chat_step, step, orders, sales, source,"
                " COALESCE(stopped_at, '') FROM analytics_visits WHERE day BETWEEN %(first)s AND %(after)s"
                " AND user_id MOD %(parts)s = %(part)s ORDER BY day",
                first=first,
                after=after,
                parts=parts,
                part=part,
            )
            led = _led(visits, [order for order in orders if order.shopper_id % parts == part])
            own = [visit for visit in visits if visit.day != after.isoformat()]
            now = [_settled(visit, led.get((visit.day, visit.shopper_id), ())) for visit in own]
            changed = [one for one, was in zip(now, own, strict=True) if one != was]
            for begin in range(0, len(changed), _AT_ONCE):
                await conn.batch(*map(_settling, changed[begin : begin + _AT_ONCE]))
            settled += now

    async def write(conn: Connection) -> None:
        day = first
        while day <= last:
            of_day = [visit for visit in settled if visit.day == day.isoformat()]
            await keep(conn, day=day, measures=VISITS, figures=_figures(of_day))
            day += timedelta(days=1)

    await database.retry(write)


def _settling(visit: _Visited) -> Statement:
    return Statement(
        "UPDATE analytics_visits SET step = %(step)s, orders = %(orders)s, sales = %(sales)s"
        " WHERE day = %(day)s AND user_id = %(id)s",
        {
            "step": visit.step,
            "orders": visit.orders,
            "sales": visit.sales,
            "day": visit.day,
            "id": visit.shopper_id,
        },
    )


def _figures(visits: Sequence[_Visited]) -> list[Figure]:
    """What the visits of a day come to: by where they came from, and where the checkout was left."""
    counts: defaultdict[tuple[str, str], tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))

    def count(measure: str, part: str, pieces: int, amount: Decimal = Decimal(0)) -> None:
        before = counts[measure, part]
        counts[measure, part] = (before[0] + pieces, before[1] + amount)

    for visit in visits:
        count("source", visit.source, 1)
        if visit.step == BEGAN:
            count("stopped", visit.stopped_at, 1)
    return [Figure(measure, part, pieces, amount) for (measure, part), (pieces, amount) in counts.items()]


def _led(visits: Sequence[_Visited], orders: Sequence[_Order]) -> Mapping[tuple[str, int], Sequence[_Order]]:
    """The orders that each visit led to: those of the 24 hours after its first message, before any later visit."""
    by_shopper: defaultdict[int, list[_Visited]] = defaultdict(list)
    for visit in visits:
        by_shopper[visit.shopper_id].append(visit)
    led: defaultdict[tuple[str, int], list[_Order]] = defaultdict(list)
    for order in orders:
        before = [visit for visit in by_shopper.get(order.shopper_id, ()) if visit.first_at <= order.at]
        if before and order.at - before[-1].first_at <= ORDER_WITHIN:
            led[before[-1].day, order.shopper_id].append(order)
    return led


def _settled(visit: _Visited, orders: Sequence[_Order]) -> _Visited:
    """A visit with the orders that it led to."""
    sold = [order for order in orders if order.status != "cancelled"]
    step = max([visit.chat_step, *(_step(order) for order in orders)])
    return msgspec.structs.replace(
        visit, step=step, orders=len(orders), sales=sum((order.total for order in sold), Decimal("0.00"))
    )


def _step(order: _Order) -> int:
    if order.status in ("delivered", "returned"):
        return HAS
    return PAID if order.is_paid else ORDERED


async def _orders(conn: Connection, first: date, last: date) -> list[_Order]:
    return await conn.all(
        _Order,
        "SELECT user_id, created_at, order_status, payment_status = 'paid', total_amount FROM orders"
        " FORCE INDEX (ix_orders_created) WHERE created_at >= %(first)s AND created_at < %(after)s",
        first=first,
        after=last + timedelta(days=1),
    )
