"""The shop and its shoppers, as the conversations use them, and a Facebook for servers in their own processes."""

from collections.abc import AsyncIterator

import pytest

from bot.workshop.emulator.emulator import Emulator
from tests.conversations.conftest import ana, ben, quiet, shop
from tests.support.waiting import PATIENCE

__all__ = ["ana", "ben", "emulator", "quiet", "shop"]


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """A Facebook that is patient for longer than a restart takes."""
    emulator = Emulator()
    emulator.courier.pauses = (0.1,) * round(PATIENCE / 0.1)
    await emulator.start()
    yield emulator
    await emulator.stop()
