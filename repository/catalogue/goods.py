"""What the shop sells, as it is told: a category, a product and its variants."""

from decimal import Decimal

import msgspec


class Category(msgspec.Struct, frozen=True):
    """A category of the top level, with what is sold in it and below it.

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
