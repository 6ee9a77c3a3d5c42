"""Carts that a clerk puts together for a shopper, who confirms them in the chat."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from repository.aftersales.changing import Item
from repository.chats.notices import draft_statement
from repository.database.connection import Connection, Statement
from repository.database.errors import NotFound, NothingToOrder, OutOfStock, TooMany, UnknownProduct
from repository.desk.editing import listed
from repository.desk.products import Offer, offers_of
from repository.orders import carts
from repository.orders.carts import Cart
from repository.rules import Rules
from repository.staff import audit
from repository.staff.by import By

WORDS_MOST = 500
_LOOKED_AT = 2000  # of the newest drafts: what nobody tapped before those is forgotten


class FoundShopper(msgspec.Struct, frozen=True):
    """Somebody a draft can be sent to.

    Attributes:
        id: `users.id`.
        name: Their name on Facebook, or empty.
        language: "en" or "fil".
        can_write: Whether Messenger lets us write to them now.
    """

    id: int
    name: str
    language: str
    can_write: bool


class OpenDraft(msgspec.Struct, frozen=True):
    """A draft that its shopper has not ordered.

    Attributes:
        id: `draft_orders.id`.
        shopper_id: `users.id`.
        shopper: Their name on Facebook, or empty.
        lines: What is in it, as `listed` writes it; things that are not sold any more are left out.
        by: Who made it, or empty.
        made_at: When.
    """

    id: int
    shopper_id: int
    shopper: str
    lines: str
    by: str
    made_at: datetime


class _Open(msgspec.Struct, frozen=True):
    id: int
    shopper_id: int
    shopper: str
    items: tuple[Item, ...]
    by: str
    made_at: datetime


class _Draft(msgspec.Struct, frozen=True):
    status: str
    is_over: bool
    items: tuple[Item, ...]


_SHOPPER = """
    SELECT u.id, COALESCE(u.facebook_name, ''), COALESCE(u.language, 'en'),
        COALESCE(c.window_expires_at > NOW(3), FALSE)
    FROM users u LEFT JOIN conversations c ON c.psid = u.messenger_id
