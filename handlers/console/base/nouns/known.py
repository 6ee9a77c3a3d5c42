"""A noun in a list of which there are so few that all are known: found, filtered and switched without a query of its
own."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

import msgspec

from handlers.console.base.nouns.editable import Body, Editable, Opened
from handlers.console.base.nouns.filters import Filters, fit
from handlers.console.base.nouns.listing import BROKEN, DRAFT, Key, Part, Row, Rows, in_memory
from handlers.console.base.visit import Visit
from repository.database.connection import Connection

Asked = TypeVar("Asked", bound=Filters)


class Known(msgspec.Struct, Generic[Body], frozen=True, kw_only=True):
    """One of a noun, as its list shows, finds and switches it.

    Attributes:
        row: Its row.
        saved: It, as it was saved; None where it never was, so that it cannot be switched.
        name: What a search finds it by first; what its row calls it where this is empty.
        said: Its words, for a search; those of its row where this is empty.
        category: Its heading.
    """

    row: Row
    saved: Opened[Body] | None
    name: str = ""
    said: str = ""
    category: str = ""

    def tier(self, asked: Filters, mine: frozenset[int] | None) -> int | None:
        """How well it fits, see `fit`; None where it does not, or where a filter keeps it out.

        Args:
            asked: What the list shall hold.
            mine: The ids of those that whoever looks has saved; None where that does not matter.
        """
        row = self.row
        is_let_through = (
            asked.category in ("", self.category)
            and asked.language in ("", row.language)
            and (not asked.state or row.is_dim == (asked.state == "off"))
            and (mine is None or (self.saved is not None and self.saved.id in mine))
            and (asked.mark != "broken" or row.badge == BROKEN)
            and (asked.mark != "unused" or row.used == 0)
            and (asked.mark != "draft" or DRAFT in row.tags)
        )
        if not is_let_through:
            return None
        return fit(asked.q, name=self.name or row.name, said=self.said or row.words, beside=self.category)


class KnownPart(Part[Asked], Generic[Asked, Body]):
    """A noun of which all are known, in a list.

    Args:
        editor: Its pages, which know how one is saved.
    """

    def __init__(self, editor: Editable[Body]) -> None:
        self.editor = editor

    @abstractmethod
    async def every(self, conn: Connection, visit: Visit) -> Iterable[Known[Body]]:
        """All of them, in the order of the list."""

    async def rows(self, conn: Connection, visit: Visit, asked: Asked, part: int) -> Rows | None:
        """See `Part`."""
        mine = await self.editor.noun.saved_by(conn, admin_id=visit.who.id) if asked.mark == "mine" else None
        rows = []
        for number, one in enumerate(await self.every(conn, visit)):
            tier = one.tier(asked, mine)
            if tier is not None:
                rows.append(msgspec.structs.replace(one.row, key=Key(tier, part, "", number)))
        return in_memory(rows)

    async def switch(self, conn: Connection, visit: Visit, picks: Sequence[str], *, is_active: bool) -> list[str]:
        """See `Part`; the body's `is_active`."""
        action = "switched_on" if is_active else "switched_off"
        changed = []
        for one in await self.every(conn, visit):
            if one.saved and one.row.pick in picks and one.row.is_dim == is_active:
                body = msgspec.structs.replace(one.saved.body, is_active=is_active)
                version = one.saved.version
                await self.editor.write(conn, one.saved.id, body, version=version, by=visit.by, action=action)
                changed.append(one.row.pick)
        return changed
