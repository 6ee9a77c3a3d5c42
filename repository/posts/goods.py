"""What a post sells, as merchants write it: a product on each line, under a code, in a variant."""

import re
from collections.abc import Sequence

import msgspec

from bot.language.buying.commenting import CODE_MOST, code_key
from bot.language.fold import fold
from repository.database.connection import Connection
from repository.database.errors import Unfit

GOODS_MOST = 200
"""Lines at most."""
_CODE = re.compile(r"\s*([^=]{1,30}?)\s*=\s*(.*)")


class Goods(msgspec.Struct, frozen=True):
    """A line of what a post sells.

    Attributes:
        code: As `code_key` has it; empty where it has none.
        shown: The code as the merchant wrote it, in capitals.
        sku: The number of the product.
        variant: What its variant is called, empty for any.
    """

    product_id: int
    variant_id: int | None
    code: str
    shown: str
    sku: str
    variant: str

    @property
    def line(self) -> str:
        """The line as it is kept."""
        named = f"{self.sku} / {self.variant}" if self.variant else self.sku
        return f"{self.shown} = {named}" if self.code else named


class _Product(msgspec.Struct, frozen=True):
    id: int
    sku: str
    name: str


class _Variant(msgspec.Struct, frozen=True):
    id: int
    value: str


async def read_goods(conn: Connection, text: str) -> list[Goods]:
    """What is written, read.

    Args:
        conn: An open connection.
        text: A line for each product: its number (SKU) or name, a code and "=" before it, "/" and a variant behind it.

    Raises:
        Unfit: A line names no product, or two have one code; says which and what to do.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > GOODS_MOST:
        raise Unfit("goods", f"{GOODS_MOST} lines are the most.")
    found: list[Goods] = []
    for number, line in enumerate(lines, 1):
        one = await _read(conn, number, line)
        if any(one == other for other in found):
            continue
        twin = next((other for other in found if one.code and other.code == one.code), None)
        if twin:
            raise Unfit(
                "goods",
                f"Line {number}: the code {one.shown} stands for {twin.line.partition(' = ')[2]} already. A comment"
                " could mean either, so please give one of them another code.",
            )
        found.append(one)
    return found


async def _read(conn: Connection, number: int, line: str) -> Goods:
    match = _CODE.fullmatch(line)
    shown, named = (match[1].upper(), match[2].strip()) if match else ("", line)
    code = code_key(shown)
    if shown and not (code.isascii() and code and len(code_key(shown + "x")) <= CODE_MOST):
        raise Unfit("goods", f"Line {number}: a code has 1 to {CODE_MOST - 1} letters and digits, such as A12.")
    if not named:
        raise Unfit("goods", f"Line {number}: please write behind “=” which product {shown} is.")
    product = await _product(conn, named)
    value = ""
    if product is None and "/" in named:
        named, _, value = (part.strip() for part in named.rpartition("/"))
        product = await _product(conn, named)
    if product is None:
        raise Unfit("goods", f"Line {number}: there is no product with the number (SKU) or name “{named}”.")
    variants = await conn.all(
        _Variant, "SELECT id, variant_value FROM product_variants WHERE product_id = %(id)s ORDER BY id", id=product.id
    )
    variant = _meant(variants, value)
    if value and variant is None:
        there = ", ".join(one.value for one in variants[:10]) or "none"
        raise Unfit("goods", f"Line {number}: {product.name} has no variant “{value}”. It has: {there}.")
    return Goods(
        product.id, variant.id if variant else None, code, shown, product.sku, variant.value if variant else ""
    )


async def _product(conn: Connection, named: str) -> _Product | None:
    """The product with this number, else the only one with this name."""
    rows = await conn.all(
        _Product,
        "SELECT id, sku, name FROM products WHERE (sku = %(named)s OR name = %(named)s) AND status <> 'discontinued'"
        " ORDER BY sku = %(named)s DESC, id LIMIT 2",
        named=named,
    )
    if len(rows) == 1 or (rows and rows[0].sku.casefold() == named.casefold()):
        return rows[0]
    return None


def _meant(variants: Sequence[_Variant], value: str) -> _Variant | None:
    said = fold(value)
    return next((one for one in variants if said and fold(one.value) == said), None)
