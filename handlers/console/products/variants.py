"""The variants of a product: made, changed and deleted on its page."""

import msgspec
from aiohttp import web

from bot.language.values import barcodes
from handlers.console.base.forms import Filled, Form
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.products.listing import HOME
from handlers.console.products.product import PRODUCT, StockForm
from handlers.console.products.variant_form import VARIANT, VariantForm, keep_typed
from repository.catalogue import product_rows, variant_edits
from repository.catalogue.variant_edits import VariantBody
from repository.database.connection import Connection
from repository.database.errors import Taken, Unfit
from repository.staff.versions import SavedMeanwhile

_STOCK = Form(StockForm)


async def make(visit: Visit) -> web.Response:
    """Make a variant."""
    product_id = visit.number("id")
    typed, filled = VARIANT.read(visit)
    stock, counted = _STOCK.read(visit)
    if counted.is_wrong:
        filled = filled.refused(value=f"Stock: {counted.fields['stock'].wrong}")

    async def work(conn: Connection) -> int:
        body = await _body(conn, product_id, msgspec.structs.replace(typed, is_available=True))
        return await variant_edits.create(conn, product_id=product_id, body=body, by=visit.by, stock=stock.stock)

    if filled.is_wrong:
        return await _again(visit, 0, filled)
    try:
        await visit.write(work)
    except Taken as taken:
        return await _again(visit, 0, filled.refused(**{taken.field: filled.fields[taken.field].about.taken}))
    except Unfit as unfit:
        return await _again(visit, 0, filled.refused(**{unfit.field: unfit.sentence}))
    return visit.to(f"{HOME}/{product_id}", Notice(f"{typed.value} is there."))


async def save(visit: Visit) -> web.Response:
    """Change a variant."""
    product_id, variant_id = visit.number("id"), visit.number("variant")
    typed, filled = VARIANT.read(visit)

    async def work(conn: Connection) -> bool:
        body = await _body(conn, product_id, typed)
        return await variant_edits.save(conn, variant_id=variant_id, body=body, version=visit.version(), by=visit.by)

    if filled.is_wrong:
        return await _again(visit, variant_id, filled)
    try:
        changed = await visit.write(work)
    except Taken as taken:
        return await _again(visit, variant_id, filled.refused(**{taken.field: filled.fields[taken.field].about.taken}))
    except Unfit as unfit:
        return await _again(visit, variant_id, filled.refused(**{unfit.field: unfit.sentence}))
    except SavedMeanwhile as stale:
        told = f"{stale.saved_by} has saved it meanwhile. Save once more to go over that."
        return await _again(visit, variant_id, filled.refused(value=told).at(stale.version.id))
    return visit.to(f"{HOME}/{product_id}", Notice("Saved." if changed else "Nothing was changed."))


async def delete(visit: Visit) -> web.Response:
    """Delete a variant, or let it be chosen no more where orders or carts name it."""
    product_id, variant_id = visit.number("id"), visit.number("variant")
    back = f"{HOME}/{product_id}"

    async def work(conn: Connection) -> bool:
        return await variant_edits.delete(conn, variant_id=variant_id, version=visit.version(), by=visit.by)

    try:
        is_gone = await visit.write(work)
    except SavedMeanwhile as stale:
        raise Declined(f"{stale.saved_by} has just changed it. Please look before you delete it.", back) from None
    kept = "It can no longer be chosen. It stays here, since orders, carts or the history of its stock name it."
    return visit.to(back, Notice("Deleted." if is_gone else kept))


async def _body(conn: Connection, product_id: int, typed: VariantForm) -> VariantBody:
    """A variant as it is kept: with what it costs more than its product."""
    base = (await product_rows.there(conn, product_id, lock=True)).price
    return VariantBody(
        name=typed.name,
        value=typed.value,
        sku_suffix=typed.sku_suffix,
        price_adjustment=typed.price - base,
        is_available=typed.is_available,
        barcode=barcodes.tidy(typed.barcode),
    )


async def _again(visit: Visit, variant_id: int, filled: Filled) -> web.Response:
    keep_typed(visit, variant_id, filled)
    return await PRODUCT.again(visit)
