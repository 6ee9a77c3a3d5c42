"""The threat model and the list of promises name a test for each of their lines, and each of these is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("security.md", "promises.md")
LINES = [
    line
    for page in PAGES
    for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| against", "| promise |"))
]


def test_every_part_has_its_lines() -> None:
    assert len(LINES) >= 40
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("|")[1].strip()[:40])
def test_a_line_names_what_it_is_against_what_stands_there_and_a_test_that_there_is(line: str) -> None:
    against, stands, test = (part.strip() for part in line.strip("|").split("|"))
    assert against
    assert stands
    named = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", test)
    assert named, test
    source = (ROOT / named[1]).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {named[2]}\(", source, re.MULTILINE), f"{named[1]} has no {named[2]}"
