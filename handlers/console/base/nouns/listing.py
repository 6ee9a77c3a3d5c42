"""The list of a screen: the rows of one noun or of several together, filters, and switching several at once."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Generic, TypeVar

import msgspec
from aiohttp import web
from msgspec.structs import astuple

from handlers.console.base import tables
from handlers.console.base.forms import Form
from handlers.console.base.visit import Notice, Visit
from repository.database.connection import Connection

Asked = TypeVar("Asked", bound=msgspec.Struct)
Facts = Mapping[str, object]
_PICKS_MOST = 200
_LETTERS = 160  # of a row's words


class Key(msgspec.Struct, frozen=True, array_like=True):
    """Where a row stands in a list: by how well it fits, then by noun, then by name and number.

    Attributes:
        tier: How well it fits a search, 0 best.
        part: The place of its noun among those of the list.
        name: What its noun is sorted by; empty where that is only the number.
        number: Which of those with the same name; its id, where it has one.
    """

    tier: int
    part: int
    name: str
    number: int

    def within(self, part: int) -> "Key":
        """The same place where only one noun's rows are.

        Args:
            part: The place of that noun.
        """
        return self if part == self.part else Key(self.tier + (part < self.part), part, "", 0)


class Badge(msgspec.Struct, frozen=True):
    """A word or two about the state of a row.

    Attributes:
        text: What.
        tone: "good", "bad" or "quiet", or empty.
    """

    text: str
    tone: str = ""


ON, OFF, BROKEN = Badge("on", "good"), Badge("off"), Badge("broken", "bad")
DRAFT = "draft"
"""The tag of what has a draft that is not in force."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list.

    Attributes:
        key: Where it stands; a `KnownPart` says so itself.
        pick: Which of its noun it is, when it is switched: "12", "cart.added:en".
        path: Where it is edited, below the console.
        name: What it is called.
        tags: What it belongs to.
        language: "en" or "fil"; empty where it has none.
        words: How it begins.
        badge: Its state.
        is_dim: Whether it is out of use.
        used: How often it was used; None where that is not counted.
        saved_at: When it was last saved.
        saved_by: By whom, or empty.
    """

    key: Key = Key(0, 0, "", 0)
    pick: str
    path: str
    name: str
    tags: tuple[str, ...] = ()
    language: str = ""
    words: str = ""
    badge: Badge = ON
    is_dim: bool = False
    used: int | None = None
    saved_at: datetime | None = None
    saved_by: str = ""

    @property
    def beginning(self) -> str:
        """Its words as far as a list shows them."""
        return " ".join(self.words.split())[:_LETTERS]


class Rows(msgspec.Struct, frozen=True):
    """The rows of one noun that fit.

    Attributes:
        total: How many.
        fetch: At most so many that come after a key, or before it, the nearest first, where the second argument is
            true; None begins at that end.
    """

    total: int
    fetch: Callable[[Key | None, bool, int], Awaitable[Sequence[Row]]]


def in_memory(rows: Iterable[Row]) -> Rows:
    """Rows that are all known.

    Args:
        rows: In any order.
    """
    ordered = sorted(rows, key=lambda row: astuple(row.key))

    async def fetch(key: Key | None, backwards: bool, limit: int) -> list[Row]:
        if key is None:
            fitting = ordered
        elif backwards:
            fitting = [row for row in ordered if astuple(row.key) < astuple(key)]
        else:
            fitting = [row for row in ordered if astuple(row.key) > astuple(key)]
        return (fitting[::-1] if backwards else fitting)[:limit]

    return Rows(len(ordered), fetch)


class Part(ABC, Generic[Asked]):
    """What one noun adds to a list.

    Attributes:
        kind: What stands before the colon where one is picked, such as "canned"; a filter `kind` with this value asks
            for this noun alone.
    """

    kind: str

    @abstractmethod
    async def rows(self, conn: Connection, visit: Visit, asked: Asked, part: int) -> Rows | None:
        """Its rows that fit; None where none can.

        Args:
            conn: An open connection.
            visit: Of the list.
            asked: What it shall hold.
            part: The noun's place in the list, for the keys.
        """

    @abstractmethod
    async def switch(self, conn: Connection, visit: Visit, picks: Sequence[str], *, is_active: bool) -> Sequence[str]:
        """Switch some on or off; which ones were the other way before.

        Args:
            conn: An open connection, inside a transaction.
            visit: Of who switches.
            picks: Which, as `Row.pick` calls them; a browser may send anything.
            is_active: Whether they shall be on.
        """


class NounList(Generic[Asked]):
    """A list.

    Args:
        parts: The nouns in it, in order.
        form: Its search, a field `q`, and its filters.
        path: Where it is, below the console; several are switched at "/switch" below it.
        template: Its page; it extends `list.html`.
        called: What a row is called, such as "reply".
        many: What several are.
        edits: The right to switch them.
        counts_use: Whether the list says how often each was used.
        views: The right to look at it; `noun_pages` needs it.
        facts: What its template shows besides.
        switches: Whether several can be switched on and off.
    """

    def __init__(
        self,
        *parts: Part[Asked],
        form: Form[Asked],
        path: str,
        template: str,
        called: str,
        many: str,
        edits: str,
        views: str = "",
        facts: Callable[[Connection], Awaitable[Facts]] | None = None,
        counts_use: bool = True,
        switches: bool = True,
    ) -> None:
        self.path = path
        self.called = called
        self.many = many
        self.edits = edits
        self.counts_use = counts_use
        self.switches = switches
        self.views = views
        self._parts = parts
        self._form = form
        self._template = template
        self._facts = facts

    async def show(self, visit: Visit) -> web.Response:
        """The page with the list."""
        asked, filled = self._form.asked(visit.request.query)
        place = tables.place_in(visit.request.query, Key)
        others = {part.kind for part in self._parts} - {filled.address.get("kind", "")}
        is_of_all = len(others) == len(self._parts)
        async with visit.shop.database.connection() as conn:
            parts = [
                await part.rows(conn, visit, asked, number)
                for number, part in enumerate(self._parts)
                if is_of_all or part.kind not in others
            ]
            shown = [part for part in parts if part and part.total]

            async def fetch(key: Key | None, backwards: bool, limit: int) -> list[Row]:
                rows = [row for part in shown for row in await part.fetch(key, backwards, limit)]
                # Those of each part are in order already, and sorting leaves equals as they are.
                return sorted(rows, key=lambda row: (row.key.tier, row.key.part), reverse=backwards)[:limit]

            total = sum(part.total for part in shown)
            listed = await tables.listed(
                place, total=total, fetch=fetch, key=lambda row: row.key, filters=filled.address
            )
            facts = await self._facts(conn) if self._facts else {}
        return await visit.page(self._template, status=200, list=self, found=listed, form=filled, **facts)

    def pick(self, row: Row) -> str:
        """What the form sends where a row is picked: its noun and which one it is.

        Args:
            row: A row of the list.
        """
        return f"{self._parts[row.key.part].kind}:{row.pick}"

    async def switch(self, visit: Visit) -> web.Response:
        """Switch the picked ones on or off."""
        picked = visit.several.get("pick", [])[:_PICKS_MOST]
        is_active = visit.form.get("to") == "on"

        async def work(conn: Connection) -> list[str]:
            changed: list[str] = []
            for part in self._parts:
                prefix = f"{part.kind}:"
                picks = [pick.removeprefix(prefix) for pick in picked if pick.startswith(prefix)]
                done = await part.switch(conn, visit, picks, is_active=is_active) if picks else ()
                changed += [prefix + one for one in done]
            return changed

        changed = await visit.write(work)
        query = visit.form.get("query", "")
        back = self.path + (f"?{query}" if query else "")
        if not changed:
            nothing = f"Nothing to switch: pick some {self.many} first."
            return visit.to(back, Notice("Those were that way already." if picked else nothing))
        word = "on" if is_active else "off"
        fields = [("to", "off" if is_active else "on"), ("query", query), *(("pick", one) for one in changed)]
        many = f"{len(changed)} {self.many} are" if len(changed) > 1 else f"1 {self.called} is"
        return visit.to(back, Notice(f"{many} {word} now.", undo=f"{self.path}/switch", fields=tuple(fields)))
