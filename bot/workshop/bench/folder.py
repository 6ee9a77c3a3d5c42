"""Where a benchmark's data lies."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DISK = Path("/var/tmp")  # noqa: S108  (a folder of our own is made in it)


@contextmanager
def on_disk() -> Iterator[Path]:
    """A folder that is gone afterwards, on a disk where there is one: `/tmp` is memory on many machines."""
    with tempfile.TemporaryDirectory(
        prefix="quicksell-bench-", dir=_DISK if os.access(_DISK, os.W_OK) else None, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)
