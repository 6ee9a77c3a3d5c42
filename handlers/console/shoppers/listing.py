"""The list of shoppers."""

from functools import partial
from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base import tables
from handlers.console.base.forms import Field, Form
from handlers.console.base.visit import Visit
from replies.environment import money
from repository.verification import people
from repository.verification.people import ListedShopper, Wanted

_MARKS = {
    "": "Everybody",
    "trusted": "Trusted",
    "blocked": "Blocked",
    "returns": "Cancel or send back",
    "dormant": "Dormant",
    "at_risk": "At risk",
}


class ListForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of the list."""

    q: Annotated[str, Field(label="Search names and phones", most=100)]
    mark: Annotated[str, Field(label="Only", choices=_MARKS)]


FORM = Form(ListForm)


async def show(visit: Visit) -> web.Response:
    """The page with the list."""
    asked, filled = FORM.asked(visit.request.query)
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
        wanted = Wanted(text=asked.q, mark=asked.mark, dormant_days=rules.dormant_days, at_risk_days=rules.at_risk_days)

        async def fetch(at: int | None, backwards: bool, limit: int) -> list[ListedShopper]:
            return await people.page(conn, wanted=wanted, limit=limit, at=at or 0, backwards=backwards)

        listed = await tables.listed(
            tables.place_in(visit.request.query, int),
            total=await people.count(conn, wanted=wanted),
            fetch=fetch,
            key=lambda one: one.id,
            filters=filled.address,
        )
    return await visit.page("shoppers.html", found=listed, form=filled, money=partial(money, currency=rules.currency))
