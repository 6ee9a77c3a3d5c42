"""A risky cash order is confirmed by its shopper's own tap, or taken back."""

from bot.workshop.emulator.shopper import Shopper
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys

STATUS = "SELECT order_status FROM orders ORDER BY id DESC LIMIT 1"


async def risky(shop: Shop, ana: Shopper) -> None:
    """An earlier parcel of hers came back."""
    await shop.stocks("Blue mug", price="120.00")
    await shop.run(
        "INSERT INTO orders (order_number, user_id, total_amount, order_status)"
        " SELECT 'ORD-OLD', id, 100, 'returned' FROM users ORDER BY id LIMIT 1"
    )
    await buys(ana, "mug")
    await shop.works()
    ana.hears("Will you be there to receive and pay for it?")


async def test_yes_confirms_it_once(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    await risky(shop, ana)
    assert await shop.look(STATUS) == "pending"
    await ana.taps("Yes, I'll receive it")
    ana.hears("Thank you! 💛 We'll confirm your order here in a moment.")
    await shop.works()
    ana.hears("is confirmed!")
    assert await shop.look(STATUS) == "confirmed"


async def test_no_takes_it_back(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    await risky(shop, ana)
    await ana.taps("Yes, cancel it")
    ana.hears("is cancelled")
    assert await shop.look("SELECT stock_quantity FROM products WHERE name = 'Blue mug'") == 10
