"""The pages on which one of a noun is written, saved, switched, and looked back at."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec
from aiohttp import web

from handlers.console.base.forms import Filled
from handlers.console.base.nouns.editable import Body, Editable, Opened
from handlers.console.base.nouns.preview import bubbles
from handlers.console.base.nouns.saves import Conflict, Saves
from handlers.console.base.pages import Page
from handlers.console.base.storage import PREFIX
from handlers.console.base.visit import Declined, Notice, Visit, whole
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale, Taken, Unfit
from repository.staff.versions import SavedMeanwhile, Version


class Editor(Editable[Body]):
    """A noun with its pages; `noun_pages` puts them into a screen, or a screen lists those that it has itself."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of one, each with its right; those that a whole screen shares are in `noun_pages`."""
        assert self.views, f"{self.called}: say by `views` which right its pages need"
        return (
            Page("GET", self.address, self.show, self.views),
            Page("POST", self.address, self.save, self.edits, self.file_most),
            Page("POST", self.preview_path(self.address), self.preview, self.views),
            Page("GET", f"{self.address}/history", self.history, self.views),
            *([Page("POST", f"{self.address}/switch", self.switch, self.edits)] if self.can_be_switched else ()),
        )

    @property
    def can_be_switched(self) -> bool:
        """Whether it can be on or off."""
        return "is_active" in self.noun.body.__struct_fields__

    def preview_path(self, path: str) -> str:
        """Where the bubbles of what is typed on a page come from, below the console: below that page.

        Args:
            path: Of the page.
        """
        return f"{path}/preview"

    @property
    def saves(self) -> Saves[Body]:
        """Its saves, as pages show them."""
        return Saves(self.noun, self.form, words=self.words)

    async def show(self, visit: Visit) -> web.Response:
        """One in its form; an empty form where it is yet to be written."""
        one = await self.now(visit)
        body, version = (await self.begun(visit, one), one.version) if one else (self.blank(visit), 0)
        return await self.page(visit, one, self.form.of(body, version=version))

    async def begun(self, visit: Visit, one: Opened[Body]) -> Body:  # noqa: ARG002  (what nouns may ask)
        """What the form begins with: what is in force."""
        return one.body

    async def save(self, visit: Visit) -> web.Response:
        """Save what was typed, or show it again with what is wrong."""
        one = await self.now(visit)
        if visit.form.get("to") == "look":  # how those without JavaScript see what they type
            return await self.page(visit, one, (await self.read(visit))[1])

        async def write(conn: Connection, body: Body, version: int) -> tuple[int, bool]:
            subject_id = one.id if one else 0
            if one is None and body == self.blank(visit):
                return subject_id, False
            return subject_id, await self.write(conn, subject_id, body, version=version, by=visit.by, action="changed")

        return await self.stored(visit, one, write)

    async def switch(self, visit: Visit) -> web.Response:
        """Switch one on or off; `is_active` of its body."""
        one, is_active = await self.there(visit), visit.form.get("to") == "on"
        path, body = self.path(one.id, one.body), msgspec.structs.replace(one.body, is_active=is_active)
        action = "switched_on" if is_active else "switched_off"

        async def work(conn: Connection) -> int:
            await self.write(conn, one.id, body, version=visit.version(), by=visit.by, action=action)
            newest = await self.noun.latest(conn, one.id)
            return newest.id if newest else 0

        try:
            version = await visit.write(work)
        except Stale as stale:
            raise Declined(f"{stale.saved_by} has just changed this. Please look first.", path) from None
        fields = (("to", "off" if is_active else "on"), ("version", str(version)))
        text = self.switched_on if is_active else self.switched_off
        return visit.to(path, Notice(text, undo=f"{path}/switch", fields=fields))

    async def history(self, visit: Visit) -> web.Response:
        """Every save of one; `before` in the address begins further back."""
        one = await self.there(visit)
        async with visit.shop.database.connection() as conn:
            saves, more = await self.saves.page(conn, one.id, before=whole(visit.request.query.get("before", "")))
        return await visit.page(
            "history.html", editor=self, there=one, saves=saves, more=more, read_only=not visit.may(self.edits)
        )

    async def preview(self, visit: Visit) -> web.Response:
        """The bubbles of what is typed now."""
        _, filled = await self.read(visit)
        if self.words and "words" in visit.form:
            filled = filled.saying(self.words, visit.field("words"))
        return bubbles(visit, await self.looked(visit, filled))

    async def read(self, visit: Visit) -> tuple[msgspec.Struct, Filled]:
        """What was typed into the form; see `Form.read`."""
        return self.form.read(visit)

    async def restore(self, conn: Connection, visit: Visit, version: Version) -> tuple[str, bool] | None:
        """See `Restorable`."""
        body = self.noun.read(version)
        if body is None:
            return None
        subject_id = version.subject_id
        try:
            changed = await self.write(conn, subject_id, body, version=visit.version(), by=visit.by, action="restored")
        except Taken as taken:
            text = f"{self.called.capitalize()} {taken.subject_id} has that {self.label(taken)} now"
            raise Declined(f"{text}, so the earlier save cannot come back.", self.home) from None
        except Unfit as unfit:
            raise Declined(f"{unfit.sentence} So the earlier save cannot come back.", self.home) from None
        return self.path(subject_id, body), changed

    async def stored(
        self,
        visit: Visit,
        one: Opened[Body] | None,
        write: Callable[[Connection, Body, int], Awaitable[tuple[int, bool]]],
    ) -> web.Response:
        """Save what was typed, or show it again with what is wrong.

        Args:
            visit: Of a POST.
            one: What is saved; None where it is yet to be written.
            write: Saves a body opened at a version: the id, and whether anything changed.
        """
        typed, filled = await self.read(visit)
        body = msgspec.structs.replace(self.blank(visit), **{name: getattr(typed, name) for name in self.form.fields})
        if not filled.is_wrong:
            filled = filled.refused(**self.problems(visit, body))
        if filled.is_wrong:
            return await self.page(visit, one, filled, status=422)
        try:
            subject_id, changed = await visit.write(lambda conn: write(conn, body, filled.version))
        except Taken as taken:
            filled = filled.taken(taken.field, called=self.called, path=self.path(taken.subject_id, body))
            return await self.page(visit, one, filled, status=422)
        except Unfit as unfit:
            return await self.page(visit, one, filled.refused(**{unfit.field: unfit.sentence}), status=422)
        except SavedMeanwhile as stale:
            conflict = self.saves.conflict(stale.version, body)
            one = await self.now(visit)
            return await self.page(visit, one, filled.at(stale.version.id), conflict=conflict, status=409)
        nothing = "Nothing was changed." if one else self.nothing_new
        return visit.to(self.path(subject_id, body), Notice(self.told(visit, body) if changed else nothing))

    async def stage(
        self,
        conn: Connection,  # noqa: ARG002  (what nouns may ask)
        visit: Visit,  # noqa: ARG002
        one: Opened[Body] | None,  # noqa: ARG002
    ) -> Mapping[str, object]:
        """What its page shows of how far one is."""
        return {}

    def told(self, visit: Visit, body: Body) -> str:  # noqa: ARG002  (what nouns may ask)
        """What to say when a form was stored."""
        return self.said(body)

    async def now(self, visit: Visit) -> Opened[Body] | None:
        """The one in the address as it is now; None where it is yet to be written."""
        async with visit.shop.database.connection() as conn:
            return await self.opened(conn, visit)

    async def there(self, visit: Visit) -> Opened[Body]:
        """The one in the address, which must have been written.

        Raises:
            NotFound: It was not.
        """
        one = await self.now(visit)
        if one is None:
            raise NotFound(self.called)
        return one

    def label(self, taken: Taken) -> str:
        """What the form calls the field that another one has."""
        return self.form.fields[taken.field][1].label.lower()

    async def page(
        self,
        visit: Visit,
        one: Opened[Body] | None,
        filled: Filled,
        *,
        conflict: Conflict | None = None,
        status: int = 200,
    ) -> web.Response:
        """The page of one with its form.

        Args:
            visit: Of the page.
            one: What is edited; None where it is yet to be written.
            filled: What stands in the form.
            conflict: What somebody else has saved meanwhile.
            status: The HTTP status.
        """
        tried = await self.looked(visit, filled)
        async with visit.shop.database.connection() as conn:
            recent = await self.saves.recent(conn, one.id) if one else []
            facts = {**await self.stage(conn, visit, one), **await self.facts(conn, visit)}
        return await visit.page(
            self.template,
            status=status,
            editor=self,
            there=one,
            form=filled,
            recent=recent,
            conflict=conflict,
            tried=tried,
            preview=PREFIX + self.preview_path(visit.request.path.removeprefix(PREFIX)),
            read_only=not visit.may(self.edits),
            **facts,
        )
