"""What a statement makes, and whether it is meant for this server."""

import functools
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from repository.schema.base.splitter import Statement

Kind = Literal[
    "table", "sequence", "view", "trigger", "procedure", "function", "package", "package body", "event", "index"
]


class Item(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """An object of a database by its kind and name."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """Which server this is.

    Attributes:
        family: MariaDB or MySQL.
        version: Such as (10, 11, 19).
        text: What the server itself says.
    """

    family: Literal["MariaDB", "MySQL"]
    version: tuple[int, int, int]
    text: str

    @property
    def number(self) -> int:
        """The version as versioned comments write it: 101119 or 80040."""
        return self.version[0] * 10_000 + self.version[1] * 100 + self.version[2]


def read_server(text: str) -> Server:
    """The server behind what `SELECT VERSION()` answers.

    Args:
        text: Such as `10.11.19-MariaDB-0+deb12u1` or `8.4.3`.
    """
    numbers = re.search(r"(\d+)\.(\d+)\.(\d+)(?=-MariaDB)", text) or re.search(r"(\d+)\.(\d+)\.(\d+)", text)
    if numbers is None:
        raise ValueError(f"not a version of MariaDB or MySQL: {text}")
    family: Literal["MariaDB", "MySQL"] = "MariaDB" if "mariadb" in text.lower() else "MySQL"
    major, minor, patch = (int(number) for number in numbers.groups())
    return Server(family=family, version=(major, minor, patch), text=text)


_TOKEN = re.compile(
    r"""(?P<string>'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+"|`[^`]*+`)"""
    r"""|(?P<open>/\*(?P<maria>M?)!(?P<version>\d{5,6})?)|(?P<comment>/\*.*?\*/|\#[^\n]*|--(?=\s|\Z)[^\n]*)|(?P<close>\*/)"""
    r"""|(?P<space>\s+)|(?P<code>[^'"`/\#*\s-]++|.)""",
    re.DOTALL | re.VERBOSE,
)


def _applies(server: Server, maria: bool, version: int) -> bool:
    """Whether this server runs what stands in a versioned comment.

    MariaDB leaves out `/*!` with a version from 50700 to 99999, which are MySQL's: https://mariadb.com/kb/en/comment-syntax/
    """
    if server.family == "MySQL":
        return not maria and version <= server.number
    if not maria and 50_700 <= version <= 99_999:
        return False
    return version <= server.number


def _pieces(text: str, server: Server | None) -> Iterator[str]:
    applying = True
    for token in _TOKEN.finditer(text):
        if token["open"]:
            applying = server is None or _applies(server, bool(token["maria"]), int(token["version"] or 0))
            yield " "
        elif token["close"]:
            applying = True
            yield " "
        elif token["comment"] or token["space"]:
            yield " "
        elif applying:
            yield token.group()


@functools.lru_cache(maxsize=2048)
def code(text: str, server: Server | None = None) -> str:
    """The words of a statement: no comments, single spaces outside strings, versioned comments opened.

    Args:
        text: The statement.
        server: Leave out what this server does not run; None keeps the content of every versioned comment.

    Returns:
        The bare code; empty where nothing in it is for this server.
    """
    bare: list[str] = []
    for piece in _pieces(text, server):
        if piece != " ":
            bare.append(piece)
        elif bare and bare[-1] != " ":
            bare.append(" ")
    return "".join(bare).strip()


_NAME = r"(?:`(?P<{0}tick>(?:[^`]|``)+)`|\"(?P<{0}double>[^\"]+)\"|(?P<{0}bare>[\w$]+))"
_MADE = re.compile(
    r"(?P<verb>CREATE|DROP|ALTER)\s+(?:OR\s+REPLACE\s+)?(?:ALGORITHM\s*=\s*\w+\s+)?(?:DEFINER\s*=\s*\S+\s+)?"
    r"(?:SQL\s+SECURITY\s+\w+\s+)?(?:UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+|AGGREGATE\s+)?"
    r"(?P<kind>TABLE|SEQUENCE|VIEW|TRIGGER|PROCEDURE|FUNCTION|PACKAGE\s+BODY|PACKAGE|EVENT|INDEX)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?"
    rf"(?:{_NAME.format('q')}\s*\.\s*)?{_NAME.format('n')}",
    re.IGNORECASE,
)
_KINDS: dict[str, Kind] = {
    "table": "table",
    "sequence": "sequence",
    "view": "view",
    "trigger": "trigger",
    "procedure": "procedure",
    "function": "function",
    "package": "package",
    "package body": "package body",
    "event": "event",
    "index": "index",
}
REPEATABLE: frozenset[Kind] = frozenset(
    {"view", "trigger", "procedure", "function", "package", "package body", "event"}
)


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """That a statement creates, drops or alters an object."""

    verb: Literal["create", "drop", "alter"]
    item: Item


def act(text: str) -> Act | None:
    """What a statement does to which object, or None where it is about none of them."""
    match = _MADE.match(code(text[:2_000] if len(text) > 20_000 else text))
    if match is None:
        return None
    verb = match["verb"].lower()
    known = (match["ntick"] or "").replace("``", "`") or match["ndouble"] or match["nbare"]
    item = Item(kind=_KINDS[" ".join(match["kind"].lower().split())], name=known)
    if verb == "create":
        return Act(verb="create", item=item)
    return Act(verb="drop" if verb == "drop" else "alter", item=item)


_NAMES_DATABASE = re.compile(r"(?:CREATE\s+(?:DATABASE|SCHEMA)|USE)\b", re.IGNORECASE)


def names_database(statement: Statement) -> bool:
    """Whether a statement creates or chooses a database, which the loader does itself under the name it was given."""
    return _NAMES_DATABASE.match(code(statement.text[:500])) is not None
