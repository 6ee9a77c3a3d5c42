"""`quicksell test`: lint, types, and every test."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

import click

from bot.base.exits import FOUND_WRONG

_ROOT = Path(__file__).resolve().parents[2]
Command = Sequence[str]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["-h", "--help"]})
@click.option("--long", "is_long", is_flag=True, help="Run the long forms too: a million orders, long attacks.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(is_long: bool, arguments: tuple[str, ...]) -> None:
    """Run lint, types and tests; ARGUMENTS go to pytest, and then nothing else runs."""
    python = sys.executable
    pytest = [python, "-m", "pytest", *(["--long"] if is_long else []), *arguments]
    if not any(argument.startswith("-n") for argument in arguments):
        # One more than processors: where programs talk to one another, half of a test's time is waiting.
        pytest += ["-n", str(1 + (os.cpu_count() or 2)), "--dist", "loadgroup"]
    lint = [[python, "-m", "ruff", "check", "."], [python, "-m", "ruff", "format", "--check", "-q", "."]]
    types = [python, "-m", "mypy"]
    failed = failures(pytest) if arguments else failures(*lint, pytest, beside=types)
    for command in failed:
        click.echo(f"failed: {' '.join(command[2:])}", err=True)
    if failed:
        sys.exit(FOUND_WRONG)


def failures(*commands: Command, beside: Command | None = None) -> list[Command]:
    """Run commands one after the other, and which of them failed.

    Args:
        commands: Each is run whatever became of the one before.
        beside: One more, which runs meanwhile; what it says is shown when all the others are done.
    """
    # What many processes of the tests start with is compiled once, whatever is set for others.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryFile() as said:
        other = None
        if beside:
            other = subprocess.Popen(beside, cwd=_ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)  # noqa: S603  (our own commands)
        failed: list[Command] = []
        for command in commands:
            click.echo(f"$ {' '.join(command[2:])}", err=True)
            if subprocess.run(command, cwd=_ROOT, env=environment, check=False).returncode:  # noqa: S603
                failed.append(command)
        if other and beside:
            code = other.wait()
            said.seek(0)
            click.echo(f"$ {' '.join(beside[2:])}\n{said.read().decode(errors='replace').rstrip()}", err=True)
            if code:
                failed.append(beside)
    return failed
