"""Orders that wait for a proof, and the clerk who looks at what was sent."""

import pytest

from repository.payments import proofs
from repository.payments.proofs import Settled
from repository.rules import Rules
from repository.staff.by import By
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, comes_to_summary, order_number, puts_in_cart

SAME_ADDRESS = "Yes, deliver there"
_ORDERS = "SELECT COUNT(*) FROM orders o JOIN users u ON u.id = o.user_id WHERE u.messenger_id = %(psid)s"
WAITING = "SELECT id FROM order_proofs WHERE status = 'waiting' ORDER BY id LIMIT 1"


class Clerk:
    """Reviews what waits, the oldest first; the worker settles it at once."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def decides(self, accepted: bool, *, note: str = "") -> tuple[Settled, ...]:
        """Accept or reject what waits longest, and let ten seconds pass."""
        proof_id = int(str(await self._shop.look(WAITING)))
        async with self._shop.database.transaction() as conn:
            reviewed = await proofs.review(conn, proof_id=proof_id, accepted=accepted, by=By(), note=note)
            await conn.run("UPDATE order_proofs SET effective_at = NOW(3) WHERE id = %(id)s", id=proof_id)
        async with self._shop.database.transaction() as conn:
            settled = await proofs.settle(conn, order_id=reviewed.order_id, rules=Rules())
        await self._shop.works()
        return settled


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
        await chat.taps(SAME_ADDRESS)
        await chat.taps(pay)
    else:
        await comes_to_summary(chat, "mug", pay=pay)
    await chat.taps(CONFIRM)
    number = order_number(chat)
    await shop.works()
    return number
