"""Threads that another app holds, as the inbox shows them and takes them over."""

from handlers.inbound.others import PAGE_INBOX
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.inbox.test_inbox import open_chat, write
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def test_a_thread_that_another_app_has_is_taken_by_typing(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    app = shop.stage.emulator.app.app_id
    ana.person.owner = PAGE_INBOX
    await shop.gets(ana, "take_thread_control", {"previous_owner_app_id": app, "new_owner_app_id": PAGE_INBOX})
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    assert "whose chat another app has" in nena.page
    await write(nena, path, "Nena here.")
    await shop.settles()
    ana.hears("Nena here.")
    assert ana.person.owner == app
    assert await shop.look("SELECT quiet_reason FROM conversations") == "person", "the bot is quiet all the same"
