"""One server for the tests that only ask it something."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.workshop.database.private import PrivateServer
from bot.workshop.database.temporary import temporary_server


@pytest.fixture(scope="package")
def server() -> Iterator[PrivateServer]:
    """A running server that nobody stops."""
    with temporary_server(database="quicksell_chatbot") as running:
        yield running


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder that an account without rights may reach and write to; pytest's own are for us alone."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)
