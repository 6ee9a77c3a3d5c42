"""Processes that work beside this one, and end when it does, however that ends."""

import multiprocessing
import os
import sys
import threading
from multiprocessing.context import ForkContext, SpawnContext


def beside() -> ForkContext | SpawnContext:
    """How processes are made that work beside this one: with all that it has imported, where that is safe."""
    if sys.platform == "linux":
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def end_with_parent() -> None:
    """Let this process end at once when the one that made it has ended: one that was killed ends nobody itself."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "only a process that was made by another has a parent here"

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, name="waits for the parent's end", daemon=True).start()
