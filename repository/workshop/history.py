"""Ninety days of a shop that did well: chats of its regulars, what the bot could not answer, orders and what became of
them. The same each time, but for the days, which end today."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import md5

import msgspec

from repository.chats.referrals import Referred, keeping
from repository.database.connection import Bound, Connection, Database, Statement
from repository.database.inserting import insert_rows
from repository.database.scalars import number
from repository.rules import Rules
from repository.workshop.demo import Line, lines
from repository.workshop.demo_orders import STEPS, History
from repository.workshop.history_chats import Chat, Person, Said, chat_of, rows_of

MARK = "demo_history"
"""The name in `shop_settings` that says that it was made."""
DAYS = 90
STOCKED = 400  # pieces of each product that came in before
_PRODUCTS = 24  # that are sold at all
_SEED = 11
_BUSY = (1.0, 0.9, 0.9, 1.0, 1.2, 1.5, 1.4)  # how a weekday compares, Monday first


class NotEmpty(Exception):
    """The shop has chats already: its past cannot be made up any more."""


class Made(msgspec.Struct, frozen=True):
    """What was made.

    Attributes:
        turns: Messages of shoppers.
        orders: Orders.
        waiting: Who still waits for an order: PSID and name. Facebook must know them, since they will be written to.
    """

    turns: int
    orders: int
    waiting: tuple[tuple[str, str], ...]


def _silent(day: int) -> None:
    del day


async def make(
    database: Database, *, rules: Rules, now: datetime, days: int = DAYS, tell: Callable[[int], None] = _silent
) -> Made | None:
    """Make the history, once.

    Args:
        database: Of the demo shop, loaded and without chats.
        rules: The shop's rules.
        now: The present moment.
        days: How many days.
        tell: Told the number of each day that is done.

    Returns:
        What was made; None where it was there already.

    Raises:
        NotEmpty: The shop has chats that are none of it.
    """
    async with database.transaction() as conn:
        if await conn.value("SELECT COUNT(*) FROM shop_settings WHERE name = %(name)s", name=MARK):
            return None
        if await conn.value("SELECT EXISTS (SELECT 1 FROM chat_logs)"):
            raise NotEmpty
    # Nobody sends a picture.
    rules = msgspec.structs.replace(rules, verification_from=Decimal(1_000_000), verification_orders=0)
    chance = random.Random(_SEED)  # noqa: S311  (who buys what is no secret)
    turns = orders = 0
    people: list[Person] = []
    async with database.transaction() as conn:
        products = await _stock(conn)
        zones = await _by_name(conn, "SELECT zone_name, id FROM shipping_zones")
        promos = await _by_name(conn, "SELECT promo_code, 1 FROM promos WHERE promo_type = 'percentage'")
    regulars = lines("regulars")
    for back in range(days, 0, -1):
        day = (now - timedelta(days=back - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
        wanted = round((7 + 9 * (days - back) / days) * _BUSY[day.weekday()] * chance.uniform(0.75, 1.25))
        async with database.transaction() as conn:
            new = [await _person(conn, _called(regulars, len(people) + place), day) for place in range(-(-wanted // 2))]
            old = chance.sample(people, min(wanted - len(new), len(people)))
            people += new
            chats = [
                chat_of(person, day + timedelta(minutes=chance.randint(7 * 60, 22 * 60)), chance, products)
                for person in (*new, *old)
            ]
            turns += await _write(conn, sorted((c for c in chats if c.ends_at < now), key=lambda c: c.at))
        for chat in chats:
            if chat.buys and chat.ends_at < now:
                placed = _order(chat, now, chance, products, sorted(promos))
                await _make_order(database, placed, chat.person, zones, products, rules)
                await _came_by(database, chat)
                orders += 1
        tell(days - back + 1)
    async with database.transaction() as conn:
        await conn.run("DELETE FROM merchant_notices")
        await conn.run("UPDATE orders SET review_asked_at = delivered_at WHERE delivered_at IS NOT NULL")
        await conn.run(
            "UPDATE conversations c JOIN (SELECT user_id, MAX(created_at) AS at FROM chat_logs GROUP BY user_id) l"
            " ON l.user_id = c.psid SET c.heard_at = l.at, c.seen_at = l.at + INTERVAL 1 MINUTE,"
            " c.window_expires_at = l.at + INTERVAL 24 HOUR"
        )
        await conn.run("INSERT INTO shop_settings (name, value) VALUES (%(name)s, '1')", name=MARK)
        waiting = await conn.run(
            "SELECT DISTINCT u.messenger_id, u.facebook_name FROM orders o JOIN users u ON u.id = o.user_id"
            " WHERE o.order_status IN ('pending', 'confirmed', 'processing', 'shipped')"
        )
    return Made(turns, orders, tuple((str(psid), str(name)) for psid, name in waiting.rows))


async def _came_by(database: Database, chat: Chat) -> None:
    """Keep with the order that a chat led to what had led its shopper there."""
    if chat.source is None:
        return
    post = chat.source.ref.partition("post:")[2]
    came = Referred(
        shopper_id=chat.person.id,
        kind="ad" if chat.source.ad_id else "link",
        ref=chat.source.ref,
        ad_id=chat.source.ad_id,
        post_id=post,
        at=chat.at,
    )
    about: dict[str, Bound] = {"shopper": chat.person.id}
    async with database.transaction() as conn:
        await conn.batch(
            keeping(came),
            Statement(
                "UPDATE orders SET referral_id = LAST_INSERT_ID() WHERE user_id = %(shopper)s ORDER BY id DESC LIMIT 1",
                about,
            ),
        )


async def _stock(conn: Connection) -> Mapping[str, int]:
    """What is sold, by sku, well stocked; the promos have run all the time."""
    found = await _by_name(
        conn,
        "SELECT p.sku, p.id FROM products p WHERE p.status = 'active'"
        " AND NOT EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = p.id) ORDER BY p.id"
        f" LIMIT {_PRODUCTS}",
    )
    await conn.run(
        "UPDATE products SET stock_quantity = stock_quantity + %(more)s WHERE id IN %(ids)s",
        more=STOCKED,
        ids=sorted(found.values()),
    )
    await conn.run("UPDATE promos SET start_date = start_date - INTERVAL %(days)s DAY", days=DAYS)
    return found


def _called(regulars: Sequence[Line], place: int) -> Line:
    """A shopper of the place, each of another name: the first name of one line with the last name of another."""
    line, other = regulars[place % len(regulars)], regulars[(place + place // len(regulars)) % len(regulars)]
    name = f"{line['name'].split()[0]} {other['name'].split()[1]}"
    return {**other, "name": name, "phone": f"+63917{2220000 + place}", "number": str(place)}


async def _person(conn: Connection, line: Line, day: datetime) -> Person:
    psid = f"2600{int(line['number']):012d}"
    made = await conn.run(
        "INSERT INTO users (messenger_id, facebook_name, created_at, last_interaction_at)"
        " VALUES (%(psid)s, %(name)s, %(at)s, %(at)s)",
        psid=psid,
        name=line["name"],
        at=day + timedelta(hours=8),
    )
    await conn.run(
        "INSERT INTO conversations (psid, page_id, state, created_at)"
        " VALUES (%(psid)s, 'history', '{\"at\":\"idle\"}', %(at)s)",
        psid=psid,
        at=day + timedelta(hours=8),
    )
    return Person(made.last_id, psid, line)


async def _write(conn: Connection, chats: Sequence[Chat]) -> int:
    """Write chats into the log and the outbox, in the order of time. How many messages of shoppers there were."""
    said: list[tuple[Person, Said]] = sorted(
        ((chat.person, one) for chat in chats for one in chat.said), key=lambda each: each[1].at
    )
    for person, one in said:
        key = md5(f"{person.psid}{one.at.isoformat()}".encode(), usedforsecurity=False).digest()
        turn_id: int | None = None
        if not one.by_person:
            row = rows_of(person, one, key)
            turn_id = (await conn.batch(insert_rows(row.into, [row.values])))[0].last_id
        if one.answer:
            sent = await conn.run(
                "INSERT INTO outbox (psid, turn_id, message, status, message_id, error_code, created_at, sent_at)"
                " VALUES (%(psid)s, %(turn)s, %(message)s, %(status)s, %(mid)s, %(code)s, %(at)s, %(sent)s)",
                psid=person.psid,
                turn=turn_id,
                message=msgspec.json.encode({"text": one.answer}).decode(),
                status="failed" if one.fails else "sent",
                mid=None if one.fails else f"m_{key.hex()}",
                code=one.fails or None,
                at=one.decided_at,
                sent=None if one.fails else one.decided_at + timedelta(milliseconds=one.sent_ms),
            )
            if one.by_person:
                await conn.run(
                    "INSERT INTO typed_messages (typed_key, outbox_id) VALUES (%(key)s, %(id)s)",
                    key=key,
                    id=sent.last_id,
                )
    return sum(not one.by_person for _, one in said)


def _order(
    chat: Chat, now: datetime, chance: random.Random, products: Mapping[str, int], promos: Sequence[str]
) -> Line:
    """An order as `orders.csv` would say it."""
    ago = (now - chat.ends_at).total_seconds() / 3600
    fates = ["cancelled"] if chance.random() < 0.11 else ["delivered"]
    if ago < 96:
        fates = ["confirmed"] if ago < 24 else ["processing"] if ago < 48 else ["shipped"]
    method = chance.choice(["cod", "cod", "cod", "gcash", "gcash", "paymaya"])
    skus = chance.choices(sorted(products), weights=[1 / (place + 2) for place in range(len(products))], k=3)
    picked = list(dict.fromkeys([chat.sku, *skus[: chance.randint(0, 2)]]))
    return {
        "shopper": chat.person.line["name"][:12],
        "items": "; ".join(f"{sku} x {chance.choice([1, 1, 1, 2, 3])}" for sku in picked),
        "method": method,
        "hours_ago": f"{ago:.4f}",
        "fate": fates[0],
        "detail": {
            "cancelled": chance.choice(["Changed my mind po", "Ordered by mistake", "Too long to wait"]),
            "shipped": f"J&T Express JT{chance.randint(10**9, 10**10 - 1)}",
        }.get(fates[0], ""),
        "promo": chance.choice(promos) if promos and chance.random() < 0.25 else "",
    }


async def _make_order(
    database: Database,
    line: Line,
    person: Person,
    zones: Mapping[str, int],
    products: Mapping[str, int],
    rules: Rules,
) -> None:
    async with database.transaction() as conn:
        history = History(conn, line, person.id, rules, None, pace=min(26.0, float(line["hours_ago"]) / 5))
        try:
            await history.place({**person.line, "locale": "tl_PH"}, zones[person.line["zone"]], products)
            for step in STEPS[line["fate"]]:
                await history.step(step)
            await history.end()
        finally:
            await conn.run("SET timestamp = DEFAULT")


async def _by_name(conn: Connection, sql: str) -> dict[str, int]:
    return {str(name): number(found) for name, found in (await conn.run(sql)).rows}
