"""Files that people sent or merchants uploaded: each stored once, sealed, in pieces, for every machine to read."""

from datetime import datetime
from typing import Literal

import msgspec

from bot.base.sealing import Keys, Sealed, new_key, open_piece, seal_piece
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotFound, ShopError
from repository.database.scalars import number
from repository.files.pictures import Picture

PIECE = 256 * 1024
"""Bytes of a piece before it is sealed: it fits any packet, twice as long as it is on its way."""

Purpose = Literal["proof", "identity", "return", "review", "account"]
"""As in `stored_files.purpose`: who may see it, and for how long, depends on it."""


class NoKeys(ShopError):
    """Nothing can be kept: `FILES_KEY` is not set."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file with all that it holds.

    Attributes:
        id: `stored_files.id`.
        purpose: What it is for.
        media_type: Such as "image/jpeg".
        width: Pixels.
        height: Pixels.
        content: Its bytes.
        digest: SHA-256 of the file as it was sent.
    """

    id: int
    purpose: str
    media_type: str
    width: int
    height: int
    content: bytes
    digest: bytes


class _Row(msgspec.Struct, frozen=True):
    id: int
    purpose: str
    media_type: str
    width: int
    height: int
    digest: bytes
    sealed_key: bytes
    key_number: int
    is_deleted: bool

    @property
    def sealed(self) -> Sealed:
        return Sealed(self.key_number, self.sealed_key)


_COLUMNS = "id, purpose, media_type, width, height, digest, sealed_key, key_number, deleted_at IS NOT NULL"


async def keep(conn: Connection, *, purpose: Purpose, picture: Picture, delete_after: datetime | None = None) -> int:
    """Keep a picture; the one that is kept already where the same file was sent before for the same purpose.

    Args:
        conn: A connection in a transaction, which the caller owns.
        purpose: What it is for.
        picture: What `pictures.prepare` made.
        delete_after: When it is deleted unless somebody decides otherwise (`hold`); None keeps it.

    Returns:
        `stored_files.id`.

    Raises:
        NoKeys: The shop has no `FILES_KEY`.
    """
    keys = keys_in(conn)
    key = new_key()
    sealed = keys.seal(purpose, key, about=picture.digest)
    values: dict[str, Bound] = {
        "purpose": purpose,
        "digest": picture.digest,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.content),
        "key": sealed.content,
        "number": sealed.key_number,
        "after": delete_after,
    }
    made = await conn.run(
        "INSERT IGNORE INTO stored_files (purpose, digest, media_type, width, height, size, sealed_key, key_number,"
        " delete_after) VALUES (%(purpose)s, %(digest)s, %(media_type)s, %(width)s, %(height)s, %(size)s, %(key)s,"
        " %(number)s, %(after)s)",
        **values,
    )
    if made.rowcount:
        await _write(conn, made.last_id, key, picture.content)
        return made.last_id
    there = await conn.one(
        _Row,
        f"SELECT {_COLUMNS} FROM stored_files WHERE purpose = %(purpose)s AND digest = %(digest)s FOR UPDATE",
        **values,
    )
    assert there is not None, "rows of stored_files are never deleted"
    if there.is_deleted:  # known again, and wanted again
        await conn.run(
            "UPDATE stored_files SET media_type = %(media_type)s, width = %(width)s, height = %(height)s,"
            " size = %(size)s, sealed_key = %(key)s, key_number = %(number)s, delete_after = %(after)s,"
            " deleted_at = NULL WHERE id = %(id)s",
            **values,
            id=there.id,
        )
        await _write(conn, there.id, key, picture.content)
    else:
        # Whoever decided that it stays longer, or for good, has the last word.
        await conn.run(
            "UPDATE stored_files SET delete_after = IF(delete_after IS NULL, NULL, GREATEST(delete_after, %(after)s))"
            " WHERE id = %(id)s",
            **values,
            id=there.id,
        )
    return there.id


