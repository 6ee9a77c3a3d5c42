"""What a clerk does with orders meanwhile, and chats that reach a placed order."""

from repository.orders.history import Actor
from repository.orders.moves import move
from repository.rules import Rules
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys

ROSA = Actor("Rosa", "admin")
WAY = ("confirmed", "processing", "shipped", "delivered")


async def moves(shop: Shop, number: str, to: str, *, courier: str = "", tracking: str = "", reason: str = "") -> None:
    """Move an order as a clerk does, one step; let its shopper hear of it."""
    order_id = int(str(await shop.look("SELECT id FROM orders WHERE order_number = %(number)s", number=number)))
    async with shop.database.transaction() as conn:
        await move(
            conn, order_id=order_id, to=to, actor=ROSA, rules=Rules(), courier=courier, tracking=tracking, reason=reason
        )
    await shop.works()


async def has_order(shop: Shop, shopper: Chat, status: str, *, what: str = "mug") -> str:
    """Let somebody have an order that has come so far; its number."""
    await shop.run(
        "INSERT INTO couriers (name, link) VALUES ('J&T Express', 'https://jt.example/?no={number}')"
        " ON DUPLICATE KEY UPDATE link = VALUES(link)"
    )
    number = await buys(shopper, what)
    await shop.works()
    for to in WAY[1 : WAY.index(status) + 1]:
        sent = {"courier": "J&T Express", "tracking": "JT0012345678"} if to == "shipped" else {}
        await moves(shop, number, to, **sent)
    return number


async def days_pass(shop: Shop, days: int) -> None:
    """Let orders have been delivered some days ago: the database's own clock cannot be moved for every connection."""
    await shop.run("UPDATE orders SET delivered_at = delivered_at - INTERVAL %(days)s DAY", days=days)
