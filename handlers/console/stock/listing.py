"""The list of stocks: what is low, what is held, how long it lasts; and counting what is on the shelf."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from handlers.console.base import tables
from handlers.console.base.forms import Field, Form
from handlers.console.base.visit import Notice, Visit, whole
from repository.catalogue import shelf_edits
from repository.database.connection import Connection
from repository.database.errors import NotFound, Unfit
from repository.stock import moving, standing
from repository.stock.moving import Item
from repository.stock.standing import Standing, Wanted

HOME = "/stock"
_STATES: Mapping[str, str] = {
    "": "Everything",
    "low": "Running low",
    "out": "Sold out",
    "held": "Reserved by orders",
    "fine": "Enough",
}
_COUNTING: Mapping[str, str] = {"": "Look", "on": "Count"}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shall hold."""

    q: Annotated[str, Field(label="Search names, SKUs, variants, barcodes", most=100)] = ""
    state: Annotated[str, Field(label="Only", choices=_STATES)] = ""
    category: Annotated[str, Field(label="Category", most=10)] = ""
    count: Annotated[str, Field(label="What to do", choices=_COUNTING)] = ""


class CountForm(msgspec.Struct, frozen=True, kw_only=True):
    """How many pieces were counted."""

    counted: Annotated[int, Field(label="Counted", most=moving.PIECES_MOST)]


_ASKED = Form(Asked)
_COUNTED = Form(CountForm)


async def show(visit: Visit) -> web.Response:
    """The page with the list."""
    return await _page(visit, visit.request.query, {})


async def _page(visit: Visit, query: Mapping[str, str], wrong: Mapping[str, tuple[str, str]]) -> web.Response:
    """The list, with what was typed into some fields and why it cannot be."""
    asked, filled = _ASKED.asked(query)
    place = tables.place_in(query, Item)
    wanted = Wanted(text=asked.q, state=asked.state, category_id=whole(asked.category))
    async with visit.shop.database.connection() as conn:

        async def fetch(key: Item | None, backwards: bool, limit: int) -> list[Standing]:
            return await standing.page(conn, wanted=wanted, limit=limit, place=key, backwards=backwards)

        found = await tables.turned(place, fetch=fetch, key=lambda row: row.item, filters=filled.address)
        shelves = await shelf_edits.tree(conn)
    return await visit.page(
        "stock.html",
        status=422 if wrong else 200,
        found=found,
        form=filled,
        home=HOME,
        shelves=shelves,
        counts=asked.count == "on" and visit.may("stock.edit"),
        wrong=wrong,
        days=standing.DAYS,
    )


async def count(visit: Visit) -> web.Response:
    """Save what was counted, each by itself, so that one mistake holds up no other."""
    wrong: dict[str, tuple[str, str]] = {}
    saved = same = 0
    for name, text in visit.form.items():
        if not name.startswith("counted-") or not text.strip():
            continue
        product, _, variant = name.removeprefix("counted-").partition("-")
        item = Item(whole(product), whole(variant))
        was = whole(visit.form.get(f"was-{name}", ""))
        typed, filled = _COUNTED.asked({"counted": text})
        if filled.fields["counted"].wrong:
            wrong[name] = (text, filled.fields["counted"].wrong)
            continue

        async def work(conn: Connection, item: Item = item, counted: int = typed.counted, was: int = was) -> None:
            await moving.count(conn, item=item, counted=counted, was=was, by=visit.by)

        try:
            await visit.write(work)
        except Unfit as unfit:
            wrong[name] = (text, unfit.sentence)
        except NotFound:
            wrong[name] = (text, "It has been deleted meanwhile.")
        else:
            saved, same = saved + 1, same + (typed.counted == was)
    if saved:
        visit.say(Notice(f"{saved} counted: {same} as expected, {saved - same} put right."))
    query = visit.form.get("query", "")
    if wrong:
        return await _page(visit, dict(parse_qsl(query)), wrong)
    return visit.to(f"{HOME}?{query}", None if saved else Notice("Nothing was counted: write what you find."))
