"""What merchants read of messages that are no text, and of where a shopper came from: in the inbox and on the order."""

import html

from bot.workshop.emulator import arriving, sharing
from bot.workshop.emulator.arriving import Ad, CartItem
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.inbox.test_inbox import open_chat
from tests.handlers.console.test_console import Visitor, nena
from tests.support.buying import comes_to_summary

__all__ = ["nena"]


async def test_what_is_no_text_is_told_to_merchants(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    ad = Ad(title="Mugs <b>now</b>!", ad_id="6045")
    await ana.does("came by an ad", arriving.comes_by_ad(ana.facebook, ana.person, ad, "hi, interested"))
    await ana.does("sent a place", sharing.sends_place(ana.facebook, ana.person, 14.5547, 121.0244))
    lines = [CartItem(retailer_id="X-1", name="Blue mug", quantity=2, unit_price=120)]
    await ana.does("sent a cart", arriving.sends_cart(ana.facebook, ana.person, lines, "wrap it"))
    await ana.does("disliked it", sharing.reacts(ana.facebook, ana.person, "👎"))
    await nena.logs_in()
    await open_chat(nena, shop, ana)
    page = html.unescape(nena.page)
    for words in ("Came by the ad", "Sent a cart from Facebook", "2 × Blue mug\nwrap it", "Reacted with", "👎"):
        assert words in page
    assert "https://www.google.com/maps?q=14.5547,121.0244" in page
    assert "&lt;b&gt;now" in nena.page
    await comes_to_summary(ana, "mug")
    await ana.says("yes")
    order = await shop.look("SELECT id FROM orders")
    await nena.opens(f"/orders/{order}")
    page = html.unescape(nena.page)
    assert "Came by a cart filled on Facebook" in page
    assert "Note: wrap it" in page
    assert "https://www.google.com/maps?q=14.554700,121.024400" in page
    await nena.opens(f"/orders/slips?ids={order}")
    assert "Map: 14.554700,121.024400" in nena.page
