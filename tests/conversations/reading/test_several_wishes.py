"""Several wishes in one message, places that are not on show, sizes with a point, and what something is for."""

import pytest

from tests.conversations.conftest import Chat, Shop

TUMBLER = {"Teal": 9, "Blush": 9, "Charcoal": 9}
CASES = {"6.1 in phone": 9, "6.5 in phone": 9, "6.7 in phone": 9}
CART = """SELECT CONCAT_WS(' ', c.quantity, p.name, v.variant_value) FROM cart_items c
    JOIN products p ON p.id = c.product_id LEFT JOIN product_variants v ON v.id = c.variant_id ORDER BY c.id"""


@pytest.mark.parametrize(
    "text",
    ["yung pangalawa po dalawa", "2 po nung pangatlo", "the last two please", "kunin ko yung isa pa", "the other one"],
)
async def test_a_place_that_is_not_on_show_is_asked_about(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Nonstick kawali", price="799.00", left=20)
    await ana.says("may kawali po ba")
    await ana.says(text)
    assert await shop.count("cart_items") == 0
    assert any("Isa lang po ang nasa listahan" in said or "only one in the list" in said for said in ana.heard)
    await ana.taps("Add to cart")
    assert await shop.count("cart_items") == 1


async def test_the_other_one_of_a_list_is_that(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Desk fan", price="549.00")
    await shop.stocks("Folding fan", price="79.00")
    await ana.says("fan", "yung una po")
    opened = "Desk fan" if "Desk fan" in "\n".join(ana.heard) else "Folding fan"
    await ana.says("yung isa pa po")
    ana.hears("Folding fan" if opened == "Desk fan" else "Desk fan")
    assert await shop.count("cart_items") == 0


async def test_two_places_are_asked_about_and_taken_where_each_has_a_number(shop: Shop, ana: Chat) -> None:
    for name in ("Blue mug", "Green mug", "Red mug"):
        await shop.stocks(name, price="120.00", left=20)
    await ana.says("mug", "yung pangalawa at pangatlo po")
    assert await shop.count("cart_items") == 0
    ana.hears("1. Green mug", "2. Red mug")
    await ana.says("mug", "1 nung una tsaka 2 nung pangatlo")
    assert await shop.texts(CART) == ["1 Blue mug", "2 Red mug"]


async def test_what_is_on_show_and_another_thing_are_both_taken(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Nonstick kawali", price="799.00", left=20)
    await shop.stocks("Rubber ball (bola)", price="99.00", left=0, sizes={"Red": 9, "Blue": 9})
    await ana.says("kawali", "2 nito at isang bola")
    assert await shop.texts(CART) == ["2 Nonstick kawali"]
    ana.sees_buttons("Red", "Blue")
    await ana.says("red po")
    assert await shop.texts(CART) == ["2 Nonstick kawali", "1 Rubber ball (bola) Red"]


@pytest.mark.parametrize(
    ("text", "cart"),
    [
        ("gawing 2 yung kawali tapos tanggalin yung mug", ["2 Nonstick kawali"]),
        ("pakitanggal yung mug then make the kawali 3", ["3 Nonstick kawali"]),
        ("remove the kawali and add 2 kettle", ["1 Blue mug", "2 Kettle"]),
        ("alisin yung mug at kawali", []),
        ("dagdagan ng 1 yung kawali, tanggalin yung mug", ["2 Nonstick kawali"]),
    ],
)
async def test_each_of_several_changes_is_made(shop: Shop, ana: Chat, text: str, cart: list[str]) -> None:
    for name in ("Nonstick kawali", "Blue mug", "Kettle"):
        await shop.stocks(name, price="120.00", left=20)
    await ana.says("1 kawali, 1 mug")
    await ana.says(text)
    assert await shop.texts(CART) == cart


async def test_what_cannot_be_changed_is_named_and_the_rest_is_done(shop: Shop, ana: Chat) -> None:
    for name in ("Nonstick kawali", "Blue mug", "Kettle"):
        await shop.stocks(name, price="120.00", left=20)
    await ana.says("1 kawali, 1 mug")
    await ana.says("gawing 2 yung kawali at tanggalin yung kettle")
    ana.hears("“kettle”")
    assert await shop.texts(CART) == ["2 Nonstick kawali", "1 Blue mug"]
    await ana.says("tanggalin yung mug, kawali na lang")
    assert await shop.texts(CART) == ["2 Nonstick kawali"]


async def test_what_is_not_found_is_said_and_the_rest_is_put_in(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Nonstick kawali", price="799.00", left=20)
    await shop.stocks("Organic red rice", price="199.00", left=20)
    await shop.stocks("Rice dispenser", price="899.00", left=20)
    await ana.says("add 2 kawali and 1 red rice")
    assert await shop.texts(CART) == ["2 Nonstick kawali", "1 Organic red rice"]
    await ana.says("1 kawali at 1 unicorn")
    assert await shop.texts(CART) == ["3 Nonstick kawali", "1 Organic red rice"]
    ana.hears("“unicorn”")


async def test_two_things_without_numbers_are_both_shown(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Nonstick kawali", price="799.00")
    await shop.stocks("Organic red rice", price="199.00")
    await shop.stocks("Spoon & fork set", price="129.00")
    await ana.says("kawali and red rice")
    ana.hears("“kawali”", "“red rice”")
    await ana.says("spoon and fork po")
    ana.hears("Spoon & fork set")


async def test_the_kind_that_was_searched_for_is_kept(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await ana.says("tumbler in teal", "i'll take 2")
    assert await shop.texts(CART) == ["2 Tumbler Teal"]


@pytest.mark.parametrize("text", ["plus size po isa", "isang plus size", "yung plus po"])
async def test_plus_before_a_size_is_one(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Daster", price="249.00", left=0, sizes={"Regular": 9, "Plus": 9})
    await ana.says("daster", text)
    assert await shop.texts(CART) == ["1 Daster Plus"]


async def test_a_size_with_a_point_in_it_is_one(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Clear phone case", price="129.00", left=0, sizes=CASES)
    await shop.stocks("Printed phone case", price="159.00", left=0, sizes=CASES)
    await ana.says("phone case", "6.7 po isa")
    assert await shop.count("cart_items") == 0
    await ana.says("phone case", "printed meron ding 6.1?")
    ana.hears("Printed phone case (6.1 in phone)")
    await ana.says("oo")
    assert await shop.texts(CART) == ["1 Printed phone case 6.1 in phone"]
    await ana.says("palitan ng 6.7 ung 6.1")
    assert await shop.texts(CART) == ["1 Printed phone case 6.7 in phone"]
    await ana.says("clear phone case", "6.5 po dalawa")
    assert "2 Clear phone case 6.5 in phone" in await shop.texts(CART)


async def test_what_comes_near_to_a_color_is_offered_where_nothing_has_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Mug", price="149.00", left=0, sizes={"Navy": 9, "Cream": 9})
    await ana.says("mug", "puti po dalawa")
    ana.hears("2 × Mug (Cream)")
    assert await shop.count("cart_items") == 0
    await ana.says("sige po")
    assert await shop.texts(CART) == ["2 Mug Cream"]


@pytest.mark.parametrize("text", ["gamit pang kusina", "items for the kitchen", "may gamit po ba kayo para sa kusina"])
async def test_what_something_is_for_is_found(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Kitchen sandok", price="149.00")
    await shop.stocks("Bath mat", price="249.00", description="Magagamit pang banyo")
    await ana.says(text)
    ana.hears("Kitchen sandok")
    ana.hears_no("Bath mat")


async def test_a_word_for_goods_weighs_more_than_the_name_of_a_kind(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Lip tint", price="129.00", left=0, sizes={"Kape": 9, "Rosas": 9})
    await shop.stocks("Arabica coffee", price="299.00")
    await ana.says("kape", "yung una po")
    ana.hears("Arabica coffee")


@pytest.mark.parametrize("text", ["ay sandali. balik na lang tayo sa cart", "that's it for now", "yun lang po muna"])
async def test_back_to_the_cart_is_no_return(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Kettle", price="599.00", left=20)
    await ana.says("kettle", "2 po", text)
    ana.sees_buttons("Checkout")
    assert await shop.texts(CART) == ["2 Kettle"]


async def test_checkout_while_a_kind_is_asked_says_what_is_missing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await shop.stocks("Kettle", price="599.00", left=20)
    await ana.says("tumbler", "2 po", "checkout")
    ana.hears("bago mag-checkout")
    await ana.says("kettle", "isa po", "tumbler", "2 po", "checkout")
    ana.hears("Hindi pa po kasama", "tatanggap")
