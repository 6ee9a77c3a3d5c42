"""Client libraries of others, from their registries, write to a shopper as if this were Facebook."""

import asyncio
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from bot.workshop.emulator import Emulator, Shopper, graph
from bot.workshop.emulator.answers import Answer, Refusal
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.facebook import Facebook
from tests.bot.workshop.emulator.peer import Peer


class Client(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A library, and what it does here.

    Attributes:
        script: What it does.
        hears: What the shopper must hear of that.
        pip: Where it is from: what pip installs.
        npm: What npm installs.
        asks: How many requests that is.
        refuses: What is to be refused, in order, by words of the refusal.
    """

    script: str
    hears: list[str]
    pip: str = ""
    npm: str = ""
    asks: int = 0
    refuses: list[str] = []


def read(name: str) -> dict[str, Client]:
    """The libraries of a file beside this."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), type=dict[str, Client])


CLIENTS, CALLS = read("clients.toml"), read("calls.toml")
#: What stands before a script that goes on after a refusal, by language, and what begins it.
BEFORE = {
    "pip": """
from os import environ as E
def tried(what, call):
    try:
        return call()
    except Exception as error:
        print(what, repr(error)[:300])
""",
    "npm": """
const E = process.env;
const tried = async (what, call) => {
  try { return await call(); }
  catch (error) { console.log(what, String(error && error.message || error).slice(0, 300)); }
};
""",
}
AFTER = {
    "pip": "",
    "npm": "\nmodule.exports().then(() => process.exit(0), (e) => { console.error(e); process.exit(1); });\n",
}


def command(client: Client, folder: Path, *, whole: bool) -> list[str]:
    """What runs the client's script, with the library installed below a folder."""
    quiet, kind = subprocess.DEVNULL, "npm" if client.npm else "pip"
    if client.npm:
        script = folder / "script.js"
        subprocess.run(
            ["npm", "install", "--silent", "--prefix", folder, *client.npm.split()], check=True, stdout=quiet
        )
        words = ["node", str(script)]
    else:
        script = folder / "script.py"
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        python = str(folder / "venv" / "bin" / "python")
        subprocess.run(
            [python, "-m", "pip", "install", "-q", *client.pip.split(), "setuptools"], check=True, stdout=quiet
        )
        words = [python, str(script)]
    text = client.script if whole else f"{BEFORE[kind]}{client.script}{AFTER[kind]}"
    script.write_text(text, encoding="utf-8")
    return words


async def runs(client: Client, emulator: Emulator, peer: Peer, psid: str, folder: Path, *, whole: bool) -> str:
    """Run the client's script against the emulator; what it printed."""
    words = await asyncio.to_thread(command, client, folder, whole=whole)
    _, line = await emulator.start_https(folder)
    app = emulator.app
    told = {
        **dict(part.split("=", 1) for part in line.split()),
        "PAGE_ACCESS_TOKEN": app.page_token,
        "USER_ACCESS_TOKEN": app.user_token,
        "PAGE_ID": app.page_id,
        "APP_ID": app.app_id,
        "APP_SECRET": app.app_secret,
        "VERIFY_TOKEN": app.verify_token,
        "WEBHOOK": peer.url,
        "PSID": psid,
        "PICTURE": f"{peer.base}/picture/0.jpg",
    }
    running = await asyncio.create_subprocess_exec(
        *words, env={**os.environ, **told}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said, _ = await running.communicate()
    assert running.returncode == 0, said.decode()
    return said.decode()


def test_a_dozen_libraries_are_tried_with_hundreds_of_calls() -> None:
    assert len({*CLIENTS, *CALLS}) > 12
    assert sum(client.asks for client in CALLS.values()) > 250
    for client in (*CLIENTS.values(), *CALLS.values()):
        for package in (client.pip or client.npm).split():
            assert "=" in package or "@" in package[1:] or package == "aiohttp", f"{package} says no version"


@pytest.mark.long
@pytest.mark.parametrize("name", CLIENTS)
async def test_a_library_of_others_writes_to_a_shopper(
    peer: Peer, emulator: Emulator, ana: Shopper, name: str, tmp_path: Path
) -> None:
    await ana.says("hi", answered=False)
    await runs(CLIENTS[name], emulator, peer, ana.psid, tmp_path, whole=True)
    ana.hears(*CLIENTS[name].hears)


@pytest.mark.long
@pytest.mark.parametrize("name", CALLS)
async def test_what_a_library_of_others_offers_is_answered_as_facebook_answers_it_today(
    peer: Peer, emulator: Emulator, ana: Shopper, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, asked, refused = CALLS[name], list[str](), list[str]()
    answered = graph.answer_to

    async def counted(facebook: Facebook, call: Call) -> Answer:
        asked.append(f"{call.method} /{'/'.join(call.path)}")
        try:
            return await answered(facebook, call)
        except Refusal as no:
            refused.append(f"{asked[-1]}: {no.message}")
            raise

    monkeypatch.setattr(graph, "answer_to", counted)
    await ana.says("hi", answered=False)
    said = await runs(client, emulator, peer, ana.psid, tmp_path, whole=False)
    told = "\n".join([*refused, f"{len(asked)} requests", said])
    must = client.refuses
    assert len(must) == len(refused), told
    assert all(map(str.__contains__, refused, must)), told
    assert len(asked) == client.asks, told
    ana.hears(*client.hears)
