"""The text of a file that a person hands over: decoded, its lines counted, and refused in words where it is none."""

import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.workshop.replay.foreign.reading import ForeignError, Value

MOST_BYTES = 20_000_000
MOST_VALUES = 200_000


def text_of(path: Path) -> str:
    """A file's text with LF as line ends, a byte order mark taken off.

    Raises:
        ForeignError: It is too large, binary, or neither UTF-8 nor marked UTF-16.
        OSError: It cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise ForeignError(path, 1, f"larger than {MOST_BYTES // 1_000_000} MB. Cut it into several files.")
    content = path.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding != "utf-16" and b"\0" in content:
        raise ForeignError(path, 1, "This is a binary file, not text. Export the conversations as text or JSON.")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ForeignError(path, line, "These bytes are not UTF-8. Save the file as UTF-8.") from error
    if not text.strip():
        raise ForeignError(path, 1, "The file is empty. Export it again.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def json_of(path: Path, text: str) -> Value:
    """What a JSON text holds.

    Raises:
        ForeignError: It is not JSON, or only its beginning.
    """
    try:
        value: Value = json.loads(text)
    except json.JSONDecodeError as error:
        cut = "The file ends too early: it was cut off. Export it again." if error.pos >= len(text.rstrip()) else ""
        raise ForeignError(path, error.lineno, cut or f"This is not JSON: {error.msg}.") from error
    except RecursionError as error:
        raise ForeignError(path, 1, "This JSON is nested too deeply to be a conversation.") from error
    return value


def lines_of_items(text: str) -> list[int]:
    """On which line each item of a JSON list begins."""
    decoder, place, lines = json.JSONDecoder(), text.index("[") + 1, list[int]()
    while True:
        while place < len(text) and text[place] in " \t\n,":
            place += 1
        if place >= len(text) or text[place] == "]":
            return lines
        lines.append(text.count("\n", 0, place) + 1)
        place = decoder.raw_decode(text, place)[1]


def yaml_of(path: Path, text: str) -> object:
    """What a YAML 1.2 text holds: `Yes` is a word in it. Mappings and lists know their lines, see `line_of`.

    Raises:
        ForeignError: It is not YAML.
    """
    loader = YAML(typ="rt", pure=True)
    loader.preserve_quotes = False
    try:
        return loader.load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ForeignError(path, line, f"This is not YAML: {error.problem or error.context}.") from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise ForeignError(path, 1, "This is not YAML that can be read. Save it as YAML 1.2, in UTF-8.") from error


def line_of(node: object, otherwise: int = 1) -> int:
    """On which line a mapping or a list of `yaml_of` begins, from 1."""
    if isinstance(node, CommentedMap | CommentedSeq) and node.lc.line is not None:
        return int(node.lc.line) + 1
    return otherwise


def plain(path: Path, node: object) -> Value:
    """What YAML or JSON holds, without its lines.

    Raises:
        ForeignError: It repeats itself without end.
    """
    left = [MOST_VALUES]
    return _plain(path, node, left, 0)


def _plain(path: Path, node: object, left: list[int], depth: int) -> Value:
    left[0] -= 1
    if left[0] < 0 or depth > 60:
        raise ForeignError(path, line_of(node), "This repeats itself without end. Write it out without & and *.")
    if isinstance(node, Mapping):
        return {str(key): _plain(path, value, left, depth + 1) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(path, value, left, depth + 1) for value in node]
    if node is None or isinstance(node, bool):
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return node.isoformat() if hasattr(node, "isoformat") else str(node)


def mappings(node: object) -> Iterator[Mapping[str, object]]:
    """The mappings in a list; nothing where it is none."""
    if isinstance(node, Sequence) and not isinstance(node, str):
        yield from (item for item in node if isinstance(item, Mapping))


def words(node: object) -> str:
    """A value of YAML or JSON as text, as it would be typed; empty where it is nothing."""
    if node is None:
        return ""
    if isinstance(node, bool):
        return "true" if node else "false"
    return str(node)
