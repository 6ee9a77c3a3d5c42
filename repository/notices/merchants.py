"""What the people of the shop are told: each thing once, and each account in the ways that it chose."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.inserting import insert_rows
from repository.staff.published import PUBLISHED_HASH

KINDS: Mapping[str, str] = {
    "new_order": "A new order",
    "proof_waiting": "A payment or an ID waits to be looked at",
    "low_stock": "A product is running low",
    "person": "A shopper needs a person, in the chat",
    "flag": "An order needs a person: a complaint, a return, a risk",
    "page": "The page cannot send: its token, a permission, a restriction",
    "policy": "Facebook warns of the page, blocks it, or gives it back",
}
"""Every kind of notice to merchants, in words."""
IN_CHATS: Mapping[str, str] = {kind: words for kind, words in KINDS.items() if kind != "page"}
"""Those that can be told in Messenger: not that Messenger takes nothing."""


class Hears(msgspec.Struct, frozen=True):
    """What an account wants to hear of outside of the console, which shows everything.

    Attributes:
        email: Kinds that are told by mail.
        messenger: Kinds that are told in the Messenger chats that the account has linked.
    """

    email: tuple[str, ...] = ("page", "policy")
    messenger: tuple[str, ...] = tuple(IN_CHATS)


class Seed(msgspec.Struct, frozen=True):
    """Something that has happened, and that nobody has been told yet.

    Attributes:
        id: `merchant_notices.id`.
        kind: One of `KINDS`.
        order_id: Which order it is about, 0 for none.
        product_id: Which product it is about, 0 for none.
        number: The order's number.
        total: What the order comes to.
        shopper: Who ordered or needs a person, as Facebook calls them; may be empty.
        shopper_id: `users.id` of who needs a person, 0 for none.
        what: The kind of the proof or of the flag, why a person is needed, why the page cannot send, or what
            Facebook does about it.
        note: What the flag says, or Facebook's reason.
        product: The product's name.
        left: Pieces of it that are left.
    """

    id: int
    kind: str
    order_id: int
    product_id: int
    number: str
    total: Decimal
    shopper: str
    shopper_id: int
    what: str
    note: str
    product: str
    left: int


class Listener(msgspec.Struct, frozen=True):
    """An account that may be told.

    Attributes:
        admin_id: `admin_users.id`.
        email: Its mail address.
        hears: JSON of its `Hears`, empty where it has never said.
        chats: The PSIDs of the chats that it has linked, with commas between.
    """

    admin_id: int
    email: str
    hears: str
    chats: str

    @property
    def wants(self) -> Hears:
        """What it wants to hear of."""
        return msgspec.json.decode(self.hears, type=Hears) if self.hears else Hears()


class _Found(msgspec.Struct, frozen=True):
    kind: str
    subject: int
    order_id: int | None
    product_id: int | None


_NEW = """NOT EXISTS (SELECT 1 FROM merchant_notices m FORCE INDEX (uq_merchant_notices_once)
    WHERE m.kind = '{kind}' AND m.subject_key = CAST({key} AS CHAR) COLLATE utf8mb4_unicode_520_ci
      AND m.channel = 'console' AND m.recipient = '')"""
_PROOFS = f"""
    SELECT 'proof_waiting', p.id, p.order_id, NULL FROM order_proofs p FORCE INDEX (ix_order_proofs_status)
    WHERE p.status = 'waiting' AND {_NEW.format(kind="proof_waiting", key="p.id")} LIMIT 100
"""
_FLAGS = f"""
    SELECT 'flag', f.id, f.order_id, NULL FROM order_flags f FORCE INDEX (ix_order_flags_open)
    WHERE f.open_kind IS NOT NULL AND f.raised_at > NOW() - INTERVAL 7 DAY
      AND {_NEW.format(kind="flag", key="f.id")} LIMIT 100
"""
_STOCK = f"""
    SELECT 'low_stock', l.id, NULL, l.product_id FROM inventory_logs l JOIN products p ON p.id = l.product_id
    WHERE l.id > %(after)s AND l.id <= %(upto)s AND p.status = 'active'
      AND l.previous_stock > p.low_stock_threshold AND l.new_stock <= p.low_stock_threshold
      AND {_NEW.format(kind="low_stock", key="l.id")} ORDER BY l.id LIMIT 200
