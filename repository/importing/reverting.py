"""The last import taken back: what it has set, as far as nobody has changed it since, and never stock that was sold."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from repository.catalogue.pictures import PATH
from repository.database.connection import Connection, Database, Statement
from repository.importing import journal
from repository.importing.journal import ProductValues, VariantValues
from repository.importing.locked import (
    PRODUCT_VALUES,
    VARIANT_VALUES,
    LockedProduct,
    LockedVariant,
    as_performed,
    set_product,
    set_variant,
)
from repository.importing.planning import AT_ONCE
from repository.staff import audit
from repository.staff.by import By

_Values = TypeVar("_Values", bound=msgspec.Struct)


class Reverted(msgspec.Struct, frozen=True):
    """What became of an import that was taken back.

    Attributes:
        import_id: `catalogue_imports.id`.
        file_name: What its file was called.
        restored: Products and variants that are again what they were.
        archived: Products and variants that it had made, which are no longer sold.
        kept: Those that somebody has changed since, and that stay so.
    """

    import_id: int
    file_name: str
    restored: int
    archived: int
    kept: int


class _Row(msgspec.Struct, frozen=True):
    id: int
    kind: str
    subject_id: int
    more: int
    was: str | None
    now: str


async def revert(database: Database, *, by: By, told: Callable[[int], object] = lambda _: None) -> Reverted | None:
    """Take the last import back; None where there is none. Broken off, it goes on where it stopped.

    Args:
        database: The shop's.
        by: Who wants it.
        told: Called with how many rows have been looked at.
    """
    async with database.connection() as conn:
        last = await journal.last(conn)
    if last is None:
        return None
    counts = [0, 0, 0]
    looked_at = 0
    while True:

        async def work(conn: Connection) -> tuple[int, list[int]]:
            return await _some(conn, last.id, by)

        rows, counted = await database.retry(work)
        if not rows:
            break
        counts = [before + more for before, more in zip(counts, counted, strict=True)]
        looked_at += rows
        told(looked_at)
    async with database.transaction() as conn:
        await conn.run("UPDATE catalogue_imports SET status = 'reverted' WHERE id = %(id)s", id=last.id)
        await audit.record(
            conn,
            action="catalogue.reverted",
            admin_id=by.admin_id,
            subject=f"import {last.id}",
            details={"restored": counts[0], "archived": counts[1], "kept": counts[2]},
            ip_address=by.ip_address,
        )
    return Reverted(last.id, last.file_name, *counts)


async def _some(conn: Connection, import_id: int, by: By) -> tuple[int, list[int]]:
    """Take some rows back, the newest first; how many there were, and what became of them."""
    rows = await conn.all(
        _Row,
        "SELECT id, kind, subject_id, more, was, now FROM catalogue_import_rows WHERE import_id = %(import_id)s"
        f" ORDER BY id DESC LIMIT {AT_ONCE}",
        import_id=import_id,
    )
    if not rows:
        return 0, [0, 0, 0]
    statements, counts = [as_performed(import_id, by, begins=True)], [0, 0, 0]
    products = {row.subject_id: row for row in rows if row.kind == "product"}
    variants = {row.subject_id: row for row in rows if row.kind == "variant"}
    holders = await conn.run("SELECT DISTINCT product_id FROM product_variants WHERE id IN %(ids)s", ids=[0, *variants])
    ids = sorted({*products, *(int(str(row[0])) for row in holders.rows)})
    for product in await conn.all(
        LockedProduct,
        f"SELECT {PRODUCT_VALUES} FROM products WHERE id IN %(ids)s ORDER BY id FOR UPDATE",
        ids=[0, *ids],
    ):
        if row := products.get(product.id):
            before = _before(row, product.values, ProductValues, counts)
            archived = msgspec.structs.replace(product.values, status="discontinued")
            values = before or (archived if row.was is None and _is_as_set(row, product.values) else product.values)
            statements.append(set_product(product.id, values, max(product.left - row.more, 0)))
    for variant in await conn.all(
        LockedVariant,
        f"SELECT {VARIANT_VALUES} FROM product_variants WHERE id IN %(ids)s ORDER BY id FOR UPDATE",
        ids=[0, *sorted(variants)],
    ):
        row = variants[variant.id]
        kept = _before(row, variant.values, VariantValues, counts)
        hidden = msgspec.structs.replace(variant.values, is_available=False)
        shown = kept or (hidden if row.was is None and _is_as_set(row, variant.values) else variant.values)
        statements.append(set_variant(variant.id, shown, max(variant.left - row.more, 0)))
    statements.extend(_pictures(rows))
    statements.append(as_performed(import_id, by, begins=False))
    statements.append(
        Statement("DELETE FROM catalogue_import_rows WHERE id IN %(ids)s", {"ids": [row.id for row in rows]})
    )
    await conn.batch(*statements)
    return len(rows), counts


def _pictures(rows: Sequence[_Row]) -> list[Statement]:
    return [
        Statement(sql, {"id": row.subject_id, "links": msgspec.json.decode(row.now, type=list[str]), "path": PATH})
        for row in rows
        if row.kind == "pictures"
        for sql in (
            "DELETE FROM product_images WHERE product_id = %(id)s AND (image_url IN %(links)s"
            " OR CONCAT(%(path)s, SUBSTRING_INDEX(image_url, %(path)s, -1)) IN %(links)s)",
            "DELETE FROM picture_fetches WHERE product_id = %(id)s AND link IN %(links)s",
        )
    ]


def _is_as_set(row: _Row, values: msgspec.Struct) -> bool:
    return msgspec.json.decode(row.now, type=type(values)) == values


def _before(row: _Row, values: msgspec.Struct, kind: type[_Values], counts: list[int]) -> _Values | None:
    """What it was before the import; None where it stays, or was made by it. Counted in either case."""
    if not _is_as_set(row, values):
        counts[2] += 1
        return None
    if row.was is None:
        counts[1] += 1
        return None
    counts[0] += 1
    return msgspec.json.decode(row.was, type=kind)
