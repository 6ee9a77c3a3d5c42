"""Whatever thirty-two shoppers and four clerks do to the same fifty orders while connections and workers are killed, in
the long form whole processes too: no order stands where the table of moves does not let it, stock and money add up,
every move has its row with who, and every notice is said once."""

from repository.orders.moves import MOVES
from tests.repository.orders.crowd.crowd import PIECES, STOCK, Crowd
from tests.support.keeper import Keeper

PEOPLE = ("shopper", "order worker", "reservation sweep", "Nena", "Ben", "Rosa", "Mila")
NOTICES = {
    "confirmed": "notices.order_confirmed",
    "processing": "notices.processing",
    "shipped": "notices.shipped",
    "delivered": "notices.delivered",
    "returned": "notices.returned",
}


async def rows(keeper: Keeper, sql: str) -> list[tuple[object, ...]]:
    async with keeper.database.connection() as conn:
        return list((await conn.run(sql)).rows)


async def test_a_crowd_at_fifty_orders(keeper: Keeper, is_long: bool) -> None:
    crowd = Crowd(keeper)
    await crowd.opens()
    await crowd.works(kills=500 if is_long else 10, ended=12 if is_long else 0)
    await crowd.ends()
    await moves_are_the_tables(keeper)
    await stock_adds_up(keeper)
    await money_adds_up(keeper)
    await notices_are_said_once(keeper)


async def moves_are_the_tables(keeper: Keeper) -> None:
    at: dict[object, object] = {}
    for order_id, was, to, who, kind in await rows(
        keeper,
        "SELECT order_id, from_status, to_status, changed_by, changed_by_type FROM order_state_history ORDER BY id",
    ):
        assert at.get(order_id) == was, f"order {order_id}: {was} to {to} has no row before it"
        assert was is None or to in MOVES[str(was)], f"order {order_id} went from {was} to {to}"
        assert who in PEOPLE, f"order {order_id}: {to} by {who}"
        assert kind != "customer" or (was in (None, "pending", "confirmed") and to in ("pending", "cancelled"))
        at[order_id] = to
    for order_id, status in await rows(keeper, "SELECT id, order_status FROM orders"):
        assert at[order_id] == status


async def stock_adds_up(keeper: Keeper) -> None:
    for product, left, held, sold in await rows(
        keeper,
        "SELECT p.id, p.stock_quantity, COALESCE((SELECT SUM(r.quantity) FROM inventory_reservations r"
        " WHERE r.product_id = p.id AND r.live_slot = 1), 0), p.sales_count FROM products p",
    ):
        assert int(str(left)) + int(str(held)) == STOCK, f"product {product}: {left} left and {held} held"
        committed = await keeper.look(
            "SELECT COALESCE(SUM(quantity), 0) FROM inventory_reservations WHERE product_id = %(id)s"
            " AND status = 'committed'",
            id=int(str(product)),
        )
        assert sold == committed
    held_by = await rows(
        keeper,
        "SELECT o.id, o.order_status, COALESCE(SUM(r.quantity), 0) FROM orders o LEFT JOIN inventory_reservations r"
        " ON r.order_id = o.id AND r.live_slot = 1 GROUP BY o.id, o.order_status",
    )
    for order_id, status, pieces in held_by:
        assert int(str(pieces)) == (0 if status in ("cancelled", "returned") else 2 * PIECES), (
            f"order {order_id}: {status}"
        )


async def money_adds_up(keeper: Keeper) -> None:
    for order_id, status, paid, says, total, came, back, method, down, confirmed, balance in await rows(
        keeper,
        "SELECT o.id, o.order_status, o.upfront_paid, o.payment_status, o.total_amount,"
        " COALESCE((SELECT SUM(amount) FROM order_payments WHERE order_id = o.id AND kind = 'payment'), 0),"
        " COALESCE((SELECT SUM(amount) FROM order_payments WHERE order_id = o.id AND kind = 'refund'), 0),"
        " o.payment_method, o.down_payment, o.confirmed_at IS NOT NULL, o.remaining_balance FROM orders o",
    ):
        told = f"order {order_id}, {status}: {came} in, {back} back of {total}"
        assert paid == came, told
        assert back <= came, told  # type: ignore[operator]
        assert says == ("refunded" if back and back == came else "paid" if came >= total else "pending"), told  # type: ignore[operator]
        if confirmed:
            assert came >= (down if method == "cod" else total), told  # type: ignore[operator]
        if status == "delivered":
            assert came >= total, told  # type: ignore[operator]
        over = status in ("cancelled", "returned")
        assert balance == (0 if over else max(0, total - came)), told  # type: ignore[operator]
        if over and came > back:  # type: ignore[operator]
            flagged = "SELECT COUNT(*) FROM order_flags WHERE order_id = %(id)s AND open_kind = 'refund'"
            assert await keeper.look(flagged, id=int(str(order_id))) == 1, told
    assert await rows(keeper, "SELECT proof_id FROM order_payments GROUP BY proof_id HAVING COUNT(proof_id) > 1") == []


async def notices_are_said_once(keeper: Keeper) -> None:
    told = {
        (order_id, template): count
        for order_id, template, count in await rows(
            keeper, "SELECT order_id, template_name, COUNT(*) FROM notification_queue GROUP BY order_id, template_name"
        )
    }
    for order_id, to in await rows(keeper, "SELECT order_id, to_status FROM order_state_history"):
        if template := NOTICES.get(str(to)):
            assert told.get((order_id, template)) == 1, f"order {order_id}: {to}"
    for order_id, who in await rows(
        keeper, "SELECT order_id, changed_by_type FROM order_state_history WHERE to_status = 'cancelled'"
    ):
        said = sum(told.get((order_id, name), 0) for name in ("notices.cancelled_by_shop", "order_expired"))  # type: ignore[misc]
        assert said == int(who != "customer"), f"order {order_id} cancelled by {who}"
    assert await rows(keeper, "SELECT id FROM notification_queue WHERE status <> 'sent'") == []
    assert await rows(keeper, "SELECT notice_id FROM outbox GROUP BY notice_id, message HAVING COUNT(*) > 1") == []
