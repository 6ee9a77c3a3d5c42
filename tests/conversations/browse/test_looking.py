"""Looking around: categories, pages, products, variants, the search."""

import pytest

from repository.catalogue.finding import standing
from tests.conversations.conftest import Chat, Shop


async def test_categories_and_their_pages(shop: Shop, ana: Chat) -> None:
    for number in range(1, 12):
        await shop.stocks(f"Tumbler {number}", price="99.00", category="Tumblers")
    await ana.opens_chat()
    await ana.taps("🛍️ Shop now")
    ana.sees_cards("Tumblers")
    ana.hears("11 items")
    await ana.taps("See items")
    ana.hears("Tumblers (11 items, page 1 of 2)")
    ana.sees_cards("Tumbler 1", "Tumbler 8")
    await ana.taps("More ›")
    ana.hears("page 2 of 2")
    ana.sees_cards("Tumbler 9", "Tumbler 11")
    await ana.says("more")
    ana.hears("That's all there is in this list.")
    ana.sees_buttons("‹ Previous", "‹ Back to the list", "Menu")
    await ana.taps("‹ Back to the list")
    ana.hears("page 2 of 2")
    await ana.says("more")
    await ana.taps("‹ Previous")
    ana.hears("page 1 of 2")
    await ana.says("previous")
    await ana.taps("‹ Back to the list")
    ana.hears("page 1 of 2")
    await ana.says("back")
    ana.hears("What are you in the mood for?")


async def test_many_categories_have_pages_too(shop: Shop, ana: Chat) -> None:
    for number in range(12):
        await shop.stocks(f"Thing {number}", price="10.00", category=f"Category {number}")
    await ana.says("products")
    ana.hears("page 1 of 2")
    await ana.taps("More ›")
    ana.hears("page 2 of 2")
    await ana.taps("‹ Previous")
    ana.hears("page 1 of 2")


async def test_a_product_and_back_to_the_list(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="1120.50", left=3)
    await shop.stocks("Red mug", price="130.00", left=0)
    await ana.says("mugs")
    ana.hears("₱1,120.50 · Only 3 left", "₱130.00 · Sold out")
    await ana.taps("Details")
    ana.hears("Blue mug\n₱1,120.50 · Only 3 left!")
    ana.sees_buttons("Add to cart", "Buy now", "‹ Back")
    await ana.taps("‹ Back")
    ana.sees_cards("Blue mug", "Red mug")


async def test_a_variant_is_chosen_by_tapping_or_typing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Linen shirt", price="499.00", sizes={"Small": 5, "Medium": 2, "Large": 0})
    await ana.says("linen shirt")
    await ana.taps("Options")
    ana.hears("Which size of Linen shirt would you like?", "Medium: ₱499.00 (only 2 left)")
    ana.hears_no("Large")
    await ana.taps("Medium")
    ana.hears("Linen shirt (Size: Medium) is in your cart.", "1 item, ₱499.00")
    await ana.says("shirt")
    await ana.taps("Options")
    await ana.says("yung small po")
    ana.hears("Naidagdag na po sa cart ninyo: Linen shirt (Size: Small).", "2 items, ₱998.00")
    await ana.taps("Options")
    await ana.says("purple")
    ana.hears("Wala pong “purple”.")
    ana.sees_buttons("Small", "Medium")


