"""A plan carried out in pieces; what was written stays when it is broken off, and the same file brings the rest."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from repository.catalogue.pictures import PATH
from repository.catalogue.slugs import slug_of
from repository.database.connection import Connection, Database, Statement
from repository.database.errors import Duplicate, ShopError
from repository.database.inserting import insert_rows
from repository.database.scalars import number, text
from repository.importing import fetches, journal
from repository.importing.journal import Entry, ProductValues, VariantValues
from repository.importing.locked import (
    PRODUCT_VALUES,
    VARIANT_VALUES,
    LockedProduct,
    LockedVariant,
    as_performed,
    set_product,
    set_variant,
)
from repository.importing.planning import Plan, ProductStep, VariantStep, pieces_of, status_of
from repository.importing.shelves import Shelves, shelves_for
from repository.importing.wanted import folded, mark
from repository.staff import audit
from repository.staff.by import By


class Overtaken(ShopError):
    """Somebody has made one of the new products meanwhile: what is written stays, and a new plan brings the rest."""


async def apply(
    database: Database, plan: Plan, *, file_name: str, by: By, told: Callable[[int, int], object] = lambda *_: None
) -> int:
    """Write what was planned; `catalogue_imports.id`.

    Args:
        database: The shop's.
        plan: What to write.
        file_name: What the file is called.
        by: Who imports.
        told: Called with how many products are written, and of how many.

    Raises:
        Overtaken: Somebody made one of the new products meanwhile.
    """
    async with database.transaction() as conn:
        import_id = await journal.begin(conn, file_name=file_name, planned=len(plan.steps), by=by)
        await audit.record(
            conn,
            action="catalogue.imported",
            admin_id=by.admin_id,
            subject=f"import {import_id}",
            details={"new": plan.new, "changed": plan.changed, "errors": len(plan.errors)},
            ip_address=by.ip_address,
        )
    shelves = await shelves_for(database, plan.steps, by)
    done = 0
    for steps in pieces_of(plan.steps):

        async def write(conn: Connection, steps: Sequence[ProductStep] = steps) -> None:
            await _write(conn, import_id, steps, shelves, by)

        try:
            await database.retry(write)
        except Duplicate as error:
            raise Overtaken("a product of this SKU was made meanwhile") from error
        done += len(steps)
        told(done, len(plan.steps))
    async with database.connection() as conn:
        await conn.run("UPDATE catalogue_imports SET status = 'done' WHERE id = %(id)s", id=import_id)
    return import_id


async def _write(conn: Connection, import_id: int, steps: Sequence[ProductStep], shelves: Shelves, by: By) -> None:
    """One piece, in the caller's transaction."""
    standing = {step.was.id: step for step in steps if step.was}
    entries: list[Entry] = []
    statements: list[Statement] = [as_performed(import_id, by, begins=True)]
    ids: dict[str, int] = {folded(step.was.sku): step.was.id for step in steps if step.was}
    if standing:
        rows = await conn.all(
            LockedProduct,
            f"SELECT {PRODUCT_VALUES} FROM products WHERE id IN %(ids)s ORDER BY id FOR UPDATE",
            ids=list(standing),
        )
        for row in rows:
            _change_product(row, standing[row.id], shelves, statements, entries)
    made = [step for step in steps if step.was is None]
    if made:
        statements.append(_insert_products(made, shelves, import_id))
    await conn.batch(*statements)
    if made:
        found = await conn.run(
            "SELECT sku, id FROM products WHERE sku IN %(skus)s", skus=[step.wanted.sku for step in made]
        )
        ids.update({folded(text(sku)): number(one) for sku, one in found.rows})
        entries.extend(
            Entry("product", ids[folded(step.wanted.sku)], step.more, None, _json(_made_values(step, shelves)))
            for step in made
        )
    await _write_variants(conn, steps, ids, entries)
    await _write_pictures(conn, import_id, steps, ids, entries)
    await conn.batch(
        as_performed(import_id, by, begins=False),
        *([journal.note(import_id, entries)] if entries else []),
        journal.counted(import_id, len(steps)),
    )


def _change_product(
    row: LockedProduct, step: ProductStep, shelves: Shelves, statements: list[Statement], entries: list[Entry]
) -> None:
    one, was = step.wanted, row.values
    now = ProductValues(
        name=one.name,
        description=was.description if one.description is None else one.description,
        category_id=was.category_id if one.category is None else shelves.category(one.category),
        brand_id=was.brand_id if one.brand is None else shelves.brand(one.brand),
        price=one.price,
        cost=was.cost if one.cost is None else one.cost,
        weight_kg=was.weight_kg if one.weight_kg is None else one.weight_kg,
        status=status_of(one, was.status) or was.status,
        was_price=was.was_price if one.was_price is None else one.was_price,
        barcode=was.barcode if one.barcode is None else one.barcode,
    )
    more = max(row.left + step.more, 0) - row.left
    if now == was and not more:
        return
    statements.append(set_product(row.id, now, row.left + more))
    entries.append(Entry("product", row.id, more, _json(was), _json(now)))


