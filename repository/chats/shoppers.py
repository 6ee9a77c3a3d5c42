"""The people who chat with the shop."""

from collections.abc import Sequence

from repository.database.connection import Connection


async def set_language(conn: Connection, *, shopper_id: int, language: str, lean: int = 0) -> None:
    """Answer the shopper in this language from now on.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        language: "en" or "fil".
        lean: How sure that is, as `bot.language.tongue` has it.
    """
    await conn.run(
        "UPDATE users SET language = %(language)s, language_lean = %(lean)s WHERE id = %(shopper_id)s",
        shopper_id=shopper_id,
        language=language,
        lean=lean,
    )


async def note_name(conn: Connection, *, psid: str, name: str) -> None:
    """Note the name of a shopper who has none yet.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        name: First and last name as Facebook tells it.
    """
    await conn.run(
        "UPDATE users SET facebook_name = %(name)s WHERE messenger_id = %(psid)s AND facebook_name IS NULL",
        psid=psid,
        name=name,
    )


async def touch(conn: Connection, *, psids: Sequence[str]) -> None:
    """Note that shoppers did something just now. Never inside a turn, whose lock order it would break.

    Args:
        conn: An open connection, in no transaction.
        psids: Their PSIDs.
    """
    await conn.run(
        "UPDATE users SET last_interaction_at = NOW() WHERE messenger_id IN %(psids)s", psids=sorted(set(psids))
    )
