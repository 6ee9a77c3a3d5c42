"""Trust granted and taken back."""

from datetime import datetime

from aiohttp import web

from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.shoppers import shopper
from handlers.console.shoppers.shopper import TRUST
from repository.database.errors import Stale
from repository.verification import trust


async def grant(visit: Visit) -> web.Response:
    """Trust a shopper."""
    shopper_id = visit.number("id")
    typed, filled = TRUST.read(visit)
    if filled.is_wrong:
        return await shopper.show(visit, status=422, filled=filled)
    try:
        await visit.write(
            lambda conn: trust.grant(
                conn,
                shopper_id=shopper_id,
                level=typed.level,
                skips=typed.skips,
                note=typed.note,
                opened=_opened(visit),
                by=visit.by,
            )
        )
    except Stale as stale:
        raise _late(stale, shopper_id) from None
    how = "their next order needs no verification" if typed.skips else "their orders are verified as before"
    return visit.to(f"/shoppers/{shopper_id}", Notice(f"Trusted as {typed.level}: {how}."))


async def take_back(visit: Visit) -> web.Response:
    """Trust a shopper no more."""
    shopper_id = visit.number("id")
    try:
        was = await visit.write(
            lambda conn: trust.take_back(conn, shopper_id=shopper_id, opened=_opened(visit), by=visit.by)
        )
    except Stale as stale:
        raise _late(stale, shopper_id) from None
    said = "The trust is taken back." if was else "They were not trusted."
    return visit.to(f"/shoppers/{shopper_id}", Notice(said))


def _opened(visit: Visit) -> datetime | None:
    """The moment of the trust that the form was opened at."""
    try:
        at = datetime.fromisoformat(visit.field("opened"))
        at.astimezone(visit.shop.settings.offset)  # the first and the last day of all have no other zone
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else None


def _late(stale: Stale, shopper_id: int) -> Declined:
    said = f"{stale.saved_by} has changed this meanwhile. Please look, and do it again if you still want to."
    return Declined(said, f"/shoppers/{shopper_id}")
