"""Merchants are told: once of each thing, in the ways that each account chose."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot.base.settings import Settings
from dialogs.conversation import TABLE
from handlers.jobs.mails import Mails
from handlers.jobs.merchants import Telling
from handlers.turns.in_force import Shop
from repository.chats import troubles
from repository.database.connection import Database
from tests.handlers.jobs.crew import order
from tests.support import factory
from tests.support.accounts import account
from tests.support.keeper import Keeper
from tests.support.mail_server import MailServer, mail_server

TOLD = "SELECT CONCAT_WS('|', kind, channel, status, words) FROM merchant_notices WHERE recipient <> '' ORDER BY id"


@pytest.fixture
async def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MailServer]:
    async with mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        yield server


class Tellers(Keeper):
    """The jobs that tell merchants, in one process."""

    def __init__(self, database: Database, url: str = "") -> None:
        super().__init__(database)
        self.woken: list[str] = []
        self.shop = Shop(Settings(smtp_url=url, public_url="https://shop.example"), database, TABLE)
        self.telling = Telling(self.shop, Mails(self.shop), lambda psid, ids: self.woken.append(psid))

    async def nena(self, **hears: list[str]) -> int:
        """An account, and what it wants to hear."""
        async with self.database.transaction() as conn:
            nena = (await account(conn, username="nena", role="admin")).id
        if hears:
            await self.run(
                "INSERT INTO console_accounts (admin_id, hears) VALUES (%(id)s, %(hears)s)"
                " ON DUPLICATE KEY UPDATE hears = VALUES(hears)",
                id=nena,
                hears=msgspec.json.encode(hears).decode(),
            )
        return nena

    async def told(self) -> list[str]:
        async with self.database.connection() as conn:
            return [str(row[0]) for row in (await conn.run(TOLD)).rows]


async def test_a_new_order_is_told_in_the_console_and_by_mail(database: Database, server: MailServer) -> None:
    tellers = Tellers(database, server.url)
    await tellers.nena(email=["new_order"])
    await order(tellers, await tellers.shopper())
    await tellers.telling.run_due()
    await tellers.telling.run_due()
    (mail,) = server.mails
    assert mail["Subject"] == "QuickSell: A new order"
    number = await tellers.look("SELECT order_number FROM orders")
    assert f"New order {number} from Ana Cruz" in mail.get_content()
    assert "https://shop.example/console/orders/" in mail.get_content()
    console, by_mail = await tellers.told()
    assert console.startswith("new_order|console|sent|")
    assert "https://" not in console, "its row has a button"
    assert by_mail.startswith("new_order|email|sent|")


async def test_several_processes_tell_each_thing_once(database: Database, server: MailServer) -> None:
    tellers = [Tellers(database, server.url) for _ in range(3)]
    await tellers[0].nena(email=["new_order"])
    shopper = await tellers[0].shopper()
    for _ in range(4):
        await order(tellers[0], shopper)
    await asyncio.gather(*(one.telling.run_due() for one in tellers))
    assert len(server.mails) == 4
    assert len(await tellers[0].told()) == 8


async def test_a_mail_that_is_not_taken_is_tried_again_and_then_shown(database: Database, server: MailServer) -> None:
    tellers = Tellers(database, server.url)
    await tellers.nena(email=["new_order"])
    await order(tellers, await tellers.shopper())
    server.refuses += ["451 later"] * 5
    state = "SELECT CONCAT_WS('|', status, attempts, error_message) FROM merchant_notices WHERE channel = 'email'"
    for attempt in range(1, 6):
        await tellers.telling.run_due()
        waits = "failed" if attempt == 5 else "pending"
        assert await tellers.look(state) == f"{waits}|{attempt}|The mail server refused it (451)."
        await tellers.run("UPDATE merchant_notices SET scheduled_at = NOW()")
    assert server.mails == []


async def test_low_stock_is_told_once_per_crossing(database: Database) -> None:
    tellers = Tellers(database)
    await tellers.nena()
    mug = await tellers.stocks("Blue mug", left=10)
    await tellers.telling.run_due()

    async def becomes(left: int) -> int:
        await tellers.run("UPDATE products SET stock_quantity = %(left)s WHERE id = %(id)s", left=left, id=mug)
        await tellers.telling.run_due()
        return len(await tellers.told())

    assert await becomes(6) == 0
    assert await becomes(5) == 1
    assert (await tellers.told())[0] == "low_stock|console|sent|📉 Running low: Blue mug. 5 left."
    assert await becomes(3) == 1, "it was told of this already"
    assert await becomes(0) == 1
    assert await becomes(20) == 1
    assert await becomes(4) == 2, "it has been above in between"


async def test_a_size_that_runs_low_is_named(database: Database) -> None:
    tellers = Tellers(database)
    await tellers.nena()
    shirt = await tellers.stocks("Shirt", left=0, sizes={"Large": 9})
    await tellers.run("UPDATE product_variants SET stock_quantity = 2 WHERE product_id = %(id)s", id=shirt)
    await tellers.telling.run_due()
    assert await tellers.told() == ["low_stock|console|sent|📉 Running low: Shirt, Large. 2 left."]


async def test_proofs_and_flags_are_told_once(database: Database) -> None:
    tellers = Tellers(database)
    await tellers.nena()
    order_id = await tellers.make(factory.order(order_number="ORD-7"))
    await tellers.insert("order_proofs", order_id=order_id, kind="payment")
    await tellers.insert("order_flags", order_id=order_id, kind="complaint", note="It came broken.")
    await tellers.telling.run_due()
    await tellers.telling.run_due()
    assert await tellers.told() == [
        "proof_waiting|console|sent|🔎 A payment for order ORD-7 waits for you to look at it.",
        "flag|console|sent|⚠️ Order ORD-7 needs you (complaint). It came broken.",
    ]


async def test_a_linked_chat_is_told_while_its_window_is_open(database: Database) -> None:
    tellers = Tellers(database)
    nena = await tellers.nena(messenger=["flag"])
    await tellers.shopper("Nena")
    await tellers.insert("merchant_chats", psid="psid-Nena", admin_id=nena)
    order_id = await tellers.make(factory.order(order_number="ORD-7"))
    await tellers.insert("order_flags", order_id=order_id, kind="return")
    await tellers.telling.run_due()
    assert tellers.woken == ["psid-Nena"]
    assert "ORD-7 needs you (return)" in str(await tellers.look("SELECT message FROM outbox"))
    await tellers.run("UPDATE conversations SET window_expires_at = NOW()")
    await tellers.insert("order_flags", order_id=order_id, kind="risk")
    await tellers.telling.run_due()
    assert tellers.woken == ["psid-Nena"]
    why = (
        "SELECT CONCAT_WS('|', status, error_message) FROM merchant_notices WHERE channel = 'messenger' AND id > %(n)s"
    )
    last = await tellers.look("SELECT MIN(id) FROM merchant_notices WHERE channel = 'messenger'")
    assert str(await tellers.look(why, n=int(str(last)))).startswith("failed|Messenger's window is closed")


async def test_a_shoppers_notice_by_mail_is_sent_and_without_a_server_refused_plainly(
    database: Database, server: MailServer
) -> None:
    tellers = Tellers(database, server.url)
    ana = await tellers.shopper()
    facts = '{"order_id": 7, "number": "ORD-7"}'
    columns = {"channel": "email", "template_name": "notices.delivered", "template_data": facts}
    await tellers.make(factory.notice(ana, "ana@example.com", "", **columns))
    await tellers.telling.run_due()
    (mail,) = server.mails
    assert "ORD-7 has arrived" in mail.get_content()
    assert await tellers.look("SELECT status FROM notification_queue") == "sent"
    await tellers.make(factory.notice(ana, "ana@example.com", "", **columns))
    await Tellers(database).telling.run_due()
    failed = "SELECT error_message FROM notification_queue WHERE status = 'failed'"
    assert await tellers.look(failed) == "The shop has no mail server: set SMTP_URL."


async def test_a_page_that_cannot_send_is_told_once_by_mail_without_anybody_having_asked_for_it(
    database: Database, server: MailServer
) -> None:
    tellers = Tellers(database, server.url)
    await tellers.nena()
    for _ in range(2):  # it comes back at once: the same trouble
        async with database.connection() as conn:
            await troubles.begin(conn, kind="token", code="190/463", reason="Error validating access token")
            await troubles.begin(conn, kind="limit", code="613/0", reason="Calls to this api have exceeded the limit")
        await tellers.telling.run_due()
        async with database.connection() as conn:
            await troubles.end(conn)
    (mail,) = server.mails
    assert mail["Subject"] == "QuickSell: Your page cannot send messages"
    assert "Please connect the page again" in mail.get_content()
    assert "https://shop.example/console/connect" in mail.get_content()
    assert [told.split("|")[:3] for told in await tellers.told()] == [
        ["page", "console", "sent"],
        ["page", "email", "sent"],
    ]
    await tellers.run("UPDATE page_troubles SET ended_at = NOW(3) - INTERVAL 1 HOUR, began_at = '2026-01-01'")
    async with database.connection() as conn:
        await troubles.begin(conn, kind="token", code="190/460", reason="The password was changed")
    await tellers.telling.run_due()
    assert len(server.mails) == 2, "another time it is news again"


async def test_facebooks_warnings_are_told_once_with_its_reason(database: Database) -> None:
    tellers = Tellers(database)
    await tellers.nena()
    at = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    for _ in range(2):  # Facebook sends its events again when it is in doubt
        async with database.connection() as conn:
            await troubles.enforced(conn, action="warning", reason="Slow answers.", at=at)
            await troubles.enforced(conn, action="block", reason="", at=at + timedelta(days=7))
            await troubles.enforced(conn, action="unblock", reason="", at=at + timedelta(days=8))
            await troubles.enforced(conn, action="applause", reason="", at=at)
        await tellers.telling.run_due()
    warned, blocked, free = [told.split("|")[3] for told in await tellers.told()]
    assert warned.startswith("⚠️ Facebook warns your page.")
    assert warned.endswith("Facebook's reason: Slow answers.")
    assert blocked.startswith("⛔ Facebook has stopped your page")
    assert free == "✅ Facebook lets your page send messages again."