"""


async def newest_change(conn: Connection) -> int:
    """`inventory_logs.id` of the newest change of a stock, 0 where there is none."""
    return int(str(await conn.value("SELECT COALESCE(MAX(id), 0) FROM inventory_logs")))


async def gather(conn: Connection, *, after: int, upto: int) -> int:
    """Note what merchants must be told of: proofs that wait, orders that are flagged, stocks that ran low.

    A stock runs low with the change that takes it from above its product's threshold to it, or below; the next such
    change can only come once it has been above again.

    Args:
        conn: An open connection, in no transaction.
        after: `inventory_logs.id` up to which stocks have been looked at.
        upto: `inventory_logs.id` up to which they are looked at now.

    Returns:
        How many there were.
    """
    found: list[_Found] = []
    for result in await conn.batch(
        Statement(_PROOFS), Statement(_FLAGS), Statement(_STOCK, {"after": after, "upto": upto})
    ):
        found += [conn.read(_Found, row) for row in result.rows]
    if found:
        rows = [(one.kind, str(one.subject), one.order_id, one.product_id, "", "console") for one in found]
        into = "INSERT IGNORE INTO merchant_notices (kind, subject_key, order_id, product_id, words, channel)"
        await conn.batch(insert_rows(into, rows))
    return len(found)


async def forget(conn: Connection, *, days: int) -> None:
    """Delete what merchants were told long ago (contract/rules.md, "retention").

    Args:
        conn: An open connection on which every statement commits by itself.
        days: How long it is kept.
    """
    await conn.run(
        "DELETE FROM merchant_notices WHERE created_at < NOW() - INTERVAL %(days)s DAY AND status <> 'pending'"
        " ORDER BY id LIMIT 5000",
        days=days,
    )


async def claim(conn: Connection, *, most: int) -> list[Seed]:
    """Lock what has happened and is still to be told, the oldest first, until the caller's transaction ends.

    Args:
        conn: A connection in a transaction.
        most: Things at most.
    """
    locked = await conn.run(
        "SELECT id FROM merchant_notices FORCE INDEX (ix_merchant_notices_recipient) WHERE recipient = ''"
        " AND channel = 'console' AND status = 'pending' ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED",
        most=most,
    )
    if not locked.rows:
        return []
    return await conn.all(
        Seed,
        """
        SELECT m.id, m.kind, COALESCE(m.order_id, 0), COALESCE(m.product_id, 0), COALESCE(o.order_number, ''),
            COALESCE(o.total_amount, 0), COALESCE(o.ship_recipient_name, u.facebook_name, w.facebook_name, ''),
            COALESCE(w.id, 0),
            COALESCE(p.kind, f.kind,
                IF(m.kind IN ('person', 'page', 'policy'), SUBSTRING_INDEX(m.subject_key, ':', 1), '')),
            COALESCE(f.note, m.words),
            CONCAT_WS(', ', s.name, v.variant_value), COALESCE(l.new_stock, 0)
        FROM merchant_notices m
        LEFT JOIN orders o ON o.id = m.order_id LEFT JOIN users u ON u.id = o.user_id
        LEFT JOIN users w ON m.kind = 'person'
            AND w.id = CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(m.subject_key, ':', 2), ':', -1) AS UNSIGNED)
        LEFT JOIN order_proofs p ON m.kind = 'proof_waiting' AND p.id = CAST(m.subject_key AS UNSIGNED)
        LEFT JOIN order_flags f ON m.kind = 'flag' AND f.id = CAST(m.subject_key AS UNSIGNED)
        LEFT JOIN inventory_logs l ON m.kind = 'low_stock' AND l.id = CAST(m.subject_key AS UNSIGNED)
        LEFT JOIN products s ON s.id = m.product_id LEFT JOIN product_variants v ON v.id = l.variant_id
        WHERE m.id IN %(ids)s ORDER BY m.id
        """,
        ids=[row[0] for row in locked.rows if isinstance(row[0], int)],
    )


async def listeners(conn: Connection) -> list[Listener]:
    """Every account that may be told.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Listener,
        """
        SELECT a.id, a.email, COALESCE(c.hears, ''),
            COALESCE((SELECT GROUP_CONCAT(psid) FROM merchant_chats WHERE admin_id = a.id), '')
        FROM admin_users a LEFT JOIN console_accounts c ON c.admin_id = a.id
        WHERE a.is_active AND a.password_hash <> %(published)s
        """,
        published=PUBLISHED_HASH,
    )


async def tell(conn: Connection, *, seed: Seed, words: str, to: Sequence[Listener], in_mail: str, in_chat: str) -> None:
    """Hand something to everybody who wants to hear of it; what is sent is sent after the commit.

    Args:
        conn: The connection that claimed it.
        seed: What has happened.
        words: The same in words, for the console.
        to: Who may be told.
        in_mail: The words of a mail; empty where the shop has no mail server.
        in_chat: The words for Messenger.
    """
    copies: list[tuple[str, str, str]] = []
    for one in to:
        copies.append((str(one.admin_id), "console", words))
        if in_mail and seed.kind in one.wants.email and one.email:
            copies.append((one.email, "email", in_mail))
        if seed.kind in one.wants.messenger and seed.kind in IN_CHATS:
            copies += [(psid, "messenger", in_chat) for psid in one.chats.split(",") if psid]
    await conn.batch(
        *(_copy(seed.id, *copy) for copy in copies),
        Statement(
            "UPDATE merchant_notices SET status = 'sent', sent_at = NOW(), words = %(words)s WHERE id = %(id)s",
            {"words": words[:1000], "id": seed.id},
        ),
    )


def _copy(seed_id: int, recipient: str, channel: str, words: str) -> Statement:
    """A notice for one recipient: in the console it is there at once, the other ways it waits to be sent."""
    return Statement(
        "INSERT IGNORE INTO merchant_notices"
        " (kind, subject_key, order_id, product_id, recipient, channel, words, status, sent_at)"
        " SELECT kind, subject_key, order_id, product_id, %(recipient)s, %(channel)s, %(words)s,"
        " IF(%(channel)s = 'console', 'sent', 'pending'), IF(%(channel)s = 'console', NOW(), NULL)"
        " FROM merchant_notices WHERE id = %(id)s",
        {"id": seed_id, "recipient": recipient[:255], "channel": channel, "words": words[:1000]},
    )
