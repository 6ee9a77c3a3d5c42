"""Somebody with thousands of messages is forgotten in small steps, and nothing of them is found anywhere afterwards."""

import pytest

from handlers.jobs.erasing import erase_due
from repository.database.connection import Database
from repository.privacy import requests
from repository.privacy.erasing import MOST, ORDERS_AT_ONCE, PIECES
from repository.workshop.mass import talker
from tests.conversations.aftersales.test_deletion import where

MESSAGES, ORDERS = 5000, 45
PSID = "26000077"


async def test_five_thousand_messages_go_in_steps_that_hold_few_rows(
    database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    async with database.connection() as conn:
        shopper_id = await talker.fill(conn, psid=PSID, messages=MESSAGES, orders=ORDERS)
        assert {"chat_logs.user_message", "outbox.message", "orders.ship_recipient_name"} <= await where(
            conn, talker.NAME, talker.WORD, PSID
        )
    async with database.transaction() as conn:
        await requests.ask_deletion(conn, shopper_id=shopper_id)
    before = database.counts.statements, database.counts.commits
    await erase_due(database)
    statements, commits = database.counts.statements - before[0], database.counts.commits - before[1]
    steps = 2 * -(-MESSAGES // MOST) + len(PIECES) + -(-ORDERS // ORDERS_AT_ONCE)
    assert commits >= steps, "each step is a transaction of its own"
    assert statements < 4 * steps + 60, f"{statements} statements for {steps} steps"
    assert max(MOST, ORDERS_AT_ONCE) <= 500, "rows that a step holds"
    async with database.connection() as conn:
        assert await where(conn, talker.NAME, talker.WORD, talker.PHONE, PSID) == set()
        assert await conn.value("SELECT COUNT(*) FROM orders WHERE user_id = %(id)s", id=shopper_id) == ORDERS
    written = "".join(capfd.readouterr())
    assert not [word for word in (talker.NAME, talker.WORD, talker.PHONE, PSID) if word in written]
