"""One shopper: orders, money, how risky they are, and what merchants decided about them."""

from functools import partial
from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Visit
from handlers.console.verification.said import risk
from replies.environment import money
from repository.rules import Rules
from repository.verification import blocked
from repository.verification.person import Person, Shopper, Whereabouts, person
from repository.verification.trust import LEVELS, Trust, suggested, trust_of

_RISKY_PERCENT = 30
_RISKY_ORDERS = 2
_DECIDED = {
    "trust.granted": "trusted them",
    "trust.taken_back": "took the trust back",
    "blocked.added": "blocked them",
    "blocked.removed": "unblocked them",
}


class TrustForm(msgspec.Struct, frozen=True, kw_only=True):
    """How far a shopper is trusted."""

    level: Annotated[str, Field(label="Level", choices={level: level.capitalize() for level in LEVELS})]
    skips: Annotated[bool, Field(label="Their orders need no verification")]
    note: Annotated[str, Field(label="Why, for colleagues", most=500, rows=2)]


TRUST = Form(TrustForm)


class Place(msgspec.Struct, frozen=True):
    """An address, and whether its door or its phone is blocked."""

    at: Whereabouts
    blocked: tuple[str, ...]


async def show(visit: Visit, *, status: int = 200, filled: Filled | None = None) -> web.Response:
    """The page of a shopper.

    Args:
        visit: With the shopper's id in the address.
        status: The HTTP status.
        filled: The form of trust as it was sent, where something in it cannot be.
    """
    shopper_id = visit.number("id")
    async with visit.shop.database.connection() as conn:
        one = await person(conn, shopper_id=shopper_id)
        trust = await trust_of(conn, shopper_id=shopper_id)
        rules = await visit.rules(conn)
        own = await blocked.of_shopper(conn, shopper_id=shopper_id)
        places = [
            Place(
                at,
                await blocked.hits(
                    conn, shopper_id=0, phone=at.phone, line=at.line, barangay=at.barangay, city=at.city
                ),
            )
            for at in one.addresses
        ]
    level = suggested(one.shopper.delivered, rules=rules)
    return await visit.page(
        "shopper.html",
        status=status,
        person=one,
        shopper=one.shopper,
        trust=trust,
        opened=opened_at(trust),
        form=filled or TRUST.of(_prefilled(trust, level)),
        suggested=level,
        bronze_from=rules.trusted_bronze_from,
        risks=risks(one, places, rules),
        own=own,
        places=places,
        decided=_DECIDED,
        in_words=risk,
        money=partial(money, currency=rules.currency),
    )


def opened_at(trust: Trust | None) -> str:
    """What the form of trust carries of the trust that it was opened at.

    Args:
        trust: The trust; None where there is none.
    """
    return trust.granted_at.isoformat() if trust else ""


def risks(one: Person, places: list[Place], rules: Rules) -> list[str]:
    """What speaks against somebody, in sentences.

    Args:
        one: Who.
        places: Where they have things sent.
        rules: The shop's rules.
    """
    shopper = one.shopper
    told = []
    if is_risky(shopper):
        lost = " and ".join(
            f"{count} {word}"
            for count, word in ((shopper.cancelled, "cancelled"), (shopper.returned, "returned"))
            if count
        )
        told.append(f"{shopper.lost_percent} % of their finished orders were lost: {lost}.")
    if shopper.open >= rules.open_orders_most:
        told.append(f"{shopper.open} orders are under way at once.")
    kinds = {kind for place in places for kind in place.blocked}
    if "phone" in kinds:
        told.append("A phone that they used is blocked.")
    if "address" in kinds:
        told.append("An address that they used is blocked.")
    return told


def is_risky(shopper: Shopper) -> bool:
    """Whether enough of somebody's orders were lost to say so.

    Args:
        shopper: Who.
    """
    return shopper.cancelled + shopper.returned >= _RISKY_ORDERS and shopper.lost_percent >= _RISKY_PERCENT


def _prefilled(trust: Trust | None, level: str) -> TrustForm:
    if trust is not None:
        return TrustForm(level=trust.level, skips=trust.skips, note=trust.note)
    return TrustForm(level=level or "bronze", skips=True, note="")
