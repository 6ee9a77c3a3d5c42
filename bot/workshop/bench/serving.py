"""Starting the process that a benchmark measures, and reading what it has used."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from bot.workshop.bench.server import Job

_STARTING = 60  # seconds at most


@asynccontextmanager
async def serving(job: Job) -> AsyncIterator[tuple[int, str]]:
    """A server in a process of its own, until the block is left.

    Args:
        job: What it serves.

    Returns:
        The process's number and the server's address.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.workshop.bench.server", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(msgspec.json.encode(job) + b"\n")
        await process.stdin.drain()
        async with asyncio.timeout(_STARTING):
            port = int(await process.stdout.readline())
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def processor_time(process: int) -> float:
    """Seconds of processor time that a process has used, its kernel time among them.

    Args:
        process: Its number.
    """
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
