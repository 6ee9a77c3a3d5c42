"""The proofs that wait for a person, oldest first, a page at a time."""

from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from bot.base import clock
from repository.database.connection import Bound, Connection
from repository.database.scalars import number
from repository.payments.awaiting import COLUMNS, Standing, waits_for
from repository.rules import Rules

RECENT = timedelta(seconds=20)
"""How long a decision is told to those who look at the same proof; a little longer than it can be undone."""
_TOLD_MOST = 50  # waiting proofs whose ids a page is told, to count those that are new to it


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which proofs a list shall hold; what is empty does not matter.

    Attributes:
        kind: "payment" or "identity".
        flagged: Whether only those with something to look at.
        refused: Whether those that were refused of late, in place of those that wait.
    """

    kind: str = ""
    flagged: bool = False
    refused: bool = False


class Waiting(msgspec.Struct, frozen=True):
    """A proof in the queue.

    Attributes:
        id: `order_proofs.id`.
        kind: "payment" or "identity".
        method: How it was paid, as in `orders.payment_method`; empty for identity papers.
        amount: What the shopper says was paid; None where they did not.
        asked: How much the order waits for; nothing where that does not matter, since the shopper says what was paid.
        created_at: When it was sent.
        warnings: Names of what a reviewer should look at.
        order_id: `orders.id`.
        number: What people call the order.
        order_status: As in `orders.order_status`.
        total: What the order comes to.
        expires_at: When the window to prove it ends; None where it has none.
        shopper: Their name, or empty.
        refused_at: When it was refused; None where it waits.
        refused_by: By whom, as colleagues call them; empty where it waits.
        reason: Why it was refused, as colleagues call that; empty where it waits.
    """

    id: int
    kind: str
    method: str
    amount: Decimal | None
    created_at: datetime
    warnings: tuple[str, ...]
    order_id: int
    number: str
    order_status: str
    total: Decimal
    expires_at: datetime | None
    shopper: str
    refused_at: datetime | None
    refused_by: str
    reason: str
    asked: Decimal = Decimal(0)


class Counts(msgspec.Struct, frozen=True):
    """How many proofs wait: of all kinds, of each, and with something to look at; and how many were refused of late."""

    all: int
    payment: int
    identity: int
    flagged: int
    refused: int


class Decided(msgspec.Struct, frozen=True):
    """A decision of the last seconds.

    Attributes:
        id: `order_proofs.id`.
        action: "proof.accepted" or "proof.rejected".
        by: Who decided, as colleagues call them.
    """

    id: int
    action: str
    by: str


class Now(msgspec.Struct, frozen=True):
    """What happens in the queue, for pages that are open.

    Attributes:
        waiting: How many proofs wait.
        newest: The ids of the newest of them.
        decided: What was decided in the last seconds.
    """

    waiting: int
    newest: tuple[int, ...]
    decided: tuple[Decided, ...]


_REFUSED = "p.status = 'rejected' AND p.created_at > NOW() - INTERVAL %(refused_days)s DAY"
_FLAGGED = "COALESCE(JSON_LENGTH(p.warnings), 0) > 0"


async def counts(conn: Connection, *, rules: Rules) -> Counts:
    """How many proofs wait.

    Args:
        conn: An open connection.
        rules: The shop's rules.
    """
    row = await conn.run(
        "SELECT COUNT(*), COALESCE(SUM(p.kind = 'payment'), 0), COALESCE(SUM(p.kind = 'identity'), 0),"
        f" COALESCE(SUM({_FLAGGED}), 0), (SELECT COUNT(*) FROM order_proofs p WHERE {_REFUSED})"
        " FROM order_proofs p WHERE p.status = 'waiting'",
        refused_days=rules.refused_days,
    )
    return Counts(*(number(value) for value in row.rows[0]))


async def page(
    conn: Connection, *, wanted: Wanted, rules: Rules, limit: int, at: int = 0, backwards: bool = False
) -> list[Waiting]:
    """Some of the proofs that wait, the oldest first.

    Args:
        conn: An open connection.
        wanted: Which.
        rules: The shop's rules.
        limit: How many at most.
        at: Begin behind this `order_proofs.id`; 0 begins at the end of the list.
        backwards: From the newest to the oldest.
    """
    where, values = _conditions(wanted, rules)
    beyond, order = ("<", " DESC") if backwards else (">", "")
    if at:
        where += f" AND p.id {beyond} %(at)s"
    rows = await conn.all(
        Waiting,
        f"""
        SELECT p.id, p.kind, COALESCE(p.method, ''), p.amount, p.created_at, COALESCE(p.warnings, '[]'), o.id,
               o.order_number, o.order_status, o.total_amount, o.verification_expires_at, COALESCE(u.facebook_name, ''),
               IF(p.status = 'rejected', p.reviewed_at, NULL), COALESCE(NULLIF(a.full_name, ''), a.username, ''),
               COALESCE(p.reason, '')
        FROM order_proofs p JOIN orders o ON o.id = p.order_id JOIN users u ON u.id = o.user_id
        LEFT JOIN admin_users a ON a.id = p.reviewed_by
        WHERE {where} ORDER BY p.id{order} LIMIT %(limit)s
        """,
        **values,
        at=at,
        limit=limit,
    )
    silent = [row.order_id for row in rows if row.kind == "payment" and row.amount is None]
    if not silent:
        return rows
    orders = await conn.all(Standing, f"SELECT {COLUMNS} FROM orders o WHERE o.id IN %(ids)s", ids=silent)
    asked = {order.id: waits.payment for order in orders if (waits := waits_for(order, rules))}
    return [
        msgspec.structs.replace(row, asked=asked.get(row.order_id, Decimal(0))) if row.amount is None else row
        for row in rows
    ]


async def after(conn: Connection, *, proof_id: int, wanted: Wanted, rules: Rules) -> int:
    """The proof that waits next behind one, and behind the last the first; 0 where no other one waits.

    Args:
        conn: An open connection.
        proof_id: `order_proofs.id`, of one that may not wait any more.
        wanted: Which proofs are gone through.
        rules: The shop's rules.
    """
    where, values = _conditions(wanted, rules)
    row = await conn.run(
        f"SELECT p.id FROM order_proofs p WHERE {where} AND p.id <> %(proof_id)s"
        " ORDER BY p.id > %(proof_id)s DESC, p.id LIMIT 1",
        **values,
        proof_id=proof_id,
    )
    return number(row.rows[0][0]) if row.rows else 0


async def now(conn: Connection) -> Now:
    """What happens in the queue.

    Args:
        conn: An open connection.
    """
    newest = await conn.run(f"SELECT id FROM order_proofs WHERE status = 'waiting' ORDER BY id DESC LIMIT {_TOLD_MOST}")
    waiting = len(newest.rows)
    if waiting == _TOLD_MOST:
        waiting = number(await conn.value("SELECT COUNT(*) FROM order_proofs WHERE status = 'waiting'"))
    decided = await conn.all(
        Decided,
        """
        SELECT CAST(SUBSTRING(l.subject, 7) AS UNSIGNED), l.action, COALESCE(NULLIF(a.full_name, ''), a.username, '')
        FROM console_audit l LEFT JOIN admin_users a ON a.id = l.admin_id
        JOIN order_proofs p ON p.id = CAST(SUBSTRING(l.subject, 7) AS UNSIGNED) AND p.status <> 'waiting'
        WHERE l.action IN ('proof.accepted', 'proof.rejected') AND l.created_at > %(since)s ORDER BY l.id
        """,
        since=clock.now() - RECENT,
    )
    return Now(waiting, tuple(number(row[0]) for row in newest.rows), tuple(decided))


def _conditions(wanted: Wanted, rules: Rules) -> tuple[str, dict[str, Bound]]:
    where, values = "p.status = 'waiting'", dict[str, Bound]()
    if wanted.refused:
        where, values = _REFUSED, {"refused_days": rules.refused_days}
    if wanted.kind:
        where += " AND p.kind = %(kind)s"
        values["kind"] = wanted.kind
    if wanted.flagged:
        where += f" AND {_FLAGGED}"
    return where, values
