"""Workbooks (XLSX, XLS, ODS), opened by a process of their own.

What opens them is a library that ends its process where memory runs out, and a workbook of a few kilobytes with one
cell far out on its sheet brings it there. That must never be the shop's server.
"""

import subprocess
import sys

import msgspec

from repository.sheets.opening import DAMAGED, Opened
from repository.sheets.table import Sheet, Unreadable

SECONDS = 120.0
"""How long a workbook may take to open; the largest that is taken needs a tenth of it."""
_COMMAND = (sys.executable, "-m", "repository.sheets.opening")
_answer = msgspec.msgpack.Decoder(Opened)


def read_workbook(content: bytes) -> list[Sheet]:
    """The visible sheets of a workbook, as tables.

    Args:
        content: The whole file.

    Raises:
        Unreadable: It is damaged, locked with a password, or too large.
    """
    try:
        done = subprocess.run(_COMMAND, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        opened = _answer.decode(done.stdout) if done.returncode == 0 else Opened(problem=DAMAGED)
    except (subprocess.TimeoutExpired, msgspec.MsgspecError) as error:
        raise Unreadable(DAMAGED) from error
    if opened.problem:
        raise Unreadable(opened.problem)
    return opened.sheets
