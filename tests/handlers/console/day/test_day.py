"""The day: what waits for whoever looks, each a link to exactly that list, until nothing waits."""

import html
import re

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.inbox.test_inbox import open_chat, write
from tests.handlers.console.test_console import Visitor, nena
from tests.support import factory

__all__ = ["nena"]


def lines(page: str) -> dict[str, tuple[int, str]]:
    """What a day's page says waits, by its kind: how many, and where they are shown."""
    found = re.findall(
        r'<li data-kind="([^"]+)"><a href="/console([^"]+)">.*?<span class="to-do-count">(\d+)</span>', page
    )
    return {kind: (int(count), html.unescape(path)) for kind, path, count in found}


async def test_everything_that_waits_has_its_line_and_its_list(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await shop.stocks("Blue mug", left=2)
    await ana.says("tumatanggap po ba kayo ng home credit")
    await ana.says("may tao po ba dyan")
    await shop.works()
    late = await shop.make(factory.order(order_number="ORD-1", order_status="confirmed"))
    await shop.run("UPDATE orders SET created_at = NOW() - INTERVAL 9 DAY WHERE id = %(id)s", id=late)
    await shop.insert("outbox", psid="1", message='{"text": "Hi"}', status="failed", error_code="551/0")
    await shop.run(
        "INSERT INTO connection_steps (name, light, sent, answered, what_to_do, looked_at)"
        " VALUES ('page', 'warning', 'asked', 'It works until 3 May.', 'Paste another.', NOW())"
    )
    await nena.logs_in()
    assert nena.path == "/console/day"
    found = lines(nena.page)
    assert {kind: count for kind, (count, _) in found.items()} == {
        "people": 1, "order.late": 1, "order.pack": 1, "queue.messages": 1, "low": 1, "token": 1, "unanswered": 1,
    }  # fmt: skip
    assert list(found)[:2] == ["people", "order.late"]
    for _, path in found.values():
        await nena.opens(path)
        assert nena.status == 200, path
    await nena.opens(found["order.late"][1])
    assert "ORD-1" in nena.page
    await nena.opens("/orders?tab=needs&why=lost")
    assert "ORD-1" not in nena.page
    await nena.sends("/logout")
    await nena.logs_in("jun")
    assert set(lines(nena.page)) == {"people", "order.late", "order.pack", "low", "unanswered"}


async def test_what_did_not_arrive_calls_until_it_is_seen_to_or_nothing_can_be_done(
    shop: Shop, nena: Visitor, ana: Chat, ben: Chat
) -> None:
    await ana.says("hi")
    await ben.says("hi")
    turn = await shop.look("SELECT MAX(id) FROM chat_logs WHERE user_id = %(psid)s", psid=ana.person.psid)

    async def failed(psid: str, *, days: int = 0, turn_id: int | None = None) -> None:
        of_turn = {"turn_id": turn_id} if turn_id else {}
        await shop.insert("outbox", psid=psid, message='{"text": "Hi"}', status="failed", error_code="551/0", **of_turn)
        await shop.run(
            "UPDATE outbox SET created_at = NOW(3) - INTERVAL %(days)s DAY ORDER BY id DESC LIMIT 1", days=days
        )

    await failed("1", days=100)
    await failed(ana.person.psid, turn_id=int(str(turn)))
    await failed(ben.person.psid)
    await shop.insert("chat_logs", user_id=ben.person.psid, user_message="x", turn_status="buried", event="{}")
    await shop.insert("chat_logs", user_id="2", user_message="x", turn_status="buried", event="{}")
    await shop.run("UPDATE chat_logs SET created_at = NOW(3) - INTERVAL 30 DAY WHERE user_id = '2'")
    await shop.insert(
        "merchant_notices", kind="flag", subject_key="1", words="x", channel="email", recipient="a@b.c", status="failed"
    )
    await shop.run("UPDATE merchant_notices SET created_at = NOW() - INTERVAL 30 DAY WHERE channel = 'email'")
    await nena.logs_in()

    async def waits() -> dict[str, int]:
        await nena.opens("/day")
        found = {kind: which for kind, which in lines(nena.page).items() if kind.startswith("queue.")}
        for count, path in found.values():
            await nena.opens(path)
            assert len(nena.values("pick")) == count, path
        return {kind: count for kind, (count, _) in found.items()}

    assert await waits() == {"queue.messages": 2, "queue.turns": 1}, "what is months old calls nobody"
    await ana.says("hello po")
    assert await waits() == {"queue.messages": 1, "queue.turns": 1}, "Ana was answered when she wrote again"
    await write(nena, await open_chat(nena, shop, ben), "Sorry po, andito na ako.")
    await shop.settles()
    assert await waits() == {}, "a person has written to Ben since"
    await nena.opens("/queues?queue=messages&only=new")
    assert "Nothing new is stuck here" in nena.page
    assert "Show all 3" in nena.page
    await nena.opens("/queues?queue=messages")
    assert len(nena.values("pick")) == 3, "nothing is lost: the list has them until they are dropped"


@pytest.mark.parametrize("role", ["nena", "jun"])
async def test_nothing_waits_in_a_shop_that_is_seen_to(shop: Shop, nena: Visitor, role: str) -> None:
    await shop.stocks("Blue mug", left=200)
    await nena.logs_in(role)
    assert nena.path == "/console/day"
    assert "Nothing waits for you" in nena.page
    assert "So far today" in nena.page
