"""The people who chat with the shop."""

import msgspec

from repository.database.connection import Connection


class Shopper(msgspec.Struct, frozen=True):
    """A shopper as the shop knows them.

    Attributes:
        id: `users.id`.
        name: As Facebook told it, empty where it has not.
        language: "en" or "fil".
        tier: "regular", "silver", "gold" or "platinum", by what was delivered to them.
    """

    id: int
    name: str
    language: str
    tier: str


async def shopper(conn: Connection, *, shopper_id: int) -> Shopper | None:
    """One shopper, or None where there is no such one.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    return await conn.one(
        Shopper,
        "SELECT id, COALESCE(facebook_name, ''), COALESCE(language, 'en'), customer_tier FROM users"
        " WHERE id = %(shopper_id)s",
        shopper_id=shopper_id,
    )


async def set_language(conn: Connection, *, shopper_id: int, language: str) -> None:
    """Answer the shopper in this language from now on.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        language: "en" or "fil".
    """
    await conn.run(
        "UPDATE users SET language = %(language)s WHERE id = %(shopper_id)s",
        shopper_id=shopper_id,
        language=language,
    )
