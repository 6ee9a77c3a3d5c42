"""BotiumScript as text: conversations (`.convo.txt`), with the parts and the wordings that stand beside them."""

import re
from pathlib import Path

import msgspec

from bot.workshop.replay.foreign.botium_words import KNOWN, WORD, check_words, given, made, payload, variables
from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading, Turn
from bot.workshop.replay.foreign.source import text_of
from handlers.transcripts.acts import typed

SECTIONS = {"#me": "shopper", "#bot": "bot", "#begin": "tester", "#end": "tester", "#include": "include"}
_HARMLESS = {"PAUSE", "INCLUDE", "BUTTONS", "BUTTON", "MEDIA"}
"""Words that say nothing more where they are carried over as they stand."""
LOOSE = "Botium asks whether a reply contains a line, capitals ignored; a transcript compares all of it: stricter."

Parts = dict[str, list["Section"]]


class Section(msgspec.Struct):
    """What one side says or does, until the next mark.

    Attributes:
        line: Where it begins, from 1.
        by: `shopper`, `bot`, `tester` or `include`.
        lines: Its lines, each with where it stands.
    """

    line: int
    by: str
    lines: list[tuple[int, str]]


def read_text(paths: list[Path]) -> Reading:
    """The conversations of some `.convo.txt`, with the parts that stand beside them.

    Raises:
        ForeignError: One of them is none, or only parts were given.
    """
    parts: Parts = {}
    folders = dict.fromkeys(path.parent for path in paths)
    beside = [each for folder in folders for each in sorted(folder.glob("*.pconvo.txt"))]
    for path in dict.fromkeys([*beside, *(path for path in paths if path.name.endswith(".pconvo.txt"))]):
        name, sections = _sections(path)
        parts[name] = sections
    wordings = dict(_utterances(each) for folder in folders for each in sorted(folder.glob("*.utterances.txt")))
    notes: list[Note] = []
    memory: set[str] = set()
    for each in [each for folder in folders for each in sorted(folder.glob("*.scriptingmemory.txt"))]:
        named = set(variables(text_of(each).split("\n")[0]))
        memory |= named
        shown = ", ".join(f"${name}" for name in sorted(named))
        notes.append(Note(each, 1, f"Its values are not put in: {shown} stand in the conversations as they are."))
    conversations = []
    for path in paths:
        if path.name.endswith((".pconvo.txt", ".utterances.txt")):
            continue
        name, sections = _sections(path)
        scene = Scene(path, parts, wordings, notes, memory)
        conversations.append(Conversation(name=name, turns=scene.turns(sections, ())))
    if not conversations:
        raise ForeignError(paths[0], 1, "A part or a list of wordings is no conversation: name a .convo.txt.")
    notes.insert(0, Note(paths[0], 1, LOOSE))
    return Reading(format="BotiumScript", conversations=conversations, notes=notes)


def _sections(path: Path) -> tuple[str, list[Section]]:
    lines = text_of(path).split("\n")
    name, start = path.name.split(".")[0], 0
    if lines[0].strip() and lines[0].strip().split()[0].lower() not in SECTIONS:
        name, start = lines[0].strip(), 1
    sections: list[Section] = []
    for number, line in enumerate(lines[start:], start + 1):
        head = line.strip().split(maxsplit=1)
        if head and head[0].lower() in SECTIONS:
            sections.append(Section(number, SECTIONS[head[0].lower()], []))
            if len(head) > 1 and sections[-1].by == "include":
                sections[-1].lines.append((number, head[1]))
        elif sections:
            sections[-1].lines.append((number, line.rstrip()))
    if not any(section.by in {"shopper", "bot"} for section in sections):
        raise ForeignError(path, 1, "Nobody speaks: there is neither #me nor #bot.")
    return name, sections


def _utterances(path: Path) -> tuple[str, list[str]]:
    lines = [line.strip() for line in text_of(path).split("\n") if line.strip()]
    return lines[0], lines[1:]


