"""Products and variants behind their locks, and how they are written."""

from decimal import Decimal

import msgspec

from repository.database.connection import Statement
from repository.importing.journal import ProductValues, VariantValues
from repository.staff.by import By

PRODUCT_VALUES = (
    "name, COALESCE(description, ''), category_id, brand_id, base_price, cost_price, weight_kg, status,"
    " COALESCE(was_price, 0), COALESCE(barcode, ''), stock_quantity, id"
)
VARIANT_VALUES = "COALESCE(sku_suffix, ''), price_adjustment, is_available, COALESCE(barcode, ''), stock_quantity, id"


class LockedProduct(msgspec.Struct, frozen=True):
    """A product behind its lock: what an import sets of it, its stock and id."""

    name: str
    description: str
    category_id: int
    brand_id: int
    price: Decimal
    cost: Decimal | None
    weight_kg: Decimal | None
    status: str
    was_price: Decimal
    barcode: str
    left: int
    id: int

    @property
    def values(self) -> ProductValues:
        """What an import sets."""
        return ProductValues(*(getattr(self, name) for name in ProductValues.__struct_fields__))


class LockedVariant(msgspec.Struct, frozen=True):
    """A variant behind its lock: what an import sets of it, its stock and id."""

    sku_suffix: str
    price_adjustment: Decimal
    is_available: bool
    barcode: str
    left: int
    id: int

    @property
    def values(self) -> VariantValues:
        """What an import sets."""
        return VariantValues(self.sku_suffix, self.price_adjustment, self.is_available, self.barcode)


def as_performed(import_id: int, by: By, *, begins: bool) -> Statement:
    """What tells the triggers on stock who does it and why, before the writing and after it.

    Args:
        import_id: `catalogue_imports.id`.
        by: Who imports.
        begins: Whether the writing is about to begin.
    """
    return Statement(
        "SET @qs_performed_by = %(by)s, @qs_ref_note = %(note)s, @qs_ref_type = NULL, @qs_ref_id = NULL",
        {"by": by.admin_id if begins else None, "note": f"Import {import_id}" if begins else None},
    )


def set_product(product_id: int, values: ProductValues, left: int) -> Statement:
    """What writes a product that is locked.

    Args:
        product_id: `products.id`.
        values: What it becomes.
        left: Pieces that can be sold.
    """
    return Statement(
        "UPDATE products SET name = %(name)s, description = NULLIF(%(description)s, ''), category_id = %(category_id)s,"
        " brand_id = %(brand_id)s, base_price = %(price)s, cost_price = %(cost)s, weight_kg = %(weight_kg)s,"
        " status = %(status)s, was_price = NULLIF(%(was_price)s, 0), barcode = NULLIF(%(barcode)s, ''),"
        " stock_quantity = %(left)s WHERE id = %(id)s",
        {**msgspec.structs.asdict(values), "left": left, "id": product_id},
    )


def set_variant(variant_id: int, values: VariantValues, left: int) -> Statement:
    """What writes a variant whose product is locked.

    Args:
        variant_id: `product_variants.id`.
        values: What it becomes.
        left: Pieces that can be sold.
    """
    return Statement(
        "UPDATE product_variants SET sku_suffix = NULLIF(%(sku_suffix)s, ''), price_adjustment = %(price_adjustment)s,"
        " is_available = %(is_available)s, barcode = NULLIF(%(barcode)s, ''),"
        " stock_quantity = %(left)s WHERE id = %(id)s",
        {**msgspec.structs.asdict(values), "left": left, "id": variant_id},
    )
