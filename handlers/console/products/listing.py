"""The list of products: searched, filtered, priced and stocked in place, several put on sale or away at once."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from handlers.console.base import tables
from handlers.console.base.forms import Field, Form
from handlers.console.base.visit import Declined, Notice, Visit, whole
from repository.catalogue import product_edits, product_list, product_states, shelf_edits
from repository.catalogue.product_list import Listed, Wanted
from repository.catalogue.product_rows import STATES
from repository.database.connection import Connection
from repository.database.errors import NotFound, Unfit
from repository.stock import moving
from repository.stock.moving import Item

HOME = "/products"
_PICKS_MOST = 200
_MARKS: Mapping[str, str] = {
    "": "Everything",
    "no_picture": "No picture",
    "no_price": "No price",
    "low": "Low stock",
    "out": "Sold out",
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shall hold."""

    q: Annotated[str, Field(label="Search names, SKUs, brands, barcodes", most=100)] = ""
    state: Annotated[str, Field(label="State", choices={"": "All but archived", **STATES})] = ""
    mark: Annotated[str, Field(label="Only", choices=_MARKS)] = ""
    category: Annotated[str, Field(label="Category", most=10)] = ""
    brand: Annotated[str, Field(label="Brand", most=10)] = ""


class RowForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed into a row."""

    price: Annotated[Decimal, Field(label="Price", most=99_999_999)]
    left: Annotated[int, Field(label="Stock", most=moving.PIECES_MOST)]


_NOW = {
    "active": "on sale now",
    "inactive": "among the drafts now, which shoppers do not see",
    "coming_soon": "coming soon",
    "discontinued": "archived",
}
_ASKED = Form(Asked)
_ROW = Form(RowForm)


async def show(visit: Visit) -> web.Response:
    """The page with the list."""
    return await _page(visit, visit.request.query, {})


async def _page(visit: Visit, query: Mapping[str, str], wrong: Mapping[str, tuple[str, str]]) -> web.Response:
    """The list, with what was typed into some fields and why it cannot be."""
    asked, filled = _ASKED.asked(query)
    place = tables.place_in(query, int)
    wanted = Wanted(
        text=asked.q,
        category_id=whole(asked.category),
        brand_id=whole(asked.brand),
        state=asked.state,
        mark=asked.mark,
    )
    async with visit.shop.database.connection() as conn:

        async def fetch(key: int | None, backwards: bool, limit: int) -> list[Listed]:
            return await product_list.page(conn, wanted=wanted, limit=limit, before=key, backwards=backwards)

        found = await tables.turned(place, fetch=fetch, key=lambda row: row.id, filters=filled.address)
        shelves = await shelf_edits.tree(conn)
        brands = await shelf_edits.brands(conn)
        is_empty = not found.rows and not await product_list.are_there(conn)
    return await visit.page(
        "products.html",
        status=422 if wrong else 200,
        found=found,
        form=filled,
        home=HOME,
        shelves=shelves,
        brands=brands,
        states=STATES,
        wrong=wrong,
        is_empty=is_empty,
    )


async def save_rows(visit: Visit) -> web.Response:
    """Save the prices and stocks that were changed in the list, each by itself: one mistake holds up no other."""
    wrong: dict[str, tuple[str, str]] = {}
    saved = 0
    for name, text in visit.form.items():
        what, _, digits = name.partition("-")
        was = visit.form.get(f"was-{name}")
        product_id = whole(digits)
        if was is None or what not in ("price", "left") or not product_id or text.strip() == was:
            continue
        if what == "left" and not visit.may("stock.edit"):
            continue
        try:
            saved += await _save_one(visit, what, product_id, visit.field(name), was)
        except Unfit as unfit:
            wrong[name] = (text, unfit.sentence)
        except NotFound:
            wrong[name] = (text, "It has been deleted meanwhile.")
    if saved:
        visit.say(Notice("1 change is saved." if saved == 1 else f"{saved} changes are saved."))
    if wrong:
        return await _page(visit, dict(parse_qsl(visit.form.get("query", ""))), wrong)
    return visit.to(_back(visit), None if saved else Notice("Nothing was changed."))


async def _save_one(visit: Visit, what: str, product_id: int, text: str, was: str) -> bool:
    """Save a price or a stock. Whether it changed.

    Raises:
        Unfit: It cannot be that.
        NotFound: There is no such product.
    """
    typed, filled = _ROW.asked({what: text or "?"})
    before, _ = _ROW.asked({what: was})
    if filled.fields[what].wrong:
        raise Unfit(what, filled.fields[what].wrong)

    async def work(conn: Connection) -> bool:
        if what == "price":
            return await product_edits.set_price(
                conn, product_id=product_id, was=before.price, price=typed.price, by=visit.by
            )
        return await moving.set_left(conn, item=Item(product_id), left=typed.left, was=before.left, by=visit.by)

    return await visit.write(work)


async def switch(visit: Visit) -> web.Response:
    """Put the picked ones on sale, back to the drafts, or into the archive."""
    picked = [whole(pick) for pick in visit.several.get("pick", [])[:_PICKS_MOST]]
    to = visit.form.get("to", "")
    if to not in STATES:
        raise Declined("Pick what shall happen with them.", _back(visit))

    async def work(conn: Connection) -> Mapping[int, str]:
        return await product_states.switch(conn, product_ids=picked, status=to, by=visit.by)

    changed = await visit.write(work)
    if not changed:
        nothing = "Pick some products first."
        if picked:
            nothing = "Those were so already, or have no price yet: only what has a price goes on sale."
        return visit.to(_back(visit), Notice(nothing))
    left_out = len(set(picked)) - len(changed)
    many = f"{len(changed)} products are" if len(changed) > 1 else "1 product is"
    text = f"{many} {_NOW[to]}." + (f" {left_out} stayed as they were." if left_out and to == "active" else "")
    before = set(changed.values())
    if len(before) > 1:
        return visit.to(_back(visit), Notice(text))
    fields = [("to", before.pop()), ("query", visit.form.get("query", "")), *(("pick", str(one)) for one in changed)]
    return visit.to(_back(visit), Notice(text, undo=f"{HOME}/switch", fields=tuple(fields)))


def _back(visit: Visit) -> str:
    query = visit.form.get("query", "")
    return HOME + (f"?{query}" if query else "")
