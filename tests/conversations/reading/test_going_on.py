"""Going on: what was shown stays on the screen under an answer, and short words are heard as people mean them."""

import pytest

from tests.conversations.conftest import Chat, Shop


async def mugs(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await shop.stocks("Red mug", price="130.00", left=5)
    await shop.answers("warranty", "One year on all of it.")


async def test_a_list_stays_on_the_screen_under_an_answer(shop: Shop, ana: Chat) -> None:
    await mugs(shop)
    await ana.says("mug")
    await ana.says("may warranty ba?")
    ana.hears("One year on all of it.")
    await ana.says("magkano yung pangalawa")
    shown = [name for name in ("Blue mug", "Red mug") if any(name in words for words in ana.heard)]
    assert len(shown) == 1, "the second of the list, and no search for the word"


@pytest.mark.parametrize("category", ["product", "returns", ""])
async def test_a_question_about_a_product_gets_the_merchants_words_and_the_product(
    shop: Shop, ana: Chat, category: str
) -> None:
    await shop.stocks("Foldable umbrella", price="250.00", left=5)
    await shop.answers("warranty", "One year on all of it.", category=category)
    await ana.says("may warranty po ba yung payong?")
    ana.hears("One year on all of it.")
    ana.hears("Foldable umbrella")
    await ana.says("may warranty po ba pag nasira?")
    ana.hears("One year on all of it.")
    assert not any("Foldable umbrella" in words for words in ana.heard), "no product is named"


async def test_after_an_answer_order_na_is_the_checkout_and_no_second_piece(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await shop.answers("warranty", "One year on all of it.")
    await ana.says("mug")
    await ana.says("isa po nito")
    await ana.says("may warranty ba?")
    await ana.says("order na po")
    ana.hears("tatanggap")
    assert await shop.look("SELECT quantity FROM cart_items") == 1


@pytest.mark.parametrize("yes", ["oo", "sige po", "Yes", "go"])
async def test_a_yes_takes_what_was_offered(shop: Shop, ana: Chat, yes: str) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("2 blue mug")
    ana.hears("2 × Blue mug")
    assert await shop.count("cart_items") == 0
    await ana.says(yes)
    assert await shop.look("SELECT quantity FROM cart_items") == 2


async def test_checkout_takes_what_was_offered_and_goes_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("2 blue mug")
    await ana.says("checkout")
    ana.hears("Who will receive")
    assert await shop.look("SELECT quantity FROM cart_items") == 2


@pytest.mark.parametrize("words", ["yun lang po", "That's all, thanks", "wala na po"])
async def test_that_is_all_shows_the_cart(shop: Shop, ana: Chat, words: str) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says(words)
    ana.hears("1 × Blue mug")


async def test_nobody_has_paid_what_is_not_ordered_yet(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("mug")
    await ana.taps("Buy now")
    await ana.says("Ana Cruz", "0917 123 4567")
    await ana.says("45 Sampaguita St, Brgy Holy Spirit, Quezon City")
    await ana.says("bayad na po")
    ana.hears("Hindi pa po naka-place")
    ana.hears("landmark")
    await ana.says("ok na po")
    assert not any("bayad na" in words for words in ana.heard), "no landmark of the rider's"


async def test_an_order_that_is_being_made_is_changed_after_it_was_asked_for(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("mug")
    await ana.taps("Buy now")
    await ana.says("Ana Cruz", "0917 123 4567")
    await ana.says("45 Sampaguita St, Brgy Holy Spirit, Quezon City")
    await ana.says("nasaan na order ko")
    await ana.says("pwede bang palitan ang address, sa Cainta na lang")
    ana.hears("Cainta")


async def test_an_address_of_no_order_is_no_question_of_returns(shop: Shop, ana: Chat) -> None:
    await shop.answers("palitan", "We take things back within 7 days.")
    await ana.says("hello")
    await ana.says("pwede bang palitan ang address")
    assert not any("take things back" in words for words in ana.heard)


async def test_a_size_alone_asks_among_those_that_have_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Shirt", left=0, sizes={"White, L": 4, "Navy, L": 4, "Navy, M": 4})
    await ana.says("shirt")
    await ana.taps("Options")
    await ana.says("L po")
    ana.hears("White, L", "Navy, L")
    assert not any("Navy, M" in words for words in ana.heard)


async def test_a_size_and_then_a_color_are_one_kind_and_the_pieces_stay(shop: Shop, ana: Chat) -> None:
    shirt = await shop.stocks("Shirt", left=0, sizes={"White, L": 4, "Navy, L": 4, "Navy, M": 4})
    await ana.says("shirt")
    await ana.says("2 po nito")
    await ana.says("L po")
    await ana.says("navy")
    held = "SELECT CONCAT_WS('|', c.product_id, v.variant_value, c.quantity) FROM cart_items c"
    assert await shop.texts(f"{held} JOIN product_variants v ON v.id = c.variant_id") == [f"{shirt}|Navy, L|2"]


@pytest.mark.parametrize("said", ["hi po pa order ng payong", "pabili po ng payong"])
async def test_one_thing_without_a_number_and_all_that_an_order_needs(shop: Shop, ana: Chat, said: str) -> None:
    await shop.stocks("Payong", price="259.00")
    await ana.says(f"{said}, 0917 555 6666 Mark Lee, 7 Rizal St, Brgy San Roque, Marikina City, cod")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["1"]
    await ana.says("checkout")
    await ana.says("skip")
    ana.hears("Mark Lee", "7 Rizal St")
