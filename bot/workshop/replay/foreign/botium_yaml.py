"""BotiumScript as YAML or JSON: conversations, parts and wordings, in one file or in some that stand beside it."""

import re
from collections.abc import Mapping
from pathlib import Path

from bot.workshop.replay.foreign.botium import LOOSE, SECTIONS, Parts, Scene, Section
from bot.workshop.replay.foreign.botium_words import KNOWN
from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading
from bot.workshop.replay.foreign.source import line_of, mappings, text_of, words, yaml_of

_BESIDE = re.compile(r"(?:convos|utterances|partialConvos|scriptingMemory)$")
_OBJECTS = ("asserter", "logichook", "logicHook", "userinput", "userInput")


def only_explains(text: str) -> bool:
    """Whether a YAML text holds wordings or parts and no conversation: it is read with those beside it.

    Args:
        text: The file's.
    """
    keys = re.findall(r"^(\w+)\s*:", text, re.MULTILINE)
    return bool(keys) and "convos" not in keys and all(_BESIDE.match(key) for key in keys)


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
    known = {"convos", "utterances", "partialConvos"}
    ignored += [f"{name}: not part of a conversation" for name in held if name not in known]
    notes: list[Note] = []
    wordings: dict[str, list[str]] = {}
    parts: Parts = {}
    for each in (held, *_beside(path)):
        wordings |= {name: [words(one) for one in said or ()] for name, said in _entries(each.get("utterances"))}
        for part in mappings(each.get("partialConvos")):
            parts[words(part.get("name"))] = _sections(part)
    conversations = []
    for convo in mappings(held.get("convos")):
        scene = Scene(path, parts, wordings, notes)
        sections = _sections(convo)
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


def _beside(path: Path) -> list[Mapping[str, object]]:
    """What the files beside one explain: wordings and parts, where they hold nothing else."""
    found: list[Mapping[str, object]] = []
    for each in sorted(path.parent.glob("*.y*ml")):
        if each != path and only_explains(text := text_of(each)):
            held = yaml_of(each, text)
            found += [held] if isinstance(held, Mapping) else []
    return found


def _sections(convo: Mapping[str, object]) -> list[Section]:
    return [
        Section(line_of(step), SECTIONS.get(f"#{who}", ""), _step_lines(content, line_of(step)))
        for step in mappings(convo.get("steps"))
        for who, content in step.items()
    ]


def _entries(node: object) -> list[tuple[str, list[object]]]:
    if not isinstance(node, Mapping):
        return []
    return [(str(name), said if isinstance(said, list) else [said]) for name, said in node.items()]


def _step_lines(content: object, line: int) -> list[tuple[int, str]]:
    """A step of YAML as the lines that it would have in text."""
    lines: list[tuple[int, str]] = []
    for item in content if isinstance(content, list) else [content]:
        if isinstance(item, Mapping):
            if named := next((name for name in _OBJECTS if item.get(name)), ""):
                marks = ("?" if item.get("optional") is True else "") + ("!" if item.get("not") is True else "")
                given = {f"{marks}{words(item[named])}": item.get("args")}
            else:
                given = {str(name): held for name, held in item.items()}
            lines += [(line_of(item, line), _word(name, held)) for name, held in given.items()]
        else:
            lines += [(line, each) for each in words(item).split("\n")]
    return lines


def _word(name: str, given: object) -> str:
    """A word of a step with what it is given, as it stands in text."""
    listed = given if isinstance(given, list) else [given]
    values = [next(iter(each.values()), "") if isinstance(each, Mapping) else each for each in listed]
    bare = name.lstrip("?!")
    word = name.upper() if bare.upper() in KNOWN else name
    return f"{word} {'|'.join(words(each).replace('|', chr(92) + '|') for each in values)}".strip()
