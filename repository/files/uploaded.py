"""Pictures of ours that Facebook keeps: for each page the id under which they are sent again."""

from repository.database.connection import Connection
from repository.database.scalars import text


async def attachment(conn: Connection, *, name: str, page_id: str) -> str:
    """The id under which Facebook keeps a picture for a page; empty where nobody knows one.

    Args:
        conn: An open connection.
        name: `goods_pictures.name`.
        page_id: A further page; empty for the first.
    """
    return text(
        await conn.value(
            "SELECT COALESCE(MAX(attachment_id), '') FROM uploaded_pictures"
            " WHERE name = %(name)s AND page_id = %(page_id)s",
            name=name,
            page_id=page_id,
        )
    )


async def keep(conn: Connection, *, name: str, page_id: str, attachment_id: str) -> None:
    """Keep under which id Facebook has a picture; of one that is none of ours nothing is kept.

    Args:
        conn: An open connection.
        name: `goods_pictures.name`.
        page_id: A further page; empty for the first.
        attachment_id: The id, for this page alone.
    """
    await conn.run(
        "INSERT INTO uploaded_pictures (name, page_id, attachment_id)"
        " SELECT name, %(page_id)s, %(attachment_id)s FROM goods_pictures WHERE name = %(name)s"
        " ON DUPLICATE KEY UPDATE attachment_id = %(attachment_id)s, uploaded_at = NOW()",
        name=name,
        page_id=page_id,
        attachment_id=attachment_id,
    )


async def forget(conn: Connection, *, name: str, page_id: str, attachment_id: str) -> None:
    """Facebook keeps a picture no more under this id.

    Args:
        conn: An open connection.
        name: `goods_pictures.name`.
        page_id: A further page; empty for the first.
        attachment_id: The id that Facebook refused; one that another process has got meanwhile stays.
    """
    await conn.run(
        "DELETE FROM uploaded_pictures WHERE name = %(name)s AND page_id = %(page_id)s"
        " AND attachment_id = %(attachment_id)s",
        name=name,
        page_id=page_id,
        attachment_id=attachment_id,
    )
