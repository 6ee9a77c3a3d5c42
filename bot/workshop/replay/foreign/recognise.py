"""Which tool wrote a file, and its reading."""

import re
from collections.abc import Mapping
from pathlib import Path

from bot.workshop.replay.foreign import (
    botframework,
    botium,
    botium_yaml,
    dialogflow,
    messenger,
    rasa,
    rasa_markdown,
    voiceflow,
    whatsapp,
)
from bot.workshop.replay.foreign.reading import Asked, ForeignError, Reading
from bot.workshop.replay.foreign.source import json_of, text_of, yaml_of

_BESIDE = {
    *(
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".heic",
        ".mp4",
        ".mov",
        ".mp3",
        ".m4a",
        ".aac",
        ".opus",
        ".ogg",
        ".wav",
    ),
    *(".pdf", ".vcf", ".css", ".js"),
}
"""What lies beside conversations in an export and holds none."""
KNOWN = (
    "Bot Framework (.transcript, .chat), BotiumScript (.convo.txt, YAML), Rasa (YAML, Markdown), voiceflow-cli (YAML),"
    " Dialogflow CX (JSON), a chat from Facebook (message_1.json) or from WhatsApp (.txt)"
)

PAGE = (
    "This is a page to look at, without exact times. Ask Facebook for the same download again, in the format JSON, and"
    " name its message_1.json."
)


def groups(path: Path) -> list[list[Path]]:
    """What belongs together of a file or a folder: parts with what includes them, the files of one chat.

    Args:
        path: A file or a folder.
    """
    if not path.is_dir():
        beside = sorted(each for each in path.parent.glob("message_*.json") if _is_chat(each)) if _is_chat(path) else []
        return [beside or [path]]  # a long chat is cut into several files
    files = sorted(
        each for each in path.rglob("*") if each.is_file() and not each.name.startswith(".") and _may_hold_one(each)
    )
    chats: dict[tuple[Path, str], list[Path]] = {}
    for each in files:
        if each.name.endswith((".pconvo.txt", ".utterances.txt", ".scriptingmemory.txt")):
            continue  # read with what includes it
        kind = "convo" if each.name.endswith(".convo.txt") else "chat" if _is_chat(each) else each.name
        chats.setdefault((each.parent, kind), []).append(each)
    return list(chats.values())


def read(paths: list[Path], asked: Asked) -> Reading:
    """The reading of what belongs together.

    Args:
        paths: See `groups`.
        asked: What the files leave open.

    Raises:
        ForeignError: It is of no known form, or broken.
        OSError: It cannot be read.
    """
    reading = _read(paths, asked)
    if not any(each.turns for each in reading.conversations):
        raise ForeignError(paths[0], 1, "Nobody says anything in this file: it holds no turns.")
    return reading


def _read(paths: list[Path], asked: Asked) -> Reading:
    path = paths[0]
    name = path.name.lower()
    if name.endswith((".convo.txt", ".pconvo.txt", ".utterances.txt")):
        return botium.read_text(paths)
    if name.endswith(".transcript"):
        return botframework.read_transcript(path)
    if name.endswith(".chat"):
        return botframework.read_chat(path)
    if name.endswith(".blob"):
        raise ForeignError(path, 1, dialogflow.BINARY)
    text = text_of(path)
    if name.endswith((".yml", ".yaml")):
        return _yaml(path, text)
    if name.endswith(".md"):
        return rasa_markdown.read(path)
    if name.endswith((".html", ".htm")):
        raise ForeignError(path, 1, PAGE)
    if whatsapp.is_one(text):
        return whatsapp.read(path, asked)
    if text.lstrip().startswith(("{", "[")):
        return _json(paths, text, asked)
    if any(line.strip().lower() in {"#me", "#bot"} for line in text.split("\n")):
        return botium.read_text(paths)
    raise ForeignError(path, 1, f"This text is of no form that can be read. Known are: {KNOWN}.")


def _yaml(path: Path, text: str) -> Reading:
    held = yaml_of(path, text)
    keys = set(held) if isinstance(held, Mapping) else set()
    if keys & {"convos", "utterances"}:
        return botium_yaml.read_yaml(path)
    if keys & {"stories", "rules", "test_cases"}:
        return rasa.read(path)
    if keys & {"interactions", "agent"}:
        return voiceflow.read(path)
    raise ForeignError(path, 1, f"This YAML is of no form that can be read. Known are: {KNOWN}.")


def _json(paths: list[Path], text: str, asked: Asked) -> Reading:
    held = json_of(paths[0], text)
    first = held[0] if isinstance(held, list) and held else held
    if isinstance(first, dict) and isinstance(first.get("messages"), list):
        return messenger.read(paths, asked)
    if isinstance(first, dict) and first.keys() & {"testCases", "testCaseConversationTurns"}:
        return dialogflow.read(paths[0])
    if isinstance(held, dict) and "convos" in held:
        return botium_yaml.read_yaml(paths[0])  # JSON is YAML
    if isinstance(first, dict) and first.keys() & {"type", "activities"}:
        return botframework.read_transcript(paths[0])
    raise ForeignError(paths[0], 1, f"This JSON is of no form that can be read. Known are: {KNOWN}.")


def _may_hold_one(path: Path) -> bool:
    """Whether a file of a folder may hold a conversation: what only explains others, or shows them, does not."""
    ending = path.suffix.lower()
    if ending in (".html", ".htm"):
        return re.fullmatch(r"message_\d+", path.stem) is not None
    if ending in (".md", ".yml", ".yaml"):
        try:
            text = text_of(path)
        except ForeignError:
            return ending != ".md"
        return rasa_markdown.is_one(text) if ending == ".md" else not botium_yaml.only_explains(text)
    return ending not in _BESIDE


def _is_chat(path: Path) -> bool:
    return re.fullmatch(r"message_\d+\.json", path.name) is not None
