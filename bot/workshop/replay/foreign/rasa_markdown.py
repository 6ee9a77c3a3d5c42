"""Rasa's stories as they were written until 2020: Markdown, `## story`, `* intent` and `- action`."""

import json
import re
from pathlib import Path

from bot.workshop.replay.foreign.rasa import typed
from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading, Turn, Value
from bot.workshop.replay.foreign.source import text_of

_STORY = re.compile(r"##\s+(\S.*)")
_HEARD = re.compile(r"\*\s+(\S.*)")
_DONE = re.compile(r"\s*-\s+(\S.*)")
_INTENT = re.compile(r"([\w.+/-]+)\s*(\{.*?\})?(?:\s*:\s+(\S.*))?")
_EVENT = re.compile(r"(slot|form|reset_slots|restart|export|reminder|undo|rewind)\s*(\{.*\})?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def is_one(text: str) -> bool:
    """Whether a text is of this form: a story, and what is heard in it."""
    lines = text.split("\n")
    return any(_STORY.match(line) for line in lines) and any(_HEARD.match(line) for line in lines)


def read(path: Path) -> Reading:
    """The stories of a file.

    Raises:
        ForeignError: It holds none.
    """
    notes: list[Note] = []
    stories: list[Conversation] = []
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text_of(path))
    for number, line in enumerate(text.split("\n"), 1):
        if story := _STORY.match(line):
            stories.append(Conversation(name=story[1].strip(), turns=[]))
        elif not stories or not line.strip():
            continue
        elif heard := _HEARD.match(line):
            stories[-1].turns.append(_heard(path, number, heard[1], notes))
        elif done := _DONE.match(line):
            _do(path, number, done[1].strip(), stories[-1].turns, notes)
        elif line.lstrip().startswith(">"):
            notes.append(Note(path, number, f"The checkpoint {line.strip(' >')!r} cannot be carried over: left out."))
        else:
            notes.append(Note(path, number, f"{line.strip()!r} is no line of a story: left out."))
    if not stories:
        raise ForeignError(path, 1, "There are no stories in it: none begins with ##.")
    return Reading(format="Rasa stories in Markdown", conversations=stories, notes=notes)


def _heard(path: Path, number: int, said: str, notes: list[Note]) -> Turn:
    first, *others = re.split(r"\s+OR\s+", said)
    if others:
        left = ", ".join(others)
        notes.append(Note(path, number, f"Of several that may stand here the first was taken; left out: {left}."))
    match = _INTENT.fullmatch(first.strip())
    if match is None:
        return typed(first.strip(), number)
    turn = typed(match[3], number)
    turn.intent = match[1]
    if match[2] and isinstance(held := _json(match[2]), dict):
        turn.slots = held
    if not match[3]:
        notes.append(Note(path, number, f"Only the intent {turn.intent!r}, no words: left without words."))
    return turn


def _do(path: Path, number: int, what: str, turns: list[Turn], notes: list[Note]) -> None:
    match = _EVENT.fullmatch(what)
    held = _json(match[2]) if match and match[2] else None
    shopper = next((turn for turn in reversed(turns) if turn.by == "shopper"), None)
    if match and match[1] == "slot" and isinstance(held, dict) and shopper:
        shopper.slots = {**shopper.slots, **held}
    elif match and match[1] == "form" and isinstance(held, dict) and turns:
        name = held.get("name")
        turns[-1].form = f"{turns[-1].form}, then closes".strip(", ") if name is None else f"{name} opens"
    elif match:
        notes.append(Note(path, number, f"{what} cannot be carried over: left out."))
    else:
        turns.append(Turn(by="bot", text=None, action=what, line=number))


def _json(text: str) -> Value:
    try:
        held: Value = json.loads(text)
    except ValueError:
        return None
    return held
