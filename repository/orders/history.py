"""Who does something and why, told to the database's triggers, which write the history."""

from typing import Literal

from repository.database.connection import Statement

ActorType = Literal["system", "admin", "customer", "automation"]


def acting(actor: str, kind: ActorType, reason: str | None = None) -> Statement:
    """What names the one who moves an order, for the statements behind it; send `done` after them.

    Args:
        actor: Who, such as "shopper" or an account's name.
        kind: What they are.
        reason: Why, None where the status says enough.
    """
    return Statement(
        "SET @qs_actor = %(actor)s, @qs_actor_type = %(kind)s, @qs_reason = %(reason)s",
        {"actor": actor, "kind": kind, "reason": reason},
    )


def done() -> Statement:
    """What takes the name back, so that nobody else on this connection goes by it."""
    return Statement("SET @qs_actor = NULL, @qs_actor_type = NULL, @qs_reason = NULL")
