"""A product as merchants decide it, and as its row holds it."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

import msgspec

from repository.catalogue.goods import specifications
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.database.scalars import number
from repository.staff.versions import Noun

STATES: Mapping[str, str] = MappingProxyType(
    {"active": "On sale", "inactive": "Draft", "coming_soon": "Coming soon", "discontinued": "Archived"}
)
"""What `products.status` means to merchants: shoppers see what is on sale alone."""
PRICE_MOST = Decimal("99999999.99")
"""What the column holds."""
_COPIES = 50


class ProductBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a product that a merchant decides; its stock moves by itself and is no part of it.

    Attributes:
        name: What shoppers read.
        sku: The article number, a text: it may begin with zeros. One is made where it is empty.
        category_id: `categories.id`.
        brand_id: `brands.id`, 0 for none.
        description: What shoppers read below the name, or empty.
        price: What it costs; 0 while nobody has said, and then it cannot be on sale.
        low_stock_threshold: At how many pieces the merchant is told.
        weight_kg: For the shipping fee; 0 where nobody has said.
        is_featured: Whether it stands in the window.
        status: One of `STATES`.
        was_price: What it cost before, while it is on sale; 0 for nothing. Shoppers see it where that is more.
        specifications: What it is made of and the like: "Material: Cotton", one a line.
        size_guide: Which size fits whom, in the merchant's words; its category's holds where this is empty.
        barcode: As a scanner types it, or empty.
    """

    name: str
    sku: str = ""
    category_id: int
    brand_id: int = 0
    description: str = ""
    price: Decimal = Decimal(0)
    low_stock_threshold: int = 5
    weight_kg: Decimal = Decimal(0)
    is_featured: bool = False
    status: str = "inactive"
    was_price: Decimal = Decimal(0)
    specifications: str = ""
    size_guide: str = ""
    barcode: str = ""


PRODUCTS = Noun(
    "product", ProductBody, audited="product", called=lambda product_id, _: f"product {product_id}", many="products"
)


class ProductRow(msgspec.Struct, frozen=True):
    """A row of `ROW`."""

    id: int
    name: str
    sku: str
    category_id: int
    brand_id: int
    description: str
    price: Decimal
    low_stock_threshold: int
    weight_kg: Decimal
    is_featured: bool
    status: str
    was_price: Decimal
    specified: str
    size_guide: str
    barcode: str

    @property
    def body(self) -> ProductBody:
        """What the merchant decides."""
        told = {field: getattr(self, field) for field in ProductBody.__struct_fields__ if field != "specifications"}
        lines = "\n".join(f"{one.name}: {one.value}" for one in specifications(self.specified))
        return ProductBody(specifications=lines, **told)


ROW = """
    SELECT p.id, p.name, p.sku, p.category_id, IF(b.slug = 'no-brand', 0, p.brand_id), COALESCE(p.description, ''),
           p.base_price, p.low_stock_threshold, COALESCE(p.weight_kg, 0), p.is_featured, p.status,
           COALESCE(p.was_price, 0), COALESCE(p.specifications, ''), COALESCE(p.size_guide, ''), COALESCE(p.barcode, '')
    FROM products p JOIN brands b ON b.id = p.brand_id
"""


async def there(conn: Connection, product_id: int, *, lock: bool = False) -> ProductRow:
    """The row of a product.

    Args:
        conn: An open connection.
        product_id: `products.id`.
        lock: Whether nobody else may write it until the transaction ends.

    Raises:
        NotFound: There is none.
    """
    if lock:
        await conn.run("SELECT id FROM products WHERE id = %(product_id)s FOR UPDATE", product_id=product_id)
    row = await conn.one(ProductRow, f"{ROW} WHERE p.id = %(product_id)s", product_id=product_id)
    if row is None:
        raise NotFound(str(product_id))
    return row


async def free_sku(conn: Connection, beginning: str, first: int) -> str:
    """An article number that nobody has: the first free one of a row, such as MUG-2, MUG-3.

    Args:
        conn: An open connection.
        beginning: What stands before the hyphen; "P" for a product without one, which is numbered as it will be.
        first: The number to begin with.
    """
    if beginning == "P":
        first = 1 + number(await conn.value("SELECT COALESCE(MAX(id), 0) FROM products"))
    wanted = [f"{beginning}-{first + step}" for step in range(_COPIES)]
    taken = await conn.run("SELECT sku FROM products WHERE sku IN %(skus)s", skus=wanted)
    known = {str(row[0]).casefold() for row in taken.rows}
    return next((sku for sku in wanted if sku.casefold() not in known), wanted[-1])


def specified(lines: str) -> str | None:
    """What `products.specifications` holds of lines such as "Material: Cotton"; None for none.

    Args:
        lines: As a merchant types them; a line without a colon is a thing that it has: "Washable".
    """
    told = {}
    for line in filter(None, (" ".join(each.split()) for each in lines.splitlines())):
        name, mark, value = line.partition(":")
        told[name.strip()] = value.strip() if mark else "yes"
    return msgspec.json.encode(told).decode() if told else None
