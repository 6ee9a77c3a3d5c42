"""A broadcast from its first word to its figures, and who may send one."""

import html

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena, version_of

__all__ = ["nena"]


async def test_a_broadcast_is_written_sent_and_heard_once(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="199.00")
    await ana.says("hello")
    await shop.run("UPDATE conversations SET heard_at = NOW() - INTERVAL 1 HOUR")
    await nena.logs_in()
    await nena.opens("/broadcasts/new")
    new = form_in(nena.page) | {"title": "Mugs", "words": "Bagong dating: mugs! 1 < 2", "product": "Blue mug"}
    await nena.sends("/broadcasts/new", **(new | {"product": "Lamp"}))
    assert nena.status == 422
    assert "no product that is called “Lamp”" in html.unescape(nena.page)
    await nena.sends("/broadcasts/new", **new)
    where = nena.path.removeprefix("/console")
    await nena.opens(where)
    assert "Send to 1 shopper" in nena.page
    assert "1 shopper gets it" in html.unescape(nena.page)
    assert "At that pace it takes a minute at most." in nena.page
    assert "Hi Ana! Bagong dating: mugs! 1 &lt; 2" in nena.page
    await nena.sends(f"{where}/send", version="999999")
    assert "Please look first" in html.unescape(nena.page)
    await nena.opens(where)
    await nena.sends(f"{where}/send", version=version_of(nena.page))
    assert "On its way to 1 shopper." in nena.page
    await shop.works()
    ana.hears("Hi Ana! Bagong dating: mugs! 1 < 2")
    ana.sees_cards("Blue mug")
    ana.sees_buttons("Add to cart", "🔕 No more of these")
    await shop.works()
    await nena.opens("/broadcasts")
    assert "Mugs" in nena.page
    await ana.taps("🔕 No more of these")
    assert await shop.texts("SELECT promos_stopped_at IS NOT NULL FROM users") == ["1"]
    await nena.opens(where)
    assert "<dt>For</dt><dd>1</dd>" in nena.page
    assert "disabled" in nena.page or "readonly" in nena.page
