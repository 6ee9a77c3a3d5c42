"""The words of BotiumScript: what begins a line that nobody says, what it is given, and what it means in words."""

import json
import re

from bot.workshop.replay.foreign.reading import Value

KNOWN = {
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
WORD = re.compile(r"(\??(?:OPTIONAL_)?)(!?(?:NOT_)?)([A-Z][A-Z_]+)(?:\s+(.*))?")
_VARIABLE = re.compile(r"\$(?:\{)?([A-Za-z]\w*)")
_MADE = re.compile(
    r"(?:now|date|time)(?:_[A-Z]{2,3})?|timestamp|year|month|day_of_(?:month|week)|random\d*|uniqid|func|env|cap"
    r"|projectname|testsessionname|testcasename"
)
"""Names behind $ for which Botium puts in something of its own."""
_SPLIT = re.compile(r"(?<!\\)\|")


def given(rest: str) -> list[str]:
    """What a word is given: parts between bars; a bar behind a backslash is one of the text."""
    return [part.replace("\\|", "|").strip() for part in _SPLIT.split(rest) if part.strip()]


def variables(text: str) -> list[str]:
    """The names of the variables in a text, without those that Botium makes itself."""
    return [name for name in dict.fromkeys(_VARIABLE.findall(text)) if not _MADE.fullmatch(name)]


def made(text: str) -> list[str]:
    """What Botium puts into a text itself, such as the time."""
    return [f"${name}" for name in dict.fromkeys(_VARIABLE.findall(text)) if _MADE.fullmatch(name)]


def payload(text: object) -> Value:
    """What a text that is JSON holds; None where it is a text."""
    if not isinstance(text, str) or text[:1] not in ("{", "["):
        return None
    try:
        held: Value = json.loads(text)
    except ValueError:
        return None
    return held if isinstance(held, dict | list) else None


def check_words(prefix: str, name: str, rest: str) -> str:
    """A check in words.

    Args:
        prefix: `?` or `OPTIONAL_`, `!` or `NOT_`, as they stand before it.
        name: Its word.
        rest: What it is given.
    """
    optional = "optional: " if "OPTIONAL_" in prefix or "?" in prefix else ""
    negated = "not the " if "NOT_" in prefix or "!" in prefix else ""
    wanted = f'"{rest}"' if name.startswith("TEXT") else rest
    return f"{optional}{negated}{name.lower()} {wanted}".strip()
