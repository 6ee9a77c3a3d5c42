"""What the pages for people who work on the program name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "ARCHITECTURE.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")))
NAMED = re.compile(r"`((?:bot|deploy|dialogs|docs|findings|handlers|replies|repository|sql|tests)/[\w./-]*\w/?)[`:]")
EXAMPLES = {"sql/upgrades/NNNN_name.sql"}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = set(NAMED.findall((ROOT / page).read_text(encoding="utf-8"))) - EXAMPLES
    assert not sorted(name for name in named if not (ROOT / name).exists())


def test_pages_are_read() -> None:
    assert len(NAMED.findall((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))) > 100
