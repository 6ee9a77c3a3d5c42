"""Messages of shoppers that a later one is about: changed, or replied to by themselves."""

from repository.database.connection import Connection


async def asked_before(conn: Connection, *, psid: str, key: bytes) -> str | None:
    """JSON of the state in which a message was heard; None where it is not known, or was taken back.

    Args:
        conn: An open connection.
        psid: The shopper.
        key: The key of the message's event.
    """
    found = await conn.value(
        "SELECT state_before FROM chat_logs WHERE event_key = %(key)s AND user_id = %(psid)s AND turn_status = 'done'",
        key=key,
        psid=psid,
    )
    return str(found) if found is not None else None


async def event_of(conn: Connection, *, psid: str, key: bytes) -> str:
    """JSON of the event that a message came as; empty where it is not known, or was taken back.

    Args:
        conn: An open connection.
        psid: The shopper.
        key: The key of the message's event.
    """
    found = await conn.value(
        "SELECT event FROM chat_logs WHERE event_key = %(key)s AND user_id = %(psid)s", key=key, psid=psid
    )
    return str(found) if found is not None else ""
