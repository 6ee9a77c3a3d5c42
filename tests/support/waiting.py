"""Waiting for what happens, on however slow a machine, with an end so late that only a fault reaches it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PATIENCE = 120.0
"""Seconds. Nothing that a test waits for takes a tenth of it, whatever else the machine does."""


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait until something has happened that tells nobody.

    Args:
        happened: Whether it has.
        what: What it is, for the failure.
    """
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"it never came: {what}"
        time.sleep(0.02)


async def comes(happened: Callable[[], Awaitable[bool]], what: str) -> None:
    """Wait until something has happened that tells nobody, and let others run meanwhile.

    Args:
        happened: Whether it has.
        what: What it is, for the failure.
    """
    end = time.monotonic() + PATIENCE
    while not await happened():
        assert time.monotonic() < end, f"it never came: {what}"
        await asyncio.sleep(0.02)
