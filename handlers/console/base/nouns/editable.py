"""What a noun of the console says of itself, so that it can be edited there."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar

import msgspec

from handlers.console.base.forms import Filled, Form
from handlers.console.base.nouns.preview import Tried
from handlers.console.base.visit import Visit
from repository.database.connection import Connection
from repository.staff.by import By
from repository.staff.versions import Noun

Body = TypeVar("Body", bound=msgspec.Struct)
Body_co = TypeVar("Body_co", bound=msgspec.Struct, covariant=True)
_VARIABLE = re.compile(r"\{(\w+)[^{}]*\}")


class Opened(Protocol[Body_co]):
    """One of a noun, open to be edited; its template may know more of it."""

    @property
    def id(self) -> int:
        """Which."""

    @property
    def body(self) -> Body_co:
        """What the merchant decides."""

    @property
    def version(self) -> int:
        """The number of its last save, 0 where there was none."""


class Editable(ABC, Generic[Body]):
    """A noun that can be edited in the console: how one is read, written and told of; `Editor` makes the pages.

    Args:
        noun: How its saves are kept.
        form: Its form: fields of the body by their names.
        template: Its page; it extends `editor.html`.
        home: The list that it is in, below the console, such as "/replies"; what was deleted is brought back by
            "/bring-back" below it, and an earlier save by "/versions/{id}/restore".
        called: What such a thing is called, such as "reply".
        words: The field with its words, which the preview shows and the history compares; empty where it is no one
            field: then the preview is of the whole form, and the history names each field that changed.
        edits: The right to change it.
        views: The right to look at it; `pages` needs it.
        deletes: The right to delete it, where that can be done; the form for it is shown to whoever has it.
        address: Where one is edited, as a page has it: its id, or fields of its body, in braces. By its id below the
            list where this is empty.
    """

    saved = "Saved."
    nothing_new = "Nothing was changed."
    switched_on = "It is on."
    switched_off = "It is off."
    file_most = 0
    """Bytes of a file that its form may hold; 0 where it holds none."""

    def __init__(
        self,
        noun: Noun[Body],
        form: Form[msgspec.Struct],
        *,
        template: str,
        home: str,
        called: str,
        words: str,
        edits: str,
        views: str = "",
        deletes: str = "",
        address: str = "",
    ) -> None:
        self.noun = noun
        self.form = form
        self.template = template
        self.home = home
        self.called = called
        self.words = words
        self.edits = edits
        self.views = views
        self.deletes = deletes
        self.address = address or rf"{home}/{{id:\d+}}"

    @abstractmethod
    async def opened(self, conn: Connection, visit: Visit) -> Opened[Body] | None:
        """The one in the address; None where it is yet to be written.

        Raises:
            NotFound: There can be none at that address.
        """

    @abstractmethod
    def blank(self, visit: Visit) -> Body:
        """What one begins with that is yet to be written. What the form does not ask is saved like this."""

    @abstractmethod
    async def write(self, conn: Connection, subject_id: int, body: Body, *, version: int, by: By, action: str) -> bool:
        """Save one; whether anything changed. See `Noun.change`."""

    def path(self, subject_id: int, body: Body) -> str:
        """Where it is edited, below the console."""
        return _VARIABLE.sub(lambda name: str(subject_id if name[1] == "id" else getattr(body, name[1])), self.address)

    @abstractmethod
    def title(self, body: Body) -> str:
        """What it is called on its own page."""

    async def tried(self, visit: Visit, words: str, language: str) -> Tried:  # noqa: ARG002  (what nouns may ask)
        """Some words as shoppers would see them; `language` is empty where the form does not ask for one."""
        return Tried(messages=())

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """A filled form as shoppers would see it; what has no field of `words` says this in the place of `tried`."""
        asked = filled.fields.get("language")
        return await self.tried(visit, filled.fields[self.words].text, asked.text if asked else "")

    def problems(self, visit: Visit, body: Body) -> Mapping[str, str]:  # noqa: ARG002  (what nouns may ask)
        """What is wrong with it that no single field can tell: a sentence by field."""
        return {}

    def said(self, body: Body) -> str:  # noqa: ARG002  (what nouns may ask)
        """What to say when it was saved."""
        return self.saved

    @abstractmethod
    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        """What its template shows besides."""
