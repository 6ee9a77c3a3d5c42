"""Messages of which nobody knows whether they have arrived, where sending them again tells."""

from bot.workshop.emulator.answers import Json
from repository.chats import outbox as stored
from repository.database.connection import Database
from tests.handlers.outbound.test_claims import Pair, echo_seconds, pair
from tests.support.waiting import comes

__all__ = ["echo_seconds", "pair"]
RECEIPT: Json = {
    "attachment": {
        "type": "template",
        "payload": {
            "template_type": "receipt",
            "recipient_name": "Ana Cruz",
            "order_number": "ORD-1",
            "currency": "PHP",
            "payment_method": "Cash on delivery",
            "summary": {"total_cost": 120},
            "elements": [{"title": "Blue mug", "quantity": 1, "price": 120}],
        },
    }
}


async def test_a_receipt_that_is_refused_because_it_had_arrived_is_sent(pair: Pair, database: Database) -> None:
    pair.emulator.faults.arm("accepted_then_timeout", seconds=0.05)
    pair.emulator.faults.arm("echo_lost")
    async with database.transaction() as conn:
        ids = await stored.put(conn, psid=pair.person.psid, messages=[RECEIPT])
    pair.here.outbox.wake(pair.person.psid, ids)

    async def is_over() -> bool:
        async with database.connection() as conn:
            return await conn.value("SELECT status FROM outbox WHERE id = %(id)s", id=ids[0]) != "queued"

    await comes(is_over, "it is sent again, and refused")
    await pair.hears(2)
    async with database.connection() as conn:
        assert await conn.value("SELECT status FROM outbox WHERE id = %(id)s", id=ids[0]) == "sent"
