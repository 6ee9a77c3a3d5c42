"""Which tests belong on one worker: all those of a file marked with `xdist_group`, and any other to any."""

import functools
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def together(nodeid: str) -> str:
    """A word that tests share which belong on one worker.

    xdist 3.8 writes the mark into the names of the tests, where pytest 9.2 does not look, so it is read from the files
    (findings/xdist_groups_without_effect.sh).

    Args:
        nodeid: The name of a test, from the root.
    """
    file = nodeid.partition("::")[0]
    return file if _is_marked(file) else nodeid


@functools.cache
def _is_marked(file: str) -> bool:
    text = (_ROOT / file).read_text(encoding="utf-8")
    return any(line.startswith("pytestmark") and "xdist_group(" in line for line in text.splitlines())
