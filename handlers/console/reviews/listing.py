"""Reviews: those that wait first, searched and filtered; approved or refused, one or several at once."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base import tables
from handlers.console.base.forms import Field, Form
from handlers.console.base.visit import Notice, Visit, whole
from repository.aftersales import moderating
from repository.aftersales.moderating import ListedReview, Wanted
from repository.database.connection import Connection

HOME = "/reviews"
_PICKS_MOST = 200
_STATES: Mapping[str, str] = {"waiting": "Waiting", "approved": "Shown", "refused": "Hidden", "all": "All"}
_STARS: Mapping[str, str] = {"": "Any", **{str(stars): "⭐" * stars for stars in (5, 4, 3, 2, 1)}}
_PICTURES: Mapping[str, str] = {"": "With or without", "with": "With a picture"}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shall hold."""

    q: Annotated[str, Field(label="Search words, products, orders", most=100)] = ""
    state: Annotated[str, Field(label="State", choices=_STATES)] = "waiting"
    stars: Annotated[str, Field(label="Stars", choices=_STARS)] = ""
    pictures: Annotated[str, Field(label="Pictures", choices=_PICTURES)] = ""


_FORM = Form(Asked)


async def show(visit: Visit) -> web.Response:
    """The page with the list."""
    asked, filled = _FORM.asked(visit.request.query)
    place = tables.place_in(visit.request.query, int)
    wanted = Wanted(text=asked.q, state=asked.state, rating=whole(asked.stars), pictures=bool(asked.pictures))
    async with visit.shop.database.connection() as conn:

        async def fetch(key: int | None, backwards: bool, limit: int) -> list[ListedReview]:
            return await moderating.page(conn, wanted=wanted, limit=limit, before=key, backwards=backwards)

        total = await moderating.count(conn, wanted=wanted)
        listed = await tables.listed(place, total=total, fetch=fetch, key=lambda row: row.id, filters=filled.address)
    return await visit.page("reviews.html", found=listed, form=filled, home=HOME, state=asked.state)


async def decide(visit: Visit) -> web.Response:
    """Show the picked reviews to shoppers, or hide them."""
    picked = [whole(pick) for pick in visit.several.get("pick", [])[:_PICKS_MOST]]
    approved = visit.form.get("to") == "approve"
    query = visit.form.get("query", "")
    back = HOME + (f"?{query}" if query else "")

    async def work(conn: Connection) -> list[int]:
        return await moderating.decide(
            conn, review_ids=[pick for pick in picked if pick], approved=approved, by=visit.by
        )

    changed = await visit.write(work)
    if not changed:
        return visit.to(back, Notice("Those were that way already." if picked else "Pick some reviews first."))
    many = f"{len(changed)} reviews are" if len(changed) > 1 else "1 review is"
    word = "shown to shoppers now" if approved else "hidden now"
    fields = [("to", "refuse" if approved else "approve"), ("query", query), *(("pick", str(one)) for one in changed)]
    return visit.to(back, Notice(f"{many} {word}.", undo=f"{HOME}/decide", fields=tuple(fields)))
