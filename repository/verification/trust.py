"""Trusted buyers: shoppers whom a merchant lets skip verification, with who granted it and when."""

from datetime import datetime

import msgspec

from bot.base import clock
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale
from repository.rules import Rules
from repository.staff import audit
from repository.staff.by import By

LEVELS = ("bronze", "silver", "gold", "platinum")
"""The levels, the lowest first."""


class Trust(msgspec.Struct, frozen=True):
    """How far a shopper is trusted: by a merchant, or so far only by the number of their orders.

    Attributes:
        level: "bronze", "silver", "gold" or "platinum".
        skips: Whether their orders need no verification.
        note: Why, for colleagues.
        granted_by: Who granted it, as colleagues call them; empty where nobody did, or that account is gone.
        granted_at: When.
        is_granted: Whether a merchant said so.
    """

    level: str
    skips: bool
    note: str
    granted_by: str
    granted_at: datetime
    is_granted: bool


def suggested(delivered: int, *, rules: Rules) -> str:
    """The level that a shopper's past suggests; empty where there is too little of it.

    Args:
        delivered: Orders that reached them.
        rules: The shop's rules.
    """
    least = (
        rules.trusted_bronze_from,
        rules.trusted_silver_from,
        rules.trusted_gold_from,
        rules.trusted_platinum_from,
    )
    return next((level for level, from_ in zip(LEVELS[::-1], least[::-1], strict=True) if delivered >= from_), "")


async def trust_of(conn: Connection, *, shopper_id: int, lock: bool = False) -> Trust | None:
    """How far a merchant trusts a shopper; None where nobody said so.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        lock: Whether nobody else may change it until the transaction ends.
    """
    return await conn.one(
        Trust,
        "SELECT t.trust_level, t.verification_skip_enabled, COALESCE(t.notes, ''),"
        " COALESCE(NULLIF(a.full_name, ''), a.username, ''), t.granted_at,"
        " t.granted_by IS NOT NULL OR t.verification_skip_enabled"
        " FROM trusted_buyers t LEFT JOIN admin_users a ON a.id = t.granted_by WHERE t.user_id = %(shopper_id)s"
        + (" FOR UPDATE" if lock else ""),
        shopper_id=shopper_id,
    )


async def grant(
    conn: Connection, *, shopper_id: int, level: str, skips: bool, note: str, opened: datetime | None, by: By
) -> None:
    """Trust a shopper from now on, or in another way than before.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        level: One of `LEVELS`.
        skips: Whether their orders need no verification.
        note: Why, for colleagues.
        opened: `Trust.granted_at` as the merchant saw it; None where there was none.
        by: Who grants it.

    Raises:
        NotFound: There is no such shopper, or no such level.
        Stale: Somebody else granted it or took it back meanwhile.
    """
    if level not in LEVELS:
        raise NotFound(level)
    await _fresh(conn, shopper_id, opened)
    await conn.run(
        """
        INSERT INTO trusted_buyers (user_id, trust_level, successful_orders, total_spent, verification_skip_enabled,
            notes, granted_by, granted_at)
        SELECT id, %(level)s, total_orders, total_spent, %(skips)s, NULLIF(%(note)s, ''), %(admin_id)s, %(now)s
        FROM users WHERE id = %(shopper_id)s
        ON DUPLICATE KEY UPDATE trust_level = VALUES(trust_level), successful_orders = VALUES(successful_orders),
            total_spent = VALUES(total_spent), verification_skip_enabled = VALUES(verification_skip_enabled),
            notes = VALUES(notes), granted_by = VALUES(granted_by), granted_at = VALUES(granted_at)
        """,
        shopper_id=shopper_id,
        level=level,
        skips=skips,
        note=note,
        admin_id=by.admin_id,
        now=clock.now(),
    )
    await _record(conn, "trust.granted", shopper_id, by, level=level, skips=skips)


async def take_back(conn: Connection, *, shopper_id: int, opened: datetime | None, by: By) -> bool:
    """Trust a shopper no more; whether they were trusted.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        opened: `Trust.granted_at` as the merchant saw it.
        by: Who takes it back.

    Raises:
        NotFound: There is no such shopper.
        Stale: Somebody else changed it meanwhile.
    """
    was = await _fresh(conn, shopper_id, opened)
    if was is None or not was.is_granted:
        return False
    await conn.run("DELETE FROM trusted_buyers WHERE user_id = %(shopper_id)s", shopper_id=shopper_id)
    await _record(conn, "trust.taken_back", shopper_id, by)
    return True


async def _fresh(conn: Connection, shopper_id: int, opened: datetime | None) -> Trust | None:
    """The trust as it is now, locked with its shopper."""
    if await conn.value("SELECT id FROM users WHERE id = %(shopper_id)s FOR UPDATE", shopper_id=shopper_id) is None:
        raise NotFound(str(shopper_id))
    now = await trust_of(conn, shopper_id=shopper_id, lock=True)
    if (now.granted_at if now else None) != opened:
        raise Stale(now.granted_by if now else "")
    return now


async def _record(conn: Connection, action: str, shopper_id: int, by: By, **details: object) -> None:
    await audit.record(
        conn,
        action=action,
        admin_id=by.admin_id,
        subject=f"shopper {shopper_id}",
        details=details or None,
        ip_address=by.ip_address,
    )
