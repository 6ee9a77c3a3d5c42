"""What the shop sells, as it is told: a category, a product and its variants."""

from decimal import Decimal

import msgspec


class Category(msgspec.Struct, frozen=True):
    """A category, with what is sold in it and below it.

    Attributes:
        id: `categories.id`.
        name: What people call it.
        icon: An emoji, or empty.
        picture_url: A picture of something in it, or empty.
        product_count: Products sold in it and below it.
    """

    id: int
    name: str
    icon: str
    picture_url: str
    product_count: int


class CategoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of categories. Pages count from 1."""

    items: tuple[Category, ...]
    page: int
    pages: int


class Variant(msgspec.Struct, frozen=True):
    """A variant that can be chosen, sold out or not.

    Attributes:
        id: `product_variants.id`.
        name: In what it differs, such as "Size".
        value: Such as "Large".
        price: What it costs.
        left: Pieces that can still be sold.
    """

    id: int
    name: str
    value: str
    price: Decimal
    left: int


class Specification(msgspec.Struct, frozen=True):
    """One thing that is said of a product, such as "Material: Cotton"."""

    name: str
    value: str


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One product with all that is shown of it.

    Attributes:
        id: `products.id`.
        name: Its name.
        description: The whole description, or empty.
        price: What the cheapest variant costs, or the product itself where it has none.
        left: Pieces that can still be sold, of all its variants where it has any.
        picture_urls: The main picture first.
        category_id: `categories.id`.
        category: The category's name.
        variants: What can be chosen, in the merchant's order.
        weight_kg: For the shipping fee; 0 where the merchant has given none.
        rating: What its approved reviews come to, 1 to 5; 0 where there is none.
        review_count: Approved reviews.
        price_most: What the dearest variant costs; 0 says the same as `price`.
        was: What it cost before, where it costs less now; else 0.
        brand: Who makes it, or empty.
        specifications: What it is made of and the like, each with its name, in the merchant's order.
        dimensions: In centimetres, such as "30 x 20 x 10", or empty.
        has_size_guide: Whether the merchant has written which size fits whom.
    """

    id: int
    name: str
    description: str
    price: Decimal
    left: int
    picture_urls: tuple[str, ...]
    category_id: int
    category: str
    variants: tuple[Variant, ...]
    weight_kg: Decimal
    rating: Decimal = Decimal(0)
    review_count: int = 0
    price_most: Decimal = Decimal(0)
    was: Decimal = Decimal(0)
    brand: str = ""
    specifications: tuple[Specification, ...] = ()
    dimensions: str = ""
    has_size_guide: bool = False


def specifications(kept: str) -> tuple[Specification, ...]:
    """What `products.specifications` says, each thing with its name; nothing where it is no list of such.

    Args:
        kept: The column: a JSON object of names and values, which imports and other programs write too.
    """
    try:
        told = msgspec.json.decode(kept) if kept else {}
    except msgspec.DecodeError:
        told = {}
    found = [
        (" ".join(str(name).split()), " ".join(_plain(value).split()))
        for name, value in (told.items() if isinstance(told, dict) else ())
    ]
    return tuple(Specification(name, value) for name, value in found if name and value)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    return "" if value is None else str(value)
