"""voiceflow-cli: interactions with checks of what the agent answers."""

from collections.abc import Mapping
from pathlib import Path

from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading, Turn, Value
from bot.workshop.replay.foreign.source import line_of, mappings, plain, text_of, words, yaml_of


def read(path: Path) -> Reading:
    """The conversation of a file.

    Raises:
        ForeignError: It has a goal instead of turns.
    """
    held = yaml_of(path, text_of(path))
    assert isinstance(held, Mapping)
    notes: list[Note] = []
    turns: list[Turn] = []
    if "agent" in held and not held.get("interactions"):
        reason = "This test has a goal and no turns: a model plays the shopper, which cannot be repeated exactly."
        raise ForeignError(path, line_of(held["agent"]), reason)
    for interaction in mappings(held.get("interactions")):
        line = line_of(interaction)
        turns.append(_shopper(path, interaction, line, notes))
        checks = [_check(path, each, notes) for each in mappings(_under(interaction, "agent").get("validate"))]
        if checks:
            turns.append(Turn(by="bot", text=None, check=checks, line=line))
    if not turns:
        raise ForeignError(path, 1, "There are no interactions in it.")
    return Reading(
        format="voiceflow-cli test",
        conversations=[Conversation(name=words(held.get("name")) or path.stem, turns=turns)],
        notes=notes,
    )


def _shopper(path: Path, interaction: Mapping[str, object], line: int, notes: list[Note]) -> Turn:
    user = _under(interaction, "user")
    turn = Turn(by="shopper", line=line)
    variables = plain(path, interaction.get("variables"))
    turn.variables = variables if isinstance(variables, dict) else {}
    match words(user.get("type")):
        case "text":
            turn.text = words(user.get("text"))
        case "launch":
            turn.event = "launch"
        case "event":
            turn.event = words(user.get("event")) or words(user.get("value")) or "event"
        case "intent":
            turn.text, turn.intent = None, words(_under(user, "intent").get("name") or user.get("value"))
        case "button":
            turn.text, turn.button = words(user.get("value") or user.get("label")), True
        case kind:
            turn.text = None
            notes.append(Note(path, line, f"The shopper's turn {kind!r} cannot be carried over: left without words."))
    return turn


def _check(path: Path, check: Mapping[str, object], notes: list[Note]) -> str:
    kind, value = words(check.get("type")), words(check.get("value"))
    match kind:
        case "contains" | "equals":
            return f'{kind} "{value}"'
        case "similarity":
            config = _under(check, "similarityConfig")
            values = check.get("values")
            wanted = " or ".join(f'"{words(each)}"' for each in (values if isinstance(values, list) else [value]))
            notes.append(
                Note(path, line_of(check), "A similarity is judged by a model: kept as a remark, not compared.")
            )
            return (
                f"similarity >= {words(config.get('similarityThreshold'))} to {wanted}"
                " (a model judges: cannot be repeated exactly)"
            )
        case "variable":
            config = _under(check, "variableConfig")
            notes.append(Note(path, line_of(check), "A variable of the agent is not compared: kept as a remark."))
            at = f" at {words(config['jsonPath'])}" if config.get("jsonPath") else ""
            return f"variable {words(config.get('name'))}{at} = {_written(check.get('value'))}"
        case _:
            return f"{kind} {value}"


def _written(value: object) -> str:
    """A value, in quotes where it is a text that looks like a number."""
    text = words(value)
    return f'"{text}"' if isinstance(value, str) and text.replace(".", "", 1).isdigit() else text


def _under(node: Mapping[str, object], name: str) -> Mapping[str, Value]:
    found = node.get(name)
    return found if isinstance(found, Mapping) else {}
