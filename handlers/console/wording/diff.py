"""What changed between two saves, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import msgspec

from handlers.console.base.look import LANGUAGE_NAMES
from handlers.console.wording.forms import MATCH_NAMES
from repository.wording.canned_edits import CannedBody
from repository.wording.versions import Version
from repository.wording.wording_edits import WordsBody

_PIECE = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
_PIECES_MOST = 3000
_FIELDS = {
    "keyword": "Keyword",
    "language": "Language",
    "match_rule": "Answers when the message",
    "category": "Category",
    "tags": "Tags",
    "priority": "Priority",
    "is_active": "State",
}


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


def body_of(version: Version) -> CannedBody | WordsBody | None:
    """The reply as it was saved; None where that can no longer be read.

    Args:
        version: The save.
    """
    try:
        if version.kind == "canned":
            return msgspec.json.decode(version.body, type=CannedBody)
        return msgspec.json.decode(version.body, type=WordsBody)
    except msgspec.MsgspecError:
        return None


def compare(versions: list[Version]) -> Iterator[Compared]:
    """Each save beside the one before it; those that can no longer be read are left out.

    Args:
        versions: Newest first; the last is compared with nothing.
    """
    readable = [(version, body) for version in versions if (body := body_of(version))]
    for (newer, body), (_, was) in zip(readable, [*readable[1:], (None, None)], strict=False):
        words = words_changed(text_of(was) if was else text_of(body), text_of(body))
        yield Compared(newer, words, tuple(_fields(was, body)) if was else ())


def text_of(body: CannedBody | WordsBody) -> str:
    """What the reply says.

    Args:
        body: The reply.
    """
    return body.response if isinstance(body, CannedBody) else body.words


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


def _fields(was: CannedBody | WordsBody, became: CannedBody | WordsBody) -> Iterator[Change]:
    for field, name in _FIELDS.items():
        before, after = (_shown(field, getattr(body, field, "")) for body in (was, became))
        if before != after:
            yield Change(name, before, after)


def _shown(field: str, value: object) -> str:
    if field == "is_active":
        return "on" if value else "off"
    if field == "tags" and isinstance(value, tuple):
        return ", ".join(value) or "none"
    if field == "match_rule":
        return MATCH_NAMES.get(str(value), str(value))
    if field == "language":
        return LANGUAGE_NAMES.get(str(value), str(value))
    return str(value) or "none"
