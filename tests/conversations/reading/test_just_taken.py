"""What is said of what was just taken, and of several things on show: swapped, taken back, each of them, which one."""

import pytest

from tests.conversations.conftest import Chat, Shop

TAKEN = "SELECT CONCAT_WS('|', p.name, c.quantity) FROM cart_items c JOIN products p ON p.id = c.product_id"


async def takes(ana: Chat, *names: str) -> None:
    for name in names:
        await ana.says(name)
        await ana.taps("Add to cart")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("palitan po ng kettle", ["Kettle|1", "Red mug|1"]),
        ("palitan yung red mug ng kettle", ["Blue pan|1", "Kettle|1"]),
        ("kettle imbes na blue pan", ["Kettle|1", "Red mug|1"]),
        ("replace the red mug with 2 kettle", ["Blue pan|1", "Kettle|2"]),
        ("palitan po ng xylophone", ["Blue pan|1", "Red mug|1"]),
    ],
)
async def test_another_thing_in_place_of_what_was_taken(shop: Shop, ana: Chat, text: str, taken: list[str]) -> None:
    for name in ("Red mug", "Blue pan", "Kettle"):
        await shop.stocks(name, price="100.00")
    await takes(ana, "red mug", "blue pan")
    await ana.says(text)
    assert sorted(await shop.texts(TAKEN)) == taken


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("tanggalin yung mga sabon", ["Kettle|1"]),
        ("remove all soaps", ["Kettle|1"]),
        ("can you remove all soaps except papaya", ["Kettle|1", "Papaya soap (sabon)|1"]),
        ("pwede po bang tanggalin yung kettle", ["Kojic soap (sabon)|1", "Papaya soap (sabon)|1"]),
    ],
)
async def test_all_that_is_called_so_is_taken_out(shop: Shop, ana: Chat, text: str, taken: list[str]) -> None:
    for name in ("Papaya soap (sabon)", "Kojic soap (sabon)", "Kettle"):
        await shop.stocks(name, price="100.00")
    await takes(ana, "papaya soap", "kojic soap", "kettle")
    await ana.says(text)
    assert sorted(await shop.texts(TAKEN)) == taken


@pytest.mark.parametrize("text", ["wag na pala", "ayoko na po pala", "wag na lang pala"])
async def test_what_was_just_taken_is_taken_back_with_a_tap(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Red mug", price="100.00")
    await takes(ana, "red mug")
    await ana.says(text)
    ana.sees_buttons("Remove it")
    await ana.taps("Remove it")
    assert await shop.count("cart_items") == 0


@pytest.mark.parametrize("text", ["bale magkano na po", "magkano po lahat", "so how much is everything"])
async def test_what_it_comes_to_is_said_by_the_cart(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Red mug", price="100.00")
    await ana.says("red mug", "3 po")
    await ana.says(text)
    ana.hears("₱300.00")


async def test_a_color_asked_for_after_adding_is_one_of_what_was_added(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes={"Teal": 9, "Blush": 9})
    await shop.stocks("White fan", price="549.00")
    await ana.says("tumbler", "teal po")
    await ana.says("may kulay puti din ba")
    ana.hears("Tumbler")
    ana.hears_no("White fan")


@pytest.mark.parametrize(
    ("text", "each"), [("tig isa po", 1), ("yung dalawa po", 1), ("both please", 1), ("tig tatlo po", 3)]
)
async def test_each_of_what_is_on_show_is_taken(shop: Shop, ana: Chat, text: str, each: int) -> None:
    for name in ("Papaya soap", "Kojic soap"):
        await shop.stocks(name, price="100.00")
    await ana.says("soap")
    await ana.says(text)
    assert sorted(await shop.texts(TAKEN)) == [f"Kojic soap|{each}", f"Papaya soap|{each}"]


@pytest.mark.parametrize("text", ["ano po difference ng dalawa?", "mabula po ba?", "gaano kalaki po ito"])
async def test_what_nobody_knows_of_several_on_show_is_asked_of_one(shop: Shop, ana: Chat, text: str) -> None:
    for name in ("Papaya soap", "Kojic soap"):
        await shop.stocks(name, price="100.00")
    await ana.says("soap")
    await ana.says(text)
    ana.hears("Hindi ko po iyan kabisado")
    ana.sees_buttons("1. Papaya soap", "2. Kojic soap", "Kausapin ang seller")
    await ana.taps("2. Kojic soap")
    assert await shop.count("cart_items") == 0, "what is only asked about is shown, and not taken"


async def test_so_much_of_a_thing_is_of_that_thing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Gugo shampoo", price="100.00")
    await shop.stocks("Baby bottle", price="100.00")
    await ana.says("shampoo")
    await ana.says("the shampoo, two bottles")
    ana.hears("shampoo")
    ana.hears_no("Baby bottle")


async def test_a_present_below_a_price_is_whatever_costs_so_much(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Candle", price="150.00")
    await shop.stocks("Lamp", price="900.00")
    await shop.answers("gift", "We have a gift box.")
    await ana.says("gift ideas for my mom under 250")
    ana.hears("Candle")
    ana.hears_no("Lamp", "gift box")