"""


async def shoppers(conn: Connection, *, most: int = 50) -> tuple[FoundShopper, ...]:
    """Who wrote last, the latest first: whom a draft is usually for.

    Args:
        conn: An open connection.
        most: How many at most.
    """
    rows = await conn.all(
        FoundShopper,
        _SHOPPER + "JOIN (SELECT user_id, MAX(id) AS last_id FROM"
        " (SELECT user_id, id FROM chat_logs ORDER BY id DESC LIMIT 500) recent GROUP BY user_id) wrote"
        " ON wrote.user_id = u.messenger_id ORDER BY wrote.last_id DESC LIMIT %(most)s",
        most=most,
    )
    return tuple(rows)


async def shopper(conn: Connection, *, shopper_id: int) -> FoundShopper:
    """One shopper.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.

    Raises:
        NotFound: There is no such shopper.
    """
    row = await conn.one(FoundShopper, f"{_SHOPPER} WHERE u.id = %(id)s", id=shopper_id)
    if row is None:
        raise NotFound(f"shopper {shopper_id}")
    return row


async def offer(conn: Connection, *, shopper_id: int, items: Sequence[Item], words: str, by: By, rules: Rules) -> int:
    """Put an order together and send it to its shopper, who orders it by a tap; nothing is held for it.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        items: What is in it.
        words: What the clerk says with it; may be empty.
        by: Who makes it.
        rules: The shop's rules.

    Returns:
        `draft_orders.id`.

    Raises:
        NotFound: There is no such shopper.
        NothingToOrder: There is nothing in it.
        UnknownProduct: Something in it is not sold.
        OutOfStock: There is less of something.
        TooMany: It is more of something, or more things, than the shop sells at once.
    """
    await shopper(conn, shopper_id=shopper_id)
    if not items:
        raise NothingToOrder("nothing to order")
    if len(items) > rules.cart_lines_most:
        raise TooMany(most=rules.cart_lines_most)
    known = {one.key: one for one in await offers_of(conn, keys=[(item.product_id, item.variant_id) for item in items])}
    lines: list[tuple[Offer, int]] = []
    for item in items:
        one = known.get((item.product_id, item.variant_id))
        if one is None:
            raise UnknownProduct(f"product {item.product_id}, variant {item.variant_id}")
        if item.quantity > rules.line_quantity_most:
            raise TooMany(most=rules.line_quantity_most)
        if item.quantity > one.left:
            raise OutOfStock(left=one.left, product_id=one.product_id, product=one.title)
        lines.append((one, item.quantity))
    made = await conn.run(
        "INSERT INTO draft_orders (user_id, items, words, made_by) VALUES (%(user)s, %(items)s, %(words)s, %(by)s)",
        user=shopper_id,
        items=msgspec.json.encode(list(items)).decode(),
        words=words[:WORDS_MOST],
        by=by.admin_id,
    )
    total = sum((one.price * quantity for one, quantity in lines), Decimal(0))
    facts: dict[str, str | int] = {
        "draft_id": made.last_id,
        "lines": listed((one.name, one.variant, quantity) for one, quantity in lines),
        "total": str(total),
        "words": words[:WORDS_MOST],
    }
    await conn.batch(draft_statement(shopper_id, "notices.draft", facts))
    return made.last_id


_OFFERED = f"""d.status = 'offered' AND d.id > (SELECT MAX(id) - {_LOOKED_AT} FROM draft_orders)
    AND d.created_at > NOW() - INTERVAL %(days)s DAY"""


def waiting_statement(rules: Rules) -> Statement:
    """What counts the drafts whose shoppers have not tapped them, and since when the oldest waits.

    Args:
        rules: In force.
    """
    return Statement(
        f"SELECT COUNT(*), MIN(d.created_at) FROM draft_orders d WHERE {_OFFERED}", {"days": rules.draft_days}
    )


async def offered(conn: Connection, *, rules: Rules, most: int = 20) -> tuple[OpenDraft, ...]:
    """Drafts whose shoppers have not tapped them, the newest first.

    Args:
        conn: An open connection.
        rules: The shop's rules.
        most: How many at most.
    """
    rows = await conn.all(
        _Open,
        "SELECT d.id, d.user_id, COALESCE(u.facebook_name, ''), d.items,"
        " COALESCE(NULLIF(a.full_name, ''), a.username, ''), d.created_at"
        " FROM draft_orders d JOIN users u ON u.id = d.user_id LEFT JOIN admin_users a ON a.id = d.made_by"
        f" WHERE {_OFFERED} ORDER BY d.id DESC LIMIT %(most)s",
        days=rules.draft_days,
        most=most,
    )
    keys = {(item.product_id, item.variant_id) for row in rows for item in row.items}
    known = {one.key: one for one in await offers_of(conn, keys=list(keys))} if keys else {}
    return tuple(
        OpenDraft(
            row.id,
            row.shopper_id,
            row.shopper,
            listed(
                (one.name, one.variant, item.quantity)
                for item in row.items
                if (one := known.get((item.product_id, item.variant_id)))
            ),
            row.by,
            row.made_at,
        )
        for row in rows
    )


async def withdraw(conn: Connection, *, draft_id: int, by: By) -> None:
    """Take a draft back: its button in the chat says from now on that it is gone.

    Args:
        conn: A connection in a transaction, which the caller owns.
        draft_id: `draft_orders.id`.
        by: Who takes it back.

    Raises:
        NotFound: There is none, its shopper has tapped it, or it was taken back already.
    """
    gone = await conn.run(
        "UPDATE draft_orders SET status = 'withdrawn' WHERE id = %(id)s AND status = 'offered'", id=draft_id
    )
    if not gone.rowcount:
        raise NotFound(f"draft {draft_id}")
    await audit.record(
        conn, action="draft.withdrawn", admin_id=by.admin_id, subject=str(draft_id), ip_address=by.ip_address
    )


async def take(conn: Connection, *, shopper_id: int, draft_id: int, rules: Rules) -> Cart:
    """Have in the shopper's cart what a clerk put together for them, and nothing else; as much of it as there is.

    Tapped again it fills the cart again, as long as that was not ordered: a chat keeps its buttons.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        draft_id: `draft_orders.id`.
        rules: The shop's rules.

    Raises:
        NotFound: There is no such draft, it is somebody else's, it was taken back, or its time is over.
        UnknownProduct: Nothing of it is sold any more.
    """
    draft = await conn.one(
        _Draft,
        "SELECT status, status = 'offered' AND created_at <= NOW() - INTERVAL %(days)s DAY, items FROM draft_orders"
        " WHERE id = %(id)s AND user_id = %(shopper)s FOR UPDATE",
        id=draft_id,
        shopper=shopper_id,
        days=rules.draft_days,
    )
    if draft is None or draft.status == "withdrawn" or draft.is_over:
        raise NotFound(f"draft {draft_id}")
    await carts.empty(conn, shopper_id=shopper_id)
    for item in draft.items:
        try:
            await carts.add_line(
                conn,
                shopper_id=shopper_id,
                product_id=item.product_id,
                variant_id=item.variant_id,
                quantity=item.quantity,
                rules=rules,
            )
        except OutOfStock as short:
            if short.left > 0:
                await carts.add_line(
                    conn,
                    shopper_id=shopper_id,
                    product_id=item.product_id,
                    variant_id=item.variant_id,
                    quantity=short.left,
                    rules=rules,
                )
        except UnknownProduct:
            continue
    await conn.batch(
        Statement(
            "UPDATE draft_orders SET status = 'taken', taken_at = COALESCE(taken_at, NOW()) WHERE id = %(id)s",
            {"id": draft_id},
        )
    )
    held = await carts.cart(conn, shopper_id=shopper_id)
    if not held.lines:
        raise UnknownProduct(f"draft {draft_id}")
    return held
