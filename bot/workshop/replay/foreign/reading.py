"""What a file of another tool says: its conversations, turn by turn, and what could not be carried over."""

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


class ForeignError(Exception):
    """A file cannot be read.

    Attributes:
        path: Which.
        line: On which line, from 1.
        reason: Why, and what to do.
    """

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class Turn(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One thing that somebody said or did.

    Attributes:
        by: `shopper`, `bot`, `tester`, or a name where the file does not say who is the shop.
        text: What was written; None where the file has no words for it, left out where nobody said anything.
        instead: What a transcript has in place of the text; not part of the reading.
        cards: The lines of each card as a transcript has them; not part of the reading.
        speaker: Which shopper, where several speak; not part of the reading.
        line: On which line of the file it begins, from 1; not part of the reading.
    """

    by: str
    text: str | UnsetType | None = UNSET
    typing: bool = False
    event: str = ""
    button: bool = False
    value: Value | UnsetType = UNSET
    attachments: list[str] = []
    attachment: str = ""
    layout: str = ""
    quick_replies: list[str] = []
    buttons: list[str] = []
    check: str | list[str] = ""
    assertions: list[Value] = []
    binds: list[str] = []
    uses: list[str] = []
    intent: str = ""
    entities: list[list[str]] = []
    slots: dict[str, Value] = {}
    action: str = ""
    form: str = ""
    variables: dict[str, Value] = {}
    pause_ms: int = 0
    delay_ms: int = 0
    at: str = ""
    at_ms: int = 0
    photos: int = 0
    sticker: bool = False
    share: str = ""
    reactions: list[str] = []
    instead: str = ""
    cards: list[list[str]] = []
    speaker: str = ""
    line: int = 1


class Conversation(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One test case, story or chat."""

    name: str
    shopper_name: str = ""
    bot_name: str = ""
    turns: list[Turn]


class Note(msgspec.Struct, frozen=True):
    """Something that is not carried over as it stands.

    Attributes:
        path: The file.
        line: Where, from 1.
        words: What it is, and what was done instead.
    """

    path: Path
    line: int
    words: str

    def shown(self) -> str:
        """The note for people."""
        return f"{self.path}, line {self.line}: {self.words}"


class Reading(msgspec.Struct, kw_only=True):
    """A file that was read.

    Attributes:
        format: What it is, for people.
        conversations: In the order of the file; two of one name stay two.
        ignored: What is in the file and is no turn, and how often.
        notes: What is not carried over as it stands.
    """

    format: str
    conversations: list[Conversation]
    ignored: list[str] = []
    notes: list[Note] = []


class Asked(msgspec.Struct, frozen=True):
    """What a file may leave open, and only a person can say.

    Attributes:
        shop: Whose messages are the shop's, in an export of a chat; empty where nobody said.
        dates: Whether the day or the month stands first; empty where nobody said.
    """

    shop: str = ""
    dates: Literal["", "day", "month"] = ""


def as_json(reading: Reading) -> bytes:
    """The reading for other programs: conversations, what was ignored, and notes with their lines."""
    plain = {
        "format": reading.format,
        "conversations": msgspec.to_builtins(reading.conversations),
        "ignored": reading.ignored,
        "notes": [note.shown() for note in reading.notes],
    }
    for conversation in plain["conversations"]:
        for turn in conversation["turns"]:
            turn.pop("line", None)
            for ours in ("instead", "cards", "speaker"):
                turn.pop(ours, None)
    return msgspec.json.format(msgspec.json.encode(plain), indent=1)
