"""Dialogflow CX test cases, exported as JSON."""

from pathlib import Path

from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading, Turn, Value
from bot.workshop.replay.foreign.source import json_of, text_of

BINARY = (
    "These are Dialogflow CX test cases as binary protocol buffers. Export them as JSON instead:"
    " dataFormat JSON in testCases:export."
)


def read(path: Path) -> Reading:
    """The conversations of a JSON export.

    Raises:
        ForeignError: It holds none.
    """
    held = json_of(path, text_of(path))
    cases = held.get("testCases", [held]) if isinstance(held, dict) else held
    notes: list[Note] = []
    conversations = [
        Conversation(name=str(case.get("displayName") or path.stem), turns=_turns(path, case, notes))
        for case in (cases if isinstance(cases, list) else [])
        if isinstance(case, dict)
    ]
    if not any(each.turns for each in conversations):
        raise ForeignError(path, 1, "There are no test cases with turns in it.")
    ignored = ["session parameters, page and intent ids"]
    return Reading(format="Dialogflow CX test cases", conversations=conversations, ignored=ignored, notes=notes)


def _turns(path: Path, case: dict[str, Value], notes: list[Note]) -> list[Turn]:
    turns: list[Turn] = []
    listed = case.get("testCaseConversationTurns")
    for step in listed if isinstance(listed, list) else []:
        given = _under(_under(step, "userInput"), "input")
        text, event, digits = _under(given, "text"), _under(given, "event"), _under(given, "dtmf")
        if text:
            turns.append(Turn(by="shopper", text=str(text.get("text") or "")))
        elif event:
            turns.append(Turn(by="shopper", event=str(event.get("event") or "")))
        else:
            turns.append(Turn(by="shopper", text=str(digits["digits"]) if digits.get("digits") else None))
            notes.append(Note(path, 1, "A turn of the shopper is neither text nor an event: see its name."))
        replies = _under(step, "virtualAgentOutput").get("textResponses")
        for reply in replies if isinstance(replies, list) else []:
            # The API writes the words themselves, an agent's own export a whole response around them.
            lines = _under(reply, "text").get("text") or (reply.get("text") if isinstance(reply, dict) else None)
            turns += [Turn(by="bot", text=str(line)) for line in (lines if isinstance(lines, list) else [])]
    return turns


def _under(node: Value, name: str) -> dict[str, Value]:
    found = node.get(name) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}
