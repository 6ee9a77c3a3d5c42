"""A sample order that is made, looked at from all sides and undone, in one transaction that nobody else ever sees."""

import msgspec

from bot.base import clock
from repository.database.errors import DatabaseError
from repository.schema.base.session import Session, message

STOCK = 10
PIECES = 3


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one thing worked, and what was seen."""

    ok: bool
    said: str


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """What the sample order showed."""

    order: Outcome
    reservation: Outcome
    views: Outcome
    triggers: Outcome


class _Seen(msgspec.Struct):
    order: Outcome
    reservation: Outcome
    views: Outcome
    triggers: Outcome


async def make(session: Session) -> Sample:
    """Make the order and undo it.

    Args:
        session: In the database, with the rights of the bot; no transaction is open on it.
    """
    missed = Outcome(ok=False, said="not reached")
    seen = _Seen(order=missed, reservation=missed, views=missed, triggers=missed)
    mark = f"CHECK-{clock.suffix(12)}"
    await session.run("START TRANSACTION")
    try:
        await _walk(session, mark, seen)
    except DatabaseError as error:
        failed = Outcome(ok=False, said=message(error))
        for part in _Seen.__struct_fields__:
            if getattr(seen, part) is missed:
                setattr(seen, part, failed)
                break
    await session.run("ROLLBACK")
    left = await session.value("SELECT COUNT(*) FROM orders WHERE order_number = %(mark)s", mark=mark)
    if left and seen.order.ok:
        seen.order = Outcome(ok=False, said=f"{mark} could not be undone: something ended its transaction")
    return Sample(order=seen.order, reservation=seen.reservation, views=seen.views, triggers=seen.triggers)


async def _walk(session: Session, mark: str, seen: _Seen) -> None:
    user, product, order = await _insert(session, mark)
    seen.order = Outcome(ok=True, said=f"{mark}, made and undone in one transaction")

    await session.sets("CALL sp_reserve_order_inventory(%(order)s, 30)", order=order)
    stock = await session.value("SELECT stock_quantity FROM products WHERE id = %(id)s", id=product)
    held = await session.value(
        "SELECT SUM(quantity) FROM inventory_reservations WHERE order_id = %(id)s AND status = 'reserved'", id=order
    )
    seen.reservation = Outcome(
        ok=stock == STOCK - PIECES and held == PIECES,
        said=f"stock went from {STOCK} to {stock}, {held or 0} of {PIECES} pieces are held",
    )

    seen.views = await _views(session, user, product, order)

    await session.run("UPDATE orders SET order_status = 'confirmed', confirmed_at = NOW() WHERE id = %(id)s", id=order)
    await session.sets("CALL sp_commit_order_inventory(%(order)s)", order=order)
    await session.run("UPDATE orders SET order_status = 'delivered', delivered_at = NOW() WHERE id = %(id)s", id=order)
    seen.triggers = await _triggers(session, user, product, order)


async def _insert(session: Session, mark: str) -> tuple[int, int, int]:
    async def insert(sql: str, **values: str | int) -> int:
        await session.run(sql, mark=mark, **values)
        return int(str(await session.value("SELECT LAST_INSERT_ID()")))

    category = await insert("INSERT INTO categories (name, slug) VALUES (%(mark)s, %(mark)s)")
    brand = await insert("INSERT INTO brands (name, slug) VALUES (%(mark)s, %(mark)s)")
    user = await insert("INSERT INTO users (messenger_id, facebook_name) VALUES (%(mark)s, %(mark)s)")
    product = await insert(
        "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity)"
        " VALUES (%(mark)s, %(mark)s, %(mark)s, %(category)s, %(brand)s, 100.00, %(stock)s)",
        category=category,
        brand=brand,
        stock=STOCK,
    )
    order = await insert(
        "INSERT INTO orders (order_number, user_id, subtotal, total_amount)"
        " VALUES (%(mark)s, %(user)s, 300.00, 300.00)",
        user=user,
    )
    await insert(
        "INSERT INTO order_items (order_id, product_id, product_name, sku, quantity, unit_price, total_price)"
        " VALUES (%(order)s, %(product)s, %(mark)s, %(mark)s, %(pieces)s, 100.00, 300.00)",
        order=order,
        product=product,
        pieces=PIECES,
    )
    return user, product, order


async def _views(session: Session, user: int, product: int, order: int) -> Outcome:
    asked = {
        "vw_orders_detailed": "SELECT item_count FROM vw_orders_detailed WHERE id = %(order)s",
        "vw_pending_orders": "SELECT action_required FROM vw_pending_orders WHERE id = %(order)s",
        "vw_inventory_status": "SELECT reserved_quantity FROM vw_inventory_status WHERE id = %(product)s",
        "vw_daily_metrics": "SELECT total_orders FROM vw_daily_metrics WHERE date = CURDATE()",
        "vw_customer_ltv": "SELECT customer_status FROM vw_customer_ltv WHERE id = %(user)s",
    }
    empty = [
        view
        for view, query in asked.items()
        if await session.value(query, user=user, product=product, order=order) is None
    ]
    return Outcome(
        ok=not empty, said=f"{', '.join(empty)} did not show the order" if empty else "all 5 show the sample order"
    )


async def _triggers(session: Session, user: int, product: int, order: int) -> Outcome:
    moves = await session.value(
        "SELECT GROUP_CONCAT(to_status ORDER BY id) FROM order_state_history"
        " WHERE order_id = %(id)s AND from_status IS NOT NULL",
        id=order,
    )
    delivered = await session.value("SELECT total_orders FROM users WHERE id = %(id)s", id=user)
    logged = await session.value(
        "SELECT COUNT(*) FROM inventory_logs WHERE product_id = %(id)s AND quantity_change = %(change)s",
        id=product,
        change=-PIECES,
    )
    missed = [
        trigger
        for trigger, fired in (
            ("after_order_status_update", moves == "confirmed,delivered"),
            ("after_order_delivered", delivered == 1),
            ("after_product_stock_change", logged == 1),
        )
        if not fired
    ]
    return Outcome(
        ok=not missed,
        said=f"{', '.join(missed)} did not do its work"
        if missed
        else "history, shopper's sums and inventory log written",
    )
