"""Posts in the console: tied by code and by picking, refused plainly, and who got what."""

import html

import pytest

from repository.posts.post_edits import id_in
from tests.conversations.conftest import Chat, Shop
from tests.conversations.posts.selling import sells
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena, version_of

__all__ = ["nena"]


@pytest.mark.parametrize(
    ("typed", "post_id"),
    [
        ("122093", "77_122093"),
        ("77_122093", "77_122093"),
        ("https://www.facebook.com/tindahan/posts/122093?ref=share", "77_122093"),
        ("https://www.facebook.com/tindahan/posts/bagong-mugs/122093/", "77_122093"),
        ("https://m.facebook.com/story.php?story_fbid=122093&id=77", "77_122093"),
        ("https://www.facebook.com/tindahan/videos/122093/", "77_122093"),
        ("https://www.facebook.com/watch/live/?v=122093", "77_122093"),
        ("https://www.facebook.com/reel/122093", "77_122093"),
        ("https://www.facebook.com/tindahan/posts/pfbid02abc", ""),
        ("our live sale", ""),
        ("", ""),
    ],
)
def test_a_link_becomes_the_posts_number(typed: str, post_id: str) -> None:
    assert id_in(typed, page_id="77") == post_id


async def test_a_live_sale_is_made_and_shows_who_got_what(nena: Visitor, shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await shop.stocks("Cotton shirt", price="200.00", sizes={"Red, L": 2, "Blue, L": 2})
    await nena.logs_in()
    await nena.opens("/posts/new")
    new = form_in(nena.page) | {"title": "Friday live", "post_id": "555", "is_sale": "on", "is_active": "on"}
    await nena.sends("/posts/new", **(new | {"goods": "A1 = BLUE-MUG\na1 = Cotton shirt"}))
    assert nena.status == 422
    assert "Line 2: the code A1 stands for BLUE-MUG already." in html.unescape(nena.page)
    await nena.sends("/posts/new", **(new | {"goods": "A1 = Red mug"}))
    assert "Line 1: there is no product with the number (SKU) or name “Red mug”." in html.unescape(nena.page)
    await nena.sends("/posts/new", **(new | {"goods": "A1 = Cotton shirt / Green"}))
    assert "Cotton shirt has no variant “Green”. It has: Red, L, Blue, L." in html.unescape(nena.page)
    await nena.sends("/posts/new", **(new | {"goods": "A1 = Blue mug", "post_id": "our live"}))
    assert "There is no number in that." in nena.page
    await nena.sends("/posts/new", **(new | {"goods": "A1 = Blue mug", "also": "Cotton shirt", "also_code": "b 2"}))
    where = nena.path.removeprefix("/console")
    assert "A1 = BLUE-MUG\nB2 = COTTON-SHIRT</textarea>" in nena.page
    assert "“mine A1 x2” asks for 2 pieces." in html.unescape(nena.page)
    await nena.opens("/posts/new")
    await nena.sends("/posts/new", **(new | {"goods": ""}))
    assert "Another entry is about this post." in nena.page
    for shopper, text in ((ana, "A1 mine"), (ben, "mine A1"), (ben, "b2 red"), (ben, "ganda!")):
        await shopper.comments(text, post="555")
    await shop.sees_to_comments()
    got = html.unescape(await nena.opens(f"{where}/got"))
    for part in ("2 pieces on hold", "1 too late and in line", "1 × Blue mug", "Cotton shirt (Red, L)", "too late"):
        assert part in got
    assert got.count("on hold until") == 2
    claim = await shop.look("SELECT MIN(id) FROM post_claims")
    await nena.sends(f"{where}/got", claim=str(claim))
    assert "Let go. Whoever is next in line is told." in nena.page
    await nena.sends(f"{where}/got", claim=str(claim))
    assert "That claim is over already." in nena.page
    await nena.opens(where)
    await nena.sends(f"{where}/delete", version=version_of(nena.page))
    assert "Comments stand below it, so it stays." in html.unescape(nena.page)
    assert "Friday live" in await nena.opens("/posts")


async def test_who_asked_for_more_than_one_person_can_have_is_shown(nena: Visitor, shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    post = await sells(shop, "555", mug, codes=("a1",), is_sale=True, most_each=2)
    await ana.comments("mine a1 x5", post="555")
    await shop.sees_to_comments()
    await nena.logs_in()
    got = html.unescape(await nena.opens(f"/posts/{post}/got"))
    for part in ("2 pieces on hold", "2 × Blue mug", "3 × Blue mug", "above the limit"):
        assert part in got
