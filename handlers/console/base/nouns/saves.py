"""The saves of what merchants edit, and what changed between two of them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Generic, TypeVar

import msgspec

from handlers.console.base.forms import Field, Form
from repository.database.connection import Connection
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
        changes: What else of it differs: theirs, and what stands in the form.
    """

    theirs: Version
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...] = ()


class Saves(Generic[Body]):
    """The saves of a noun, as pages show them.

    Args:
        noun: How they are kept.
        form: Its form, by which the history names what changed.
        words: The field that holds its words, which are compared word by word; empty where it has none.
    """

    def __init__(self, noun: Noun[Body], form: Form[msgspec.Struct], *, words: str) -> None:
        self._noun = noun
        self._form = form
        self._words = words

    async def recent(self, conn: Connection, subject_id: int) -> list[Compared]:
        """The last saves, for the page on which it is edited.

        Args:
            conn: An open connection.
            subject_id: Of which.
        """
        return list(self._compare(await self._noun.history(conn, subject_id, limit=_RECENT)))

    async def page(self, conn: Connection, subject_id: int, *, before: int) -> tuple[list[Compared], int]:
        """Some saves, and the number before which the page after them begins, 0 where there is none.

        Args:
            conn: An open connection.
            subject_id: Of which.
            before: Only those before this number; 0 begins with the newest.
        """
        saves = await self._noun.history(conn, subject_id, limit=_PAGE + 1, before=before)
        return list(self._compare(saves))[:_PAGE], saves[_PAGE - 1].id if len(saves) > _PAGE else 0

    def conflict(self, theirs: Version, typed: Body) -> Conflict:
        """What to show to somebody who came second.

        Args:
            theirs: What was saved meanwhile.
            typed: What this person wants it to be.
        """
        body = self._noun.read(theirs)
        pieces = words_changed(self._said_in(body) if body else "", self._said_in(typed))
        return Conflict(theirs, pieces, () if self._words or not body else tuple(self._changes(body, typed)))

    def _compare(self, saves: list[Version]) -> Iterator[Compared]:
        """Each save, newest first, beside the one before it; those that can no longer be read are left out."""
        readable = [(version, body) for version in saves if (body := self._noun.read(version))]
        for (newer, body), (_, was) in zip(readable, [*readable[1:], (None, None)], strict=False):
            words = words_changed(self._said_in(was or body), self._said_in(body))
            yield Compared(newer, words, tuple(self._changes(was, body)) if was else ())

    def _said_in(self, body: Body) -> str:
        return str(getattr(body, self._words)) if self._words else ""

    def _changes(self, was: Body, became: Body) -> Iterator[Change]:
        for name, (_, about) in self._form.fields.items():
            before, after = (_said(getattr(body, name), about) for body in (was, became))
            if name == self._words or getattr(was, name) == getattr(became, name):
                continue
            yield Change(about.in_history or about.label, before, after)
        if "is_active" not in self._form.fields:
            before, after = ("on" if getattr(body, "is_active", True) else "off" for body in (was, became))
            if before != after:
                yield Change("State", before, after)


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


def _said(value: object, about: Field) -> str:
    if about.hidden:
        return "a secret" if value else "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(about.choices.get(str(one), str(one)) for one in value) or "none"
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    said = about.choices.get(str(value), str(value)) or "none"
    return f"{said} {about.unit}" if about.unit else said
