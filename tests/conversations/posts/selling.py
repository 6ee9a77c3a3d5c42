"""What a merchant has done before: products tied to a post."""

from tests.conversations.conftest import Shop


async def sells(
    shop: Shop,
    post: str,
    *products: int,
    codes: tuple[str | None, ...] = (),
    is_sale: bool = False,
    most_each: int = 0,
) -> int:
    """Tie products to a post, each under its code where there is one."""
    name = f"{shop.stage.emulator.app.page_id}_{post}"
    row = await shop.insert(
        "page_posts", post_id=name, is_sale=is_sale, most_each=most_each, asked_at="2026-11-01 00:00:00"
    )
    for number, product_id in enumerate(products):
        code = codes[number] if number < len(codes) else None
        await shop.insert("post_products", post=row, product_id=product_id, code=code)
    return row
