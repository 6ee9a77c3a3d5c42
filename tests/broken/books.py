"""Reads the books of a shop that was broken: nothing lost, doubled or out of order, and everything adds up."""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence

import msgspec

from bot.workshop.emulator.people import Person
from repository.database.connection import Database
from tests.support.process import numbers_of


class Bought(msgspec.Struct, frozen=True):
    """What a shopper knows of a purchase.

    Attributes:
        person: Whose.
        did: How many things they did that the shop must have a turn for.
        number: The order number that was said; empty where none was placed.
    """

    person: Person
    did: int
    number: str


class Found(msgspec.Struct, frozen=True):
    """What the books say.

    Attributes:
        wrong: What is lost, doubled, out of order, or does not add up; each as a sentence.
        sent_again: Messages that came twice, each counted by the shop, for nobody but Facebook can know.
    """

    wrong: tuple[str, ...]
    sent_again: int


BY_TIME = "a message was sent before an older one"
SUMS = {
    "a turn is not done": "SELECT id FROM chat_logs WHERE turn_status <> 'done'",
    "a turn said nothing": "SELECT c.id FROM chat_logs c LEFT JOIN outbox o ON o.turn_id = c.id WHERE o.id IS NULL",
    "a message was not sent": "SELECT id FROM outbox WHERE status <> 'sent'",
    BY_TIME: ("SELECT b.id FROM outbox a JOIN outbox b ON b.psid = a.psid AND b.id > a.id AND b.sent_at < a.sent_at"),
    "work on an order is not done": "SELECT id FROM order_processing_queue WHERE status <> 'completed'",
    "a notice was not said": "SELECT id FROM notification_queue WHERE status <> 'sent'",
    "a notice was queued twice": (
        "SELECT MIN(id) FROM notification_queue GROUP BY order_id, template_name HAVING COUNT(*) > 1"
    ),
    "an order is not confirmed": "SELECT id FROM orders WHERE order_status <> 'confirmed'",
    "an order has not one history": (
        "SELECT order_id FROM order_state_history GROUP BY order_id, to_status HAVING COUNT(*) > 1"
    ),
    "an order does not come to its lines": (
        "SELECT o.id FROM orders o WHERE o.subtotal <>"
        " (SELECT COALESCE(SUM(i.total_price), 0) FROM order_items i WHERE i.order_id = o.id)"
    ),
    "an order holds other pieces than it has": (
        "SELECT MIN(i.order_id) FROM order_items i LEFT JOIN inventory_reservations r"
        " ON r.order_item_id = i.id AND r.status = 'committed' GROUP BY i.id"
        " HAVING SUM(COALESCE(r.quantity, 0)) <> MAX(i.quantity)"
    ),
    "a cart is not empty": "SELECT id FROM cart_items",
    "a process is still in the books": "SELECT name FROM processes WHERE alive_until < NOW(3) - INTERVAL 1 HOUR",
}


async def read(
    database: Database, bought: Sequence[Bought], *, stock: Mapping[int, int], beside: Container[str] = ()
) -> Found:
    """What the books of a shop say in which each of these has bought one piece, or nothing.

    Args:
        database: Of the shop.
        bought: What everybody knows of their purchase.
        stock: How much of each product there was, by its id.
        beside: What cannot be read from the books, in the words of `SUMS`.
    """
    wrong: list[str] = []
    async with database.connection() as conn:
        for what, sql in SUMS.items():
            if what not in beside and (rows := (await conn.run(sql)).rows):
                wrong.append(f"{what}: {[row[0] for row in rows[:5]]}")
        for product, pieces in stock.items():
            left, held, logged = (
                await conn.run(
                    "SELECT p.stock_quantity, (SELECT COALESCE(SUM(r.quantity), 0) FROM inventory_reservations r"
                    " WHERE r.product_id = p.id AND r.live_slot = 1), (SELECT COALESCE(SUM(l.quantity_change), 0)"
                    " FROM inventory_logs l WHERE l.product_id = p.id) FROM products p WHERE p.id = %(id)s",
                    id=product,
                )
            ).rows[0]
            if int(str(left)) + int(str(held)) != pieces or logged != left:
                wrong.append(f"product {product}: {left!r} left, {held!r} held and {logged!r} logged, of {pieces}")
        placed = {
            str(psid): str(number)
            for psid, number in (
                await conn.run(
                    "SELECT u.messenger_id, GROUP_CONCAT(o.order_number) FROM orders o JOIN users u ON u.id = o.user_id"
                    " GROUP BY u.messenger_id"
                )
            ).rows
        }
        turns = {
            str(psid): int(str(count))
            for psid, count in (await conn.run("SELECT user_id, COUNT(*) FROM chat_logs GROUP BY user_id")).rows
        }
        said: dict[str, list[int]] = {}
        for psid, number in (await conn.run("SELECT psid, id FROM outbox ORDER BY id")).rows:
            said.setdefault(str(psid), []).append(int(str(number)))
        again = {
            int(str(number)): int(str(times))
            for number, times in (await conn.run("SELECT outbox_id, times FROM sent_again")).rows
        }
    doubled = 0
    for one in bought:
        psid, name = one.person.psid, one.person.name
        if placed.get(psid, "") != one.number:
            wrong.append(f"{name} was told of order {one.number!r}, and has {placed.get(psid)!r}")
        if turns.get(psid, 0) != one.did:
            wrong.append(f"{name} did {one.did} things, and there are {turns.get(psid, 0)} turns")
        heard = numbers_of(one.person)
        if heard != said.get(psid, []):
            wrong.append(f"{name} heard {heard}, and was to hear {said.get(psid, [])}")
        times = Counter(
            int(msgspec.json.decode(sent.body)["message"]["metadata"].rpartition(":")[2]) for sent in one.person.sent
        )
        for number, count in times.items():
            doubled += count - 1
            if count - 1 > again.get(number, 0):
                wrong.append(f"{name} heard {number} {count} times, counted {again.get(number, 0)} times")
    return Found(tuple(wrong), doubled)


def story(person: Person) -> list[str]:
    """What a shopper heard, each message once, without what differs from order to order."""
    words: dict[int, str] = {}
    for sent in person.sent:
        number = int(msgspec.json.decode(sent.body)["message"]["metadata"].rpartition(":")[2])
        words.setdefault(number, re.sub(r"ORD-\d{8}-\w+", "ORD", sent.bubble.words()))
    return [words[number] for number in numbers_of(person)]
