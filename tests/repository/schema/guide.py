"""The public guide's statements, and a person who types them into the plain client."""

import re
import select
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from xml.etree import ElementTree

import msgspec

from bot.base.settings import DatabaseSettings
from repository.schema.base.splitter import Statement, split

ROOT = Path(__file__).resolve().parents[3]
OUR_LIST = ROOT / "docs" / "guide.sql"


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """The statements below one heading.

    Attributes:
        heading: The heading's words.
        statements: In order.
    """

    heading: str
    statements: tuple[str, ...]


def public_text() -> Path | None:
    """The public text where it lies beside the project, looked for upwards; None where it does not."""
    for folder in ROOT.parents:
        found = folder / "shared" / "contract" / "quicksell_v2_seed.md"
        if found.is_file():
            return found
    return None


def read_text(path: Path) -> tuple[Block, ...]:
    """Every SQL block of the public text."""
    blocks: dict[str, list[str]] = {}
    heading = ""
    inside: list[str] | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if inside is not None:
            if line.startswith("```"):
                blocks.setdefault(heading, []).extend(statement.text for statement in split("\n".join(inside)))
                inside = None
            else:
                inside.append(line)
        elif line.startswith("```sql"):
            inside = []
        elif line.startswith("#"):
            heading = line.strip("# *")
    return tuple(Block(heading=known, statements=tuple(found)) for known, found in blocks.items())


def read_list(path: Path = OUR_LIST) -> tuple[Block, ...]:
    """The same from the project's own list, where a note `## heading` stands above each block."""
    blocks: dict[str, list[str]] = {}
    heading = ""
    for statement in split(path.read_text(encoding="utf-8")):
        for note in statement.notes.splitlines():
            if note.startswith("## "):
                heading = note.removeprefix("## ")
        blocks.setdefault(heading, []).append(statement.text)
    return tuple(Block(heading=known, statements=tuple(found)) for known, found in blocks.items())


def words(statement: str) -> str:
    """A statement without its comments and spacing, to compare two of them."""
    bare = "\n".join(re.sub(r"--\s.*", "", line) for line in statement.splitlines())
    return " ".join(bare.split())


Table = list[dict[str, str | None]]


class Person:
    """Somebody who types statements into the plain client, in one session."""

    def __init__(self, settings: DatabaseSettings, database: str = "") -> None:
        """Open the client.

        Args:
            settings: Which server, and who types.
            database: What to begin in, empty for nothing.
        """
        program = shutil.which("mariadb") or shutil.which("mysql")
        assert program is not None
        self.settings = settings
        self.where = (
            [f"--socket={settings.socket}"]
            if settings.socket
            else [f"--host={settings.host}", f"--port={settings.port}"]
        )
        self._command = [
            program,
            "--no-defaults",
            *self.where,
            f"--user={settings.user}",
            "--default-character-set=utf8mb4",
        ]
        self._process = subprocess.Popen(
            [*self._command, "--xml", "--unbuffered", *([database] if database else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"MYSQL_PWD": settings.password},
        )
        self._count = 0

    def types(self, statement: str, *, delimiter: str = ";") -> list[Table]:
        """Run one statement; the tables that the client shows. An error of the server fails the test."""
        self._count += 1
        mark = f"answered-{self._count}"
        assert self._process.stdin is not None
        self._process.stdin.write(f"{statement}{delimiter}\nSELECT '{mark}' AS mark;\n".encode())
        self._process.stdin.flush()
        said = ""
        for line in _lines(self._process.stdout, seconds=300):
            said += line
            if said.rstrip().endswith("</resultset>") and f">{mark}</field>" in said:
                return _tables(said)[:-1]
        raise AssertionError(f"the client stopped at: {statement}\n{said}")

    def shows(self, statement: str) -> Table:
        """The only table that a statement shows."""
        tables = self.types(statement)
        return tables[0] if tables else []

    def loads(self, file: Path, database: str = "") -> None:
        """What `mysql DATABASE < file` does; it must succeed."""
        with file.open("rb") as script:
            done = subprocess.run(
                [*self._command, *([database] if database else [])],
                stdin=script,
                env={"MYSQL_PWD": self.settings.password},
                capture_output=True,
                timeout=300,
            )
        assert done.returncode == 0, done.stderr.decode()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()


def _lines(stream: IO[bytes] | None, *, seconds: float) -> Iterator[str]:
    assert stream is not None
    while select.select([stream], [], [], seconds)[0]:
        piece = stream.read1(1 << 16) if hasattr(stream, "read1") else stream.readline()
        if not piece:
            return
        yield piece.decode("utf-8", "replace")


def _tables(said: str) -> list[Table]:
    bare = re.sub(r"<\?xml[^>]*\?>", "", said)
    tables: list[Table] = []
    for shown in ElementTree.fromstring(f"<all>{bare}</all>"):
        rows: Table = []
        for row in shown:
            nil = "{http://www.w3.org/2001/XMLSchema-instance}nil"
            rows.append({field.attrib["name"]: None if nil in field.attrib else field.text or "" for field in row})
        tables.append(rows)
    return tables


__all__ = ["Block", "Person", "Statement", "Table", "public_text", "read_list", "read_text", "words"]
