"""What happened to a product and its variants, from whichever place it was done."""

from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement

_MOST = 50


class Happened(msgspec.Struct, frozen=True):
    """Something that happened.

    Attributes:
        at: When.
        by: Who did it, or empty.
        how: "save", "import" or "stock".
        variant: Such as "Size: Large"; empty for the product itself.
        action: Of a save what was done, such as "changed"; of an import the file; of a stock why it moved.
        was: JSON of what it was; empty for nothing, and for a stock.
        now: JSON of what it became; empty for a stock.
        change: Pieces that came in, or went where it is below 0.
        left: Pieces that could be sold afterwards.
    """

    at: datetime
    by: str
    how: str
    variant: str
    action: str
    was: str
    now: str
    change: int
    left: int


_BY = "COALESCE(NULLIF(a.full_name, ''), a.username, '')"
_VARIANT = "COALESCE(CONCAT(v.variant_name, ': ', v.variant_value), '')"
_VARIANTS = "SELECT id FROM product_variants WHERE product_id = %(id)s"
_SAVED = f"""
    SELECT s.saved_at, {_BY}, 'save', {_VARIANT}, s.action,
           COALESCE((SELECT b.body FROM reply_versions b WHERE b.kind = s.kind AND b.subject_id = s.subject_id
                     AND b.id < s.id ORDER BY b.id DESC LIMIT 1), ''), s.body, 0, 0
    FROM reply_versions s LEFT JOIN admin_users a ON a.id = s.saved_by
    LEFT JOIN product_variants v ON s.kind = 'variant' AND v.id = s.subject_id
    WHERE s.kind = %(kind)s AND s.subject_id IN ({{subjects}}) AND s.saved_at < %(before)s
    ORDER BY s.id DESC LIMIT {_MOST + 1}
"""
_IMPORTED = f"""
    SELECT i.created_at, {_BY}, 'import', {_VARIANT}, i.file_name, COALESCE(r.was, ''), r.now, 0, 0
    FROM catalogue_import_rows r FORCE INDEX (ix_catalogue_import_rows_subject)
    JOIN catalogue_imports i ON i.id = r.import_id LEFT JOIN admin_users a ON a.id = i.admin_id
    LEFT JOIN product_variants v ON r.kind = 'variant' AND v.id = r.subject_id
    WHERE r.kind = %(kind)s AND r.subject_id IN ({{subjects}}) AND i.created_at < %(before)s
    ORDER BY r.id DESC LIMIT {_MOST + 1}
"""
_MOVED = f"""
    SELECT l.created_at, {_BY}, 'stock', {_VARIANT},
           CONCAT_WS(' ', o.order_number, COALESCE(l.notes, CASE l.transaction_type WHEN 'stock_in' THEN 'came in'
               WHEN 'stock_out' THEN 'sold' WHEN 'return' THEN 'came back' ELSE 'changed' END)), '', '',
           l.quantity_change, l.new_stock
    FROM inventory_logs l LEFT JOIN admin_users a ON a.id = l.performed_by
    LEFT JOIN orders o ON l.reference_type IN ('order', 'return') AND o.id = l.reference_id
    LEFT JOIN product_variants v ON v.id = l.variant_id
    WHERE l.product_id = %(id)s AND l.created_at < %(before)s ORDER BY l.id DESC LIMIT {_MOST + 1}
"""


async def of_product(
    conn: Connection, *, product_id: int, before: datetime, most: int = _MOST
) -> tuple[list[Happened], datetime | None]:
    """What happened to a product, newest first; and the moment before which the rest is, None where there is none.

    Args:
        conn: An open connection.
        product_id: `products.id`.
        before: Only what happened before.
        most: How many at most, 50 or fewer; those of one moment stay together.
    """
    known: dict[str, Bound] = {"id": product_id, "before": before}
    statements = [
        Statement(sql.format(subjects="%(id)s" if kind == "product" else _VARIANTS), {**known, "kind": kind})
        for kind in ("product", "variant")
        for sql in (_SAVED, _IMPORTED)
    ]
    results = await conn.batch(*statements, Statement(_MOVED, known))
    found = sorted(
        (conn.read(Happened, row) for result in results for row in result.rows), key=lambda one: one.at, reverse=True
    )
    shown = found[:most]
    while len(shown) < len(found) and found[len(shown)].at == shown[-1].at:
        shown.append(found[len(shown)])
    return shown, shown[-1].at if len(found) > len(shown) else None
