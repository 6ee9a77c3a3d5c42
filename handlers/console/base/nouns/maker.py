"""The pages on which a noun is made, deleted and brought back."""

from abc import abstractmethod

from aiohttp import web

from handlers.console.base.nouns.editable import Body
from handlers.console.base.nouns.editor import Editor
from handlers.console.base.pages import Page
from handlers.console.base.visit import Declined, Notice, Visit
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale, Taken, Unfit
from repository.staff.by import By


class Maker(Editor[Body]):
    """A noun of which merchants make new ones, and delete them."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """See `Editor`; and those on which one is made, deleted and brought back."""
        assert self.deletes, f"{self.called}: say by `deletes` which right it needs"
        return (
            Page("GET", f"{self.home}/new", self.show, self.edits),
            Page("POST", f"{self.home}/new", self.create, self.edits, self.file_most),
            *super().pages,
            Page("POST", f"{self.address}/delete", self.delete, self.deletes),
            Page("POST", f"{self.home}/bring-back", self.bring_back, self.deletes),
        )

    def preview_path(self, path: str) -> str:  # noqa: ARG002  (one for all of them, those to be made too)
        """See `Editor`: below the list."""
        return f"{self.home}/preview"

    @abstractmethod
    async def make(self, conn: Connection, body: Body, by: By) -> int:
        """Make a new one; its id."""

    @abstractmethod
    async def remove(self, conn: Connection, subject_id: int, *, version: int, by: By) -> int:
        """Delete one; the number of the save that brings it back. See `Noun.delete`."""

    @abstractmethod
    async def take_back(self, conn: Connection, version_id: int, by: By) -> int:
        """Undo a deletion; the id. See `Noun.deleted`."""

    async def create(self, visit: Visit) -> web.Response:
        """Make a new one."""
        if visit.form.get("to") == "look":
            return await self.page(visit, None, (await self.read(visit))[1])

        async def write(conn: Connection, body: Body, _: int) -> tuple[int, bool]:
            return await self.make(conn, body, visit.by), True

        return await self.stored(visit, None, write)

    async def delete(self, visit: Visit) -> web.Response:
        """Delete one."""
        one = await self.there(visit)
        try:
            kept = await visit.write(lambda conn: self.remove(conn, one.id, version=visit.version(), by=visit.by))
        except Stale as stale:
            text = f"{stale.saved_by} has just changed this. Please look before you delete it."
            raise Declined(text, self.path(one.id, one.body)) from None
        return visit.to(self.home, Notice("Deleted.", undo=f"{self.home}/bring-back", fields=(("version", str(kept)),)))

    async def bring_back(self, visit: Visit) -> web.Response:
        """Undo a deletion."""

        async def work(conn: Connection) -> str:
            _, body = await self.noun.deleted(conn, visit.version())
            return self.path(await self.take_back(conn, visit.version(), visit.by), body)

        try:
            path = await visit.write(work)
        except Taken as taken:
            raise Declined(f"There is a {self.called} with that {self.label(taken)} already.", self.home) from None
        except Unfit as unfit:
            raise Declined(f"{unfit.sentence} So it cannot be brought back.", self.home) from None
        except NotFound:
            raise Declined("That cannot be brought back.", self.home) from None
        return visit.to(path, Notice("It is back."))
