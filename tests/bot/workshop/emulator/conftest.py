"""The emulator, a bot to talk to, and a shopper, each new for every test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.workshop.emulator import Emulator, Shopper
from tests.bot.workshop.emulator.peer import Peer
from tests.support.waiting import PATIENCE


async def done() -> None:
    """A peer has nothing left to do once its webhook is answered: it says all that it has to say before."""


@asynccontextmanager
async def an_emulator(journal: Path | None = None) -> AsyncIterator[Emulator]:
    """An emulator that listens on a free port and hurries with its retries.

    Args:
        journal: Where it keeps what happens, None for nowhere.
    """
    made = Emulator(page_name="Isla Goods", journal=journal)
    made.courier.pauses = (0.01, 0.02)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@asynccontextmanager
async def a_peer(emulator: Emulator) -> AsyncIterator[Peer]:
    """A bot that hears everything and says nothing until a test gives it a script."""
    made = Peer(emulator)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """An emulator of the test's own."""
    async with an_emulator() as made:
        yield made


@pytest.fixture
async def peer(emulator: Emulator) -> AsyncIterator[Peer]:
    """A bot of the test's own."""
    async with a_peer(emulator) as made:
        yield made


@pytest.fixture
def ana(emulator: Emulator) -> Shopper:
    """A shopper who has not written yet."""
    return Shopper(emulator, "Ana Cruz", idle=done, timeout=PATIENCE)
