"""The bell, and how one is told."""

import re

from handlers.jobs.mails import Mails
from handlers.jobs.merchants import Telling
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena
from tests.support import factory

__all__ = ["nena"]


async def tells(shop: Shop) -> None:
    parts = shop.stage.parts
    await Telling(parts.shop, Mails(parts.shop), parts.outbox.wake).run_due()
    await shop.settles()


async def flagged(shop: Shop, number: str) -> int:
    order_id = await shop.make(factory.order(order_number=number))
    await shop.insert("order_flags", order_id=order_id, kind="complaint")
    return order_id


async def test_the_bell_counts_what_is_new_until_it_is_seen(shop: Shop, nena: Visitor) -> None:
    order_id = await flagged(shop, "ORD-1")
    await flagged(shop, "ORD-2")
    await tells(shop)
    await nena.logs_in()
    assert 'aria-label="Notices, 2 new"' in nena.page
    await nena.opens("/notices")
    assert nena.page.index("ORD-2") < nena.page.index("ORD-1"), "the newest first"
    only = nena.values("only")[-1]
    await nena.sends("/notices/seen", only=only, order=str(order_id))
    await nena.opens("/notices")
    assert 'aria-label="Notices, 1 new"' in nena.page
    upto = nena.values("upto")[0]
    await flagged(shop, "ORD-3")
    await tells(shop)
    await nena.sends("/notices/seen", upto=upto)
    assert 'aria-label="Notices, 1 new"' in nena.page, "what came meanwhile stays new"
    await nena.sends("/logout")
    await nena.logs_in("jun")
    assert 'aria-label="Notices, 3 new"' in nena.page, "everybody has a bell of their own"


async def test_a_chat_is_linked_with_the_code_on_the_page_told_and_unlinked(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    await nena.logs_in()
    await nena.opens("/account/notices")
    await nena.sends("/account/notices/code")
    (code,) = re.findall(r"<strong>(QS-[A-Z2-9]{4}-[A-Z2-9]{4})</strong>", nena.page)
    await ana.says(code)
    ana.hears("linked to nena's account")
    await nena.opens("/account/notices")
    assert "Ana Cruz" in nena.page
    assert "you are told here" in nena.page
    assert code not in nena.page, "it is shown once"
    await flagged(shop, "ORD-1")
    await tells(shop)
    ana.hears("ORD-1 needs you (complaint)")
    await shop.run("UPDATE conversations SET window_expires_at = NOW()")
    await nena.opens("/account/notices")
    assert "window closed" in nena.page
    await nena.sends("/account/notices/unlink", psid=ana.psid)
    assert "That chat is unlinked." in nena.page
    assert await shop.count("merchant_chats") == 0


async def test_what_one_wants_to_hear_is_kept_and_nobody_unlinks_anothers_chat(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    await nena.logs_in()
    await nena.opens("/account/notices")
    await nena.sends_all("/account/notices", ("email", "new_order"), ("email", "flag"), ("messenger", "low_stock"))
    assert "Saved." in nena.page
    hears = "SELECT hears FROM console_accounts WHERE hears IS NOT NULL"
    assert await shop.look(hears) == '{"email":["new_order","flag"],"messenger":["low_stock"]}'
    await nena.sends("/account/notices/code")
    (code,) = re.findall(r"<strong>(QS-[A-Z2-9]{4}-[A-Z2-9]{4})</strong>", nena.page)
    await ana.says(code)
    await nena.sends("/logout")
    await nena.logs_in("jun")
    await nena.opens("/account/notices")
    await nena.sends("/account/notices/unlink", psid=ana.psid)
    assert await shop.count("merchant_chats") == 1