def _made_values(step: ProductStep, shelves: Shelves) -> ProductValues:
    one = step.wanted
    return ProductValues(
        name=one.name,
        description=one.description or "",
        category_id=shelves.category(one.category),
        brand_id=shelves.brand(one.brand),
        price=one.price,
        cost=one.cost,
        weight_kg=one.weight_kg,
        status=one.status or "active",
        was_price=one.was_price or Decimal(0),
        barcode=one.barcode or "",
    )


def _insert_products(made: Sequence[ProductStep], shelves: Shelves, import_id: int) -> Statement:
    rows = []
    for step in made:
        one, values = step.wanted, _made_values(step, shelves)
        own = mark(f"{one.sku} {import_id}").lower()  # another product may have had the SKU before
        slug = f"{slug_of(one.name)[:60]}-{own}"
        *told, was, barcode = msgspec.structs.astuple(values)
        rows.append((one.sku, slug, *told, was or None, barcode or None, step.more))
    return insert_rows(
        "INSERT INTO products (sku, slug, name, description, category_id, brand_id, base_price, cost_price, weight_kg,"
        " status, was_price, barcode, stock_quantity)",
        rows,
    )


async def _write_variants(
    conn: Connection, steps: Sequence[ProductStep], ids: dict[str, int], entries: list[Entry]
) -> None:
    standing: dict[int, VariantStep] = {one.was.id: one for step in steps for one in step.variants if one.was}
    made = [(ids[folded(step.wanted.sku)], one) for step in steps for one in step.variants if one.was is None]
    if standing:
        rows = await conn.all(
            LockedVariant,
            f"SELECT {VARIANT_VALUES} FROM product_variants WHERE id IN %(ids)s ORDER BY id FOR UPDATE",
            ids=list(standing),
        )
        statements = []
        for row in rows:
            said = standing[row.id].wanted
            is_available = row.is_available if said.is_available is None else said.is_available
            barcode = row.barcode if said.barcode is None else said.barcode
            now = VariantValues(said.sku_suffix or row.sku_suffix, said.price_adjustment, is_available, barcode)
            more = max(row.left + standing[row.id].more, 0) - row.left
            statements.append(set_variant(row.id, now, row.left + more))
            entries.append(Entry("variant", row.id, more, _json(row.values), _json(now)))
        await conn.batch(*statements)
    if made:
        done = await conn.batch(
            insert_rows(
                "INSERT INTO product_variants (product_id, variant_name, variant_value, sku_suffix, price_adjustment,"
                " stock_quantity, is_available, barcode)",
                [
                    (
                        product_id,
                        one.wanted.name,
                        one.wanted.value,
                        one.wanted.sku_suffix or None,
                        one.wanted.price_adjustment,
                        one.more,
                        one.wanted.is_available is not False,
                        one.wanted.barcode or None,
                    )
                    for product_id, one in made
                ],
            ),
            Statement(
                "SELECT product_id, variant_name, variant_value, id FROM product_variants WHERE product_id IN %(ids)s",
                {"ids": sorted({product_id for product_id, _ in made})},
            ),
        )
        known = {
            (number(product), folded(text(name)), folded(text(value))): number(one)
            for product, name, value, one in done[1].rows
        }
        for product_id, one in made:
            wanted = one.wanted
            now = VariantValues(
                wanted.sku_suffix, wanted.price_adjustment, wanted.is_available is not False, wanted.barcode or ""
            )
            variant_id = known[product_id, folded(one.wanted.name), folded(one.wanted.value)]
            entries.append(Entry("variant", variant_id, one.more, None, _json(now)))


async def _write_pictures(
    conn: Connection, import_id: int, steps: Sequence[ProductStep], ids: dict[str, int], entries: list[Entry]
) -> None:
    rows: list[tuple[int, str, str, int, bool]] = []
    for step in steps:
        if step.wanted.images and (step.was is None or not step.was.images):
            product_id = ids[folded(step.wanted.sku)]
            entries.append(Entry("pictures", product_id, 0, None, _json(step.wanted.images)))
            rows.extend(
                (product_id, link, "gallery" if place else "main", place, not place)
                for place, link in enumerate(step.wanted.images)
            )
    if rows:
        await conn.batch(
            insert_rows(
                "INSERT INTO product_images (product_id, image_url, image_type, display_order, is_primary)", rows
            ),
            *([fetches.wanted(import_id, links)] if (links := [row[:2] for row in rows if PATH not in row[1]]) else []),
        )


def _json(values: object) -> str:
    return msgspec.json.encode(values).decode()
