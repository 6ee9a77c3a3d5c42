"""The merchant's wordings of what the bot says."""

import msgspec

from repository.database.connection import Connection


class StoredWording(msgspec.Struct, frozen=True):
    """One block in the merchant's words."""

    name: str
    language: str
    words: str


async def active(conn: Connection) -> list[StoredWording]:
    """Every wording that is switched on."""
    return await conn.all(StoredWording, "SELECT name, language, words FROM reply_words WHERE is_active = TRUE")
