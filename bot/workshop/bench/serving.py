"""Starting the process that a benchmark measures, and reading what it has used."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import msgspec

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.server import Job
from bot.workshop.bench.shoppers import PAGE_ID
from repository import rules
from repository.database.connection import Database
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.workshop.bench import stock

SECRET = "a secret of the benchmark"  # noqa: S105  (its own server's)
_STARTING = 180  # seconds at most


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


def connected(account: DatabaseSettings, graph_url: str = "") -> Settings:
    """Settings of a shop whose page is connected to the benchmark's own Graph end.

    Args:
        account: The shop's database.
        graph_url: The Graph end; empty where it is not known yet.
    """
    settings = Settings(
        database=account,
        app_secret=SECRET,
        page_access_token="a token",  # noqa: S106  (the benchmark's own Graph end takes any)
        verify_token="a token",  # noqa: S106
        page_id=PAGE_ID,
    )
    return msgspec.structs.replace(settings, graph_api_url=graph_url, sends_a_second=0) if graph_url else settings


async def prepare(settings: Settings) -> None:
    """Make the database of a shop that sells some things, and asks nobody for papers or for patience.

    Args:
        settings: The shop's.
    """
    account = settings.database
    await init(opener(account, settings.offset, database=False), account.name)
    database = Database(account, settings.offset, most=2)
    async with database.transaction() as conn:
        await stock(conn, categories=6, products=20, price=Decimal("199.00"))
        await rules.change(conn, name="verification_orders", value=0, admin_id=None)
        await rules.change(conn, name="verification_from", value="1000000", admin_id=None)
        await rules.change(conn, name="open_orders_most", value=1_000_000, admin_id=None)
        await rules.change(conn, name="messages_a_minute", value=0, admin_id=None)
    await database.close()
