"""The exact twin of a transcript: a line of JSON for each turn, with all that it depended on and all that it sent."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from handlers.transcripts.form import VERSION, TranscriptError
from replies.words import Wording

_LARGEST = 200_000_000


class Head(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="transcript", omit_defaults=True):
    """The first line.

    Attributes:
        version: Of the form.
        title: What the conversation is called.
        shopper: Whose it is.
        locale: The shopper's, as Facebook spells it.
        currency: ISO code of the shop's.
        words: What the merchant had reworded.
    """

    version: int
    title: str = ""
    shopper: str = ""
    locale: str = "en_US"
    currency: str = "PHP"
    words: tuple[Wording, ...] = ()


class TurnLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="turn", omit_defaults=True):
    """A turn.

    Attributes:
        did: What the shopper did, as it stands in the transcript.
        event: What Facebook told.
        before: The state before it.
        recording: `handlers/turns/turn.py: Recording`, as it was stored.
        after: The state after it.
        messages: What was sent, as the Send API takes it.
        who: Who did it; empty for the shopper of the head.
    """

    did: str
    event: msgspec.Raw
    before: msgspec.Raw
    recording: msgspec.Raw
    after: msgspec.Raw
    messages: tuple[msgspec.Raw, ...] = ()
    who: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="said"):
    """Something that the shop said by itself: a notice, or a person's words."""

    by: str
    message: msgspec.Raw


class End(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="end"):
    """The last line: so many turns stand above it."""

    turns: int


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation, exactly.

    Attributes:
        head: The first line.
        lines: What happened, in order.
        numbers: On which line of the file each stands, from 1.
    """

    head: Head
    lines: tuple[TurnLine | Said, ...]
    numbers: tuple[int, ...] = ()


_line = msgspec.json.Decoder(Head | TurnLine | Said | End)
_encode = msgspec.json.Encoder().encode


def encoded(head: Head, lines: Sequence[TurnLine | Said]) -> bytes:
    """A twin as the bytes of its file.

    Args:
        head: The first line.
        lines: What happened, in order.
    """
    turns = sum(isinstance(line, TurnLine) for line in lines)
    return b"".join(_encode(each) + b"\n" for each in (head, *lines, End(turns=turns)))


def read(path: Path) -> Twin:
    """The twin in a file.

    Raises:
        TranscriptError: It is none, was cut off, or is of a newer version; says on which line.
        OSError: It cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise TranscriptError(1, f"This is larger than {_LARGEST // 1_000_000} MB: cut it into several files.")
    return decoded(path.read_bytes())


def decoded(content: bytes) -> Twin:
    """The twin in some bytes.

    Args:
        content: A file's.

    Raises:
        TranscriptError: They hold none.
    """
    head: Head | None = None
    end: End | None = None
    found: list[tuple[int, TurnLine | Said]] = []
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            decoded_line = _line.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            cut = "The file was cut off: export it again. " if number == len(lines) and head else ""
            raise TranscriptError(number, f"{cut}This is no line of a recorded conversation: {error}.") from error
        if end is not None:
            raise TranscriptError(number, "This stands below the line that ends the file: take it away.")
        if isinstance(decoded_line, Head):
            head = _known(number, head, decoded_line)
        elif isinstance(decoded_line, End):
            end = decoded_line
        else:
            found.append((number, decoded_line))
    if head is None:
        raise TranscriptError(1, "The first line of a recorded conversation, its head, is missing: export it again.")
    turns = sum(isinstance(line, TurnLine) for _, line in found)
    if end is None or end.turns != turns:
        raise TranscriptError(len(lines) or 1, "The file was cut off: its last line is missing. Export it again.")
    return Twin(head=head, lines=tuple(line for _, line in found), numbers=tuple(number for number, _ in found))


def _known(number: int, before: Head | None, head: Head) -> Head:
    if before is not None:
        raise TranscriptError(number, "A second head stands in this file: keep one conversation in each.")
    if head.version > VERSION:
        raise TranscriptError(
            number,
            f"This is version {head.version} of the form; this program reads 1 to {VERSION}: use a newer QuickSell.",
        )
    return head
