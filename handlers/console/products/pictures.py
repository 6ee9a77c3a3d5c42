"""The pictures of a product: sent from a phone or dragged here, put in order, taken away."""

from aiohttp import web

from handlers.console.base.uploads import TROUBLES, keep_picture
from handlers.console.base.visit import Declined, Notice, Visit, whole
from handlers.console.products.listing import HOME
from repository.catalogue import pictures
from repository.database.connection import Connection
from repository.database.errors import Unfit
from repository.files.pictures import NotKept


async def add(visit: Visit) -> web.Response:
    """Put the picture that was sent behind those that the product has."""
    product_id = visit.number("id")
    back = f"{HOME}/{product_id}"
    sent = visit.files.get("picture")
    if sent is None:
        raise Declined("Please choose a picture first.", back)
    try:
        url = await keep_picture(visit, sent)
    except NotKept as refused:
        raise Declined(TROUBLES[refused.trouble], back) from None

    async def work(conn: Connection) -> None:
        await pictures.add(conn, product_id=product_id, urls=(url,), by=visit.by)

    try:
        await visit.write(work)
    except Unfit as unfit:
        raise Declined(unfit.sentence, back) from None
    return visit.to(back, Notice("The picture is there."))


async def move(visit: Visit) -> web.Response:
    """Move a picture to another place."""
    product_id, picture_id = visit.number("id"), visit.number("picture")
    place = whole(visit.form.get("place", ""))

    async def work(conn: Connection) -> None:
        await pictures.move(conn, product_id=product_id, picture_id=picture_id, place=place, by=visit.by)

    await visit.write(work)
    return visit.to(f"{HOME}/{product_id}", Notice("The pictures are in their new order."))


async def remove(visit: Visit) -> web.Response:
    """Take a picture away."""
    product_id, picture_id = visit.number("id"), visit.number("picture")

    async def work(conn: Connection) -> None:
        await pictures.remove(conn, product_id=product_id, picture_id=picture_id, by=visit.by)

    await visit.write(work)
    return visit.to(f"{HOME}/{product_id}", Notice("The picture is taken away."))
