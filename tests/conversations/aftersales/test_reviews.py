"""Reviews: asked for some days after the delivery, given in stars, words and pictures, in whatever way."""

import pytest

from tests.conversations.aftersales.clerk import days_pass, has_order
from tests.conversations.conftest import Chat, Shop
from tests.support.pictures import photo

REVIEWS = """SELECT CONCAT_WS('|', rating, COALESCE(review_text, ''), is_verified_purchase, is_approved)
    FROM product_reviews"""
RATED = """SELECT CONCAT_WS('|', p.name, r.rating) FROM product_reviews r JOIN products p ON p.id = r.product_id
    ORDER BY r.id"""
PICTURE = "SELECT f.purpose FROM product_reviews r JOIN stored_files f ON f.id = r.picture_file_id"


async def is_asked(shop: Shop, ana: Chat) -> None:
    """Let a mug be delivered, and its shopper be asked three days later."""
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await shop.works()
    ana.hears_no("How was")
    await days_pass(shop, 3)
    await shop.works()
    ana.hears("How was Blue mug?")


async def test_asked_once_and_answered_with_a_tap(shop: Shop, ana: Chat) -> None:
    await is_asked(shop, ana)
    said = len(ana.person.sent)
    await shop.works()
    assert len(ana.person.sent) == said
    await ana.taps("5 ⭐")
    ana.hears("Thank you! 💛", "a few words, or send a picture")
    await ana.says("the handle is lovely")
    ana.hears("Our team reads it")
    await ana.sends_picture(photo())
    assert await shop.texts(REVIEWS) == ["5|the handle is lovely|1|0"]
    assert await shop.look(PICTURE) == "review"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("5", "5||1|0"), ("4", "4||1|0"), ("⭐⭐⭐⭐⭐ ang ganda", "5|ang ganda|1|0"), ("⭐⭐⭐", "3||1|0"),
        ("5 stars po", "5||1|0"),
        ("5/5 sulit na sulit", "5|sulit na sulit|1|0"),
        ("2 stars, the handle broke", "2|the handle broke|1|0"),
        ("5 great!", "5|great!|1|0"), ("★★★★ maganda", "4|maganda|1|0"), ("1 star", "1||1|0"),
    ],
)  # fmt: skip
async def test_stars_and_words_as_they_are_typed(shop: Shop, ana: Chat, text: str, kept: str) -> None:
    await is_asked(shop, ana)
    await ana.says(text)
    assert await shop.texts(REVIEWS) == [kept]


async def test_words_alone_are_asked_for_their_stars(shop: Shop, ana: Chat) -> None:
    await is_asked(shop, ana)
    await ana.says("ang ganda po")
    ana.hears("Ilang stars po")
    await ana.says("5")
    assert await shop.texts(REVIEWS) == ["5|ang ganda po|1|0"]


async def test_without_having_been_asked(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await ana.says("review")
    await ana.taps("4 ⭐")
    await ana.taps("Skip")
    assert await shop.texts(REVIEWS) == ["4||1|0"]
    await ana.says("review")
    ana.hears("nothing delivered that you haven't reviewed")


async def test_several_products_one_of_them_or_all(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red plate", price="90.00")
    await ana.says("mug")
    await ana.taps("Add to cart")
    await has_order(shop, ana, "delivered", what="plate")
    await ana.says("⭐⭐⭐⭐ ok naman")
    ana.hears("Para saan po ito?")
    await ana.taps("Red plate")
    assert await shop.texts(RATED) == ["Red plate|4"]
    await ana.says("menu")
    await ana.says("⭐⭐⭐⭐⭐")
    assert await shop.texts(RATED) == ["Red plate|4", "Blue mug|5"]


async def test_stars_of_somebody_who_bought_nothing_are_no_review(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await ben.says("⭐⭐⭐⭐⭐ ang ganda")
    order_id = str(await shop.look("SELECT id FROM orders"))
    await shop.gets(ben, "postback", {"mid": "m_1", "title": "5", "payload": f"rate_order:{order_id}:5"})
    assert await shop.count("product_reviews") == 0


async def test_who_wants_no_reminders_and_who_complained_are_not_asked(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await has_order(shop, ben, "delivered")
    await ana.says("stop")
    await ben.says("scam kayo!!")
    await days_pass(shop, 3)
    await shop.works()
    ana.hears_no("How was")
    ben.hears_no("Kumusta po ang")
    assert await shop.texts("SELECT review_asked_at IS NOT NULL FROM orders") == ["1", "1"]


async def test_a_low_rating_is_offered_a_person(shop: Shop, ana: Chat) -> None:
    await is_asked(shop, ana)
    await ana.taps("1 ⭐")
    ana.hears("we're sorry")
    assert "Talk to a person" in [button.title for button in ana.tappable]


async def test_an_angry_review_is_kept_and_a_person_comes(shop: Shop, ana: Chat) -> None:
    await is_asked(shop, ana)
    await ana.says("⭐ bulok, scam kayo!!")
    ana.hears("Pasensya na po")
    assert await shop.texts(REVIEWS) == ["1|bulok, scam kayo!!|1|0"]
    assert await shop.look("SELECT quiet_reason FROM conversations") == "complaint"


async def test_words_that_were_asked_for_may_complain(shop: Shop, ana: Chat) -> None:
    await is_asked(shop, ana)
    await ana.taps("3 ⭐")
    await ana.says("ang tagal dumating pero maganda")
    assert await shop.texts(REVIEWS) == ["3|ang tagal dumating pero maganda|1|0"]
    assert await shop.look("SELECT quiet_since FROM conversations") is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("5 stars", "5||1|0"), ("⭐⭐⭐⭐", "4||1|0"), ("⭐⭐⭐⭐⭐ great quality", "5|great quality|1|0"),
        ("2 stars, the handle broke", "2|the handle broke|1|0"),
    ],
)  # fmt: skip
async def test_stars_in_the_middle_of_checkout_go_to_what_was_delivered(
    shop: Shop, ana: Chat, text: str, kept: str
) -> None:
    await is_asked(shop, ana)
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.taps("Checkout")
    await ana.taps("Another address")
    await ana.says(text)
    ana.hears("Our team reads it", "receive")
    assert await shop.texts(REVIEWS) == [kept]
    await ana.says("Rosa Cruz, 0917 123 4567, 12 Mabini St, Brgy Lahug, Cebu City")
    await ana.says(text)
    assert await shop.texts(REVIEWS) == [kept], "nothing is left to be reviewed"
    ana.hears("nothing delivered that you haven't reviewed", "landmark")


async def test_stars_that_are_asked_for_in_the_middle_of_checkout(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.taps("Checkout")
    await days_pass(shop, 3)
    await shop.works()
    await ana.taps("4 ⭐")
    ana.hears("Our team reads it", "Same as last time")
    assert await shop.texts(REVIEWS) == ["4||1|0"]