async def open_file(conn: Connection, *, file_id: int) -> File:
    """A file with all that it holds.

    Args:
        conn: An open connection.
        file_id: `stored_files.id`.

    Raises:
        NotFound: There is none, or what it held was deleted.
        NoKeys: The shop has no `FILES_KEY`.
        CannotOpen: The key that it was sealed with is not in `FILES_KEY` any more, or it was changed.
    """
    values: dict[str, Bound] = {"id": file_id}
    rows, pieces = await conn.batch(
        Statement(f"SELECT {_COLUMNS} FROM stored_files WHERE id = %(id)s", values),
        Statement("SELECT piece FROM stored_file_pieces WHERE file_id = %(id)s ORDER BY number", values),
    )
    row = conn.read(_Row, rows.rows[0]) if rows.rows else None
    if row is None or row.is_deleted:
        raise NotFound(f"file {file_id}")
    key = keys_in(conn).open(row.purpose, row.sealed, about=row.digest)
    count = len(pieces.rows)
    content = b"".join(
        open_piece(key, piece, number=place, count=count)
        for place, (piece,) in enumerate(pieces.rows)
        if isinstance(piece, bytes)
    )
    return File(
        id=row.id,
        purpose=row.purpose,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        content=content,
        digest=row.digest,
    )


async def hold(conn: Connection, *, file_ids: tuple[int, ...], delete_after: datetime | None = None) -> None:
    """Decide how long files stay.

    Args:
        conn: An open connection.
        file_ids: Which.
        delete_after: When they are deleted; None keeps them until somebody decides again.
    """
    await conn.run(
        "UPDATE stored_files SET delete_after = %(after)s WHERE id IN %(ids)s", after=delete_after, ids=file_ids
    )


async def turn_into(conn: Connection, *, file_id: int, purpose: Purpose) -> int:
    """Have a file for another purpose than the one that it was sent for, under the key of that one.

    Args:
        conn: A connection in a transaction, which the caller owns.
        file_id: `stored_files.id`.
        purpose: What it turned out to be.

    Returns:
        `stored_files.id` of the file for that purpose, which is kept. The other goes, unless somebody holds it.

    Raises:
        NotFound: There is no such file, or what it held was deleted.
        NoKeys: The shop has no `FILES_KEY`.
        CannotOpen: Its key is not in `FILES_KEY` any more.
    """
    file = await open_file(conn, file_id=file_id)
    if file.purpose == purpose:
        await hold(conn, file_ids=(file_id,))
        return file_id
    await conn.run(
        "UPDATE stored_files SET delete_after = NOW() WHERE id = %(id)s AND delete_after IS NOT NULL", id=file_id
    )
    picture = Picture(
        content=file.content, media_type=file.media_type, width=file.width, height=file.height, digest=file.digest
    )
    return await keep(conn, purpose=purpose, picture=picture)


async def delete_due(conn: Connection, *, most: int = 100) -> int:
    """Delete what files hold whose time is over. Their digests stay, so that the same file is known again.

    Args:
        conn: A connection in a transaction, which the caller owns.
        most: Files at most.

    Returns:
        How many there were; call it again where that is `most`.
    """
    due = await conn.run(
        "SELECT id FROM stored_files FORCE INDEX (ix_stored_files_due) WHERE deleted_at IS NULL"
        " AND delete_after <= NOW() ORDER BY delete_after LIMIT %(most)s FOR UPDATE SKIP LOCKED",
        most=most,
    )
    ids = [number(row[0]) for row in due.rows]
    if ids:
        await conn.batch(
            Statement("DELETE FROM stored_file_pieces WHERE file_id IN %(ids)s", {"ids": ids}),
            Statement("UPDATE stored_files SET deleted_at = NOW(), sealed_key = '' WHERE id IN %(ids)s", {"ids": ids}),
        )
    return len(ids)


def keys_in(conn: Connection) -> Keys:
    """The keys of the shop.

    Raises:
        NoKeys: It has none.
    """
    if conn.keys is None:
        raise NoKeys("FILES_KEY is not set")
    return conn.keys


async def _write(conn: Connection, file_id: int, key: bytes, content: bytes) -> None:
    count = -(-len(content) // PIECE)
    for place in range(count):
        piece = content[place * PIECE : (place + 1) * PIECE]
        await conn.run(
            "INSERT INTO stored_file_pieces (file_id, number, piece) VALUES (%(id)s, %(place)s, %(piece)s)",
            id=file_id,
            place=place,
            piece=seal_piece(key, piece, number=place, count=count),
        )
