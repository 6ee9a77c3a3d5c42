"""What there is to see of a shopper after something happened: the turns, the cart and the orders."""

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number


class TurnRow(msgspec.Struct, frozen=True):
    """A turn that was taken, each part as it is stored.

    Attributes:
        id: `chat_logs.id`.
        event: What the shopper did; empty where it was taken back.
        before: The state before.
        recording: What the turn depended on; empty where it was given up on.
        after: The state after.
        intent: What the shopper wanted, in a word.
    """

    id: int
    event: str
    before: str
    recording: str
    after: str
    intent: str


class LineRow(msgspec.Struct, frozen=True):
    """A line of the shopper's cart: which, of what, and how many pieces."""

    id: int
    product_id: int
    variant_id: int | None
    quantity: int


class OrderRow(msgspec.Struct, frozen=True):
    """An order of the shopper, as it stands."""

    id: int
    number: str
    status: str
    total: str
    method: str
    recipient: str
    phone: str
    line1: str
    city: str
    pieces: int


class Seen(msgspec.Struct, frozen=True):
    """What there is to see of a shopper.

    Attributes:
        newest: `chat_logs.id` of the newest turn of anybody.
        turns: Those of the shopper since the last look, in the order in which they were taken.
        cart: The lines of the cart.
        orders: Those of the shopper, oldest first.
        language: In which they are answered; empty where they have not chosen.
        is_left_to_person: Whether a person of the shop is to answer, and the bot is not.
        waits_for_person: Whether a person is to see to them, while the bot goes on.
    """

    newest: int = 0
    turns: tuple[TurnRow, ...] = ()
    cart: tuple[LineRow, ...] = ()
    orders: tuple[OrderRow, ...] = ()
    language: str = ""
    is_left_to_person: bool = False
    waits_for_person: bool = False

    @property
    def pieces(self) -> int:
        """Pieces in the cart."""
        return sum(line.quantity for line in self.cart)


async def seen(conn: Connection, *, psid: str, since: int) -> Seen:
    """What there is to see of a shopper, in one round trip.

    Args:
        conn: An open connection.
        psid: Who.
        since: The newest turn before.
    """
    values: dict[str, Bound] = {"psid": psid, "since": since}
    turns, lines, orders, others = await conn.batch(
        Statement(
            "SELECT id, COALESCE(event, ''), COALESCE(state_before, '{}'), COALESCE(recording, ''),"
            " COALESCE(state_after, '{}'), COALESCE(intent, '') FROM chat_logs"
            " WHERE user_id = %(psid)s AND id > %(since)s AND turn_status <> 'received' ORDER BY decided_at, id",
            values,
        ),
        Statement(
            "SELECT c.id, c.product_id, c.variant_id, c.quantity FROM cart_items c JOIN users u ON u.id = c.user_id"
            " WHERE u.messenger_id = %(psid)s ORDER BY c.id",
            values,
        ),
        Statement(
            "SELECT o.id, o.order_number, o.order_status, CAST(o.total_amount AS CHAR), o.payment_method,"
            " COALESCE(o.ship_recipient_name, ''), COALESCE(o.ship_phone, ''), COALESCE(o.ship_address_line1, ''),"
            " COALESCE(o.ship_city, ''), (SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i"
            " WHERE i.order_id = o.id) FROM orders o JOIN users u ON u.id = o.user_id"
            " WHERE u.messenger_id = %(psid)s ORDER BY o.id",
            values,
        ),
        Statement(
            "SELECT (SELECT COALESCE(MAX(id), 0) FROM chat_logs),"
            " (SELECT COUNT(*) FROM conversations WHERE psid = %(psid)s AND quiet_since IS NOT NULL),"
            " (SELECT COUNT(*) FROM conversations WHERE psid = %(psid)s AND waits_since IS NOT NULL),"
            " COALESCE((SELECT language FROM users WHERE messenger_id = %(psid)s), '')",
            values,
        ),
    )
    newest, quiet, waiting, language = others.rows[0]
    return Seen(
        newest=number(newest),
        turns=tuple(conn.read(TurnRow, row) for row in turns.rows),
        cart=tuple(conn.read(LineRow, row) for row in lines.rows),
        orders=tuple(conn.read(OrderRow, row) for row in orders.rows),
        language=str(language),
        is_left_to_person=bool(number(quiet)),
        waits_for_person=bool(number(waiting)),
    )
