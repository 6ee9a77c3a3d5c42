"""Rasa: stories and their end-to-end form (3.x), and the test cases of Rasa Pro with assertions."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading, Turn, Value
from bot.workshop.replay.foreign.source import line_of, mappings, plain, text_of, words, yaml_of

_MARK = re.compile(r"\[([^\]\[]+)\](?:\(([^()]*)\)|(\{[^{}]*\})|\[(\{.*?\})\])")
_TAP = re.compile(r"/\w[\w-]*(?:\s*[({].*)?", re.DOTALL)
_NEWEST = (3, 99)


def read(path: Path) -> Reading:
    """The conversations of a file.

    Raises:
        ForeignError: It holds none, or is of a version that nobody knows yet.
    """
    held = yaml_of(path, text_of(path))
    assert isinstance(held, Mapping)
    version = words(held.get("version"))
    major = re.match(r"(\d+)", version)
    if major and int(major[1]) > _NEWEST[0]:
        raise ForeignError(path, 1, f"Version {version} of Rasa's format is newer than what can be read here (3.x).")
    if "test_cases" in held:
        return _cases(path, held)
    notes: list[Note] = []
    stories = [
        (name, story) for kind in held if kind in ("stories", "rules") for name, story in _named(held.get(kind), kind)
    ]
    conversations = [Conversation(name=name, turns=_story(path, story, notes)) for name, story in stories]
    for _, story in stories:
        if beside := [str(key) for key in story if key not in ("story", "rule", "steps", "metadata")]:
            notes.append(Note(path, line_of(story), f"{', '.join(beside)} cannot be carried over: left out."))
    if not conversations:
        raise ForeignError(path, 1, "There are neither stories nor test cases in it.")
    ignored = [f"{key}: not part of a conversation" for key in held if key not in {"version", "stories", "rules"}]
    form = " ".join(f"Rasa {version} end-to-end test stories".split())
    return Reading(format=form, conversations=conversations, ignored=ignored, notes=notes)


def _named(node: object, kind: str) -> list[tuple[str, Mapping[str, object]]]:
    key = "story" if kind == "stories" else "rule"
    return [(words(story.get(key)) or "(no name)", story) for story in mappings(node)]


def _story(path: Path, story: Mapping[str, object], notes: list[Note]) -> list[Turn]:
    turns: list[Turn] = []
    for given in mappings(story.get("steps")):
        line, step = line_of(given), _first(path, given, notes)
        if "user" in step or "intent" in step:
            turns.append(typed(step.get("user"), line))
            turns[-1].intent = words(step.get("intent"))
            told = {name for name, *_ in turns[-1].entities}
            turns[-1].entities += [each for each in _told(step.get("entities")) if each[0] not in told]
            if "user" not in step:
                notes.append(Note(path, line, f"Only the intent {turns[-1].intent!r}, no words: left without words."))
        elif step.get("action") == "...":
            notes.append(Note(path, line, "What may go before is not told (...): left out."))
        elif "action" in step:
            turns.append(Turn(by="bot", text=None, action=words(step["action"]), line=line))
        elif "bot" in step:
            turns.append(Turn(by="bot", text=words(step["bot"]).rstrip("\n"), line=line))
        elif "active_loop" in step:
            _form(turns, step["active_loop"])
        elif "slot_was_set" in step:
            slots = _slots(path, step["slot_was_set"])
            shopper = next((turn for turn in reversed(turns) if turn.by == "shopper"), None)
            if shopper is None:
                notes.append(Note(path, line, f"slot_was_set before anybody speaks: {', '.join(slots)} left out."))
            else:
                shopper.slots = {**shopper.slots, **slots}
        elif "checkpoint" not in step:
            notes.append(Note(path, line, f"{', '.join(map(str, step))} cannot be carried over: left out."))
        if "checkpoint" in step:
            named = words(step["checkpoint"])
            notes.append(Note(path, line, f"The checkpoint {named!r} joins stories, which stay apart here: left out."))
    return turns


def _told(node: object) -> list[list[str]]:
    """The entities that stand beside what was typed: a name, or a name with its value."""
    found: list[list[str]] = []
    for each in node if isinstance(node, list) else []:
        if isinstance(each, Mapping):
            found += [[str(name), words(value), words(value)] for name, value in each.items()]
        else:
            found.append([words(each), "", ""])
    return found


def _first(path: Path, step: Mapping[str, object], notes: list[Note]) -> Mapping[str, object]:
    """A step, or the first of those that may stand in its place."""
    others = list(mappings(step.get("or")))
    if not others:
        return step
    left = ", ".join(_shown(path, each) for each in others[1:])
    notes.append(Note(path, line_of(step), f"Of several that may stand here the first was taken; left out: {left}."))
    return others[0]


def _shown(path: Path, step: Mapping[str, object]) -> str:
    """A step in words."""
    if "slot_was_set" in step:
        return ", ".join(f"{name} = {value}" for name, value in _slots(path, step["slot_was_set"]).items())
    return words(step.get("user") or step.get("intent") or step.get("action"))


def typed(node: object, line: int) -> Turn:
    """A line of the shopper: what was typed, without the marks of entities.

    Args:
        node: The line; None where there is none.
        line: Where it stands.
    """
    if node is None:
        return Turn(by="shopper", text=None, line=line)
    marked = words(node).rstrip("\n")
    turn = Turn(by="shopper", text=marked, line=line)
    if _TAP.fullmatch(marked.strip()):
        turn.button = True
        return turn
    entities: list[list[str]] = []

    def unmark(match: re.Match[str]) -> str:
        for name, value in _meant(match):
            entities.append([name, match[1], value or match[1]])
        return match[1]

    turn.text = _MARK.sub(unmark, marked)
    turn.entities = entities
    return turn


def _meant(match: re.Match[str]) -> list[tuple[str, str]]:
    """The entities that a mark names, each with its value."""
    if match[2] is not None:
        name, _, value = match[2].partition(":")
        return [(name.strip(), value.strip())]
    try:
        held = json.loads(match[3] or f"[{match[4]}]")
    except ValueError:
        return [(match[3] or match[4], "")]
    found = held if isinstance(held, list) else [held]
    return [(words(each.get("entity")), words(each.get("value"))) for each in found if isinstance(each, dict)]


def _form(turns: list[Turn], name: object) -> None:
    bot = next((turn for turn in reversed(turns) if turn.by == "bot"), None)
    if bot is None:
        return
    if name is None:
        bot.form = bot.form.replace(" opens", " opens, then closes") if bot.form else "the form closes"
    else:
        bot.form = f"{words(name)} opens"


def _slots(path: Path, node: object) -> dict[str, Value]:
    slots: dict[str, Value] = {}
    for each in node if isinstance(node, list) else [node]:
        if isinstance(each, Mapping):
            slots.update({str(name): plain(path, value) for name, value in each.items()})
        else:
            slots[words(each)] = None
    return slots


def _cases(path: Path, held: Mapping[str, object]) -> Reading:
    notes: list[Note] = []
    conversations = []
    for case in mappings(held["test_cases"]):
        turns: list[Turn] = []
        for step in mappings(case.get("steps")):
            turns += _steps(path, step, notes)
        conversations.append(Conversation(name=words(case.get("test_case")) or "(no name)", turns=turns))
        marked = [case, *mappings(case.get("steps"))]
        if any(each.get("fixtures") or each.get("metadata") for each in marked):
            notes.append(Note(path, line_of(case), "Fixtures and metadata are not carried over: left out."))
    if not conversations:
        raise ForeignError(path, 1, "There are no test cases in it.")
    ignored = [f"{name}: not part of a conversation" for name in held if name != "test_cases"]
    return Reading(format="Rasa Pro end-to-end test", conversations=conversations, ignored=ignored, notes=notes)


def _steps(path: Path, step: Mapping[str, object], notes: list[Note]) -> list[Turn]:
    line = line_of(step)
    turns: list[Turn] = []
    if "user" in step:
        said = step["user"]  # sent as it stands: marks of entities are stories' only
        turns.append(Turn(by="shopper", text=None if said is None else words(said).rstrip("\n"), line=line))
        turns[-1].button = _TAP.fullmatch(words(said).strip()) is not None
    if "utter" in step:
        turns.append(Turn(by="bot", text=None, action=words(step["utter"]), line=line))
    if "bot" in step:
        turns.append(Turn(by="bot", text=words(step["bot"]).rstrip("\n"), line=line))
    checks: list[Value] = []
    for name in ("assertions", "slot_was_set", "slot_was_not_set"):
        if name in step:
            given = plain(path, step[name])
            checks += given if name == "assertions" and isinstance(given, list) else [{name: given}]
    if checks:
        if not turns or turns[-1].by != "bot":
            turns.append(Turn(by="bot", text=None, line=line))
        turns[-1].assertions = checks
        judged = [key for each in checks if isinstance(each, dict) for key in each if key.startswith("generative")]
        if judged:
            notes.append(Note(path, line, f"{', '.join(judged)}: a model judges it; kept as a remark, not compared."))
    known = {"user", "utter", "bot", "assertions", "slot_was_set", "slot_was_not_set", "metadata"}
    if unknown := [str(name) for name in step if name not in known]:
        notes.append(Note(path, line, f"{', '.join(unknown)} cannot be carried over: left out."))
    return turns
