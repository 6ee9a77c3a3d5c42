"""`quicksell emulate`, as a process of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

Process = asyncio.subprocess.Process


async def start(folder: Path, *arguments: str, **environment: str) -> Process:
    """The command in an empty folder, with nothing of this machine's settings."""
    root = Path(__file__).resolve().parents[4]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from bot.cli import main; main()",
        "emulate",
        *arguments,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.fixture
async def printed(tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    """What a running emulator prints, by the first word of each line."""
    process = await start(tmp_path, "--port", "0", "--fault", "temporary", APP_SECRET="its-own-secret")
    assert process.stdout
    found: dict[str, str] = {}
    async with asyncio.timeout(120):
        while "VERIFY_TOKEN" not in found:
            line = (await process.stdout.readline()).decode()
            assert line, "it ended before it was ready"
            name, _, value = line.strip().partition("=" if "=" in line else " ")
            found[name] = value.strip().split("  ")[0]
    yield found
    process.send_signal(signal.SIGINT)
    async with asyncio.timeout(120):
        assert await process.wait() == 0


async def test_it_prints_what_a_bot_needs_and_answers_as_graph(printed: dict[str, str]) -> None:
    assert printed["APP_SECRET"] == "its-own-secret"
    headers = {"Authorization": f"Bearer {printed['PAGE_ACCESS_TOKEN']}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.get(f"{printed['GRAPH_API_URL']}/v26.0/me?fields=id") as answered:
            assert (await answered.json())["id"] == printed["PAGE_ID"]
        async with session.get(printed["Simulator"]) as answered:
            assert answered.status == 200
        async with session.get(f"{printed['Simulator']}api/faults") as answered:
            assert [each["fault"]["name"] for each in (await answered.json())["armed"]] == ["temporary"]


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (("--host", "0.0.0.0"), {}, b"can be reached from other machines"),
        ((), {"PAGE_ACCESS_TOKEN": "EAAB" + "x" * 40}, b"one of the real Facebook"),
    ],
)
async def test_it_refuses_what_would_be_unsafe(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], said: bytes
) -> None:
    process = await start(tmp_path, "--port", "0", *arguments, **environment)
    async with asyncio.timeout(120):
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert said in errors