class Scene:
    """One file being read.

    Args:
        path: Which.
        parts: What it may put in, by their names.
        wordings: Names that stand for any of several wordings.
        notes: What is told of it is added here.
        memory: Variables that have a value from the beginning.
    """

    def __init__(
        self,
        path: Path,
        parts: Parts,
        wordings: dict[str, list[str]],
        notes: list[Note],
        memory: set[str] | None = None,
    ) -> None:
        self.path = path
        self.parts = parts
        self.wordings = wordings
        self.notes = notes
        self.bound: set[str] = set(memory or ())

    def turns(self, sections: list[Section], inside: tuple[str, ...]) -> list[Turn]:
        """The turns of some sections, the parts put in."""
        turns: list[Turn] = []
        for section in sections:
            if section.by == "include":
                included = [text for _, text in section.lines if text.strip()]
                turns += self.included(section.line, included, inside)
                continue
            said, hooks = self.split(section)
            turn, names = self.turn(section.line, section.by, said, hooks)
            if section.by != "tester" or turn.pause_ms:
                turns.append(turn)
            elif said:
                self.say(section.line, f"{said[0]!r} stands in #begin or #end, which nobody says: it was not run.")
            turns += self.included(section.line, names, inside)
        return turns

    def included(self, line: int, names: list[str], inside: tuple[str, ...]) -> list[Turn]:
        turns: list[Turn] = []
        for each in names:
            name = each.split("|")[0].strip()
            if name in inside:
                self.say(line, f"The part {name!r} puts in itself: left out.")
            elif name not in self.parts:
                self.say(line, f"The part {name!r} is not beside this file: left out. Put its .pconvo.txt there.")
            else:
                turns += self.turns(self.parts[name], (*inside, name))
        return turns

    def split(self, section: Section) -> tuple[list[str], list[tuple[int, re.Match[str]]]]:
        """What a section says, and its lines that begin with a known word."""
        said, hooks = [], []
        for number, line in section.lines:
            match = WORD.fullmatch(line.strip())
            if match and match[3] in KNOWN:
                hooks.append((number, match))
            else:
                said.append(line.strip())
        while said and not said[-1]:
            said.pop()
        while said and not said[0]:
            said.pop(0)
        return said, hooks

    def turn(
        self, line: int, by: str, said: list[str], hooks: list[tuple[int, re.Match[str]]]
    ) -> tuple[Turn, list[str]]:
        """One turn, and which parts follow it."""
        turn = Turn(by=by, line=line)
        checks, includes = [], list[str]()
        if said or by != "tester":
            text, check = self.unmarked(by, "\n".join(said))
            turn.text = text if said else None
            checks += check
        if (data := payload(turn.text)) is not None:
            turn.text, turn.value = None, data
        for number, match in hooks:
            prefix, name, rest = match[1] + match[2], match[3], (match[4] or "").strip()
            if name == "PAUSE" and rest.isdigit():
                turn.pause_ms = int(rest)
            elif name == "INCLUDE":
                includes.append(rest)
            elif name in {"BUTTONS", "BUTTON"} and not prefix:
                titles = given(rest)
                if by == "shopper":  # what is sent, and what stands on the button where that is something else
                    turn.button, turn.text = True, titles[0] if titles and not said else turn.text
                    turn.instead = f"[{titles[-1]}]" if titles else ""
                else:
                    turn.buttons += titles
            elif name == "MEDIA" and by == "shopper":
                turn.attachments = [*turn.attachments, *given(rest)[:1]]
            elif name == "FORM" and by == "shopper":
                field, _, value = rest.partition("|")
                turn.form = "; ".join(part for part in (turn.form, f"{field.strip()}: {value.strip()}") if part)
            else:
                checks.append(check_words(prefix, name, rest))
            if name == "FORM" and by == "shopper":
                self.say(number, "A form has no likeness on Messenger: kept as a remark.")
            elif prefix or name not in _HARMLESS or (name == "MEDIA" and by == "bot"):
                self.say(number, f"{match[0].strip()} cannot be carried over: kept as a remark, not compared.")
        self.name_variables(turn)
        if len(said) == 1 and said[0] in self.wordings:
            checks.append(f"any of: {' | '.join(self.wordings[said[0]])}")
            first = next(iter(self.wordings[said[0]]), "")
            turn.instead = typed(first) if by == "shopper" else first
            done = "typed" if by == "shopper" else "expected"
            self.say(line, f"{said[0]} has several wordings: the first is {done}, the others stand in a remark.")
        turn.check = "; ".join(checks)
        return turn, includes

    def unmarked(self, by: str, text: str) -> tuple[str, list[str]]:
        """A bot's text without ? (may be absent) and ! (must not be this); doubled they are the mark itself."""
        if by != "bot":
            return text, []
        optional = text.startswith("?") and not text.startswith("??")
        text = text[1:] if optional or text.startswith("??") else text
        negated = text.startswith("!") and not text.startswith("!!")
        text = text[1:] if negated or text.startswith("!!") else text
        if optional and negated:
            return text, ["optional and negated: ?! = may be absent, must not be this"]
        if optional:
            return text, ["optional: ? = may be absent"]
        return text, ["negated: ! = must not be this"] if negated else []

    def name_variables(self, turn: Turn) -> None:
        found = variables(turn.text) if isinstance(turn.text, str) else []
        if own := made(turn.text) if isinstance(turn.text, str) else []:
            self.say(turn.line, f"Botium itself puts something in for {', '.join(own)}, which stays as it stands.")
        turn.uses = [name for name in found if name in self.bound or turn.by != "bot"]
        turn.binds = [name for name in found if name not in turn.uses]
        self.bound.update(turn.binds)

    def say(self, line: int, text: str) -> None:
        self.notes.append(Note(self.path, line, text))
