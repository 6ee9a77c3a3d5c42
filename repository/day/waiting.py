"""Everything that waits for a person, counted in one question, each as the list has it that shows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Connection, Statement, Value
from repository.database.scalars import number
from repository.desk.drafts import waiting_statement
from repository.desk.lists.needs import reasons_statement
from repository.rules import Rules
from repository.stock.standing import short_statement
from repository.wording import conflicts
from repository.work.stuck import QUEUES, calling_statements

_AWAKE = "(c.snoozed_until IS NULL OR c.snoozed_until <= NOW())"


class Pile(msgspec.Struct, frozen=True):
    """Some of a kind that wait.

    Attributes:
        count: How many.
        since: Since when the oldest waits; None where that is not known.
        words: What is known besides, for the merchant; may be empty.
    """

    count: int
    since: datetime | None = None
    words: str = ""


async def piles(conn: Connection, *, rules: Rules) -> Mapping[str, Pile]:
    """What waits, by its kind; what does not wait is not there.

    The kinds are "payment", "identity", "people", "drafts", "low", "out", "token", "conflicts" and
    "unanswered", each reason for which an order needs a person behind "order.", and each queue in which something
    calls a person behind "queue.".

    Args:
        conn: An open connection.
        rules: In force.
    """
    same = await conflicts.same_phrases(conn)
    proofs, people, orders, drafts, stock, token, unanswered, *stuck = await conn.batch(
        Statement(
            "SELECT kind, COUNT(*), MIN(created_at) FROM order_proofs FORCE INDEX (ix_order_proofs_status)"
            " WHERE status = 'waiting' GROUP BY kind"
        ),
        Statement(
            "SELECT COUNT(*), MIN(c.waits_since) FROM conversations c FORCE INDEX (ix_conversations_waits)"
            f" WHERE c.waits_since IS NOT NULL AND {_AWAKE}"
        ),
        reasons_statement(rules),
        waiting_statement(rules),
        short_statement(),
        Statement(
            "SELECT answered FROM connection_steps WHERE ((name = 'page' OR name LIKE 'page:%')"
            " AND light IN ('warning', 'broken')) OR ((name = 'fields' OR name LIKE 'fields:%') AND light = 'broken')"
            " ORDER BY light = 'broken' DESC, name"
        ),
        Statement(
            "SELECT COUNT(*), COALESCE(SUM(asked), 0) FROM unanswered_groups"
            " FORCE INDEX (ix_unanswered_groups_status) WHERE status = 'waiting'"
        ),
        *calling_statements(),
    )
    found = {str(kind): _pile(conn, row) for kind, *row in proofs.rows}
    found["people"] = _pile(conn, people.rows[0])
    found |= {"order." + str(why): _pile(conn, row) for why, *row in orders.rows}
    found["drafts"] = _pile(conn, drafts.rows[0])
    found["low"], found["out"] = (Pile(number(count)) for count in stock.rows[0])
    if token.rows:
        found["token"] = Pile(len(token.rows), words=str(token.rows[0][0]))
    found |= {"queue." + name: _pile(conn, one.rows[0]) for name, one in zip(QUEUES, stuck, strict=True)}
    found["conflicts"] = Pile(same)
    groups, asked = (number(value) for value in unanswered.rows[0])
    found["unanswered"] = Pile(groups, words=f"asked {asked:,} times" if asked > 1 else "")
    return {kind: pile for kind, pile in found.items() if pile.count}


def _pile(conn: Connection, row: Sequence[Value]) -> Pile:
    """What was counted, and since when."""
    return conn.read(Pile, (*row, ""))
