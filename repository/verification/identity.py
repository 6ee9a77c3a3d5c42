"""Identity papers: which order one belongs to."""

from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.database.scalars import number


async def order_of(conn: Connection, *, file_id: int, proof_id: int) -> int:
    """The order whose proof an identity paper is.

    Args:
        conn: An open connection.
        file_id: `stored_files.id`.
        proof_id: `order_proofs.id`.

    Returns:
        `orders.id`.

    Raises:
        NotFound: That proof has no such picture, it is no identity paper, or what it held was deleted.
    """
    order_id = await conn.value(
        """
        SELECT p.order_id FROM order_proofs p JOIN stored_files f ON f.id = %(file_id)s
        WHERE p.id = %(proof_id)s AND %(file_id)s IN (p.file_id, p.selfie_file_id)
          AND f.purpose = 'identity' AND f.deleted_at IS NULL
        """,
        file_id=file_id,
        proof_id=proof_id,
    )
    if order_id is None:
        raise NotFound(str(file_id))
    return number(order_id)
