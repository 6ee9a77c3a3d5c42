"""A message to many shoppers, as a merchant writes it; once it is sent nothing of it changes any more."""

import msgspec

from repository.database.connection import Connection
from repository.database.errors import Unfit
from repository.database.scalars import text
from repository.settings.row import MustStay
from repository.settings.rows import Rows
from repository.staff.by import By
from repository.staff.versions import Noun

TITLE_MOST = 100
WORDS_MOST = 1500
"""Characters of what shoppers read: it fits one message."""
_EMPTY = {"product": "''", "from_tier": "''", "bought": "''", "away_least": "0", "away_most": "0"}


class BroadcastBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a broadcast that a merchant decides.

    Attributes:
        title: What the merchant calls it.
        words: What shoppers read.
        product: The number (SKU) of the product whose card stands below it, or empty.
        from_tier: From which tier of shoppers on, empty for everybody.
        bought: The number (SKU) of a product, or the name of a category, of which they have bought; empty for anything.
        away_least: How many days ago their last order was at least; 0 where it does not matter.
        away_most: How many days ago it was at most; 0 where it does not matter.
        per_minute: Shoppers who are written to in a minute at most.
    """

    title: str = ""
    words: str = ""
    product: str = ""
    from_tier: str = ""
    bought: str = ""
    away_least: int = 0
    away_most: int = 0
    per_minute: int = 300


class _Broadcasts(Rows[BroadcastBody]):
    def __init__(self) -> None:
        noun = Noun(
            "broadcast", BroadcastBody, audited="broadcast", called=lambda _, body: body.title, many="broadcasts"
        )
        super().__init__(noun, "broadcasts", order="id DESC", empty=_EMPTY)

    async def create(self, conn: Connection, *, body: BroadcastBody, by: By) -> int:
        """See `Rows`.

        Raises:
            Unfit: A product or category that it names is not there.
        """
        return await super().create(conn, body=await _resolved(conn, body), by=by)

    async def save(
        self, conn: Connection, *, subject_id: int, body: BroadcastBody, version: int, by: By, action: str = "changed"
    ) -> bool:
        """See `Rows`.

        Raises:
            Unfit: A product or category that it names is not there.
            MustStay: It was sent, or is being sent.
        """
        await self._keep_what_was_sent(conn, subject_id)
        body = await _resolved(conn, body)
        return await super().save(conn, subject_id=subject_id, body=body, version=version, by=by, action=action)

    async def delete(self, conn: Connection, *, subject_id: int, version: int, by: By) -> int:
        """See `Rows`.

        Raises:
            MustStay: It was sent, or is being sent.
        """
        await self._keep_what_was_sent(conn, subject_id)
        return await super().delete(conn, subject_id=subject_id, version=version, by=by)

    async def _keep_what_was_sent(self, conn: Connection, subject_id: int) -> None:
        await self._lock(conn)
        status = await conn.value("SELECT status FROM broadcasts WHERE id = %(id)s FOR UPDATE", id=subject_id)
        if status not in (None, "draft"):
            raise MustStay(self.noun.kind)


BROADCASTS = _Broadcasts()


async def _resolved(conn: Connection, body: BroadcastBody) -> BroadcastBody:
    """The same with the product's number in place of its name.

    Raises:
        Unfit: It names nothing that is there.
    """
    if body.product:
        body = msgspec.structs.replace(body, product=await _sku(conn, "product", body.product))
    if body.bought and await _category(conn, body.bought) is None:
        body = msgspec.structs.replace(body, bought=await _sku(conn, "bought", body.bought))
    if body.away_most and body.away_most < body.away_least:
        raise Unfit("away_most", "That is fewer days than “at least”, so it would be nobody.")
    return body


async def _category(conn: Connection, name: str) -> object:
    return await conn.value("SELECT id FROM categories WHERE name = %(name)s LIMIT 1", name=name)


async def _sku(conn: Connection, field: str, named: str) -> str:
    found = await conn.value(
        "SELECT sku FROM products WHERE sku = %(named)s OR name = %(named)s ORDER BY sku = %(named)s DESC, id LIMIT 1",
        named=named,
    )
    if found is None:
        what = "product" if field == "product" else "product and no category"
        raise Unfit(field, f"There is no {what} that is called “{named}”.")
    return text(found)
