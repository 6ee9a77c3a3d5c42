"""Carts that were left: each is reminded of once, while Messenger's window is open."""

from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number

AT_ONCE = 200
"""Shoppers that are looked at before what was decided of them is committed."""
REMINDER = "unasked.cart_reminder"
"""The notice that reminds of a cart."""

_DUE = """u.reminders_stopped_at IS NULL AND u.promos_stopped_at IS NULL AND u.deletion_asked_at IS NULL
    AND EXISTS (SELECT 1 FROM cart_items line WHERE line.user_id = u.id
                AND line.updated_at > COALESCE(u.cart_reminded_at, '1000-01-01'))"""


class Silent(msgspec.Struct, frozen=True):
    """Since when a shopper has been silent who is to be reminded now: between these two moments.

    Attributes:
        after: Later than this.
        until: This, or earlier.
    """

    after: datetime
    until: datetime


async def remind(conn: Connection, *, silent: Silent, open_after: datetime) -> int:
    """Queue a reminder to some who left a cart and have been silent since, once for what is in it.

    Nobody is reminded who does not want to be, speaks with a person of the shop, or whose window is closed.

    Args:
        conn: A connection in a transaction.
        silent: Since when they are silent.
        open_after: A shopper's window is open where it ends later than this.

    Returns:
        How many there were; call it again where that is `AT_ONCE`.
    """
    values: dict[str, Bound] = {
        "after": silent.after,
        "until": silent.until,
        "open_after": open_after,
        "most": AT_ONCE,
    }
    found = await conn.run(
        f"""
        SELECT u.id FROM conversations c FORCE INDEX (ix_conversations_heard) JOIN users u ON u.messenger_id = c.psid
        WHERE c.heard_at > %(after)s AND c.heard_at <= %(until)s AND c.window_expires_at > %(open_after)s
            AND c.quiet_since IS NULL AND {_DUE} LIMIT %(most)s
        """,
        **values,
    )
    if not found.rows:
        return 0
    # Looked at again behind the locks: two processes find the same carts, and one of them marks their shoppers.
    locked = await conn.run(
        f"SELECT u.id FROM users u WHERE u.id IN %(ids)s AND {_DUE} ORDER BY u.id FOR UPDATE",
        ids=[number(row[0]) for row in found.rows],
    )
    if locked.rows:
        ids = [number(row[0]) for row in locked.rows]
        await conn.batch(
            Statement("UPDATE users SET cart_reminded_at = NOW() WHERE id IN %(ids)s", {"ids": ids}),
            Statement(
                "INSERT INTO notification_queue (user_id, notification_type, channel, recipient, message,"
                " template_name, template_data)"
                f" SELECT id, 'custom', 'messenger', messenger_id, '', '{REMINDER}', '{{}}' FROM users"
                " WHERE id IN %(ids)s",
                {"ids": ids},
                feeds_queue="notices",
            ),
        )
    return len(found.rows)


async def stop(conn: Connection, *, shopper_id: int) -> None:
    """Remind a shopper of no cart any more.

    Args:
        conn: A connection in the turn's transaction.
        shopper_id: `users.id`.
    """
    await conn.run(
        "UPDATE users SET reminders_stopped_at = COALESCE(reminders_stopped_at, NOW()) WHERE id = %(id)s",
        id=shopper_id,
    )
