"""How long the files of proofs stay: payments some days after the parcel arrived, IDs some days after their review."""

from repository.database.connection import Bound, Connection, Statement
from repository.files.files import delete_due
from repository.rules import Rules


async def delete_old(conn: Connection, *, rules: Rules, most: int = 100) -> int:
    """Decide about files whose order is over, and delete some of those whose time is over.

    An ID that nobody reviewed goes as one that was reviewed when its order ended.

    Args:
        conn: A connection in a transaction, which the caller owns.
        rules: The shop's rules.
        most: Files at most of each.

    Returns:
        How many were deleted; call it again where that is `most`.
    """
    values: dict[str, Bound] = {"proofs": rules.proof_kept_days, "identity": rules.identity_kept_days, "most": most}
    ended = "COALESCE(o.delivered_at, o.returned_at, o.cancelled_at)"
    await conn.batch(
        Statement(
            f"""
            UPDATE stored_files f JOIN (
                SELECT f.id, MAX({ended}) AS ended, f.purpose,
                    SUM({ended} IS NULL) AS going_on
                FROM stored_files f JOIN order_proofs p ON p.file_id = f.id OR p.selfie_file_id = f.id
                    JOIN orders o ON o.id = p.order_id
                WHERE f.deleted_at IS NULL AND f.delete_after IS NULL AND f.purpose IN ('proof', 'identity')
                GROUP BY f.id, f.purpose HAVING going_on = 0 LIMIT %(most)s
            ) over_now ON over_now.id = f.id
            SET f.delete_after = over_now.ended
                + INTERVAL IF(over_now.purpose = 'identity', %(identity)s, %(proofs)s) DAY
            """,
            values,
        )
    )
    return await delete_due(conn, most=most)
