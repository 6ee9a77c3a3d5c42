"""Adds up how often canned replies were used, apart from the turns that used them."""

from repository.database.connection import Database
from repository.wording import uses


async def add_up_uses(database: Database) -> None:
    """Add up everything that is noted, whoever noted it.

    Args:
        database: The shop's.

    Raises:
        DatabaseError: The database cannot be asked; the notes stay.
    """
    while await database.retry(uses.add_up):
        pass
