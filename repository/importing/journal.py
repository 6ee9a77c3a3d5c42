"""What an import has set, so that it can be taken back."""

import zlib
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.errors import NotFound
from repository.database.inserting import insert_rows
from repository.sheets.table import Unreadable
from repository.staff.by import By

DRAFT_MOST = 7 * 1024 * 1024
"""Bytes of a packed file: it travels to the database in one packet."""


class ProductValues(msgspec.Struct, frozen=True):
    """What an import sets of a product."""

    name: str
    description: str
    category_id: int
    brand_id: int
    price: Decimal
    cost: Decimal | None
    weight_kg: Decimal | None
    status: str
    was_price: Decimal = Decimal(0)
    barcode: str = ""


class VariantValues(msgspec.Struct, frozen=True):
    """What an import sets of a variant."""

    sku_suffix: str
    price_adjustment: Decimal
    is_available: bool
    barcode: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One product or variant that an import has written.

    Attributes:
        kind: "product" or "variant".
        subject_id: `products.id` or `product_variants.id`.
        more: Pieces that were put on the shelf.
        was: JSON of what it was; None where the import made it.
        now: JSON of what it became.
    """

    kind: str
    subject_id: int
    more: int
    was: str | None
    now: str


class Import(msgspec.Struct, frozen=True):
    """An import, as it is listed.

    Attributes:
        id: `catalogue_imports.id`.
        file_name: What the file was called.
        status: "running", "done" or "reverted".
        written: Products and variants that it has written so far.
        planned: How many it was to write.
    """

    id: int
    file_name: str
    status: str
    written: int
    planned: int


async def begin(conn: Connection, *, file_name: str, planned: int, by: By) -> int:
    """Note that an import begins; its `catalogue_imports.id`.

    Args:
        conn: An open connection.
        file_name: What the file is called.
        planned: Products that it will write.
        by: Who imports.
    """
    made = await conn.run(
        "INSERT INTO catalogue_imports (file_name, planned, admin_id) VALUES (%(file_name)s, %(planned)s, %(by)s)",
        file_name=file_name[:255],
        planned=planned,
        by=by.admin_id,
    )
    return made.last_id


def note(import_id: int, entries: list[Entry]) -> Statement:
    """What keeps the entries of one piece.

    Args:
        import_id: `catalogue_imports.id`.
        entries: At least one.
    """
    return insert_rows(
        "INSERT INTO catalogue_import_rows (import_id, kind, subject_id, more, was, now)",
        [(import_id, one.kind, one.subject_id, one.more, one.was, one.now) for one in entries],
    )


def counted(import_id: int, more: int) -> Statement:
    """What counts products as written.

    Args:
        import_id: `catalogue_imports.id`.
        more: How many more.
    """
    return Statement(
        "UPDATE catalogue_imports SET written = written + %(more)s WHERE id = %(id)s", {"more": more, "id": import_id}
    )


async def keep_draft(conn: Connection, *, content: bytes, by: By, file_name: str = "") -> int:
    """Keep a file that was sent until it is decided about; its `catalogue_imports.id`. Older drafts of theirs go.

    Args:
        conn: An open connection. The caller owns the transaction.
        content: The whole file.
        by: Whose.
        file_name: What it was called, or empty.

    Raises:
        Unreadable: It is too large to be kept.
    """
    packed = zlib.compress(content, 6)
    if len(packed) > DRAFT_MOST:
        raise Unreadable("The file is too large for the console. `quicksell catalog import` takes larger ones.")
    await conn.run("DELETE FROM catalogue_imports WHERE status = 'draft' AND admin_id <=> %(by)s", by=by.admin_id)
    made = await conn.run(
        "INSERT INTO catalogue_imports (file_name, status, content, planned, admin_id)"
        " VALUES (%(file_name)s, 'draft', %(packed)s, 0, %(by)s)",
        file_name=file_name[:255] or "from the console",
        packed=packed,
        by=by.admin_id,
    )
    return made.last_id


async def draft(conn: Connection, *, import_id: int, by: By) -> bytes:
    """A file that waits for a decision.

    Args:
        conn: An open connection.
        import_id: `catalogue_imports.id`.
        by: Whose it must be.

    Raises:
        NotFound: It is not there, or another one's.
    """
    packed = await conn.value(
        "SELECT content FROM catalogue_imports WHERE id = %(id)s AND status = 'draft' AND admin_id <=> %(by)s",
        id=import_id,
        by=by.admin_id,
    )
    if not isinstance(packed, bytes):
        raise NotFound(str(import_id))
    return zlib.decompress(packed)


async def draft_name(conn: Connection, *, import_id: int) -> str:
    """What a file that waits for a decision was called.

    Args:
        conn: An open connection.
        import_id: `catalogue_imports.id`.
    """
    name = await conn.value("SELECT file_name FROM catalogue_imports WHERE id = %(id)s", id=import_id)
    return str(name or "from the console")


async def drop_draft(conn: Connection, *, import_id: int) -> None:
    """Let a file go that was decided about.

    Args:
        conn: An open connection.
        import_id: `catalogue_imports.id`.
    """
    await conn.run("DELETE FROM catalogue_imports WHERE id = %(id)s AND status = 'draft'", id=import_id)


async def last(conn: Connection) -> Import | None:
    """The last import that was not taken back, None where there is none.

    Args:
        conn: An open connection.
    """
    return await conn.one(
        Import,
        "SELECT id, file_name, status, written, planned FROM catalogue_imports WHERE status IN ('running', 'done')"
        " ORDER BY id DESC LIMIT 1",
    )
