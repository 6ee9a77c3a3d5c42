"""The people who chat with the shop."""

from repository.database.connection import Connection


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
