"""The house: files that can be read at a sitting, folders that can be seen at a glance."""

from pathlib import Path
from statistics import median

from tests.support.workers.rows import rows

ROOT = Path(__file__).resolve().parents[1]
HOUSES = ("bot", "handlers", "dialogs", "replies", "repository", "tests")
LONGEST = 300
MEDIAN = 120
FULLEST = 15
WIDE = {
    "bot/commands": "a file for each sub-command",
    "bot/messenger": "a file for each part of Messenger's reference",
    "bot/workshop/emulator": "a file for each part of the Facebook that it plays",
    "replies": "a file for each thing that shoppers hear about",
    "tests/bot/messenger": "mirrors bot/messenger",
}
"""Folders that may hold more files than others, and why."""


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


LINES = {
    path.relative_to(ROOT).as_posix(): lines_of(path)
    for house in HOUSES
    for path in sorted((ROOT / house).rglob("*.py"))
}
FOLDERS = sorted({path.rpartition("/")[0] for path in LINES})


def test_no_file_is_too_long() -> None:
    long = {path: lines for path, lines in LINES.items() if lines > LONGEST}
    assert not long, f"cut each of these by subject into files of {LONGEST} lines at most: {long}"


def test_half_of_all_files_are_short() -> None:
    middle = median(lines for lines in LINES.values() if lines)
    assert middle < MEDIAN, f"half of all files have {middle:.0f} lines or more: cut those with two subjects"


@rows("folder", FOLDERS)
def test_a_folder_holds_few_files(folder: str) -> None:
    files = [path for path in LINES if path.rpartition("/")[0] == folder]
    if folder in WIDE:
        assert len(files) > FULLEST, f"{folder} holds only {len(files)} files: take it out of WIDE"
    else:
        assert len(files) <= FULLEST, (
            f"{folder} holds {len(files)} files: sort them into sub-folders by what they are about"
        )
