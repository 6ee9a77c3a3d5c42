"""The Messenger chats in which merchants are told, each linked by a code from the console, sent to the page."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.base import clock
from repository.database.connection import Connection, Statement
from repository.staff import audit

CODE_LIVES = timedelta(minutes=10)
TRIES_MOST = 5
TRIES_WITHIN = timedelta(minutes=15)
CHATS_MOST = 5
"""Chats of one account."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 8  # 40 bits, for ten minutes and a few tries


class LinkedChat(msgspec.Struct, frozen=True):
    """A linked chat, as its owner's page shows it.

    Attributes:
        psid: Whose chat.
        name: As Facebook calls them; may be empty.
        linked_at: Since when.
        window_expires_at: Until when Messenger lets us write there; None where nobody knows.
    """

    psid: str
    name: str
    linked_at: datetime
    window_expires_at: datetime | None


class Linking(msgspec.Struct, frozen=True):
    """What became of a code that was sent to the page.

    Attributes:
        outcome: "linked", "unknown" (no such code, or it has run out) or "too_many" (tries).
        name: Of the account, where it is linked.
    """

    outcome: str
    name: str = ""


class _Owner(msgspec.Struct, frozen=True):
    admin_id: int
    name: str


async def new_code(conn: Connection, *, admin_id: int) -> str:
    """A code that links a chat to an account, in the place of the one before it; only its hash is kept.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
    """
    drawn = hashlib.sha256(clock.token(32).encode()).digest()
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in drawn[:_LENGTH])
    await conn.run(
        "INSERT INTO merchant_chat_codes (admin_id, code_hash, expires_at) VALUES (%(id)s, %(hash)s, %(until)s)"
        " ON DUPLICATE KEY UPDATE code_hash = VALUES(code_hash), expires_at = VALUES(expires_at)",
        id=admin_id,
        hash=_hash(letters),
        until=clock.now() + CODE_LIVES,
    )
    return f"QS-{letters[:4]}-{letters[4:]}"


async def link(conn: Connection, *, shopper_id: int, code: str) -> Linking:
    """Link the chat of somebody who sent a code; the code works once.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id` of who sent it.
        code: Its eight letters.
    """
    psid = str(await conn.value("SELECT messenger_id FROM users WHERE id = %(id)s", id=shopper_id))
    tries = await conn.value(
        "SELECT COUNT(*) FROM console_audit FORCE INDEX (ix_console_audit_action) WHERE action = 'chat.link_tried'"
        " AND created_at > %(since)s AND subject = %(psid)s",
        since=clock.now() - TRIES_WITHIN,
        psid=psid,
    )
    if int(str(tries)) >= TRIES_MOST:
        return Linking("too_many")
    owner = await conn.one(
        _Owner,
        "SELECT c.admin_id, COALESCE(a.full_name, a.username) FROM merchant_chat_codes c"
        " JOIN admin_users a ON a.id = c.admin_id AND a.is_active"
        " WHERE c.code_hash = %(hash)s AND c.expires_at > %(now)s FOR UPDATE",
        hash=_hash(code.upper()),
        now=clock.now(),
    )
    if owner is None:
        await audit.record(conn, action="chat.link_tried", admin_id=None, subject=psid)
        return Linking("unknown")
    await conn.batch(
        Statement("DELETE FROM merchant_chat_codes WHERE admin_id = %(id)s", {"id": owner.admin_id}),
        Statement(
            "INSERT INTO merchant_chats (psid, admin_id) VALUES (%(psid)s, %(id)s)"
            " ON DUPLICATE KEY UPDATE admin_id = VALUES(admin_id), linked_at = NOW()",
            {"psid": psid, "id": owner.admin_id},
        ),
    )
    await audit.record(conn, action="chat.linked", admin_id=owner.admin_id, subject=psid)
    return Linking("linked", owner.name)


async def of_account(conn: Connection, *, admin_id: int) -> Sequence[LinkedChat]:
    """The chats that an account has linked.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
    """
    return await conn.all(
        LinkedChat,
        "SELECT m.psid, COALESCE(u.facebook_name, ''), m.linked_at, c.window_expires_at FROM merchant_chats m"
        " LEFT JOIN users u ON u.messenger_id = m.psid LEFT JOIN conversations c ON c.psid = m.psid"
        " WHERE m.admin_id = %(id)s ORDER BY m.linked_at, m.psid LIMIT 50",
        id=admin_id,
    )


async def unlink(conn: Connection, *, admin_id: int, psid: str) -> bool:
    """Tell an account nothing in a chat any more. Whether it was linked.

    Args:
        conn: An open connection. The caller owns the transaction.
        admin_id: `admin_users.id`.
        psid: Whose chat.
    """
    gone = await conn.run(
        "DELETE FROM merchant_chats WHERE psid = %(psid)s AND admin_id = %(id)s", psid=psid, id=admin_id
    )
    if gone.rowcount:
        await audit.record(conn, action="chat.unlinked", admin_id=admin_id, subject=psid)
    return gone.rowcount > 0


def _hash(letters: str) -> bytes:
    return hashlib.sha256(f"merchant chat {letters}".encode()).digest()
