"""Who does something and why, told to the database's triggers, which write the history."""

from typing import Literal

import msgspec

from repository.database.connection import Statement
from repository.rules import Rules

ActorType = Literal["system", "admin", "customer", "automation"]


class Actor(msgspec.Struct, frozen=True):
    """Who does something to an order.

    Attributes:
        name: As colleagues call them, or what of the program it is, such as "order worker".
        kind: What they are.
        admin_id: `admin_users.id`, where it is a person of the shop.
    """

    name: str
    kind: ActorType
    admin_id: int | None = None


SHOPPER = Actor("shopper", "customer")
WORKER = Actor("order worker", "system")


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


def tiers(rules: Rules) -> Statement:
    """What tells the triggers from which delivered spend on a shopper has which tier; send `done` after what needs it.

    Args:
        rules: The shop's rules.
    """
    return Statement(
        "SET @qs_tier_silver = %(silver)s, @qs_tier_gold = %(gold)s, @qs_tier_platinum = %(platinum)s",
        {
            "silver": rules.tier_silver_from,
            "gold": rules.tier_gold_from,
            "platinum": rules.tier_platinum_from,
        },
    )


def done() -> Statement:
    """What takes all of that back, so that nobody else on this connection goes by it."""
    return Statement(
        "SET @qs_actor = NULL, @qs_actor_type = NULL, @qs_reason = NULL, @qs_tier_silver = NULL, @qs_tier_gold = NULL,"
        " @qs_tier_platinum = NULL"
    )
