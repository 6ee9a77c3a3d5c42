"""The pages on which a noun is drafted, published, and a draft thrown away."""

from abc import abstractmethod
from collections.abc import Mapping

from aiohttp import web

from handlers.console.base.nouns.editable import Body, Opened
from handlers.console.base.nouns.editor import Editor
from handlers.console.base.nouns.maker import Maker
from handlers.console.base.pages import Page
from handlers.console.base.visit import Declined, Notice, Visit
from repository.database.connection import Connection
from repository.database.errors import Stale
from repository.staff.by import By
from repository.staff.drafts import DraftedNoun


class Drafting(Editor[Body]):
    """A noun that can be written without being in force: "to" in its form says "draft"."""

    draft_saved = "The draft is kept. Shoppers hear it once you publish it."

    @property
    def pages(self) -> tuple[Page, ...]:
        """See `Editor`; and the one that throws a draft away."""
        return (*super().pages, Page("POST", f"{self.address}/discard", self.discard, self.edits))

    @abstractmethod
    async def write_draft(
        self, conn: Connection, subject_id: int, body: Body, *, version: int, by: By
    ) -> tuple[int, bool]:
        """Keep a draft; the id, which is new where it was 0, and whether anything changed."""

    @abstractmethod
    async def drop_draft(self, conn: Connection, one: Opened[Body], *, version: int, by: By) -> bool:
        """Throw a draft away; whether there was one."""

    async def begun(self, visit: Visit, one: Opened[Body]) -> Body:
        """The draft where there is one, unless what is published is asked for."""
        if "published" in visit.request.query:
            return one.body
        async with visit.shop.database.connection() as conn:
            return await self._drafts.draft(conn, one.id) or one.body

    async def stage(self, conn: Connection, visit: Visit, one: Opened[Body] | None) -> Mapping[str, object]:
        """Whether there is a draft, and whether the form shows what is published in its place."""
        draft = await self._drafts.draft(conn, one.id) if one else None
        shows_published = "published" in visit.request.query and visit.request.method == "GET"
        return {"draft": draft, "shows_published": draft is not None and shows_published, "can_draft": True}

    def told(self, visit: Visit, body: Body) -> str:
        """See `Editor`."""
        return self.draft_saved if visit.form.get("to") == "draft" else super().told(visit, body)

    async def save(self, visit: Visit) -> web.Response:
        """See `Editor`; a draft is kept, and nothing of it is in force."""
        return await self._draft(visit) if visit.form.get("to") == "draft" else await super().save(visit)

    async def create(self, visit: Visit) -> web.Response:
        """See `Maker`, where it is one; a draft is kept, and nothing of it is in force."""
        assert isinstance(self, Maker), f"{self.called}: merchants make none"
        return await self._draft(visit) if visit.form.get("to") == "draft" else await Maker.create(self, visit)

    async def discard(self, visit: Visit) -> web.Response:
        """Throw the draft away."""
        one = await self.there(visit)
        path = self.path(one.id, one.body)
        try:
            was_there = await visit.write(lambda conn: self.drop_draft(conn, one, version=visit.version(), by=visit.by))
        except Stale as stale:
            raise Declined(f"{stale.saved_by} has just changed this. Please look first.", path) from None
        text = "The draft is thrown away; the history has it still." if was_there else "There was no draft."
        return visit.to(path, Notice(text))

    async def _draft(self, visit: Visit) -> web.Response:
        one = await self.now(visit)

        async def write(conn: Connection, body: Body, version: int) -> tuple[int, bool]:
            return await self.write_draft(conn, one.id if one else 0, body, version=version, by=visit.by)

        return await self.stored(visit, one, write)

    @property
    def _drafts(self) -> DraftedNoun[Body]:
        assert isinstance(self.noun, DraftedNoun), f"{self.called}: its noun keeps no drafts"
        return self.noun
