"""WhatsApp's export of a chat: a line for each message, its date written as the phone wrote it."""

import re
from pathlib import Path

from bot.workshop.replay.foreign.reading import Asked, Conversation, ForeignError, Note, Reading, Turn
from bot.workshop.replay.foreign.source import text_of

_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c\ufeff"))
_BLANKS = dict.fromkeys(map(ord, "\u202f\u00a0"), " ")
HEAD = re.compile(
    r"\[?(\d{1,4})[./-](\d{1,2})[./-](\d{2,4}),?\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([aApP]\.?\s?[mM]\.?)?"
    r"(?:\]\s*|\s+-\s+)(.*)",
    re.DOTALL,
)
_MEDIA = re.compile(
    r"<(?:Media omitted|attached: .*|.* omitted)>|.* \(file attached\)"
    r"|(?:image|video|audio|sticker|GIF|document) omitted",
    re.IGNORECASE,
)


def is_one(text: str) -> bool:
    """Whether a text begins as an export does.

    Args:
        text: The file's text.
    """
    return HEAD.fullmatch(text.lstrip().split("\n")[0].translate(_INVISIBLE).translate(_BLANKS)) is not None


def read(path: Path, asked: Asked) -> Reading:
    """The chat of a file.

    Raises:
        ForeignError: It is none, or nothing in it says whether the day or the month stands first.
    """
    items: list[tuple[int, re.Match[str], list[str]]] = []
    for number, line in enumerate(text_of(path).split("\n"), 1):
        match = HEAD.fullmatch(line.translate(_INVISIBLE).translate(_BLANKS))
        if match:
            items.append((number, match, [match[8]]))
        elif items:
            items[-1][2].append(line.translate(_INVISIBLE))
        elif line.strip():
            raise ForeignError(path, number, "A WhatsApp export begins with a date: this is something else.")
    day_first = _day_first(path, [match for _, match, _ in items], asked)
    turns: list[Turn] = []
    ignored: list[str] = []
    notes: list[Note] = []
    for number, match, lines in items:
        while len(lines) > 1 and not lines[-1].strip():
            lines.pop()
        sender, colon, first = lines[0].partition(":")
        if not colon:
            ignored.append(f"line {number}: a system line")
            continue
        text = "\n".join([first.removeprefix(" "), *lines[1:]])
        by = sender.strip() if not asked.shop else "bot" if sender.strip() == asked.shop else "shopper"
        turn = Turn(by=by, text=text, at=_when(match, day_first), line=number)
        if _MEDIA.fullmatch(text.strip()):
            turn.text, turn.attachments = None, [text.strip()]
            notes.append(Note(path, number, "The file that was sent is not in the export: only that it was sent."))
        turns.append(turn)
    if not turns:
        raise ForeignError(path, 1, "Nobody says anything in this chat.")
    if asked.shop and not any(turn.by == "bot" for turn in turns):
        raise ForeignError(path, 1, f"Nobody here is called {asked.shop!r}.")
    if not asked.shop:
        notes.append(Note(path, 1, "Nothing here says who is the shop: say it with --shop NAME."))
    chat = Conversation(name="WhatsApp", turns=turns)
    return Reading(format="WhatsApp chat export", conversations=[chat], ignored=ignored, notes=notes)


def _day_first(path: Path, heads: list[re.Match[str]], asked: Asked) -> bool:
    if asked.dates:
        return asked.dates == "day"
    if not heads or any(len(head[1]) == 4 for head in heads):
        return False
    if any(int(head[1]) > 12 for head in heads):
        return True
    if any(int(head[2]) > 12 for head in heads):
        return False
    reason = "Is 01/02 the first of February or the second of January? Say it with --dates day or --dates month."
    raise ForeignError(path, 1, reason)


def _when(head: re.Match[str], day_first: bool) -> str:
    """The time in ISO form, to the minute, or to the second where the phone wrote it."""
    first, second, third = int(head[1]), int(head[2]), int(head[3])
    if len(head[1]) == 4:
        year, month, day = first, second, third
    else:
        year, month, day = third, *((second, first) if day_first else (first, second))
    hour = int(head[4])
    if head[7]:
        hour = hour % 12 + (12 if head[7][0] in "pP" else 0)
    seconds = f":{head[6]}" if head[6] else ""
    return f"{year if year > 99 else 2000 + year:04}-{month:02}-{day:02}T{hour:02}:{head[5]}{seconds}"