async def test_the_search_forgives_typos_and_admits_what_it_cannot_find(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Ceramic mug", price="120.00")
    await shop.stocks("Bamboo tray", price="250.00")
    await shop.works()
    for typed in ("ceramic mug", "cermaic mug", "CERAMICS", "meron po ba kayong ceramic mug?"):
        await ana.says("english")
        await ana.says(typed)
        ana.sees_cards("Ceramic mug")
        assert "Bamboo tray" not in [card.title for sent in ana.answers for card in sent.bubble.cards]
    await ana.says("english")
    await ana.says("helicopter")
    ana.hears("I couldn't find “helicopter”.")
    ana.sees_buttons("🛍️ Shop now")


async def test_an_empty_shop_is_kind(ana: Chat) -> None:
    await ana.says("products")
    ana.hears("We're still filling our shelves.")


@pytest.mark.parametrize(
    "typed",
    [
        "blue mug",
        "BLUE MUG!!",
        "mug blue",
        "meron po ba kayong mug?",
        "do you have a mug",
        "blu mugs",
        "magkano po ang blue mug?",
    ],
)
async def test_products_are_found_as_shoppers_type(shop: Shop, ana: Chat, typed: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red plate", price="80.00", category="Plates")
    await shop.works()
    await ana.says(typed)
    ana.sees_cards("Blue mug")
    ana.hears_no("Red plate")


async def test_a_product_taken_off_the_shelf_is_said_to_be_gone(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await shop.run("UPDATE products SET status = 'inactive'")
    await ana.taps("Details")
    ana.hears("no longer sold")
    await ana.taps("Add to cart")
    ana.hears("no longer sold")
    assert await shop.look("SELECT COUNT(*) FROM cart_items") == 0


@pytest.mark.parametrize(
    "text", ["mgkno poh un mug", "mAgKaNo pOuH aNg mUg", "pbli nmn po ng mug", "meron po b kau mug"]
)
async def test_a_product_in_the_spelling_of_text_messages(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says(text)
    ana.sees_cards("Blue mug")


@pytest.mark.parametrize("text", ["hElLoW pHoW", "hellooo", "musta na poh kyo", "kmsta po"])
async def test_a_greeting_in_any_spelling(shop: Shop, ana: Chat, text: str) -> None:
    await ana.says(text)
    ana.hears("Welcome")


async def test_several_products_in_one_message(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Steel kettle", price="600.00")
    await ana.says("2 mug at 3 kettle po")
    ana.hears("• 2 × Blue mug", "• 3 × Steel kettle")
    assert await shop.count("cart_items") == 2


async def test_taking_one_of_several_shows_them_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red mug", price="120.00")
    await ana.says("mug", "add to cart")
    ana.sees_cards("Blue mug", "Red mug")
    ana.hears_no("couldn't find")
    assert await shop.count("cart_items") == 0


@pytest.mark.parametrize("sizes", [{"🔴": 5, "Large": 3}, {"🔴": 5, "🔵": 3}])
async def test_a_variant_that_is_an_emoji_is_that_emoji_and_no_other(
    shop: Shop, ana: Chat, sizes: dict[str, int]
) -> None:
    await shop.stocks("Linen shirt", price="499.00", sizes=sizes)
    await ana.says("shirt")
    await ana.taps("Options")
    await ana.says("😡")
    assert await shop.count("cart_items") == 0
    await ana.says("🔴")
    assert (
        await shop.look("SELECT variant_value FROM cart_items c JOIN product_variants v ON v.id = c.variant_id") == "🔴"
    )


async def test_what_is_misspelt_is_asked_back_and_what_is_not_there_has_something_near(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Wireless mouse")
    await shop.stocks("Payong, pula", left=0)
    await shop.stocks("Payong, itim at rather wide")
    await ana.says("wirless muose")
    ana.hears("Did you mean “wireless mouse”? Here's what I found:")
    await ana.says("gaming vertical mouse")
    ana.hears("I couldn't find “gaming vertical mouse”. Maybe one of these will do:", "Wireless mouse")
    await ana.says("velvet sofa bed")
    ana.hears("I couldn't find “velvet sofa bed”. Try another word")
    ana.hears_no("Wireless mouse")
    await ana.says("umbrella")
    ana.hears("Payong, itim at rather wide", "Payong, pula")


async def test_who_asks_while_the_products_are_being_read_is_answered_once_they_are(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug")
    shop.database.kept.clear()
    standing.begin(shop.database)
    await ana.says("mug")
    ana.hears("Blue mug")
