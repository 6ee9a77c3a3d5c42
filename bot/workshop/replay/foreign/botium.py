"""BotiumScript: conversations as text (`.convo.txt`, with `.pconvo.txt` parts) or as YAML."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading, Turn, Value
from bot.workshop.replay.foreign.source import line_of, mappings, text_of, words, yaml_of
from handlers.transcripts.acts import typed

_SECTIONS = {"#me": "shopper", "#bot": "bot", "#begin": "tester", "#end": "tester", "#include": "include"}
_KNOWN = {
    *("PAUSE", "INCLUDE", "BUTTONS", "MEDIA", "CARDS", "FORMS", "ATTACHMENTS", "INTENT", "INTENT_CONFIDENCE"),
    *("INTENT_UNIQUE", "ENTITIES", "ENTITY_VALUES", "ENTITY_CONTENT", "TEXT", "TEXT_CONTAINS", "TEXT_CONTAINS_ANY"),
    *("TEXT_CONTAINS_ALL", "TEXT_EQUALS", "TEXT_REGEXP", "TEXT_REGEXP_IC", "TEXT_WILDCARD", "TEXT_WILDCARD_IC"),
    *("TEXT_IC", "TEXT_CONTAINS_IC", "TEXT_EQUALS_IC", "TEXT_WILDCARDEXACT", "RESPONSE_LENGTH", "JSON_PATH"),
    *("WAITFORBOT", "SKIP_BOT_UNCONSUMED", "SET_SCRIPTING_MEMORY", "CLEAR_SCRIPTING_MEMORY", "ASSIGN_SCRIPTING_MEMORY"),
    *(
        "BUTTON",
        "FORM",
        "UPDATE_CUSTOM",
        "USER_INPUT",
        "CONDITIONAL",
        "ORDERED_LIST_TO_BUTTON",
        "HASLINK",
        "LOGIC_HOOK",
    ),
    *("BUTTONS_COUNT", "BUTTONS_COUNT_REC", "MEDIA_COUNT", "MEDIA_COUNT_REC", "CARDS_COUNT", "CARDS_COUNT_REC"),
    *("CARD_TITLE", "CARD_TEXT", "CARD_BUTTONS", "CUSTOM", "BOT_CONSUMED", "REST", "HTTP", "SCRIPT"),
}
_WORD = re.compile(r"((?:OPTIONAL_)?(?:NOT_)?)(!?)([A-Z][A-Z_]+)(?:\s+(.*))?")
_VARIABLE = re.compile(r"\$(?:\{)?([A-Za-z]\w*)")
_HARMLESS = {"PAUSE", "INCLUDE", "BUTTONS", "BUTTON", "MEDIA"}

LOOSE = "Botium asks whether a reply contains a line, capitals ignored; a transcript compares all of it: stricter."

Parts = dict[str, list["_Section"]]


class _Section(msgspec.Struct):
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
    conversations = []
    for path in paths:
        if path.name.endswith((".pconvo.txt", ".utterances.txt")):
            continue
        name, sections = _sections(path)
        scene = _Scene(path, parts, wordings, notes)
        conversations.append(Conversation(name=name, turns=scene.turns(sections, ())))
    if not conversations:
        raise ForeignError(paths[0], 1, "A part or a list of wordings is no conversation: name a .convo.txt.")
    notes.insert(0, Note(paths[0], 1, LOOSE))
    return Reading(format="BotiumScript", conversations=conversations, notes=notes)


def _sections(path: Path) -> tuple[str, list[_Section]]:
    lines = text_of(path).split("\n")
    name, start = path.name.split(".")[0], 0
    if lines[0].strip() and lines[0].strip().split()[0].lower() not in _SECTIONS:
        name, start = lines[0].strip(), 1
    sections: list[_Section] = []
    for number, line in enumerate(lines[start:], start + 1):
        head = line.strip().split(maxsplit=1)
        if head and head[0].lower() in _SECTIONS:
            sections.append(_Section(number, _SECTIONS[head[0].lower()], []))
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


class _Scene:
    """One file being read, with what it may put in."""

    def __init__(self, path: Path, parts: Parts, wordings: dict[str, list[str]], notes: list[Note]) -> None:
        self.path = path
        self.parts = parts
        self.wordings = wordings
        self.notes = notes
        self.bound: set[str] = set()

    def turns(self, sections: list[_Section], inside: tuple[str, ...]) -> list[Turn]:
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

    def split(self, section: _Section) -> tuple[list[str], list[tuple[int, re.Match[str]]]]:
        """What a section says, and its lines that begin with a known word."""
        said, hooks = [], []
        for number, line in section.lines:
            match = _WORD.fullmatch(line.strip())
            if match and match[3] in _KNOWN:
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
        payload = _payload(turn.text)
        if payload is not None:
            turn.text, turn.value = None, payload
        for number, match in hooks:
            prefix, inverted, name, rest = match[1], match[2], match[3], (match[4] or "").strip()
            if name == "PAUSE" and rest.isdigit():
                turn.pause_ms = int(rest)
            elif name == "INCLUDE":
                includes.append(rest)
            elif name in {"BUTTONS", "BUTTON"} and not prefix and not inverted:
                titles = [each.strip() for each in rest.split("|") if each.strip()]
                if by == "shopper":
                    turn.button, turn.text = True, titles[0] if titles and not said else turn.text
                else:
                    turn.buttons += titles
            elif name == "MEDIA" and by == "shopper":
                turn.attachments = [*turn.attachments, rest.split("|")[0].strip()]
            elif name == "FORM" and by == "shopper":
                field, _, value = rest.partition("|")
                turn.form = "; ".join(part for part in (turn.form, f"{field.strip()}: {value.strip()}") if part)
            else:
                checks.append(check_words(prefix + ("NOT_" if inverted else ""), name, rest))
            if name == "FORM" and by == "shopper":
                self.say(number, "A form has no likeness on Messenger: kept as a remark.")
            elif name not in _HARMLESS:
                self.say(number, f"{match[0].strip()} cannot be carried over: kept as a remark, not compared.")
        self.name_variables(turn)
        if len(said) == 1 and said[0] in self.wordings:
            checks.append(f"any of: {' | '.join(self.wordings[said[0]])}")
            if by == "shopper" and self.wordings[said[0]]:
                turn.instead = typed(self.wordings[said[0]][0])
                self.say(line, f"{said[0]} has several wordings: the first is typed, the others stand in a remark.")
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
        found = list(dict.fromkeys(_VARIABLE.findall(turn.text or ""))) if isinstance(turn.text, str) else []
        turn.uses = [name for name in found if name in self.bound or turn.by != "bot"]
        turn.binds = [name for name in found if name not in turn.uses]
        self.bound.update(turn.binds)

    def say(self, line: int, text: str) -> None:
        self.notes.append(Note(self.path, line, text))


def _payload(text: object) -> Value:
    """What a text that is JSON holds; None where it is a text."""
    if not isinstance(text, str) or text[:1] not in ("{", "["):
        return None
    try:
        held: Value = json.loads(text)
    except ValueError:
        return None
    return held if isinstance(held, dict | list) else None


def check_words(prefix: str, name: str, rest: str) -> str:
    """A check in words."""
    optional = "optional: " if "OPTIONAL_" in prefix else ""
    negated = "not the " if "NOT_" in prefix else ""
    wanted = f'"{rest}"' if name.startswith("TEXT") else rest
    return f"{optional}{negated}{name.lower()} {wanted}".strip()


def read_yaml(path: Path) -> Reading:
    """The conversations of a YAML file.

    Raises:
        ForeignError: It holds none.
    """
    held = yaml_of(path, text_of(path))
    assert isinstance(held, Mapping)
    ignored = [
        f"utterances {name}: {', '.join(words(each) for each in said or ())}"
        for name, said in _entries(held.get("utterances"))
    ]
    ignored += [f"{name}: not part of a conversation" for name in held if name not in {"convos", "utterances"}]
    wordings = {name: [words(each) for each in said or ()] for name, said in _entries(held.get("utterances"))}
    notes: list[Note] = []
    conversations = []
    for convo in mappings(held.get("convos")):
        scene = _Scene(path, {}, wordings, notes)
        sections = [
            _Section(line_of(step), _SECTIONS.get(f"#{who}", ""), _step_lines(content, line_of(step)))
            for step in mappings(convo.get("steps"))
            for who, content in step.items()
        ]
        for section in sections:
            if not section.by:
                scene.say(section.line, "This step is neither me, bot, begin, end nor include: left out.")
        turns = scene.turns([section for section in sections if section.by], ())
        conversations.append(Conversation(name=words(convo.get("name")) or path.stem, turns=turns))
    if not conversations:
        raise ForeignError(path, 1, "There are no convos in it.")
    notes.insert(0, Note(path, 1, LOOSE))
    form = "JSON" if path.suffix.lower() == ".json" else "YAML"
    return Reading(format=f"BotiumScript in {form}", conversations=conversations, ignored=ignored, notes=notes)


def _entries(node: object) -> list[tuple[str, list[object]]]:
    if not isinstance(node, Mapping):
        return []
    return [(str(name), said if isinstance(said, list) else [said]) for name, said in node.items()]


def _step_lines(content: object, line: int) -> list[tuple[int, str]]:
    """A step of YAML as the lines that it would have in text."""
    lines: list[tuple[int, str]] = []
    for item in content if isinstance(content, list) else [content]:
        if isinstance(item, Mapping):
            for name, given in item.items():
                listed = given if isinstance(given, list) else [given]
                values = [next(iter(each.values()), "") if isinstance(each, Mapping) else each for each in listed]
                word = name.upper() if str(name).upper() in _KNOWN else name
                lines.append((line_of(item, line), f"{word} {'|'.join(words(each) for each in values)}".strip()))
        else:
            lines += [(line, each) for each in words(item).split("\n")]
    return lines
