"""MariaDB's own `mariadb-dump`: found, told where the database is, and run to its end."""

import asyncio
import contextlib
import os
import re
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

import msgspec

from bot.base.settings import DatabaseSettings
from repository.schema.backup.held import Held
from repository.schema.base.client import options_file
from repository.schema.base.errors import SchemaError, ToolMissing

PACKAGE = "mariadb-client"
_NAMES = ("mariadb-dump", "mysqldump")  # MySQL's own has the second name too
_VERSION = re.compile(r"(\d+)\.(\d+)\.\d+-MariaDB")
_WITH_HISTORY = (10, 11)
_WITH_VECTORS = (11, 7)
_OPTIONS = (
    "--single-transaction",
    "--routines",
    "--triggers",
    "--events",
    "--hex-blob",
    "--complete-insert",  # rows with their columns' names: invisible columns too
    "--tz-utc",
    "--comments",  # the last one says that all is written
    "--no-tablespaces",
    "--skip-add-locks",  # a sequence of a locked table's default would be out of reach
    "--skip-disable-keys",
    "--default-character-set=utf8mb4",
    "--max-allowed-packet=1G",
    "--net-buffer-length=512K",  # of one INSERT: half of the least max_allowed_packet that servers have
)
_CHUNK = 1 << 20
SILENT_MOST = 600.0
"""Seconds without a word after which the tool is given up: it has been seen to run on for ever, writing nothing."""


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A dump tool of this machine.

    Attributes:
        program: Its path.
        version: Such as (10, 11).
    """

    program: str
    version: tuple[int, int]


async def find_tool() -> Tool:
    """The dump tool of MariaDB on this machine.

    Raises:
        ToolMissing: There is none; it says how to install it.
    """
    for known in _NAMES:
        program = shutil.which(known)
        if program is None:
            continue
        process = await asyncio.create_subprocess_exec(
            program, "--no-defaults", "--version", stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()
        if version := _VERSION.search(said.decode(errors="replace")):
            return Tool(program=program, version=(int(version[1]), int(version[2])))
    raise ToolMissing(
        "There is no mariadb-dump on this machine.", f"Run: apt-get install -y --no-install-recommends {PACKAGE}"
    )


def arguments(tool: Tool, database: str, held: Held, *, rows: bool) -> list[str]:
    """What the tool is told besides where the database is.

    Args:
        tool: Which tool.
        database: Which database.
        held: What the database holds.
        rows: Whether the rows are wanted too.

    Raises:
        SchemaError: The tool is too old for something that the database holds.
    """
    update = f"Bring the package {PACKAGE} up to date."
    if held.has_history and tool.version < _WITH_HISTORY:
        raise SchemaError("mariadb-dump older than 10.11 leaves out the history of tables.", update)
    if held.vectors and tool.version < _WITH_VECTORS:
        raise SchemaError(f"mariadb-dump older than 11.7 cannot write {', '.join(held.vectors)}, a VECTOR.", update)
    wanted = list(_OPTIONS)
    if held.has_history and rows:
        wanted.append("--dump-history")
    if not rows:
        wanted.append("--no-data")
    return [*wanted, "--", database]


@asynccontextmanager
async def running(
    tool: Tool, account: DatabaseSettings, given: list[str], *, silent_most: float = SILENT_MOST
) -> AsyncIterator[AsyncIterator[bytes]]:
    """The lines that the tool writes. It is stopped where they are not read to their end.

    Args:
        tool: Which tool.
        account: Where the database is, and who reads it.
        given: As `arguments` gave.
        silent_most: Seconds that it may take over its next word.

    Raises:
        SchemaError: The tool failed or stands still; it says why.
    """
    options = options_file(account)
    try:
        process = await asyncio.create_subprocess_exec(
            tool.program,
            f"--defaults-file=/dev/fd/{options}",
            *given,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_CHUNK,
            pass_fds=(options,),
            env={"PATH": os.defpath, "LC_ALL": "C"},  # the clients read passwords and more from variables too
            start_new_session=True,  # Ctrl-C is this program's to answer
        )
    finally:
        os.close(options)
    assert process.stdout is not None
    assert process.stderr is not None
    complaints = asyncio.create_task(process.stderr.read())
    try:
        async with aclosing(_lines(process.stdout, silent_most)) as lines:
            yield lines
        said = (await complaints).decode(errors="replace").strip()
        if await process.wait():
            why = said.splitlines()[-1] if said else f"it ended with {process.returncode}"
            raise SchemaError(f"mariadb-dump failed: {why}", "Mend that and try again; no part of the file was kept.")
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        complaints.cancel()
        await asyncio.gather(complaints, process.wait(), return_exceptions=True)


async def _lines(stream: asyncio.StreamReader, silent_most: float) -> AsyncGenerator[bytes, None]:
    """Whole lines, however long: a picture in a row is one of them."""
    rest: list[bytes] = []
    while chunk := await _next(stream, silent_most):
        head, end, tail = chunk.rpartition(b"\n")
        if not end:
            rest.append(chunk)
            continue
        for line in b"".join([*rest, head]).split(b"\n"):
            yield line + b"\n"
        rest = [tail]
    if last := b"".join(rest):
        yield last


async def _next(stream: asyncio.StreamReader, silent_most: float) -> bytes:
    try:
        async with asyncio.timeout(silent_most):
            return await stream.read(_CHUNK)
    except TimeoutError as error:
        raise SchemaError(
            f"mariadb-dump has written nothing for {silent_most / 60:.0f} minutes.",
            "Look whether somebody holds a table locked. It may also stand still over the text of an event: the last"
            " one that it wrote is the one before that.",
        ) from error
