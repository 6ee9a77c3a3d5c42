"""A shop with nothing in it yet, and somebody who keeps it."""

import pytest

from repository.database.connection import Database
from tests.repository.keeping import Keeper


@pytest.fixture
def keeper(database: Database) -> Keeper:
    """The merchant of an empty shop."""
    return Keeper(database)
