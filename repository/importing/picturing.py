"""Picture files brought in: each to the product that it is called after, where that has no picture yet."""

import asyncio
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from repository.catalogue import pictures
from repository.database.connection import Connection, Database
from repository.database.inserting import insert_rows
from repository.files.pictures import NotKept, Picture, prepare
from repository.importing import journal
from repository.importing.journal import Entry
from repository.importing.named import Goods, PictureFile, Sorted, sort
from repository.staff import audit
from repository.staff.by import By

AT_ONCE = 2000
"""Products that are looked at together."""


class Brought(msgspec.Struct, frozen=True):
    """What became of picture files.

    Attributes:
        products: Products that have pictures now.
        pictures: How many these are.
        refused: Files that cannot be kept as pictures, and why.
    """

    products: int
    pictures: int
    refused: Sequence[tuple[str, str]]


async def look(database: Database, files: Sequence[PictureFile]) -> Sorted:
    """Which product each file belongs to. Nothing is written.

    Args:
        database: The shop's.
        files: Which.
    """
    goods: list[Goods] = []
    while True:
        async with database.connection() as conn:
            rows = await conn.all(
                Goods,
                "SELECT p.id, COALESCE(p.sku, ''), p.name, EXISTS (SELECT 1 FROM product_images i"
                " WHERE i.product_id = p.id) FROM products p WHERE p.id > %(last)s AND p.status <> 'discontinued'"
                " ORDER BY p.id LIMIT %(most)s",
                last=goods[-1].id if goods else 0,
                most=AT_ONCE,
            )
        goods += rows
        if len(rows) < AT_ONCE:
            return await asyncio.to_thread(sort, files, goods)


async def bring(
    database: Database,
    found: Sorted,
    *,
    called: str,
    base: str,
    by: By,
    told: Callable[[int, int], object] = lambda *_: None,
) -> Brought:
    """Give products their pictures, one product a transaction; `revert` takes them back.

    Args:
        database: The shop's.
        found: As `look` found it.
        called: What the folder or the zip is called.
        base: The shop's address, in front of the pictures' paths.
        by: Who does it.
        told: Called with how many products are done, and of how many.
    """
    async with database.transaction() as conn:
        import_id = await journal.begin(conn, file_name=called, planned=len(found.of), by=by)
        await audit.record(
            conn,
            action="catalogue.pictures",
            admin_id=by.admin_id,
            subject=f"import {import_id}",
            details={"products": len(found.of)},
            ip_address=by.ip_address,
        )
    refused: list[tuple[str, str]] = []
    kept = products = 0
    for done, (product, files) in enumerate(found.of, 1):
        ready = []
        for file in files:
            picture = await asyncio.to_thread(_prepared, file)
            if isinstance(picture, str):
                refused.append((file.name, picture))
            else:
                ready.append(picture)
        count = await database.retry(partial(_give, import_id=import_id, product=product, ready=ready, base=base))
        kept += count
        products += count > 0
        told(done, len(found.of))
    async with database.connection() as conn:
        await conn.run("UPDATE catalogue_imports SET status = 'done' WHERE id = %(id)s", id=import_id)
    return Brought(products, kept, refused)


async def _give(conn: Connection, *, import_id: int, product: Goods, ready: Sequence[Picture], base: str) -> int:
    """Give a product its pictures, unless it has got some meanwhile. How many."""
    await conn.run("SELECT id FROM products WHERE id = %(id)s FOR UPDATE", id=product.id)
    there = await conn.value("SELECT COUNT(*) FROM product_images WHERE product_id = %(id)s", id=product.id)
    paths = [] if there else list(dict.fromkeys([await pictures.keep(conn, picture=one) for one in ready]))
    statements = []
    if paths:
        statements += [
            insert_rows(
                "INSERT INTO product_images (product_id, image_url, image_type, display_order, is_primary)",
                [
                    (product.id, base + path, "gallery" if place else "main", place, not place)
                    for place, path in enumerate(paths)
                ],
            ),
            journal.note(import_id, [Entry("pictures", product.id, 0, None, msgspec.json.encode(paths).decode())]),
        ]
    await conn.batch(*statements, journal.counted(import_id, 1))
    return len(paths)


def _prepared(file: PictureFile) -> Picture | str:
    """A file as a picture; why not, where it cannot be one."""
    try:
        return prepare(file.read(), side=pictures.SIDE)
    except NotKept as refused:
        return refused.trouble
    except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return "broken"
