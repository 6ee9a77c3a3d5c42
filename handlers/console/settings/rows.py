"""The pages of what merchants keep in a list of their own: couriers, reasons, accounts."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Generic

import msgspec

from handlers.console.base.forms import Field, Form
from handlers.console.base.nouns.editable import Body
from handlers.console.base.nouns.listing import OFF, ON, Badge, Key, NounList, Part, Row, in_memory
from handlers.console.base.nouns.listing import Rows as FittingRows
from handlers.console.base.nouns.maker import Maker
from handlers.console.base.visit import Declined, Visit
from repository.database.connection import Connection
from repository.settings.row import MustStay, OpenedRow
from repository.settings.rows import Rows
from repository.staff.by import By

Badges = Callable[[Connection], Awaitable[Mapping[int, Badge]]]


class ListForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of such a list."""

    q: Annotated[str, Field(label="Search", most=100)]
    state: Annotated[str, Field(label="State", choices={"": "On and off", "on": "On", "off": "Off"})]


class Shown(msgspec.Struct, frozen=True):
    """How a row of a list is told.

    Attributes:
        name: What it is called.
        words: What it says.
        tags: What it belongs to.
    """

    name: str
    words: str = ""
    tags: tuple[str, ...] = ()


class RowEditor(Maker[Body]):
    """The pages of one.

    Args:
        rows: Where they are kept.
        form: Its form.
        template: Its page.
        home: Its list, below the console.
        called: What such a thing is called.
        edits: The right to change it.
        views: The right to look at it, where the list's `noun_pages` make its pages.
        deletes: The right to delete it, where its page shows the kit's own button for that.
    """

    saved = "Saved. It holds from now on."
    last = "That is the last one that is on, and the shop cannot do without one."

    def __init__(
        self,
        rows: Rows[Body],
        form: Form[msgspec.Struct],
        *,
        template: str,
        home: str,
        called: str,
        edits: str = "settings",
        views: str = "",
        deletes: str = "",
    ) -> None:
        super().__init__(
            rows.noun,
            form,
            template=template,
            home=home,
            called=called,
            words="",
            edits=edits,
            views=views,
            deletes=deletes,
        )
        self.rows = rows

    async def opened(self, conn: Connection, visit: Visit) -> OpenedRow[Body] | None:
        is_new = "id" not in visit.request.match_info
        return None if is_new else await self.rows.opened(conn, visit.number("id"))

    async def make(self, conn: Connection, body: Body, by: By) -> int:
        return await self.rows.create(conn, body=body, by=by)

    async def write(self, conn: Connection, subject_id: int, body: Body, *, version: int, by: By, action: str) -> bool:
        try:
            return await self.rows.save(conn, subject_id=subject_id, body=body, version=version, by=by, action=action)
        except MustStay:
            raise Declined(self.last, self.path(subject_id, body)) from None

    async def remove(self, conn: Connection, subject_id: int, *, version: int, by: By) -> int:
        try:
            return await self.rows.delete(conn, subject_id=subject_id, version=version, by=by)
        except MustStay:
            raise Declined(self.last, self.home) from None

    async def take_back(self, conn: Connection, version_id: int, by: By) -> int:
        return await self.rows.bring_back(conn, version_id=version_id, by=by)

    def path(self, subject_id: int, _: Body) -> str:
        return f"{self.home}/{subject_id}"

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:  # noqa: ARG002  (what nouns show)
        return {}


class RowPart(Part[ListForm], Generic[Body]):
    """All of them, few as they are.

    Args:
        editor: Whose list it is.
        tell: How a row is told.
        badges: The state of each by its id, where that is more than on and off.
    """

    def __init__(
        self, editor: RowEditor[Body], tell: Callable[[Visit, Body], Shown], badges: Badges | None = None
    ) -> None:
        self._badges = badges
        self.kind = editor.noun.kind
        self._rows = editor.rows
        self._tell = tell
        self._path = editor.path
        self._last = editor.last
        self._home = editor.home

    async def rows(self, conn: Connection, visit: Visit, asked: ListForm, part: int) -> FittingRows:
        """See `Part`."""
        fitting = []
        badges = await self._badges(conn) if self._badges else {}
        for place, one in enumerate(await self._rows.listed(conn)):
            told = self._tell(visit, one.body)
            is_on = bool(getattr(one.body, "is_active", True))
            text = f"{told.name} {told.words} {' '.join(told.tags)}".casefold()
            if asked.state not in ("", "on" if is_on else "off") or asked.q.casefold() not in text:
                continue
            fitting.append(
                Row(
                    key=Key(0, part, "", place + 1),
                    pick=str(one.id),
                    path=self._path(one.id, one.body),
                    name=told.name,
                    tags=told.tags,
                    words=told.words,
                    badge=badges.get(one.id) or (ON if is_on else OFF),
                    is_dim=not is_on,
                    saved_at=one.saved_at,
                    saved_by=one.saved_by,
                )
            )
        return in_memory(fitting)

    async def switch(self, conn: Connection, visit: Visit, picks: Sequence[str], *, is_active: bool) -> list[str]:
        """See `Part`."""
        ids = [int(pick) for pick in picks if pick.isascii() and pick.isdigit() and len(pick) < 10]
        try:
            changed = await self._rows.switch(conn, ids=ids, is_active=is_active, by=visit.by)
        except MustStay:
            raise Declined(self._last, self._home) from None
        return [str(one) for one in changed]


def list_of(
    editor: RowEditor[Body],
    tell: Callable[[Visit, Body], Shown],
    *,
    template: str,
    many: str,
    facts: Callable[[Connection], Awaitable[Mapping[str, object]]] | None = None,
    switches: bool = True,
    badges: Badges | None = None,
) -> NounList[ListForm]:
    """The list of one noun: it stands where its editor says, and asks for the same rights.

    Args:
        editor: Whose list it is.
        tell: How a row is told.
        template: Its page.
        many: What several are called.
        facts: What its template shows besides.
        switches: Whether several can be switched on and off.
        badges: The state of each by its id, where that is more than on and off.
    """
    return NounList(
        RowPart(editor, tell, badges),
        form=Form(ListForm),
        path=editor.home,
        template=template,
        called=editor.called,
        many=many,
        views=editor.views,
        edits=editor.edits,
        facts=facts,
        counts_use=False,
        switches=switches,
    )
