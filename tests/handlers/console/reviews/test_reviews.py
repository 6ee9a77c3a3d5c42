"""The page of reviews: what waits, approving and refusing, and what shoppers see of it."""

import re
from decimal import Decimal

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import PASSWORD, Visitor, nena
from tests.support.buying import buys
from tests.support.pictures import photo

__all__ = ["PASSWORD", "nena"]
AVERAGE = "SELECT CONCAT_WS('|', average_rating, review_count) FROM products WHERE id = %(id)s"


async def reviewed(shop: Shop, ana: Chat, words: str = "Ang ganda <b>po</b>!") -> int:
    """A mug that was delivered and reviewed; its id."""
    mug = await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.works()
    await delivered(shop)
    await ana.says("⭐⭐⭐⭐⭐ " + words)
    ana.hears("💛")
    return mug


async def delivered(shop: Shop) -> None:
    for status in ("processing", "shipped", "delivered"):
        await shop.run(f"UPDATE orders SET order_status = '{status}', delivered_at = NOW()")


async def test_a_review_waits_until_it_is_approved_and_then_everybody_sees_it(
    nena: Visitor, shop: Shop, ana: Chat, ben: Chat
) -> None:
    mug = await reviewed(shop, ana)
    await nena.logs_in()
    page = await nena.opens("/reviews")
    assert "Blue mug" in page
    assert "Ang ganda &lt;b&gt;po&lt;/b&gt;!" in page
    assert await shop.look(AVERAGE, id=mug) == "0.00|0"
    review = str(await shop.look("SELECT id FROM product_reviews"))
    await nena.sends_all("/reviews/decide", ("pick", review), ("to", "approve"))
    assert "1 review is shown to shoppers now." in nena.page
    assert "Nothing waits" in nena.page
    assert await shop.look(AVERAGE, id=mug) == "5.00|1"
    assert await shop.look("SELECT action FROM console_audit WHERE action LIKE 'review.%%'") == "review.approved"
    await ben.says("mug")
    await ben.taps("Details")
    ben.hears("⭐ 5.0 (1)")
    await ben.taps("Reviews")
    ben.hears("⭐ 5.0 · Blue mug: 1 review", "⭐⭐⭐⭐⭐ Ana", "Ang ganda <b>po</b>!")
    ben.hears_no("Cruz")


async def test_what_was_approved_can_be_taken_back(nena: Visitor, shop: Shop, ana: Chat) -> None:
    mug = await reviewed(shop, ana)
    await nena.logs_in()
    await nena.opens("/reviews")
    review = str(await shop.look("SELECT id FROM product_reviews"))
    await nena.sends_all("/reviews/decide", ("pick", review), ("to", "approve"))
    await nena.sends_all("/reviews/decide", ("pick", review), ("to", "refuse"))
    assert "1 review is hidden now." in nena.page
    assert await shop.look(AVERAGE, id=mug) == "0.00|0"
    assert "Ang ganda" in await nena.opens("/reviews?state=refused")
    await nena.sends_all("/reviews/decide", ("pick", review), ("to", "refuse"))
    assert "Those were that way already." in nena.page


async def test_the_list_is_searched_and_filtered(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await reviewed(shop, ana, "Solid at 100% matibay")
    await nena.logs_in()
    for fits in ("q=100%25", "q=Blue+mug", "stars=5", "state=all", "q=Ana"):
        assert "Solid at" in await nena.opens(f"/reviews?{fits}"), fits
    for misses in ("q=kettle", "stars=4", "state=approved", "pictures=with", "q=100_"):
        assert "Solid at" not in await nena.opens(f"/reviews?{misses}"), misses


async def test_who_may_not_moderate_sees_nothing_of_it(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await reviewed(shop, ana)
    await shop.run("UPDATE admin_users SET role = 'staff'")
    await nena.logs_in()
    await nena.opens("/reviews")
    assert nena.status == 403
    review = str(await shop.look("SELECT id FROM product_reviews"))
    await nena.opens("/account")
    await nena.sends_all("/reviews/decide", ("pick", review), ("to", "approve"))
    assert nena.status == 403
    assert await shop.look("SELECT average_rating FROM products") == Decimal("0.00")


async def test_whatever_a_browser_sends_is_no_review(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await reviewed(shop, ana)
    await nena.logs_in()
    await nena.opens("/reviews")
    picks = [("pick", pick) for pick in ("", "-1", "x", "9" * 30, "999999")]
    await nena.sends_all("/reviews/decide", *picks, ("to", "approve"))
    assert "Those were that way already." in nena.page
    assert await shop.look("SELECT is_approved FROM product_reviews") == 0


async def test_its_picture_is_shown_and_filtered_by(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await reviewed(shop, ana, "Solid")
    await ana.sends_picture(photo())
    ana.hears("💛")
    await nena.logs_in()
    page = await nena.opens("/reviews?pictures=with")
    (picture,) = set(re.findall(r'src="/console(/files/\d+)"', page))
    async with nena.listens(picture) as answer:
        assert (answer.status, answer.content_type) == (200, "image/jpeg")
        assert (await answer.read()).startswith(b"\xff\xd8")
