"""What `mariadb-dump` writes, made this program's own: no owner, no versioned wrapping, every thing counted.

Rows pass through as they are. Everything else is cut into statements and written again, so that what cannot be read
back is found while the database still has it.
"""

from collections.abc import AsyncGenerator, AsyncIterator

import msgspec

from repository.schema.backup.scripted import scripted, unwrapped, without_definer
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Progress, Step
from repository.schema.base.splitter import Cutter, ScriptError
from repository.schema.base.statements import REPEATABLE, Item, act

_SANDBOX = b"/*M!999999\\-"
_INSERT = b"INSERT INTO `"
_WHOLE = b"-- Dump completed"
_AGAIN = "Try again."


class Counted(msgspec.Struct):
    """What has been written so far.

    Attributes:
        rows: How many rows.
        items: Which objects.
        is_whole: Whether whoever wrote it said at its end that this is all.
    """

    rows: int = 0
    items: set[Item] = msgspec.field(default_factory=set)
    is_whole: bool = False

    @property
    def tables(self) -> int:
        """How many tables."""
        return sum(item.kind == "table" for item in self.items)

    @property
    def objects(self) -> int:
        """How many views, stored programs and sequences."""
        return len(self.items) - self.tables


async def rewritten(
    lines: AsyncIterator[bytes], counted: Counted, *, total: int, progress: Progress
) -> AsyncGenerator[bytes, None]:
    """The pieces of a backup out of the lines of a dump.

    Args:
        lines: What the tool writes.
        counted: Filled in on the way.
        total: About how many rows there are.
        progress: Told about rows.

    Raises:
        SchemaError: Something in it could not be read back.
    """
    cutter = Cutter()
    table, last, inside = "", b"", False
    async for line in lines:
        if inside or (line.startswith(_INSERT) and cutter.is_between):
            if not inside:
                table = line[len(_INSERT) : line.find(b"` ")].decode().replace("``", "`")
            if not line.isascii():
                _read(line, f"a row of {table}")
            inside = not line.endswith(b";\n")
            counted.rows += 1
            if not inside or counted.rows % 5_000 == 0:
                progress(Step(what=table, done=counted.rows, total=max(total, counted.rows)))
            yield line
        elif not line.startswith(_SANDBOX):
            last = line if line.strip() else last
            try:
                for statement in cutter.feed(_read(line, "something")):
                    yield _written(statement.text, counted).encode()
            except ScriptError as error:
                raise SchemaError(f"What mariadb-dump writes cannot be read back: {error}.", _AGAIN) from error
    counted.is_whole = not inside and cutter.is_between and last.startswith(_WHOLE)


def _read(line: bytes, what: str) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise SchemaError(
            f"mariadb-dump cannot write {what} as text: {line[:60]!r}",
            "Bring the package mariadb-client up to date with the server.",
        ) from error


def _written(text: str, counted: Counted) -> str:
    """A statement as a backup has it."""
    own = unwrapped(without_definer(text))
    deed = act(own)
    if deed is None or deed.verb != "create":
        return f"{text};\n"
    counted.items.add(deed.item)
    return scripted(str(deed.item), own) if deed.item.kind in REPEATABLE else f"{text};\n"
