"""Going back to an earlier save, of whichever noun it is."""

from typing import Protocol

from aiohttp import web

from handlers.console.base.visit import Declined, Notice, Visit
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale
from repository.staff import versions
from repository.staff.versions import Version


class Restorable(Protocol):
    """A noun whose earlier saves can come back."""

    async def restore(self, conn: Connection, visit: Visit, version: Version) -> tuple[str, bool] | None:
        """Save it once more as it was: where it is edited, and whether anything changed. None for another noun's."""


class Restoring:
    """The page that goes back to the save in the address. What was saved since stays in the history.

    Args:
        nouns: What the save can be of.
        back: Where to go on, below the console, where somebody else came first.
        called: What such a thing is called, such as "reply".
    """

    def __init__(self, *nouns: Restorable, back: str, called: str) -> None:
        self.nouns = nouns
        self._back = back
        self._called = called

    async def __call__(self, visit: Visit) -> web.Response:
        """Go back."""
        version_id = visit.number("id")

        async def work(conn: Connection) -> tuple[str, bool]:
            version = await versions.one(conn, version_id=version_id)
            for noun in self.nouns:
                if answer := await noun.restore(conn, visit, version):
                    return answer
            raise NotFound(str(version_id))

        try:
            path, changed = await visit.write(work)
        except Stale as stale:
            text = f"{stale.saved_by} has changed that {self._called} meanwhile. Please look at it first."
            raise Declined(text, self._back) from None
        return visit.to(path, Notice("The earlier words are back." if changed else "It is the same as now."))


restoring = Restoring
"""As a screen's table of pages calls it."""
