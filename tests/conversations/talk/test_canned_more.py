"""What a canned reply can hold beside its words: what is filled in, buttons, quick replies, a picture, a product."""

import msgspec
import pytest

from repository.staff.by import By
from repository.wording import canned_edits
from repository.wording.canned_rows import CannedBody
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart


async def writes(shop: Shop, keyword: str, response: str, **more: object) -> int:
    """Write a canned reply as the console does."""
    body = msgspec.structs.replace(CannedBody(keyword=keyword, response=response), **more)
    async with shop.database.transaction() as conn:
        return await canned_edits.create(conn, body=body, by=By())


@pytest.mark.parametrize("language", ["en", "fil"])
async def test_what_is_known_is_filled_in_and_the_merchants_words_stand_for_the_rest(
    shop: Shop, ana: Chat, language: str
) -> None:
    await shop.stocks("Blue mug", price="120.00", left=3)
    await writes(
        shop,
        "warranty",
        "Hi {first_name|suki}! {cart_count|0} in the cart, {cart_total|nothing yet}; {order_number|no order}.",
        language=language,
    )
    if language == "fil":
        await ana.says("tagalog")
    await ana.says("warranty")
    name = await shop.look("SELECT SUBSTRING_INDEX(facebook_name, ' ', 1) FROM users")
    ana.hears(f"Hi {name}! ", "0 in the cart, nothing yet; no order.")
    await shop.run("UPDATE users SET facebook_name = ''")
    await puts_in_cart(ana, "mug")
    await ana.says("warranty")
    ana.hears("Hi suki! ", "1 in the cart, ₱120.00; no order.")


async def test_a_reply_of_an_older_release_says_what_it_said(shop: Shop, ana: Chat) -> None:
    await shop.answers("warranty", "Use {code} {first_name} {{ name }} and { }.")
    await shop.run("UPDATE users SET facebook_name = ''")
    await ana.says("hello")
    await shop.run("UPDATE users SET facebook_name = ''")
    await ana.says("warranty")
    ana.hears("Use {code} {first_name} {{ name }} and { }.")


async def test_buttons_a_picture_and_quick_replies_reach_the_shopper_and_are_logged(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=3)
    sku = str(await shop.look("SELECT sku FROM products"))
    await writes(shop, "repair", "Bring it to our shop.")
    await writes(
        shop,
        "warranty",
        "Seven days for {product|it}, {price|ask us}.",
        picture="https://shop.example/goods/warranty.jpg",
        sku=sku,
        buttons="Our page = https://shop.example/warranty\nCall us = 0917 123 4567\nRepairs = reply repair",
        quick_replies=f"See the mug = product {sku}\nMy cart = cart",
    )
    await ana.says("what about the warranty?")
    ana.hears("Seven days for Blue mug, ₱120.00.")
    ana.sees_buttons("Our page", "Call us", "Repairs")
    ana.sees_buttons("See the mug", "My cart")
    kinds = [sent for sent in await shop.texts("SELECT message FROM outbox ORDER BY id") if "warranty.jpg" in sent]
    assert len(kinds) == 1, "the picture went out by the ordinary way"
    (turn,) = [turn for turn in await shop.turns(ana) if "warranty" in turn.said]
    assert "Seven days for Blue mug" in turn.answered
    assert '"talk.canned"' in turn.recording
    await ana.taps("Repairs")
    ana.hears("Bring it to our shop.")
    await ana.says("warranty")
    await ana.taps("See the mug")
    ana.hears("Blue mug")


async def test_a_product_that_is_no_longer_sold_leaves_the_words(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=3)
    sku = str(await shop.look("SELECT sku FROM products"))
    await writes(shop, "warranty", "About {product|this}: {left|none} left.", sku=sku)
    await shop.run("UPDATE products SET status = 'inactive'")
    await ana.says("warranty")
    ana.hears("About this: none left.")


async def test_in_the_middle_of_checkout_buttons_stay_and_the_question_comes_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await writes(
        shop, "warranty", "Seven days.", buttons="Our page = https://shop.example/w", quick_replies="Cart = cart"
    )
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("is there a warranty?")
    ana.hears("Seven days.", "Who will receive the parcel?")
    ana.sees_buttons("Our page")
