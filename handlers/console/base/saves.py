"""The history of what merchants edit: what changed between two saves, and going back to an earlier one."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Generic, Protocol, TypeVar

import msgspec
from aiohttp import web

from handlers.console.base.forms import Form
from handlers.console.base.visit import Notice, Refused, Visit, whole
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale
from repository.staff import versions
from repository.staff.versions import Noun, Version

Body = TypeVar("Body", bound=msgspec.Struct)
_PAGE = 20
_RECENT = 6
_PIECE = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
_PIECES_MOST = 3000


class Piece(msgspec.Struct, frozen=True):
    """Some words, and whether they are the "same", were "added" or "removed"."""

    kind: str
    text: str


class Change(msgspec.Struct, frozen=True):
    """A field that changed, as it was and as it is."""

    field: str
    was: str
    became: str


class Compared(msgspec.Struct, frozen=True):
    """A save beside the one before it.

    Attributes:
        version: The save.
        words: What became of the words.
        changes: What else changed.
    """

    version: Version
    words: tuple[Piece, ...]
    changes: tuple[Change, ...]


class Conflict(msgspec.Struct, frozen=True):
    """What somebody else saved while a form was open.

    Attributes:
        theirs: Their save.
        pieces: How the words of the form differ from it.
    """

    theirs: Version
    pieces: tuple[Piece, ...]


class Restorable(Protocol):
    """Something that `restore` can bring back."""

    async def restore(self, conn: Connection, visit: Visit, version: Version) -> tuple[str, bool] | None:
        """Save it once more as it was: where it is edited, and whether anything changed. None for another noun's."""


class Edited(Generic[Body]):
    """A noun of the console, with its history.

    Args:
        noun: How its saves are kept.
        form: Its form, by which the history names what changed.
        called: What such a thing is called, such as "reply".
        restored_at: The address below which an earlier save is restored, such as "/replies/versions".
        words: The field that holds its words, which are compared word by word.
        path: Where it is edited, below the console, from its id and body.
        save: Saves it: connection, visit, id, body and the number of the save that it was opened at.
    """

    def __init__(
        self,
        noun: Noun[Body],
        form: Form[msgspec.Struct],
        *,
        called: str,
        restored_at: str,
        words: str,
        path: Callable[[int, Body], str],
        save: Callable[[Connection, Visit, int, Body, int], Awaitable[bool]],
    ) -> None:
        self._noun = noun
        self._form = form
        self._called = called
        self._restored_at = restored_at
        self._words = words
        self._path = path
        self._save = save

    async def recent(self, conn: Connection, subject_id: int) -> list[Compared]:
        """The last saves, for the page on which it is edited.

        Args:
            conn: An open connection.
            subject_id: Of which.
        """
        return list(self._compare(await self._noun.history(conn, subject_id, limit=_RECENT)))

    def conflict(self, theirs: Version, words: str) -> Conflict:
        """What to show to somebody who came second.

        Args:
            theirs: What was saved meanwhile.
            words: What this person has typed.
        """
        body = self._noun.read(theirs)
        return Conflict(theirs, words_changed(str(getattr(body, self._words)) if body else "", words))

    async def history(self, visit: Visit, subject_id: int, *, name: str, path: str) -> web.Response:
        """The page with every save.

        Args:
            visit: Of a GET; `before` in its address begins further back.
            subject_id: Of which.
            name: What it is called.
            path: Where it is edited, below the console.
        """
        before = whole(visit.request.query.get("before", ""))
        async with visit.shop.database.connection() as conn:
            saves = await self._noun.history(conn, subject_id, limit=_PAGE + 1, before=before)
            newest = await self._noun.latest(conn, subject_id)
        return await visit.page(
            "history.html",
            name=name,
            back=path,
            called=self._called,
            restored_at=self._restored_at,
            saves=list(self._compare(saves))[:_PAGE],
            more=saves[_PAGE - 1].id if len(saves) > _PAGE else 0,
            version=newest.id if newest else 0,
        )

    async def restore(self, conn: Connection, visit: Visit, version: Version) -> tuple[str, bool] | None:
        """See `Restorable`."""
        body = self._noun.read(version)
        if body is None:
            return None
        changed = await self._save(conn, visit, version.subject_id, body, visit.version())
        return self._path(version.subject_id, body), changed

    def _compare(self, saves: list[Version]) -> Iterator[Compared]:
        """Each save, newest first, beside the one before it; those that can no longer be read are left out."""
        readable = [(version, body) for version in saves if (body := self._noun.read(version))]
        for (newer, body), (_, was) in zip(readable, [*readable[1:], (None, None)], strict=False):
            words = words_changed(str(getattr(was or body, self._words)), str(getattr(body, self._words)))
            yield Compared(newer, words, tuple(self._changes(was, body)) if was else ())

    def _changes(self, was: Body, became: Body) -> Iterator[Change]:
        for name, (_, about) in self._form.fields.items():
            before, after = (_said(getattr(body, name), about.choices) for body in (was, became))
            if name != self._words and before != after:
                yield Change(about.in_history or about.label, before, after)
        if "is_active" not in self._form.fields:
            before, after = (_said(getattr(body, "is_active", True), {}) for body in (was, became))
            if before != after:
                yield Change("State", before, after)


async def restore(visit: Visit, nouns: Sequence[Restorable], *, back: str, called: str) -> web.Response:
    """Go back to the save in the address. What was saved since stays in the history.

    Args:
        visit: Of a POST, with the number of the last save when the page was opened.
        nouns: What the save can be of.
        back: Where to go on, below the console, where somebody else came first.
        called: What such a thing is called, such as "reply".
    """
    version_id = visit.number("id")

    async def work(conn: Connection) -> tuple[str, bool]:
        version = await versions.one(conn, version_id=version_id)
        for noun in nouns:
            if answer := await noun.restore(conn, visit, version):
                return answer
        raise NotFound(str(version_id))

    try:
        path, changed = await visit.write(work)
    except Stale as stale:
        text = f"{stale.saved_by} has changed that {called} meanwhile. Please look at it first."
        raise Refused(text, back) from None
    return visit.to(path, Notice("The earlier words are back." if changed else "It is the same as now."))


def words_changed(was: str, became: str) -> tuple[Piece, ...]:
    """What was taken out of a text and put into it, in order.

    Args:
        was: The earlier text.
        became: The later one.
    """
    old, new = _PIECE.findall(was)[:_PIECES_MOST], _PIECE.findall(became)[:_PIECES_MOST]
    pieces: list[Piece] = []
    for kind, start, end, from_, to in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if start < end:
            pieces.append(Piece("removed", "".join(old[start:end])))
        if from_ < to:
            pieces.append(Piece("added", "".join(new[from_:to])))
    return tuple(pieces)


def _said(value: object, choices: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "none"
    return choices.get(str(value), str(value)) or "none"
