"""`quicksell test`: lint, types, and every test."""

import os
import subprocess
import sys
from pathlib import Path

import click

from bot.base.exits import FOUND_WRONG

_ROOT = Path(__file__).resolve().parents[2]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["-h", "--help"]})
@click.option("--long", "is_long", is_flag=True, help="Run the long forms too: a million orders, long attacks.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(is_long: bool, arguments: tuple[str, ...]) -> None:
    """Run lint, types and tests; ARGUMENTS go to pytest, and then nothing else runs."""
    python = sys.executable
    pytest = [python, "-m", "pytest", *(["--long"] if is_long else []), *arguments]
    if not any(argument.startswith("-n") for argument in arguments):
        pytest += ["-n", str(max(2, os.cpu_count() or 2)), "--dist", "loadgroup"]
    checks = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "-q", "."],
        [python, "-m", "mypy"],
    ]
    failed = [command for command in ([] if arguments else checks) if not _succeeds(command)]
    if not _succeeds(pytest) or failed:
        for command in failed:
            click.echo(f"failed: {' '.join(command[2:])}", err=True)
        sys.exit(FOUND_WRONG)


def _succeeds(command: list[str]) -> bool:
    click.echo(f"$ {' '.join(command[2:])}", err=True)
    return subprocess.run(command, cwd=_ROOT, check=False).returncode == 0  # noqa: S603  (our own commands)
