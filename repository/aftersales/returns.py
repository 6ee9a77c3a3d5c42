"""What comes back: pieces on the shelf or not, what their shopper has bought and kept, and the money that is due."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from repository.aftersales.returning import Picked
from repository.chats.notices import notice_statement
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import IllegalMove, NotReturnable, UnknownOrder
from repository.database.inserting import insert_rows
from repository.orders.flags import flag_statement, resolving_statement
from repository.orders.history import Actor, check_version
from repository.orders.moves import MOVES, move
from repository.orders.promos import CENT, NOTHING
from repository.payments.ledger import refundable
from repository.rules import Rules


class Received(msgspec.Struct, frozen=True):
    """What came back.

    Attributes:
        return_id: `order_returns.id`.
        pieces: How many.
        price: What they had cost.
        is_whole: Whether nothing is left with the shopper, so that the order is returned.
        to_refund: How much money may go back now.
    """

    return_id: int
    pieces: int
    price: Decimal
    is_whole: bool
    to_refund: Decimal


class _Line(msgspec.Struct, frozen=True):
    id: int
    product_id: int
    variant_id: int | None
    quantity: int
    returned: int
    total: Decimal

    def price(self, pieces: int) -> Decimal:
        """What some of its pieces had cost."""
        return (self.total * pieces / self.quantity).quantize(CENT, ROUND_HALF_UP)


class _Order(msgspec.Struct, frozen=True):
    number: str
    status: str
    shopper_id: int


async def receive_return(
    conn: Connection,
    *,
    order_id: int,
    picked: Sequence[Picked],
    restock: bool,
    actor: Actor,
    rules: Rules,
    opened: int | None = None,
    return_id: int | None = None,
    reason: str = "",
) -> Received:
    """Take pieces of an order back (contract/rules.md, "order moves").

    With some of its lines the order stays delivered: the pieces go back on the shelf or not, and what their shopper has
    bought falls by their price. With the last of them the order is returned.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        picked: Which pieces came back.
        restock: Whether they go back on the shelf.
        actor: Who took them.
        rules: The shop's rules.
        opened: `orders.version` at which whoever took them saw the order; None where that does not matter.
        return_id: `order_returns.id` of what the shopper asked for; None makes one.
        reason: Why, where nobody had asked for it.

    Raises:
        UnknownOrder: There is no such order.
        Stale: Somebody has changed it since it was opened.
        IllegalMove: It has not reached its shopper, or all of it came back already.
        NotReturnable: None of the pieces is of this order and still with its shopper.
    """
    values: dict[str, Bound] = {"order_id": order_id}
    head, found = await conn.batch(
        Statement("SELECT order_number, order_status, user_id FROM orders WHERE id = %(order_id)s FOR UPDATE", values),
        Statement(
            "SELECT id, product_id, variant_id, quantity, returned_quantity, total_price FROM order_items"
            " WHERE order_id = %(order_id)s ORDER BY product_id, variant_id, id",
            values,
        ),
    )
    if not head.rows:
        raise UnknownOrder(f"order {order_id}")
    await check_version(conn, order_id=order_id, opened=opened)
    order = conn.read(_Order, head.rows[0])
    lines = [conn.read(_Line, row) for row in found.rows]
    wanted = {one.item_id: one.quantity for one in picked}
    back = {line: min(wanted.get(line.id, 0), line.quantity - line.returned) for line in lines}
    back = {line: pieces for line, pieces in back.items() if pieces > 0}
    if "returned" not in MOVES.get(order.status, ()):
        raise IllegalMove(status=order.status, to="returned")
    if not back:
        raise NotReturnable("nothing_left")
    is_whole = all(line.returned + back.get(line, 0) == line.quantity for line in lines)
    if order.status != "delivered" and not is_whole:
        raise IllegalMove(status=order.status, to="returned")  # a parcel on its way comes back as it is
    price = sum((line.price(pieces) for line, pieces in back.items()), NOTHING)
    kept_id = await _noted(conn, order_id, return_id, back, restock, actor, reason)
    if is_whole:
        # The trigger takes the whole total off what the shopper has bought: give back what was taken off before.
        earlier = sum((line.price(line.returned) for line in lines), NOTHING)
        if earlier:
            await conn.batch(*_bought(order.shopper_id, earlier, rules))
        await move(conn, order_id=order_id, to="returned", actor=actor, rules=rules, reason=reason, restock=restock)
    else:
        await _shelve(conn, order_id, back, restock, actor)
        await conn.batch(*_bought(order.shopper_id, -price, rules))
    due = await refundable(conn, order_id=order_id)
    pieces = sum(back.values())
    after = [resolving_statement(order_id, "return", actor.name)]
    if not is_whole:
        facts: dict[str, str | int] = {
            "order_id": order_id,
            "number": order.number,
            "pieces": pieces,
            "amount": str(due),
        }
        after.append(notice_statement(order_id, "custom", "notices.items_returned", facts))
        if due:
            after.append(flag_statement(order_id, "refund", f"{due} for {pieces} that came back"))
    await conn.batch(*after)
    return Received(kept_id, pieces, price, is_whole, due)


async def _noted(
    conn: Connection,
    order_id: int,
    return_id: int | None,
    back: dict[_Line, int],
    restock: bool,
    actor: Actor,
    reason: str,
) -> int:
    """Write the return down, as what the shopper had asked for where they had; its id."""
    values: dict[str, Bound] = {"order_id": order_id, "id": return_id, "by": actor.admin_id, "reason": reason[:1000]}
    known = await conn.value(
        "SELECT id FROM order_returns WHERE id = %(id)s AND order_id = %(order_id)s"
        " AND status IN ('requested', 'accepted')",
        **values,
    )
    if known is None:
        made = await conn.run(
            "INSERT INTO order_returns (order_id, status, reason, requested_by, decided_by, decided_at) VALUES"
            " (%(order_id)s, 'received', NULLIF(%(reason)s, ''), 'merchant', %(by)s, NOW())",
            **values,
        )
        kept_id = made.last_id
    else:
        kept_id = int(str(known))
        await conn.batch(
            Statement(
                "UPDATE order_returns SET status = 'received', decided_by = %(by)s, decided_at = NOW()"
                " WHERE id = %(id)s",
                values,
            ),
            Statement("DELETE FROM order_return_lines WHERE return_id = %(id)s", values),
        )
    await conn.batch(
        insert_rows(
            "INSERT INTO order_return_lines (return_id, order_item_id, quantity, is_restocked)",
            [(kept_id, line.id, pieces, restock) for line, pieces in back.items()],
        )
    )
    return kept_id


async def _shelve(conn: Connection, order_id: int, back: dict[_Line, int], restock: bool, actor: Actor) -> None:
    """Note which pieces came back, and put them on the shelf: products by id, each before its variants."""
    about: dict[str, Bound] = {"order_id": order_id, "by": actor.admin_id}
    statements = [
        Statement(
            "SET @qs_ref_type = 'return', @qs_ref_id = %(order_id)s, @qs_ref_note = 'Returned',"
            " @qs_performed_by = %(by)s",
            about,
        )
    ]
    for line, pieces in back.items():
        values: dict[str, Bound] = {
            "id": line.id,
            "product_id": line.product_id,
            "variant_id": line.variant_id,
            "pieces": pieces,
            "own": pieces if restock and line.variant_id is None else 0,
        }
        statements.append(
            Statement(
                "UPDATE products SET stock_quantity = stock_quantity + %(own)s,"
                " sales_count = GREATEST(0, sales_count - %(pieces)s) WHERE id = %(product_id)s",
                values,
            )
        )
        if restock and line.variant_id is not None:
            statements.append(
                Statement(
                    "UPDATE product_variants SET stock_quantity = stock_quantity + %(pieces)s"
                    " WHERE id = %(variant_id)s",
                    values,
                )
            )
        statements.append(
            Statement(
                "UPDATE order_items SET returned_quantity = returned_quantity + %(pieces)s WHERE id = %(id)s", values
            )
        )
    statements += [
        Statement("SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_performed_by = NULL"),
        # So that a form that was opened before is refused: nothing else of the order's own row changes.
        Statement("UPDATE orders SET version = version + 1 WHERE id = %(order_id)s", about),
    ]
    await conn.batch(*statements)


def _bought(shopper_id: int, by: Decimal, rules: Rules) -> tuple[Statement, ...]:
    """What changes how much a shopper has bought and kept, with tier and points as the trigger counts them."""
    now = "GREATEST(0, total_spent + %(by)s)"
    return (
        Statement(
            f"""
            UPDATE users SET
                loyalty_points = GREATEST(0, loyalty_points
                    + FLOOR({now} / %(point)s) - FLOOR(total_spent / %(point)s)),
                customer_tier = CASE WHEN {now} >= %(platinum)s THEN 'platinum' WHEN {now} >= %(gold)s THEN 'gold'
                    WHEN {now} >= %(silver)s THEN 'silver' ELSE 'regular' END,
                total_spent = {now}
            WHERE id = %(shopper_id)s
            """,
            {
                "by": by,
                "shopper_id": shopper_id,
                "silver": rules.tier_silver_from,
                "gold": rules.tier_gold_from,
                "platinum": rules.tier_platinum_from,
                "point": rules.spend_per_point,
            },
        ),
    )


async def asked_back(conn: Connection, *, return_id: int) -> tuple[Picked, ...]:
    """Which pieces a shopper asked to send back.

    Args:
        conn: An open connection.
        return_id: `order_returns.id`.
    """
    rows = await conn.all(
        Picked,
        "SELECT order_item_id, quantity FROM order_return_lines WHERE return_id = %(return_id)s ORDER BY order_item_id",
        return_id=return_id,
    )
    return tuple(rows)
