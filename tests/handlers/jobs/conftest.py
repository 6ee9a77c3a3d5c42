"""The workers of a shop with nothing in it yet."""

import pytest

from repository import rules
from repository.database.connection import Database
from tests.handlers.jobs.crew import Crew


@pytest.fixture
async def crew(database: Database) -> Crew:
    async with database.connection() as conn:
        await rules.change(conn, name="payment_account", value="0917 000 0000", admin_id=None)
    return Crew(database)
