"""Orders that wait for a proof, and the clerk who looks at what was sent."""

import pytest

from repository.payments import proofs
from repository.staff.by import By
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, comes_to_summary, order_number, puts_in_cart

SAME_ADDRESS = "Pay another way"
_ORDERS = "SELECT COUNT(*) FROM orders o JOIN users u ON u.id = o.user_id WHERE u.messenger_id = %(psid)s"
WAITING = "SELECT id FROM order_proofs WHERE status = 'waiting' ORDER BY id LIMIT 1"


class Clerk:
    """Reviews what waits, the oldest first."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def decides(self, accepted: bool, *, note: str = "") -> str:
        """Accept or reject what waits longest, let ten seconds pass, and the worker come by; what came of it."""
        proof_id = int(str(await self._shop.look(WAITING)))
        async with self._shop.database.transaction() as conn:
            reviewed = await proofs.review(conn, proof_id=proof_id, accepted=accepted, by=By(), note=note)
            await conn.run("UPDATE order_proofs SET effective_at = NOW(3) WHERE id = %(id)s", id=proof_id)
            await conn.run("UPDATE order_processing_queue SET scheduled_at = NOW() WHERE queue_type = 'verification'")
        await self._shop.works()
        outcome = "SELECT JSON_VALUE(result, '$.outcome') FROM order_processing_queue WHERE order_id = %(id)s"
        done = " AND queue_type = 'verification' ORDER BY id DESC LIMIT 1"
        return str(await self._shop.look(outcome + done, id=reviewed.order_id))


@pytest.fixture
def clerk(shop: Shop) -> Clerk:
    """Somebody of the shop."""
    return Clerk(shop)


async def orders_a_mug(shop: Shop, chat: Chat, *, pay: str = "GCash") -> str:
    """Order a mug for ₱200; gives the order number."""
    if not await shop.look("SELECT COUNT(*) FROM products"):
        await shop.stocks("Blue mug", price="120.00", left=20)
    if await shop.look(_ORDERS, psid=chat.psid):
        await puts_in_cart(chat, "mug")
        await chat.taps("Checkout")
        offered = {one.title for one in chat.tappable}  # of a cancelled order only the address is
        await chat.taps(SAME_ADDRESS if SAME_ADDRESS in offered else "Yes, deliver there")
        await chat.taps(pay)
    else:
        await comes_to_summary(chat, "mug", pay=pay)
    await chat.taps(CONFIRM)
    number = order_number(chat)
    await shop.works()
    return number
