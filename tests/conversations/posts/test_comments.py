"""Comments below posts: each gets one private reply, which opens what it means, ready to be ordered."""

from bot.workshop.emulator.shopper import Shopper
from tests.conversations.conftest import Chat, Shop


async def sells(shop: Shop, post: str, *products: int, code: str = "", is_sale: bool = False) -> None:
    """Tie products to a post, the first under a code where there is one."""
    name = f"{shop.stage.emulator.app.page_id}_{post}"
    row = await shop.insert("page_posts", post_id=name, is_sale=is_sale, asked_at="2026-11-01 00:00:00")
    for number, product_id in enumerate(products):
        await shop.insert("post_products", post=row, product_id=product_id, code=code if code and not number else None)


async def test_a_comment_becomes_an_order_in_three_taps(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red, L": 5, "Red, M": 5, "Blue, L": 5})
    await sells(shop, "7", mug)
    await sells(shop, "8", shirt)
    await ana.comments("mine po", post="7")
    await shop.sees_to_comments()
    ana.hears("Hi Ana! Salamat po sa comment ninyo: 1 × Blue mug, ₱120.00.")
    await ana.taps("Order na")
    for answer in ("Ana Cruz", "09171234567", "12 Mabini St., Poblacion, Makati, Metro Manila", "skip"):
        await ana.says(answer)
    print(ana.story() if hasattr(ana, "story") else [turn for turn in await shop.turns(ana)][-1])
