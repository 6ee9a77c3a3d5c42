"""The scripts that the schema is made of, and where they are."""

import hashlib
import re
from pathlib import Path

import msgspec

from repository.schema.base.errors import SchemaError
from repository.schema.base.splitter import Statement, split
from repository.schema.base.statements import code

_CREATE_DATABASE = re.compile(r"CREATE DATABASE (?:IF NOT EXISTS )?\S+ (?P<options>.+)", re.IGNORECASE)

_UPGRADE = re.compile(r"\d{4}_[a-z0-9_]+\Z")

FOLDER = Path(__file__).resolve().parents[3] / "sql"
LEDGER = "quicksell_ledger_v2.sql"
CONTRACT = ("quicksell_complete_v2.sql", "quicksell_automation_v2.sql")
OURS = ("quicksell_guards_v2.sql", "quicksell_bot_v2.sql")


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """A script, cut into statements.

    Attributes:
        name: Its file name.
        checksum: SHA-256 of its text.
        statements: In order.
    """

    name: str
    checksum: str
    statements: tuple[Statement, ...]


def read(path: Path) -> Script:
    """The script in a file.

    Raises:
        ScriptError: It cannot be cut into statements.
    """
    text = path.read_text(encoding="utf-8")
    return Script(name=path.name, checksum=hashlib.sha256(text.encode()).hexdigest(), statements=split(text))


def all_scripts(folder: Path = FOLDER) -> tuple[Script, ...]:
    """Every script that a whole database is made of, in the order in which they are run.

    Args:
        folder: Where they are.

    Raises:
        FileNotFoundError: One of the two contract scripts, or the ledger's, is missing.
    """
    names = [LEDGER, *CONTRACT, *(name for name in OURS if (folder / name).exists())]
    return tuple(read(folder / name) for name in names)


def database_options(folder: Path = FOLDER) -> str:
    """The character set and collation with which the scripts create the database."""
    for statement in read(folder / LEDGER).statements:
        if match := _CREATE_DATABASE.match(code(statement.text)):
            return match["options"]
    return "CHARACTER SET utf8mb4"


def checksum(text: str) -> str:
    """SHA-256 of what a statement does: comments and spacing do not count."""
    return hashlib.sha256(code(text).encode()).hexdigest()


def checksum_of(scripts: tuple[Script, ...]) -> str:
    """SHA-256 of several scripts together."""
    return hashlib.sha256("".join(script.checksum for script in scripts).encode()).hexdigest()


def read_upgrades(folder: Path = FOLDER) -> tuple[Script, ...]:
    """The numbered upgrades in order.

    Raises:
        SchemaError: A file is misnamed, or two have the same number.
        ScriptError: One cannot be cut into statements.
    """
    paths = sorted((folder / "upgrades").glob("*.sql"))
    numbers: dict[str, str] = {}
    for path in paths:
        if not _UPGRADE.match(path.stem):
            raise SchemaError(f"{path.name} is no name of an upgrade.", "Name it like 0002_what_it_does.sql.")
        twin = numbers.setdefault(path.stem[:4], path.name)
        if twin != path.name:
            raise SchemaError(f"{twin} and {path.name} have the same number.", "Give the later one the next number.")
    return tuple(read(path) for path in paths)
