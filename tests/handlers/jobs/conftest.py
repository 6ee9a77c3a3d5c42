"""A shop of a keeper, and its workers."""

import pytest

from repository import rules
from repository.database.connection import Database
from tests.handlers.jobs.crew import Crew
from tests.repository.keeping import Keeper


@pytest.fixture
def keeper(database: Database) -> Keeper:
    return Keeper(database)


@pytest.fixture
async def crew(database: Database) -> Crew:
    async with database.connection() as conn:
        await rules.change(conn, name="payment_account", value="0917 000 0000", admin_id=None)
    return Crew(database)
