"""Thirty faults that somebody could make in a dialog: a walk of a minute finds them, and shows each in a few turns."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.workshop.walk.planted import FAULTS, Planted

ROOT = Path(__file__).resolve().parents[4]
FOUND_LEAST = 27
TURNS_MOST = 8
SECONDS = 60
_NEEDED = ("bot", "dialogs", "handlers", "replies", "repository", "sql", "tests/transcripts")


def copied(to: Path) -> Path:
    """The project, to be damaged."""
    for folder in _NEEDED:
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return to


def found(fault: Planted, project: Path, to: Path) -> tuple[str, int]:
    """What a walk finds of a fault, and in how many turns; nothing where it does not."""
    sound = (project / fault.file).read_bytes()
    fault.plant(project)
    command = [sys.executable, "-m", "bot", "walk", "tests/transcripts", "--first", "--seconds", str(SECONDS)]
    try:
        done = subprocess.run(
            [*command, "--to", str(to)], cwd=project, capture_output=True, text=True, timeout=SECONDS * 20, check=False
        )
    finally:
        (project / fault.file).write_bytes(sound)
    told = re.search(r"transcript: (.*) \((\d+) turns", done.stdout)
    return (told[1], int(told[2])) if told else ("", 0)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_fault_can_be_made(fault: Planted, tmp_path: Path) -> None:
    (tmp_path / fault.file).parent.mkdir(parents=True)
    shutil.copy(ROOT / fault.file, tmp_path / fault.file)
    fault.plant(tmp_path)
    compile((tmp_path / fault.file).read_text(encoding="utf-8"), fault.file, "exec")


@pytest.mark.long
def test_a_walk_finds_what_was_planted(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    project = copied(tmp_path / "project")
    outcomes = {fault.what: found(fault, project, tmp_path / "found") for fault in FAULTS}
    for what, (why, turns) in outcomes.items():
        record_property(what, f"{turns} turns: {why}")
    missed = [what for what, (why, _) in outcomes.items() if not why]
    assert len(FAULTS) - len(missed) >= FOUND_LEAST, f"not found: {missed}"
    assert all(turns <= TURNS_MOST for _, turns in outcomes.values()), outcomes
