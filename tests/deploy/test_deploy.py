"""The units, images and proxies of deploy/: each names only what there is, and takes what the program takes."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.base.settings import Settings
from bot.cli import cli
from handlers.console.base.uploads import FILE_MOST as PICTURE_MOST
from handlers.console.sheets.imports import FILE_MOST as SHEET_MOST
from handlers.console.sheets.last import ZIP_MOST
from handlers.inbound.webhook import BODY_MOST

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
SETTINGS = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
MIB = 1024 * 1024
HARDENED = (
    ("CapabilityBoundingSet", ""),
    ("NoNewPrivileges", "yes"),
    ("ProtectSystem", "strict"),
    ("ProtectHome", "yes"),
    ("RestrictNamespaces", "yes"),
    ("SystemCallFilter", "@system-service"),
    ("UMask", "0077"),
    ("User", "quicksell"),
)


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text()


def unit(name: str) -> list[tuple[str, str]]:
    """The lines of a unit as keys and values."""
    lines = [line for line in text_of(name).splitlines() if line and not line.startswith(("#", "["))]
    return [(key, value) for key, _, value in (line.partition("=") for line in lines)]


def commands(words: list[str]) -> Iterator[list[str]]:
    """What is given to `quicksell` in a line."""
    for at, word in enumerate(words):
        if word.endswith("quicksell") and words[at + 1 : at + 2]:
            yield words[at + 1 :]


def is_there(words: list[str]) -> bool:
    """Whether the program has a command with these options."""
    found: click.Command = cli
    context = click.Context(found)
    while isinstance(found, click.Group) and words and not words[0].startswith("-"):
        inner = found.get_command(context, words[0])
        if inner is None:
            return False
        found, words = inner, words[1:]
    known = {option for parameter in found.params for option in parameter.opts}
    return all(word in known for word in words if word.startswith("--"))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_a_command_that_there_is_and_may_little(name: str) -> None:
    lines = unit(name)
    for wanted in HARDENED:
        assert wanted in lines, f"{name} lacks {wanted[0]}={wanted[1]}"
    run = [value for key, value in lines if key == "ExecStart"]
    words = [shlex.split(value) for value in run]
    inner = [shlex.split(one[2]) if one[0] == "/bin/sh" else one for one in words]
    given = [command for line in inner for command in commands(line)]
    assert len(given) == len(run)
    for command in given:
        assert is_there(command), f"{name}: there is no `quicksell {' '.join(command)}`"
    for _, value in (line for line in lines if line[0] == "Environment"):
        assert value.partition("=")[0] in SETTINGS


def test_a_command_that_is_gone_would_be_seen() -> None:
    assert is_there(["db", "backup", "--quiet", "FILE"])
    assert not is_there(["db", "save"])
    assert not is_there(["serve", "--daemon"])


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".timer")])
def test_a_timer_starts_a_service_that_there_is(name: str) -> None:
    assert name.replace(".timer", ".service") in SERVICES
    assert ("Persistent", "yes") in unit(name)


def test_the_restore_test_never_touches_the_shops_own_database() -> None:
    name = dict(unit("quicksell-restore-test.service"))["Environment"].removeprefix("DB_NAME=")
    assert name != Settings().database.name
    assert re.fullmatch(r"[A-Za-z0-9_$-]{1,64}", name)


def test_systemd_calls_every_service_well_guarded() -> None:
    tool = shutil.which("systemd-analyze")
    for name in SERVICES if tool else []:
        told = subprocess.run(
            [str(tool), "security", "--offline=yes", "--threshold=20", str(DEPLOY / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Overall exposure level" not in told.stdout or told.returncode == 0, told.stdout[-200:]


def test_the_proxies_take_what_the_program_takes_and_show_nobody_its_numbers() -> None:
    most = max(SHEET_MOST, PICTURE_MOST, ZIP_MOST) // MIB
    caddy, nginx = text_of("Caddyfile"), text_of("nginx.conf")
    assert re.findall(r"max_size (\d+)MiB", caddy) == [str(BODY_MOST // MIB), str(most)]
    assert sorted(re.findall(r"client_max_body_size (\d+)m;", nginx), key=int) == [str(BODY_MOST // MIB), str(most)]
    for proxy in (caddy, nginx):
        assert set(re.findall(r"127\.0\.0\.1:(\d+)", proxy)) == {str(Settings().port)}
        assert "/metrics" in proxy
        assert "/readyz" in proxy
        assert proxy.count("{") == proxy.count("}")


def test_the_image_and_its_services_name_settings_commands_and_files_that_there_are() -> None:
    image, compose = text_of("Dockerfile"), text_of("compose.yaml")
    for line in re.findall(r"^COPY (?!--)(.+) \S+$", image, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), f"the image copies {source}, which is not there"
    assert {name for name in re.findall(r"\b([A-Z]+)=", image) if name != "PATH"} <= SETTINGS
    named = re.findall(r"^      ([A-Z_]+):", compose, re.MULTILINE) + re.findall(r"\$\{([A-Z_]+)", compose)
    assert {name for name in named if not name.startswith("MARIADB_")} <= SETTINGS
    for line in re.findall(r'^    command: \[("(?!--).+)\]$', compose, re.MULTILINE):
        assert is_there([word.strip().strip('"') for word in line.split(",")])
    assert f"EXPOSE {Settings().port}" in image
    assert f"127.0.0.1:{Settings().port}:{Settings().port}" in compose
    assert "/healthz" in image
    assert "python:3.11" in image
