"""Whether the shop is alive: its clock, what waits and for how long, and what a merchant has forgotten to set."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """What waits, and who is there to do it.

    Attributes:
        processes: Servers and workers that are alive.
        turn_seconds: For how long the oldest event of a shopper has waited for its turn, 0 where none waits.
        message_seconds: For how long the oldest message that is due has waited to be sent, 0 where none waits.
        work_seconds: For how long the oldest work on an order has been due, 0 where none is.
        held: Messages that wait because the page cannot send.
    """

    processes: int
    turn_seconds: int
    message_seconds: int
    work_seconds: int
    held: int


class Gaps(msgspec.Struct, frozen=True, kw_only=True):
    """What a shop lacks to sell, counted.

    Attributes:
        products: Products on sale.
        without_price: Of these, those that cost nothing.
        without_picture: Of these, those without a picture.
        zones: Shipping zones that are served.
        accounts: Ways to pay ahead that have an account, such as ("gcash",).
        replies: Canned replies that are on.
    """

    products: int
    without_price: int
    without_picture: int
    zones: int
    accounts: tuple[str, ...]
    replies: int


class _Gaps(msgspec.Struct, frozen=True):
    products: int
    without_price: int
    without_picture: int
    zones: int
    accounts: str
    replies: int


class _Time(msgspec.Struct, frozen=True):
    at: datetime


class _Pulse(msgspec.Struct, frozen=True):
    processes: int
    turn_seconds: int
    message_seconds: int
    work_seconds: int
    held: int


async def time(conn: Connection) -> datetime:
    """What the database's clock says, aware.

    Args:
        conn: An open connection.
    """
    told = await conn.one(_Time, "SELECT NOW(3)")
    assert told is not None
    return told.at


async def pulse(conn: Connection) -> Pulse:
    """What waits, and who is there to do it.

    Args:
        conn: An open connection.
    """
    told = await conn.one(
        _Pulse,
        """
        SELECT (SELECT COUNT(*) FROM processes WHERE alive_until > NOW(3)),
               (SELECT COALESCE(GREATEST(0, TIMESTAMPDIFF(SECOND, MIN(created_at), NOW())), 0)
                FROM chat_logs WHERE turn_status = 'received'),
               (SELECT COALESCE(GREATEST(0, TIMESTAMPDIFF(SECOND, MIN(due_at), NOW(3))), 0)
                FROM outbox WHERE status = 'queued'),
               (SELECT COALESCE(GREATEST(0, TIMESTAMPDIFF(SECOND, MIN(scheduled_at), NOW())), 0)
                FROM order_processing_queue WHERE status = 'pending'),
               (SELECT COUNT(*) FROM outbox WHERE status = 'queued'
                AND EXISTS (SELECT 1 FROM page_troubles WHERE ended_at IS NULL))
        """,
    )
    assert told is not None
    return msgspec.convert(told, Pulse, from_attributes=True)


async def gaps(conn: Connection) -> Gaps:
    """What the shop lacks to sell.

    Args:
        conn: An open connection.
    """
    told = await conn.one(
        _Gaps,
        """
        SELECT COUNT(*), COALESCE(SUM(p.base_price <= 0), 0),
               COALESCE(SUM(NOT EXISTS (SELECT 1 FROM product_images i WHERE i.product_id = p.id)), 0),
               (SELECT COUNT(*) FROM shipping_zones WHERE is_active),
               (SELECT COALESCE(GROUP_CONCAT(DISTINCT method ORDER BY method), '')
                FROM payment_accounts WHERE is_active),
               (SELECT COUNT(*) FROM chatbot_replies WHERE is_active)
        FROM products p WHERE p.status = 'active'
        """,
    )
    assert told is not None
    return Gaps(
        products=told.products,
        without_price=told.without_price,
        without_picture=told.without_picture,
        zones=told.zones,
        accounts=tuple(told.accounts.split(",")) if told.accounts else (),
        replies=told.replies,
    )
