"""A shop of which it is counted what its turns ask of the database."""

from collections.abc import AsyncIterator

import pytest

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.stage import staged
from repository.database.connection import Database
from tests.conftest import empty
from tests.conversations.conftest import Shop


@pytest.fixture
async def turns(quiet: None, schema: DatabaseSettings) -> AsyncIterator[tuple[Shop, Database]]:
    """A shop, and the database of its turns alone: nothing that runs beside them is counted."""
    settings = Settings(database=schema, port=0, secret_key="a secret for tests", shop_name="Tindahan")
    async with staged(settings) as stage:
        shop = Shop(stage, stage.parts.database)
        await empty(shop.database)
        await shop.zone(per_kg="0", free_from="2000", estimated_days="1-3 days")
        await shop.sets(verification_orders=0)
        await shop.stocks("Blue mug", price="120.00", left=9)
        database = Database(schema, settings.offset)
        database.kept = stage.parts.database.kept
        stage.parts.shop.database = database
        yield shop, database
        await database.close()
