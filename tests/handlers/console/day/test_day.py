"""The day: what waits for whoever looks, each a link to exactly that list, until nothing waits."""

import html
import re

import pytest

from tests.conversations.conftest import Chat, Shop
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


@pytest.mark.parametrize("role", ["nena", "jun"])
async def test_nothing_waits_in_a_shop_that_is_seen_to(shop: Shop, nena: Visitor, role: str) -> None:
    await shop.stocks("Blue mug", left=200)
    await nena.logs_in(role)
    assert nena.path == "/console/day"
    assert "Nothing waits for you" in nena.page
    assert "So far today" in nena.page
