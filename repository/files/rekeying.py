"""A new `FILES_KEY`: the keys of all files are sealed anew under it, so that the old one can be taken away."""

import msgspec

from bot.base.sealing import Sealed
from repository.database.connection import Connection, Statement
from repository.files.files import keys_in

AT_ONCE = 200
"""Files in a transaction."""


class _Old(msgspec.Struct, frozen=True):
    id: int
    purpose: str
    digest: bytes
    sealed_key: bytes
    key_number: int


class Rekeyed(msgspec.Struct, frozen=True):
    """Some files that were gone through.

    Attributes:
        done: How many have the newest key now.
        last_id: `stored_files.id` of the last that was looked at; 0 where none was left.
        lost: Ids of those that do not open, since their key is gone from `FILES_KEY`.
    """

    done: int
    last_id: int
    lost: tuple[int, ...]


async def left(conn: Connection) -> int:
    """How many files are sealed under an older key than the newest.

    Raises:
        NoKeys: The shop has no `FILES_KEY`.
    """
    counted = await conn.value(
        "SELECT COUNT(*) FROM stored_files WHERE deleted_at IS NULL AND key_number <> %(newest)s",
        newest=keys_in(conn).newest,
    )
    return int(str(counted))


async def rekey(conn: Connection, *, after: int) -> Rekeyed:
    """Seal the keys of some files anew under the newest of `FILES_KEY`; what they hold stays as it is.

    Args:
        conn: A connection in a transaction, which the caller owns.
        after: `stored_files.id` behind which to look, 0 to begin.

    Raises:
        NoKeys: The shop has no `FILES_KEY`.
    """
    keys = keys_in(conn)
    rows = await conn.all(
        _Old,
        "SELECT id, purpose, digest, sealed_key, key_number FROM stored_files FORCE INDEX (PRIMARY)"
        " WHERE id > %(after)s AND deleted_at IS NULL AND key_number <> %(newest)s ORDER BY id"
        " LIMIT %(most)s FOR UPDATE",
        after=after,
        newest=keys.newest,
        most=AT_ONCE,
    )
    lost: list[int] = []
    changes: list[Statement] = []
    for row in rows:
        if not keys.has(row.key_number):
            lost.append(row.id)
            continue
        key = keys.open(row.purpose, Sealed(row.key_number, row.sealed_key), about=row.digest)
        sealed = keys.seal(row.purpose, key, about=row.digest)
        changes.append(
            Statement(
                "UPDATE stored_files SET sealed_key = %(key)s, key_number = %(number)s WHERE id = %(id)s",
                {"key": sealed.content, "number": sealed.key_number, "id": row.id},
            )
        )
    if changes:
        await conn.batch(*changes)
    return Rekeyed(len(changes), rows[-1].id if rows else 0, tuple(lost))
