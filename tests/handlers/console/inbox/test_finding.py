"""A chat is found by the shopper's name."""

import html
import re
from urllib.parse import quote

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def test_a_chat_is_found_by_name_and_stays_found(nena: Visitor, shop: Shop, ana: Chat, ben: Chat) -> None:
    for shopper in (ana, ben):
        await shopper.says("hello")
    await nena.logs_in()
    await nena.opens("/inbox?view=all&q=cruz%20AN")
    assert "Ana Cruz" in nena.page
    assert "Ben Santos" not in nena.page
    (path,) = re.findall(r'href="/console(/inbox/\d+\?[^"]+)" class="talk', nena.page)
    await nena.opens(html.unescape(path))
    assert "Ben Santos" not in nena.page, "the list beside the chat is the same"
    for text in ("%", "_", "'", '"><b>', "\\", "99999999999", "\x00x", "zz " * 200):
        await nena.opens(f"/inbox?view=all&q={quote(text)}")
        assert nena.status == 200
        assert "No chat is with" in nena.page, text
    number = await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ben.psid)
    await shop.run("UPDATE users SET facebook_name = NULL WHERE id = %(id)s", id=int(str(number)))
    await nena.opens(f"/inbox?view=all&q=Shopper%20{number}")
    assert f"Shopper {number}" in nena.page
