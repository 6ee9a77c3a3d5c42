"""Canned replies in the list of everything the shop says."""

from collections.abc import Sequence

from handlers.console.base.nouns.listing import BROKEN, DRAFT, OFF, ON, Key, Part, Row, Rows
from handlers.console.base.visit import Visit
from handlers.console.wording.asked import ListForm
from repository.database.connection import Connection
from repository.wording import canned_edits, reply_list
from repository.wording.reply_list import ListedCanned, Place, Wanted


class CannedPart(Part[ListForm]):
    """Canned replies, read a page at a time."""

    kind = "canned"

    async def rows(self, conn: Connection, visit: Visit, asked: ListForm, part: int) -> Rows:
        """See `Part`."""
        filters = {name: getattr(asked, name) for name in ("state", "category", "language", "mark")}
        wanted = Wanted(text=asked.q, admin_id=visit.who.id, **filters)

        async def fetch(key: Key | None, backwards: bool, limit: int) -> list[Row]:
            at = key.within(part) if key else None
            place = Place(at.tier, at.name, at.number) if at else None
            rows = await reply_list.page(conn, wanted=wanted, limit=limit, place=place, backwards=backwards)
            return [_row(one, part) for one in rows]

        return Rows(await reply_list.count(conn, wanted=wanted), fetch)

    async def switch(self, conn: Connection, visit: Visit, picks: Sequence[str], *, is_active: bool) -> list[str]:
        """See `Part`."""
        ids = [int(pick) for pick in picks if pick.isascii() and pick.isdigit() and len(pick) < 11]
        changed = await canned_edits.switch(conn, reply_ids=ids, is_active=is_active, by=visit.by)
        return [str(reply_id) for reply_id in changed]


def _row(one: ListedCanned, part: int) -> Row:
    return Row(
        key=Key(one.tier, part, one.keyword, one.id),
        pick=str(one.id),
        path=f"/replies/canned/{one.id}",
        name=one.keyword,
        tags=(*((DRAFT,) if one.is_drafted else ()), *((one.category,) if one.category else ())),
        language=one.language,
        words=one.beginning,
        badge=BROKEN if one.is_broken else ON if one.is_active else OFF,
        is_dim=not one.is_active,
        used=one.usage_count,
        saved_at=one.saved_at,
        saved_by=one.saved_by,
    )
