"""Client libraries of others, from their registries, write to a shopper as if this were Facebook."""

import asyncio
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from bot.workshop.emulator import Emulator, Shopper
from tests.bot.workshop.emulator.peer import Peer


class Client(msgspec.Struct, frozen=True):
    """A library: where it is from, what it does, and what the shopper must hear of that."""

    script: str
    hears: list[str]
    pip: str = ""
    npm: str = ""


CLIENTS = msgspec.convert(
    tomllib.loads(Path(__file__).with_name("clients.toml").read_text(encoding="utf-8")), type=dict[str, Client]
)


def command(client: Client, folder: Path) -> list[str]:
    """What runs the client's script, with the library installed below a folder."""
    quiet = subprocess.DEVNULL
    if client.npm:
        script = folder / "script.js"
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, client.npm], check=True, stdout=quiet)
        words = ["node", str(script)]
    else:
        script = folder / "script.py"
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        python = str(folder / "venv" / "bin" / "python")
        subprocess.run(
            [python, "-m", "pip", "install", "-q", *client.pip.split(), "setuptools"], check=True, stdout=quiet
        )
        words = [python, str(script)]
    script.write_text(client.script, encoding="utf-8")
    return words


@pytest.mark.long
@pytest.mark.parametrize("name", CLIENTS)
async def test_a_library_of_others_writes_to_a_shopper(
    peer: Peer, emulator: Emulator, ana: Shopper, name: str, tmp_path: Path
) -> None:
    client = CLIENTS[name]
    words = await asyncio.to_thread(command, client, tmp_path)
    await ana.says("hi", answered=False)
    _, line = await emulator.start_https(tmp_path)
    app = emulator.app
    told = {
        **dict(part.split("=", 1) for part in line.split()),
        "PAGE_ACCESS_TOKEN": app.page_token,
        "USER_ACCESS_TOKEN": app.user_token,
        "PAGE_ID": app.page_id,
        "APP_ID": app.app_id,
        "APP_SECRET": app.app_secret,
        "PSID": ana.psid,
        "PICTURE": f"{peer.base}/picture/0.jpg",
    }
    running = await asyncio.create_subprocess_exec(
        *words, env={**os.environ, **told}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said, _ = await running.communicate()
    assert running.returncode == 0, said.decode()
    ana.hears(*client.hears)
